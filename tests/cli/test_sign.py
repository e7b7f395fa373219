"""`handrail sign` writes the entry that counts, refuses the others with one sentence, and shows how a page stands."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import click
import pytest

from handrail.cli import common
from handrail.cli import sign as command
from handrail.text.source import read_source
from tests.cli.drawing import plan, sop
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

PEOPLE = """
    ---
    kind: people
    id: people
    title: Who is who
    visibility: public
    people:
      - {id: lbk, name: Lena Brandt-Keller, job: Head of finance, handle: lenabk, deputy: pna}
      - {id: oha, name: Omar Haddad, job: Head of operations, deputy: jwe}
      - {id: pna, name: Priya Nair, job: Operations manager}
      - {id: jwe, name: Jonas Weil, job: Accountant, until: 2026-08-31, deputy: oha}
      - {id: wli, name: Wen Li, job: Accountant, until: 2026-08-31}
    groups:
      - {id: lt, name: Leadership team, members: [lbk, pna], contact: "#lt"}
      - {id: all-of-us, name: All of us, members: [lbk, oha, pna], quorum: all}
    ---
    """
ACTIVE = "state: active\ncontact: '#ask'\nrapid: LBK(D), OHA(A)\n"
PATH = "content/pay.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return book(tmp_path, sop("pay", "Pay an invoice", ACTIVE))


def book(folder: Path, page: str, **more: str) -> Path:
    files = {f"content/{name}.md": text for name, text in more.items()}
    return make_handbook(folder, {"content/people.md": PEOPLE, PATH: page, **files})


def entries(folder: Path, path: str = PATH) -> list[dict[str, str]]:
    found: list[dict[str, str]] = read_source((folder / path).read_bytes()).data.get("sign_offs", [])
    return found


def signed(folder: Path, *arguments: str) -> list[str]:
    outcome = handrail(folder, "sign", *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert len(lines) == 2
    return lines


def refused(folder: Path, *arguments: str) -> str:
    before = {path: path.read_bytes() for path in (folder / "content").rglob("*") if path.is_file()}
    outcome = handrail(folder, "sign", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert outcome.err.endswith((".\n", "?\n"))
    assert {path: path.read_bytes() for path in (folder / "content").rglob("*") if path.is_file()} == before
    return outcome.err.strip()


def shown(folder: Path, *arguments: str) -> list[str]:
    outcome = handrail(folder, "sign", "--show", *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.splitlines()


# Signing


def test_the_entry_and_what_is_said(folder: Path) -> None:
    before = (folder / PATH).read_bytes()
    assert signed(folder, "pay", "--as", "D", "--by", "LBK") == [
        "Recorded in content/pay.md: Lena Brandt-Keller decides on “Pay an invoice”, 15 November 2026.",
        "Still missing: Omar Haddad, head of operations (agrees).",
    ]
    (entry,) = entries(folder)
    assert entry | {"digest": ""} == {"role": "D", "by": "lbk", "date": "2026-11-15", "digest": ""}
    line = f'sign_offs:\n  - {{role: D, by: lbk, date: 2026-11-15, digest: "{entry["digest"]}"}}\n'
    assert (folder / PATH).read_bytes() == before.replace(b"---\nDo it", f"{line}---\nDo it".encode())
    assert signed(folder, "sop:pay", "--as", "a", "--by", "Omar Haddad", "--date", "2026-11-16") == [
        "Recorded in content/pay.md: Omar Haddad agrees to “Pay an invoice”, 16 November 2026.",
        "Everyone has signed; that holds until 15 November 2027, unless the text changes.",
    ]
    report = json.loads(handrail(folder, "check", "--format", "json", "--select", "HB4").out)
    assert report["findings"] == []


def test_note_and_evidence(folder: Path) -> None:
    url = "https://example.org/discussions/1#c"
    note = " Read it: \n “all” of it  "
    signed(folder, "pay", "--as", "A", "--by", "oha", "--note", note, "--evidence", url)
    (entry,) = entries(folder)
    assert list(entry) == ["role", "by", "date", "digest", "note", "evidence"]
    assert (entry["note"], entry["evidence"]) == ("Read it: “all” of it", url)


def test_a_deputy(folder: Path) -> None:
    assert refused(folder, "pay", "--as", "D", "--by", "pna") == (
        "Priya Nair signs as the deputy of Lena Brandt-Keller, and a deputy says why; add --note."
    )
    first, _ = signed(folder, "pay", "--as", "D", "--by", "pna", "--note", "Lena is away")
    assert "Priya Nair, for Lena Brandt-Keller, decides on “Pay an invoice”" in first


def test_the_deputy_of_one_who_has_left_is_named(tmp_path: Path) -> None:
    folder = book(tmp_path, sop("pay", "Pay", "state: active\nrapid: JWE(D), WLI(A)\n"))
    assert refused(folder, "pay", "--as", "D", "--by", "jwe") == (
        "Jonas Weil left on 31 August 2026 and can't sign on 15 November 2026; "
        "Omar Haddad, the deputy of Jonas Weil, may sign with a note."
    )
    assert refused(folder, "pay", "--as", "A", "--by", "pna").endswith(
        "Wen Li agrees but has left, so name someone else in `rapid`."
    )
    # On a day when he was there he could.
    signed(folder, "pay", "--as", "D", "--by", "jwe", "--date", "2026-08-31")


def test_a_group(tmp_path: Path) -> None:
    folder = book(tmp_path, sop("pay", "Pay", "state: active\nrapid: LBK(D), LT(A)\n"))
    assert "name the member who does" in refused(folder, "pay", "--as", "A", "--by", "lt")
    assert refused(folder, "pay", "--as", "A", "--by", "lbk") == (
        "Lena Brandt-Keller decides on “Pay”, and so can't agree as well; "
        "a member of the leadership team agrees, other than the one who decides."
    )
    assert "Omar Haddad does not agree to “Pay”;" in refused(folder, "pay", "--as", "A", "--by", "oha")
    assert (
        signed(folder, "pay", "--as", "D", "--by", "lbk")[1]
        == "Still missing: someone of the leadership team (agrees)."
    )
    assert signed(folder, "pay", "--as", "A", "--by", "pna")[1].startswith("Everyone has signed")


def test_a_group_of_which_all_agree(tmp_path: Path) -> None:
    folder = book(tmp_path, sop("pay", "Pay", "state: active\nrapid: LBK(D), all-of-us(A)\n"))
    signed(folder, "pay", "--as", "D", "--by", "lbk")
    assert "Priya Nair, operations manager (agrees)" in signed(folder, "pay", "--as", "A", "--by", "oha")[1]
    assert signed(folder, "pay", "--as", "A", "--by", "pna")[1].startswith("Everyone has signed")


def test_the_same_text_again_takes_a_note(folder: Path) -> None:
    signed(folder, "pay", "--as", "D", "--by", "lbk")
    assert refused(folder, "pay", "--as", "D", "--by", "lbk") == (
        "Lena Brandt-Keller has signed this text as the one who decides already; "
        "say with --note what was checked this time."
    )
    signed(folder, "pay", "--as", "D", "--by", "lbk", "--note", "Tried it with ten invoices")
    (folder / PATH).write_text((folder / PATH).read_text("utf-8") + "And more.\n", "utf-8")
    signed(folder, "pay", "--as", "D", "--by", "lbk")
    assert len(entries(folder)) == 3


def test_a_plan_holds_for_its_period(tmp_path: Path) -> None:
    rapid = "state: active\nrapid: LBK(D)\n"
    more = {"fy27": plan("finance", "FY27", rapid), "fy28": plan("finance", "FY28", rapid)}
    folder = book(tmp_path, sop("finance-faq", "F", ACTIVE), **more)
    assert signed(folder, "finance", "--as", "D", "--by", "lbk") == [
        "Recorded in content/fy27.md: Lena Brandt-Keller decides on “Plan finance FY27”, 15 November 2026.",
        "Everyone has signed; the period ends on 31 January 2027.",
    ]
    # The plan in force has begun, and the one of the next year is named by its period.
    assert "content/fy28.md" in signed(folder, "vpmom:finance@FY28", "--as", "D", "--by", "lbk")[0]
    assert refused(folder, "finance@FY28", "--as", "D", "--by", "lbk", "--date", "2026-07-31") == (
        "For the plan of FY28 a signature counts from 1 August 2026 on."
    )
    assert (
        "ended on"
        in signed(folder, "finance@FY27", "--as", "D", "--by", "lbk", "--note", "x", "--today", "2027-03-01")[1]
    )


def test_a_mission_holds_until_its_text_changes(tmp_path: Path) -> None:
    mission = "---\nkind: mission\nid: mission\ntitle: Why\nvisibility: public\nstatement: So\n{}---\n"
    folder = book(tmp_path, mission.format("rapid: LBK(D)\n"), why=mission.format("").replace("id: mission", "id: why"))
    assert signed(folder, "mission", "--as", "D", "--by", "lbk")[1] == (
        "Everyone has signed; that holds until the text changes."
    )
    assert refused(folder, "why", "--as", "D", "--by", "lbk") == (
        "“Why” asks for no signature; add `rapid:` with the one who decides if it should."
    )


def test_what_ran_out_long_ago_is_said(folder: Path) -> None:
    signed(folder, "pay", "--as", "D", "--by", "lbk", "--date", "2025-03-01")
    assert signed(folder, "pay", "--as", "A", "--by", "oha")[1] == (
        "Everyone has signed, but Lena Brandt-Keller did so on 1 March 2025 and that ran out on 1 March 2026; "
        "it takes a new signature of the one who decides."
    )


def test_without_a_list_of_people_names_count_as_written(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {PATH: sop("pay", "Pay", "state: active\nrapid: Lena Brandt(D)\n")})
    signed(folder, "pay", "--as", "D", "--by", "lena brandt")
    assert entries(folder)[0]["by"] == "Lena Brandt"
    assert refused(folder, "pay", "--as", "D", "--by", "Omar") == "Omar does not decide on “Pay”; Lena Brandt decides."


def test_line_ends_and_mark_stay(folder: Path) -> None:
    page = b"\xef\xbb\xbf" + (folder / PATH).read_bytes().replace(b"\n", b"\r\n")
    (folder / PATH).write_bytes(page)
    signed(folder, "pay", "--as", "D", "--by", "lbk")
    after = (folder / PATH).read_bytes()
    assert after.startswith(page[:40])
    assert after.count(b"\n") == after.count(b"\r\n") == page.count(b"\n") + 2


LBK = ("--as", "D", "--by", "lbk")
REFUSED = {
    "no page": ((), "Say which page: `handrail sign ID`."),
    "unknown page": (("pya", *LBK), "There is no page `pya` to sign; did you mean `pay`?"),
    "unlike any page": (("zzzzz", *LBK), "`handrail report toc` lists"),
    "no reference": (("a b", *LBK), "There is no page `a b`"),
    "a kind that nobody signs": (("people", *LBK), "`people` is a page of the kind `people`; only "),
    "no role and no name": (("pay",), "add --as D (decides) or --as A (agrees) and --by with an id or a name."),
    "no role": (("pay", "--by", "lbk"), "Say who signs: add --as D (decides) or --as A (agrees)."),
    "no name": (("pay", "--as", "D"), "Say who signs: add --by with an id or a name."),
    "a role that signs nothing": (("pay", "--as", "R", "--by", "lbk"), "--as can't be `R`; it is one of D, A."),
    "nobody": (("pay", "--as", "D", "--by", "lkb"), "nobody called `lkb`; did you mean `lbk`?"),
    "not the one": (
        ("pay", "--as", "D", "--by", "oha"),
        "Omar Haddad does not decide on “Pay an invoice”; Lena Brandt-Keller decides, or Priya Nair as deputy with a note.",
    ),
    "to come": (("pay", *LBK, "--date", "2026-11-17"), "17 November 2026 is still to come"),
    "no day": (("pay", *LBK, "--date", "2026-02-30"), "--date is `2026-02-30`, which is no day of the calendar"),
    "no address": (("pay", *LBK, "--evidence", "Slack"), "--evidence is `Slack`, which is no address; write it in full"),
    "a long note": (("pay", *LBK, "--note", "x" * 2001), "--note has 2001 characters; 2000 are the most; shorten it"),
    "a note of nothing": (("pay", *LBK, "--note", "\u200b"), "--note"),
    "an escape": (("pay", *LBK, "--note", "\x1b[31m"), "--note holds the character U+001B, which can't be written"),
    "half a character": (("pay", *LBK, "--note", "\udcff"), "--note holds the character U+DCFF"),
    "show and sign": (("--show", "pay", "--by", "lbk"), "--show writes nothing, so leave out --by"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "part"), REFUSED.values(), ids=REFUSED)
def test_refused(folder: Path, arguments: tuple[str, ...], part: str) -> None:
    assert part in refused(folder, *arguments)


UNFIT = {
    "a draft": ("state: draft\nrapid: LBK(D)\n", "“Pay” is not signed while its state is `draft`; set `state: active`"),
    "nobody decides": ("state: active\nrapid: OHA(A)\n", "“Pay” does not say who decides; put one name"),
    "two decide": ("state: active\nrapid: LBK(D), OHA(D)\n", "“Pay” says that LBK and OHA decide; put one name"),
    "a group decides": ("state: active\nrapid: LT(D)\n", "`LT` is a group, and one person decides on “Pay”"),
    "a field of no kind": ("state: active\nrapdi: LBK(D)\n", "Line 7 of content/pay.md has to be fixed"),
    "no value": ("state: active\nrapid: LBK(D)\nsign_offs:\n", "Line 8 of content/pay.md has to be fixed"),
    "no YAML": ("state: active\nrapid: [\n", "of content/pay.md has to be fixed before anyone signs"),
}


@pytest.mark.parametrize(("fields", "part"), UNFIT.values(), ids=UNFIT)
def test_pages_that_nobody_can_sign(tmp_path: Path, fields: str, part: str) -> None:
    folder = book(tmp_path, sop("pay", "Pay", fields))
    assert part in refused(folder, "pay", *LBK)


def test_two_versions_of_a_text_are_not_signed(tmp_path: Path) -> None:
    left = "<<<<<<< HEAD\nPay at once.\n=======\nPay later.\n>>>>>>> later\n"
    folder = book(tmp_path, sop("pay", "Pay", ACTIVE) + left)
    assert "has to be fixed before anyone signs: Git left a conflict here" in refused(folder, "pay", *LBK)


def test_a_page_that_cannot_be_found_for_its_fault_is_named(tmp_path: Path) -> None:
    folder = book(tmp_path, "---\nkind: sopp\nid: pay\n---\n")
    assert "Line 2 of content/pay.md has to be fixed before anyone signs" in refused(folder, "pay", *LBK)


def test_an_error_for_which_a_page_is_withheld_is_an_obstacle_though_somebody_ignores_it(tmp_path: Path) -> None:
    ignore = "ignore: [{rule: HB102, reason: It comes from elsewhere}]\nelsewhere: 1\n"
    folder = book(tmp_path, sop("pay", "Pay", ACTIVE + ignore))
    assert "There is no field `elsewhere` here." in refused(folder, "pay", *LBK)


def test_a_list_of_people_in_doubt(tmp_path: Path) -> None:
    folder = book(tmp_path, sop("pay", "Pay", ACTIVE))
    people = folder / "content/people.md"
    people.write_text(people.read_text("utf-8").replace("id: oha,", "id: OHA!,"), "utf-8")
    assert "Something is wrong with the list of people" in refused(folder, "pay", *LBK)


def test_a_name_for_several_pages(tmp_path: Path) -> None:
    twin = sop("pay", "Pay twice", ACTIVE)
    folder = book(tmp_path, sop("pay", "Pay", ACTIVE), twin=twin)
    assert "`pay` names several pages, content/pay.md and content/twin.md;" in refused(folder, "pay", *LBK)
    folder = book(tmp_path, sop("pay", "Pay", ACTIVE), twin=plan("pay", "FY27", "state: active\nrapid: LBK(D)\n"))
    assert "`pay` could be `sop:pay` or `vpmom:pay`; say which." in refused(folder, "pay", *LBK)
    assert "has no plan for FY29; it has FY27." in refused(folder, "pay@FY29", *LBK)


def test_a_page_that_changed_while_the_handbook_was_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "read_bytes", lambda *_: b"---\nid: other\n---\n")
    assert "pay.md has changed since it was read" in refused(folder, "pay", *LBK)


def test_a_terminal_is_asked_for_what_is_missing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def prompt(text: str, **_: object) -> str:
        asked.append(text)
        return "D" if text.startswith("As D") else "lbk"

    monkeypatch.setattr(common, "is_asked", lambda: True)
    monkeypatch.setattr(click, "prompt", prompt)
    signed(folder, "pay")
    assert asked == ["As D (decides) or A (agrees)", "Who signs, by id or full name"]
    signed(folder, "pay", "--as", "D", "--note", "Again")
    assert asked[2:] == ["Who signs, by id or full name"]


def test_nobody_is_asked_about_a_page_that_cannot_be_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "is_asked", lambda: True)
    assert "is not signed while" in refused(book(tmp_path, sop("pay", "Pay", "state: draft\n")), "pay")


# Showing


def test_show_never_signed(folder: Path) -> None:
    lines = shown(folder, "pay")
    lena = "Lena Brandt-Keller, head of finance (decides)"
    assert lines[:-1] == [
        "“Pay an invoice” (sop:pay), in content/pay.md",
        "Nobody has signed it yet.",
        "Lena Brandt-Keller, head of finance, decides: not signed yet.",
        "Omar Haddad, head of operations, agrees: not signed yet.",
        f"To ask: {lena}, at @lenabk or #ask and Omar Haddad, head of operations (agrees), at #ask.",
    ]
    signed(folder, "pay", *LBK)
    assert lines[-1] == f"Digest of the text as it stands: {entries(folder)[0]['digest']}"


def test_show_writes_nothing(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    shown(folder, "pay")
    assert sorted(folder.rglob("*")) == before
    assert entries(folder) == []


def test_show_each_state(folder: Path) -> None:
    signed(folder, "pay", *LBK)
    lines = shown(folder, "pay")
    assert lines[1:4] == [
        "The sign-off is not complete.",
        "Lena Brandt-Keller, head of finance, decides: signed on 15 November 2026, this text.",
        "Omar Haddad, head of operations, agrees: not signed yet.",
    ]
    signed(folder, "pay", "--as", "A", "--by", "oha")
    assert shown(folder, "pay")[1] == "Everyone has signed; that holds until 15 November 2027, unless the text changes."
    stale = shown(folder, "pay", "--today", "2027-11-16")
    assert "that ran out on 15 November 2027" in stale[1]
    assert "To ask: Lena" in stale[4]


def test_show_what_is_not_bound_and_what_counts_for_nothing(tmp_path: Path) -> None:
    unbound = "sign_offs:\n  - {role: D, by: pna, date: 2026-03-02, note: Lena is away}\n  - {role: A, by: pna, date: 2026-03-03}\n"
    lines = shown(book(tmp_path, sop("pay", "Pay", f"state: active\nrapid: LBK(D)\n{unbound}")), "pay")
    proof = "At least one signature is recorded without its text, so it does not prove which text was meant."
    assert lines[1:4] == [
        f"Everyone has signed; that holds until 2 March 2027, unless the text changes. {proof}",
        "Lena Brandt-Keller, head of finance, decides: signed by Priya Nair on 2 March 2026, text not bound (Lena is away).",
        "Counts for nothing: Priya Nair as the one who agrees, on 3 March 2026.",
    ]


def test_show_a_draft(tmp_path: Path) -> None:
    lines = shown(book(tmp_path, sop("pay", "Pay", "state: draft\n")), "pay")
    assert lines[1].startswith("“Pay” is not signed while its state is `draft`")
    assert len(lines) == 3


def changed(folder: Path) -> Path:
    """Sign a page by everyone, and change it after that."""
    signed(folder, "pay", *LBK)
    signed(folder, "pay", "--as", "A", "--by", "oha")
    return folder


def rewrite(folder: Path, old: str, new: str) -> None:
    text = (folder / PATH).read_text("utf-8")
    assert old in text
    (folder / PATH).write_text(text.replace(old, new), "utf-8")


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{role}_{what}": "lena@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    bare = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **who}
    subprocess.run(["git", *arguments], cwd=folder, env=bare, check=True, capture_output=True)


def committed(folder: Path) -> None:
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Write")


def test_show_without_git_says_that_the_old_text_is_not_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    changed(folder)
    rewrite(folder, "Do it.", "Do it twice.")
    lines = shown(folder, "pay")
    assert lines[1] == "The text has changed since it was signed."
    assert lines[2].endswith("decides: signed on 15 November 2026, an earlier text.")
    assert lines[-2] == ""
    assert lines[-1].startswith(
        "The text that was signed can't be shown: the folder of pages lies in no git repository"
    )


def test_show_the_difference_word_by_word(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rewrite(
        folder,
        "Do it.",
        "Pay within 14 days of the date.\n\nThen file it where the others of the month are filed, too.\n",
    )
    changed(folder)
    committed(folder)
    rewrite(folder, "14 days of the date", "30 days of the date")
    rewrite(folder, "title: Pay an invoice", "title: Pay any invoice\ntrigger: One comes")
    committed(folder)
    lines = shown(folder, "pay")
    at = lines.index("What has changed since the text that was signed on 15 November 2026:")
    assert lines[at + 1 :] == [
        "  Title: Pay an invoice → Pay any invoice",
        "  When it is needed: One comes (new)",
        "Pay within [-14-] {+30+} days of the date.",
        "",
        "Then file …",
    ]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31m[-14-]\x1b[0m \x1b[32m{+30+}\x1b[0m" in "\n".join(shown(folder, "pay"))


def test_show_a_text_that_was_laid_out_anew(folder: Path) -> None:
    rewrite(folder, "Do it.", "Do it now.")
    changed(folder)
    committed(folder)
    rewrite(folder, "Do it now.", "Do it\nnow.")
    lines = shown(folder, "pay")
    assert lines[1:3] == [
        "Everyone has signed; that holds until 15 November 2027, unless the text changes.",
        (
            "Lena Brandt-Keller, head of finance, decides: signed on 15 November 2026, "
            "this text, laid out anew since, reads the same."
        ),
    ]
    assert lines[-1].startswith("Digest of the text as it stands: t2:")
    assert entries(folder)[0]["digest"] not in lines[-1]


def test_show_a_text_whose_words_are_only_marked_otherwise(folder: Path) -> None:
    rewrite(folder, "Do it.", "Do it now.")
    changed(folder)
    committed(folder)
    rewrite(folder, "Do it now.", "Do it **now**.")
    assert shown(folder, "pay")[-1] == (
        "No word has changed since the text that was signed on 15 November 2026. "
        "What has changed is how something is laid out or marked."
    )


def test_show_a_text_that_was_never_committed(folder: Path) -> None:
    changed(folder)
    rewrite(folder, "Do it.", "Do it twice.")
    committed(folder)
    assert shown(folder, "pay")[-1] == (
        "The text that was signed can't be shown: no commit holds the text that was signed."
    )


def test_what_a_page_says_obeys_no_terminal(folder: Path) -> None:
    changed(folder)
    committed(folder)
    rewrite(folder, "Do it.", "Do it\x1b[2J \u202e.\n\n::error::x")
    outcome: Outcome = handrail(folder, "sign", "--show", "pay")
    assert "\x1b" not in outcome.out
    assert "\u202e" not in outcome.out
    assert not any(line.startswith("::") for line in outcome.out.splitlines())


def test_a_link_to_a_page_is_no_page(folder: Path) -> None:
    (folder / PATH).rename(folder / "pay.md")
    (folder / PATH).symlink_to(folder / "pay.md")
    assert "There is no page `pay` to sign" in refused(folder, "pay", *LBK)
