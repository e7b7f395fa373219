"""`handrail report`: print one of the handbook's lists."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import click

from handrail.cli import common
from handrail.cli.wording import OneOf
from handrail.errors import UsageError
from handrail.forge.asking import asked_on_disk
from handrail.history.series import with_series
from handrail.history.texts import history_of
from handrail.measures.findability import Findability
from handrail.measures.scorecard import Scorecard
from handrail.measures.scorecard import scorecard as measured
from handrail.model.handbook import Handbook
from handrail.model.meetings import KIND as MEETING
from handrail.model.nearest import nearest
from handrail.model.people import Group, Person
from handrail.model.publication import publishable
from handrail.model.settings import AUDIENCES, VISIBILITIES
from handrail.report import (
    agenda,
    findability,
    lists,
    progress,
    progress_formats,
    queue_formats,
    rubber_stamps,
    scorecard,
    signatures,
)
from handrail.report.minute import minute_markdown
from handrail.report.plain import disarmed, without_surrogates
from handrail.report.queue import Queue, of_one, queue
from handrail.report.tables import render_table
from handrail.text.visible import one_line
from handrail.words.language import capital, in_words

_FINDABILITY, _SCORECARD, _AGENDA = "findability", "scorecard", "agenda"
_EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a list is asked about: the folder of a finished site, whose eyes it is seen through, and one meeting of all."""

    site: str | None = None
    audience: str = _EVERYBODY
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """One list: how it is worked out, as data and as a table, and what to say where it is empty; nothing where `lines` do.

    `find` is given the handbook and what is asked about it. `of_active` marks a list of active procedures: where
    there are none, that it is empty says nothing. `{noun}` in a sentence is what one of them is called. `lines` and `markdown` write a list that is more than a table.
    """

    find: Callable[[Handbook, _Asked], Any]
    data: Callable[[Any], Any]
    table: Callable[[Any], lists.Table]
    empty: str
    of_active: bool = False
    lines: Callable[[Any], Iterator[str]] | None = None
    markdown: Callable[[Any], str] | None = None


def _outline(contents: lists.Contents) -> Iterator[str]:
    for department in contents.departments:
        indent = "  " * department.depth
        yield indent + one_line(department.title)
        if not department.lines:
            yield f"{indent}  no plan"
        for entry in department.lines:
            yield f"{indent}  {one_line(f'{entry.page.title} ({entry.state})')}"
            for sop in entry.sops:
                yield f"{indent}    {_told(sop)}"
    if contents.no_plan:
        yield one_line(capital(f"{lists.called(sop.page for sop in contents.no_plan)} with no plan"))
        for sop in contents.no_plan:
            yield f"  {_told(sop)}"


def _told(sop: lists.SopEntry) -> str:
    if sop.page.is_in_force:
        signed = f"signed off {in_words(sop.signed)}" if sop.signed else "not signed off"
        since = ", changed since" if sop.changed else ""
        state = f"{signed}{since}, stale" if sop.stale else f"{signed}{since}"
    else:
        state = sop.page.state or "no state"
    state += ", left out of the site" if sop.left_out else ""
    return one_line(f"{sop.page.title} ({state})")


def _of_pages(find: Callable[[Handbook], Any]) -> Callable[[Handbook, _Asked], Any]:
    """Return what works a list out from the handbook alone."""
    return lambda handbook, _asked: find(handbook)


def _rubber_stamps(handbook: Handbook) -> rubber_stamps.RubberStamps:
    return rubber_stamps.rubber_stamps(handbook, history_of(handbook), handbook.documents)


def _signatures(handbook: Handbook) -> list[signatures.GivenSignature]:
    return signatures.given_signatures(handbook, history_of(handbook), handbook.documents)


def _scorecard(handbook: Handbook, asked: _Asked) -> Scorecard:
    audience = next((known for known in VISIBILITIES if known == asked.audience), None)
    pages = publishable(handbook, audience) if audience is not None else handbook.pages
    finished = _findability(handbook, asked) if asked.site is not None else None
    not_asked = asked_on_disk(handbook.project)
    return with_series(
        measured(handbook, pages, asked.audience, asks_search=True, finished=finished, not_asked=not_asked)
    )


def _findability(handbook: Handbook, asked: _Asked) -> Findability:
    site = common.finished_site(handbook.project, asked.site)
    from handrail.proof.findability import findability as read  # noqa: PLC0415 - the other lists do without

    return read(handbook, site)


