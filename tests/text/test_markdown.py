"""What is found in a body, and what is left alone because it is code."""

from __future__ import annotations

import time

import pytest

from handrail.text.markdown import first_headings, is_address, links, template_code, visible_text, without_code

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
    ("<abbr href='b.md'>", []),
    ("[a](b.md) and [c](d.md)", [("markdown", "b.md"), ("markdown", "d.md")]),
]


@pytest.mark.parametrize(("body", "expected"), LINKS, ids=[body for body, _ in LINKS])
def test_links(body: str, expected: list[tuple[str, str]]) -> None:
    found = links(body)
    assert [(link.form, link.target) for link in found] == expected
    assert all(0 <= link.offset < link.end <= len(body) for link in found)


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


SLOW = [
    "`\n" + " " * 50_000 + "x",
    "# " + " " * 50_000 + "x",
    "# a " + "#" * 50_000 + "x",
    "a" + " " * 50_000 + "x\n=",
    "[a](" + " " * 50_000 + "x",
    "[a](b " + " " * 50_000 + "x",
    "[" * 50_000 + "](a",
    "[" + "[x]" * 50_000 + "](a",
    "[a](" + "(a)" * 50_000,
    '[a](b "' * 20_000,
    " ".join("`" * length for length in range(1, 150)),
    "```\n" * 20_001,
    "~~~a\n" * 20_001,
    "<!--" * 50_000,
    '<a href="' * 20_000,
    "<a " + "href " * 20_000,
    "<a href=" * 20_000,
    "## a {#" + "a-" * 50_000,
    "[[" * 50_000,
    "- " * 50_000,
    "1" * 50_000 + "`",
    "    a\n\n" * 20_000,
]


@pytest.mark.parametrize("body", SLOW, ids=[repr(body[:12]) for body in SLOW])
def test_no_body_makes_the_search_slow(body: str) -> None:
    start = time.process_time()
    links(body + "](](")
    first_headings(body + "\n#\n==")
    template_code(body + "{")
    assert time.process_time() - start < 2


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
