"""Tags are found as browsers find them, and wherever Markdown may see one begin."""

from __future__ import annotations

import pytest

from handrail.text.tags import tags

CASES = [
    ("<b>x</b>", ["b"]),
    ("x < y <3 <!-- <p> -->", ["p"]),
    ('<A HREF="x" Download>', ["a href=x download="]),
    ("<img src = 'a b'\nalt=c/>", ["img src=a b alt=c/"]),
    ("<svg/onload=x>", ["svg onload=x"]),
    ("<img =x y>", ["img =x= y="]),
    ("<img < y=1>", ["img <= y=1"]),
    ('<a title="a > b" y>', ["a title=a > b y="]),
    ('<a title="<b c=1>">', ["a title=<b c=1>", "b c=1"]),
    ("<x y and <b c>", ["x y= and=", "b c="]),
    ('<a b="c', ["a b=c"]),
    ("<a b=\"<c d='<e f>", ["a b=<c d='<e f>", "c d=<e f>", "e f="]),
    ("<https://example.org/a?b=c>", ["https: example.org= a?b=c"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_tags(text: str, expected: list[str]) -> None:
    found = list(tags(text))
    written = [" ".join((tag.name, *(f"{known.name}={known.value}" for known in tag.attributes))) for tag in found]
    assert written == expected
    for tag in found:
        assert text[tag.offset + 1 :].lower().startswith(tag.name)
        assert tag.offset < tag.end <= len(text)


@pytest.mark.parametrize("tag", ["<b>", "<a href='>' b >", "<img src=x/>", '<i title="a\nb"\n>', "<a b", '<a b="c'])
def test_where_tags_end(tag: str) -> None:
    (found,) = tags(f"x {tag}" + (" y" if tag.endswith(">") else ""))
    assert (found.offset, found.end) == (2, 2 + len(tag))
