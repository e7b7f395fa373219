"""A page that was signed and edited since: what readers see decides, with git to show what was signed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from handrail.edit.standing import standing_data
from handrail.model.signoff import SignOff, Status
from handrail.model.text_state import TextState, Why
from tests.history.repos import OMAR, Repo, signed, sop
from tests.model.building import document

PEOPLE = document("people", "people", "people: [{id: lbk, name: Lena}, {id: oha, name: Omar}, {id: pna, name: Pia}]")
PICTURE, OTHER = b"\x89PNG one", b"\x89PNG two"
OTHERS: dict[str, str | bytes] = {
    "other.md": "# Other\n\n## Limits\n",
    "forms.md": sop("The forms.", id_="forms").replace("state: active", "state: draft"),
    "pay.md": "# Pay\n",
    "a.png": PICTURE,
    "b.png": OTHER,
}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("2026-01-01", {"people.md": PEOPLE, **OTHERS})
    return repo


def sign(repo: Repo, body: str, path: str = "a.md") -> str:
    """Commit a page, and then the signatures for it; return these."""
    repo.commit("2026-02-01", {path: sop(body)})
    book = repo.handbook
    entries = signed(str(book.texts.digest(book.by_src_uri[path])), "D", "A")
    repo.commit("2026-03-01", {path: sop(body, entries)})
    assert state(repo, path) == (TextState.AS_SIGNED, None)
    return entries


def sign_off(repo: Repo, path: str = "a.md") -> SignOff:
    book = repo.handbook
    return book.sign_off(book.by_src_uri[path])


def state(repo: Repo, path: str = "a.md") -> tuple[TextState, Why | None]:
    """Return how the signed text stands, and see that everyone's signature stands so."""
    found = sign_off(repo, path)
    assert found.text is not None
    assert found.status == (Status.SIGNED if found.text.holds else Status.CHANGED)
    assert {one.latest.text.state for one in found.required if one.latest is not None} == {found.text.state}
    return found.text.state, found.text.why


TAMPERING = {
    "an admonition that looks like a definition": ("[Note]: never pay in advance.", "[Note]: always pay in advance."),
    "a limit that looks like a definition": ("[Limit]: 500 EUR per claim.", "[Limit]: 90000 EUR per claim."),
    "a word that looks like a link": ("Do [[not]] pay.", "Do [[now]] pay."),
    "code below an item that looks like a link": (
        "1. Run it:\n\n        [rm](safe.md)\n",
        "1. Run it:\n\n        [rm](other.md)\n",
    ),
    "an address in entities": ('<a href="pay.md">Pay</a>', '<a href="&#104;ttps://evil.example/pay">Pay</a>'),
    "an address behind a blank": ('<a href="pay.md">Pay</a>', '<a href=" https://evil.example/pay">Pay</a>'),
    "an address of another host in entities": ("[Pay](pay.md)", "[Pay](&sol;/evil.example/pay)"),
    "another page": ("[Pay](pay.md)", "[Pay](other.md)"),
    "another place of a page": ("[Pay](other.md)", "[Pay](other.md#limits)"),
    "another document by its name": ("[[sop:forms]]", "[[sop:pay]]"),
    "a picture in a link": ("[![Account](a.png)](other.md)", "[![Account](b.png)](other.md)"),
    "a picture by a definition": ("![Account]\n\n[Account]: a.png", "![Account]\n\n[Account]: b.png"),
    "a line break": ("Never  \npay.", "Never\npay."),
    "an empty line in code": ("```\na\n\nb\n```", "```\na\nb\n```"),
    "two blanks in a code span": ("`a  b`", "`a b`"),
    "two blanks in indented code": ("    a  b", "    a b"),
    "an item made part of the one before": ("- a\n- b", "- a\n    - b"),
    "a line made code": ("- a\n\n    b", "- a\n\n        b"),
    "the order of items": ("1. a\n2. b", "1. b\n2. a"),
    "a letter of another alphabet": ("Pay", "P\u0430y"),
    "an invisible character": ("Pay", "Pa\u200by"),
    "a word struck": ("Pay <del>not</del> now", "Pay not now"),
    "the words under a picture": ("![Pay](a.png)", "![Do not pay](a.png)"),
    "what stands when the mouse is over it": ('[Pay](pay.md "now")', '[Pay](pay.md "never")'),
    "a heading's rank": ("## Pay", "### Pay"),
    "how a column is aligned": ("| a |\n|---|\n| b |", "| a |\n|--:|\n| b |"),
}


