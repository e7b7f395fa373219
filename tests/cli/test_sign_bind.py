"""An entry that names no text is bound to the one at the commit that brought it, if the signer made that commit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handrail.history.repository import History
from handrail.model.signed_content import text_of
from handrail.text.source import read_source
from tests.cli.drawing import sop
from tests.cli.signing import PEOPLE
from tests.history.repos import Repo
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

LENA = "Lena Brandt-Keller <lena@marlstone.example>"
LENA_BY_HANDLE = "lena <1234+LenaBK@users.noreply.github.com>"
MALLORY = "Mallory <mallory@example.org>"
OMAR = "omar haddad <o@example.org>"
PATH = "pay.md"
FIELDS = "state: active\nrapid: LBK(D), OHA(A)\n"
D = "  - {role: D, by: lbk, date: 2026-03-02} # on paper\n"
A = "  - role: A\n    by: Omar Haddad\n    date: 2026-03-03\n    note: Read it\n"


def page(*entries: str, body: str = "Do it.\n", id_: str = "pay") -> str:
    listed = "sign_offs:\n" + "".join(entries) if entries else ""
    return sop(id_, "Pay", FIELDS + listed).replace("Do it.\n", body)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    make_handbook(tmp_path / "book", {"content/people.md": PEOPLE})
    return Repo(tmp_path / "book")


def bound(repo: Repo, *arguments: str) -> list[str]:
    outcome: Outcome = handrail(repo.root, "sign", "--bind", *(arguments or ("pay",)))
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.splitlines()


def refused(repo: Repo, *arguments: str) -> str:
    """Bind what can't be bound; no byte changes."""
    before = (repo.docs / PATH).read_bytes()
    (line,) = bound(repo, *arguments)
    assert (repo.docs / PATH).read_bytes() == before
    return line


def digests(repo: Repo, path: str = PATH) -> list[str | None]:
    return [entry.get("digest") for entry in read_source((repo.docs / path).read_bytes()).data["sign_offs"]]


def digest(repo: Repo) -> str:
    """Return the digest of the text as it stands."""
    book = repo.handbook
    return text_of(book.by_src_uri[PATH], book.registry)


@pytest.mark.parametrize("author", [LENA, LENA_BY_HANDLE])
def test_an_entry_that_its_signer_committed(repo: Repo, author: str) -> None:
    repo.commit("2026-03-01", {PATH: page()}, by=MALLORY)
    commit = repo.commit("2026-03-02", {PATH: page(D)}, by=author)
    before = (repo.docs / PATH).read_text("utf-8")
    (line,) = bound(repo)
    signature = "Lena Brandt-Keller as the one who decides, on 2 March 2026"
    assert line == f"Bound in content/pay.md: {signature}, to the text of the commit {commit[:10]}."
    wanted = before.replace("date: 2026-03-02}", f'date: 2026-03-02, digest: "{digest(repo)}"}}')
    assert (repo.docs / PATH).read_text("utf-8") == wanted
    assert bound(repo) == ["Every entry that was asked for names its text already."]


def test_the_text_is_that_of_the_commit_and_not_todays(repo: Repo) -> None:
    repo.commit("2026-03-02", {PATH: page(D)}, by=LENA)
    signed = digest(repo)
    repo.commit("2026-03-05", {PATH: page(D, body="Do it twice.\n")}, by=MALLORY)
    (line,) = bound(repo)
    assert line.endswith("That is an earlier text: it has changed since.")
    assert digests(repo) == [signed]
    assert signed != digest(repo)


CALLED_LENA = "Lena Brandt-Keller <7+mallory@users.noreply.github.com>"
"""On a forge everyone may call themselves what they like; the address is the forge's."""


@pytest.mark.parametrize(
    "author", [MALLORY, CALLED_LENA, "Lena Brandt <lena@marlstone.example>", "x <lenabk@example.org>", "? <>"]
)
def test_what_somebody_else_committed_proves_nothing(repo: Repo, author: str) -> None:
    repo.commit("2026-03-02", {PATH: page(D)}, by=author)
    # A later commit of the signer's does not make it theirs.
    repo.commit("2026-03-03", {PATH: page(D, body="Do it twice.\n")}, by=LENA)
    line = refused(repo)
    assert line.startswith("Not bound in content/pay.md: Lena Brandt-Keller as the one who decides, on 2 March 2026. ")
    assert "that brought it is by " in line
    assert line.endswith("sign again instead.")


def test_each_entry_is_judged_alone(repo: Repo) -> None:
    repo.commit("2026-03-02", {PATH: page(D)}, by=MALLORY)
    repo.commit("2026-03-03", {PATH: page(D, A)}, by=OMAR)
    lines = bound(repo)
    assert [line.split(":")[0] for line in lines] == ["Not bound in content/pay.md", "Bound in content/pay.md"]
    assert digests(repo) == [None, digest(repo)]


def test_of_two_entries_that_say_the_same_the_second_came_later(repo: Repo) -> None:
    repo.commit("2026-03-02", {PATH: page(D)}, by=LENA)
    first = digest(repo)
    repo.commit("2026-03-03", {PATH: page(D, D, body="Do it twice.\n")}, by=MALLORY)
    lines = bound(repo)
    assert lines[0].startswith("Bound")
    assert "is by Mallory" in lines[1]
    assert digests(repo) == [first, None]


