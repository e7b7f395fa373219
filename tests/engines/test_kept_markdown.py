"""What Markdown makes of a page is kept: a site that is built with it is, byte for byte and word for word, one that is built without."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from hypothesis import settings
from mkdocs.structure.pages import Page

from handrail.engines import site_key
from handrail.engines.logs import OF_THE_ENGINE
from handrail.engines.rendered import Rendered
from handrail.model.cache import CACHE
from handrail.rules.registry import all_rules
from tests.engines.drawn import BASE, sop
from tests.engines.editing import Handbook
from tests.engines.previewed import forget_plugins
from tests.engines.sites import environment
from tests.engines.test_exact import bytes_of, other
from tests.history.repos import Repo
from tests.support.engine import ENGINE
from tests.support.handbooks import SETTINGS, make_handbook

pytestmark = pytest.mark.usefixtures("few_rules", "one_moment")
WALKS = max(1, settings().max_examples // 100)
STEPS = 4
_TIMES = re.compile(r"in [\d.]+ seconds")
FILE = CACHE / "mkdocs-public.markdown"


HOOK = """
import os

def on_files(files, **_):
    if "MOVED" in os.environ:
        files.get_file_from_path("people.md").dest_uri = "who/index.html"
    return files

def on_page_markdown(markdown, **_):
    return markdown.replace("NOON", os.environ.get("NOON", ""))
"""


@pytest.fixture
def rendered() -> Iterator[set[str]]:
    """Yield the set of the pages that MkDocs renders from now on, until somebody empties it."""
    found = set[str]()
    render = Page.render

    def noted(page: Page, *arguments: Any) -> None:
        found.add(page.file.src_uri)
        render(page, *arguments)

    with patch.object(Page, "render", noted):
        yield found


@contextmanager
def as_it_logged() -> Iterator[None]:
    """Have the engine log afterwards as before: its command settles that for a process of its own."""
    log = OF_THE_ENGINE
    before = log.level, log.propagate, log.handlers[:]
    try:
        yield
    finally:
        log.setLevel(before[0])
        log.propagate, log.handlers[:] = before[1:]


def whole(folder: Path, *arguments: str) -> tuple[dict[str, bytes] | None, str]:
    """Build a project into an empty folder by MkDocs' command, as a process of its own would; return the site, None where that fails, and what was said."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    forget_plugins()
    command = import_module(f"{ENGINE}.__main__").cli
    with as_it_logged():
        done = CliRunner().invoke(command, ["build", "-f", str(folder / "mkdocs.yml"), *arguments])
    said = _TIMES.sub("", done.output).replace(str(folder), "")
    return (bytes_of(folder / "site") if done.exit_code == 0 else None), said


def cold(folder: Path) -> tuple[dict[str, bytes] | None, str]:
    """Do the same where nothing was ever built."""
    copy = folder.with_name(f"{folder.name}-cold")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=lambda at, _: ["site", ".cache"] if Path(at) == folder else [])
    return whole(copy)


def same(folder: Path, said: str = "") -> bool:
    """Build a project, and hold the site and what was said to those of a build that knows nothing; say whether it can be built."""
    (wanted, wanted_words), (found, words) = cold(folder), whole(folder)
    assert (found is None) == (wanted is None), said
    assert other(found or {}, wanted or {}) == [], said
    assert words == wanted_words, said
    return found is not None


@pytest.mark.parametrize("seed", range(WALKS))
def test_after_any_edit_a_site_is_that_of_a_cold_build(seed: int, tmp_path: Path, rendered: set[str]) -> None:
    chance = random.Random(seed)  # noqa: S311 - edits, not secrets
    handbook = Handbook(tmp_path / "handbook", chance)
    whole(handbook.folder)
    way = [f"seed {seed}"]
    edits: list[Callable[[], str]] = [
        handbook.change_what_is_put_in,
        handbook.change_setting_of_markdown,
        handbook.change_name_of_file,
        handbook.change_body,
    ]
    for _ in range(STEPS):
        handbook.keep()
        way.append("; ".join([chance.choice(edits)(), *(handbook.edit() for _ in range(chance.choice([0, 1, 2])))]))
        if not same(handbook.folder, "\n".join(way)):
            handbook.take_back()
    whole(handbook.folder)
    rendered.clear()
    whole(handbook.folder)
    assert len(rendered) < len(list((handbook.folder / "content").rglob("*.md"))), way


