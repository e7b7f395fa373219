"""`handrail adopt --step` asks, shows what it would write, and writes it where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from handrail.cli import adopt_step, common
from handrail.edit.adopt.steps.decided import declined, was_declined
from handrail.edit.adopt.steps.step import Choice, Fields, Option, Plan, Question, Step
from handrail.edit.new import Beginning
from handrail.model.handbook import Handbook
from tests.edit.adopt.drawing import draw
from tests.support.commands import handrail

SETTINGS = "site_name: A\nplugins:\n  - handrail:\n      visibility: {'.': public}\n"
PAGES = {"mkdocs.yml": SETTINGS, "docs/index.md": "# Home\n", "docs/team/a.md": "# A\r\nx", "docs/b.md": "# B\n"}


def _asked(handbook: Handbook, folder: str) -> Iterator[Question]:
    for page in handbook.pages:
        if page.src_uri.startswith(folder) and not page.is_index and "nice" not in page.source.data:
            yes, no = (Fields(page.src_uri, {"nice": answer}) for answer in (True, False))
            yield Question(f"{page.path}: is it nice?", page.file_name == "a", (yes,), (no,))


def _plan(handbook: Handbook, folder: str) -> Plan:
    has_new = "new.md" in handbook.by_src_uri
    edits = () if folder or has_new else (Beginning("new.md", "---\nnice: true\n---\n# New\n"),)
    return Plan(edits, tuple(_asked(handbook, folder)), ("Nice pages are nice.",))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(adopt_step, "STEPS", (Step("nice", "Pages say whether they are nice.", _plan, "Be nice."),))
    return draw(tmp_path, PAGES)


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, keys: str, *, writes: bool = True) -> None:
    pressed = iter(keys)
    monkeypatch.setattr(common, "is_asked", lambda: True)
    monkeypatch.setattr(click, "getchar", lambda: next(pressed))
    monkeypatch.setattr(click, "confirm", lambda *_, **__: writes)


def pages(root: Path) -> dict[str, str]:
    files = (path for path in (root / "docs").rglob("*.md"))
    return {path.name: path.read_bytes().decode() for path in files}


BEFORE = {"index.md": "# Home\n", "a.md": "# A\r\nx", "b.md": "# B\n"}
NICE_A = "---\r\nnice: true\r\n---\r\n# A\r\nx"


def test_the_steps_are_listed_with_what_is_left(root: Path) -> None:
    outcome = handrail(root, "adopt", "--step")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0].split("  ")[0] == "nice"
    assert "1 edit and 2 questions" in outcome.out
    assert "  1 question " in handrail(root, "adopt", "--step", "--in", "team").out


def test_without_a_terminal_it_shows_what_is_proposed_and_writes_nothing(root: Path) -> None:
    outcome = handrail(root, "adopt", "--step", "nice")
    assert (outcome.code, outcome.err) == (2, "Nothing is written: add --yes to write this.\n")
    assert outcome.out == (
        "Nice pages are nice.\n"
        "--- /dev/null\n+++ b/docs/new.md\n@@ -0,0 +1,4 @@\n+---\n+nice: true\n+---\n+# New\n"
        "\nPages say whether they are nice. 1 page new; no text of a page changes.\n"
        "2 questions are left; at a terminal, without --yes, they are asked:\n"
        "    docs/b.md: is it nice?\n    docs/team/a.md: is it nice?\n"
    )
    assert pages(root) == BEFORE


def test_yes_answers_no_question_and_a_second_time_there_is_nothing_else(root: Path) -> None:
    outcome = handrail(root, "adopt", "--step", "nice", "--yes")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith(
        "Written. Commit it by itself, so that one git revert undoes it:\n"
        '    git add \\\n        docs/new.md\n    git commit -m "Adopt: nice" -- docs/new.md\nBe nice.\n'
    )
    after = pages(root)
    assert after == {**BEFORE, "new.md": "---\nnice: true\n---\n# New\n"}
    assert handrail(root, "adopt", "--step", "nice", "--yes").out.endswith(
        "nice: there is nothing to write.\n2 questions are left; at a terminal, without --yes, they are asked:\n"
        "    docs/b.md: is it nice?\n    docs/team/a.md: is it nice?\n"
    )
    assert pages(root) == after


@pytest.mark.parametrize(
    ("keys", "a", "b"),
    [
        ("ny", NICE_A, "---\nnice: false\n---\n# B\n"),
        ("x\rn", NICE_A.replace("true", "false"), "---\nnice: false\n---\n# B\n"),
        ("yq", "# A\r\nx", "---\nnice: true\n---\n# B\n"),
        ("a", NICE_A, "# B\n"),
        ("q", "# A\r\nx", "# B\n"),
    ],
    ids=["each", "a wrong key, then as proposed", "no more", "the rest as proposed", "none"],
)
def test_a_person_answers_with_one_key(root: Path, monkeypatch: pytest.MonkeyPatch, keys: str, a: str, b: str) -> None:
    at_a_terminal(monkeypatch, keys)
    outcome = handrail(root, "adopt", "--step", "nice")
    assert outcome.code == 0
    assert "1 of 2  docs/b.md: is it nice? [y/N; a: this and the rest as proposed, q: no more] " in outcome.err
    assert (pages(root)["a.md"], pages(root)["b.md"]) == (a, b)


def test_answers_are_remembered_in_the_pages(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_a_terminal(monkeypatch, "nn")
    handrail(root, "adopt", "--step", "nice")
    after = pages(root)
    outcome = handrail(root, "adopt", "--step", "nice")
    assert (outcome.code, outcome.err, pages(root)) == (0, "", after)


def test_a_person_may_look_and_not_write(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_a_terminal(monkeypatch, "yy", writes=False)
    handrail(root, "adopt", "--step", "nice")
    assert pages(root) == BEFORE


def _no_page(handbook: Handbook, _folder: str) -> Plan:
    asked = (
        []
        if was_declined(handbook, "Folder", "a: b")
        else [Question("A?", is_likely=True, yes=(), no=(declined("folder", "a: b"),))]
    )
    return Plan(questions=tuple(asked))


def test_what_no_page_can_remember_stands_in_the_settings(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adopt_step, "STEPS", (Step("nice", "Pages are nice.", _no_page),))
    at_a_terminal(monkeypatch, "n")
    assert "Pages are nice. The settings changed;" in handrail(root, "adopt", "--step", "nice").out
    assert (root / "mkdocs.yml").read_text("utf-8") == f"{SETTINGS}      declined:\n        - 'folder a: b'\n"
    assert handrail(root, "adopt", "--step", "nice").out == "nice: there is nothing to write.\n"


def _choose(handbook: Handbook, _folder: str) -> Plan:
    options = tuple(Option(name, (Fields("b.md", {"nice": name}),)) for name in ("Ada", "Eve"))
    left = "nice" not in handbook.by_src_uri["b.md"].source.data and not was_declined(handbook, "all")
    return Plan(choices=(Choice("Who is nice?", options, (declined("all"),)),) if left else ())


@pytest.mark.parametrize(
    ("key", "b", "settings"),
    [
        ("2", "---\nnice: Eve\n---\n# B\n", SETTINGS),
        ("3n", "# B\n", f"{SETTINGS}      declined:\n        - all\n"),
        ("\r", "# B\n", SETTINGS),
        ("q", "# B\n", SETTINGS),
    ],
    ids=["the second", "no such number, then none", "not now", "no more"],
)
def test_one_of_several_answers(root: Path, monkeypatch: pytest.MonkeyPatch, key: str, b: str, settings: str) -> None:
    monkeypatch.setattr(adopt_step, "STEPS", (Step("nice", "One is nice.", _choose),))
    assert "1 question " in handrail(root, "adopt", "--step").out
    at_a_terminal(monkeypatch, key)
    outcome = handrail(root, "adopt", "--step", "nice")
    asked = "1 of 1  Who is nice?\n    1  Ada\n    2  Eve\n    [1-2; n: none of these, Enter: not now, q: no more] "
    assert outcome.err.startswith(asked)
    assert (pages(root)["b.md"], (root / "mkdocs.yml").read_text("utf-8")) == (b, settings)


def test_many_pages_are_committed_by_their_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"docs/{number}.md" for number in range(13)]
    root = draw(tmp_path, {"mkdocs.yml": SETTINGS, **dict.fromkeys(names, "# A\n")})

    def all_nice(handbook: Handbook, _folder: str) -> Plan:
        return Plan(
            (*(Fields(page.src_uri, {"nice": "yes"}) for page in handbook.pages), Beginning("new.md", "# New\n"))
        )

    monkeypatch.setattr(adopt_step, "STEPS", (Step("nice", "All are nice.", all_nice),))
    said = handrail(root, "adopt", "--step", "nice", "--yes").out
    assert said.endswith('    git add \\\n        docs/new.md\n    git commit -m "Adopt: nice" -- docs\n')


def test_it_says_how_to_remember_what_it_cannot_write(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adopt_step, "STEPS", (Step("nice", "Pages are nice.", _no_page),))
    at_a_terminal(monkeypatch, "n")
    (root / "mkdocs.yml").write_text("INHERIT: other.yml\n")
    (root / "other.yml").write_text(SETTINGS)
    assert handrail(root, "adopt", "--step", "nice").out == (
        "nice: there is nothing to write.\nTo not be asked these again, below `handrail:` in mkdocs.yml, add "
        '`declined: ["folder a: b"]`; it can\'t be added there safely.\n'
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--step", "nise"), "There is no step `nise`; did you mean `nice`?\n"),
        (("--step", "nice", "--in", "docs/teem"), "There is no page in docs/teem.\n"),
        (("--fix", "--in", "team"), "--in belongs to --step: name the step that is to be taken in this folder.\n"),
        (("--in", "team"), "--in belongs to --step: name the step that is to be taken in this folder.\n"),
    ],
)
def test_a_slip(root: Path, arguments: tuple[str, ...], said: str) -> None:
    outcome = handrail(root, "adopt", *arguments)
    assert (outcome.code, outcome.err) == (2, said)


@pytest.mark.parametrize("settings", [{}, {"mkdocs.yml": "site_name: A\n"}], ids=["no settings", "not switched on"])
def test_first_things_first(tmp_path: Path, settings: dict[str, str]) -> None:
    outcome = handrail(
        draw(tmp_path, {**settings, "docs/index.md": "# Home\n", "docs/a.md": "# A\n"}), "adopt", "--step"
    )
    said = "Handrail is not switched on here yet: run handrail adopt first, and then take its steps.\n"
    assert (outcome.code, outcome.out, outcome.err) == (2, "", said)
