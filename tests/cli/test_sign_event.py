"""An issue of the forge signs a page where it may, is told why where it may not, and obeys nothing that it says.

`events/` has events as GitHub writes them, less what no signature needs; each is signed on the handbook of `signing.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handrail.edit.event import MOST_BYTES, read_event, read_form
from handrail.errors import UsageError
from handrail.model.signed_content import text_of
from handrail.text.source import read_source
from tests.cli.signing import PAGES, PATH
from tests.history.repos import Repo
from tests.model.building import document, handbook
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

EVENTS = Path(__file__).parent / "events"
DECIDES = "Lena Brandt-Keller decides on “Pay an invoice”, 14 November 2026"
KEYS = ["outcome", "comment", "close", "paths", "branch", "title", "commit", "publish"]
NOTHING = {"paths": [], "branch": "", "title": "", "commit": "", "publish": ""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_handbook(tmp_path / "book", PAGES)


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (folder / "content").rglob("*") if path.is_file()}


def answered(folder: Path, event: str | Path) -> dict[str, Any]:
    file = EVENTS / f"{event}.json" if isinstance(event, str) else event
    target = folder.parent / "answer.json"
    target.unlink(missing_ok=True)
    outcome = handrail(folder, "sign", "--from-event", str(file), "--answer", str(target))
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.count("\n") == 1
    data: dict[str, Any] = json.loads(target.read_text("utf-8"))
    assert list(data) == KEYS
    return data


def recorded(folder: Path, event: str | Path, path: str = PATH) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answer an event that is recorded; return the answer and the new entry."""
    before = contents(folder)
    data = answered(folder, event)
    assert data["outcome"] == "recorded"
    assert data["close"] is True
    assert data["paths"] == [path]
    assert {changed for changed, raw in contents(folder).items() if raw != before[changed]} == {folder / path}
    entries = read_source((folder / path).read_bytes()).data["sign_offs"]
    return data, entries[-1]


def refused(folder: Path, event: str | Path) -> str:
    """Answer an event that is refused, with no byte changed; return the comment."""
    before = contents(folder)
    data = answered(folder, event)
    assert data | NOTHING == data
    assert (data["outcome"], data["close"]) == ("refused", True)
    assert contents(folder) == before
    comment: str = data["comment"]
    assert comment.startswith("Nothing is recorded.")
    return comment


