"""Front matter and Markdown made to keep the reader busy: each is refused, or read and rendered with bounded work.

How long rendering takes is measured by `make bench`, for most of it happens in the patterns of Python-Markdown.
"""

from __future__ import annotations

from collections.abc import Callable

import markdown
import pytest

from handrail.rendering.sanitise import sanitised
from handrail.text.complexity import LARGEST, MOST_ITEMS, MOST_LINES, too_complex
from handrail.text.source import read_source
from tests.adversarial.test_cases import CASES
from tests.support.work import at_most

_ALIASES = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
_MERGES = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
YAML = {
    "aliases of aliases": _ALIASES,
    "merges of merges": _MERGES,
    "a list that holds itself": "a: &a [*a]\n",
    "a group that holds itself": "a: &a {b: *a}\n",
    "60,000 square brackets": "[" * 60_000,
    "30,000 curly brackets": "{" * 30_000,
    "30,000 curly brackets with keys": "{a: " * 15_000,
    "lists in lists by hyphens": "- " * 30_000,
    "questions in questions": "? " * 30_000,
    "groups by indentation": "".join(" " * n + f"k{n}:\n" for n in range(330)),
    "an integer of 60,000 digits": "id: " + "9" * 60_000,
    "a number with a great exponent": "id: 1e999999999",
    "a key of 60,000 letters": "k" * 60_000 + ": x",
    "a thousand equal keys": "a: 1\n" * 10_000,
    "ten thousand keys": "".join(f"k{n}: 1\n" for n in range(6000)),
    "a text that is not closed": 'title: "' + "a" * 60_000,
    "a text of escapes": 'title: "' + "\\x41" * 15_000 + '"',
    "a text of unfinished escapes": 'title: "' + "\\" * 60_001,
    "a folded text of 10,000 lines": "title: >\n" + "  a\n" * 10_000,
    "a block of spaces": "title: |\n" + " " * 60_000,
    "comments": "# a\n" * 15_000,
    "colons": "a: " * 20_000,
    "commas": "a: [" + "," * 60_000 + "]",
    "anchors": "".join(f"k{n}: &a{n} x\n" for n in range(5000)),
    "tags": "a: " + "!a " * 20_000,
    "a tag of 60,000 letters": "a: !" + "b" * 60_000,
    "a tag that runs": "a: !!python/object/apply:os.system [touch canary]",
    "a directive": "%YAML 1.1\n" * 5000,
    "documents": "a: 1\n...\n" * 5000,
    "tabs": "\t" * 60_000 + "a: b",
    "control characters": "a: \x00\x07\x1b" * 10_000,
    "signs that turn the direction": "a: " + "\u202e" * 20_000,
    "4 MiB and more": "a: " + "b" * ((4 << 20) + 1),
    "indicators": "a: " + "|>&*!%@`" * 5000,
    "quotation marks": "a: " + "'\"" * 20_000,
}


@pytest.mark.parametrize("text", YAML.values(), ids=YAML)
def test_hostile_front_matter_is_refused_or_read_with_bounded_work(text: str) -> None:
    with at_most(4_000 + 10 * len(text)):
        source = read_source(f"---\nkind: page\n{text}\n---\nText.\n".encode("utf-8", "surrogatepass"))
    assert source.problems or source.data["kind"] == "page"


def test_there_are_as_many_as_promised() -> None:
    assert len(YAML) >= 30
    assert len(CASES) >= 100
    assert len(MARKDOWN) >= 24


EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "pymdownx.arithmatex",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite",
    "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences", "pymdownx.tabbed",
    "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip
_LONG = 16_384
"""Long enough for whatever grows faster than its length; `make bench` measures the longest that are read."""


