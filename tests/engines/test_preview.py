"""What a preview is made of: no content fails it, and the guard keeps the last good site."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.exceptions import Abort, PluginError

from handrail.engines.exact import Exact
from handrail.engines.guard import Guard
from handrail.engines.readings import Readings
from handrail.engines.strip import Stripped, with_strip
from handrail.model.kinds import load_kinds
from handrail.model.project import load_project
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, as_served, build, configured, words_of
from tests.support.handbooks import make_handbook

ADVERSARIAL = Path(__file__).parents[1] / "adversarial"
WRONG = {
    "icon": "[nope]",
    "template": "nope.html",
    "search": "true",
    "hide": "3",
    "tags": "{a: 1}",
    "title": "2025",
    "description": "[1]",
    "ignore_macros": "true",
    "render_macros": "true",
    "status": "[1]",
    "author": "{}",
    "social": "true",
    "sign_offs": "3",
    "rapid": "[1]",
    "serves": "3",
    "process": "[]",
    "department": "[]",
    "vpmom": "{}",
    "id": "[]",
    "state": "3",
    "trigger": "{}",
    "contact": "[]",
    "needs_update": "[]",
    "asked_as": "3",
    "replaces": "{}",
}
OPTIONS = {"visibility": {".": "public"}, "today": "2026-11-15", "macros": ["wrong/"]}


def preview(folder: Path) -> Site:
    return build(folder, command="serve", strict=True)


def test_no_wrong_value_of_any_field_fails_a_preview(tmp_path: Path) -> None:
    documents = {
        f"content/wrong/{key}.md": sop(f"wrong-{number}", **{key: value})
        for number, (key, value) in enumerate(WRONG.items())
    }
    prose = {f"content/prose/{key}.md": f"---\n{key}: {value}\n---\nProse.\n" for key, value in WRONG.items()}
    plugins = ["search", "tags", "macros", {"handrail": OPTIONS}]
    site = preview(make_handbook(tmp_path, {**BASE, **documents, **prose}, config={"plugins": plugins}))
    for key in WRONG:
        assert site.has(f"wrong/{key}/"), key
        assert site.has(f"prose/{key}/"), key
    for page in site.pages():
        assert 'class="hr-preview"' in (site.root / page).read_text("utf-8"), page


def test_no_adversarial_page_fails_a_preview(tmp_path: Path) -> None:
    make_handbook(
        tmp_path, BASE, config={"plugins": ["search", "tags", "macros", {"handrail": {**OPTIONS, "macros": []}}]}
    )
    cases = sorted(path for path in (ADVERSARIAL / "cases").iterdir() if path.is_dir())
    for case in cases:
        shutil.copytree(case, tmp_path / "content" / "cases" / case.name)
    site = preview(tmp_path)
    assert len([page for page in site.pages() if page.startswith("cases/")]) > len(cases) / 2
    assert "This preview has" in site.html("")


def test_a_preview_withholds_what_a_build_withholds(tmp_path: Path) -> None:
    secret = sop("zephyrine", visibility="internal", colour="red")
    site = preview(make_handbook(tmp_path, {**BASE, "content/zephyrine.md": secret}))
    assert "Do it." not in site.says("zephyrine/")
    assert "Zephyrine" not in site.links("handbook/")


def test_in_the_place_of_what_a_site_leaves_out_a_preview_says_why(tmp_path: Path) -> None:
    files = {
        "content/a&b.md": sop("inner", visibility="internal"),
        "content/inner/prose.md": "Text.\n",
        "content/broken.md": sop("broken", visibility="confidential", id="[]"),
    }
    folder = make_handbook(tmp_path, {**BASE, **files}, {"visibility": {".": "public", "inner": "internal"}})
    site = preview(folder)
    for url, title in (("a%26b/", "Inner"), ("inner/prose/", "prose")):
        assert site.says(url).startswith(f"{title} Not on this site. It is internal, and this site is public.")
        assert f"<title>{title} - A handbook</title>" in site.html(url)
        assert site.nav(url) == [(words, place) for words, place in site.nav("404.html") if words != "404 - Not found"]
    assert site.says("broken/").startswith("Broken Not on this site. It is confidential")
    assert "This page has 1 error." in words_of(site.html("broken/"))
    (folder / "content/a&b.md").unlink()
    (folder / "content/broken.md").unlink()
    assert not build(folder).has("inner/prose/")


def test_a_page_in_the_place_of_one_that_is_left_out_stays(tmp_path: Path) -> None:
    files = {"content/two.md": sop("inner", visibility="internal"), "content/two/index.md": sop("outer")}
    assert "Not on this site" not in preview(make_handbook(tmp_path, {**BASE, **files})).html("two/")


def test_why_something_else_is_left_out(tmp_path: Path) -> None:
    config = {"plugins": [{"handrail": {"today": "2026-11-15"}}]}
    site = preview(make_handbook(tmp_path, {**BASE, "content/prose.md": "Text.\n"}, config=config))
    assert "Not on this site. It is withheld, because nothing says who may see it." in site.says("prose/")


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", {"name": "material", "custom_dir": "theme"}])
def test_another_theme_says_it_too(theme: Any, tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/inner.md": sop("inner", visibility="internal"),
        "theme/main.html": "<title>no blocks</title>",
    }
    site = preview(make_handbook(tmp_path, files, config={"theme": theme}))
    assert "Inner Not on this site. It is internal, and this site is public." in words_of(site.html("inner/"))
    assert site.dead_links() == []


def test_what_the_settings_of_the_site_leave_out_says_by_which_line(tmp_path: Path) -> None:
    files = {**BASE, "content/left/a.md": sop("late")}
    said = preview(make_handbook(tmp_path, files, config={"exclude_docs": "left/\n"})).says("left/a/")
    assert said.startswith(
        "Late Not on this site. It is left out by `exclude_docs` in mkdocs.yml, with the line `left/`."
    )
    assert "To do Move it, or change that line." in said


def test_a_symbolic_link_in_the_place_of_a_page_says_so(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {**BASE, "elsewhere.md": sop("secret-plan")})
    (folder / "content/linked.md").symlink_to(folder / "elsewhere.md")
    (folder / "content/picture.png").symlink_to(folder / "elsewhere.md")
    site = preview(folder)
    said = site.says("linked/")
    assert said.startswith("linked Not on this site. It is withheld, because it is a symbolic link.")
    assert "Put the file itself in its place." in said
    assert site.naming("secret-plan") == []
    assert not site.has("picture/")


def test_drafts_of_the_site_are_in_its_preview(tmp_path: Path) -> None:
    files = {**BASE, "content/drafts/a.md": sop("drafted")}
    site = preview(make_handbook(tmp_path, files, config={"draft_docs": "drafts/\n"}))
    assert site.links("handbook/")["Drafted"] == "drafts/a/"
    assert site.dead_links() == []


def test_an_authors_page_in_the_place_of_ours_does_not_fail_a_preview(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/handbook/index.md": "# Ours\n",
        "content/handbook/stale.md": "# Stale\n",
        "content/finance.md": "# F\n",
    }
    site = preview(make_handbook(tmp_path, files))
    assert "This preview has" in site.html("")
    assert site.says("handbook/").startswith("Ours")


def test_a_strip_leaves_the_rest_of_a_page_as_it_is() -> None:
    page = b'<html>\r\n<body class="x" dir=ltr>\r\ncaf\xe9</body></html>'
    marked = with_strip(page, "<i>Something</i>")
    assert marked.index(b"dir=ltr>") < marked.index(b"<i>Something</i>") < marked.index(b"\r\ncaf\xe9")
    assert marked.replace(b"<i>Something</i>", b"") == page
    assert with_strip(page, "") == page
    assert with_strip(b"no such tag", "<i></i>") == b"no such tag"


def answered(application: Any, path: str) -> tuple[dict[str, str], bytes]:
    headers: dict[str, str] = {}

    def begin(_: str, said: list[tuple[str, str]]) -> None:
        headers.update(said)

    return headers, b"".join(Stripped(application, "/h/", lambda file: f"<i>{file}</i>")({"PATH_INFO": path}, begin))


def test_only_pages_are_served_with_a_strip() -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        kind = "text/html" if environ["PATH_INFO"].endswith("/") else "image/png"
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", "9")])
        return [b"<bo", b"dy>one"]

    assert answered(application, "/h/a/") == (
        {"Content-Type": "text/html", "Content-Length": "28"},
        b"<body><i>a/index.html</i>one",
    )
    assert answered(application, "/h/")[1] == b"<body><i>index.html</i>one"
    assert answered(application, "/h/b.png") == ({"Content-Type": "image/png", "Content-Length": "9"}, b"<body>one")


def test_a_page_that_cannot_be_read_shows_the_text_of_before_and_says_so(tmp_path: Path) -> None:
    page = make_handbook(tmp_path, {**BASE, "content/late.md": sop("late", "1. The old way.")}) / "content/late.md"
    config = configured(tmp_path)
    config.plugins.on_startup(command="serve", dirty=False)
    site = Site(tmp_path / "site")
    try:
        mkdocs_build(config, serve_url="http://127.0.0.1/")
        assert "of before" not in site.html("late/")
        page.write_text(page.read_text("utf-8").replace("title: Late", 'title: "Late'), "utf-8")
        mkdocs_build(config, serve_url="http://127.0.0.1/")
        as_served(config)
    finally:
        config.plugins.on_shutdown()
    assert "The old way." in site.says("late/")
    said = words_of(site.html("late/"))
    assert "You see the text of before. This page can't be read now: it has 1 error." in said
    assert (
        'line 4: A quotation mark opens here and is never closed. To do: Close it at the end of the text: title: "Late"'
        in said
    )
    assert "of before" not in site.html("")


def test_a_handbook_of_which_all_can_be_read_is_gone_through_once(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, BASE)
    readings, project = Readings(), load_project(folder / "mkdocs.yml")
    handbook = readings.read(project, load_kinds(folder), date(2026, 11, 15))
    assert readings.legible(handbook) is handbook
    (folder / "content/index.md").write_bytes(b"---\ntitle: [\n---\n")
    broken = readings.read(project, load_kinds(folder), date(2026, 11, 15))
    assert readings.legible(broken).pages[0].source.readable


def test_a_pages_own_warnings_stand_on_it(tmp_path: Path) -> None:
    body = "[one](gone.md) ![two](tin.png)"
    site = preview(
        make_handbook(tmp_path, {**BASE, "content/late.md": sop("late", body, rapid="XYZ(D)", sign_offs="")})
    )
    own, other = words_of(site.html("late/")), words_of(site.html("finance/expense-claims/"))
    assert "This page has 3 warnings." in own
    assert "This preview has 3 warnings. None is on this page." in other
    for words in ("`gone.md`, which is not there.", "`tin.png` is not there.", "`XYZ` is not in the list of people."):
        assert words in own


def test_a_published_site_has_nothing_of_a_preview(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, {**BASE, "content/late.md": sop("late", "[one](gone.md)")}))
    assert site.naming("hr-preview") == []
    assert site.naming("handrail-preview") == []


@pytest.mark.parametrize(
    "container",
    [
        '<div class="md-container" data-md-component="container">',
        "<div class=md-container data-md-component=container>",
        "<div data-md-component='container' id='c'>",
    ],
)
def test_a_strip_stands_in_what_the_theme_puts_in_anothers_place(container: str) -> None:
    text = with_strip(f"<body>before{container}inside</div></body>".encode(), "<i></i>").decode()
    assert text.index(container) < text.index("<i></i>") < text.index("inside")


def guarded(folder: Path, steps: list[Callable[[Exact], None]]) -> tuple[Guard, SimpleNamespace]:
    """Return a guard of a server whose builds are these steps."""
    exact = Exact()

    def builder() -> None:
        steps.pop(0)(exact)

    server: Any = SimpleNamespace(builder=builder)
    return Guard(server, folder, exact), server


@pytest.mark.parametrize(
    "error", [PluginError("no"), Abort("no"), RuntimeError("no"), SystemExit(100), RecursionError("no")]
)
def test_the_last_good_site_comes_back_whatever_stopped_the_build(error: BaseException, tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "other").mkdir(parents=True)
    page, other = site / "index.html", site / "other/index.html"
    page.write_text("first", "utf-8")
    other.write_text("other", "utf-8")

    def good(exact: Exact) -> None:
        exact.sweep(site, {"other/index.html"})
        page.write_text("second", "utf-8")

    def bad(exact: Exact) -> None:
        exact.sweep(site, {"index.html"})
        (site / "half.html").write_text("half", "utf-8")
        raise error

    def too_early(_: Exact) -> None:
        raise error

    guard, server = guarded(site, [good, bad, too_early, bad, good])
    for is_good in (True, False, False, False, True):
        server.builder()
        assert {path.name for path in site.iterdir()} == {"index.html", "other"}
        assert (page.read_text("utf-8"), other.read_text("utf-8")) == ("second", "other")
        assert bool(guard.failure) is not is_good
    guard.close()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_someone_who_stops_the_server_is_obeyed(tmp_path: Path) -> None:
    def stop(_: Exact) -> None:
        raise KeyboardInterrupt

    guard, server = guarded(tmp_path, [stop])
    with pytest.raises(KeyboardInterrupt):
        server.builder()
    guard.close()
