"""What `handrail adopt` says: what is there, what it would write and why, and how to go on."""

from __future__ import annotations

import shlex
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from handrail.cli import common
from handrail.edit.adopt.by_hand import inherits_plugins, place_and_lines
from handrail.edit.adopt.configuration import with_extension, with_home
from handrail.edit.adopt.look import Look, look_at
from handrail.edit.adopt.new_configuration import PRUNING
from handrail.edit.adopt.opening import Opened, unread_pages
from handrail.edit.adopt.origin import Generator
from handrail.edit.adopt.proposal import Lowered, Proposal
from handrail.edit.all_or_none import Change
from handrail.model.config_names import engine_of
from handrail.rendering.extensions import FOR_ZENSICAL
from handrail.report.plain import disarmed
from handrail.report.summary import counted
from handrail.rules.finding import Finding
from handrail.rules.registry import find_rule
from handrail.text.visible import one_line, visible

_LABEL = 13
_MOST = 4
_HUGO_INDEX = "_index.md"
_MOST_PATHS = 12


def above(settings: Path) -> str:
    """Return a sentence about settings in a folder above, whose pages these are."""
    return (
        f"The pages in this folder belong to the handbook of {settings}, so no second one is begun. "
        f"Paths and commands are those of its folder ({settings.parent}).\n\n"
    )


def looked(opened: Opened, proposal: Proposal) -> str:
    """Return the one screen of `--look`."""
    look = look_at(proposal.handbook)
    rows = [
        *_what_it_is(opened, look),
        *_of_the_files(opened),
        *_no_home(opened, proposal),
        *_what_it_holds(look, proposal),
        *_what_stops(proposal),
    ]
    rows.append(("To go on", "handrail adopt writes these settings and what is wrong today, and asks first."))
    return _rows(rows)


def _what_it_is(opened: Opened, look: Look) -> Iterator[tuple[str, str]]:
    place = opened.project.from_root("").rstrip("/") or "this folder"
    sign = f" ({opened.origin.sign})" if opened.origin.sign else ""
    yield "Pages", f"{counted(look.pages, 'page')} in {counted(look.folders, 'folder')} of {place}"
    yield "Written for", f"{opened.origin.generator}{sign}"


def _what_it_holds(look: Look, proposal: Proposal) -> Iterator[tuple[str, str]]:
    if look.procedures:
        names = _few([one.page.src_uri for one in look.procedures])
        both = sum(one.is_sure for one in look.procedures)
        yield "Procedures", f"{counted(len(look.procedures), 'page')} may be one, {both} by name and steps: {names}"
    if look.plans:
        yield (
            "Plans",
            f"{counted(len(look.plans), 'page')} {'holds' if len(look.plans) == 1 else 'hold'} one: {_few([page.src_uri for page in look.plans])}",
        )
    if look.fields:
        yield "Fields", _counts(look.fields)
    if "assets" in proposal.options:
        yield "Hidden", f"pages use files of {', '.join(proposal.options['assets'])}"
    if look.tags:
        yield "Template code", _counts(look.tags)
    if look.one_address:
        yield "One address", _few([" and ".join(paths) for paths in look.one_address])
    if look.picture_hosts:
        total = sum(count for _, count in look.picture_hosts)
        yield "Pictures", f"{counted(total, 'picture')} of other hosts: {_counts(look.picture_hosts)}"


def _what_stops(proposal: Proposal) -> Iterator[tuple[str, str]]:
    label = "Stops a build"
    for lowered in proposal.lowered:
        where = f"{counted(len(lowered.findings), 'place')} in {counted(len(lowered.paths), 'page')}"
        yield label, f"{lowered.code} {lowered.name}, {where}. Let through by severity: {{{lowered.code}: warning}}"
        label = ""
    for code, findings in _by_rule(proposal.remaining):
        yield label, f"{code}, {counted(len(findings), 'place')}: {_summary(code)}"
        label = ""
    if label:
        yield label, "nothing"


