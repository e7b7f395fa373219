"""The headings of a body, as the finder shows them."""

from __future__ import annotations

import pytest

from handrail.text.headings import headings


@pytest.mark.parametrize(
    "empty", ["## ", "##\t", "# #", "## **", "## ``", "## [](a.md)", "## [[sop:a]]", "### <b></b>", "\u00a0\n---"]
)
def test_a_heading_with_nothing_in_it_is_none(empty: str) -> None:
    assert list(headings(f"{empty}\n\n## Pay\n\nText\n---\n")) == ["Pay", "Text"]


def test_headings_of_lines_that_end_as_windows_ends_them() -> None:
    assert list(headings("## Pay\r\n\r\nText\r\n---\r\n")) == ["Pay", "Text"]
