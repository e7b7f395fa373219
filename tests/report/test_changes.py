"""What has changed since a signature, for people who don't write Markdown: words as they are rendered, and plain sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handrail.model.handbook import Handbook
from handrail.report.changes import Change, change_since
from handrail.report.difference import difference_lines
from tests.history.repos import Repo, signed, sop
from tests.model.building import document

READ = "the text that was signed on 1 March 2026"
PEOPLE = document(
    "people",
    "people",
    "people: [{id: lbk, name: Lena Brandt-Keller}, {id: oha, name: Omar Haddad}, {id: yos, name: Yara Osei}]",
)
SIGNS = re.compile(r"\*\*|__|\||`|^\s*#|\]\(|\[\[|t2:|[0-9a-f]{32}|^\s*\w+: \S+$|\{[:#.]|^\s*[-+*] ", re.MULTILINE)
"""What nobody should have to read who doesn't write Markdown or YAML."""


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("2026-01-01", {"people.md": PEOPLE})
    return repo


def changed(repo: Repo, before: str, after: str, files: dict[str, bytes] | None = None) -> Change:
    """Sign a page as it was, change it, and say what has changed; `entries` stands for the signatures in it."""
    repo.write({"a.md": before.replace("ENTRIES", "tags: [a]")})
    book = repo.handbook
    entries = signed(str(book.texts.digest(book.by_src_uri["a.md"])), "D", "A")
    repo.commit("2026-03-01", {"a.md": before.replace("ENTRIES", entries)})
    repo.commit("2026-06-01", {"a.md": after.replace("ENTRIES", entries), **(files or {})})
    return since(repo.handbook)


def since(book: Handbook) -> Change:
    page = book.by_src_uri["a.md"]
    given = book.sign_off(page).changed_since
    assert given is not None
    return change_since(book, page, given)


def page(body: str, *fields: str) -> str:
    return sop(body, *fields, "ENTRIES")


def lines(found: Change) -> list[str]:
    return difference_lines(found.pieces)


SEEN = {
    "a row of a table": (
        "| Sum | Who |\n|---|---|\n| **10** | Lena |\n",
        "| Sum | Who |\n|---|---|\n| **20** | Lena |\n",
        "[-10-] {+20+} · Lena",
    ),
    "a heading": ("## Who pays\n\nLena.\n", "## Who *really* pays\n\nLena.\n", "Who {+really+} pays"),
    "an item of a list": ("1. Open it.\n1. Pay it.\n", "1. Open it.\n1. Ask.\n1. Pay it.\n", "2. {+Ask.\n3.+} Pay it."),
    "code": ("Type `a`.\n", "Type `b`.\n", "Type [-a.-] {+b.+}"),
    "bold": ("Pay **now**.\n", "Pay **later**.\n", "Pay [-now.-] {+later.+}"),
    "a link": ("See [it](https://a.example/).\n", "See [that](https://a.example/).\n", "See [-it.-] {+that.+}"),
    "a document": ("See [[sop:b]].\n", "Ask [[sop:b]].\n", "[-See-] {+Ask+} Claim."),
    "the beginning of a paragraph": ("One.\n\nPay it.\n", "One.\n\nKeep it.\n", "One.\n\n[-Pay-] {+Keep+} it."),
    "a picture": ("![The form](a.png)\n", "![The old form](a.png)\n", "[picture: The {+old+} form]"),
    "HTML": ("<p>Pay <em>it</em></p>\n", "<p>Pay <em>that</em></p>\n", "Pay [-it-] {+that+}"),
}


@pytest.mark.parametrize(("before", "after", "line"), SEEN.values(), ids=SEEN)
def test_words_are_told_as_they_are_rendered(repo: Repo, before: str, after: str, line: str) -> None:
    repo.write({"b.md": sop("Once.\n", id_="b").replace("title: Pay", "title: Claim")})
    found = changed(repo, page(before), page(after))
    assert found.sentence == f"What has changed since {READ}:"
    assert line in "\n".join(lines(found))
    assert not SIGNS.search("\n".join(lines(found)).replace("{+", "").replace("[-", ""))