def _agendas(handbook: Handbook, asked: _Asked) -> agenda.Agendas:
    """Return the agendas of all meetings, or of one; raises UsageError where there is none."""
    known = {page.id: page for page in handbook.of_kind(MEETING)}
    if not known:
        raise UsageError("The handbook has no meeting; `handrail new cadence` begins one.")
    found = agenda.agendas(handbook)
    if asked.meeting is None:
        return found
    wanted = asked.meeting.removeprefix(f"{MEETING}:").casefold()
    page = next((page for page in known.values() if wanted in (page.id, page.title.casefold())), None)
    if page is None:
        close = nearest(wanted, known)
        advice = f"did you mean `{close}`?" if close else f"its meetings are {', '.join(known)}."
        raise UsageError(f"The handbook has no meeting `{asked.meeting}`; {advice}")
    return agenda.of_one(found, page)


LISTS = {
    _SCORECARD: _List(
        _scorecard,
        scorecard.scorecard_data,
        scorecard.scorecard_table,
        "",
        lines=scorecard.scorecard_lines,
    ),
    "toc": _List(
        _of_pages(lists.table_of_contents),
        lists.contents_data,
        lists.contents_table,
        "The handbook has no department, plan or {noun}.",
        lines=_outline,
    ),
    "progress": _List(
        _of_pages(lambda handbook: progress.progress(handbook, handbook.pages)),
        progress_formats.progress_data,
        progress_formats.progress_table,
        "",
        lines=progress_formats.progress_lines,
        markdown=progress_formats.progress_markdown,
    ),
    "orphans": _List(
        _of_pages(lists.orphans),
        lists.orphans_data,
        lists.orphans_table,
        "Every active {noun} is tied to an active plan.",
        of_active=True,
    ),
    "stale": _List(
        _of_pages(lists.stale),
        lists.stale_data,
        lists.stale_table,
        "Every active {noun} has a full sign-off in force.",
        of_active=True,
    ),
    "queue": _List(
        _of_pages(queue),
        queue_formats.queue_data,
        queue_formats.queue_table,
        "Nothing is waiting to be signed.",
        lines=queue_formats.queue_lines,
        markdown=queue_formats.queue_markdown,
    ),
    _AGENDA: _List(
        _agendas,
        agenda.agenda_data,
        agenda.agenda_table,
        "",
        lines=agenda.agenda_lines,
        markdown=agenda.agenda_markdown,
    ),
    "unlisted": _List(
        _of_pages(lists.unlisted), lists.unlisted_data, lists.unlisted_table, "Something leads to every page."
    ),
    "signatures": _List(
        _of_pages(_signatures),
        signatures.signatures_data,
        signatures.signatures_table,
        rubber_stamps.NOTHING_SIGNED,
        lines=signatures.signatures_lines,
    ),
    "rubber-stamps": _List(
        _of_pages(_rubber_stamps),
        rubber_stamps.stamps_data,
        rubber_stamps.stamps_table,
        "",
        lines=rubber_stamps.stamps_lines,
        markdown=rubber_stamps.stamps_markdown,
    ),
    _FINDABILITY: _List(
        _findability,
        findability.findability_data,
        findability.findability_table,
        "",
        lines=findability.findability_lines,
        markdown=findability.findability_markdown,
    ),
}


