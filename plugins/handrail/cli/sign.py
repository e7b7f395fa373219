"""`handrail sign`: sign a page, or show how its sign-off stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import click

from handrail.cli import common
from handrail.cli.wording import OneOf
from handrail.edit import sign, standing
from handrail.edit.files import changed, replace
from handrail.errors import UsageError
from handrail.history.repository import read_history
from handrail.history.texts import Texts
from handrail.model.dates import parse_day
from handrail.model.files import read_bytes
from handrail.report.plain import disarmed, one_line, visible_lines

if TYPE_CHECKING:
    from handrail.edit.sign import Role
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page
    from handrail.model.signoff import Entry
    from handrail.text.worddiff import Piece

_MARKS = {"old": ("[-", "-]", "red"), "new": ("{+", "+}", "green")}


@click.command(short_help="Sign a page, or show how its sign-off stands.")
@click.argument("ref", required=False)
@click.option("--as", "role", type=OneOf(list(sign.ROLES), case_sensitive=False), help="D decides, A agrees.")
@click.option("--by", metavar="NAME", help="Who signs, by id or full name.")
@click.option("--date", "day", metavar="DATE", help="The day of the signature; today, where none is given.")
@click.option("--note", metavar="TEXT", help="What was checked, or why a deputy signs.")
@click.option("--evidence", metavar="URL", help="Where the agreement was given, such as a discussion.")
@click.option("--show", is_flag=True, help="Write nothing; say who is missing, and what has changed since.")
@common.of_a_project
def command(  # noqa: PLR0913 - one argument an option
    *,
    ref: str | None,
    role: str | None,
    by: str | None,
    day: str | None,
    note: str | None,
    evidence: str | None,
    show: bool,
    today: str | None,
    config: str | None,
) -> int:
    """Sign the text of a page as it stands.

    REF is the page's id (pay-an-invoice), with its kind where it takes that (sop:pay-an-invoice), or for a VPMOM its
    line (finance, for the plan in force) or one period of it (finance@FY27). In a terminal it asks for what is missing.
    """
    if not ref:
        raise UsageError("Say which page: `handrail sign ID`.")
    given = {"--as": role, "--by": by, "--date": day, "--note": note, "--evidence": evidence}
    needless = next((option for option, value in given.items() if value is not None), None)
    if show and needless:
        raise UsageError(f"--show writes nothing, so leave out {needless}; or leave out --show to sign.")
    project = common.open_project(config)
    judged_on = common.the_day(project, today)
    signed_on = _day(day) or judged_on
    handbook = common.read_handbook(project, judged_on)
    page = sign.find(handbook, ref)
    if show:
        _show(handbook, page)
        return 0
    raw = _read(handbook, page)
    if not role or not by:
        role, by = _asked(handbook, page, role, by)
    wish = sign.Wish(cast("Role", role), by, signed_on, note or "", evidence or "")
    signed = sign.sign(handbook, page, raw, wish)
    replace(project.docs_dir, page.src_uri, raw, signed.raw)
    common.write("".join(f"{disarmed(one_line(line))}\n" for line in sign.recorded(handbook, signed)))
    return 0


def _day(text: str | None) -> date | None:
    day = parse_day(text)
    if text is not None and day is None:
        raise UsageError(f"--date is `{text}`, which is no day of the calendar; write it as 2026-03-31.")
    return day


def _read(handbook: Handbook, page: Page) -> bytes:
    """Return the bytes of a page as the handbook was read; raises UsageError where they are others by now."""
    raw = read_bytes(handbook.project.docs_dir, page.src_uri)
    if raw is None or raw.decode("utf-8-sig", "replace") != page.source.text:
        raise changed(page.src_uri)
    return raw


def _asked(handbook: Handbook, page: Page, role: str | None, by: str | None) -> tuple[str, str]:
    """Return role and name, asked for in a terminal; raises UsageError that names what is missing elsewhere."""
    if not common.is_asked():
        options = {"--as D (decides) or --as A (agrees)": role, "--by with an id or a name": by}
        raise UsageError(
            f"Say who signs: add {' and '.join(option for option, value in options.items() if not value)}."
        )
    trouble = sign.obstacle(handbook, page)
    if trouble:
        raise UsageError(trouble)  # nobody answers questions for nothing
    choice = click.Choice(list(sign.ROLES), case_sensitive=False)
    role = role or click.prompt("As D (decides) or A (agrees)", type=choice, show_choices=False, err=True)
    return str(role), by or str(click.prompt("Who signs, by id or full name", err=True))


def _show(handbook: Handbook, page: Page) -> None:
    lines = [disarmed(one_line(line)) for line in standing.standing(handbook, page)]
    entry = standing.last_signed(handbook, page)
    if entry is not None:
        lines += ["", *_change(handbook, page, entry)]
    common.write("".join(f"{line}\n" for line in lines))


def _change(handbook: Handbook, page: Page, entry: Entry) -> list[str]:
    """Return what has changed since a signature, as lines."""
    history = read_history(handbook.project.docs_dir)
    signed = Texts(history, handbook).text_with_digest(page, entry.digest)
    change = standing.change(handbook, page, entry, signed, history.reason)
    text = "".join(_marked(piece, first=at == 0) for at, piece in enumerate(change.pieces))
    return [one_line(change.sentence), *(disarmed(line) for line in text.split("\n") if change.pieces)]


def _marked(piece: Piece, *, first: bool) -> str:
    """Return some words with their marks, and with colour where it is wanted."""
    text = "\n".join(visible_lines(piece.text))
    before = "" if first else piece.before
    if piece.kind not in _MARKS:
        return before + text
    opening, closing, colour = _MARKS[piece.kind]
    text = f"{opening}{text}{closing}"
    if not common.has_colour():
        return before + text
    return before + "\n".join(click.style(line, fg=colour) for line in text.split("\n"))