@pytest.mark.parametrize(("before", "after"), TAMPERING.values(), ids=TAMPERING)
def test_what_readers_see_otherwise_is_changed(repo: Repo, before: str, after: str) -> None:
    entries = sign(repo, f"Begin.\n\n{before}\n")
    repo.write({"a.md": sop(f"Begin.\n\n{after}\n", entries)})
    found, why = state(repo)
    # Of a picture that nobody signed both halves of the digest say so.
    assert (found, why) in ((TextState.CHANGED, Why.DIFFERS), (TextState.CHANGED, Why.FILE))


def test_a_field_changed_is_changed(repo: Repo) -> None:
    entries = sign(repo, "Do it.\n")
    repo.write({"a.md": sop("Do it.\n", entries).replace("title: Pay", "title: Do not pay")})
    assert state(repo) == (TextState.CHANGED, Why.DIFFERS)


HARMLESS = {
    "bullets": ("* a\n* b", "- a\n- b"),
    "emphasis": ("Pay *now*, **all**.", "Pay _now_, __all__."),
    "headings": ("Pay\n===\n\nNow\n---\n\nText", "# Pay\n\n## Now\n\nText"),
    "headings that are closed": ("## Pay ##", "## Pay"),
    "a table": ("| a | b |\n|---|---|\n| c | d |", "| a   | b   |\n| --- | --- |\n| c   | d   |"),
    "where lines break": ("One two\nthree four\nfive.", "One two three\nfour five."),
    "numbers": ("1. a\n1. b\n1. c", "1. a\n2. b\n3. c"),
    "empty lines": ("One.\n\nTwo.", "\n\nOne.\n\n\n\nTwo.\n\n"),
    "one blank at the end of lines": ("One.\n\n- a\n- b", "One. \n\n- a \n- b "),
    "empty lines between items": ("- a\n- b", "- a\n\n- b"),
    "a comment": ("Pay. Now.", "Pay. <!-- lint-off -->Now."),
    "how code is fenced": ("```\na\n```", "~~~\na\n~~~"),
    "an address in brackets": ("[Pay](pay.md)", "[Pay](<pay.md>)"),
    "a definition of an address": ("[Pay](pay.md)", "[Pay][p]\n\n[p]: pay.md"),
    "the host in large letters": ("[Pay](https://a.example/A)", "[Pay](HTTPS://A.Example/A)"),
    "how a letter is encoded": (
        unicodedata.normalize("NFC", "Zürich pays."),
        unicodedata.normalize("NFD", "Zürich pays."),
    ),
    "how a picture is named": ("![A](a.png)", "![A](./a.png)"),
    "a rule": ("One.\n\n---\n\nTwo.", "One.\n\n***\n\nTwo."),
}


@pytest.mark.parametrize(("before", "after"), HARMLESS.values(), ids=HARMLESS)
@pytest.mark.parametrize("is_committed", [True, False], ids=["committed", "in the making"])
def test_what_is_laid_out_anew_reads_the_same(repo: Repo, before: str, after: str, *, is_committed: bool) -> None:
    entries = sign(repo, f"{before}\n")
    repo.write({"a.md": sop(f"{after}\n", entries)})
    if is_committed:
        repo.commit("2026-04-01", said="Format")
    assert state(repo) == (TextState.READS_THE_SAME, None)


Files = Mapping[str, str | bytes | None]
MOVED: dict[str, tuple[str, str, Files]] = {
    "a page without front matter that a link leads to": (
        "[Pay](pay.md)", "[Pay](money/paying.md)", {"pay.md": None, "money/paying.md": OTHERS["pay.md"]},
    ),
    "a page, and the place on it": (
        "[Pay](other.md#limits)", "[Pay](money/o.md#limits)", {"other.md": None, "money/o.md": OTHERS["other.md"]},
    ),
    "a document that a link leads to": (
        "[Forms](forms.md)", "[Forms](money/all.md)", {"forms.md": None, "money/all.md": OTHERS["forms.md"]},
    ),
    "a picture": ("![A](a.png)", "![A](money/c.png)", {"a.png": None, "money/c.png": PICTURE}),
    "a picture by a definition": ("![A]\n\n[A]: a.png", "![A]\n\n[A]: c.png", {"a.png": None, "c.png": PICTURE}),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "files"), MOVED.values(), ids=MOVED)