def test_only_what_can_differ_is_rendered(tmp_path: Path, rendered: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that says something, or that puts in another file's text, is rendered each time; so is one whose text another plugin changes."""
    files = {
        **BASE,
        "content/link.md": "# Link\n\n[Greet](greet.md#how) and [again](#no), [home](index.md#gone), [all](people.md). NOON\n",
        "content/greet.md": "# Greet\n\n## How <b>now</b> {#how}\n\nWords.\n\n<b id='here'>Here</b>\n",
        "content/lost.md": "# Lost\n\n[Up](/nowhere)\n",
        "content/puts.md": '# Puts\n\n--8<-- "note.md"\n',
        "content/waits.md": '# Waits\n\n--8<-- "later.md"\n',
        "content/run.md": "# Run\n\n{{ hb_toc() }}\n",
        "content/note.md": "Noted.\n",
        "hook.py": HOOK,
    }
    monkeypatch.setattr(site_key, "STEADY_PLUGINS", site_key.STEADY_PLUGINS | {"hook.py"})
    plugins: list[Any] = ["search", "macros", {"handrail": {**SETTINGS, "macros": ["run.md"]}}]
    config: dict[str, Any] = {
        "plugins": plugins,
        "hooks": ["hook.py"],
        "markdown_extensions": ["pymdownx.snippets", "attr_list"],
        "validation": {"links": {"anchors": "warn"}},
    }
    folder = make_handbook(tmp_path / "handbook", files, config=config)
    each_time = {"lost.md", "puts.md", "waits.md"}

    def rendered_now() -> set[str]:
        wanted = cold(folder)
        whole(folder)
        rendered.clear()
        assert whole(folder) == wanted
        return set(rendered)

    assert rendered_now() == each_time
    assert "contains a link 'index.md#gone'" in whole(folder)[1]
    (folder / "content/note.md").write_text("Noted anew.\n", "utf-8")
    (folder / "content/greet.md").rename(folder / "content/meet.md")
    rendered.clear()
    found, _ = whole(folder)
    assert rendered == each_time | {"note.md", "meet.md", "link.md"}
    assert b"Noted anew." in (found or {})["puts/index.html"]
    monkeypatch.setenv("NOON", "At noon.")
    rendered.clear()
    found, _ = whole(folder)
    assert rendered == each_time | {"link.md"}
    assert b"At noon." in (found or {})["link/index.html"]
    monkeypatch.setenv("MOVED", "1")
    rendered.clear()
    same(folder)
    found, _ = whole(folder)
    assert b'href="../who/"' in (found or {})["link/index.html"]
    (folder / "content/meet.md").write_text("# Meet\n\n## When\n", "utf-8")
    assert rendered_now() == each_time
    for extensions in (
        ["pymdownx.snippets", "attr_list", {"toc": {"permalink": "#"}}],
        ["pymdownx.snippets", {"toc": {"permalink": "#"}}],
    ):
        make_handbook(folder, {}, config={**config, "markdown_extensions": extensions})
        rendered.clear()
        whole(folder)
        assert len(rendered) > 20


def test_what_is_said_is_said_to_whoever_listens_next(tmp_path: Path, rendered: set[str]) -> None:
    files = {**BASE, "content/lost.md": "# Lost\n\n[Up](/nowhere)\n"}
    folder = make_handbook(tmp_path / "handbook", files)
    whole(folder, "--quiet")
    rendered.clear()
    assert "/nowhere" in whole(folder)[1]
    assert "lost.md" in rendered
    rendered.clear()
    whole(folder, "--verbose")
    assert len(rendered) > 20


def test_nothing_is_kept_where_a_text_is_put_below_but_of_what_is_signed(tmp_path: Path, rendered: set[str]) -> None:
    config = {"markdown_extensions": [{"pymdownx.snippets": {"auto_append": ["below.txt"]}}]}
    files = {**BASE, "content/greet.md": sop("greet"), "content/plain.md": "# Plain\n"}
    folder = make_handbook(tmp_path / "handbook", files, config=config)
    same(folder)
    (folder / "below.txt").write_text("Below all.\n", "utf-8")
    rendered.clear()
    found, _ = whole(folder)
    assert b"Below all." in (found or {})["plain/index.html"]
    assert "greet.md" not in rendered


def test_what_somebody_has_put_into_the_repository_is_not_believed(tmp_path: Path, rendered: set[str]) -> None:
    folder = make_handbook(tmp_path / "handbook", BASE)

    def are_believed(*, elsewhere: bool = True) -> bool:
        rendered.clear()
        with patch("handrail.build.kept_by_page.package_state", lambda: [b"elsewhere"] if elsewhere else []):
            whole(folder)
        return not rendered

    whole(folder)
    assert not are_believed()
    assert are_believed()
    assert not are_believed(elsewhere=False)
    repo = Repo(folder)
    repo.commit("2026-03-01")
    assert are_believed()
    repo.git("add", "--force", str(FILE))
    assert not are_believed(elsewhere=False)


def test_what_came_with_a_handbook_that_lies_in_a_stranger_s_repository_is_not_believed(
    tmp_path: Path, rendered: set[str]
) -> None:
    folder = make_handbook(tmp_path / "outer/handbook", BASE)
    whole(folder)
    outer = Repo(tmp_path / "outer")
    (outer.root / "README.md").write_text("Ours.\n", "utf-8")
    outer.git("add", "README.md")
    outer.git("commit", "--quiet", "--message", "Begin")
    rendered.clear()
    with patch("handrail.build.kept_by_page.package_state", lambda: [b"elsewhere"]):
        whole(folder)
    assert rendered


def _is_made_anew(folder: Path, wanted: dict[str, bytes] | None, rendered: set[str]) -> None:
    """See that nothing that is kept is used by the next build, which makes the same site, and that the one after it finds all."""
    rendered.clear()
    found, _ = whole(folder)
    assert rendered
    assert other(found or {}, wanted or {}) == []
    rendered.clear()
    whole(folder)
    assert not rendered


def test_a_damaged_file_does_no_harm(tmp_path: Path, rendered: set[str]) -> None:
    folder = make_handbook(tmp_path / "handbook", BASE)
    wanted, _ = whole(folder)
    file = folder / FILE
    content = file.read_bytes()
    length = int.from_bytes(content[-8:], "little")
    for damaged in (
        content[: len(content) // 2],
        bytes(len(content)),
        b"[]" + (2).to_bytes(8, "little"),
        content[-length - 8 :],
        content[:-8] + b"\xff" * 8,
        bytes(2000) + content[2000:],
    ):
        file.write_bytes(damaged)
        _is_made_anew(folder, wanted, rendered)


@pytest.mark.parametrize(
    "written",
    [
        [], {}, "x", None, {"content": 5}, {"toc": [{}]}, {"toc": None}, {"toc": [{"level": "1", "id": "a", "name": "A", "children": []}]},
        {"anchors": "a"}, {"anchors": [1]}, {"links": []}, {"links": {"index.md": ["a"]}}, {"title": 1}, {"more": 1},
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_kept_in_another_shape_is_not_used_and_is_replaced(
    written: Any, tmp_path: Path, rendered: set[str]
) -> None:
    folder = make_handbook(tmp_path / "handbook", BASE)
    as_data = Rendered.as_data
    wanted, _ = whole(folder)
    (folder / FILE).unlink()

    def in_another_shape(made: Rendered) -> Any:
        return {**as_data(made), **written} if isinstance(written, dict) and written else written

    with patch.object(Rendered, "as_data", in_another_shape):
        whole(folder)
    _is_made_anew(folder, wanted, rendered)


def test_what_is_no_longer_there_is_not_kept_and_where_nothing_can_be_written_nothing_is(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path / "handbook", {**BASE, "content/gone.md": "# Gone\n\n" + "Words of it. " * 99})
    whole(folder)
    assert b'"gone.md"' in (folder / FILE).read_bytes()
    before = (folder / FILE).stat().st_size
    (folder / "content/gone.md").unlink()
    whole(folder)
    assert b'"gone.md"' not in (folder / FILE).read_bytes()
    assert (folder / FILE).stat().st_size < before
    assert [path for path in (folder / CACHE).iterdir() if path.name.startswith((FILE.name, "tmp"))] == [folder / FILE]
    (folder / FILE).unlink()
    with patch("handrail.build.kept_by_page.make_cache", side_effect=OSError):
        assert whole(folder)[0]
    assert not (folder / FILE).exists()


_ON_TWO_CORES = """
import os, sys
from handrail.engines import ahead, second_core
from mkdocs.__main__ import cli

os.sched_getaffinity = lambda _: {0, 1}
ahead._WORTH = 2
taken = []
take = second_core.Ahead.take

def noted(self, number):
    found = take(self, number)
    taken.append(found is not None and hasattr(found, "rendered"))
    return found

second_core.Ahead.take = noted
try:
    cli(sys.argv[1:])
finally:
    print(sum(taken))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no other system lets a process be copied safely")
def test_what_the_second_core_has_rendered_is_kept_alike(tmp_path: Path) -> None:
    linked = {f"content/to-{number}.md": f"# {number}\n\n[All](people.md)\n" for number in range(9)}
    folder = make_handbook(tmp_path / "handbook", {**BASE, **linked})
    command = [sys.executable, "-c", _ON_TWO_CORES, "build", "--quiet"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    assert int(done.stdout) > 10
    on_two_cores = kept_in(folder)
    (folder / FILE).unlink()
    with patch("handrail.pages.generated.every.all_rules", all_rules):
        whole(folder, "--quiet")
    on_one = kept_in(folder)
    assert {page: on_two_cores.get(page) for page in on_one} == on_one


def kept_in(folder: Path) -> dict[str, Any]:
    """Return what is kept of each page."""
    content = (folder / FILE).read_bytes()
    length = int.from_bytes(content[-8:], "little")
    places = json.loads(content[-8 - length : -8])["pages"]
    found = {page: json.loads(zlib.decompress(content[at : at + size])) for page, (at, size) in places.items()}
    for made in found.values():
        made["rendered"]["anchors"].sort(key=str)
    return found
