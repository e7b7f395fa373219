"""What is kept of comparisons: it spares the rendering, and is believed only as long as nothing that it rests on changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handrail.model.cache import CACHE
from handrail.rendering.renderer import Renderer
from tests.history.repos import Repo, signed, sop

PICTURE, OTHER = b"\x89PNG one", b"\x89PNG two"
BODY = "Do it *now*, as [the form](other.md) says.\n\n![A form](a.png)\n"
LAID_OUT_ANEW = BODY.replace("*", "_")
PAGES = ("a/pay.md", "b/pay.md")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two pages in two folders, both signed and then laid out anew: the texts are the same, the files beside them not."""
    repo = Repo(tmp_path / "repo")
    people = "---\nkind: people\nid: people\ntitle: People\nvisibility: public\npeople: [{id: lbk, name: Lena}, {id: oha, name: Omar}]\n---\n"
    beside = {
        f"{folder}/{name}": text for folder in "ab" for name, text in (("other.md", "# Other\n"), ("a.png", PICTURE))
    }
    repo.commit("2026-01-01", {"people.md": people, **beside, **{path: sop(BODY, id_=path[0]) for path in PAGES}})
    book = repo.handbook
    for path in PAGES:
        entries = signed(str(book.texts.digest(book.by_src_uri[path])), "D", "A")
        repo.commit("2026-03-01", {path: sop(BODY, entries, id_=path[0])})
        repo.commit("2026-04-01", {path: sop(LAID_OUT_ANEW, entries, id_=path[0])})
    return repo


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of what is rendered from now on."""
    found: list[str] = []
    render = Renderer.html

    def html(self: Renderer, text: str) -> str:
        found.append(text)
        return render(self, text)

    monkeypatch.setattr(Renderer, "html", html)
    return found


def states(repo: Repo) -> dict[str, str]:
    """Read the handbook anew, and say how its signed texts stand; what was compared is kept."""
    book = repo.handbook
    signs = {path: book.sign_off(book.by_src_uri[path]).text for path in PAGES}
    book.texts.keep_comparisons()
    return {path: str(text.state) for path, text in signs.items() if text is not None}


def kept(repo: Repo) -> Path:
    [file] = (repo.handbook.project.root / CACHE).glob("readings-*.json")
    return file


BOTH = dict.fromkeys(PAGES, "reads the same")


def test_what_was_compared_is_not_rendered_again(repo: Repo, rendered: list[str]) -> None:
    assert states(repo) == BOTH
    assert rendered
    rendered.clear()
    assert states(repo) == BOTH
    assert rendered == []


def test_pages_of_one_text_are_told_apart_by_what_lies_beside_them(repo: Repo) -> None:
    assert states(repo) == BOTH
    repo.commit("2026-05-01", {"b/a.png": OTHER})
    assert states(repo) == {"a/pay.md": "reads the same", "b/pay.md": "changed"}


@pytest.mark.parametrize("name", ["other.md", "a.png"])
def test_what_an_address_leads_to_is_asked_each_time(name: str, repo: Repo) -> None:
    assert states(repo) == BOTH
    repo.commit("2026-05-01", {f"a/{name}": None, f"a/old-{name}": (repo.docs / "a" / name).read_bytes()})
    assert states(repo) == {"a/pay.md": "changed", "b/pay.md": "reads the same"}


def test_a_verdict_that_somebody_else_wrote_is_not_believed(repo: Repo, rendered: list[str]) -> None:
    repo.commit("2026-05-01", {"a/pay.md": (repo.docs / "a/pay.md").read_text("utf-8").replace("_now_", "_never_")})
    assert states(repo)["a/pay.md"] == "changed"
    text = kept(repo).read_text("utf-8")
    assert '\\"same\\":false' in text
    kept(repo).write_text(text.replace('\\"same\\":false', '\\"same\\":true'), "utf-8")
    rendered.clear()
    assert states(repo)["a/pay.md"] == "changed"
    assert rendered


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sum": 1, "kept": 2}', "[" * 100_000, "\udcff"])
def test_what_can_not_be_read_is_made_anew(text: str, repo: Repo) -> None:
    assert states(repo) == BOTH
    kept(repo).write_bytes(text.encode(errors="surrogateescape"))
    assert states(repo) == BOTH
    assert json.loads(kept(repo).read_text("utf-8"))["kept"]
