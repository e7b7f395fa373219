"""Where front matter begins and ends: what MkDocs would silently publish or swallow is a problem, the rest is clean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handrail.text.complexity import LARGEST
from handrail.text.source import read_source
from tests.support.work import at_most
from tests.text.reading import rules

FIELDS = b"kind: sop\nid: a\n"
READ = {"kind": "sop", "id": "a"}

# name of the case, bytes, what is read, the rules of the problems
CLEAN: list[tuple[str, bytes, dict[str, str]]] = [
    ("plain", b"---\n" + FIELDS + b"---\nText\n", READ),
    ("byte order mark", b"\xef\xbb\xbf---\n" + FIELDS + b"---\nText\n", READ),
    ("CRLF", b"---\r\nkind: sop\r\nid: a\r\n---\r\nText\r\n", READ),
    ("CR only", b"---\rkind: sop\rid: a\r---\rText\r", READ),
    ("mixed line ends", b"---\nkind: sop\r\nid: a\r---\nText\n", READ),
    ("closed by dots", b"---\n" + FIELDS + b"...\nText\n", READ),
    ("space and tab behind the closing line", b"---\n" + FIELDS + b"--- \t\nText\n", READ),
    ("space behind the opening line", b"---  \n" + FIELDS + b"---\nText\n", READ),
    ("nothing behind the closing line, not even a line end", b"---\n" + FIELDS + b"---", READ),
    ("indented --- in a block of text", b"---\nkind: sop\nid: a\nx: |\n  b\n  ---\n---\n", {**READ, "x": "b\n---\n"}),
    ("a comment that holds ---", b"---\nkind: sop\n# ---\nid: a\n---\n", READ),
    ("JSON between fences", b'---\n{"kind": "sop", "id": "a"}\n---\n', READ),
    ("no front matter", b"# A page\n", {}),
    ("a rule further down", b"# A page\n\n---\n\nText\n\n---\n", {}),
    ("a heading underlined with ---", b"Pay an invoice\n---\n\ntext\n", {}),
    ("an example in a code block", b"# How\n\n```yaml\n---\nkind: sop\n---\n```\n", {}),
    ("a first line with a colon that is no field", b"Note: this is prose.\n\nMore.\n", {}),
    ("a first line with a time", b"12:30: lunch\n", {}),
    ("a rule above a line with a colon", b"# A\n\n---\nNote: this.\n---\n", {}),
    ("fields in a code block below text", b"# A\n\n```\n---\nkind: sop\nvisibility: internal\n---\n```\n", {}),
    ("a link in curly brackets", b"{: .note }\n\nText\n", {}),
    ("nothing", b"", {}),
    ("only white space", b" \n\t\n\n", {}),
]

WRONG: list[tuple[str, bytes, str]] = [
    ("never closed", b"---\n" + FIELDS + b"\n# A page\n", "fence"),
    ("closed by four hyphens", b"---\n" + FIELDS + b"----\n# A page\n", "fence"),
    ("closed by three hyphens and a no-break space", b"---\n" + FIELDS + "---\u00a0\n".encode() + b"Text\n", "fence"),
    ("closed by an indented line", b"---\n" + FIELDS + b" ---\nText\n", "fence"),
    ("closed by an em dash, as word processors make of ---", b"---\n" + FIELDS + "—\n".encode() + b"Text\n", "fence"),
    ("opened by four hyphens", b"----\n" + FIELDS + b"----\nText\n", "fence"),
    ("opened by an em dash and a hyphen", "—-\n".encode() + FIELDS + b"---\nText\n", "fence"),
    ("opened by an em dash", "—\n".encode() + FIELDS + "—\n".encode() + b"Text\n", "fence"),
    ("opened by two hyphens", b"--\n" + FIELDS + b"--\nText\n", "fence"),
    ("indented", b" ---\n" + FIELDS + b" ---\nText\n", "fence"),
    ("an empty line above", b"\n---\n" + FIELDS + b"---\nText\n", "fence"),
    ("a space above", b" \n---\n" + FIELDS + b"---\nText\n", "fence"),
    ("a comment above", b"<!-- licence -->\n---\n" + FIELDS + b"---\nText\n", "fence"),
    ("a YAML directive above", b"%YAML 1.2\n---\n" + FIELDS + b"---\nText\n", "fence"),
    ("a second byte order mark", b"\xef\xbb\xbf\xef\xbb\xbf---\n" + FIELDS + b"---\nText\n", "fence"),
    ("dots above", b"...\n---\n" + FIELDS + b"---\nText\n", "fence"),
    ("a control character above", b"\x01---\n" + FIELDS + b"---\nText\n", "fence"),
    ("the title above", b"# Pay an invoice\n\n---\nid: a\nvisibility: internal\n---\nText\n", "fence"),
    ("text above, with CRLF", b"Draft.\r\n---\r\nkind: sop\r\n---\r\nText\r\n", "fence"),
    (
        "no fences, and a first field that others may have",
        b"review_every: 6 months\nvisibility: internal\n\nA\n",
        "fence",
    ),
    ("TOML below an empty line", b'\n+++\nkind = "sop"\n+++\n', "fence"),
    ("UTF-16 without a mark", "---\nvisibility: internal\n---\nText\n".encode("utf-16-le"), "not-utf-8"),
    ("a NUL above", b"\0---\n" + FIELDS + b"---\nText\n", "not-utf-8"),
    ("no fences at all", FIELDS + b"\n# A page\n", "fence"),
    ("a closing fence only", FIELDS + b"---\n\n# A page\n", "fence"),
    ("TOML", b'+++\nkind = "sop"\n+++\n', "fence"),
    ("JSON without fences", b'{\n  "kind": "sop"\n}\n\nText\n', "fence"),
    ("a comment behind the opening line", b"--- # the fields\n" + FIELDS + b"---\nText\n", "fence"),
    ("a field behind the opening line", b"--- kind: sop\nid: a\n---\nText\n", "fence"),
    ("a rule at the top and another below", b"---\nNote: prose between rules\n---\n\ntext\n", "prose-between-rules"),
    ("a link between two rules", b"---\n[One](/a) | [Two](/b)\n---\n\ntext\n", "prose-between-rules"),
    ("a list", b"---\n- kind: sop\n---\n", "not-a-mapping"),
    ("a word", b"---\nyes\n---\n", "not-a-mapping"),
    ("no space behind the colon", b"---\ntitle:UX\n---\n", "not-a-mapping"),
    ("UTF-16", "---\nkind: sop\n---\n".encode("utf-16"), "not-utf-8"),
    ("Latin-1", b"---\ntitle: Caf\xe9\n---\n", "not-utf-8"),
    ("Latin-1 in the body", b"---\nkind: sop\n---\nCaf\xe9\n", "not-utf-8"),
    ("a lone surrogate", b"---\ntitle: a\xed\xa0\x80\n---\n", "not-utf-8"),
    ("--- at the beginning of a line in a quoted text", b'---\nkind: sop\nx: "a\n---\nb"\n---\n', "yaml"),
]


@pytest.mark.parametrize(("raw", "data"), [case[1:] for case in CLEAN], ids=[case[0] for case in CLEAN])
def test_what_mkdocs_reads_too_is_read(raw: bytes, data: dict[str, str]) -> None:
    source = read_source(raw)
    assert source.readable
    assert source.problems == []
    assert source.data == data


@pytest.mark.parametrize(("raw", "rule"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_mkdocs_would_publish_as_text_or_swallow_is_one_problem(raw: bytes, rule: str) -> None:
    source = read_source(raw)
    assert rules(source) == [rule]
    assert not source.readable
    assert source.problems[0].message.endswith((".", ":"))
    assert source.problems[0].hint


@pytest.mark.parametrize("empty", ["", "# nothing yet", "~", "null", "\n\n"], ids=repr)
def test_empty_front_matter_is_prose_that_says_nothing(empty: str) -> None:
    source = read_source(f"---\n{empty}\n---\n# Hi\n".encode())
    assert source.readable
    assert source.has_front_matter
    assert (source.data, source.problems, source.body) == ({}, [], "# Hi\n")


def test_empty_front_matter_does_not_swallow_the_page_up_to_the_next_rule() -> None:
    source = read_source(b"---\n---\nText\n\n---\n\nMore\n")
    assert (source.data, source.body) == ({}, "Text\n\n---\n\nMore\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_the_body_is_what_stands_below_the_fence(end: str) -> None:
    source = read_source(end.join(["---", "kind: sop", "---", "", "# A page", ""]).encode())
    assert source.body == f"{end}# A page{end}"
    assert source.text[source.body_offset :] == source.body


def test_an_unclosed_fence_names_the_line_that_was_meant_to_close_it() -> None:
    source = read_source(b"---\nkind: sop\nid: a\n----\nText\n")
    [problem] = source.problems
    assert [tuple(source.lines.place(offset)) for offset, _ in problem.related] == [(4, 1)]


def test_a_page_that_is_no_text_keeps_nothing_that_could_be_published() -> None:
    source = read_source(b"---\nvisibility: confidential\n---\nCaf\xe9\n")
    assert (source.body, source.data) == ("", {})
    assert tuple(source.lines.place(source.problems[0].offset)) == (4, 4)


LONG: dict[str, Callable[[int], str]] = {
    repr(text): lambda size, text=text: text * (size // len(text))  # type: ignore[misc]
    for text in ("---\na: b\n", "a: b\n", "\n---", "<!--", "--- ", "%A\n", "...\n")
}


@pytest.mark.parametrize("title", ["", "# A page\n"])
@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_fields_further_down_are_looked_for_with_bounded_work(body: Callable[[int], str], title: str) -> None:
    text = title + body(200_000)
    with at_most(2_000 + 2 * len(text)):  # some for each line of the page, and one here has three signs or more
        source = read_source(text.encode())
    assert source.has_front_matter is text.startswith("---\n")
    is_one_rule = body(4) == "--- "  # however long, it is read at once
    assert bool({problem.rule for problem in source.problems} & {"too-complex", "fence"}) is not is_one_rule


@pytest.mark.parametrize("title", ["", "# A page\n"])
@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_beyond_the_largest_page_only_fields_are_looked_for(body: Callable[[int], str], title: str) -> None:
    text = title + body(LARGEST + 100)
    with at_most(2_000 + len(text)):
        source = read_source(text.encode())
    assert {problem.rule for problem in source.problems} & {"too-complex", "fence"}
