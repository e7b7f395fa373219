"""Builds the example beside each plugin and theme, strict, proves it, and says what held: python -m tests.plugins [--python PYTHON] [--engine ENGINE] [NAME …].

`PYTHON` is one in which Handrail, and what the cases need, are installed; `--needs` prints what that is. For each case the plugin is tried
without Handrail too: what fails there is broken by itself. The engine `properdocs` reads the same settings under another name.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
import yaml

from tests.plugins.cases import CASES, Case
from tests.plugins.steady import unsteady

_ROOT = Path(__file__).resolve().parents[2]
_MOST_LINES = 12
_COPIED = ("content", "mkdocs.yml", "records", "schemas", "synonyms.yml", ".github")
_ENGINES = {
    "mkdocs": ("mkdocs.yml", ()),
    "properdocs": ("properdocs.yml", ("properdocs", "properdocs-theme-mkdocs", "properdocs-theme-readthedocs")),
}
"""What each calls the settings, and what it needs to be there beside Handrail."""
_STOPPED = "HB823"
_BESIDE = ("search", "macros")
_PYTHON = re.compile(r"'(!!python/name:[\w.]+)'")
"""A tag of MkDocs, which YAML writes as a text."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case went: what failed, and what was said of it."""

    failed: str = ""
    said: str = ""


class _Loader(yaml.SafeLoader):
    """Passes tags of MkDocs on as they are."""


def begin(folder: Path) -> None:
    """Put the example into a folder, as a repository with a past."""
    for name in _COPIED:
        source = _ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    (folder / ".gitignore").write_text("site/\n.cache/\n", "utf-8")
    git(folder, "init", "--quiet")


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin", "--date", "2026-03-02T10:00:00")


def git(folder: Path, *command: str) -> None:
    who = ("-c", "user.name=Nora Vind", "-c", "user.email=nora@marlstone.example")
    subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True)


def configure(folder: Path, case: Case, engine: str, *, with_handrail: bool) -> None:
    """Write the settings of a case, under the name by which an engine knows them."""
    config: dict[str, Any] = yaml.load((_ROOT / "mkdocs.yml").read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader
    ours = next(entry["handrail"] for entry in config["plugins"] if isinstance(entry, dict))
    own = [{"handrail": {**ours, **case.setting}}] if with_handrail else []
    beside = [name for name in _BESIDE if with_handrail or name != "macros"]
    config["plugins"] = [*beside, *case.plugins, *own] if case.is_above else [*beside, *own, *case.plugins]
    config.update(case.config)
    text = yaml.safe_dump(config, sort_keys=False, allow_unicode=True)
    text = _PYTHON.sub(r"\1", text)
    (folder / "mkdocs.yml").unlink(missing_ok=True)
    (folder / _ENGINES[engine][0]).write_text(text, "utf-8")
    for path, content in case.files.items():
        place = folder / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, "utf-8")


def try_case(python: str, case: Case, folder: Path, engine: str = "mkdocs") -> Iterator[Outcome]:
    """Yield what fails of a case: the build, the proof, what its pages have to show, and builds of a part where there are such."""
    begin(folder)
    configure(folder, case, engine, with_handrail=True)
    commit(folder)
    built = run(folder, python, engine, "build", "--strict")
    if built.returncode:
        yield Outcome("build", built.stderr)
        return
    for address, words in case.shows:
        name = address if not address or address.endswith("/") else f"{address}/"
        path = folder / "site" / f"{name}index.html"
        if not path.is_file() or words not in path.read_text("utf-8"):
            yield Outcome("shows", f"{address} does not show “{words}”")
    proved = run(folder, python, "handrail", "verify")
    if proved.returncode:
        yield Outcome("verify", proved.stdout + proved.stderr)
    if _STOPPED in proved.stdout and not case.is_stopped:
        yield Outcome("stopped", "Browsers leave out a part of what it puts into pages.")
    if case.is_steady and engine == "mkdocs":
        yield from (Outcome("steady", why) for why in unsteady(folder, partial(_handrail, python)))


def _handrail(python: str, folder: Path, *command: str) -> tuple[int, str]:
    done = run(folder, python, "handrail", *command)
    return done.returncode, done.stdout + done.stderr


def control(python: str, case: Case, folder: Path, engine: str = "mkdocs") -> str:
    """Build plain pages with the plugin and without Handrail; return what it says where it fails."""
    (folder / "content").mkdir()
    (folder / "content" / "index.md").write_text("# Home\n", "utf-8")
    (folder / "content" / "how").mkdir()
    (folder / "content" / "how" / "index.md").write_text("# How\n", "utf-8")
    (folder / ".gitignore").write_text("site/\n", "utf-8")
    git(folder, "init", "--quiet")
    configure(folder, case, engine, with_handrail=False)
    commit(folder)
    built = run(folder, python, engine, "build", "--strict")
    return built.stderr if built.returncode else ""


def run(folder: Path, python: str, module: str, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
    return subprocess.run(
        [python, "-m", module, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@click.command()
@click.argument("names", nargs=-1)
@click.option("--python", default=sys.executable, help="The Python in which all is installed.")
@click.option("--engine", type=click.Choice(tuple(_ENGINES)), default="mkdocs", help="What builds the site.")
@click.option("--needs", is_flag=True, help="Print what the cases need, one a line, and try nothing.")
def main(names: tuple[str, ...], python: str, engine: str, *, needs: bool) -> None:
    """Try the cases of these names, all where none is given; the exit code is 1 where one does not go as it is known to."""
    cases = [case for case in CASES if not names or case.name in names]
    if needs:
        click.echo("\n".join(dict.fromkeys((*_ENGINES[engine][1], *(need for case in cases for need in case.needs)))))
        return
    wrong = [case.name for case in cases if not _tell(python, case, engine)]
    sys.exit(bool(wrong))


def _tell(python: str, case: Case, engine: str) -> bool:
    """Try a case, print how it went, and say whether it went as was known."""
    with tempfile.TemporaryDirectory() as place:
        found = list(try_case(python, case, Path(place), engine))
    alone = ""
    if found and not case.open:
        with tempfile.TemporaryDirectory() as place:
            alone = control(python, case, Path(place), engine)
    is_known = bool(case.open) == bool(found) or bool(alone)
    said = "holds" if not found else "open" if case.open else "fails by itself" if alone else "FAILS"
    click.echo(
        f"{case.name:30} {said if is_known or found else 'HOLDS BY NOW':16} {case.open or ', '.join(one.failed for one in found)}"
    )
    for one in found if not case.open else ():
        click.echo(
            "".join(f"    {line}\n" for line in (alone or one.said).strip().splitlines()[-_MOST_LINES:]), nl=False
        )
    return is_known


if __name__ == "__main__":
    main()
