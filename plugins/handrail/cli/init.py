"""`handrail init`: begin a handbook in a folder that holds none yet."""

from __future__ import annotations

import getpass
import json
import os
import re
import shlex
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

import click

from handrail.build.today import day_of
from handrail.cli import common
from handrail.cli.wording import OneOf
from handrail.edit import start
from handrail.edit.all_or_none import Change, write_all
from handrail.edit.editors import SETTINGS, TASKS
from handrail.errors import HandrailError, SettingsError, UsageError
from handrail.history.git import GitError, ask
from handrail.history.root import repository_root
from handrail.model.config_names import CONFIG_NAMES
from handrail.model.dates import FiscalYearEnd
from handrail.model.settings import Settings, validate
from handrail.pages.feedback import ISSUES, OFF
from handrail.report.plain import disarmed
from handrail.text.visible import one_line
from handrail.words.language import capital

_Value = TypeVar("_Value")
_READERS = ("public", "internal")
_FEEDBACK = (OFF, ISSUES)
_MAY_STAND = (".gitignore", SETTINGS, TASKS)
"""What is left as it is where somebody has one already."""
_ON_GITHUB = (
    "On GitHub, allow workflows to propose signatures: Settings, Actions, General, “Allow GitHub Actions to create and "
    "approve pull requests”."
)
_PUBLISHED = (
    "For the site, choose there in Settings, Pages, the source “GitHub Actions”; each push to main publishes it."
)
_FOR_US = (
    "The site is for your own people, so no workflow publishes it: `mkdocs build` makes it in the folder site, for a place "
    "where only they can look. The list of people, with their names, is in it as in every site."
)
_CANT_ASK = (
    "Readers can be asked by issues only where the repository is known to lie on GitHub or Gitea: say `--repository`, or leave "
    "`--feedback` out. The setting `feedback` also takes the address of a form of your own, anywhere."
)
_RECORDED = (
    "Each procedure in use asks its readers whether it worked. Once a day a workflow proposes what they answered as rows of the "
    "folder records, by a pull request."
)
_TO_RECORD = (
    "Each procedure in use asks its readers whether it worked. What they answered is recorded by `handrail record issues`, from "
    "the issues as the forge lists them."
)
_WHEEL = (
    "The workflows install what requirements.txt names. Put Handrail's wheel into the folder wheels and commit it, unless a "
    "package index of yours has it."
)
_NO_HANDLE = (
    "Nobody is asked to review changes yet: add your `handle` to content/people.md, and run `handrail codeowners`."
)
_CHECKED = "Let .github/workflows/check.yml end then with the step `- run: handrail codeowners --check`."
_INSIDE = "This folder lies inside another repository, where {name} reads {folder} only at the top."


