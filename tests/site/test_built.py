"""A finished site is read as browsers read it: which links lead where, and which anchors are there."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from handrail.site.built import BuiltSite, read_page


def site(folder: Path, **files: str) -> BuiltSite:
    for path in ("index.html", "a/index.html", "a/b.html", "pic.png", "c d/index.html", *files):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(files.get(path, "<p id=top>x"), "utf-8")
    return BuiltSite(folder, "/handbook/", "example.org")


LINKS = [
    ("a/index.html", "", ("a/index.html", "")),
    ("a/index.html", "#top", ("a/index.html", "top")),
    ("a/index.html", "?q=1#top", ("a/index.html", "top")),
    ("a/index.html", ".", ("a/index.html", "")),
    ("a/index.html", "./", ("a/index.html", "")),
    ("a/index.html", "..", ("index.html", "")),
    ("a/index.html", "../", ("index.html", "")),
    ("a/index.html", "../a", ("a/index.html", "")),
    ("a/index.html", "b.html#x%20y", ("a/b.html", "x y")),
    ("index.html", "c%20d/", ("c d/index.html", "")),
    ("index.html", "/handbook/a/", ("a/index.html", "")),
    ("index.html", "/handbook", ("index.html", "")),
    ("index.html", "https://example.org/handbook/a/b.html", ("a/b.html", "")),
    ("index.html", "pic.png", ("pic.png", "")),
    ("index.html", "gone/", ("gone/index.html", "")),
    ("index.html", "gone.png", ("gone.png", "")),
    ("index.html", "/elsewhere/", None),
    ("index.html", "../../x", None),
    ("index.html", "https://example.com/handbook/a/", None),
    ("index.html", "mailto:a@example.org", None),
    ("index.html", "javascript:void(0)", None),
    ("index.html", "http://[", None),
]


@pytest.mark.parametrize(("page", "link", "target"), LINKS)
def test_where_a_link_leads(page: str, link: str, target: tuple[str, str] | None, tmp_path: Path) -> None:
    assert site(tmp_path).resolve(page, link) == target


def test_links_and_anchors_are_read_as_browsers_do() -> None:
    text = """<!-- <a href="comment"> --><a href="one&amp;two" id='first'>x</a><A HREF=three name=old>y</A>
    <img src=pic.png srcset="a.png 1x, b.png 2x"><input name=q><script src="s.js">var a = '<a href="no">';</script>
    <code>&lt;a href="shown"&gt; href="text"</code><p data-href="no" title='> <a href="no">'>"""
    page = read_page(text)
    assert page.links == ("one&two", "three", "pic.png", "a.png", "b.png", "s.js")
    assert page.anchors == {"first", "old"}


def test_what_is_packed_is_read_too(tmp_path: Path) -> None:
    built = site(tmp_path)
    (tmp_path / "x.gz").write_bytes(gzip.compress(b"inside"))
    (tmp_path / "y.gz").write_bytes(b"\x1f\x8bno such thing")
    assert list(built.texts("x.gz"))[1:] == ["inside"]
    assert len(list(built.texts("y.gz"))) == 1
