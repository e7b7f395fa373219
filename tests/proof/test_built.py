"""A finished site is read as browsers read it: which links lead where, and which anchors are there."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from handrail.model.urls import SiteAddress
from handrail.proof.built import BuiltSite, read_page
from handrail.proof.decoding import as_text


def site(folder: Path, **files: str) -> BuiltSite:
    for path in ("index.html", "a/index.html", "a/b.html", "pic.png", "c d/index.html", *files):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(files.get(path, "<p id=top>x"), "utf-8")
    return BuiltSite(folder, SiteAddress("/handbook/", "example.org"))


LINKS = [
    ("a/index.html", "", ("a/index.html", "")),
    ("a/index.html", "#top", ("a/index.html", "top")),
    ("a/index.html", "?q=1#top", ("a/index.html", "top")),
    ("a/index.html", ".", ("a/index.html", "")),
    ("a/index.html", "./", ("a/index.html", "")),
    ("a/index.html", "..", ("index.html", "")),
    ("a/index.html", "../", ("index.html", "")),
    ("a/index.html", "../a", ("a/index.html", "")),
    ("a/index.html", "../c%20d/#x", ("c d/index.html", "x")),
    ("c d/e/f/index.html", "../../../a/b.html", ("a/b.html", "")),
    ("c d/e/f/index.html", "../../", ("c d/index.html", "")),
    ("c d/e/f/index.html", "../../../../x", None),
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


def test_a_page_that_shows_nothing_says_nothing() -> None:
    for text in (
        "",
        " \n",
        "<!doctype html>\n<html> <body>\n</body></html>",
        "<script>var a</script><style>b{}</style><!-- c -->",
    ):
        assert not read_page(text).has_text
    for text in ("x", "<p>x", "<html><head><title>x</title></head></html>"):
        assert read_page(text).has_text


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.html").write_text("x", "utf-8")
    built = site(tmp_path / "site")
    for name, target in (("folder", "elsewhere"), ("file.html", "elsewhere/x.html"), ("broken", "nothing")):
        (tmp_path / "site" / name).symlink_to(tmp_path / target)
    assert built.symlinks == {"folder", "file.html", "broken"}
    assert built.files == {"index.html", "a/index.html", "a/b.html", "pic.png", "c d/index.html"}


@pytest.mark.parametrize("name", ["a.html", "A.HTM", "a.HTML", "a.xhtml", "a.SHTML"])
def test_what_browsers_show_as_a_page_is_one(name: str, tmp_path: Path) -> None:
    assert name in site(tmp_path, **{name: "x"}).html_files


def packed(text: str, times: int) -> bytes:
    raw = text.encode()
    for _ in range(times):
        raw = gzip.compress(raw)
    return raw


@pytest.mark.parametrize("times", [1, 2, 4])
def test_what_is_packed_is_read_too(times: int, tmp_path: Path) -> None:
    built = site(tmp_path)
    (tmp_path / "x.gz").write_bytes(packed("inside", times))
    texts, trouble = built.texts("x.gz")
    assert (texts[times], trouble) == ("inside", "")


def test_the_lines_of_a_calendar_are_read_as_they_were_before_they_were_broken(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_bytes(b"SUMMARY:Zephy\r\n rine ba\n\tnds\r\nUID:1\r\n")
    assert BuiltSite(tmp_path).texts("a.ics") == (["SUMMARY:Zephyrine bands\r\nUID:1\r\n"], "")


@pytest.mark.parametrize(
    ("raw", "trouble"),
    [
        (b"\x1f\x8bno such thing", "the package is damaged"),
        (packed("inside", 1)[:-9], "the package is damaged"),
        (packed("inside", 5), "and so on"),
    ],
    ids=["no package", "cut short", "too deep"],
)
def test_what_can_not_be_unpacked_is_said(raw: bytes, trouble: str, tmp_path: Path) -> None:
    built = site(tmp_path)
    (tmp_path / "x.gz").write_bytes(raw)
    assert built.texts("x.gz")[1].endswith(trouble)


@pytest.mark.parametrize(
    "raw", ["Gehälter <a id=x>".encode(one) for one in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252")]
)
def test_a_page_is_read_whatever_its_encoding(raw: bytes, tmp_path: Path) -> None:
    built = site(tmp_path)
    (tmp_path / "index.html").write_bytes(raw)
    assert built.texts("index.html") == (["Gehälter <a id=x>"], "")
    assert built.page("index.html").anchors == {"x"}


@pytest.mark.parametrize("raw", [b"\x89PNG\r\n\x1a\n\xff\xfe", b"a\0b", "a".encode("utf-16-le")])
def test_bytes_that_are_no_text_are_none(raw: bytes) -> None:
    assert as_text(raw) is None