PROCESS = (
    "process: {inputs: [%s], roles: {performs: [%s]}, states: [{name: Asked, owner: bookkeeper, next_action: Look, sla: %s}, "
    "{name: Paid, final: true}], transitions: [{from: Asked, to: Paid, when: %s}], "
    "exceptions: [{when: it is late, route: %s, approver: the head}]}"
)


def test_fields_are_called_as_the_page_calls_them(repo: Repo) -> None:
    found = changed(
        repo,
        page("Do it.\n", PROCESS % ("Post", "clerk", "2 working hours", "the receipt is there", "ask"), "review_every: 6 months"),
        page("Do it.\n", PROCESS % ("Mail", "bookkeeper", "1 working hour", "it is booked", "wait"), "trigger: It comes"),
    )  # fmt: skip
    assert found.pieces == ()
    assert found.lines == [
        "How long a sign-off holds: 6 months (taken out)",
        "When it is needed: It comes (new)",
        "What goes in: Post → Mail",
        "Who does the work: clerk → bookkeeper",
        "How fast: 2 working hours → 1 working hour (“Asked”)",
        "When: the receipt is there → it is booked (“Asked”)",
        "What is done then: ask → wait (“it is late”)",
    ]
    assert not any(SIGNS.search(line) for line in found.lines)
    assert not any(
        re.search(r"\b(sla|next_action|performs|inputs|review_every|transitions)\b", line) for line in found.lines
    )


def test_who_decides_and_agrees_is_told_by_name(repo: Repo) -> None:
    before, after = page("Do it.\n"), page("Do it.\n").replace("LBK(D), OHA(A)", "LBK(D), YOS(A), OHA(A)")
    assert changed(repo, before, after).lines == ["Agrees: Omar Haddad → Omar Haddad, Yara Osei"]


def test_the_title_and_the_name_of_the_page(repo: Repo) -> None:
    assert changed(repo, page("Do it.\n"), page("Do it.\n").replace("title: Pay", "title: Pay it")).lines == [
        "Title: Pay → Pay it"
    ]


def test_what_is_taken_out_of_a_plan_and_comes_in(repo: Repo) -> None:
    def plan(*priorities: str) -> str:
        head = "kind: vpmom\nid: co\nperiod: FY27\ntitle: The plan\nvisibility: public\nstate: active\nrapid: LBK(D), OHA(A)"
        return f"---\n{head}\nvision: We do it.\npriorities: [{', '.join(priorities)}]\nmethods: [Do]\nENTRIES\n---\nWhy.\n"

    found = changed(repo, plan("'Trust: it is there'", "Calm"), plan("'Trust: it grows'", "Speed"))
    assert not any(SIGNS.search(line) for line in found.lines)
    assert [line for line in found.lines if "it grows" in line or "Speed" in line] == found.lines
    assert all(" → " in line for line in found.lines)


LINKS = {
    "an address": ("[it](https://a.example/7)", "[it](https://a.example/8)", "“it” leads to https://a.example/8 instead of https://a.example/7"),
    "another page": ("[it](b.md)", "[it](c.md)", "“it” leads to “Travel” instead of “Claim”"),
    "a page, then an address": ("[it](b.md)", "[it](https://a.example/)", "“it” leads to https://a.example/ instead of “Claim”"),
    "a document": ("[[sop:b|it]]", "[[sop:c|it]]", "“it” leads to “Travel” instead of “Claim”"),
    "a picture to press": ("[![it](a.png)](b.md)", "[![it](a.png)](c.md)", "“[picture: it]” leads to “Travel” instead of “Claim”"),
    "a mail": ("[it](mailto:a@b.example)", "[it](mailto:c@b.example)", "“it” leads to mailto:c@b.example instead of mailto:a@b.example"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "line"), LINKS.values(), ids=LINKS)
