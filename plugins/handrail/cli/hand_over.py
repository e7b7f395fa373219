"""`handrail hand-over`: give to somebody else what one person carries, as one change to review."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import click

from handrail.cli import common
from handrail.cli.sign import read_page
from handrail.edit.all_or_none import Change, write_all
from handrail.edit.hand_over import HandOver, hand_over, wish_of
from handrail.errors import UsageError
from handrail.model.dates import parse_day
from handrail.report.plain import disarmed
from handrail.text.visible import one_line
from handrail.words.language import count_of, join_words


@click.command(short_help="Hand over to somebody else what one person carries.")
@click.argument("giver", metavar="PERSON")
@click.option("--to", "taker", metavar="PERSON", required=True, help="Who takes over, by id or full name.")
@click.option(
    "--left", metavar="DATE", help="The last day of PERSON, who leaves; it is written into the list of people."
)
@click.option("--groups", is_flag=True, help="Hand over their place in groups too.")
@click.option("--yes", is_flag=True, help="Write it without asking.")
@common.of_a_project
def command(  # noqa: PLR0913 - each is an option
    *, giver: str, taker: str, left: str | None, groups: bool, yes: bool, today: str | None, config: str | None
) -> int:
    """Hand over what PERSON still has to do to somebody else: all pages that can change are written, or none.

    What moves is each role in `rapid` that PERSON has by their own name, what they own or lead, their open decisions and
    meetings, and whose deputy they are. Signatures, decisions that are done, plans whose period is over, and pages that are
    closed or retired stay as they are; so do groups, unless --groups is given, and what somebody is to read.

    First it says which sign-offs end by it, since whoever decides or agrees belongs to what is signed; those pages get into
    the review queue. A page on which one person would decide and agree, or that can't be read, is left as it is and named
    with who else could; the others are handed over, and the exit code is 1. In a terminal it asks before it writes.
    """
    day = parse_day(left)
    if left is not None and day is None:
        raise UsageError(f"--left is `{left}`, which is no day of the calendar; write it as 2026-03-31.")
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    wish = wish_of(handbook, giver, taker, day, groups=groups)
    found = hand_over(handbook, wish, partial(read_page, handbook))
    _say(_preview(found))
    if not found.handed:
        return int(bool(found.left_out))
    if not yes and not common.is_asked():
        raise UsageError("Nothing is written: add --yes to hand over.")
    if not yes and not click.confirm("Hand over?", err=True):
        raise click.Abort
    changes = [Change(one.page.src_uri, one.before, one.after) for one in found.handed]
    write_all(project.docs_dir, changes)
    _say([f"Handed over in {count_of(len(changes), 'page')}. Have the change reviewed as one."])
    return int(bool(found.left_out))


def _preview(found: HandOver) -> Iterator[str]:
    giver, taker = found.wish.giver.name, found.wish.taker.name
    if not found.handed and not found.left_out:
        yield f"{giver} carries nothing by their own name that could be handed over."
    if found.handed:
        yield _sign_offs(found)
        yield f"{taker} takes over from {giver}:"
    for one in found.handed:
        ends = "; its sign-off ends" if one.ends else ""
        yield f"- {one.page.path}: {join_words(one.moves)}{ends}"
    if found.left_out:
        yield f"Left as {'it is' if len(found.left_out) == 1 else 'they are'}:"
    for left in found.left_out:
        yield f"- {left.page.path}, line {left.line}: {left.why}"
    stays = found.stays if found.handed or found.left_out else ()
    yield from ("Not handed over:",) if stays else ()
    yield from (f"- {said}" for said in stays)


def _sign_offs(found: HandOver) -> str:
    ended = len(found.ended)
    if not ended:
        return "No sign-off ends by it."
    asked = join_words(f"{who.name} {count}" for who, count in found.to_sign.items())
    again = f" Asked for {'it' if ended == 1 else 'them'} again: {asked}." if asked else ""
    return f"{'One sign-off ends' if ended == 1 else f'{ended} sign-offs end'} by it.{again}"


def _say(lines: Iterator[str] | list[str]) -> None:
    common.write("".join(f"{disarmed(one_line(line))}\n" for line in lines))
