"""What `handrail build` leaves is, after whatever edit, byte for byte what a build into an empty folder makes."""

from __future__ import annotations

import random
import shutil
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import settings

from handrail.engines.run import Built, build_site
from handrail.errors import HandrailError
from tests.engines.drawn import BASE, sop
from tests.engines.editing import Handbook
from tests.engines.previewed import Previewed, forget_plugins
from tests.support.handbooks import SETTINGS, make_handbook

pytestmark = pytest.mark.usefixtures("few_rules", "one_moment")
WALKS = max(1, settings().max_examples // 100)
STEPS, PREVIEWS = 4, 2 * WALKS
SECRET = b"Zephyrine knows"


def built(folder: Path, *, strict: bool = False) -> Built | None:
    """Build a project as a process of its own would; None where that is refused."""
    forget_plugins()
    try:
        return build_site(folder / "mkdocs.yml", strict=strict, quiet=True)
    except HandrailError:
        return None


def bytes_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def cold(folder: Path) -> dict[str, bytes] | None:
    """Return the files of the site of a project that nobody has built before; None where it can't be built."""
    copy = folder.with_name(f"{folder.name}-cold")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=lambda at, _: ["site", ".cache"] if Path(at) == folder else [])
    return bytes_of(copy / "site") if built(copy) is not None else None


def other(one: dict[str, bytes], another: dict[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *another} if one.get(path) != another.get(path))


def walk(folder: Path, seed: int, steps: int) -> list[str]:
    """Edit a handbook and build it, again and again, and compare its site with a cold one each time; return what was done."""
    chance = random.Random(seed)  # noqa: S311 - edits, not secrets
    handbook = Handbook(folder / "handbook", chance)
    site = handbook.folder / "site"
    way: list[str] = []
    assert built(handbook.folder) is not None
    for _ in range(steps):
        handbook.keep()
        way.append("; ".join(handbook.edit() for _ in range(chance.choice([1, 1, 1, 2, 3]))))
        said = "\n".join([f"seed {seed}", *way])
        before, wanted, done = bytes_of(site), cold(handbook.folder), built(handbook.folder)
        assert (wanted is None) == (done is None), said
        if wanted is None or done is None:
            way[-1] += ": refused"
            assert bytes_of(site) == before, said
            handbook.take_back()
        else:
            way[-1] += f": {done.made} of {done.pages}"
            found = bytes_of(site)
            assert other(found, wanted) == [], said
            assert handbook.shows_secrets or SECRET not in b"".join(found.values()), said
    return way


@pytest.mark.parametrize("seed", range(WALKS))
def test_after_any_edit_a_site_is_that_of_a_cold_build(seed: int, tmp_path: Path) -> None:
    walk(tmp_path, seed, STEPS)


