"""`handrail sign --withdraw`: what somebody signed is taken back, or refused from the first; several pages at once."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.drawing import sop
from tests.cli.test_sign import ACTIVE, LBK, book, entries, refused, rewrite, shown, signed
from tests.support.commands import handrail

OHA = ("--as", "A", "--by", "oha")
WHY = ("--reason", "Two days are too short")
NEXT = ("--today", "2026-11-20")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return book(tmp_path, sop("pay", "Pay an invoice", ACTIVE))


def withdrawn(folder: Path, *arguments: str) -> list[str]:
    return signed(folder, "--withdraw", *arguments)


def queue(folder: Path) -> dict[str, list[str]]:
    data = json.loads(handrail(folder, "report", "queue", "--format", "json").out)
    return {turn["who"]["name"]: [page["says"] for page in turn["pages"]] for turn in data["queue"]}


def problems(folder: Path) -> list[str]:
    report = json.loads(handrail(folder, "check", "--format", "json", "--select", "HB1,HB4").out)
    return [finding["message"] for finding in report["findings"] if finding["severity"] != "info"]


def test_a_signature_is_taken_back(folder: Path) -> None:
    signed(folder, "pay", *LBK, "--note", "Read it")
    signed(folder, "pay", *OHA)
    (first, second) = entries(folder)
    assert withdrawn(folder, "pay", *OHA, *WHY, *NEXT) == [
        "Recorded in content/pay.md: Omar Haddad does not agree to “Pay an invoice”, 20 November 2026.",
        "Still missing: Omar Haddad, head of operations (agrees).",
    ]
    taken = {"date": "2026-11-20", "reason": "Two days are too short"}
    assert entries(folder) == [first, {**second, "withdrawn": taken}]
    lines = shown(folder, "pay", *NEXT)
    assert lines[1] == "The sign-off is not complete."
    assert lines[3] == (
        "Omar Haddad, head of operations, agrees: Omar Haddad withdrew the signature of 15 November 2026 on "
        "20 November 2026 (Two days are too short)."
    )
    assert problems(folder) == []


def test_whoever_never_signed_does_not_agree_from_the_first(folder: Path) -> None:
    assert withdrawn(folder, "pay", *OHA, *WHY) == [
        "Recorded in content/pay.md: Omar Haddad does not agree to “Pay an invoice”, 15 November 2026.",
        "Still missing: Lena Brandt-Keller, head of finance (decides) and Omar Haddad, head of operations (agrees).",
    ]
    (entry,) = entries(folder)
    assert shown(folder, "pay")[-1].endswith(entry["digest"])
    assert entry | {"digest": ""} == {
        "role": "A",
        "by": "oha",
        "date": "2026-11-15",
        "digest": "",
        "withdrawn": {"date": "2026-11-15", "reason": "Two days are too short"},
    }
    assert shown(folder, "pay")[1:4] == [
        "Nobody's signature holds.",
        "Lena Brandt-Keller, head of finance, decides: not signed yet.",
        (
            "Omar Haddad, head of operations, agrees: Omar Haddad does not agree, said on 15 November 2026 "
            "(Two days are too short)."
        ),
    ]
    assert problems(folder) == ["The sign-off of “Pay an invoice” is not complete."]


def test_whoever_decides_is_asked_with_the_reason_and_nobody_else(folder: Path) -> None:
    withdrawn(folder, "pay", *OHA, *WHY)
    assert queue(folder) == {
        "Lena Brandt-Keller": [
            (
                "To decide. Omar Haddad does not agree, said on 15 November 2026 (“Two days are too short”). "
                "Change the page, or settle it with them."
            )
        ]
    }
    # Of another text everyone is asked again.
    rewrite(folder, "Do it.", "Do it within five days.")
    assert list(queue(folder)) == ["Lena Brandt-Keller", "Omar Haddad"]


def test_whoever_signs_again_agrees_again(folder: Path) -> None:
    withdrawn(folder, "pay", *OHA, *WHY)
    signed(folder, "pay", *OHA, *NEXT)
    assert signed(folder, "pay", *LBK, *NEXT)[1].startswith("Everyone has signed; that holds until 20 November 2027")
    # And may change their mind once more.
    withdrawn(folder, "pay", *OHA, "--reason", "No", *NEXT)
    assert [("withdrawn" in entry) for entry in entries(folder)] == [True, True, False]


def test_who_does_not_agree_is_told_whose_signature_stands_all_the_same(folder: Path) -> None:
    signed(folder, "pay", *LBK)
    signed(folder, "pay", *OHA)
    said = withdrawn(folder, "pay", "--as", "D", "--by", "pna", *WHY, *NEXT)
    assert said[1] == (
        "The signature of Lena Brandt-Keller of 15 November 2026 stands all the same. Everyone has signed; "
        "that holds until 15 November 2027, unless the text changes."
    )


def test_a_deputy_takes_back_their_own_signature(folder: Path) -> None:
    signed(folder, "pay", "--as", "D", "--by", "pna", "--note", "Lena is away")
    withdrawn(folder, "pay", "--as", "D", "--by", "Priya Nair", *WHY)
    (entry,) = entries(folder)
    assert (entry["by"], "withdrawn" in entry) == ("pna", True)


REFUSED = {
    "no reason": (("pay", *OHA), "Say with --reason why; whoever decides has to settle it."),
    "a reason of blanks": (("pay", *OHA, "--reason", " \n "), "Say with --reason why"),
    "a reason of nothing": (("pay", *OHA, "--reason", "\u200b"), "--reason"),
    "an escape": (("pay", *OHA, "--reason", "\x1b[31m"), "--reason holds the character U+001B, which can't be written"),
    "a stranger": (
        ("pay", "--as", "A", "--by", "pna", *WHY),
        "Priya Nair does not agree to “Pay an invoice”; Omar Haddad agrees.",
    ),
    "nobody": (("pay", "--as", "A", "--by", "ohaa", *WHY), "nobody called `ohaa`; did you mean `oha`?"),
    "a group": (("pay", "--as", "A", "--by", "lt", *WHY), "`lt` is a group, and one person signs"),
    "to come": (("pay", *OHA, *WHY, "--date", "2026-11-17"), "17 November 2026 is still to come"),
    "a note": (
        ("pay", *OHA, *WHY, "--note", "x"),
        "--withdraw takes a signature back, so leave out --note; or leave out --withdraw.",
    ),
    "no page": ((*OHA, *WHY), "Say which page: `handrail sign ID`."),
    "no role": (("pay", "--by", "oha", *WHY), "Say who signs: add --as D (decides) or --as A (agrees)."),
}


@pytest.mark.parametrize(("arguments", "part"), REFUSED.values(), ids=REFUSED)
def test_refused(folder: Path, arguments: tuple[str, ...], part: str) -> None:
    assert part in refused(folder, "--withdraw", *arguments)


def test_a_reason_goes_with_taking_back_only(folder: Path) -> None:
    assert refused(folder, "pay", *OHA, *WHY) == "--reason goes with --withdraw only."


def test_what_is_said_already(folder: Path) -> None:
    withdrawn(folder, "pay", *OHA, *WHY)
    assert refused(folder, "--withdraw", "pay", *OHA, *WHY) == "Omar Haddad has said so of this text already."
    # Of another text it can be said anew.
    rewrite(folder, "Do it.", "Do it within five days.")
    withdrawn(folder, "pay", *OHA, *WHY)
    assert len(entries(folder)) == 2


def test_not_before_it_was_given(folder: Path) -> None:
    signed(folder, "pay", *OHA)
    assert refused(folder, "--withdraw", "pay", *OHA, *WHY, "--date", "2026-11-14") == (
        "The signature is of 15 November 2026; it can't be taken back before that day."
    )


def test_a_reason_that_nobody_can_read_is_refused_of_a_signature_too(folder: Path) -> None:
    signed(folder, "pay", *OHA)
    assert "--reason" in refused(folder, "--withdraw", "pay", *OHA, "--reason", "\u200b")


def test_a_draft(tmp_path: Path) -> None:
    folder = book(tmp_path, sop("pay", "Pay", "state: draft\nrapid: LBK(D)\n"))
    assert "is not signed while its state is `draft`" in refused(folder, "--withdraw", "pay", *LBK, *WHY)


def test_whoever_decides_refuses_for_no_group(tmp_path: Path) -> None:
    folder = book(tmp_path, sop("pay", "Pay", "state: active\nrapid: LBK(D), LT(A)\n"))
    assert refused(folder, "--withdraw", "pay", "--as", "A", "--by", "lbk", *WHY) == (
        "Lena Brandt-Keller decides on “Pay”, and so can't agree as well; "
        "a member of the leadership team agrees, other than the one who decides."
    )


# Several pages


def several(folder: Path) -> Path:
    pages = {"claim": sop("claim", "Claim", ACTIVE), "hire": sop("hire", "Hire", "state: draft\nrapid: LBK(D)\n")}
    return book(folder, sop("pay", "Pay an invoice", ACTIVE), **pages)


def test_several_pages_are_signed_at_once(tmp_path: Path) -> None:
    folder = several(tmp_path)
    outcome = handrail(folder, "sign", "pay", "sop:claim", "pay", *LBK)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "Recorded in content/pay.md: Lena Brandt-Keller decides on “Pay an invoice”, 15 November 2026.",
        "Still missing: Omar Haddad, head of operations (agrees).",
        "Recorded in content/claim.md: Lena Brandt-Keller decides on “Claim”, 15 November 2026.",
        "Still missing: Omar Haddad, head of operations (agrees).",
    ]
    (one,), (other,) = entries(folder), entries(folder, "content/claim.md")
    assert one["digest"] != other["digest"]
    assert one | {"digest": ""} == other | {"digest": ""}


@pytest.mark.parametrize("order", [("pay", "hire"), ("hire", "pay"), ("pay", "claim", "hire")])
def test_of_several_pages_all_are_signed_or_none(tmp_path: Path, order: tuple[str, ...]) -> None:
    assert refused(several(tmp_path), *order, *LBK) == (
        "Nothing is recorded. “Hire” is not signed while its state is `draft`; set `state: active` once the procedure is in use."
    )


@pytest.mark.parametrize("unknown", ["nowhere", "people"])
def test_a_page_among_several_that_is_none_lets_none_be_signed(tmp_path: Path, unknown: str) -> None:
    assert f"`{unknown}`" in refused(several(tmp_path), "pay", unknown, *LBK)


def test_a_signature_that_one_of_several_has_already_lets_none_be_given(tmp_path: Path) -> None:
    folder = several(tmp_path)
    signed(folder, "claim", *LBK)
    assert refused(folder, "pay", "claim", *LBK) == (
        "Nothing is recorded. Lena Brandt-Keller has signed this text as the one who decides already; "
        "say with --note what was checked this time."
    )


def test_several_are_taken_back_at_once_or_none(tmp_path: Path) -> None:
    folder = several(tmp_path)
    assert refused(folder, "--withdraw", "pay", "hire", *OHA, *WHY).startswith(
        "Nothing is recorded. “Hire” is not signed"
    )
    outcome = handrail(folder, "sign", "--withdraw", "pay", "claim", *OHA, *WHY)
    assert outcome.out.count("Omar Haddad does not agree to") == 2


# Shown for programs


def test_the_bytes_are_those_that_the_digest_hashes(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "handrail", "sign", "--show", "--bytes", "pay"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    (line,) = [line for line in shown(folder, "pay") if line.startswith("Digest of the text as it stands: ")]
    assert line.rpartition(" ")[2] == f"t2:{hashlib.sha256(run.stdout).hexdigest()}"
    data = json.loads(run.stdout)
    assert data["body"] == "Do it."
    assert (data["fields"]["title"], data["fields"]["rapid.D"]) == ("Pay an invoice", ["lbk"])
    assert not run.stdout.endswith(b"\n")


def test_bytes_are_those_of_one_page(tmp_path: Path) -> None:
    assert refused(several(tmp_path), "--show", "--bytes", "pay", "claim") == (
        "--bytes writes what is hashed of one page; name one."
    )


def test_data_for_programs(folder: Path) -> None:
    signed(folder, "pay", *LBK)
    withdrawn(folder, "pay", *OHA, *WHY)
    rewrite(folder, "Do it.", "Do it twice.")
    (data,) = json.loads("\n".join(shown(folder, "--format", "json", "pay")))
    changed = {"text_state": "changed", "why": "not in git"}
    assert data == {
        "page": "sop:pay",
        "path": "content/pay.md",
        "digest": data["digest"],
        "status": "incomplete",
        **changed,
        "until": None,
        "stale": False,
        "required": [
            {"role": "D", "who": "Lena Brandt-Keller", "counts": False, "by": "Lena Brandt-Keller",
             "date": "2026-11-15", **changed, "withdrawn": False},
            {"role": "A", "who": "Omar Haddad", "counts": False, "by": None,
             "date": None, "text_state": None, "why": None, "withdrawn": True},
        ],
    }  # fmt: skip
    assert f"Digest of the text as it stands: {data['digest']}" in shown(folder, "pay")


def test_several_pages_are_shown_one_after_the_other(tmp_path: Path) -> None:
    folder = several(tmp_path)
    lines = shown(folder, "pay", "claim")
    at = lines.index("")
    assert (lines[0], lines[at + 1]) == (
        "“Pay an invoice” (sop:pay), in content/pay.md",
        "“Claim” (sop:claim), in content/claim.md",
    )
    found = json.loads("\n".join(shown(folder, "--format", "json", "pay", "claim")))
    assert [one["page"] for one in found] == ["sop:pay", "sop:claim"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("pay", "--bytes"), "--bytes goes with --show only."),
        (("pay", "--format", "json"), "--format goes with --show only."),
        (("pay", "--show", "--withdraw"), "--show and --withdraw don't go together."),
    ],
)
def test_what_goes_with_showing_only(folder: Path, arguments: tuple[str, ...], sentence: str) -> None:
    assert refused(folder, *arguments) == sentence