def test_what_it_leads_to_or_shows_may_move(repo: Repo, before: str, after: str, files: Files) -> None:
    entries = sign(repo, f"{before}\n")
    repo.commit("2026-04-01", {"a.md": sop(f"{after}\n", entries), **files}, said="Move")
    assert state(repo) == (TextState.READS_THE_SAME, None)


def test_another_page_at_the_path_that_it_leads_to_is_another(repo: Repo) -> None:
    entries = sign(repo, "[Pay](pay.md)\n")
    moved = {"pay.md": None, "paying.md": OTHERS["pay.md"]}
    repo.commit("2026-04-01", {"a.md": sop("[Pay]( pay.md )\n", entries), **moved})
    repo.commit("2026-04-02", {"pay.md": "# Never pay\n\nThis is something else.\n"})
    assert state(repo) == (TextState.CHANGED, Why.DIFFERS)


def test_the_page_itself_may_move(repo: Repo) -> None:
    entries = sign(repo, "[Pay](pay.md), [[sop:forms]]\n\n![A](a.png)\n")
    body = "[Pay](../pay.md), [[sop:forms]]\n\n![A](../a.png)\n"
    repo.commit("2026-04-01", {"a.md": None, "money/b.md": sop(body, entries)}, said="Move")
    assert state(repo, "money/b.md") == (TextState.READS_THE_SAME, None)


def test_a_picture_overwritten_under_its_path_is_changed(repo: Repo) -> None:
    sign(repo, "![Account](a.png)\n")
    repo.write({"a.png": OTHER})
    assert state(repo) == (TextState.CHANGED, Why.FILE)
    repo.commit("2026-04-01", by=OMAR)
    assert state(repo) == (TextState.CHANGED, Why.FILE)
    repo.commit("2026-04-02", {"a.png": PICTURE})
    assert state(repo) == (TextState.AS_SIGNED, None)


def test_a_picture_overwritten_and_the_page_laid_out_anew_is_changed(repo: Repo) -> None:
    entries = sign(repo, "* ![Account](a.png)\n")
    repo.commit("2026-04-01", {"a.md": sop("- ![Account](a.png)\n", entries)})
    assert state(repo) == (TextState.READS_THE_SAME, None)
    repo.commit("2026-04-02", {"a.png": OTHER}, by=OMAR)
    assert state(repo)[0] is TextState.CHANGED


def test_a_drawing_may_end_its_lines_as_a_system_does(repo: Repo) -> None:
    repo.write({"a.svg": b"<svg>\n</svg>\n"})
    sign(repo, "![Account](a.svg)\n")
    repo.write({"a.svg": b"<svg>\r\n</svg>\r\n"})
    assert state(repo) == (TextState.AS_SIGNED, None)
    repo.write({"a.svg": b"<svg>\r\n<g/></svg>\r\n"})
    assert state(repo) == (TextState.CHANGED, Why.FILE)


def test_digests_taken_out_give_a_rewritten_text_to_nobody(repo: Repo) -> None:
    entries = sign(repo, "Never pay in advance.\n")
    loose = "sign_offs: [{role: D, by: lbk, date: 2026-03-02}, {role: A, by: oha, date: 2026-03-02}]"
    repo.commit("2026-04-01", {"a.md": sop("Always pay in advance.\n", loose)}, by=OMAR)
    book = repo.handbook
    page = book.by_src_uri["a.md"]
    taken_out = {str(one.role): one.digest for one in book.past.taken_out(page)}
    assert {f"'{digest}'" in entries for digest in taken_out.values()} == {True}
    assert sorted(taken_out) == ["A", "D"]
    repo.commit("2026-04-02", {"a.md": sop("Pay whoever asks.\n", loose)}, by=OMAR)
    assert state(repo) == (TextState.CHANGED, Why.DIFFERS)


def test_an_entry_taken_out_and_put_back_is_for_its_first_text(repo: Repo) -> None:
    loose = "sign_offs: [{role: D, by: lbk, date: 2026-03-02}, {role: A, by: oha, date: 2026-03-02}]"
    repo.commit("2026-03-02", {"a.md": sop("Never pay.\n", loose)})
    assert state(repo) == (TextState.UNBOUND, None)
    repo.commit("2026-04-01", {"a.md": sop("Always pay.\n")}, by=OMAR)
    repo.commit("2026-04-02", {"a.md": sop("Always pay.\n", loose)}, by=OMAR)
    assert state(repo) == (TextState.CHANGED, Why.DIFFERS)
    repo.commit("2026-04-03", {"a.md": sop("Never  pay.\n", loose)}, by=OMAR)
    assert state(repo) == (TextState.UNBOUND, None)


