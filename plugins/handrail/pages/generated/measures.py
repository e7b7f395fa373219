"""The measures as leaders read them: one line a measure, each with its target and what is behind the number."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from handrail.measures.measure import Compare, Kind, Measure, Unknown
from handrail.measures.scorecard import SEVEN
from handrail.model.urls import relative
from handrail.pages.audience import Link, Shown
from handrail.pages.generated.measure_trends import declining, row_chart
from handrail.pages.phrases import commas
from handrail.pages.views import Measured, Section, Words
from handrail.report.scorecard import beside_words, collected_words, interval_words, of_words, value_words
from handrail.report.trends import measure_way, no_trends
from handrail.words.language import capital

_NAMED = 3
"""So many documents are named beside a number; the list behind it has them all."""


def measures(shown: Shown, base: str) -> Iterator[Section]:
    """Yield the measures over what may be seen, as seen from the address `base`: those by which a handbook is judged, and others."""
    found = shown.scorecard
    title = "Seven measures" if len(found.seven) == len(SEVEN) else "Measures"
    seven = tuple(measured(shown, measure, base) for measure in found.worst_first(found.seven))
    said = " ".join(filter(None, (collected_words(found), no_trends(found))))
    yield Section(title, "measures", words=(said,) if said else (), measures=seven)
    if found.others:
        others = tuple(measured(shown, measure, base) for measure in found.worst_first(found.others))
        yield Section("Also measured", "also-measured", measures=others)


def measured(shown: Shown, measure: Measure, base: str) -> Measured:
    """Return a measure as one row, as seen from the address `base`; its question leads to its own page."""
    question = Link(measure.asks, url=shown.measure_page(measure.name, base))
    target = f"target {measure.target.said}" if measure.target is not None else ""
    if measure.unknown is not None:
        words = unknown_words(measure, measure.unknown, base)
        return Measured(question, "unknown", "", words, "Unknown", target, *row_chart(shown, measure, ""))
    verdict, state = _judged(shown, measure)
    share = value_words(measure) if measure.kind is Kind.SHARE else ""
    value = (of_words(measure) if measure.kind is Kind.SHARE else "") or value_words(measure)
    of = of_words(measure) if measure.kind is Kind.SCORE else ""
    small = ", ".join(filter(None, (share, of, interval_words(measure), target)))
    return Measured(
        question, state, verdict, _behind(measure), value, small, *row_chart(shown, measure, verdict_of(measure)[1])
    )


def _judged(shown: Shown, measure: Measure) -> tuple[str, str]:
    """Say how a measure stands, and first which way it goes where that is the wrong one."""
    verdict, state = verdict_of(measure)
    found, worse = shown.scorecard.trend(measure), declining(shown, measure)
    if found is None or not worse:
        return verdict, state
    join = ", and still " if measure.meets else ", and "
    return measure_way(measure, found) + (f"{join}{verdict[:1].lower()}{verdict[1:]}" if verdict else "."), worse


def unknown_words(measure: Measure, unknown: Unknown, base: str) -> Words:
    """Say why a measure is unknown, with one thing to do that leads to where it is done, and what is known beside it."""
    url = unknown.url if urlsplit(unknown.url).scheme else relative(unknown.url, base)
    return (
        f"{unknown.why.replace('`', '')} ",
        Link(unknown.do.replace("`", ""), url=url),
        *(f" {said}" for said in beside_sentences(measure)),
    )


def verdict_of(measure: Measure) -> tuple[str, str]:
    """Say whether a target is met, with the state whose mark and colour that has."""
    if measure.meets is None or measure.target is None:
        return "", ""
    if measure.meets:
        return "On target.", "signed"
    wants_more = measure.target.compare in (Compare.AT_LEAST, Compare.OVER)
    return ("Under target." if wants_more else "Over target."), "under"


def beside_sentences(measure: Measure) -> list[str]:
    """Say in a sentence each number that stands beside a measure's own."""
    return [f"{capital(words)}." for words in beside_words(measure)]


def _behind(measure: Measure) -> Words:
    """Name the documents that keep a measure from its target, the first few of them, and say what stands beside the number."""
    beside = beside_sentences(measure)
    # Of a score the answers count, and no document keeps it low by not being asked about.
    documents = measure.documents if measure.kind is not Kind.SCORE else ()
    found = [one.page for one in documents if one.counts is (not measure.good)]
    words: list[str | Link] = [" ".join([*beside, ""])] if beside else []
    if found:
        words += [
            "Not among them: " if measure.good else "",
            *commas(Link(page.title, page) for page in found[:_NAMED]),
        ]
        words.append(f" and {len(found) - _NAMED} more." if len(found) > _NAMED else ".")
    return tuple(words)
