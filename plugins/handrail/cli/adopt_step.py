"""`handrail adopt --step`: the steps by which a handbook becomes one that is governed, each asked about and shown before it is written."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

import click

from handrail.cli import common
from handrail.edit.adopt.steps.order import STEPS
from handrail.edit.adopt.steps.outcome import Left, Outcome, outcome, possible
from handrail.edit.adopt.steps.step import Choice, Declined, Edit, Plan, Question, Step
from handrail.edit.all_or_none import Change, write_all
from handrail.edit.new import folder_of_pages
from handrail.errors import UsageError
from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.settings import lies_in
from handrail.report.plain import disarmed
from handrail.report.summary import counted
from handrail.text.source import SUFFIXES
from handrail.text.syntax_errors import quote
from handrail.text.visible import one_line, visible
from handrail.words.language import capital, join_words
from handrail.words.options import below_plugin

_NAME = max((len(step.name) for step in STEPS), default=0)
_MOST_NAMED = 12
_LIKELY, _STOP, _REST = "\r\n", "q", "a"


def listed(handbook: Handbook, folder: str | None) -> str:
    """Return the steps, each with what is left of it."""
    place = _folder(handbook, folder)
    lines = [_line(step, possible(handbook, step.plan(handbook, place))[0]) for step in STEPS]
    return "\n".join(
        [
            *lines,
            "",
            "handrail adopt --step NAME asks, shows what it would write, and asks again. They are best taken in this order, each committed before the next.",
            "",
        ]
    )


def _line(step: Step, plan: Plan) -> str:
    parts = [
        *([counted(len(plan.edits), "edit")] if plan.edits else []),
        *([counted(len(plan.asked), "question")] if plan.asked else []),
    ]
    return f"{step.name:<{_NAME}}  {join_words(parts, 'and') if parts else 'nothing':<27}  {step.what}"


def take(handbook: Handbook, name: str, folder: str | None, *, yes: bool) -> int:
    """Take a step: tell, ask, show, and write where that is wanted."""
    step = _named(name)
    plan, left = possible(handbook, step.plan(handbook, _folder(handbook, folder)))
    common.write(_told(plan) + _left(left))
    is_asking = not yes and common.is_asked()
    edits = [*plan.edits, *(_answered(plan.asked) if is_asking else ())]
    found = outcome(handbook, edits)
    unasked = () if is_asking else plan.asked
    if not found.changes:
        rest = _unasked(unasked) + _forgotten(handbook, found.forgotten)
        common.write(f"{step.name}: there is nothing to write.\n{rest}")
        return 0
    common.write(_shown(step, found) + _unasked(unasked) + _forgotten(handbook, found.forgotten))
    if not yes and not common.is_asked():
        raise UsageError("Nothing is written: add --yes to write this.")
    if not yes and not click.confirm("Write this?", err=True):
        raise click.Abort
    write_all(handbook.project.root, found.changes)
    common.write(_go_on(handbook, step, found.changes))
    return 0


def _folder(handbook: Handbook, given: str | None) -> str:
    folder = "" if given is None else folder_of_pages(handbook.project, given, Path.cwd())
    if folder and not any(lies_in(page.src_uri, folder) for page in handbook.pages):
        raise UsageError(f"There is no page in {handbook.project.from_root(folder)}.")
    return folder


def _named(name: str) -> Step:
    found = next((step for step in STEPS if step.name == name), None)
    if found is None:
        names = [step.name for step in STEPS]
        close = nearest(name, names)
        advice = f"did you mean `{close}`?" if close else f"there are {', '.join(names)}."
        raise UsageError(f"There is no step `{name}`; {advice}")
    return found


def _told(plan: Plan) -> str:
    return "".join(disarmed(one_line(sentence)) + "\n" for sentence in plan.told)


def _answered(questions: Sequence[Question | Choice]) -> Iterator[Edit | Declined]:
    """Ask, and yield what is written for each answer."""
    is_asking = True
    for number, question in enumerate(questions, 1):
        key = _key(question, f"{number} of {len(questions)}") if is_asking else _REST
        if key in _STOP:
            return
        is_asking = is_asking and key != _REST
        if isinstance(question, Choice):
            yield from question.options[int(key) - 1].edits if key.isdigit() else question.no if key == "n" else ()
            continue
        answer = key == "y" if key in "yn" else question.is_likely
        # A no that nobody gave is not remembered: it would be written into pages that nobody has looked at.
        if answer or is_asking:
            yield from question.edits(answer=answer)


def _key(question: Question | Choice, place: str) -> str:
    click.echo(f"{place}  {_asked(question)} ", err=True, nl=False)
    answers = _numbers(question) + "n" if isinstance(question, Choice) else "yn"
    while True:
        key = click.getchar().casefold()
        if key and (key in answers or key in _LIKELY or key in _STOP or key == _REST):
            click.echo(key if key.isprintable() else "", err=True)
            return key


def _asked(question: Question | Choice) -> str:
    """Return a question with its keys; the answers of a choice have a line each."""
    text = disarmed(one_line(question.text))
    if isinstance(question, Question):
        return f"{text} [{'Y/n' if question.is_likely else 'y/N'}; a: this and the rest as proposed, q: no more]"
    numbers = _numbers(question)
    lines = [
        f"    {number}  {disarmed(one_line(option.words))}"
        for number, option in zip(numbers, question.options, strict=True)
    ]
    keys = "1" if len(numbers) == 1 else f"1-{numbers[-1]}"
    return "\n".join([text, *lines, f"    [{keys}; n: none of these, Enter: not now, q: no more]"])


def _numbers(question: Choice) -> str:
    return "".join(str(number) for number in range(1, len(question.options) + 1))


def _unasked(questions: Sequence[Question | Choice]) -> str:
    """Say which questions are left, which only a person can answer."""
    if not questions:
        return ""
    is_one = len(questions) == 1
    named = [f"    {disarmed(one_line(question.text))}" for question in questions[:_MOST_NAMED]]
    more = len(questions) - len(named)
    said = f"{counted(len(questions), 'question')} {'is' if is_one else 'are'} left; at a terminal, without --yes, {'it is' if is_one else 'they are'} asked:"
    return "\n".join([said, *named, *([f"    and {more} more"] if more > 0 else []), ""])


def _forgotten(handbook: Handbook, declined: Sequence[str]) -> str:
    """Say which answers can't be remembered, and the line that would."""
    if not declined:
        return ""
    file = handbook.project.config_file.name
    line = f"declined: [{', '.join(quote(one) for one in declined)}]"
    return (
        disarmed(
            one_line(
                f"To not be asked these again, {below_plugin(f'add `{line}`', file)}; it can't be added there safely."
            )
        )
        + "\n"
    )


