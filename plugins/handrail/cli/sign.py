"""`handrail sign`: sign pages, take a signature back, show how one stands, answer an issue that signs, or bind entries."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from handrail.cli import common
from handrail.cli.wording import OneOf
from handrail.edit import sign
from handrail.edit.files import changed, replace
from handrail.errors import UsageError
from handrail.model.dates import parse_day
from handrail.model.files import read_bytes
from handrail.model.roles import SIGNING, read_role
from handrail.report.plain import disarmed
from handrail.text.visible import one_line
from handrail.words.signing import holds

if TYPE_CHECKING:
    from handrail.edit.sign import Signed
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page

_MODES = {
    "show": ("--show writes nothing", ("refs", "bytes_", "format_")),
    "bind": ("--bind adds a digest to entries that are there", ("refs", "role", "by", "all_pages")),
    "withdraw": ("--withdraw takes a signature back", ("refs", "role", "by", "day", "reason", "evidence")),
    "from_event": ("--from-event takes the signature from the file", ("answer",)),
}
"""What does something else than to sign: why most other options mean nothing there, and those that do."""
_ONLY_THERE = {"all_pages": "bind", "answer": "from_event", "reason": "withdraw", "bytes_": "show", "format_": "show"}
_NAMES = {
    "refs": "the page",
    "role": "--as",
    "day": "--date",
    "all_pages": "--all",
    "bytes_": "--bytes",
    "format_": "--format",
}


def _option(name: str) -> str:
    return _NAMES.get(name, f"--{name.replace('_', '-')}")


@click.command(short_help="Sign pages, or show how a page's sign-off stands.")
@click.argument("refs", nargs=-1, metavar="REF...")
@click.option(
    "--as", "role", type=OneOf([str(role) for role in SIGNING], case_sensitive=False), help="D decides, A agrees."
)
@click.option("--by", metavar="NAME", help="Who signs, by id or full name.")
@click.option("--date", "day", metavar="DATE", help="The day of the signature; today, where none is given.")
@click.option("--note", metavar="TEXT", help="What was checked, or why a deputy signs.")
@click.option("--evidence", metavar="URL", help="Where the agreement was given, such as a discussion.")
@click.option("--show", is_flag=True, help="Write nothing; say who is missing, and what has changed since.")
@click.option(
    "--bytes",
    "bytes_",
    is_flag=True,
    help="With --show: write the very bytes that the digest's first half is taken of.",
)
@click.option("--format", "format_", type=OneOf(["text", "json"]), help="With --show: how to print it.")
@click.option("--withdraw", is_flag=True, help="Take a signature back, or say that one does not agree.")
@click.option("--reason", metavar="TEXT", help="With --withdraw: why.")
@click.option("--bind", is_flag=True, help="Give entries without a digest that of the text their signer committed.")
@click.option("--all", "all_pages", is_flag=True, help="With --bind: on every page.")
@click.option("--from-event", metavar="FILE", help="Sign as an issue asks, given what the forge says of it.")
@click.option("--answer", metavar="FILE", help="With --from-event: where to write what to answer.")
@common.of_a_project
def command(today: str | None, config: str | None, **given: Any) -> int:
    """Sign the texts of pages as they stand; of several pages all are signed, or none.

    REF is a page's id (pay-an-invoice), with its kind where it takes that (sop:pay-an-invoice), or for a VPMOM its
    line (finance, for the plan in force) or one period of it (finance@FY27). In a terminal it asks for what is missing.
    """
    mode = _mode(given)
    refs: tuple[str, ...] = given["refs"]
    if mode != "from_event" and not refs and not given["all_pages"]:
        raise UsageError("Say which page: `handrail sign ID`.")
    day = _day(given["day"])
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    if mode == "from_event":
        from handrail.cli.sign_event import answer  # noqa: PLC0415 - only a workflow needs it

        answer(handbook, given["from_event"], given["answer"], read_page)
    elif mode == "bind":
        from handrail.cli.sign_bind import bind  # noqa: PLC0415 - seldom needed

        pages = handbook.documents if given["all_pages"] else [sign.find(handbook, ref) for ref in refs]
        bind(handbook, pages, given["role"], given["by"], read_page)
    elif mode == "show":
        _show(handbook, [sign.find(handbook, ref) for ref in refs], given)
    else:
        _sign(handbook, day or handbook.today, given, withdraws=mode == "withdraw")
    return 0


def _show(handbook: Handbook, pages: list[Page], given: dict[str, Any]) -> None:
    from handrail.cli.sign_show import as_json, show, signed_bytes  # noqa: PLC0415 - not needed to sign

    if given["bytes_"]:
        if len(pages) != 1:
            raise UsageError("--bytes writes what is hashed of one page; name one.")
        sys.stdout.buffer.write(signed_bytes(handbook, pages[0]))
        sys.stdout.buffer.flush()
    elif given["format_"] == "json":
        common.write(as_json(handbook, pages))
    else:
        for at, page in enumerate(pages):
            common.write("\n" if at else "")
            show(handbook, page)


def _sign(handbook: Handbook, day: date, given: dict[str, Any], *, withdraws: bool) -> None:
    from handrail.edit.withdraw import took_back, withdraw  # noqa: PLC0415 - seldom needed

    pages = list(dict.fromkeys(sign.find(handbook, ref) for ref in given["refs"]))
    raws = [read_page(handbook, page) for page in pages]
    role, by = given["role"], given["by"]
    if not role or not by:
        role, by = _asked(handbook, pages, role, by)
    asked = read_role(role)
    if asked is None:
        raise UsageError(f"`{role}` is no role that signs; say D (decides) or A (agrees).")
    wish = sign.Wish(asked, by, day, given["note"] or "", given["evidence"] or "")
    # Each is judged before any is written, so that one that can't be signed leaves all as they are.
    done: list[tuple[Signed, bytes]] = []
    for page, raw in zip(pages, raws, strict=True):
        try:
            signed = (
                withdraw(handbook, page, raw, wish, given["reason"] or "")
                if withdraws
                else sign.sign(handbook, page, raw, wish)
            )
        except UsageError as error:
            raise UsageError(f"Nothing is recorded. {error}" if len(pages) > 1 else str(error)) from error
        done.append((signed, raw))
    for signed, raw in done:
        replace(handbook.project.docs_dir, signed.page.src_uri, raw, signed.raw)
        said = took_back(signed) if withdraws else sign.gave(signed)
        lines = (f"Recorded in {signed.page.path}: {said}", holds(handbook, signed.page, signed.sign_off))
        common.write("".join(f"{disarmed(one_line(line))}\n" for line in lines))


def _mode(given: dict[str, Any]) -> str:
    """Return what to do, empty to sign; raises UsageError where options don't go together."""
    used = [name for name, value in given.items() if value is not None and value is not False and value != ()]
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
    if given["refs"] and given["all_pages"]:
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


def _asked(handbook: Handbook, pages: list[Page], role: str | None, by: str | None) -> tuple[str, str]:
    """Return role and name, asked for in a terminal; raises UsageError that names what is missing elsewhere."""
    if not common.is_asked():
        options = {"--as D (decides) or --as A (agrees)": role, "--by with an id or a name": by}
        raise UsageError(
            f"Say who signs: add {' and '.join(option for option, value in options.items() if not value)}."
        )
    trouble = next(filter(None, (sign.obstacle(handbook, page) for page in pages)), "")
    if trouble:
        raise UsageError(trouble)  # nobody answers questions for nothing
    choice = click.Choice([str(role) for role in SIGNING], case_sensitive=False)
    role = role or click.prompt("As D (decides) or A (agrees)", type=choice, show_choices=False, err=True)
    return str(role), by or str(click.prompt("Who signs, by id or full name", err=True))