@click.command(short_help="Begin a new handbook in a folder.")
@click.argument("folder", required=False, default=".")
@click.option("--company", metavar="NAME", help="Whose handbook it is; the folder's name, where none is given.")
@click.option("--person", metavar="NAME", help="Who begins it, and leads the company in it; git's user.name otherwise.")
@click.option("--handle", metavar="NAME", help="That person's account where the repository lies.")
@click.option("--repository", metavar="URL", help="Where the repository lies; git's `origin`, where there is one.")
@click.option("--site", metavar="URL", help="The site's address; on GitHub, the one that it gives the repository.")
@click.option(
    "--fiscal-year-end", metavar="MM-DD", help="The last day of your fiscal year; 12-31, where none is given."
)
@click.option("--visibility", type=OneOf(list(_READERS)), help="Who may read the site; public, where nothing is said.")
@click.option(
    "--feedback",
    type=OneOf(list(_FEEDBACK)),
    help="Whether each procedure asks its readers if it worked: issues (GitHub, Gitea), or off, where nothing is said.",
)
@click.option("--today", metavar="DATE", help="Begin as of this day, such as 2026-03-31.")
def command(  # noqa: PLR0913 - one argument an option
    *,
    folder: str,
    company: str | None,
    person: str | None,
    handle: str | None,
    repository: str | None,
    site: str | None,
    fiscal_year_end: str | None,
    visibility: str | None,
    feedback: str | None,
    today: str | None,
) -> int:
    """Begin a new handbook in FOLDER: this one, where none is named.

    It writes settings, a home page, the list of people, the company with a plan and a first procedure, the workflows and the
    form by which pages are checked, published and signed on GitHub, and what to install. In a terminal it asks for
    what is missing. Nothing is ever overwritten.
    """
    place = Path(os.path.abspath(folder))  # noqa: PTH100 - a link stays what the person has named
    _refuse(place)
    day = day_of(Settings(), today)
    company = _answered("Name of the company", company, _company(place), start.check_name)
    person = _answered("Your name", person, _person(place), start.check_name)
    address = _answered(
        "Address of its repository, if it has one", repository, _origin(place), _or_none(start.check_repository)
    )
    handle = _answered("Your account there, if you have one", handle, "", _or_none(start.check_handle))
    is_public = _is_public(visibility)
    usual_site = start.site_of(address) if is_public else ""
    site = _answered("Address of the site, if it has one", site, usual_site, _or_none(start.check_site))
    year_end = _answered("Last day of the fiscal year, as month and day", fiscal_year_end, "12-31", _year_end)
    asks = feedback == ISSUES
    beginning = start.Beginning(company, person, handle, address, site, year_end, is_public, asks)
    if asks and not beginning.can_ask:
        raise UsageError(_CANT_ASK)
    texts = {path: text.encode() for path, text in start.files_of(beginning, day).items()}
    kept = [path for path in _MAY_STAND if (place / path).exists()]
    files = {path: raw for path, raw in {**_own_wheel(), **texts}.items() if path not in kept}
    _refuse_to_overwrite(place, files)
    write_all(place, [Change(path, None, raw) for path, raw in files.items()])
    common.write(_said(beginning, place, files))
    return 0


def _refuse(place: Path) -> None:
    """Raise UsageError where there is no room for a handbook, or one that has begun."""
    if place.exists() and not place.is_dir():
        raise UsageError(f"{place.name} is a file; name a folder.")
    for name in CONFIG_NAMES:
        if (place / name).exists():
            raise UsageError(
                f"A handbook has begun here already: {place.name} holds {name}. Nothing was written; `handrail adopt` looks "
                "at a handbook that is there."
            )
    pages = place / start.PAGES
    if pages.exists() and not (pages.is_dir() and not any(pages.iterdir())):
        raise UsageError(
            f"{place.name} holds something in {start.PAGES} already, where the pages of a new handbook would lie. Nothing "
            "was written; name another folder, or begin with what is there: `handrail adopt`."
        )


def _refuse_to_overwrite(place: Path, files: Iterable[str]) -> None:
    there = [path for path in files if os.path.lexists(place / path)]
    if there:
        raise UsageError(f"Already there, and left as they are: {', '.join(there)}. Nothing was written.")


# What is asked


def _answered(question: str, given: str | None, usual: str, read: Callable[[str], _Value]) -> _Value:
    """Return what the command says, else what a person in a terminal answers, else what is usual."""
    if given is not None or not common.is_asked():
        return read(usual if given is None else given)
    shown = bool(usual)
    answer: _Value = click.prompt(question, default=usual, show_default=shown, value_proc=_again(read), err=True)
    return answer


def _again(read: Callable[[str], _Value]) -> Callable[[str], _Value]:
    """Return a reader after whose complaint a person is asked once more."""

    def reading(answer: str) -> _Value:
        try:
            return read(answer)
        except HandrailError as error:
            raise click.UsageError(str(error)) from error

    return reading


def _or_none(read: Callable[[str], str]) -> Callable[[str], str]:
    """Return a reader that lets an empty answer stand for none."""
    return lambda answer: read(answer) if answer.strip() else ""


def _year_end(answer: str) -> FiscalYearEnd:
    try:
        return validate({"fiscal_year_end": answer.strip()}, str).fiscal_year_end
    except SettingsError as error:
        raise UsageError(f"`{answer}` is no last day of a year; write it as month and day, such as 01-31.") from error