def _by_rule(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(f"{finding.rule} {finding.name}", []).append(finding)
    return sorted(by_rule.items())


def _summary(code: str) -> str:
    rule = find_rule(code.split(maxsplit=1)[0])
    return rule.summary if rule is not None else ""


def proposed(opened: Opened, proposal: Proposal, changes: Sequence[Change]) -> str:
    """Return what would be written and what it means."""
    parts = [_meaning(opened, proposal)]
    if not changes:
        parts.append("There is nothing left to write.\n")
    baseline = proposal.handbook.settings.baseline
    parts += (_known(proposal, change) if change.path == baseline else _shown(change) for change in changes)
    return "\n".join(part for part in parts if part)


def _meaning(opened: Opened, proposal: Proposal) -> str:
    rows = list(_no_home(opened, proposal))
    if "visibility" in proposal.options:
        who = "everyone" if proposal.options["visibility"]["."] == "public" else "the staff"
        count = counted(len(proposal.handbook.pages), "page")
        rows.append(
            ("Who may read", f"{who} may read the {count} of this handbook on the site, but for those named here")
        )
    rows += _of_the_files(opened)
    if "assets" in proposal.options:
        rows.append(
            ("Hidden", f"the files in {', '.join(proposal.options['assets'])} are published, for pages use them")
        )
    if "generated" in proposal.options:
        folder = proposal.options["generated"]
        rows.append(("Handrail's own", f"its lists lie under /{folder}/, for the handbook has pages in handbook/"))
    if opened.keys.get("theme", {}).get("features"):
        count = counted(len(opened.pages.pages), "page")
        rows.append(
            ("Navigation", f"each page has that of its own section only ({PRUNING}), so that {count} build fast")
        )
    rows += _not_by_zensical(opened)
    for lowered in proposal.lowered:
        rows += _lowered(lowered, proposal.handbook.settings.baseline)
    for code, findings in _by_rule(proposal.remaining):
        places = ", ".join(f"{one.path}:{one.line}" for one in findings[:_MOST_PATHS])
        rows.append(("Still stops it", f"{code}: {_summary(code)} Fix it first: {places}"))
    return _rows(rows)


def _no_home(opened: Opened, proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Say that the site has no first page, which leaves its address with nothing to show."""
    if proposal.home:
        place = proposal.handbook.project.from_root("index.md")
        said = f"there is no {place}, so the site's links to its first page lead to {proposal.home}"
        if opened.raw is not None and with_home(opened.raw.decode("utf-8-sig"), proposal.home) is None:
            file = opened.project.config_file.name
            said = f"there is no {place}; below `extra:` in {file}, add `homepage: {proposal.home}`, where links to it are to lead"
        yield "No home page", said


def _not_by_zensical(opened: Opened) -> Iterator[tuple[str, str]]:
    """Say what keeps Zensical, which runs no plugin, from publishing every page, where the settings that are there lack it."""
    if opened.raw is None or opened.project.markdown.keep_zensical_out:
        return
    file = opened.project.config_file.name
    can_be_written = with_extension(opened.raw.decode("utf-8-sig"), FOR_ZENSICAL) is not None
    said = (
        f"`markdown_extensions` names {FOR_ZENSICAL}"
        if can_be_written
        else f"below `markdown_extensions` of {file}, add `- {FOR_ZENSICAL}`"
    )
    yield (
        "Zensical",
        f"{said}, which does nothing in MkDocs, and stops Zensical from publishing pages that are withheld",
    )


def _of_the_files(opened: Opened) -> Iterator[tuple[str, str]]:
    """Say which pages stay out because their old site had none of them, and of which files only another program makes pages."""
    if opened.left_out:
        names = _few([line.lstrip("/") for line in opened.left_out])
        yield "Left out", f"{opened.origin.generator} made no page of it, so `exclude_docs` leaves it out: {names}"
    if unread := unread_pages(opened):
        yield "Not read", unread
    indexes = [path for path in opened.pages.pages if path.rpartition("/")[2] == _HUGO_INDEX]
    if indexes and opened.origin.generator is Generator.HUGO:
        place = opened.project.from_root(indexes[0])
        count = f"{counted(len(indexes), 'page')} {'is' if len(indexes) == 1 else 'are'}"
        new = f"{place.removesuffix(_HUGO_INDEX)}{_HUGO_INDEX.lstrip('_')}"
        command = shlex.join(["git", "mv", place, new])
        yield (
            "To rename",
            f"{count} named {_HUGO_INDEX}, as Hugo has it, and a folder's own page is index.md here: {command}"
            + (", and so on" if len(indexes) > 1 else ""),
        )


def _lowered(lowered: Lowered, baseline: str) -> Iterator[tuple[str, str]]:
    summary = _summary(lowered.code)
    yield (
        "Only a warning",
        f"{lowered.code} {lowered.name}: {summary} What it names stays withheld, or out of the page:",
    )
    more = len(lowered.paths) - _MOST_PATHS
    rest = f" and {more} more; {baseline} names them all" if more > 0 else ""
    yield "", ", ".join(lowered.paths[:_MOST_PATHS]) + rest


def _shown(change: Change) -> str:
    """Return a new file whole, and of one that was there the lines that come to it."""
    after = change.after.decode("utf-8-sig")
    if change.before is None:
        title, lines = f"{change.path}, a new file:", after.splitlines()
    else:
        title = f"{change.path}, which gets these lines:"
        lines = _difference(change.before.decode("utf-8-sig"), after)
    return "".join(
        disarmed(visible(line)) + "\n" for line in [title, "", *(f"    {line}".rstrip() for line in lines), ""]
    )


def _known(proposal: Proposal, change: Change) -> str:
    """Return what a new baseline holds: how many findings of each rule."""
    counts: Counter[str] = Counter()
    for entry in proposal.known:
        counts[f"{entry.rule} {entry.name}"] += entry.count
    total = counts.total()
    known = (
        f"{counted(total, 'finding')} of today {'is' if total == 1 else 'are'} known" if total else "nothing is known"
    )
    lines = [f"{change.path}, a new file: {known}, and only what is new stops a build.", ""]
    lines += [f"    {count:>5} {rule}" for rule, count in counts.most_common()]
    return "".join(f"{line}\n" for line in [*lines, ""])


def _difference(before: str, after: str) -> list[str]:
    found = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    return list(found)[2:]


def by_hand(opened: Opened, proposal: Proposal) -> tuple[str, str]:
    """Return the lines that a person has to put in, where no program can do so without changing something else, and where."""
    file = opened.project.config_file
    place, lines = place_and_lines(file, proposal.options)
    shown = "".join(f"{disarmed(visible(f'    {line}'))}\n" for line in lines)
    why = (
        f"{file.name} inherits its plugins from another file"
        if inherits_plugins(file)
        else f"{file.name} is written in a way that nothing can be added to safely"
    )
    what = "line" if len(lines) == 1 else "lines"
    return f"{shown}\n", f"{why}, so it is left as it is; add the {what} above {place}, and run handrail adopt again."


def written(opened: Opened, changes: Sequence[Change]) -> str:
    """Return how to go on when everything is written."""
    names = " ".join(change.path for change in changes)
    ignored = (
        []
        if _ignores_site(opened)
        else ["Name site/ and .cache/ in .gitignore: the built site, and what Handrail remembers."]
    )
    engine = engine_of(opened.project.config_file.name)
    return "\n".join(
        [
            f"Written: {names}. Go on with:",
            "    handrail check      # what is wrong, by page",
            f"    {f'{engine} build':<18}  # the site, in site/",
            "    handrail verify     # that it holds what it may, and nothing else;",
            "                        # with --write-baseline, what only the finished site shows is known too",
            "    handrail adopt --fix    # what a program can fix in the pages",
            "    handrail adopt --step   # how pages become procedures, plans and departments, a step at a time",
            f"    git add {names}",
            *ignored,
            "",
        ]
    )


def _ignores_site(opened: Opened) -> bool:
    lines = {line.strip().strip("/") for line in opened.tree.text(".gitignore").splitlines()}
    return {"site", ".cache"} <= lines


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _counts(counts: Sequence[tuple[str, int]]) -> str:
    most = 2 * _MOST
    more = f" and {len(counts) - most} more" if len(counts) > most else ""
    return ", ".join(f"{name} {count}" for name, count in counts[:most]) + more


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    room = max(common.width() - _LABEL - 2, 40)
    lines = []
    for label, text in rows:
        wrapped = textwrap.wrap(one_line(text), room, break_long_words=False, break_on_hyphens=False) or [""]
        for number, line in enumerate(wrapped):
            lines.append(f"{label if not number else '':<{_LABEL}}  {line}".rstrip())
    return "".join(disarmed(line) + "\n" for line in lines)