# However a text comes to the main branch, its digest proves it.


def on_a_branch(repo: Repo) -> None:
    """Sign a page on a branch, while the main branch goes on."""
    repo.git("switch", "--quiet", "--create", "branch")
    sign(repo, "* Pay.\n* Do it.\n")
    repo.git("switch", "--quiet", "main")
    repo.commit("2026-03-05", {"other.md": "# Other\n\nMore.\n"}, by=OMAR)


def merged(repo: Repo) -> None:
    repo.git("merge", "--quiet", "--no-ff", "--message", "Merge", "branch", day="2026-03-10")


def squashed(repo: Repo) -> None:
    repo.git("merge", "--quiet", "--squash", "branch")
    repo.git("commit", "--quiet", "--message", "All of it", day="2026-03-10")


def rebased(repo: Repo) -> None:
    repo.git("rebase", "--quiet", "main", "branch", day="2026-03-10")
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--ff-only", "branch")


@pytest.mark.parametrize("bring", [merged, squashed, rebased])
def test_a_text_signed_on_a_branch_is_signed_on_the_main_one(repo: Repo, bring: object) -> None:
    on_a_branch(repo)
    assert callable(bring)
    bring(repo)
    repo.git("branch", "--delete", "--force", "branch")
    assert state(repo) == (TextState.AS_SIGNED, None)
    entries = (repo.docs / "a.md").read_text("utf-8").partition("rapid: LBK(D), OHA(A)\n")[2].partition("\n---\n")[0]
    repo.commit("2026-04-01", {"a.md": sop("- Pay.\n- Do it.\n", entries)}, said="Format")
    assert state(repo) == (TextState.READS_THE_SAME, None)
    repo.commit("2026-04-02", {"a.md": sop("- Pay.\n- Do it not.\n", entries)}, by=OMAR)
    assert state(repo) == (TextState.CHANGED, Why.DIFFERS)


# Where git can't show what was signed.


def test_what_never_was_in_git_is_changed_and_nobody_knows_how(repo: Repo) -> None:
    repo.write({"a.md": sop("* Pay.\n")})
    entries = signed(str(repo.handbook.texts.digest(repo.page("a.md"))), "D", "A")
    repo.commit("2026-03-01", {"a.md": sop("- Pay.\n", entries)})
    assert state(repo) == (TextState.CHANGED, Why.NOT_IN_GIT)


def test_a_shallow_clone_says_that_it_is_shallow(repo: Repo, tmp_path: Path) -> None:
    entries = sign(repo, "* Pay.\n")
    repo.commit("2026-04-01", {"a.md": sop("- Pay.\n", entries)}, said="Format")
    repo.git("clone", "--quiet", "--depth", "1", repo.root.as_uri(), str(tmp_path / "clone"))
    clone = object.__new__(Repo)
    clone.root, clone.docs = tmp_path / "clone", tmp_path / "clone" / "content"
    assert state(clone) == (TextState.CHANGED, Why.SHALLOW)
    assert state(repo) == (TextState.READS_THE_SAME, None)


def test_each_state_is_said_to_programs(repo: Repo) -> None:
    entries = sign(repo, "* ![Account](a.png)\n")

    def said() -> tuple[object, ...]:
        book = repo.handbook
        data = standing_data(book, book.by_src_uri["a.md"])
        assert {one["text_state"] for one in data["required"]} == {data["text_state"]}
        assert {one["why"] for one in data["required"]} == {data["why"]}
        return data["status"], data["text_state"], data["why"]

    assert said() == ("signed", "as signed", None)
    repo.write({"a.md": sop("- ![Account](a.png)\n", entries)})
    assert said() == ("signed", "reads the same", None)
    repo.write({"a.md": sop("- ![Count](a.png)\n", entries)})
    assert said() == ("changed since", "changed", "differs")
    repo.write({"a.md": sop("* ![Account](a.png)\n", entries), "a.png": OTHER})
    assert said() == ("changed since", "changed", "file")
    repo.write({"a.png": PICTURE})
    taken_back = entries.replace("'}", "', withdrawn: {date: 2026-04-01, reason: No}}")
    repo.write({"a.md": sop("* ![Account](a.png)\n", taken_back)})
    assert said() == ("withdrawn", None, None)
