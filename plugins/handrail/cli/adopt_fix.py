"""`handrail adopt --fix`: the edits of pages that a program may make, one kind at a time, shown before they are written."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from difflib import unified_diff

import click

from handrail.cli import common
from handrail.edit.adopt.fixes.addresses import Addresses
from handrail.edit.adopt.fixes.edits import Book, Fix, Fixed, fixed_pages, raw_of
from handrail.edit.adopt.fixes.kinds import FIXES
from handrail.edit.adopt.fixes.redirects import gitbook_redirects
from handrail.edit.all_or_none import Change, write_all
from handrail.edit.files import changed
from handrail.errors import UsageError
from handrail.model.files import read_bytes
from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.signoff import bears_signatures
from handrail.report.plain import disarmed
from handrail.report.summary import counted
from handrail.rules.check import check
from handrail.text.visible import visible
from handrail.words.language import join_words

_NAME = max(len(fix.name) for fix in FIXES)


def listed(handbook: Handbook) -> str:
    """Return the kinds of edits, each with how many there are."""
    book = _book(handbook)
    lines = [_line(fix, list(fixed_pages(book, fix))) for fix in FIXES]
    return "\n".join([*lines, "", "handrail adopt --fix NAME shows them, and asks before it writes.", ""])


def _line(fix: Fix, fixed: Sequence[Fixed]) -> str:
    count = sum(len(one.edits) for one in fixed)
    where = f"{counted(count, 'edit')} in {counted(len(fixed), 'page')}" if count else "nothing"
    return f"{fix.name:<{_NAME}}  {where:<24}  {fix.what}"


def make(handbook: Handbook, name: str, *, yes: bool) -> int:
    """Show the edits of a kind, and write them where that is wanted."""
    fix = _named(name)
    fixed = list(fixed_pages(_book(handbook), fix))
    if not fixed:
        common.write(f"{fix.name}: {_left(handbook, fix)}.\n")
        return 0
    common.write(_shown(handbook, fix, fixed))
    if not yes and not common.is_asked():
        raise UsageError("Nothing is written: add --yes to make these edits.")
    if not yes and not click.confirm("Make these edits?", err=True):
        raise click.Abort
    write_all(handbook.project.docs_dir, [_change(handbook, one) for one in fixed])
    common.write(_go_on(fix, fixed))
    return 0


def _left(handbook: Handbook, fix: Fix) -> str:
    """Say what is left where a program can be sure of nothing, or of nothing any more."""
    count = len(check(handbook, fix.rules).findings) if fix.rules else 0
    if not count:
        return "there is nothing left to edit"
    is_are = "is" if count == 1 else "are"
    rules = join_words(fix.rules, "and")
    return f"there is nothing that a program can be sure of; {counted(count, 'finding')} of {rules} {is_are} left for a person"


def _book(handbook: Handbook) -> Book:
    return Book(handbook, Addresses(handbook), gitbook_redirects(handbook.project))


def _named(name: str) -> Fix:
    found = next((fix for fix in FIXES if fix.name == name), None)
    if found is None:
        names = [fix.name for fix in FIXES]
        close = nearest(name, names)
        raise UsageError(
            f"There is no kind of edit `{name}`; "
            + (f"did you mean `{close}`?" if close else f"there are {', '.join(names)}.")
        )
    return found


def _change(handbook: Handbook, fixed: Fixed) -> Change:
    src_uri = fixed.page.src_uri
    raw = read_bytes(handbook.project.docs_dir, src_uri)
    pair = raw_of(raw, fixed) if raw is not None else None
    if pair is None:
        raise changed(src_uri)
    return Change(src_uri, *pair)


def _shown(handbook: Handbook, fix: Fix, fixed: Sequence[Fixed]) -> str:
    count = sum(len(one.edits) for one in fixed)
    lines = [line for one in fixed for line in _difference(one)]
    signed = [one.page.path for one in fixed if bears_signatures(one.page) and one.page.entries("sign_offs")]
    lines += [
        "",
        f"{fix.what} {counted(count, 'edit')} in {counted(len(fixed), 'page')} of {_place(handbook)}; nothing else changes.",
    ]
    if signed:
        lines.append(
            f"{counted(len(signed), 'page')} of them {'is' if len(signed) == 1 else 'are'} signed, and will say that the text "
            f"has changed since, unless it reads the same: {', '.join(signed)}"
        )
    return "".join(disarmed(visible(line)) + "\n" for line in lines)


def _place(handbook: Handbook) -> str:
    return handbook.project.from_root("").rstrip("/") or "this folder"


def _difference(fixed: Fixed) -> Iterator[str]:
    before, after = (raw.decode().splitlines() for raw in (fixed.before, fixed.after))
    return unified_diff(before, after, f"a/{fixed.page.path}", f"b/{fixed.page.path}", lineterm="", n=0)


def _go_on(fix: Fix, fixed: Sequence[Fixed]) -> str:
    paths = [shlex.quote(one.page.path) for one in fixed]
    # Only what was edited: somebody may have begun to change other pages.
    commit = f'    git commit -m "Let a program edit: {fix.name}" --'
    return "\n".join(
        [
            "Written. Commit it by itself, so that git blame can step over it:",
            " \\\n        ".join([commit, *paths]) if len(paths) > 1 else f"{commit} {paths[0]}",
            "    git rev-parse HEAD >> .git-blame-ignore-revs",
            "    git config blame.ignoreRevsFile .git-blame-ignore-revs",
            "",
        ]
    )
