"""What is found in a body, and what is left alone because it is code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handrail.text.markdown import first_headings, is_address, links, visible_text, without_code
from handrail.text.templates import template_code, template_texts
from tests.support.work import at_most

ENDS = ["\n", "\r\n", "\r"]

# name of the case, body with X where something live would be found if this were no code, whether X is code
CODE: list[tuple[str, str, bool]] = [
    ("text", "X", False),
    ("code span", "`X`", True),
    ("code span of two signs", "`` a ` X ``", True),
    ("code span on two lines", "`a\nX`", True),
    ("code span at the beginning of a paragraph, text behind it", "a\n\n`make build` X", False),
    ("text between two code spans", "`a` X `b`", False),
    ("a sign alone", "a ` b X", False),
    ("signs in two paragraphs", "a ` b\n\nX\n\nc ` d", False),
    ("signs of different length", "`` a ` X", False),
    ("escaped signs", r"\`X\`", False),
    ("block", "```\nX\n```", True),
    ("block with a language", "```yaml title='a'\nX\n```", True),
    ("below a block", "```\na\n```\nX", False),
    ("below a block closed by more signs", "```\na\n`````\nX", False),
    ("block that holds a shorter one", "````\n```\na\n```\nX\n````", True),
    ("block of tildes that holds one of backticks", "~~~\n```\nX\n~~~", True),
    ("below a block of tildes with backticks in it", "~~~\n```\n~~~\nX", False),
    ("block in a list", "- a\n\n    ```\n    X\n    ```", True),
    ("block as an item", "- ```\n  X\n  ```", True),
    ("block in a quotation", "> ```\n> X\n> ```", True),
    ("block that is never closed", "```\nX", False),
    ("code span at the beginning of a line that looks like a block", "```a``` b\n\nX", False),
    ("indented code", "a\n\n    X\n\nb", True),
    ("code indented with a tab", "a\n\n\tX\n", True),
    ("a paragraph that goes on, indented", "a\n    X", False),
    ("below an item of a list", "- a\n\n    X", False),
    ("below a numbered item", "1. a\n\n    X", False),
    ("in an admonition", "!!! note\n\n    X", False),
    ("in a folded admonition", "??? note\n\n    X", False),
    ("in a tab", '=== "One"\n\n    X', False),
    ("in a footnote", "[^1]: a\n\n    X", False),
    ("in a definition", "Term\n\n:   a\n\n    X", False),
    ("behind a comment that holds a sign", "<!-- ` --> X `a`", False),
    ("behind a comment in a code span", "`<!--` X `-->`", False),
]
IDS = [case[0] for case in CODE]
CASES = [case[1:] for case in CODE]


@pytest.mark.parametrize("end", ENDS, ids=repr)
@pytest.mark.parametrize(("body", "is_code"), CASES, ids=IDS)
def test_code_is_left_alone(body: str, is_code: bool, end: str) -> None:  # noqa: FBT001 - the table's second column
    def written(live: str) -> str:
        return body.replace("X", live).replace("\n", end)

    assert [link.target for link in links(written("[a](b.md)"))] == ([] if is_code else ["b.md"])
    assert (template_code(written("{{ a }}")) is None) is is_code
    assert (template_code(written("{% a %}")) is None) is is_code


@pytest.mark.parametrize("body", [case[1] for case in CODE] + ["\ta\r\n\r\n    b", "<!-- a\nb -->c"])
def test_blanking_moves_nothing(body: str) -> None:
    blanked = without_code(body)
    assert len(blanked) == len(body)
    assert all(after in (before, " ") for before, after in zip(body, blanked, strict=True))
    assert [at for at, char in enumerate(body) if char in "\r\n"] == [
        at for at, char in enumerate(blanked) if char in "\r\n"
    ]


def test_a_comment_holds_no_links_but_template_code_runs_in_it() -> None:
    assert links("<!-- [a](b.md) -->") == []
    assert template_code("<!-- {{ a }} -->") == (5, 12)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a {{ b", "{{"),
        ("a {{ b }} c }}", "{{ b }}"),
        ("{% raw %}", "{% raw %}"),
        ("{# a }} #}", "{# a }} #}"),
        ("## A {#a-b}", None),
        ("{ {", None),
        ("{a: {b: c}}", None),
    ],
)
def test_template_code(text: str, code: str | None) -> None:
    span = template_code(text)
    assert (span and text[slice(*span)]) == code


def test_in_a_value_there_is_no_code_that_would_hide_template_code() -> None:
    assert template_code("`{{ a }}`", markdown=False) == (1, 8)


LINKS: list[tuple[str, list[tuple[str, str]]]] = [
    ("[a](b.md)", [("markdown", "b.md")]),
    ("[a](b.md#c 'title')", [("markdown", "b.md#c")]),
    ('[a]( b.md "title" )', [("markdown", "b.md")]),
    ("[a](<b c.md>)", [("markdown", "b c.md")]),
    ("[a](b_(c).md)", [("markdown", "b_(c).md")]),
    ("[a [b] c](d.md)", [("markdown", "d.md")]),
    ("![a](b.png)", [("markdown", "b.png")]),
    ("[![a](b.png)](c.md)", [("markdown", "c.md"), ("markdown", "b.png")]),
    ("[a]()", [("markdown", "")]),
    (r"\[a](b.md)", []),
    ("[a] (b.md)", []),
    ("[a][b]\n\n[b]: c.md", [("markdown", "c.md")]),
    ("[b]: <c.md> 'title'", [("markdown", "c.md")]),
    ("[^1]: See the policy.", []),
    ("*[SOP]: Standard procedure", []),
    ("[[sop:pay]]", [("wiki", "sop:pay")]),
    ("[[ sop:pay | how to pay ]]", [("wiki", "sop:pay")]),
    (r"\[[sop:pay]]", []),
    ("[[a]](b.md)", [("wiki", "a")]),
    ('<a class="x" href="b.md">', [("html", "b.md")]),
    ("<IMG SRC='b.png'>", [("html", "b.png")]),
    ("<abbr href='b.md'>", [("html", "b.md")]),
    ("[a](b.md) and [c](d.md)", [("markdown", "b.md"), ("markdown", "d.md")]),
    ("[b]: a stray line", [("markdown", "a")]),
    ("[a][b]\n\n[b]: c.md\n[b]: d.md", [("markdown", "c.md"), ("markdown", "d.md")]),
    ("<div>\n\n[a](b.md)\n</div>", [("markdown", "b.md")]),
]


@pytest.mark.parametrize(("body", "expected"), LINKS, ids=[body for body, _ in LINKS])
def test_links(body: str, expected: list[tuple[str, str]]) -> None:
    found = links(body)
    assert [(link.form, link.target) for link in found] == expected
    assert all(0 <= link.offset < link.end <= len(body) for link in found)


# body with X where a link stands, whether Markdown makes a link of it
IN_HTML: list[tuple[str, bool]] = [
    ("<div>\nX\n</div>", False),
    ("<details>\n<summary>A</summary>\n\nX\n\n</details>", False),
    ("<details>\n\n<div>a</div>\n\nX\n</details>", False),
    ("<div>a</div> <p>X</p>", False),
    ("<div>\n<br>\n</div>\nX", True),
    ("<p>a\n\nX", False),
    ("<hr>\nX", True),
    ("a <div>\nX\n</div>", True),
    ("   <div>\nX\n</div>", False),
    ("    <div>\n\nX\n</div>", True),
    ("<span>X</span>", True),
    ('<div markdown="1">\n\nX\n\n</div>', True),
    ("<div class=a markdown>\n\nX\n\n</div>", True),
    ('<div markdown="1">\n\n<div>\nX\n</div>\n\n</div>', False),
    ("`<div>` X", True),
    ("<!-- <div> -->\n\nX", True),
    ("> <div>X</div>", True),
]


@pytest.mark.parametrize("end", ENDS, ids=repr)
@pytest.mark.parametrize(("body", "is_link"), IN_HTML, ids=[body for body, _ in IN_HTML])
def test_markdown_in_a_block_of_html_is_text(body: str, is_link: bool, end: str) -> None:  # noqa: FBT001 - a column
    [link] = links(body.replace("X", "[a](b.md)").replace("\n", end))
    assert (link.is_used, link.is_text) == (is_link, not is_link)


DEFINITIONS: list[tuple[str, bool]] = [
    ("[a]: b.md", True),
    ("[a]: <b.md>", True),
    ('[a]: b.md "A title"  ', True),
    ("[a]: b.md (A title)", True),
    ("[a]: b.md and more", False),
    ('[a]:{% page "b.md" %}', False),
    ("<div>\n[a]: b.md\n</div>", False),
]


@pytest.mark.parametrize(("line", "defines"), DEFINITIONS, ids=[line for line, _ in DEFINITIONS])
def test_a_definition_has_a_target_and_at_most_a_title(line: str, defines: bool) -> None:  # noqa: FBT001 - a column
    [link] = [one for one in links(f"See [a].\n\n{line}") if one.form == "markdown"]
    assert (link.is_used, link.is_text) == (defines, not defines)


def test_a_label_that_holds_code_is_used_by_nothing() -> None:
    assert [link.is_used for link in links("See [`a`] and [b].\n\n[`a`]: c.md\n[b]: d.md")] == [False, True]


HEADINGS: list[tuple[str, list[str]]] = [
    ("# A page", ["A page"]),
    ("#  A page  ##  ", ["A page"]),
    ("# A page {#anchor .class}", ["A page"]),
    ("# A page {: .class }", ["A page"]),
    ("A page\n===", ["A page"]),
    ("# A\n\n# B", ["A", "B"]),
    ("## A", []),
    ("#A", []),
    ("A page\n---", []),
    ("```\n# A\n```", []),
    ("<!--\n# A\n-->", []),
    ("    # A", []),
    ("a == b", []),
    ("text\n# A\ntext", ["A"]),
]


@pytest.mark.parametrize("end", ENDS, ids=repr)
@pytest.mark.parametrize(("body", "expected"), HEADINGS, ids=[body for body, _ in HEADINGS])
def test_first_headings(body: str, expected: list[str], end: str) -> None:
    assert [text for text, _ in first_headings(body.replace("\n", end))] == expected


@pytest.mark.parametrize(("body", "shown"), [("<!-- a -->\n", ""), (" a <!-- b", "a"), ("\n \t\n", ""), ("a", "a")])
def test_visible_text(body: str, shown: str) -> None:
    assert visible_text(body) == shown


SLOW: dict[str, Callable[[int], str]] = {
    "spaces in a code span": lambda size: "`\n" + " " * size + "x",
    "spaces in a heading": lambda size: "# " + " " * size + "x",
    "signs behind a heading": lambda size: "# a " + "#" * size + "x",
    "spaces behind words": lambda size: "a" + " " * size + "x\n=",
    "spaces before a target": lambda size: "[a](" + " " * size + "x",
    "spaces behind a target": lambda size: "[a](b " + " " * size + "x",
    "opening brackets": lambda size: "[" * size + "](a",
    "brackets in brackets": lambda size: "[" + "[x]" * (size // 3) + "](a",
    "brackets in a target": lambda size: "[a](" + "(a)" * (size // 3),
    "titles without end": lambda size: '[a](b "' * (size // 7),
    "runs of backticks": lambda size: " ".join("`" * length for length in range(1, int((2 * size) ** 0.5))),
    "fences": lambda size: "```\n" * (size // 8 * 2 + 1),
    "fences with words": lambda size: "~~~a\n" * (size // 10 * 2 + 1),
    "comments without end": lambda size: "<!--" * (size // 4),
    "addresses without end": lambda size: '<a href="' * (size // 9),
    "attributes": lambda size: "<a " + "href " * (size // 5),
    "tags without end": lambda size: "<a href=" * (size // 8),
    "an anchor without end": lambda size: "## a {#" + "a-" * (size // 2),
    "opening double brackets": lambda size: "[[" * (size // 2),
    "hyphens": lambda size: "- " * (size // 2),
    "digits": lambda size: "1" * size + "`",
    "tags of templates without end": lambda size: "{% a " * (size // 5),
    "expressions without end": lambda size: "{{ a " * (size // 5),
    "blanks in an expression": lambda size: "{{<" + " " * size + "x",
    "comments of templates without end": lambda size: "{# a " * (size // 5),
    "code between signs without end": lambda size: "<% a " * (size // 5),
    "targets full of templates": lambda size: "[a](" + "{{ a.b }}" * (size // 9) + ")",
    "targets of templates without end": lambda size: "[a]({%" * (size // 6),
    "raw without end": lambda size: "{% raw %}" * (size // 9),
    "dollars": lambda size: "$a " * (size // 3),
    "formulas without end": lambda size: "\\( $$ " * (size // 6),
    "elements without end": lambda size: "<div>" * (size // 5),
    "ends of elements that nobody began": lambda size: "<div>" * (size // 10) + "</p>" * (size // 8),
    "blocks on one line": lambda size: "<p>a</p>" * (size // 8),
    "blocks of code": lambda size: "    a\n\n" * (size // 7),
}
"""What would be slow to look through, were the patterns less careful; `make bench` measures that they are."""


def look_through(body: str) -> None:
    """Look for everything that is looked for in a body."""
    links(body + "](](")
    first_headings(body + "\n#\n==")
    template_code(body + "{{")
    list(template_texts(body + "{{ a }}"))


@pytest.mark.parametrize("body", SLOW.values(), ids=SLOW)
def test_a_long_body_hides_nothing_and_takes_bounded_work(body: Callable[[int], str]) -> None:
    text = f"[a](b.md)\n\n# A\n\n{body(20_000)}"
    with at_most(2_000 + 12 * len(text)):  # tags are looked for twice
        look_through(text)
    assert links(text)[0].target == "b.md"
    assert first_headings(text)[0] == ("A", 11)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://a.example/[b]", True),
        ("https://[::1]/", True),
        ("a b#[", True),
        ("", True),
        ("https://[", False),
        ("//]/a", False),
        ("https://[a]/", False),
        ("https://a\u2100b.example/", False),
    ],
)
def test_what_is_an_address(target: str, expected: bool) -> None:  # noqa: FBT001
    assert is_address(target) is expected


def test_of_two_definitions_of_a_label_the_last_counts() -> None:
    assert [link.is_used for link in links("See [b].\n\n[b]: c.md\n[B]: d.md")] == [False, True]