@click.command(short_help="Print a list, such as toc, stale or queue.")
@click.argument("which", required=False, type=OneOf(list(LISTS)), metavar="LIST")
@click.option("--format", "format_", type=OneOf(["text", "md", "json", "csv"]), default="text", help="How to print it.")
@click.option(
    "--who", metavar="NAME", help="Of the queue only what this person or group is to sign: id, name or handle."
)
@click.option(
    "--site",
    metavar="FOLDER",
    help="Where the finished site lies, if not in the folder that `site_dir` names; the scorecard reads none without it.",
)
@click.option(
    "--audience",
    type=OneOf([_EVERYBODY, *AUDIENCES]),
    help="Count only the pages of the scorecard that these readers may see; all of them by default.",
)
@click.option("--meeting", metavar="ID", help="Of the agendas only that of this meeting: its id or title.")
@common.of_a_project
def command(  # noqa: PLR0913, PLR0917 - an option each
    which: str | None,
    format_: str,
    who: str | None,
    site: str | None,
    audience: str | None,
    meeting: str | None,
    today: str | None,
    config: str | None,
) -> int:
    """Print one of the handbook's lists; LIST is one of these.

    \b
    scorecard      the measures: tied to a plan, found, few errors, signed, recommended, listed, written
    toc            departments, their plans, and the procedures of each
    progress       of the procedures of each folder, how many have a plan, a decider and a trigger, and are signed, and what has
                   changed within a month
    orphans        active procedures that no active plan wants, and why
    stale          active procedures with no full sign-off in force, and whom to ask
    queue          what each person and group is asked to sign, and by when, and reports on their pages; as Markdown after
                   five lines of the scorecard
    agenda         what each meeting speaks of at its next turn, and why; as Markdown to paste into the invitation
    unlisted       pages that nothing leads to
    signatures     every signature ever given: for which text, how it stands, evidence, commit
    rubber-stamps  how many sign-offs only repeat another, or came many at once
    findability    whether the public procedures of a finished site can be found, and what to do
    """  # noqa: D301 - click's mark for lines that stay as they are
    if which is None:
        raise UsageError(f"Say which list to print: {', '.join(LISTS)}.")
    if who is not None and which != "queue":
        raise UsageError(
            f"--who asks who is to sign, which the list `{which}` does not say; leave it out, or print `queue`."
        )
    if site is not None and which not in (_FINDABILITY, _SCORECARD):
        raise UsageError(
            f"--site names a finished site, which the list `{which}` does not look at; leave it out, or print `{_FINDABILITY}`."
        )
    if audience is not None and which != _SCORECARD:
        raise UsageError(
            f"--audience says for whom to count, which the list `{which}` does not do; leave it out, or print `{_SCORECARD}`."
        )
    if meeting is not None and which != _AGENDA:
        raise UsageError(
            f"--meeting names a meeting, which the list `{which}` does not ask for; leave it out, or print `{_AGENDA}`."
        )
    wanted = LISTS[which]
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    found = wanted.find(handbook, _Asked(site, audience or _EVERYBODY, meeting))
    if isinstance(found, Queue):
        found = _narrowed(found, who)
    if format_ == "json":
        common.write(_json(_enveloped(wanted.data(found), which, handbook)))
        return 0
    columns, rows = wanted.table(found)
    if not rows and wanted.empty and format_ != "csv":
        has_active = any(page.is_in_force for page in handbook.reviewed)
        words = wanted.empty if has_active or not wanted.of_active else "The handbook has no active {noun}."
        words = words.replace("{noun}", lists.called_one(handbook))
        words = queue_formats.empty(found) if isinstance(found, Queue) else words
        common.write(f"{disarmed(one_line(words))}\n")
    elif format_ == "text" and wanted.lines is not None:
        common.write("".join(f"{disarmed(line)}\n" for line in wanted.lines(found)))
    elif isinstance(found, Queue) and format_ == "md" and who is None:
        readers = project.settings.audience
        seen = with_series(measured(handbook, publishable(handbook, readers), readers))
        common.write(f"{minute_markdown(seen)}\n{queue_formats.queue_markdown(found)}")
    elif format_ == "md" and wanted.markdown is not None:
        common.write(wanted.markdown(found))
    else:
        common.write(render_table(columns, rows, format_))  # type: ignore[arg-type]
    return 0


def _narrowed(found: Queue, name: str | None) -> Queue:
    """Return the queue, or one person's or group's part of it; raises UsageError where it can't be said."""
    if found.trouble:
        raise UsageError(found.trouble)
    return of_one(found, _whom(found.handbook, name)) if name is not None else found


def _whom(handbook: Handbook, name: str) -> Person | Group:
    """Return whom an id, a full name or a handle means."""
    registry = handbook.registry
    everyone: list[Person | Group] = [*registry.groups.values(), *registry.people.values()]
    known = {_handle(one.handle): one for one in everyone if one.handle}
    found = registry.find(name) or known.get(_handle(name))
    if found is None:
        close = nearest(name, [*registry.names(), *(one.name for one in everyone), *known])
        advice = f"did you mean `{close}`?" if close else "it has everyone who can sign, by id and full name."
        raise UsageError(f"The list of people knows nobody called `{name}`; {advice}")
    return found


def _handle(text: str) -> str:
    return text.strip().removeprefix("@").casefold()


def _json(data: Any) -> str:
    """Return data as JSON in ASCII, with no half characters, so that every console and every program can pass it on."""
    return json.dumps(json.loads(without_surrogates(json.dumps(data, ensure_ascii=False))), indent=2) + "\n"


def _enveloped(data: Any, which: str, handbook: Handbook) -> Any:
    """Return a list with its version and day; the table of contents and the scorecard bring their own."""
    if which in ("toc", _SCORECARD):
        return data
    return {"version": lists.VERSION, "today": handbook.today.isoformat(), which: data}
