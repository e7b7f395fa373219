"""What uses files beside the pages without publishing them, and what lets in those that others ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.other_uses import named_by, used_in_repository
from handrail.model.project import load_project
from handrail.model.publication import publication
from tests.rules.cases import kinds
from tests.support.handbooks import make_handbook
from tests.support.work import at_most


def book(folder: Path, files: dict[str, str | bytes], **settings: list[str]) -> Handbook:
    project = load_project(make_handbook(folder, files, settings) / "mkdocs.yml")
    assert project.settings.today is not None
    return load_handbook(project, kinds(), project.settings.today)


@pytest.mark.parametrize(
    ("user", "text"),
    [
        ("a/x.html", "<img src='b.png'>"),
        ("a/x.HTM", '<p title="it\'s"><img src="./b.png#c">'),
        ("a/x.css", "p { background: URL( b.png ) }"),
        ("a/x.css", '@import "../a/b.png?v=1";'),
        ("a/x.js", "load(`/a/b.png`)"),
        ("a/x.mjs", 'import x from "b%2Epng"'),
    ],
)
def test_what_html_a_style_or_a_script_names_has_a_use(user: str, text: str, tmp_path: Path) -> None:
    found = named_by(book(tmp_path, {f"content/{user}": text, "content/a/b.png": "b", "content/b.png": "b"}))
    assert found == {"a/b.png": user}


@pytest.mark.parametrize(
    "text", ["b.png", "'../b.png'", "'b.png.txt'", "'https://elsewhere.example/a/b.png'", "'x.html'"]
)
def test_what_it_does_not_name_has_none(text: str, tmp_path: Path) -> None:
    assert named_by(book(tmp_path, {"content/a/x.html": text, "content/a/b.png": "b"})) == {}


@pytest.mark.parametrize(
    "name",
    [
        "CNAME",
        "favicon.ico",
        "google1e9c.html",
        "BingSiteAuth.xml",
        ".well-known/security.txt",
        "_redirects",
        "robots.txt",
    ],
)
def test_what_others_ask_for_by_its_address_is_let_in_by_its_name(name: str, tmp_path: Path) -> None:
    found = publication(book(tmp_path, {f"content/{name}": "a"}, assets=[name]), "public")
    assert found.assets == (name,)


def test_looking_for_addresses_is_quick_whatever_stands_in_them(tmp_path: Path) -> None:
    body = "https://raw.githubusercontent.com" + "/a" * 20_000 + "\n" + "https://a/raw/" * 2_000
    handbook = book(tmp_path, {"content/note.md": body, "content/a/b.png": "b"})
    with at_most(20 * len(body)):
        assert used_in_repository(handbook, ["a/b.png"]) == frozenset()