def test_after_any_edit_a_preview_is_that_of_a_new_one(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - edits, not secrets
    handbook = Handbook(tmp_path / "handbook", chance)
    preview = Previewed(handbook.folder)
    for _ in range(PREVIEWS):
        said = handbook.edit()
        preview.again()
        found = bytes_of(preview.site)
        if preview.plugin.preview._guard.failure:
            continue
        shutil.rmtree(tmp_path / "new", ignore_errors=True)
        shutil.copytree(handbook.folder, tmp_path / "new", ignore=shutil.ignore_patterns("preview", ".cache"))
        new = Previewed(tmp_path / "new")
        assert other(found, bytes_of(new.site)) == [], said
        new.end()
    page = handbook.folder / "content/notes/plain.md"
    page.write_text("Other text without a heading.\n", "utf-8")
    preview.again()
    before = times(preview.site)
    page.write_text("Another text without a heading.\n", "utf-8")
    preview.again()
    written = {path for path, time in times(preview.site).items() if before.get(path) != time}
    assert 0 < len(written) < len(before) / 2
    preview.end()


def times(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def test_only_what_can_differ_is_written_and_what_is_withheld_goes(tmp_path: Path) -> None:
    many = {f"content/finance/step-{number}.md": sop(f"step-{number}", department="finance") for number in range(9)}
    folder = make_handbook(
        tmp_path,
        {
            **BASE,
            **many,
            "content/greet.md": sop("greet"),
            "content/file.pdf": b"%PDF-1.4",
            "content/pdf.md": "[file](file.pdf)\n",
        },
        config={"theme": {"name": "material", "features": ["navigation.prune", "navigation.indexes"]}},
    )
    site, page = folder / "site", folder / "content/greet.md"
    first = built(folder)
    assert first is not None
    assert first.made == first.pages

    before = times(site)
    page.write_text(page.read_text("utf-8").replace("Do it.", "Do it well."), "utf-8")
    second = built(folder)
    assert second is not None
    written = {path for path, time in times(site).items() if before.get(path) != time}
    assert {"greet/index.html", "404.html", "sitemap.xml"} <= written
    assert not [path for path in written if path.startswith(("finance/", "company/", "people", "pdf/", "file.pdf"))]
    assert b"Do it well." in (site / "greet/index.html").read_bytes()

    page.write_text(page.read_text("utf-8").replace("visibility: public", "visibility: internal"), "utf-8")
    assert built(folder) is not None
    assert not (site / "greet").exists()
    assert b"Do it well." not in b"".join(bytes_of(site).values())
    assert other(bytes_of(site), cold(folder) or {}) == []


def test_nothing_is_believed_of_a_site_that_was_touched_or_left_half_written(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path / "handbook", BASE)
    site = folder / "site"
    assert built(folder) is not None
    wanted = bytes_of(site)

    page = folder / "content/index.md"
    text = page.read_text("utf-8")
    page.write_text("# Half\n", "utf-8")
    state = next((folder / ".cache/handrail").glob("*.kept.json"))
    with (
        patch("handrail.engines.search_reading.SearchReading.end", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        built(folder)
    assert not state.exists()
    page.write_text(text, "utf-8")
    assert built(folder) is not None
    assert bytes_of(site) == wanted

    for touch in (
        lambda: (site / "finance/index.html").write_text("Mine.", "utf-8"),
        lambda: (site / "stranger.html").write_text("Nobody's.", "utf-8"),
        lambda: shutil.rmtree(site),
        lambda: state.write_text("[]", "ascii"),
        lambda: state.write_text("[" * 200_000, "ascii"),
        partial(_link_to_what_never_ends, state),
    ):
        touch()
        done = built(folder)
        assert done is not None
        assert done.made == done.pages
        assert bytes_of(site) == wanted


_MODULE = "def define_env(env):\n    pass\n"


def _link_to_what_never_ends(file: Path) -> None:
    file.unlink()
    file.symlink_to("/dev/zero")


def test_where_nobody_can_say_what_has_changed_all_is_made_and_said_why(tmp_path: Path) -> None:
    plugins: list[Any] = ["search", {"handrail": dict(SETTINGS)}]
    for config, name in (
        ({"plugins": ["tags", *plugins]}, "`tags`"),
        ({"plugins": plugins, "hooks": ["hook.py"]}, "`hook.py`"),
        ({"plugins": plugins, "markdown_extensions": ["pymdownx.b64"]}, "`pymdownx.b64`"),
        (
            {"plugins": [{"macros": {"module_name": "ours_alone"}}, *plugins]},
            "the module `ours_alone` of the plugin `macros`",
        ),
    ):
        folder = make_handbook(tmp_path, {**BASE, "hook.py": "", "ours_alone.py": _MODULE}, config=config)
        done = built(folder)
        assert done is not None
        assert name in done.why_all
        assert not list((folder / ".cache/handrail").glob("*.kept.json"))


def test_what_mkdocs_warns_of_it_warns_of_each_time(tmp_path: Path) -> None:
    config = {"validation": {"links": {"absolute_links": "warn"}}}
    folder = make_handbook(tmp_path, {**BASE, "content/odd.md": "[Up](/somewhere)\n"}, config=config)
    assert built(folder) is not None
    assert built(folder, strict=True) is None
    (folder / "content/odd.md").write_text("No link.\n", "utf-8")
    assert built(folder, strict=True) is not None


def test_how_links_are_taken_shows_in_every_page(tmp_path: Path) -> None:
    files = {**BASE, "content/odd.md": "[Up](/people.md)\n"}
    folder = make_handbook(tmp_path, files, config={"validation": {"links": {"absolute_links": "ignore"}}})
    assert built(folder) is not None
    make_handbook(folder, {}, config={"validation": {"links": {"absolute_links": "relative_to_docs"}}})
    assert built(folder) is not None
    assert b'href="../people/"' in (folder / "site/odd/index.html").read_bytes()
    make_handbook(folder, {}, config={"validation": {"links": {"absolute_links": "warn"}}})
    assert built(folder, strict=True) is None


def test_what_is_put_below_pages_is_read_each_time_also_where_it_was_not_there(tmp_path: Path) -> None:
    config = {"markdown_extensions": [{"pymdownx.snippets": {"auto_append": ["below.txt"]}}]}
    folder = make_handbook(tmp_path / "handbook", BASE, config=config)
    assert built(folder) is not None
    (folder / "below.txt").write_text("Below all.\n", "utf-8")
    assert built(folder) is not None
    assert other(bytes_of(folder / "site"), cold(folder) or {}) == []


def test_a_template_that_shows_other_pages_has_all_of_them_made(tmp_path: Path) -> None:
    template = '{% extends "base.html" %}\n{% block announce %}{% for p in pages %}{{ p.page.content | length }}{% endfor %}{% endblock %}\n'
    config = {"theme": {"name": "material", "custom_dir": "theme"}}
    folder = make_handbook(tmp_path / "handbook", {**BASE, "theme/main.html": template}, config=config)
    assert built(folder) is not None
    page = folder / "content/index.md"
    for _ in range(2):
        page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
        done = built(folder)
        assert done is not None
        assert done.made == done.pages
        assert other(bytes_of(folder / "site"), cold(folder) or {}) == []