def test_only_those_that_were_asked_for(repo: Repo) -> None:
    repo.commit("2026-03-02", {PATH: page(D)}, by=LENA)
    repo.commit("2026-03-03", {PATH: page(D, A)}, by=OMAR)
    bound(repo, "pay", "--as", "A")
    assert digests(repo)[0] is None
    assert bound(repo, "pay", "--by", "oha") == ["Every entry that was asked for names its text already."]
    bound(repo, "pay", "--by", "Lena Brandt-Keller", "--as", "D")
    assert None not in digests(repo)


def test_every_page(repo: Repo) -> None:
    repo.commit("2026-03-02", {PATH: page(D), "more/hire.md": page(D, id_="hire")}, by=LENA)
    assert len(bound(repo, "--all")) == 2
    assert None not in digests(repo) + digests(repo, "more/hire.md")


def test_an_entry_that_is_not_committed(repo: Repo) -> None:
    repo.commit("2026-03-01", {PATH: page()}, by=LENA)
    repo.write({PATH: page(D)})
    assert "No commit holds this entry yet; commit it, and bind it then." in refused(repo)


def test_a_page_that_moved_keeps_its_past(repo: Repo) -> None:
    repo.commit("2026-03-02", {"old.md": page(D)}, by=LENA)
    repo.commit("2026-03-03", {"old.md": None, PATH: page(D)}, by=MALLORY)
    assert bound(repo)[0].startswith("Bound")


def test_a_text_that_could_not_be_read_hides_nobody(repo: Repo) -> None:
    repo.commit("2026-03-02", {PATH: page(D).replace("title: Pay", "title: [")}, by=MALLORY)
    repo.commit("2026-03-03", {PATH: page(D)}, by=LENA)
    assert "is by Mallory" in refused(repo)


def test_what_cannot_be_read_proves_no_text(repo: Repo) -> None:
    repo.commit("2026-03-02", {PATH: page(D).replace("title: Pay", "title: [")}, by=LENA)
    repo.commit("2026-03-03", {PATH: page(D)}, by=LENA)
    assert "can't be read as a document" in refused(repo)


def test_two_of_one_name_are_told_apart_by_their_accounts(repo: Repo) -> None:
    people = PEOPLE.replace("First Clerk, handle: kiosk", "Lena Brandt-Keller, handle: other")
    repo.commit("2026-03-02", {"people.md": people, PATH: page(D)}, by=LENA)
    assert "only the signer's own would prove" in refused(repo)


def test_a_signer_whom_nobody_knows(repo: Repo) -> None:
    repo.commit("2026-03-02", {PATH: page(D.replace("lbk", "xyz"))}, by="xyz <xyz@example.org>")
    assert "xyz as the one who decides, on 2 March 2026. The list of people does not know the signer." in refused(repo)


def test_a_page_with_a_fault_is_left_alone(repo: Repo) -> None:
    repo.commit("2026-03-02", {PATH: page(D)}, by=LENA)
    repo.write({PATH: page(D).replace("title: Pay", "title: Pay\ntitle: Pay")})
    assert "has a fault, so nothing is written into it" in refused(repo)


def no_git(repo: Repo) -> None:
    (repo.root / ".git").rename(repo.root / "git")


def shallow(repo: Repo) -> None:
    (repo.root / ".git/shallow").write_text(repo.git("rev-parse", "HEAD") + "\n", "utf-8")


@pytest.mark.parametrize(
    ("change", "part"), [(no_git, "lies in no git repository"), (shallow, "This clone lacks the older commits")]
)
def test_where_git_proves_nothing_that_is_said(repo: Repo, change: Callable[[Repo], None], part: str) -> None:
    repo.commit("2026-03-01", {PATH: page()}, by=LENA)
    repo.commit("2026-03-02", {PATH: page(D)}, by=LENA)
    change(repo)
    outcome = handrail(repo.root, "sign", "--bind", "pay")
    assert (outcome.code, outcome.out) == (2, "")
    assert part in outcome.err
    assert digests(repo) == [None]


def test_a_former_text_that_git_lacks(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit("2026-03-02", {PATH: page(D)}, by=LENA)
    monkeypatch.setattr("handrail.history.git.Blobs.read", lambda *_: iter(()))
    assert repo.history.contents(PATH) is None
    outcome = handrail(repo.root, "sign", "--bind", "pay")
    assert (outcome.code, outcome.out) == (2, "")
    assert "Git does not give all former texts of content/pay.md" in outcome.err


def test_the_contents_of_a_page_come_oldest_first(repo: Repo) -> None:
    repo.commit("2026-03-01", {PATH: page()})
    repo.commit("2026-03-02", {PATH: page(D)})
    found = repo.history.contents(PATH)
    assert found is not None
    assert [raw.decode() for _, raw in found] == [page(), page(D)]
    assert History(repo.docs).contents(PATH) == []


def test_nobody_is_called_that(repo: Repo) -> None:
    repo.commit("2026-03-01", {PATH: page(D)})
    outcome = handrail(repo.root, "sign", "--bind", "pay", "--by", "zzz")
    assert (outcome.code, outcome.err) == (2, "The list of people knows nobody called `zzz`.\n")