def _left(pages: Sequence[Left]) -> str:
    """Say which pages are left as they are, and for which of their fields."""
    refused = Counter(name for left in pages for name in left.refused)
    fields = ", ".join(f"`{name}` {count}" for name, count in refused.most_common(_MOST_NAMED))
    unwritable = [left.page.path for left in pages if not left.refused]
    lines = []
    if refused:
        count = counted(len(pages) - len(unwritable), "page")
        lines.append(
            f"Left as they are: {count} with fields that can't be there in a document of that kind, or not like this: {fields}. "
            "Put them right, or take them out, and take this step again."
        )
    if unwritable:
        more = len(unwritable) - _MOST_NAMED
        named = ", ".join(unwritable[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        lines.append(f"Left as they are, for what stands between their lines --- can't be written into safely: {named}")
    return "".join(disarmed(one_line(line)) + "\n" for line in lines)


def _shown(step: Step, found: Outcome) -> str:
    lines = [line for change in found.changes for line in _difference(change)]
    lines += ["", f"{step.what} {_counted(found.changes)}; no text of a page changes."]
    if found.kept:
        lines.append(f"What pages carry for other programs stays, by the setting keep: {', '.join(found.kept)}.")
    return "".join(disarmed(visible(line)) + "\n" for line in lines)


def _counted(changes: Sequence[Change]) -> str:
    new = sum(change.before is None for change in changes)
    there = sum(change.before is not None and change.path.endswith(SUFFIXES) for change in changes)
    settings = any(change.before is not None and not change.path.endswith(SUFFIXES) for change in changes)
    parts = [
        *([f"{counted(there, 'page')} changed"] if there else []),
        *([f"{counted(new, 'page')} new"] if new else []),
        *(["the settings changed"] if settings else []),
    ]
    return capital(join_words(parts, "and"))


def _difference(change: Change) -> Iterator[str]:
    before = change.before.decode("utf-8-sig").splitlines() if change.before is not None else []
    after = change.after.decode("utf-8-sig").splitlines()
    start = f"a/{change.path}" if change.before is not None else "/dev/null"
    return unified_diff(before, after, start, f"b/{change.path}", lineterm="", n=0)


def _go_on(handbook: Handbook, step: Step, changes: Sequence[Change]) -> str:
    paths, new = _to_commit(handbook, changes), [change for change in changes if change.before is None]
    commit = f'    git commit -m "Adopt: {step.name}" --'
    return "\n".join(
        [
            "Written. Commit it by itself, so that one git revert undoes it:",
            *([" \\\n        ".join(["    git add", *_to_commit(handbook, new)])] if new else []),
            " \\\n        ".join([commit, *paths]) if len(paths) > 1 else f"{commit} {paths[0]}",
            *([step.then] if step.then else []),
            "",
        ]
    )


def _to_commit(handbook: Handbook, changes: Sequence[Change]) -> list[str]:
    """Return what git is to be told: the files, or where these are many the folder of pages and the rest."""
    paths = [change.path for change in changes]
    folder = handbook.project.from_root("").rstrip("/")
    if len(paths) > _MOST_NAMED and folder:
        paths = list(dict.fromkeys(folder if path.startswith(f"{folder}/") else path for path in paths))
    return [shlex.quote(path) for path in paths]
