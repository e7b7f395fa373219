"""Every sign-off that a page ever had, as git remembers them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handrail.history.signings import all_signings
from handrail.model.loading import load_handbook
from handrail.model.project import Project
from handrail.model.repeated_signatures import repeated
from handrail.model.signed_content import text_of
from tests.history.repos import Repo, sop
from tests.model.building import TODAY, document, kinds, settings

PEOPLE = document("people", "people", "people: [{id: lbk, name: Lena}, {id: oha, name: Omar}]")
OLD, NEW = "Pay it.\n", "Pay it twice.\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("2025-01-01", {"people.md": PEOPLE})
    return repo


def page(body: str, *entries: str, id_: str = "pay") -> str:
    listed = ["sign_offs:", *(f"  - {{{entry}}}" for entry in entries)] if entries else []
    return sop(body, *listed, id_=id_)


def by(day: str, more: str = "", who: str = "lbk", role: str = "D") -> str:
    return f"role: {role}, by: {who}, date: {day}{f', {more}' if more else ''}"


def found(repo: Repo, path: str = "a.md", *, git: bool = True) -> list[tuple[str, str]]:
    """Return each sign-off of a page: its day, and whether its text is unknown, one of the past, or today's."""
    book = repo.handbook
    today = text_of(book.by_src_uri[path], book.registry)
    signings = all_signings(book, repo.history if git else None, book.documents).get(book.by_src_uri[path], [])
    entries = [one.signature for one in signings]
    assert [entry.index for entry in entries] == list(range(len(entries)))
    texts = {"": "unknown", today: "today's"}
    return [(entry.signed_on.isoformat(), texts.get(entry.digest, "former")) for entry in entries]


def repeats(repo: Repo) -> list[str]:
    book = repo.handbook
    [signings] = all_signings(book, repo.history, [book.by_src_uri["a.md"]]).values()
    entries = [one.signature for one in signings]
    return [entry.signed_on.isoformat() for entry in repeated(entries, book.registry)]


def test_a_date_moved_on_is_one_more_sign_off(repo: Repo) -> None:
    for year in ("2025", "2026"):
        for month in ("02", "08"):
            day = f"{year}-{month}-03"
            repo.commit(day, {"a.md": page(OLD, by(day))})
    assert found(repo) == [
        ("2025-02-03", "today's"),
        ("2025-08-03", "today's"),
        ("2026-02-03", "today's"),
        ("2026-08-03", "today's"),
    ]
    assert repeats(repo) == ["2025-08-03", "2026-02-03", "2026-08-03"]


def test_a_new_text_in_between_makes_no_repetition(repo: Repo) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD, by("2025-02-03"))})
    repo.commit("2025-08-03", {"a.md": page(NEW, by("2025-08-03"))})
    assert found(repo) == [("2025-02-03", "former"), ("2025-08-03", "today's")]
    assert repeats(repo) == []


def test_an_entry_that_was_put_right_is_the_same_sign_off(repo: Repo) -> None:
    repo.commit("2026-02-03", {"a.md": page(OLD, by("2025-02-03"))})  # the wrong year
    repo.commit("2026-02-04", {"a.md": page(OLD, by("2026-02-03"))})
    digest = text_of(repo.page("a.md"), repo.handbook.registry)
    repo.commit("2026-02-05", {"a.md": page(OLD, by("2026-02-03", f"digest: '{digest}'", who="Lena"))})
    assert found(repo) == [("2026-02-03", "today's")]
    repo.commit("2026-02-06", {"a.md": page(OLD, by("2026-02-03", f"digest: '{digest}', note: Tried it"))})
    [signings] = all_signings(repo.handbook, repo.history, repo.handbook.documents).values()
    assert [one.signature.note for one in signings] == ["Tried it"]


def test_a_note_that_came_later_counts(repo: Repo) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD, by("2025-02-03"))})
    repo.commit("2025-08-03", {"a.md": page(OLD, by("2025-02-03"), by("2025-08-03"))})
    assert repeats(repo) == ["2025-08-03"]
    repo.commit("2025-08-04", {"a.md": page(OLD, by("2025-02-03"), by("2025-08-03", "note: Tried it"))})
    assert repeats(repo) == []


def test_what_was_signed_before_git_is_unknown(repo: Repo) -> None:
    repo.commit("2025-06-01", {"a.md": page(OLD, by("2024-02-03"), by("2025-02-03"))})
    repo.commit("2025-08-03", {"a.md": page(OLD, by("2024-02-03"), by("2025-02-03"), by("2025-08-03"))})
    assert found(repo) == [("2024-02-03", "unknown"), ("2025-02-03", "unknown"), ("2025-08-03", "today's")]
    assert repeats(repo) == []


def test_of_entries_that_came_together_only_the_newest_has_the_text_of_that_day(repo: Repo) -> None:
    repo.commit("2025-02-01", {"a.md": page(OLD)})
    entries = (by("2025-02-03"), by("2025-08-03"), by("2025-08-03", who="oha", role="A"))
    repo.commit("2025-08-04", {"a.md": page(OLD, *entries)})
    assert found(repo) == [("2025-02-03", "unknown"), ("2025-08-03", "today's"), ("2025-08-03", "today's")]


