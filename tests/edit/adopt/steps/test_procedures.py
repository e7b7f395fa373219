"""Pages become procedures as drafts, with ids of their own, and what a person said of one is not asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.edit.adopt.steps.identity import ids_of, names_of, title_to_write
from handrail.edit.adopt.steps.outcome import outcome
from handrail.edit.adopt.steps.procedures import plan
from handrail.edit.adopt.steps.step import Fields
from handrail.text.source import read_source
from tests.edit.adopt.drawing import draw
from tests.edit.adopt.steps.reading import read

STEPS = "\n1. Ask\n2. Wait\n3. Pay\n"
SETTINGS = "site_name: A\nplugins:\n  - handrail:\n      visibility: {'.': public, hr: internal}\n"
PAGES = {
    "mkdocs.yml": SETTINGS,
    "docs/index.md": f"# How to begin\n{STEPS}",
    "docs/pay/claim.md": f"# Claim your expenses\n{STEPS}",
    "docs/pay/cards.md": f"# Cards\n{STEPS}",
    "docs/pay/index.md": f"# How to pay\n{STEPS}",
    "docs/hr/claim.md": f"---\nweight: 3\n---\n\n# How to claim leave\n{STEPS}",
    "docs/hr/told.md": f"---\nnot_kind: sop\n---\n# How to talk\n{STEPS}",
    "docs/hr/notes.md": "# Notes\n\nWords.\n",
}


def test_name_and_steps_together_need_no_question(tmp_path: Path) -> None:
    found = plan(read(draw(tmp_path, PAGES)), "")
    draft = {"kind": "sop", "state": "draft"}
    assert found.edits == (
        Fields("hr/claim.md", {**draft, "id": "hr-claim", "visibility": "internal"}),
        Fields("pay/claim.md", {**draft, "id": "pay-claim", "visibility": "public"}),
    )


def test_one_sign_alone_is_asked_about_first_where_it_is_likely(tmp_path: Path) -> None:
    found = plan(read(draw(tmp_path, PAGES)), "")
    assert [(one.text, one.is_likely) for one in found.questions] == [
        ("docs/pay/index.md, “How to pay” (“Ask”): other pages lie below it. Is it a procedure?", True),
        (
            "docs/pay/cards.md, “Cards” (“Ask”): it goes through steps, and its name does not say so. Is it a procedure?",
            False,
        ),
    ]
    assert found.told[0].startswith("First come the pages of which most are procedures")
    assert found.questions[1].no == (Fields("pay/cards.md", {"not_kind": "sop"}),)


def test_folder_by_folder(tmp_path: Path) -> None:
    found = plan(read(draw(tmp_path, PAGES)), "hr")
    assert ([edit.src_uri for edit in found.edits], found.questions) == (["hr/claim.md"], ())


def test_what_was_answered_is_not_asked_again_and_ids_stay(tmp_path: Path) -> None:
    root = draw(tmp_path, PAGES)
    first = plan(read(root), "")
    answers = [edit for one in first.questions for edit in one.edits(answer=not one.is_likely)]
    for change in outcome(read(root), [*first.edits, *answers]).changes:
        (root / change.path).write_bytes(change.after)
    again = plan(read(root), "")
    assert (again.edits, again.questions) == ((), ())
    assert (root / "docs/pay/index.md").read_text("utf-8") == f"---\nnot_kind: sop\n---\n{PAGES['docs/pay/index.md']}"


def test_what_nobody_sees_is_shown_to_nobody(tmp_path: Path) -> None:
    settings = "site_name: A\nplugins:\n  - handrail:\n      visibility: {hr: internal}\n"
    found = plan(read(draw(tmp_path, PAGES | {"mkdocs.yml": settings})), "pay")
    put = [edit.put for edit in found.edits if isinstance(edit, Fields)]
    assert [fields["visibility"] for fields in put] == ["confidential"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Pay\n\nx", ""),
        ("\n\n# Pay\n", ""),
        ("---\ntitle: Wages\n---\n# Pay\n", ""),
        ("# Pay \\(50%\\)\n", "Pay"),
        ("# Pay\\_ments\n", ""),
        ("Words.\n\n# Pay\n", "Pay"),
        ("# Pay\n\n# More\n", "Pay"),
        ("## Pay\n", "Two words"),
        ("", "Two words"),
    ],
)
def test_a_title_where_the_text_gives_none(text: str, title: str) -> None:
    assert title_to_write(read_source(text.encode()), "two_words") == title


def test_ids_are_the_names_of_files_and_differ(tmp_path: Path) -> None:
    long = "a-very-long-name-of-a-page-that-goes-on-and-on-and-ends-here-1"
    files = {
        "mkdocs.yml": SETTINGS,
        "docs/known.md": "---\nkind: page\nid: taken\ntitle: T\nvisibility: public\n---\n",
        "docs/a/taken.md": "# A\n",
        "docs/b/Two Words.md": "# B\n",
        "docs/b/c/x.md": "# X\n",
        "docs/d/c/x.md": "# X\n",
        "docs/e/index.md": "# E\n",
        "docs/x.md": "# X\n",
        "docs/日本.md": "# 日本\n",
        f"docs/{long}.md": "# L\n",
        f"docs/f/{long}.md": "# L\n",
    }
    handbook = read(draw(tmp_path, files))
    prose = {page.src_uri: names_of(page) for page in handbook.pages if page.is_prose}
    found = ids_of(prose, (page.id for page in handbook.documents))
    assert {path: found[path] for path in found if long not in path} == {
        "a/taken.md": "a-taken",
        "b/Two Words.md": "two-words",
        "b/c/x.md": "c-x",
        "d/c/x.md": "d-c-x",
        "e/index.md": "e",
        "x.md": "x-2",
        "日本.md": "page",
    }
    assert len(set(found.values())) == len(found)
    assert all(len(id_) <= 60 for id_ in found.values())