def test_a_link_that_leads_elsewhere(repo: Repo, before: str, after: str, line: str) -> None:
    pages = {"b.md": sop("Once.\n", id_="b"), "c.md": sop("Once.\n", id_="c")}
    titles = {"b.md": "Claim", "c.md": "Travel"}
    repo.commit(
        "2026-02-01", {path: text.replace("title: Pay", f"title: {titles[path]}") for path, text in pages.items()}
    )
    found = changed(repo, page(f"See {before}.\n"), page(f"See {after}.\n"))
    assert found.lines == [line]
    assert found.pieces == ()
    assert not found.is_empty


def test_a_link_that_may_not_be_named_is_not(repo: Repo) -> None:
    secret = sop("Once.\n", id_="b").replace("title: Pay", "title: Merger").replace("public", "internal")
    repo.commit("2026-02-01", {"b.md": secret, "c.md": sop("Once.\n", id_="c").replace("title: Pay", "title: Travel")})
    changed(repo, page("See [it](b.md).\n"), page("See [it](c.md).\n"))
    book = repo.handbook
    one = book.by_src_uri["a.md"]
    given = book.sign_off(one).changed_since
    assert given is not None
    found = change_since(book, one, given, lambda target: target is not None and target.may_be_seen_by("public"))
    assert "Merger" not in str(found)


def test_files_are_told_by_name_and_size(repo: Repo) -> None:
    body = "![A](a.png) ![B](b.png)\n"
    repo.commit("2026-02-01", {"a.png": b"x" * 100, "b.png": b"b" * 3000})
    found = changed(repo, page(body), page(body), {"a.png": b"y" * 2_000_000})
    assert found.lines == ["a.png is another file: 100 bytes, now 1.9 MB"]
    assert found.pieces == ()


def test_a_file_that_stays_is_not_told_as_new_where_the_signature_names_no_text(repo: Repo) -> None:
    entries = signed("", "D", "A").replace(", digest: ''", "")
    repo.commit("2026-03-01", {"a.png": b"x" * 100, "a.md": page("![A](a.png) Pay.\n").replace("ENTRIES", entries)})
    repo.commit("2026-06-01", {"a.md": page("![A](a.png) Never pay.\n").replace("ENTRIES", entries)})
    found = since(repo.handbook)
    assert (found.files, [piece.text for piece in found.pieces if piece.kind == "new"]) == ((), ["Never pay."])


def test_a_file_that_came_and_one_that_is_gone(repo: Repo) -> None:
    repo.commit("2026-02-01", {"a.png": b"a" * 100, "b.png": b"b" * 3000})
    found = changed(repo, page("![It](a.png)\n"), page("![It](b.png)\n"))
    assert sorted(found.lines) == ["a.png is gone", "b.png is new"]


def test_a_file_that_only_has_another_name_is_no_change(repo: Repo) -> None:
    repo.commit("2026-02-01", {"a.png": b"a" * 100})
    repo.write({"a.md": page("![It](a.png)\n").replace("ENTRIES", "tags: [a]")})
    book = repo.handbook
    entries = signed(str(book.texts.digest(book.by_src_uri["a.md"])), "D", "A")
    repo.commit("2026-03-01", {"a.md": page("![It](a.png)\n").replace("ENTRIES", entries)})
    repo.commit("2026-06-01", {"a.png": None, "form.png": b"a" * 100,
                               "a.md": page("![It](form.png)\n").replace("ENTRIES", entries)})  # fmt: skip
    book = repo.handbook
    assert book.sign_off(book.by_src_uri["a.md"]).changed_since is None


def test_what_is_only_marked_otherwise(repo: Repo) -> None:
    found = changed(repo, page("Pay it now.\n"), page("Pay it **now**.\n"))
    assert found.is_empty
    assert found.sentence == (
        f"No word has changed since {READ}. What has changed is how something is laid out or marked."
    )