def _again(text: str) -> Callable[[int], str]:
    return lambda length: text * (length // len(text))


def _steps(step: str, item: str) -> Callable[[int], str]:
    return lambda length: "".join(step * depth + item for depth in range(int((2 * length / len(step)) ** 0.5)))


MARKDOWN: dict[str, Callable[[int], str]] = {
    **{repr(text): _again(text) for text in (
        "[", "![", "[x](", "[x][", "[[", "[a]((", '[a](b "', "![a](b", "[a](b)*_", "[]", "]", "[^a]", "[^a]: x\n\n", "[a]: b\n",
        "<", "<a ", '<a href="', "<b>", "<div>", "<div>\n\n", '<div markdown="1">\n', "<!--", "</a", "<![CDATA[", "<?", "<a@b",
        "&", "&#", "\\", '"a ', "`a ", "a``` ", "```\n", "~~~a\n", "*a ", "**a ", "*a_ ", "***", "_a ", "a*", "a**b", "a_b",
        "~~a ", "==a ", "++", "$a ", "> ", ">", "- ", "| ", "a|", "# x\n", "# x\n\n", "# x { a=b ", "x {: ", "a\n=\n", "***\n",
        "    ", "a\n: b\n\n", "*[a]: b\n\n", '=== "a"\n\n', "!!! a\n", ":a", "https://a.b ", " ",
        "[^a] ", "[^a]\n", "^a] ", "a^b ", "~a] ", "^^a ", "^a^ ", "a@b.c ", "- a\n", "- a\n\n", "1. a\n\n", "- [ ] a\n", "a\n\n",
        "word\n\n", "`a`\n\n", "**a**\n\n", "a\nb\n\n", "a  \n", "<div>a</div>\n\n", "[a](b.md) ", "*[KR]: x\n\nKR ",
    )},
    "lists in lists": _steps("  ", "- a\n"),
    "numbers in numbers": _steps("    ", "1. a\n"),
    "notes in notes": _steps("    ", "!!! a\n"),
    "brackets in brackets": lambda length: "[" * (length // 2) + "]" * (length // 2),
}  # fmt: skip


@pytest.mark.parametrize("pattern", MARKDOWN.values(), ids=MARKDOWN)
def test_complex_markdown_is_refused_or_rendered(pattern: Callable[[int], str]) -> None:
    """At its full length, and at the greatest that is let through: what is refused is never rendered."""
    body = pattern(_LONG)
    with at_most(2_000 + 10 * len(body)):
        source = read_source(body.encode())
    if any(problem.rule == "too-complex" for problem in source.problems):
        body = longest_allowed(pattern)
        assert body
    html = sanitised(markdown.markdown(f"Before.\n\n{body}", extensions=EXTENSIONS))
    assert html.startswith("<p>Before.</p>")


def longest_allowed(pattern: Callable[[int], str]) -> str:
    """Return the longest body of a pattern that is not refused."""
    allowed, refused = 16, _LONG
    while refused - allowed > 16:
        middle = (allowed + refused) // 2
        allowed, refused = (allowed, middle) if too_complex(pattern(middle)) else (middle, refused)
    return pattern(allowed)


def test_a_page_may_be_longer_than_any_that_people_write() -> None:
    paragraph = "Some words of a **paragraph** with a [link](a.md), H~2~O, about ~5 %, a note[^1] and `code`.\n\n"
    item = "- An item of [a list](a.md) with *words* enough to fill about one line of it, as people write\n"
    row = "| [a](b.md) | about ~5 | some `code`, and words that fill the row up to where it ends |\n"
    assert too_complex(paragraph * (LARGEST // len(paragraph))) is None
    assert too_complex(item * (LARGEST // len(item))) is None
    assert too_complex("| a | b | c |\n|---|---|---|\n" + row * (LARGEST // len(row) - 1)) is None
    assert too_complex("a\n" * (MOST_LINES - 1)) is None
    assert too_complex("a <b and\n\n" * 5 + paragraph * 10_000) is None


def test_what_counts_by_its_lines_is_a_list_or_a_table_for_certain() -> None:
    signs = "*a _b\n" * 4_500
    assert too_complex("- x\n" + signs.replace("*a", "- *a")) is None
    assert too_complex("| a |\n|---|\n" + signs) is None
    for begins in ("", "a\n---\n", "a\n-|-\n", "| a |\n---\n", "`|`\n|-\n", "\\| a\n|-\n", "-x\n", "a\n- x\n"):
        assert too_complex(begins + signs) is not None, begins


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("a " * (LARGEST // 2) + "b", "The page is longer than 1 MiB."),
        ("a\n" * (MOST_LINES + 1), "This page has more than 24,000 lines."),
        ("- a\n" * (MOST_ITEMS + 1), "This page has more than 16,000 paragraphs and items of lists."),
        ("[^a] " * 500, "Brackets, quotations, headings or signs follow one another too often here."),
    ],
)
def test_beyond_that_it_is_refused(body: str, what: str) -> None:
    found = too_complex(body)
    assert found is not None
    assert found[1] == what


def test_rules_look_only_at_the_beginning_of_what_is_refused() -> None:
    text = "Text.\n\n" + " ".join("`" * count for count in range(1, 1_000))
    for front in ("", "---\nkind: page\n---\n"):
        source = read_source(f"{front}{text}".encode())
        assert not source.readable
        assert source.body == text[:10_000]


def test_what_is_refused_is_published_by_no_build_and_named() -> None:
    source = read_source(b"---\nkind: page\nid: a\ntitle: A\nvisibility: public\n---\n\nText.\n\n" + b"[" * 20_000)
    (problem,) = source.problems
    assert not source.readable
    assert problem.rule == "too-complex"
    assert source.lines.place(problem.offset).line == 10