def _is_public(given: str | None) -> bool:
    if given is None and common.is_asked():
        given = click.prompt("Who may read it", type=click.Choice(_READERS), default=_READERS[0], err=True)
    return given != "internal"


# What is usual


def _company(place: Path) -> str:
    words = [word for word in re.split(r"[-_\s]+", place.name) if word and word.casefold() != "handbook"]
    name = "".join(sign for sign in " ".join(words) if sign.isprintable())
    return capital(name) or "Our company"


def _person(place: Path) -> str:
    name = _from_git(place, "config", "user.name")
    if name:
        return name
    try:
        return getpass.getuser().capitalize()
    except (ImportError, KeyError, OSError):
        return "Somebody"


def _origin(place: Path) -> str:
    """Return where the repository of a folder was cloned from, if the web has it too."""
    root = repository_root(place) if place.is_dir() else None
    if root != place.resolve():
        return ""
    with suppress(UsageError):
        return start.check_repository(_from_git(place, "remote", "get-url", "origin"))
    return ""


def _from_git(place: Path, *question: str) -> str:
    folder = next(folder for folder in (place, *place.parents) if folder.is_dir())
    try:
        code, out, _ = ask(folder, *question)
    except GitError:
        return ""
    return out.decode("utf-8", "replace").strip() if code == 0 else ""


def _own_wheel() -> dict[str, bytes]:
    """Return the wheel that this Handrail was installed from, by its path in a handbook; nothing where that is not told."""
    try:
        told = json.loads(distribution(start.DISTRIBUTION).read_text("direct_url.json") or "{}")
        path = Path(url2pathname(urlsplit(str(told["url"])).path))
        return {f"{start.WHEELS}/{path.name}": path.read_bytes()} if path.suffix == ".whl" else {}
    except (PackageNotFoundError, KeyError, TypeError, ValueError, OSError):
        return {}


# What is said


def _said(beginning: start.Beginning, place: Path, files: Collection[str]) -> str:
    """Say what was written, and how to go on."""
    shown = os.path.relpath(place)
    has_wheel = any(path.startswith(f"{start.WHEELS}/") for path in files)
    written = "".join(f"  {path}\n" for path in sorted(files))
    into = [] if shown == "." else [f"cd {shlex.quote(shown)}"]
    is_repository = repository_root(place) is not None
    level = "public" if beginning.is_public else "internal"
    git = [] if is_repository else ["git init --initial-branch main"]
    commands = [
        *into,
        *git,
        'git add . && git commit --message "Begin the handbook"',
        "handrail check",
        "mkdocs serve",
        f"handrail new department finance --visibility {level}",
        f'handrail new sop --title "Claim your expenses" --in finance --visibility {level}',
    ]
    lines = "".join(f"  {command}\n" for command in commands)
    begun = f"The handbook of {beginning.company} has begun in {place.name}, with {beginning.person} to decide on its pages:"
    return disarmed(
        f"{one_line(begun)}\n{written}\nTo go on:\n{lines}\n{_on_the_forge(beginning, place, has_wheel=has_wheel)}"
    )


def _on_the_forge(beginning: start.Beginning, place: Path, *, has_wheel: bool) -> str:
    root = repository_root(place)
    said = []
    if not beginning.has_workflows:
        said.append("Workflows and sign-offs by a form are for GitHub; elsewhere, `handrail sign` signs pages.")
    else:
        said.append(_ON_GITHUB)
        said.append(_PUBLISHED if beginning.is_public else _FOR_US)
        if not has_wheel:
            said.append(_WHEEL)
    if beginning.asks:
        said.append(_RECORDED if beginning.has_workflows else _TO_RECORD)
    host = beginning.host
    if host is not None and not beginning.handle:
        said.append(f"{_NO_HANDLE} {_CHECKED}" if beginning.has_workflows else _NO_HANDLE)
    if host is not None and root is not None and root != place.resolve():
        said.append(_INSIDE.format(name=host.name, folder=host.folder))
    return "".join(f"- {sentence}\n" for sentence in said)
