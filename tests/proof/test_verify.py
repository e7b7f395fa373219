"""What must not be in a finished site is a fault of its file, and what engines put there is none."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from handrail.model.theme_files import ThemeFiles
from handrail.proof.built import BuiltSite
from handrail.proof.leaks import Secrets, Withheld
from handrail.proof.verify import Expected, Verification
from handrail.rules.site_faults import DEAD, DEAD_OF_OTHERS

RUN = "nobody but the board may know of this before"
EXPECTED = Expected(
    {"index.html": "the page content/index.md"},
    frozenset({"robots.txt"}),
    ("blog/**", "CNAME", "hr"),
    {sha256(b"bands").hexdigest(): "the file content/hr/bands.png"},
    {"hr/bands.png": "the file content/hr/bands.png", "hr/pay/index.html": "the page content/hr/pay.md"},
)


def faults_of(site: Path, secrets: Secrets | None = None) -> list[str]:
    """Return what is wrong with a site, each fault behind its file."""
    look = Verification(BuiltSite(site), EXPECTED, secrets or Secrets([], []), ThemeFiles(""), lambda *_: False)
    return [f"{fault.file} {fault.message} {fault.hint}".rstrip() for fault in look.faults()]


def faults(folder: Path, path: str = "index.html", raw: bytes = b"<p>x") -> list[str]:
    """Return what is wrong with a site of one page and one file more."""
    for name, content in {"index.html": b"<p>x", path: raw}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return faults_of(folder, Secrets([Withheld("hr/pay.md", RUN)], []))


OF_ENGINES = ["a.js", "a.CSS", "a.js.map", "a.json", "a.wasm", "a.woff2", "a.svg", "x/a.PNG", "a.ico", "en.pf_meta"]


@pytest.mark.parametrize("folder", ["assets", "search", "pagefind"])
@pytest.mark.parametrize("name", OF_ENGINES)
def test_what_engines_put_there_is_let_in(folder: str, name: str, tmp_path: Path) -> None:
    assert faults(tmp_path, f"{folder}/{name}", b"x") == []


@pytest.mark.parametrize("path", ["robots.txt", "404.html", "blog/2026/index.html", "blog/a.bin", "CNAME", "hr/x.csv"])
def test_what_is_named_is_let_in(path: str, tmp_path: Path) -> None:
    assert faults(tmp_path, path) == []


def test_what_a_setting_may_let_in_is_said_with_it(tmp_path: Path) -> None:
    named = replace(EXPECTED, nameable={"the file content/hr/bands.png": "hr/bands.png"})
    (tmp_path / "index.html").write_text("<p>x", "utf-8")
    (tmp_path / "a.png").write_bytes(b"bands")
    look = Verification(BuiltSite(tmp_path), named, Secrets([], []), ThemeFiles(""), lambda *_: False)
    [fault] = look.faults()
    assert fault.hint == (
        "Delete the site and build it again; if another plugin puts it there and everybody may read it, below `handrail:` in mkdocs.yml, "
        "add `hr/bands.png` to the list under `assets`."
    )


@pytest.mark.parametrize("path", ["assets/a.csv", "search/a.PDF", "pagefind/a", "assets/.a", "assets/a.js.bak", "a.js"])
def test_what_nobody_put_there_is_a_fault(path: str, tmp_path: Path) -> None:
    [fault] = faults(tmp_path, path, b"x")
    assert fault.startswith(f"{path} This file is in the site, and no page that is published uses it.")


@pytest.mark.parametrize("path", ["a.html", "assets/a.HTML", "search/a.xhtml", "a.SHTML", "a.htm"])
def test_a_page_of_nobody_is_a_fault(path: str, tmp_path: Path) -> None:
    [fault] = faults(tmp_path, path)
    assert fault.startswith(f"{path} This is a page of the site, and none that the handbook publishes.")


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("assets/a.png", "the file content/hr/bands.png"),
        ("hr/bands.png", "the file content/hr/bands.png"),
        ("hr/pay/index.html", "the page content/hr/pay.md"),
    ],
)
def test_what_is_withheld_is_let_in_by_nothing(path: str, what: str, tmp_path: Path) -> None:
    [fault] = faults(tmp_path, path, b"bands" if path == "assets/a.png" else b"others")
    assert fault.startswith(f"{path} This is {what}, which is withheld.")


@pytest.mark.parametrize("raw", [b"", b" \n", b"<!doctype html><html><body></body></html>"])
def test_a_page_without_any_text_is_a_fault(raw: bytes, tmp_path: Path) -> None:
    [fault] = faults(tmp_path, "index.html", raw)
    assert fault.startswith("index.html This is a page without any text.")


@pytest.mark.parametrize(
    "raw", [gzip.compress(gzip.compress(RUN.encode())), RUN.encode("utf-16")], ids=["packed twice", "UTF-16"]
)
def test_words_are_found_however_they_are_kept(raw: bytes, tmp_path: Path) -> None:
    [fault] = faults(tmp_path, "assets/a.json", raw)
    assert (
        fault
        == "assets/a.json This file holds 8 words of its text in a row, of hr/pay.md, which is withheld. Delete the site and build it again."
    )


def test_a_damaged_package_is_a_fault(tmp_path: Path) -> None:
    [fault] = faults(tmp_path, "sitemap.xml.gz", gzip.compress(b"x")[:-9])
    assert fault.startswith("sitemap.xml.gz This file can't be read: it is packed, and the package is damaged.")


@pytest.mark.parametrize("target", ["elsewhere", "elsewhere/x", "nothing"])
def test_a_symbolic_link_is_a_fault_and_not_read(target: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x").write_text(RUN, "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "more").symlink_to(tmp_path / target)
    [fault] = faults(site, "index.html", b'<a href="more">x</a>')
    assert fault.startswith("more This is a symbolic link")


def test_a_link_in_the_place_of_a_page_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x", "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").symlink_to(tmp_path / "x")
    [fault] = faults_of(site)
    assert fault.startswith("index.html This is a symbolic link")


OF_PRINT = frozenset(("print.html", "assets/empty.html"))


def test_what_another_plugin_makes_has_faults_that_nobody_can_mend_in_the_handbook(tmp_path: Path) -> None:
    pages = {
        "index.html": "<p id=a>x<a href=#none>y</a>",
        "print.html": "<p>x<a href=#one>1</a><a href=#two>2</a><a href=gone/>3</a>",
        "assets/empty.html": "<script>run()</script>",
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    expected = replace(EXPECTED, by_others=OF_PRINT, patterns=("**",))
    look = Verification(BuiltSite(tmp_path), expected, Secrets([], []), ThemeFiles(""), lambda *_: False)
    said = [(fault.rule, fault.file, fault.message.partition(":")[0]) for fault in look.faults()]
    assert said == [
        (DEAD, "index.html", "This page has a link to a part that its page does not have"),
        (DEAD_OF_OTHERS, "print.html", "This page, which the theme or another plugin makes, has a link to a part that its page does not have"),
        (DEAD_OF_OTHERS, "print.html", "This page, which the theme or another plugin makes, has a link that leads nowhere"),
    ]  # fmt: skip


def test_an_icon_that_only_the_theme_names_is_no_fault_of_the_handbook(tmp_path: Path) -> None:
    class Theme(ThemeFiles):
        def texts(self, *, installed: bool = False) -> Iterator[str]:
            assert installed
            yield "<link rel=icon href={{ 'img/icon.ico'|url }}>img/led.ico"

    head = "<link rel='shortcut icon' href=img/icon.ico><link rel=icon href=img/mine.ico><link rel=icon href=img/led.ico><p>x<a href=img/led.ico>y</a>"
    (tmp_path / "index.html").write_text(head, "utf-8")
    look = Verification(BuiltSite(tmp_path), EXPECTED, Secrets([], []), Theme(""), lambda *_: False)
    assert [(fault.rule, fault.subject) for fault in look.faults()] == [
        (DEAD_OF_OTHERS, "img/icon.ico"),
        (DEAD, "img/mine.ico"),
        (DEAD, "img/led.ico"),
    ]


def test_a_picture_that_a_template_names_from_where_each_page_stands_is_one_fault(tmp_path: Path) -> None:
    for place in ("index.html", "blog/a/index.html", "blog/b/index.html"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("<p>x<img src=a.png><a href=c/>c</a>", "utf-8")
    look = Verification(BuiltSite(tmp_path), EXPECTED, Secrets([], []), ThemeFiles(""), lambda *_: False)
    assert sorted((fault.rule, fault.others) for fault in look.faults()) == [*[(DEAD, 0)] * 3, (DEAD, 2)]
