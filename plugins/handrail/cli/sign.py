"""`handrail sign`: sign a page, show how its sign-off stands, answer an issue that signs, or bind entries to texts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

import click

from handrail.cli import common
from handrail.cli.wording import OneOf
from handrail.edit import sign
from handrail.edit.files import changed, replace
from handrail.errors import UsageError
from handrail.model.dates import parse_day
from handrail.model.files import read_bytes
from handrail.report.plain import disarmed
from handrail.text.visible import one_line

if TYPE_CHECKING:
    from handrail.edit.sign import Role
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page

_MODES = {
    "show": ("--show writes nothing", ("ref",)),
    "bind": ("--bind adds a digest to entries that are there", ("ref", "role", "by", "all_pages")),
    "from_event": ("--from-event takes the signature from the file", ("answer",)),
}
"""What does something else than to sign: why most other options mean nothing there, and those that do."""
_ONLY_THERE = {"all_pages": "bind", "answer": "from_event"}


def _option(name: str) -> str:
    return {"ref": "the page", "role": "--as", "day": "--date", "all_pages": "--all"}.get(
        name, f"--{name.replace('_', '-')}"
    )


@click.command(short_help="Sign a page, or show how its sign-off stands.")
@click.argument("ref", required=False)
@click.option("--as", "role", type=OneOf(list(sign.ROLES), case_sensitive=False), help="D decides, A agrees.")
@click.option("--by", metavar="NAME", help="Who signs, by id or full name.")
@click.option("--date", "day", metavar="DATE", help="The day of the signature; today, where none is given.")
@click.option("--note", metavar="TEXT", help="What was checked, or why a deputy signs.")
@click.option("--evidence", metavar="URL", help="Where the agreement was given, such as a discussion.")
@click.option("--show", is_flag=True, help="Write nothing; say who is missing, and what has changed since.")
@click.option("--bind", is_flag=True, help="Give entries without a digest that of the text their signer committed.")
@click.option("--all", "all_pages", is_flag=True, help="With --bind: on every page.")
@click.option("--from-event", metavar="FILE", help="Sign as an issue asks, given what the forge says of it.")
@click.option("--answer", metavar="FILE", help="With --from-event: where to write what to answer.")
@common.of_a_project
def command(today: str | None, config: str | None, **given: Any) -> int:
    """Sign the text of a page as it stands.

    REF is the page's id (pay-an-invoice), with its kind where it takes that (sop:pay-an-invoice), or for a VPMOM its
    line (finance, for the plan in force) or one period of it (finance@FY27). In a terminal it asks for what is missing.
    """
    mode = _mode(given)
    if mode != "from_event" and not given["ref"] and not given["all_pages"]:
        raise UsageError("Say which page: `handrail sign ID`.")
    day = _day(given["day"])
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    if mode == "from_event":
        from handrail.cli.sign_event import answer  # noqa: PLC0415 - only a workflow needs it

        answer(handbook, given["from_event"], given["answer"], read_page)
    elif mode == "bind":
        from handrail.cli.sign_bind import bind  # noqa: PLC0415 - seldom needed

        pages = handbook.documents if given["all_pages"] else [sign.find(handbook, given["ref"])]
        bind(handbook, pages, given["role"], given["by"], read_page)
    elif mode == "show":
        from handrail.cli.sign_show import show  # noqa: PLC0415 - not needed to sign

        show(handbook, sign.find(handbook, given["ref"]))
    else:
        _sign(handbook, day or handbook.today, given)
    return 0


def _sign(handbook: Handbook, day: date, given: dict[str, Any]) -> None:
    page = sign.find(handbook, given["ref"])
    raw = read_page(handbook, page)
    role, by = given["role"], given["by"]
    if not role or not by:
        role, by = _asked(handbook, page, role, by)
    wish = sign.Wish(cast("Role", role), by, day, given["note"] or "", given["evidence"] or "")
    signed = sign.sign(handbook, page, raw, wish)
    replace(handbook.project.docs_dir, page.src_uri, raw, signed.raw)
    common.write("".join(f"{disarmed(one_line(line))}\n" for line in sign.recorded(handbook, signed)))


def _mode(given: dict[str, Any]) -> str:
    """Return what to do, empty to sign; raises UsageError where options don't go together."""
    used = [name for name, value in given.items() if value is not None and value is not False]
    mode, *more = [name for name in _MODES if name in used] or [""]
    if more:
        raise UsageError(f"{_option(mode)} and {_option(more[0])} don't go together.")
    for name in used:
        needed = _ONLY_THERE.get(name, mode)
        if needed != mode:
            raise UsageError(f"{_option(name)} goes with {_option(needed)} only.")
    if mode:
        why, fitting = _MODES[mode]
        needless = next((name for name in used if name not in (mode, *fitting)), None)
        if needless:
            without = " to sign" if mode == "show" else ""
            raise UsageError(f"{why}, so leave out {_option(needless)}; or leave out {_option(mode)}{without}.")
    if mode == "from_event" and not given["answer"]:
        raise UsageError("Say with --answer where to write what to answer.")
    if given["ref"] and given["all_pages"]:
        raise UsageError("Name a page or say --all, not both.")
    return mode


def _day(text: str | None) -> date | None:
    day = parse_day(text)
    if text is not None and day is None:
        raise UsageError(f"--date is `{text}`, which is no day of the calendar; write it as 2026-03-31.")
    return day


def read_page(handbook: Handbook, page: Page) -> bytes:
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
