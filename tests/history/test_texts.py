"""The texts that somebody signed, found again in git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from handrail.history import texts as texts_module
from handrail.history.git import read_blobs
from handrail.history.texts import Texts
from handrail.model.gitfacts import NOT_ASKED, PageFacts, TextChange
from handrail.model.handbook import Handbook
from handrail.model.signedtext import text_digest
from tests.history.repos import OMAR, Repo, signed, sop, stream
from tests.model.building import document

PEOPLE = document("people", "people", "people: [{id: lbk, name: Lena}, {id: oha, name: Omar}, {id: pna, name: Pia}]")
STEPS = "".join(f"{number}. Do step {number}.\n" for number in range(1, 20))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("2026-01-01", {"people.md": PEOPLE})
    return repo


def digest_of(book: Handbook, path: str = "a.md") -> str:
    return text_digest(book.by_src_uri[path], book.registry)


def texts(repo: Repo) -> tuple[Texts, Handbook]:
    book = repo.handbook
    return Texts(repo.history, book), book


def test_versions_are_texts_not_commits(repo: Repo) -> None:
    first = repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    repo.commit("2026-01-06", {"a.md": sop(STEPS, "tags: [a]")})
    second = repo.commit("2026-01-07", {"a.md": sop(STEPS + "20. Done.\n")})
    third = repo.commit("2026-01-08", {"a.md": sop(STEPS)}, by=OMAR)
    found, book = texts(repo)
    page = book.by_src_uri["a.md"]
    versions = found.versions(page)
    assert [(version.commit, version.day.day) for version in versions] == [(third, 8), (second, 7), (first, 5)]
    assert versions[0].digest == versions[2].digest == digest_of(book) != versions[1].digest
    changes = found.changes([page])["a.md"]
    assert changes == tuple(TextChange(one.day, one.commit, one.digest) for one in reversed(versions))
    facts = found.facts([page]).pages
    assert facts["a.md"].texts == changes
    assert facts["a.md"].text_since(versions[0].digest) == date(2026, 1, 5)
    assert facts["a.md"].text_since("t1:none") is None
    assert facts["people.md"].texts is None
    assert facts["people.md"].text_since(versions[0].digest) is None


def test_a_text_is_found_by_its_digest_after_any_move(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    former = digest_of(repo.handbook)
    repo.commit("2026-01-06", {"a.md": None, "finance/b.md": sop(STEPS, "tags: [moved]")})
    repo.commit("2026-01-07", {"finance/b.md": sop("Everything is new.\n")})
    found, book = texts(repo)
    page = book.by_src_uri["finance/b.md"]
    assert found.text_with_digest(page, former) == sop(STEPS, "tags: [moved]").encode()
    assert found.text_with_digest(page, digest_of(book, "finance/b.md")) == sop("Everything is new.\n").encode()
    assert found.text_with_digest(page, "t1:" + "0" * 64) is None
    assert found.text_with_digest(page, "") is None


SIGNATURES = [
    ("both", ("D", "A"), True),
    ("only the D", ("D",), False),
    ("only an A", ("A",), False),
    ("nobody", (), False),
]


@pytest.mark.parametrize(
    ("roles", "is_signed"), [case[1:] for case in SIGNATURES], ids=[case[0] for case in SIGNATURES]
)
def test_a_version_is_signed_when_the_d_and_every_a_signed_that_text(
    repo: Repo,
    roles: tuple[str, ...],
    is_signed: bool,  # noqa: FBT001 - a column of the table
) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    entries = [signed(digest_of(repo.handbook), *roles)] if roles else []
    repo.commit("2026-01-06", {"a.md": sop(STEPS, *entries)})
    repo.commit("2026-01-07", {"a.md": sop("Changed since.\n")})
    found, book = texts(repo)
    assert [version.signed for version in found.versions(book.by_src_uri["a.md"])] == [False, is_signed]


def test_a_signature_that_came_after_the_next_change_counts_for_its_text(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS).replace("state: active", "state: draft")})
    entries = signed(digest_of(repo.handbook), "D", "A")
    repo.commit("2026-01-07", {"a.md": sop("Changed since.\n", entries)})
    found, book = texts(repo)
    assert [version.signed for version in found.versions(book.by_src_uri["a.md"])] == [False, True]


def test_what_can_be_written_freely_is_no_new_text(repo: Repo) -> None:
    page = sop(f"{STEPS}\nSee [there](b.md).\n", "description: A page.")
    repo.commit("2026-01-05", {"a.md": page})
    repo.git("config", "core.autocrlf", "false")
    repo.commit("2026-01-06", {"a.md": page.replace("\n", "\r\n").encode()})
    repo.commit("2026-01-07", {"a.md": b"\xef\xbb\xbf" + page.replace("b.md", "../c.md").encode()})
    repo.commit("2026-01-08", {"a.md": page.replace("rapid: LBK(D), OHA(A)", "rapid: {decide: Lena, agree: [oha]}")})
    assert len(repo.history.revisions["a.md"]) == 4
    found, book = texts(repo)
    assert [version.day.day for version in found.versions(book.by_src_uri["a.md"])] == [5]


BROKEN = [
    b"caf\xe9\n", b"---\nkind: sop\n", b"---\na: [\n---\n", b"---\n- a\n---\n", b"", b"\0", b"Prose\n",
    b"---\nkind: unheard-of\n---\n", b"---\nkind: [sop]\nsign_offs: 7\n---\n",
    b"---\nkind: sop\nsign_offs: [1, {digest: [2]}, {role: D}]\nrapid: [[]]\nperiod: {}\n---\n",
]  # fmt: skip


def test_former_contents_that_can_not_be_read_are_no_texts(repo: Repo) -> None:
    repo.commit("2026-01-02", {"a.md": sop(STEPS)})
    for number, content in enumerate(BROKEN):
        repo.commit(f"2026-01-{number + 3:02}", {"a.md": content})
    repo.commit("2026-02-01", {"a.md": sop(STEPS)})
    found, book = texts(repo)
    versions = found.versions(book.by_src_uri["a.md"])
    assert [version.digest for version in versions][-1] == versions[0].digest == digest_of(book)
    assert len(versions) == 3  # the last of the broken ones is a document, if a poor one


def test_a_page_deleted_and_added_again_has_its_former_texts(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    repo.commit("2026-01-06", {"a.md": None})
    repo.commit("2026-01-07", {"a.md": sop("Short.\n")})
    found, book = texts(repo)
    assert [version.day.day for version in found.versions(book.by_src_uri["a.md"])] == [7, 5]


def test_a_page_that_was_never_committed_has_no_versions(repo: Repo) -> None:
    repo.write({"a.md": sop(STEPS)})
    found, book = texts(repo)
    page = book.by_src_uri["a.md"]
    assert found.versions(page) == []
    assert found.text_with_digest(page, digest_of(book)) is None
    assert found.changes([page]) == {"a.md": ()}
    assert "a.md" not in found.facts([page]).pages


def test_a_shallow_clone_finds_a_text_and_claims_no_day(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    repo.commit("2026-01-06", {"a.md": sop(STEPS, "tags: [a]")})
    repo.git("clone", "--quiet", "--depth", "1", repo.root.as_uri(), str(tmp_path / "clone"))
    clone = object.__new__(Repo)
    clone.root, clone.docs = tmp_path / "clone", tmp_path / "clone" / "content"
    found, book = texts(clone)
    page = book.by_src_uri["a.md"]
    assert found.versions(page) == []
    assert found.changes([page]) == {}
    assert not found.facts([page]).available
    assert found.text_with_digest(page, digest_of(book)) == sop(STEPS, "tags: [a]").encode()


def test_with_no_git_nothing_is_claimed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    monkeypatch.setenv("PATH", "")
    found, book = texts(repo)
    page = book.by_src_uri["a.md"]
    assert (found.versions(page), found.changes([page])) == ([], {})
    assert found.text_with_digest(page, digest_of(book)) is None
    assert (NOT_ASKED.available, dict(NOT_ASKED.pages)) == (False, {})


def test_a_text_that_git_has_lost_is_not_said_to_have_never_been(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    blob = repo.git("rev-parse", "HEAD:content/a.md")
    repo.commit("2026-01-06", {"a.md": sop("Short.\n"), "b.md": sop(STEPS + "More.\n", id_="b")})
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    found, book = texts(repo)
    assert found.versions(book.by_src_uri["a.md"]) == []
    assert list(found.changes(book.documents)) == ["b.md", "people.md"]


def test_three_hundred_pages_lose_a_free_field_and_no_text_changes(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    def pages(*more: str) -> dict[str, bytes]:
        return {f"p{n}.md": sop(f"{STEPS}Page {n}.\n", *more, id_=f"p{n}").encode() for n in range(300)}

    days = [
        ("2026-01-05", pages("owner: lbk")),
        ("2026-01-06", pages()),
        ("2026-01-07", {"people.md": PEOPLE.encode()}),
    ]
    repo.git("checkout", "--quiet", "--detach")
    repo.git("fast-import", "--quiet", "--force", given=stream(days))
    repo.git("checkout", "--quiet", "--force", "main")
    asked: list[list[str]] = []

    def counted(folder: Path, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        asked.append(list(ids))
        return read_blobs(folder, asked[-1])

    monkeypatch.setattr(texts_module, "read_blobs", counted)
    found, book = texts(repo)
    procedures = book.of_kind("sop")
    assert len(found.versions(procedures[0])) == 1
    assert [len(ids) for ids in asked] == [2]  # only the page that was asked for
    changes = found.changes(procedures)
    assert len(changes) == 300
    assert all(len(listed) == 1 and listed[0].day == date(2026, 1, 5) for listed in changes.values())
    assert [len(ids) for ids in asked] == [2, 598]  # and nothing twice
    found.facts(procedures)
    assert len(asked) == 2


def test_facts_take_no_texts_of_unknown_pages() -> None:
    facts = NOT_ASKED.with_texts({"a.md": ()})
    assert facts == NOT_ASKED
    assert PageFacts(date(2026, 1, 1)).text_since("t1:x") is None
