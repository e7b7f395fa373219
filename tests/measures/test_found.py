"""The measure of what a search of the web leads to, and what stands beside it."""

from __future__ import annotations

from pathlib import Path
from weakref import ReferenceType, ref

import pytest

from handrail.measures.findability import Findability, Found
from handrail.measures.measure import Measure
from handrail.measures.own_search import OwnSearch
from handrail.measures.scorecard import by_department, scorecard
from handrail.model.handbook import Handbook
from handrail.model.publication import publishable
from handrail.pages.generated.finder import finder_index
from handrail.search.ranking import Finder
from tests.engines.drawn import BASE, sop
from tests.measures.rows import shown, write_records
from tests.pages.views import handbook_of
from tests.pages.views import shown as seen

PAGES = {
    **BASE,
    "content/a.md": sop("pay", redirect_from="[wages/]", asked_as="[when do I get my money]"),
    "content/b.md": sop("leave", asked_as="[holiday]"),
    "content/c.md": sop("secret", visibility="internal", asked_as="[holiday]"),
    "content/d.md": sop("draft", state="draft", sign_offs=""),
}
del PAGES["content/finance/expense-claims.md"]
SPAN = ("2026-10-01", "2026-10-28")


def book(folder: Path, search: list[str], pages: dict[str, str] | None = None) -> Handbook:
    write_records(folder, search=search)
    return handbook_of(folder, pages or PAGES)


def found(
    handbook: Handbook, audience: str = "all", *, asks_search: bool = False, finished: Findability | None = None
) -> Measure:
    pages = handbook.pages if audience == "all" else publishable(handbook, "public")
    card = scorecard(handbook, pages, audience, asks_search=asks_search, finished=finished)
    return next(one for one in card.measures if one.name == "sops-found")


def counted(measure: Measure) -> dict[str, bool | None]:
    return {one.page.id: one.counts for one in measure.documents}


def numbers(measure: Measure) -> list[tuple[str, int | None, int]]:
    return [(one.name, one.numerator, one.denominator) for one in measure.beside]


@pytest.mark.parametrize(
    ("rows", "pay"),
    [
        ([shown("a/", *SPAN, position="10")], True),
        ([shown("a/", *SPAN, position="10.1")], False),
        ([shown("a/", *SPAN, impressions=0, position="1")], False),
        ([shown("a/", *SPAN, position="40"), shown("wages/", *SPAN, position="9.9")], True),
        ([shown("b/", *SPAN)], False),
        ([shown("a/", "2026-09-30", "2026-10-27"), shown("b/", *SPAN)], False),
        ([shown("a/", *SPAN), shown("b/", "2026-10-02", "2026-10-28")], True),
        ([shown("a/", *SPAN), shown("nosuch/", "2026-10-02", "2026-10-29")], False),
        ([shown("a/", *SPAN), shown("b/", "2026-10-20", "2026-11-16")], True),
        ([shown("a/", *SPAN), shown("b/", "2026-11-20", "2026-11-01")], True),
        ([shown("a/", "2026-08-01", "2026-10-28"), shown("b/", *SPAN)], False),
    ],
)
def test_the_first_page_of_the_newest_span_counts(tmp_path: Path, rows: list[str], *, pay: bool) -> None:
    measure = found(book(tmp_path, rows))
    assert measure.unknown is None
    assert counted(measure)["pay"] is pay
    assert set(counted(measure)) == {"pay", "leave"}
    assert (measure.numerator, measure.denominator) == (sum(map(bool, counted(measure).values())), 2)


@pytest.mark.parametrize(
    ("rows", "is_known"),
    [
        ([], False),
        ([shown("a/", "2026-07-01", "2026-08-08")], True),
        ([shown("a/", "2026-07-01", "2026-08-07")], False),
        ([shown("a/", "2026-10-01", "2026-10-27")], False),
        ([shown("a/", "2024-02-02", "2024-02-29")], False),
    ],
)
def test_a_span_is_of_28_days_and_ended_within_the_last_100(tmp_path: Path, rows: list[str], *, is_known: bool) -> None:
    measure = found(book(tmp_path, rows))
    assert (measure.unknown is None) is is_known
    if measure.unknown is not None:
        assert measure.unknown.why == "No 28 days that ended after 7 August 2026 are on record from a search engine."
        assert measure.unknown.url == "https://search.google.com/search-console"
        assert counted(measure) == {"pay": None, "leave": None}


def test_beside_it_stands_what_the_sites_own_search_finds(tmp_path: Path) -> None:
    both = {**PAGES, **{f"content/x{number}.md": sop(f"other-{number}", title='"Holiday"') for number in range(3)}}
    handbook = book(tmp_path, [], both)
    beside = numbers(found(handbook, asks_search=True))
    assert beside == [("own search", 4, 5), ("ready", None, 5)], "three pages have the title Holiday"
    assert found(handbook).beside == ()


def test_a_page_that_the_site_leaves_out_is_not_found_there(tmp_path: Path) -> None:
    aside = {"content/x/README.md": sop("aside"), "content/x/index.md": "# In its place\n"}
    aside["content/y.md"] = sop("kept-out", search="{exclude: true}")
    own, _ = numbers(found(book(tmp_path, [], {**PAGES, **aside}), asks_search=True))
    assert own == ("own search", 2, 4)


def test_it_is_the_search_of_the_site(tmp_path: Path) -> None:
    handbook = book(tmp_path, [])
    public = scorecard(handbook, publishable(handbook, "public"), "public", asks_search=True)
    site = Finder(finder_index(seen(handbook), ()))
    own = public.scope.own_search.finder()
    assert (own.titles, own.terms, own.urls[:5]) == (site.titles, site.terms, site.urls[:5])
    assert "Secret" not in own.titles


def test_the_search_is_made_once_for_all_departments_and_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handbook = book(tmp_path, [])
    made: list[ReferenceType[Finder]] = []
    finder = OwnSearch.finder

    def noted(search: OwnSearch) -> Finder:
        found = finder(search)
        made.append(ref(found))
        return found

    monkeypatch.setattr(OwnSearch, "finder", noted)
    card = scorecard(handbook, handbook.pages, asks_search=True)
    parts = by_department(card, lambda page: page)
    assert [numbers(part.measures["sops-found"]) for part in parts if numbers(part.measures["sops-found"])[0][2]]
    assert [one() for one in made] == [None]


def test_what_a_finished_site_lacks_is_not_ready(tmp_path: Path) -> None:
    handbook = book(tmp_path, [])
    pay, leave = handbook.by_src_uri["a.md"], handbook.by_src_uri["b.md"]
    finished = Findability((Found(pay), Found(leave, ("sitemap",))))
    card = scorecard(handbook, handbook.pages, asks_search=True, finished=finished)
    measure = next(one for one in card.measures if one.name == "sops-found")
    assert numbers(measure) == [("own search", 2, 2), ("ready", 1, 2)]
    assert [part.measures["sops-found"].beside for part in by_department(card, lambda _: None)] == [measure.beside]