def test_what_is_not_committed_yet_counts(repo: Repo) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD, by("2025-02-03"))})
    repo.write({"a.md": page(OLD, by("2025-02-03"), by("2026-02-03"))})
    assert repeats(repo) == ["2026-02-03"]


def test_an_entry_by_digest_needs_no_git(repo: Repo) -> None:
    repo.write({"a.md": page(OLD)})
    digest = text_of(repo.page("a.md"), repo.handbook.registry)
    repo.write({"a.md": page(OLD, by("2025-02-03", f"digest: '{digest}'"), by("2025-08-03"))})
    assert found(repo, git=False) == [("2025-02-03", "today's"), ("2025-08-03", "unknown")]
    # A page that nobody committed has no text of former days.
    assert found(repo) == [("2025-02-03", "today's"), ("2025-08-03", "unknown")]


def test_where_git_proves_nothing_the_pages_speak_for_themselves(repo: Repo) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD, by("2025-02-03"))})
    repo.commit("2025-08-03", {"a.md": page(OLD, by("2025-08-03"))})
    shallow = Repo(repo.root.parent / "shallow")
    shallow.git("remote", "add", "origin", repo.root.as_uri())
    shallow.git("fetch", "--quiet", "--depth=1", "origin", "main")
    shallow.git("checkout", "--quiet", "FETCH_HEAD")
    assert shallow.history.reason
    assert found(shallow) == [("2025-08-03", "unknown")]


def test_the_setting_says_from_when_git_is_believed(repo: Repo) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD, by("2025-02-03"))})
    repo.commit("2025-08-03", {"a.md": page(OLD, by("2025-02-03"), by("2025-08-03"))})
    project = Project(repo.root, repo.root / "mkdocs.yml", repo.docs, settings(git_since="2025-06-01"))
    book = load_handbook(project, kinds(), date.fromisoformat(TODAY))
    [signings] = all_signings(book, repo.history, book.documents).values()
    assert [bool(one.signature.digest) for one in signings] == [False, True]


def test_a_page_keeps_its_sign_offs_when_it_moves(repo: Repo) -> None:
    steps = "".join(f"{number}. Do step {number}.\n" for number in range(20))
    repo.commit("2025-02-03", {"a.md": page(steps, by("2025-02-03"))})
    repo.commit("2025-03-03", {"a.md": None, "b/c.md": page(steps, by("2025-02-03"))})
    repo.commit("2025-08-03", {"b/c.md": page(steps, by("2025-08-03"))})
    assert found(repo, "b/c.md") == [("2025-02-03", "today's"), ("2025-08-03", "today's")]


def test_another_document_at_the_same_path_had_its_own(repo: Repo) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD, by("2025-02-03"), id_="secret")})
    repo.commit("2025-08-03", {"a.md": page(OLD, by("2025-08-03"))})
    assert found(repo) == [("2025-08-03", "today's")]


@pytest.mark.parametrize(
    "broken",
    [
        b"caf\xe9 sign_offs:\n",
        b"---\nsign_offs: [\n---\n",
        b"sign_offs",
        b"---\nkind: sop\nid: pay\nsign_offs: 7\n---\n",
    ],
)
def test_a_revision_that_can_not_be_read_takes_nothing_away(repo: Repo, broken: bytes) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD, by("2025-02-03"))})
    repo.commit("2025-03-03", {"a.md": broken})
    repo.commit("2025-08-03", {"a.md": page(OLD, by("2025-08-03"))})
    assert found(repo) == [("2025-02-03", "today's"), ("2025-08-03", "today's")]


def test_a_text_that_git_has_lost_is_unknown(repo: Repo) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD, by("2025-02-03"))})
    blob = repo.git("rev-parse", "HEAD:content/a.md")
    repo.commit("2025-08-03", {"a.md": page(OLD, by("2025-02-03"), by("2025-08-03"))})
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert found(repo) == [("2025-02-03", "unknown"), ("2025-08-03", "today's")]


def test_branches_bring_each_sign_off_once(repo: Repo) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD, by("2025-02-03"))})
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit("2025-03-03", {"a.md": page(OLD, by("2025-02-03"), by("2025-03-03", who="oha", role="A"))})
    repo.git("checkout", "--quiet", "main")
    repo.commit("2025-03-04", {"b.md": page(OLD, id_="b")})
    repo.git("merge", "--quiet", "--no-ff", "--message", "Merge", "side", day="2025-03-05")
    assert found(repo) == [("2025-02-03", "today's"), ("2025-03-03", "today's")]


def test_pages_of_kinds_that_nobody_signs_are_left_out(repo: Repo) -> None:
    repo.commit("2025-02-03", {"a.md": page(OLD), "b.md": "# Prose\n"})
    assert all_signings(repo.handbook, repo.history, repo.handbook.pages) == {}
