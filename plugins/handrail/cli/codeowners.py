"""`handrail codeowners`: write who is asked to review a change, or say whether the file still says so."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from pathlib import Path

import click

from handrail.cli import common
from handrail.edit.files import create, replace
from handrail.errors import UsageError
from handrail.forge.codeowners import MARK, Places, codeowners, own_part
from handrail.forge.hosts import GITHUB, Host, host_of
from handrail.history.root import repository_root
from handrail.model.files import read_bytes
from handrail.model.project import Project
from handrail.report.plain import disarmed
from handrail.report.summary import counted
from handrail.text.visible import one_line


@click.command(short_help="Write who reviews which page: CODEOWNERS.")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 where the file is out of date.")
@click.option("--stdout", "printed", is_flag=True, help="Print Handrail's part of the file and write nothing.")
@common.of_a_project
def command(*, check: bool, printed: bool, today: str | None, config: str | None) -> int:
    """Write CODEOWNERS, by which GitHub, GitLab or Gitea asks the right people to review a change.

    It goes where the forge of `repo_url` reads it: into .github, .gitlab or .gitea.

    For each page: the one who decides and the deputy, those who agree, and the owner, by the handles in the list of
    people. The list of people, and whatever decides what a build does, belong to the maintainers, whom the setting
    `maintainers` names: settings, schemas, programs, templates, styles. Lines of your own stay where they stand above Handrail's part.

    A forge asks only people and teams who may write to the repository, and waits for one of them where a rule of the
    branch requires review from code owners.
    """
    if check and printed:
        raise UsageError("--check compares and --stdout prints; leave out one of them.")
    project = common.open_project(config)
    handbook = common.read_handbook(project, common.the_day(project, today))
    if handbook.registry_is_in_doubt:
        raise UsageError(
            "Something is wrong with the list of people, so nobody can say who reviews what; `handrail check` says what."
        )
    root = repository_root(project.root) or project.root
    host = host_of(project)
    part = codeowners(handbook, _places(project, root, host))
    if not part:
        raise UsageError(
            "Nobody can be named: no one who signs, owns or leads has a `handle` in the list of people, and the setting "
            "`maintainers` names nobody."
        )
    if printed:
        common.write(part)
        return 0
    raw, file = _read(root, host), host.file
    before = raw.decode("utf-8", "surrogateescape").replace("\r\n", "\n") if raw is not None else ""
    wanted = _own(before, file) + part
    lines, wanted_lines = before.splitlines(), wanted.splitlines()
    if check and raw is None:
        common.write(f"There is no {file} yet; `handrail codeowners` writes it.\n")
        return 1
    if lines == wanted_lines:
        common.write(f"{file} is up to date.\n")
        return 0
    if check:
        common.write(_first_difference(file, lines, wanted_lines))
        return 1
    if raw is None:
        create(root / file, wanted)
    else:
        replace(root, file, raw, wanted.encode("utf-8", "surrogateescape"))
    where = "" if host == GITHUB else f", where {host.name} reads it"
    common.write(f"Wrote {file}{where}: {_difference(lines, wanted_lines)}.\n")
    return 0


def _places(project: Project, root: Path, host: Host) -> Places:
    folders: list[str] = []
    for folder in (project.root, project.docs_dir):
        if not folder.is_relative_to(root):
            raise UsageError(
                f"The folder {folder.name} lies outside the repository {root.name}, whose CODEOWNERS can't name it."
            )
        path = folder.relative_to(root).as_posix()
        folders.append("" if path == "." else path)
    return Places(folders[0], folders[1], host)


def _read(root: Path, host: Host) -> bytes | None:
    raw = read_bytes(root, host.file)
    other = next((path for path in host.elsewhere if (root / path).is_file()), None)
    if other is not None and (raw is None or not host.reads_own_folder_first):
        counts = "would count for nothing beside" if host.reads_own_folder_first else f"{host.name} reads instead of"
        raise UsageError(f"There is a file {other}, which {counts} {host.file}; move it there, or delete it.")
    return raw


def _own(before: str, file: str) -> str:
    """Return somebody's own lines, which stay; raises UsageError where nothing says which they are."""
    own = own_part(before)
    if own is None and before.strip():
        raise UsageError(
            f"{file} was written by hand and is left as it is. To keep its lines, add this line at its end and run the "
            f"command again: {MARK}"
        )
    return own or ""


def _first_difference(file: str, before: list[str], wanted: list[str]) -> str:
    """Say where the file first is not what it would be."""
    pairs = enumerate(zip_longest(before, wanted), 1)
    number, (was, should) = next((number, pair) for number, pair in pairs if pair[0] != pair[1])
    if was is None:
        where = f"The file ends before line {number}, which would be {_said(should or '')}."
    else:
        instead = "would not be there" if should is None else f"would be {_said(should)}"
        where = f"Line {number} is {_said(was)}, and {instead}."
    return (
        f"{file} is not what the settings, the pages and the list of people say now: {_difference(before, wanted)}.\n"
        f"{where}\n"
        "To do: run `handrail codeowners` and commit the file.\n"
    )


def _difference(before: list[str], after: list[str]) -> str:
    had, has = Counter(before), Counter(after)
    new, gone = (has - had).total(), (had - has).total()
    if not new and not gone:
        return "the same lines in another order"
    said = [f"{counted(new, 'line')} {'is' if new == 1 else 'are'} new"] if new else []
    said += [f"{counted(gone, 'line')} {'is' if gone == 1 else 'are'} gone"] if gone else []
    return " and ".join(said)


def _said(line: str) -> str:
    return f"`{disarmed(one_line(line))}`" if line.strip() else "empty"
