"""A plan is found in each form that people give one, with all its items, and what stands around it is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.edit.adopt.plan_pages.blocks import announced, blocks

PARTS = {
    "vision": ["Every bill is paid on time"],
    "priorities": ["Two eyes - nobody pays alone", "Speed"],
    "methods": ["(Payables) One queue"],
    "obstacles": ["Paper"],
    "measures": ["Paid in 10 days", "No bill lost"],
}
NAMES = [name.capitalize() for name in PARTS]


def in_lines(before: str = "", after: str = "", point: str = "* ") -> str:
    listed = (
        f"{before}{name.capitalize()}{after}\n\n" + "".join(f"{point}{text}\n" for text in texts) + "\n"
        for name, texts in PARTS.items()
    )
    return "".join(listed)


FORMS = {
    "words alone": in_lines(),
    "words with two spaces behind": in_lines(after="  "),
    "words with a colon": in_lines(after=":"),
    "words with a note": in_lines(after=" \\(just begun\\) "),
    "bold": in_lines("**", "**"),
    "bold with a colon": in_lines("__", ":__"),
    "bold, a colon behind": in_lines("**", "**:"),
    "headings": in_lines("#### "),
    "bold headings": in_lines("### **", "**"),
    "numbers": in_lines(point="1. "),
    "values": in_lines().replace("Priorities", "Values"),
    "close together": in_lines().replace("\n\n", "\n"),
    "a table": "".join(
        [
            "| | Our plan |\n| :--- | :--- |\n",
            *(f"| **{name}** | {'<br>'.join(PARTS[name.casefold()])} |\n" for name in NAMES),
        ]
    ),
    "a table with columns": (
        f"|{'|'.join(NAMES)}|\n|{'|'.join('---' for _ in NAMES)}|\n|"
        + "|".join("<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>" for texts in PARTS.values())
        + "|\n"
    ),
    "a table in HTML": (
        "<table>\n<thead><tr><th></th><th></th></tr></thead>\n<tbody>\n"
        + "".join(
            f"<tr>\n  <td style='x'>{name.capitalize()}</td>\n  <td><p></p><ul>\n"
            + "".join(f"<li>{text}</li>\n" for text in texts)
            + "</ul></td>\n</tr>\n"
            for name, texts in PARTS.items()
        )
        + "</tbody></table>\n"
    ),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("behind", ["", "\nMore on it.\n", "\n## Next\n\nMore.\n", "\n**Commentary**\n\nMore.\n"])
def test_each_form(form: str, behind: str) -> None:
    body = f"# Finance\n\nWhat we do.\n\n## FY20 Finance VPMOM\n\n{form}{behind}"
    (found,) = blocks(body)
    assert (found.headings, found.parts) == (("Finance", "FY20 Finance VPMOM"), PARTS)
    assert found.title == "FY20 Finance VPMOM"
    lines = body.splitlines()
    assert "\n".join(lines[: found.start]).rstrip().endswith("FY20 Finance VPMOM")
    assert not any("More" in line for line in lines[found.start : found.end + 1])


def test_in_one_sentence_behind_the_word() -> None:
    text = "**Vision:** Pay on time\n**Priorities:** Speed\n\n**Methods:** A queue\n\n**Measures:** 10 days\n"
    (found,) = blocks(text)
    assert found.parts == {
        "vision": ["Pay on time"],
        "priorities": ["Speed"],
        "methods": ["A queue"],
        "measures": ["10 days"],
    }


def test_points_below_points_and_sentences_over_lines_are_one_item() -> None:
    text = FORMS["words alone"].replace("* Paper\n", "* Paper\n  that gets lost\n  * by mail\n  * by chat\n")
    assert blocks(text)[0].parts["obstacles"] == ["Paper that gets lost; by mail; by chat"]


def test_what_a_table_says_above() -> None:
    table = "|Period| May 1, 2019 to Jan 31, 2020|\n|:---|:---|\n| RAPID | IJT(D), LT(R, A) |\n| LT Internal version | https://x.example |\n"
    (found,) = blocks(f"## FY20 Plan\n\n{table}\n{FORMS['words alone']}## FY20 Other plan\n")
    assert found.about == {
        "period": "May 1, 2019 to Jan 31, 2020",
        "rapid": "IJT(D), LT(R, A)",
        "internal_version": "https://x.example",
    }


def test_several_plans_keep_to_their_headings_and_tables() -> None:
    text = "# Plans\n\n## A VPMOM\n\n|RAPID| A(D)|\n|-|-|\n\n{0}## B VPMOM\n\n{0}**C V2MOM**\n\n{0}".format(
        FORMS["words alone"]
    )
    assert [(one.headings, one.about) for one in blocks(text)] == [
        (("Plans", "A VPMOM"), {"rapid": "A(D)"}),
        (("Plans", "B VPMOM"), {}),
        (("Plans", "B VPMOM", "C V2MOM"), {}),
    ]


def test_one_that_was_begun_and_left_goes_with_the_one_below_it() -> None:
    begun = "Vision\nPriorities\n-\nMethods\n- Ask early\nObstacles\nMeasures\n- Fewer calls\n\n"
    written = "Vision\n\n* Pay on time\n\nPriorities\n\n* Speed\n\nMethods\n\n* A queue\n"
    (found,) = blocks(f"## FY20 plan\n\n{begun}{written}\n## Other\n")
    assert found.parts == {
        "vision": ["Pay on time"],
        "priorities": ["Speed"],
        "methods": ["A queue", "Ask early"],
        "measures": ["Fewer calls"],
        "obstacles": [],
    }


def test_a_table_without_an_end_and_points_with_bars_are_text() -> None:
    text = FORMS["words alone"].replace("* Paper", "* Paper | mail\n* <table> of all")
    assert blocks(text)[0].parts["obstacles"] == ["Paper | mail", "<table> of all"]


@pytest.mark.parametrize(
    "text",
    [
        "Vision\n\n* One\n\nPriorities\n\n* Two\n\nMethods\n\n* Three\n",
        "Review it in this order:\n\n* Measures\n* Priorities\n* Vision\n* Obstacles\n* Methods\n",
        f"```\n{FORMS['words alone']}```\n",
        "# Vision\n\nLong.\n\n# Market\n\nLong.\n\n## Methods\n\n## Obstacles\n\n## Measures\n",
        "Our vision, priorities, methods, obstacles and measures are known.\n",
        "Vision\nPriorities\nMethods\nObstacles\nMeasures\n",
        "",
    ],
    ids=["three parts", "points", "code", "other headings", "a sentence", "empty", "nothing"],
)
def test_no_plan(text: str) -> None:
    assert blocks(text) == []


def test_what_is_announced_only() -> None:
    text = (
        f"# Plans (TBA)\n\n## FY20 A VPMOM \\(TBA\\)\n\nTo come.\n\n**FY20 B plan (TBD)**\n\n## Leave (TBA)\n\n## FY20 C (TBA)\n\n{FORMS['bold']}"
        "```\n## FY20 D (TBA)\n```\n"
    )
    assert announced(text) == ["FY20 A VPMOM (TBA)", "FY20 B plan (TBD)"]


_PIECES = [
    "Vision",
    "**Methods**",
    "## Measures",
    "| Vision | a |",
    "| - | - |",
    "* a",
    "  * b",
    "",
    "x",
    "Obstacles: c",
    "<table><tr><td>Vision<td>",
    "</table>",
    "# T",
    "Commentary",
    "Priorities",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=25))
def test_any_text_is_read(lines: list[str]) -> None:
    body = "\n".join(lines)
    for block in blocks(body):
        assert 0 <= block.start <= block.end < max(len(lines), 1)
        assert len(block.parts) >= 4
