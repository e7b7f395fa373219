"""The strip of a preview: what is wrong on its page first, with what to do as the terminal says it, and then the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from handrail.pages.preview import Strips, failed
from handrail.rules.finding import Finding, Related, Report, Severity
from tests.engines.drawn import BASE, sop
from tests.engines.sites import read_html, words_of
from tests.measures.rows import report, write_records
from tests.pages.views import FORGE, handbook_of

FILES = {**BASE, "content/a&b.md": sop("late"), "content/other.md": sop("other"), "content/calls.csv": ""}
PAGE, OTHER = "content/a&b.md", "content/other.md"


def found(path: str, line: int, message: str, severity: Severity = Severity.WARNING, **more: Any) -> Finding:
    return Finding("HB207", "dead-link", severity, path, line, 1, line, 2, message, **more)


def strips(folder: Path, *findings: Finding, before: tuple[str, ...] = (), has_forge: bool = True) -> Strips:
    book = handbook_of(folder, FILES, config={"site_url": "https://a.example/book/"})
    report = Report("2026-11-15", {}, tuple(sorted(findings, key=lambda one: one.order)), 0)
    return Strips(book, FORGE if has_forge else None, report, before)


def of(strips: Strips, src_uri: str = "a&b.md") -> str:
    return strips.of(strips._handbook.by_src_uri[src_uri])


def said(html: str) -> str:
    """Return the words of a strip without its style and its program."""
    return words_of(re.sub(r"<(style|script)>.*?</\1>", "", html))


def test_where_nothing_is_wrong_nothing_is_said(tmp_path: Path) -> None:
    assert of(strips(tmp_path, found(PAGE, 3, "A note.", Severity.INFO))) == ""


@pytest.mark.parametrize(
    ("subject", "part"), [("state: activ", "#state"), ("rapid.decide", "#rapid"), ("title", "#title"), ("tirgger", "")]
)  # fmt: skip
def test_what_is_wrong_with_a_field_leads_to_what_it_is_for(tmp_path: Path, subject: str, part: str) -> None:
    wrong = replace(found(PAGE, 3, "A field."), rule="HB103", name="wrong-value", kind="sop", subject=subject)
    assert (f"/book/handbook/kinds/sop/{part}", "What the fields are for") in read_html(
        of(strips(tmp_path, wrong))
    ).links
    elsewhere = replace(wrong, rule="HB207")
    assert "handbook/kinds" not in of(strips(tmp_path, elsewhere, replace(wrong, kind="unheard-of")))


def test_what_is_wrong_on_a_page_comes_first_by_line_with_what_to_do(tmp_path: Path) -> None:
    html = of(
        strips(
            tmp_path,
            found(OTHER, 1, "Elsewhere.", Severity.ERROR),
            found(
                PAGE,
                9,
                "A <b>name</b> that nobody has.",
                hint="Write another:\n    lead: tli",
                related=(Related(OTHER, 2, 3, 2, 4, "It is here."),),
            ),
            found(PAGE, 4, "A mark is missing.", Severity.ERROR, hint="Add it."),
        )
    )
    words = said(html)
    assert words.startswith("This page has 1 error and 1 warning. Other pages have 1 error. ")
    for one, next_ in [
        ("error content/a&b.md, line 4: A mark is missing. To do: Add it. HB207 dead-link", "warning content/a&b.md"),
        ("warning content/a&b.md, line 9: A <b>name</b> that nobody has. To do: Write another: lead: tli", "See "),
        (f"See {OTHER}:2:3: It is here.", "On other pages"),
        ("On other pages", f"error {OTHER}, line 1: Elsewhere."),
    ]:
        assert one in words
        assert words.index(one) < words.index(next_, words.index(one))
    assert "<details open>" in html
    assert read_html(html).links == [
        (f"{FORGE.edit('content/a&b.md') if FORGE else ''}", f"{PAGE}, line 4:"),
        (f"{FORGE.edit('content/a&b.md') if FORGE else ''}", f"{PAGE}, line 9:"),
        ("/book/other/", f"{OTHER}, line 1:"),
    ]


def test_what_is_wrong_with_the_file_of_a_page_stands_on_that_page(tmp_path: Path) -> None:
    path = "content/calls.csv"
    series = found(path, 3, "It can't be read.", related=(Related(PAGE, 2, 3, 2, 4, "It holds the values."),))
    both = strips(tmp_path, series, found("mkdocs.yml", 1, "It is odd.", related=series.related))
    html = of(both)
    assert said(html).startswith("This page has 1 warning. Other pages have 1 warning. ")
    assert said(html).count("It can't be read.") == 1
    assert read_html(html).links == [(FORGE.edit(path) if FORGE else "", f"{path}, line 3:")]
    assert ("/book/a%26b/", f"{path}, line 3:") in read_html(of(both, "other.md")).links


def test_without_a_forge_the_path_alone_says_where(tmp_path: Path) -> None:
    html = of(strips(tmp_path, found(PAGE, 4, "It is wrong."), has_forge=False))
    assert read_html(html).links == []
    assert f"{PAGE}, line 4: It is wrong." in said(html)


def test_a_page_without_findings_says_what_others_have_and_is_folded(tmp_path: Path) -> None:
    html = of(strips(tmp_path, found(OTHER, 1, "Elsewhere.")))
    assert said(html).startswith("This preview has 1 warning. None is on this page. warning content/other.md, line 1:")
    assert "<details>" in html
    assert of(strips(tmp_path, found("mkdocs.yml", 1, "A setting."))).count("<a ") == 0


def test_of_many_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    many = [found(OTHER, number, "Elsewhere.") for number in range(1, 9)]
    error = found(OTHER, 20, "An error.", Severity.ERROR)
    words = said(of(strips(tmp_path, *many, error)))
    assert words.count(", line ") == 5
    assert words.index("An error.") < words.index("Elsewhere.")
    assert words.endswith("And 4 more; `handrail check` lists them all.")
    own = said(of(strips(tmp_path, *(found(PAGE, number, "Here.") for number in range(1, 25)))))
    assert own.count(", line ") == 20
    assert own.endswith("And 4 more; `handrail check` lists them all.")


def test_what_many_pages_lack_is_one_line(tmp_path: Path) -> None:
    lacks = [found(f"content/p{number}.md", 1, "No trigger.", kind="sop", neglect="no trigger") for number in range(3)]
    words = said(of(strips(tmp_path, *lacks)))
    assert "warning content 3 procedures with no trigger. HB207 dead-link" in words
    assert "more;" not in words


@pytest.mark.parametrize("has_own", [True, False])
def test_a_page_that_shows_an_earlier_text_says_so(has_own: bool, tmp_path: Path) -> None:  # noqa: FBT001
    own = [found(PAGE, 4, "A mark is missing.", Severity.ERROR)] if has_own else []
    one = strips(tmp_path, *own, before=("a&b.md",))
    expected = "This page can't be read now: it has 1 error." if has_own else "This page can't be read now."
    assert said(of(one)).startswith(f"You see the text of before. {expected}")
    assert "the text of before" not in of(one, "other.md")


def test_a_build_that_failed_says_why() -> None:
    words = said(failed("It <i>broke</i>\nin two."))
    assert words == "The last build failed; this is the site before it. error It <i>broke</i> in two."


def test_open_reports_stand_on_their_page_with_the_way_to_their_issues(tmp_path: Path) -> None:
    rows = [report(key="issue-7", day="2026-10-02"), report(day="2026-10-01"), report("closed", key="issue-9")]
    write_records(tmp_path, reports=[row.replace(",pay,", ",late,") for row in rows])
    html = of(strips(tmp_path))
    words = said(html)
    assert words.startswith("This page has 2 open reports, the oldest of 1 October 2026. Reports on your pages")
    assert ("https://github.com/example/handbook/issues/7", "#7") in read_html(html).links
    assert "report 1 October 2026 Something was wrong" in words
    assert "issue-9" not in html
    assert of(strips(tmp_path), "other.md") == ""
    elsewhere = of(strips(tmp_path, found(OTHER, 1, "A mark is missing.")), "other.md")
    assert "report content/a&b.md 2 open reports, the oldest of 1 October 2026." in said(elsewhere)
    assert ("/book/a%26b/", "content/a&b.md") in read_html(elsewhere).links
    both = said(of(strips(tmp_path, found(PAGE, 3, "A mark is missing."), found(OTHER, 1, "Elsewhere."))))
    assert both.startswith("This page has 1 warning. Other pages have 1 warning.")
    assert both.index("A mark is missing.") < both.index("Reports on your pages") < both.index("Elsewhere.")
