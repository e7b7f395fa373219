"""The texts that somebody signed, found again in git."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from handrail.history.git import Blobs
from handrail.history.texts import Texts
from handrail.model.handbook import Handbook
from handrail.model.signed_content import text_of
from tests.history.repos import OMAR, Repo, signed, sop, stream
from tests.model.building import document

PEOPLE = document("people", "people", "people: [{id: lbk, name: Lena}, {id: oha, name: Omar}, {id: pna, name: Pia}]")
LATE = date(2026, 12, 31)


def day(number: int) -> date:
    return date(2026, 1, number)


STEPS = "".join(f"{number}. Do step {number}.\n" for number in range(1, 20))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("2026-01-01", {"people.md": PEOPLE})
    return repo


def digest_of(book: Handbook, path: str = "a.md") -> str:
    return text_of(book.by_src_uri[path], book.registry)


def count_into(asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Note of each question how many contents it asks git for, where it asks for any."""
    read = Blobs.read

    def counted(blobs: Blobs, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        listed = list(ids)
        if listed:
            asked.append(len(listed))
        return read(blobs, listed)

    monkeypatch.setattr(Blobs, "read", counted)


def texts(repo: Repo) -> tuple[Texts, Handbook]:
    book = repo.handbook
    return Texts(repo.history, book), book


def test_signed_texts_are_listed_with_the_commit_that_holds_them(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    first = signed(digest_of(repo.handbook), "D", "A")
    signing = repo.commit("2026-03-01", {"a.md": sop(STEPS, first)})
    repo.commit("2026-03-02", {"a.md": sop(STEPS, first, "tags: [a]")})
    repo.commit("2026-04-07", {"finance/a.md": sop("Other.\n", first), "a.md": None})
    second = signed(digest_of(repo.handbook, "finance/a.md"), "D", "A").partition("\n")[2].replace("-03-", "-04-")
    other = repo.commit("2026-04-08", {"finance/a.md": sop("Other.\n", f"{first}\n{second}")})
    repo.commit("2026-04-09", {"finance/a.md": sop("Third.\n", f"{first}\n{second}")}, by=OMAR)
    found, book = texts(repo)
    listed = found.signed_texts(book.by_src_uri["finance/a.md"])
    assert [(one.commit, one.path, one.signed_on) for one in listed] == [
        (other, "content/finance/a.md", date(2026, 4, 1)),
        (signing, "content/a.md", date(2026, 3, 1)),
    ]
    assert [one.page.source.body.strip() for one in listed] == ["Other.", STEPS.strip()]


def test_replaced_texts_are_listed_with_the_day_of_the_next_one(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    first = digest_of(repo.handbook)
    repo.commit("2026-01-06", {"a.md": sop(STEPS, "tags: [same]")})
    repo.commit("2026-01-07", {"a.md": sop("Other.\n")})
    second = digest_of(repo.handbook)
    repo.commit("2026-01-08", {"finance/a.md": sop("Other.\n", "tags: [moved]"), "a.md": None})
    repo.commit("2026-01-09", {"finance/a.md": sop("Third.\n")}, by=OMAR)
    found, book = texts(repo)
    listed = found.replaced_texts(book.by_src_uri["finance/a.md"])
    assert [(one.text, replaced) for one, replaced in listed] == [(second, day(9)), (first, day(7))]


def test_another_document_at_a_page_s_path_left_no_replaced_text(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop("Another.\n", id_="another")})
    repo.commit("2026-01-07", {"a.md": sop("Other.\n")})
    found, book = texts(repo)
    assert found.replaced_texts(book.by_src_uri["a.md"]) == []


def test_entries_that_somebody_took_out_again_still_signed_their_text(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    entries = signed(digest_of(repo.handbook), "D", "A")
    repo.commit("2026-03-01", {"a.md": sop(STEPS, entries)})
    repo.commit("2026-05-01", {"a.md": sop("Other.\n")})
    found, book = texts(repo)
    assert [one.signed_on for one in found.signed_texts(book.by_src_uri["a.md"])] == [date(2026, 3, 1)]


SINCE = [
    ("the day it came", "2026-01-05", date(2026, 1, 5)),
    ("a day on which another text stood there", "2026-01-07", date(2026, 1, 5)),
    ("after it came back", "2026-01-30", date(2026, 1, 8)),
    ("before it was there", "2026-01-02", date(2026, 1, 5)),
]


@pytest.mark.parametrize(("asked", "since"), [row[1:] for row in SINCE], ids=[row[0] for row in SINCE])
def test_since_when_a_text_is_there(repo: Repo, asked: str, since: date) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    repo.commit("2026-01-07", {"a.md": sop("Other.\n")})
    repo.commit("2026-01-08", {"a.md": sop(STEPS)}, by=OMAR)
    found, book = texts(repo)
    page = book.by_src_uri["a.md"]
    assert found.text_since(page, digest_of(book), date.fromisoformat(asked)) == since
    assert found.text_since(page, "t2:none", date.fromisoformat(asked)) is None


def test_a_text_is_found_by_its_digest_after_any_move(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    former = digest_of(repo.handbook)
    repo.commit("2026-01-06", {"a.md": None, "finance/b.md": sop(STEPS, "tags: [moved]")})
    repo.commit("2026-01-07", {"finance/b.md": sop("Everything is new.\n")})
    found, book = texts(repo)
    page = book.by_src_uri["finance/b.md"]
    then, now = (found.text(page, one) for one in (former, digest_of(book, "finance/b.md")))
    assert then is not None
    assert now is not None
    assert (then.page.source.text, then.path) == (sop(STEPS, "tags: [moved]"), "content/finance/b.md")
    assert now.page.source.text == sop("Everything is new.\n")
    assert found.text(page, "t2:" + "0" * 64) is None
    assert found.text(page, "") is None


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
    assert bool(found.signed_texts(book.by_src_uri["a.md"])) == is_signed


def test_a_signature_that_came_after_the_next_change_counts_for_its_text(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS).replace("state: active", "state: draft")})
    entries = signed(digest_of(repo.handbook), "D", "A")
    repo.commit("2026-01-07", {"a.md": sop("Changed since.\n", entries)})
    found, book = texts(repo)
    assert len(found.signed_texts(book.by_src_uri["a.md"])) == 1


def test_what_can_be_written_freely_is_no_new_text(repo: Repo) -> None:
    page = sop(f"{STEPS}\nSee [there](b.md).", "description: A page.")
    repo.commit("2026-01-05", {"a.md": page})
    repo.git("config", "core.autocrlf", "false")
    repo.commit("2026-01-06", {"a.md": page.replace("\n", "\r\n").encode()})
    repo.commit("2026-01-07", {"a.md": b"\xef\xbb\xbf" + page.replace("A page.", "One page.").encode() + b"\n\n"})
    repo.commit("2026-01-08", {"a.md": page.replace("rapid: LBK(D), OHA(A)", "rapid: {decide: Lena, agree: [oha]}")})
    assert len(repo.history.revisions["a.md"]) == 4
    found, book = texts(repo)
    assert {found.text_since(book.by_src_uri["a.md"], digest_of(book), day(n)) for n in (5, 6, 7, 8)} == {
        day(5), day(6), day(7), day(8),
    }  # fmt: skip


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
    page = book.by_src_uri["a.md"]
    assert found.text_since(page, digest_of(book), day(10)) == day(2)
    assert found.text_since(page, "", day(10)) is None
    assert found.signed_texts(page) == []


def test_a_page_deleted_and_added_again_has_its_former_texts(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    former = digest_of(repo.handbook)
    repo.commit("2026-01-06", {"a.md": None})
    repo.commit("2026-01-07", {"a.md": sop("Short.\n")})
    found, book = texts(repo)
    page = book.by_src_uri["a.md"]
    assert found.text_since(page, former, day(20)) == day(5)
    assert found.text(page, former) is not None


def test_a_page_that_was_never_committed_has_no_versions(repo: Repo) -> None:
    repo.write({"a.md": sop(STEPS)})
    found, book = texts(repo)
    page = book.by_src_uri["a.md"]
    assert found.signed_texts(page) == []
    assert found.text(page, digest_of(book)) is None
    assert found.text_since(page, digest_of(book), LATE) is None
    assert "a.md" not in found.facts.pages


def test_a_shallow_clone_finds_a_text_and_claims_no_day(repo: Repo, tmp_path: Path) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    repo.commit("2026-01-06", {"a.md": sop(STEPS, "tags: [a]")})
    repo.git("clone", "--quiet", "--depth", "1", repo.root.as_uri(), str(tmp_path / "clone"))
    clone = object.__new__(Repo)
    clone.root, clone.docs = tmp_path / "clone", tmp_path / "clone" / "content"
    found, book = texts(clone)
    page = book.by_src_uri["a.md"]
    assert found.signed_texts(page) == []
    assert found.text_since(page, digest_of(book), LATE) is None
    assert not found.facts.available
    there = found.text(page, digest_of(book))
    assert there is not None
    assert there.page.source.text == sop(STEPS, "tags: [a]")


def test_with_no_git_nothing_is_claimed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    monkeypatch.setenv("PATH", "")
    found, book = texts(repo)
    page = book.by_src_uri["a.md"]
    assert (found.signed_texts(page), found.text_since(page, digest_of(book), LATE)) == ([], None)
    assert found.text(page, digest_of(book)) is None


def test_a_text_that_git_has_lost_is_not_said_to_have_never_been(repo: Repo) -> None:
    repo.commit("2026-01-05", {"a.md": sop(STEPS)})
    blob = repo.git("rev-parse", "HEAD:content/a.md")
    repo.commit("2026-01-06", {"a.md": sop("Short.\n"), "b.md": sop(STEPS + "More.\n", id_="b")})
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    found, book = texts(repo)
    assert found.signed_texts(book.by_src_uri["a.md"]) == []
    assert found.text_since(book.by_src_uri["a.md"], "t2:lost", LATE) is None
    assert found.text_since(book.by_src_uri["b.md"], digest_of(book, "b.md"), LATE) == date(2026, 1, 6)


def test_git_is_asked_only_of_pages_whose_text_is_another(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"p{n}" for n in range(4)]
    repo.commit("2026-01-05", {f"{name}.md": sop("Do it.\n", id_=name) for name in names})
    book = repo.handbook
    entries = {name: signed(text_of(book.by_src_uri[f"{name}.md"], book.registry), "D", "A") for name in names}
    # Half of them are changed on the next day, which somewhere is the day on which they were signed.
    changed = {f"{name}.md": sop("Do that.\n", entries[name], id_=name) for name in names[:2]}
    kept = {f"{name}.md": sop("Do it.\n", entries[name], id_=name) for name in names[2:]}
    repo.commit("2026-03-02", {**changed, **kept})
    asked: list[int] = []

    count_into(asked, monkeypatch)
    book = repo.handbook
    assert [book.sign_off(page).status for page in book.of_kind("sop")] == ["changed since"] * 2 + ["signed"] * 2
    assert asked == [2, 2], "what ever stood in a page whose text is another is read, and of the others nothing"


def test_three_hundred_pages_lose_a_free_field_and_no_state_changes(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(*more: str) -> dict[str, bytes]:
        return {f"p{n}.md": sop(f"{STEPS}Page {n}.\n", *more, id_=f"p{n}").encode() for n in range(300)}

    repo.write(pages("owner: lbk"))
    book = repo.handbook
    entries = {page.src_uri: signed(text_of(page, book.registry), "D", "A") for page in book.of_kind("sop")}

    def signed_pages(*more: str) -> dict[str, bytes]:
        return {
            path: raw.replace(b"\n---\n", f"\n{entries[path]}\n---\n".encode()) for path, raw in pages(*more).items()
        }

    days = [
        ("2026-01-05", pages("owner: lbk")),
        ("2026-03-01", signed_pages("owner: lbk")),
        ("2026-05-06", signed_pages()),
        ("2026-05-07", {"people.md": PEOPLE.encode()}),
    ]
    repo.git("checkout", "--quiet", "--detach")
    repo.git("fast-import", "--quiet", "--force", given=stream(days))
    repo.git("checkout", "--quiet", "--force", "main")
    asked: list[int] = []

    count_into(asked, monkeypatch)
    book = repo.handbook
    states = [book.sign_off(page) for page in book.of_kind("sop")]
    assert [state.status for state in states] == ["signed"] * 300
    assert not any(state.predating for state in states)
    assert asked == [], "the digests say it, and git is not asked"
    listed = {path: book.past.signed_texts(book.by_src_uri[path]) for path in entries}
    assert {tuple(one.signed_on for one in found) for found in listed.values()} == {(date(2026, 3, 1),)}
    assert asked == [900, *[2] * 300], "each content is looked at once, and two a page are read"
