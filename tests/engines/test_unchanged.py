"""`mkdocs build` ends at once where the site is there already, and builds as ever where that is not sure."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from handrail.engines.given import project_of
from handrail.engines.site_key import KNOWN_PLUGINS, STEADY_PLUGINS
from handrail.engines.unchanged import Inputs
from tests.engines.drawn import BASE, sop
from tests.engines.previewed import forget_plugins
from tests.engines.sites import configured
from tests.plugins.cases import CASES
from tests.plugins.steady import unsteady
from tests.support.commands import handrail
from tests.support.engine import ENGINE
from tests.support.handbooks import SETTINGS, make_handbook

pytestmark = pytest.mark.usefixtures("few_rules")
NOTHING = "Nothing has changed"


def built(folder: Path, *arguments: str) -> str:
    """Build a project by MkDocs' command, and return what that said on standard error."""
    forget_plugins()
    done = CliRunner().invoke(
        import_module(f"{ENGINE}.__main__").cli, ["build", "-f", str(folder / "mkdocs.yml"), *arguments]
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_what_is_there_already_is_not_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_handbook(tmp_path, {**BASE, "content/lone.md": sop("lone", vpmom="")})
    site, page = folder / "site", folder / "content/lone.md"
    first = built(folder, "--strict")
    assert NOTHING not in first
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    again = built(folder)
    assert NOTHING in again
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*")} == before
    (counted,) = [line for line in first.splitlines() if line.startswith("Handrail read")]
    assert "1 finding to look at" in counted
    assert again.count(counted) == 1
    assert built(folder, "--quiet") == ""
    assert "none of them made anew" in handrail(folder, "build").out

    changes: list[Callable[[], Any]] = [
        lambda: page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8"),
        lambda: (site / "stranger.html").write_text("Nobody's.", "utf-8"),
        lambda: (folder / "mkdocs.yml").write_text(
            (folder / "mkdocs.yml").read_text("utf-8") + "\ncopyright: Us\n", "utf-8"
        ),
        lambda: monkeypatch.setenv("HANDRAIL_TODAY", "2026-11-16"),
    ]
    for change in changes:
        change()
        assert NOTHING not in built(folder)
    assert not (site / "stranger.html").exists()
    assert NOTHING in built(folder)


def test_the_settings_of_a_folder_are_among_what_a_site_is_made_of(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, BASE)

    def key() -> str:
        config = configured(folder)
        plugin: Any = config.plugins["handrail"]
        inputs = Inputs.of(config, project_of(config, plugin.settings))
        assert inputs is not None
        return inputs.key

    place = folder / "content/.nav.yml"
    place.write_text("nav: [index.md]\n", "utf-8")
    before = key()
    assert key() == before
    place.write_text("nav: ['*']\n", "utf-8")
    assert key() != before


def test_each_plugin_beside_which_a_part_is_built_is_proved_each_night() -> None:
    proved = frozenset[str]().union(*(case.names for case in CASES if case.is_steady))
    assert proved >= STEADY_PLUGINS - KNOWN_PLUGINS


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_part_that_differs_from_a_cold_build_is_found(tmp_path: Path, *, is_whole: bool) -> None:
    folder = tmp_path / "handbook"
    for path in ("how/write-an-sop.md", "how/glossary.md"):
        place = folder / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("---\ntitle: One\n---\n", "utf-8")

    def run(at: Path, *_: str) -> tuple[int, str]:
        if is_whole or not (at / "site").exists():
            shutil.copytree(at / "content", at / "site", dirs_exist_ok=True)
            gone = [path for path in at.glob("site/how/*") if not (at / "content/how" / path.name).exists()]
            for path in gone:
                path.unlink()
        return 0, "The site is in site/: 9 pages, 1 of them made anew.\n"

    assert bool(list(unsteady(folder, run))) is not is_whole


def test_what_was_built_in_silence_is_built_again_to_be_told_what_there_is_to_say(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, BASE)
    assert built(folder, "--quiet") == ""
    assert "Handrail read" in built(folder)
    assert NOTHING in built(folder)


_MODULE = "def define_env(env):\n    env.conf['copyright'] = 'First edition'\n"


@pytest.mark.parametrize(
    ("files", "config"),
    [
        ({}, {"plugins": ["tags", "search", {"handrail": dict(SETTINGS)}]}),
        ({"content/odd.md": '# Odd\n\n--8<-- "note.txt"\n', "note.txt": "Noted.\n"}, {"markdown_extensions": ["pymdownx.snippets"]}),
        ({"content/odd.md": "# Odd\n\n[Up](/somewhere)\n"}, {"validation": {"links": {"absolute_links": "warn"}}}),
        ({"edition.py": _MODULE}, {"plugins": ["search", {"macros": {"module_name": "edition"}}, {"handrail": dict(SETTINGS)}]}),
        ({"editions/__init__.py": _MODULE}, {"plugins": ["search", {"macros": {"module_name": "editions"}}, {"handrail": dict(SETTINGS)}]}),
    ],
    ids=["a plugin", "another file's text", "a warning", "a module of macros", "a package of macros"],
)  # fmt: skip
def test_where_somebody_may_see_more_all_is_built_each_time(
    files: dict[str, str], config: dict[str, Any], tmp_path: Path
) -> None:
    folder = make_handbook(tmp_path, {**BASE, **files}, config=config)
    for _ in range(2):
        assert NOTHING not in built(folder)