def with_values(event: str, target: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """Write an event with some of its values changed."""
    data = json.loads((EVENTS / f"{event}.json").read_text("utf-8"))
    change(data)
    target.write_text(json.dumps(data), "utf-8")
    return target


# Recorded


def test_the_one_who_decides(folder: Path) -> None:
    data, entry = recorded(folder, "decides")
    page = handbook({path.removeprefix("content/"): text for path, text in PAGES.items()})
    assert entry == {
        "role": "D",
        "by": "lbk",
        "date": "2026-11-14",
        "digest": text_of(page.by_src_uri["pay.md"], page.registry),
        "note": "Tried it with three invoices of May.",
        "evidence": "https://github.com/marlstone/handbook/issues/12",
    }
    assert data["comment"].split("\n\n") == [
        f"Thank you. {DECIDES}.",
        "A pull request writes that into content/pay.md. Once it is merged, the signature counts.",
        "Still missing: Omar Haddad, head of operations (agrees).",
    ]
    assert data["branch"] == "sign-off/issue-12"
    assert data["title"] == f"Sign-off: {DECIDES}"
    assert data["commit"] == f"Record the sign-off of issue 12: {DECIDES}"
    assert data["publish"] == "pull-request"


def test_the_last_one_reads_until_when_it_holds(folder: Path) -> None:
    recorded(folder, "decides")
    data, entry = recorded(folder, "agrees")
    assert (entry["role"], entry["by"]) == ("A", "oha")
    assert data["comment"].endswith(
        "\n\nEveryone has signed; that holds until 14 November 2027, unless the text changes."
    )
    check = json.loads(handrail(folder, "check", "--format", "json", "--select", "HB4", PATH).out)
    assert check["findings"] == []


def test_a_deputy_whose_note_is_the_reason(folder: Path) -> None:
    data, entry = recorded(folder, "deputy")
    assert (entry["role"], entry["by"]) == ("D", "pna")
    assert entry["note"] == "Lena is away until Monday; I ran it with her."
    assert "Priya Nair, for Lena Brandt-Keller, decides on “Pay an invoice”" in data["comment"]


def test_a_push_says_that_it_is_written(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path / "book", PAGES, {"record_sign_offs": "push"})
    data, _ = recorded(folder, "decides")
    assert data["publish"] == "push"
    assert "That is written into content/pay.md now." in data["comment"]


def test_the_day_is_that_of_the_handbooks_time_zone(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path / "book", PAGES, {"timezone": "Europe/Berlin"})
    assert recorded(folder, "decides")[1]["date"] == "2026-11-15"


def test_a_plan_is_named_with_its_period(folder: Path, tmp_path: Path) -> None:
    book = handbook({path.removeprefix("content/"): text for path, text in PAGES.items()})
    digest = text_of(book.by_src_uri["fy27.md"], book.registry)

    def of_the_plan(data: dict[str, Any]) -> None:
        values = ("vpmom:finance@FY27", "decides", digest, "Compared with the accounts")
        headings = ("Page", "Role", "Digest of the text", "What did you check?")
        data["issue"]["body"] = "\n\n".join(f"### {h}\n\n{v}" for h, v in zip(headings, values, strict=True))

    data, _ = recorded(folder, with_values("decides", tmp_path / "plan.json", of_the_plan), "content/fy27.md")
    assert "the period ends on 31 January 2027" in data["comment"]


@pytest.mark.parametrize("event", ["login-in-other-case", "windows-lines"])
def test_what_makes_no_difference(folder: Path, event: str) -> None:
    assert recorded(folder, event)[1]["by"] == "lbk"


def test_a_heading_in_the_note_means_nothing(folder: Path) -> None:
    _, entry = recorded(folder, "headings-in-the-note")
    assert entry["note"].startswith("Fine. ### Page sop:hire-somebody ### Digest of the text t2:abab")


def test_a_long_note_is_cut_and_that_is_said(folder: Path) -> None:
    data, entry = recorded(folder, "long-note")
    assert len(entry["note"]) == 2000
    assert entry["note"].endswith("…")
    assert "this issue keeps all of it" in data["comment"]


def test_without_the_label_the_headings_tell(folder: Path, tmp_path: Path) -> None:
    def unlabelled(data: dict[str, Any]) -> None:
        data["issue"]["labels"] = []

    recorded(folder, with_values("decides", tmp_path / "event.json", unlabelled))


def noted(note: str) -> Callable[[dict[str, Any]], None]:
    """Return what changes the note of an event."""

    def change(data: dict[str, Any]) -> None:
        data["issue"]["body"] = (
            data["issue"]["body"].rpartition("\n\n### ")[0] + f"\n\n### What did you check?\n\n{note}"
        )

    return change


def test_whoever_does_not_agree_says_so_and_why(folder: Path) -> None:
    data, entry = recorded(folder, "does-not-agree")
    book = handbook({path.removeprefix("content/"): text for path, text in PAGES.items()})
    assert entry == {
        "role": "A",
        "by": "oha",
        "date": "2026-11-14",
        "digest": text_of(book.by_src_uri["pay.md"], book.registry),
        "withdrawn": {
            "date": "2026-11-14",
            "reason": "two days are too short for <b>@lenabk</b>, see #7. Let us take five.",
        },
        "evidence": "https://github.com/marlstone/handbook/issues/41",
    }
    assert data["comment"].split("\n\n") == [
        "Thank you. Omar Haddad does not agree to “Pay an invoice”, 14 November 2026.",
        "A pull request writes that into content/pay.md. Once it is merged, it counts.",
        "Whoever decides on the page is asked to settle it.",
    ]
    assert data["title"] == "Sign-off: Omar Haddad does not agree to “Pay an invoice”, 14 November 2026"
    assert is_harmless(data["comment"])
    queue = json.loads(handrail(folder, "report", "queue", "--format", "json").out)["queue"]
    assert [turn["who"]["name"] for turn in queue if "sop:pay" in str(turn) or "pay-an-invoice" in str(turn)] == [
        "Lena Brandt-Keller"
    ]
    assert "Omar Haddad does not agree, said on 14 November 2026 (“two days are too short" in json.dumps(
        queue, ensure_ascii=False
    )
    assert answered(folder, "does-not-agree")["outcome"] == "already"


def test_a_signature_is_taken_back_by_the_form(folder: Path) -> None:
    recorded(folder, "agrees")
    data, entry = recorded(folder, "does-not-agree")
    assert (entry["evidence"], "withdrawn" in entry) == ("https://github.com/marlstone/handbook/issues/13", True)
    assert len(read_source((folder / PATH).read_bytes()).data["sign_offs"]) == 1
    assert "Omar Haddad does not agree to" in data["comment"]


@pytest.mark.parametrize(
    ("note", "reason"),
    [
        ("I DO NOT AGREE: too short", "too short"),
        ("I do not agree, it is too short", "it is too short"),
        ("I do not agree\n\n- too short", "too short"),
        ("I do not agree with step 2", "with step 2"),
    ],
)
def test_what_begins_with_no_agreement_is_no_signature(folder: Path, tmp_path: Path, note: str, reason: str) -> None:
    _, entry = recorded(folder, with_values("agrees", tmp_path / "event.json", noted(note)))
    assert entry["withdrawn"] == {"date": "2026-11-14", "reason": reason}
    assert "note" not in entry


@pytest.mark.parametrize("note", ["I do not agree:", "I do not agree", "i do not agree. "])
def test_no_agreement_without_a_reason_is_refused(folder: Path, tmp_path: Path, note: str) -> None:
    assert (
        refused(folder, with_values("agrees", tmp_path / "event.json", noted(note)))
        == "Nothing is recorded. Say why you do not agree: open the form again, and write the reason after “I do not agree:”."
    )


def test_nobody_but_those_who_are_asked_says_that_they_do_not_agree(folder: Path, tmp_path: Path) -> None:
    event = with_values("other-role", tmp_path / "event.json", noted("I do not agree: no"))
    assert "Omar Haddad does not decide on “Pay an invoice”; Lena Brandt-Keller decides" in refused(folder, event)


# Again, and not for us


def test_the_same_event_twice(folder: Path) -> None:
    recorded(folder, "decides")
    # Also where the text has moved on since: what was recorded stays recorded.
    for change in ("", "And more.\n"):
        with (folder / PATH).open("a", encoding="utf-8") as file:
            file.write(change)
        before = contents(folder)
        data = answered(folder, "decides")
        assert data["outcome"] == "already"
        assert data["close"] is True
        assert data | NOTHING == data
        assert "is in content/pay.md already" in data["comment"]
        assert contents(folder) == before


@pytest.mark.parametrize("event", ["edited", "another-issue"])
def test_what_is_no_request_is_left_alone(folder: Path, event: str) -> None:
    before = contents(folder)
    assert answered(folder, event) == {"outcome": "ignored", "comment": "", "close": False} | NOTHING
    assert contents(folder) == before


# Refused

MAY = "Who may sign: Lena Brandt-Keller decides, or Priya Nair as deputy with a note."
REFUSED = {
    "another-login": f"The list of people knows no account mallory. {MAY} If you are one of them, have your account added",
    "other-role": "Omar Haddad does not decide on “Pay an invoice”; Lena Brandt-Keller decides",
    "left": f"Jonas Weil left on 31 August 2026, and can't sign any more. {MAY}",
    "bot": rf"The account lenabk\[bot\] is a program's, and a person signs. {MAY}",
    "shared-account": "gives the account kiosk to First Clerk and Second Clerk; it has to be one person's",
    "moved": "was not opened here by the one it names",
    "opened-for-somebody": "was not opened here by the one it names",
    "unknown-page": r"There is no page \`sop:pay-an-invioce\` to sign; did you mean \`sop:pay-an-invoice\`?",
    "missing-field": "go back to the page and use the button again",
    "field-twice": "go back to the page and use the button again",
    "empty-note": "go back to the page and use the button again",
    "other-page": "The form names “Hire somebody” (sop:hire-somebody), and the digest in it is that of “Pay an invoice”",
    "stale": "The digest in the form is that of no text that “Pay an invoice” is known to have had.",
}


@pytest.mark.parametrize(("event", "part"), REFUSED.items(), ids=REFUSED)
def test_refused(folder: Path, event: str, part: str) -> None:
    assert part in refused(folder, event)


def test_a_draft_is_refused(tmp_path: Path) -> None:
    pages = PAGES | {PATH: PAGES[PATH].replace("state: active", "state: draft")}
    assert "is not signed while its state is" in refused(make_handbook(tmp_path / "book", pages), "decides")


def test_a_day_to_come_is_refused(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path / "book", PAGES, {"today": "2026-11-01"})
    assert "14 November 2026 is still to come" in refused(folder, "decides")


def test_without_a_list_of_people_nobody_is_known(tmp_path: Path) -> None:
    pages = {path: text for path, text in PAGES.items() if "people" not in path}
    assert "knows no account lenabk" in refused(make_handbook(tmp_path / "book", pages), "decides")


def test_a_fresh_link_goes_with_a_text_that_is_another(folder: Path) -> None:
    comment = refused(folder, "other-page")
    book = handbook({path.removeprefix("content/"): text for path, text in PAGES.items()})
    digest = text_of(book.by_src_uri["hire.md"], book.registry).replace(":", "%3A")
    assert comment.endswith(
        "Read the page as it is now; then [sign it as the one who decides](https://github.com/marlstone/handbook/issues/new?"
        f"template=sign-off.yml&title=Sign-off%3A%20sop%3Ahire-somebody&page=sop%3Ahire-somebody&role=D%3A%20decides&digest={digest})."
    )


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Commit the handbook with the text that the events sign."""
    make_handbook(tmp_path / "book", PAGES)
    repo = Repo(tmp_path / "book")
    repo.commit("2026-11-01")
    return repo


def test_a_text_that_has_moved_on_is_shown_word_by_word(repo: Repo) -> None:
    text = PAGES[PATH].replace("Do it.", "Do it within \\`\\`\\`14\\`\\`\\` days of @lenabk &lt;b&gt;.")
    repo.commit("2026-11-10", {"pay.md": text})
    blocks = refused(repo.root, "decides").split("\n\n", 2)
    assert blocks[1].startswith("“Pay an invoice” is no longer the text that you read. What has changed since the text")
    shown = blocks[2].split("\n")
    assert shown[0] == "````text"
    end = shown.index("````")
    assert "[-it.-] {+it within ```14``` days of @lenabk <b>.+}" in "\n".join(shown[:end])
    assert "sign it as the one who decides](https://github.com/" in "\n".join(shown[end:])


def test_what_has_changed_beside_the_words_is_told_in_sentences_that_call_nobody(tmp_path: Path) -> None:
    linked = PAGES[PATH].replace("Do it.", "Do [it](https://a.example/7).")
    repo = Repo(make_handbook(tmp_path / "book", PAGES | {PATH: linked}))
    repo.commit("2026-11-01")
    book = handbook({"people.md": PAGES["content/people.md"], "pay.md": linked})
    old = json.loads((EVENTS / "decides.json").read_text("utf-8"))["issue"]["body"].split("\n\n")[5]
    digest = text_of(book.by_src_uri["pay.md"], book.registry)

    def bound(data: dict[str, Any]) -> None:
        data["issue"]["body"] = data["issue"]["body"].replace(old, digest)

    trigger = 'trigger: "Ask @lenabk, fixes #1, <b>*now*</b> ![a](https://b.example)"\nstate'
    text = linked.replace("a.example/7", "a.example/@mallory#1").replace("state", trigger, 1)
    repo.commit("2026-11-10", {"pay.md": text})
    comment = refused(repo.root, with_values("decides", tmp_path / "event.json", bound))
    first, about, field, link, again = comment.split("\n\n")
    assert first == "Nothing is recorded."
    assert about == (
        "“Pay an invoice” is no longer the text that you read. What has changed since the text that you read:"
    )
    assert again.startswith("Read the page as it is now; then [sign it as the one who decides](")
    assert field.startswith("- When it is needed: Ask ")
    assert field.endswith(" (new)")
    assert link.startswith("- “it” leads to ")
    assert " instead of " in link
    assert "lenabk" in field
    assert "mallory" in link
    assert is_harmless(comment)


def test_a_text_that_came_after_the_issue_is_shown_too(tmp_path: Path) -> None:
    repo = Repo(make_handbook(tmp_path / "book", PAGES, {"today": "2026-11-20"}))
    repo.commit("2026-11-01")
    repo.commit("2026-11-17", {"pay.md": PAGES[PATH].replace("Do it.", "Do it now.")})
    assert "Do [-it.-] {+it now.+}" in refused(repo.root, "decides")
    assert "Omar Haddad does not decide" in refused(repo.root, "other-role")


def test_a_long_difference_is_cut(repo: Repo) -> None:
    repo.commit("2026-11-10", {"pay.md": PAGES[PATH] + "".join(f"word{n} and `````\n\n" for n in range(1400))})
    comment = refused(repo.root, "decides")
    assert len(comment) < 22_000
    assert comment.count("\n``````") == 2
    assert "…\n``````\n" in comment


def test_a_change_of_lines_only_takes_a_new_signature_too(repo: Repo) -> None:
    repo.commit("2026-11-10", {"pay.md": PAGES[PATH].replace("Do it.", "Do\nit.")})
    assert "No word has changed since the text that you read" in refused(repo.root, "decides")


# Hostile


def is_harmless(markdown: str) -> bool:
    """Say whether Markdown notifies nobody, links nowhere but to the form, and holds no HTML and no control character."""
    link = "](https://github.com/marlstone/handbook/issues/new?template=sign-off.yml&"
    text = re.sub(r"&#?\w+;|\\.", "\u200b", markdown.replace(link, "]("))
    return not any(
        bad in text
        for bad in ("<", "@m", "@l", "#1", "GH-2", "://", "www.e", "![", "](h", "\x00", "\x1b", "\u2028", "\u202e")
    ) and all(char.isprintable() or char in "\n\u200b" for char in text)


def test_a_hostile_note_is_text_and_nothing_else(folder: Path) -> None:
    data, entry = recorded(folder, "hostile-note")
    assert set(entry) == {"role", "by", "date", "digest", "note", "evidence"}
    assert len(entry["note"].splitlines()) == 1
    assert entry["note"].startswith("$(touch owned); `id` && ${{ github.token }}")
    assert "\u202e" not in entry["note"]
    source = read_source((folder / PATH).read_bytes())
    before = read_source(PAGES[PATH].encode())
    assert (source.body, source.problems) == (before.body, [])
    assert list(source.data) == [*before.data, "sign_offs"]
    assert len(source.data["sign_offs"]) == 1
    for text in (data["comment"], data["title"], data["commit"]):
        assert is_harmless(text)
        assert "touch" not in text
    assert data["branch"] == "sign-off/issue-32"


@pytest.mark.parametrize("field", ["page", "role", "digest"])
def test_a_hostile_field_is_refused_harmlessly(folder: Path, field: str) -> None:
    assert is_harmless(refused(folder, f"hostile-{field}"))


def test_a_hostile_period_is_repeated_harmlessly(folder: Path, tmp_path: Path) -> None:
    def hostile(data: dict[str, Any]) -> None:
        note = json.loads((EVENTS / "hostile-note.json").read_text("utf-8"))["issue"]["body"].rpartition("### ")[2]
        period = " ".join(note.split()[4:])
        data["issue"]["body"] = data["issue"]["body"].replace("sop:pay-an-invoice", f"vpmom:finance@{period}", 1)

    comment = refused(folder, with_values("decides", tmp_path / "event.json", hostile))
    assert "has no plan for" in comment
    assert is_harmless(comment)


@pytest.mark.parametrize(
    "title", ["fixes #1 closes GH-2 @lenabk", "<b>x</b> ![a](https://example.org/) `", "[skip ci] x\\"]
)
def test_a_hostile_title_says_nothing_to_the_forge(tmp_path: Path, title: str) -> None:
    page = PAGES[PATH].replace("title: Pay an invoice", f"title: {json.dumps(title)}")
    folder = make_handbook(tmp_path / "book", PAGES | {PATH: page})
    book = handbook({"people.md": PAGES["content/people.md"], "pay.md": page})
    old = json.loads((EVENTS / "decides.json").read_text("utf-8"))["issue"]["body"].split("\n\n")[5]

    def bound(data: dict[str, Any]) -> None:
        data["issue"]["body"] = data["issue"]["body"].replace(old, text_of(book.by_src_uri["pay.md"], book.registry))

    data, _ = recorded(folder, with_values("decides", tmp_path / "event.json", bound))
    assert is_harmless(data["comment"])
    for text in (data["title"], data["commit"]):
        assert is_harmless(text)
        assert not set("<>[]`#@\\\n") & set(text)


# Files that are no events


def broken(folder: Path, event: Path) -> str:
    before = contents(folder)
    outcome = handrail(folder, "sign", "--from-event", str(event), "--answer", str(folder.parent / "answer.json"))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert outcome.err.endswith(".\n")
    assert contents(folder) == before
    assert not (folder.parent / "answer.json").exists()
    return outcome.err


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b'{"action": "opened", "issue": {', "event.json can't be read as JSON, so it is no event of a forge."),
        (b"[" * 100_000, "can't be read as JSON"),
        (b"\xff\xfe\x00", "can't be read as JSON"),
        (b"", "can't be read as JSON"),
        (b"[]", "is no event of an issue as GitHub writes it: `action` is missing or wrong."),
        (b'{"action": "opened", "issue": {"labels": [{"name": "sign-off"}]}}', "`issue.number` is missing or wrong."),
        (b'"' + b"x" * MOST_BYTES + b'"', "event.json is larger than 1,048,576 bytes"),
    ],
    ids=["cut short", "deep", "not text", "empty", "a list", "no number", "huge"],
)
def test_files_that_are_no_event(folder: Path, tmp_path: Path, raw: bytes, part: str) -> None:
    (tmp_path / "event.json").write_bytes(raw)
    assert part in broken(folder, tmp_path / "event.json")


def test_a_file_that_is_not_there(folder: Path, tmp_path: Path) -> None:
    assert "event.json can't be used: No such file" in broken(folder, tmp_path / "event.json")


WRONG: list[tuple[str, Any]] = [
    ("issue.number", 0),
    ("issue.number", True),
    ("issue.number", "12; id"),
    ("issue.html_url", "https://github.com/marlstone/handbook/issues/13"),
    ("issue.html_url", "javascript:alert(1)"),
    ("issue.user", None),
    ("issue.user.login", "lena bk"),
    ("issue.user.login", "lenabk\n"),
    ("issue.user.type", None),
    ("issue.created_at", "yesterday"),
    ("issue.created_at", "2026-11-14T23:30:00"),
    ("repository.html_url", "https://github.com/a/b/c](x)"),
    ("repository.default_branch", None),
    ("sender", {}),
]


@pytest.mark.parametrize(("path", "value"), WRONG, ids=[f"{path} {value!r}" for path, value in WRONG])
def test_an_event_with_a_wrong_value_names_it(tmp_path: Path, path: str, value: Any) -> None:
    def wrong(data: dict[str, Any]) -> None:
        *above, last = path.split(".")
        for step in above:
            data = data[step]
        data[last] = value

    with pytest.raises(UsageError) as error:
        read_event(with_values("decides", tmp_path / "event.json", wrong))
    assert f"`{path}" in str(error.value) or "issue.html_url" in str(error.value)


def test_no_body_at_all(folder: Path, tmp_path: Path) -> None:
    def empty(data: dict[str, Any]) -> None:
        data["issue"]["body"] = None

    assert "use the button again" in refused(folder, with_values("decides", tmp_path / "event.json", empty))


@pytest.mark.parametrize("gone", ["sop:pay-an-invoice", "t2:", "D: decides", "Tried it"])
def test_a_field_that_nobody_filled_in(gone: str) -> None:
    body: str = json.loads((EVENTS / "decides.json").read_text("utf-8"))["issue"]["body"]
    assert read_form(body) is not None
    assert read_form("\n".join("_No response_" if line.startswith(gone) else line for line in body.split("\n"))) is None
    assert read_form(body.partition(gone)[0]) is None


def test_a_form_of_blanks_takes_no_time() -> None:
    assert read_form("### Page\n" + " " * 60_000 + "x\n" * 20_000) is None
    assert read_form("\n" * 60_000) is None


def test_page_titles_are_not_repeated_by_an_id_alone(folder: Path) -> None:
    """A second page with the id is refused as on the command line."""
    (folder / "content/twin.md").write_text(
        document("sop", "pay-an-invoice", "state: active", "rapid: LBK(D)"), "utf-8"
    )
    assert "names several pages" in refused(folder, "decides")


# Options


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--from-event", "e.json"), "Say with --answer where to write what to answer."),
        (("--answer", "a.json"), "--answer goes with --from-event only."),
        (("pay", "--from-event", "e.json", "--answer", "a"), "so leave out the page; or leave out --from-event."),
        (("--from-event", "e.json", "--answer", "a", "--by", "lbk"), "so leave out --by; or leave out --from-event."),
        (("--from-event", "e.json", "--answer", "a", "--show"), "--show and --from-event don't go together."),
        (("pay", "--all"), "--all goes with --bind only."),
        (("pay", "--bind", "--all"), "Name a page or say --all, not both."),
        (("pay", "--bind", "--note", "x"), "--bind adds a digest to entries that are there, so leave out --note;"),
        (("--bind",), "Say which page: `handrail sign ID`."),
    ],
)
def test_options_that_do_not_go_together(folder: Path, arguments: tuple[str, ...], part: str) -> None:
    outcome = handrail(folder, "sign", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert part in outcome.err
