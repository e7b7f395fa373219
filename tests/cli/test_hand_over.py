"""`handrail hand-over` says first what it would do, asks, and writes all pages that can change or none."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from handrail.cli import common
from handrail.cli import hand_over as command
from handrail.edit.files import replace
from handrail.errors import UsageError
from tests.cli.drawing import sop
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

PEOPLE = """
    ---
    kind: people
    id: people
    title: Who is who
    visibility: public
    people:
      - {id: lbk, name: Lena Brandt-Keller}
      - {id: oha, name: Omar Haddad}
      - {id: pna, name: Priya Nair}
    ---
    """
SIGNED = "sign_offs: [{role: D, by: lbk, date: 2026-11-01}, {role: A, by: pna, date: 2026-11-01}]\n"
ACTIVE = "state: active\ncontact: '#ask'\nrapid: RAPID # kept\n"


def page(id_: str, rapid: str, more: str = "") -> str:
    return sop(id_, id_.capitalize(), ACTIVE.replace("RAPID", rapid) + more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "content/people.md": PEOPLE,
        "content/pay.md": page("pay", "LBK(D), PNA(A)", SIGNED),
        "content/hire.md": page("hire", "PNA(D), LBK(P)"),
    }
    return make_handbook(tmp_path, files)


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "content").iterdir()}


PREVIEW = """\
One sign-off ends by it. Asked for it again: Omar Haddad 1.
Omar Haddad takes over from Lena Brandt-Keller:
- content/hire.md: performs
- content/pay.md: decides on; its sign-off ends
"""


def test_it_says_first_what_it_would_do(folder: Path) -> None:
    before = texts(folder)
    outcome = handrail(folder, "hand-over", "lbk", "--to", "oha")
    assert (outcome.code, outcome.out) == (2, PREVIEW)
    assert outcome.err == "Nothing is written: add --yes to hand over.\n"
    assert texts(folder) == before


def test_all_of_it_is_written_and_nothing_more(folder: Path) -> None:
    before = texts(folder)
    outcome = handrail(folder, "hand-over", "lbk", "--to", "oha", "--left", "2026-12-31", "--yes")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        f"{PREVIEW}- content/people.md: Lena Brandt-Keller leaves on 31 December 2026\n"
        "Handed over in 3 pages. Have the change reviewed as one.\n"
    )
    assert texts(folder) == {
        "pay.md": before["pay.md"].replace(b"LBK(D)", b"OHA(D)"),
        "hire.md": before["hire.md"].replace(b"LBK(P)", b"OHA(P)"),
        "people.md": before["people.md"].replace(b"Keller}", b"Keller, until: 2026-12-31}"),
    }
    again = handrail(folder, "hand-over", "lbk", "--to", "oha", "--left", "2026-12-31", "--yes")
    assert (again.code, again.out) == (
        0,
        "Lena Brandt-Keller carries nothing by their own name that could be handed over.\n",
    )
    queue = handrail(folder, "report", "queue").out
    assert "Omar Haddad" in queue
    assert "Lena" not in queue


@pytest.mark.parametrize("says_yes", [True, False])
def test_in_a_terminal_it_asks(folder: Path, monkeypatch: pytest.MonkeyPatch, *, says_yes: bool) -> None:
    before = texts(folder)
    monkeypatch.setattr(common, "is_asked", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda *_, **__: says_yes)
    if says_yes:
        assert handrail(folder, "hand-over", "lbk", "--to", "oha").code == 0
    else:
        with pytest.raises(click.Abort):
            command.command.main(["lbk", "--to", "oha", "--config", str(folder / "mkdocs.yml")], standalone_mode=False)
    assert (texts(folder) != before) is says_yes


def test_a_page_that_is_refused_stays_and_the_others_are_handed_over(folder: Path) -> None:
    (folder / "content/both.md").write_text(page("both", "LBK(D), OHA(A)"), "utf-8", newline="\n")
    (folder / "content/broken.md").write_text(
        "---\nkind: sop\nid: x\nrapid: LBK(D)\n bad: [\n---\n", "utf-8", newline="\n"
    )
    before = texts(folder)
    outcome = handrail(folder, "hand-over", "lbk", "--to", "oha", "--yes")
    assert outcome.code == 1
    line = 1 + before["both.md"].decode().split("\n").index("rapid: LBK(D), OHA(A) # kept")
    lines = outcome.out.split("\n")
    left = lines[lines.index("Left as they are:") + 1 :]
    assert left[0] == (
        f"- content/both.md, line {line}: Omar Haddad would decide and agree. Name somebody else for one of the two."
    )
    assert left[1].startswith("- content/broken.md, line 5: ")
    changed = {name for name, text in texts(folder).items() if text != before[name]}
    assert changed == {"pay.md", "hire.md"}


def test_where_one_page_cannot_be_written_none_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = texts(folder)

    def fails(place: Path, src_uri: str, old: bytes, new: bytes) -> None:
        if src_uri == "pay.md" and b"OHA(D)" in new:
            raise UsageError("pay.md has changed.")
        replace(place, src_uri, old, new)

    monkeypatch.setattr("handrail.edit.all_or_none.replace", fails)
    assert handrail(folder, "hand-over", "lbk", "--to", "oha", "--yes").code == 2
    assert texts(folder) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lbk",), "--to"),
        (("lbk", "--to", "oha", "--left", "31.12.2026"), "--left is `31.12.2026`, which is no day of the calendar"),
        (("lbk", "--to", "lbk"), "can't hand over to themselves"),
    ],
)
def test_wrong_usage(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    outcome = handrail(folder, "hand-over", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") <= 2


def test_without_a_list_of_people_nobody_can_hand_over(tmp_path: Path) -> None:
    make_handbook(tmp_path, {"content/pay.md": page("pay", "LBK(D)")})
    outcome = handrail(tmp_path, "hand-over", "lbk", "--to", "oha")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("The handbook has no list of people")
