"""Writes the scorecard: in lines for people, as a table, as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.measures.measure import Beside, Counted, Kind, Measure, Target
from handrail.measures.scorecard import Scorecard
from handrail.model.page import Page
from handrail.report.lists import Table
from handrail.words.language import count_of, in_words

VERSION = 1
_COLUMNS = ("name", "numerator", "denominator", "value", "unit", "target", "meets", "unknown")
_BETWEEN = " \N{MIDDLE DOT} "
_UNITS = {Kind.SHARE: "%", Kind.COUNT: "", Kind.SCORE: ""}


def value_words(measure: Measure) -> str:
    """Return a measure's value as it is read; nothing where it is unknown."""
    if measure.value is None:
        return ""
    return f"{measure.value}\N{NO-BREAK SPACE}%" if measure.kind is Kind.SHARE else str(measure.value)


def of_words(measure: Measure) -> str:
    """Return how many of how many a share is, or of how many a score."""
    if measure.unknown is not None or measure.denominator is None:
        return ""
    if measure.kind is Kind.SCORE:
        return f"of {count_of(measure.denominator, 'score')}"
    return f"{measure.numerator} of {measure.denominator}"


def interval_words(measure: Measure) -> str:
    """Say between which values a measure most likely lies; nothing where it is no estimate."""
    if measure.unknown is not None or measure.interval is None:
        return ""
    low, high = measure.interval
    return f"most likely between {low} and {high}"


def beside_words(beside: Beside) -> str:
    """Say a second number of a measure's documents."""
    return f"{beside.name}: not known" if beside.numerator is None else f"{beside.numerator} {beside.name}"


def target_words(target: Target) -> str:
    """Return a target in the words of the document that sets it, and which that is."""
    source = f"as {target.source.title} says" if target.source is not None else "Handrail's default"
    return f"target {target.said}, {source}"


def verdict_words(measure: Measure) -> str:
    """Say whether a measure's target is met; nothing where that can't be told."""
    return {True: "met", False: "not met", None: ""}[measure.meets]


def scorecard_lines(found: Scorecard) -> Iterator[str]:
    """Yield the scorecard for a terminal."""
    yield f"How the handbook is doing, on {in_words(found.handbook.today)}:"
    width = max(len(measure.title) for measure in found.measures)
    for measure in found.measures:
        if measure.unknown is not None:
            yield f"  {measure.title:{width}}  not known: {measure.unknown.why} {measure.unknown.do}"
            beside = [beside_words(one) for one in measure.beside]
            if beside:
                yield f"  {'':{width}}  {_BETWEEN.join(beside)}"
            continue
        said = [value_words(measure), of_words(measure), interval_words(measure)]
        said += [beside_words(one) for one in measure.beside]
        if measure.target is not None:
            met = verdict_words(measure)
            said.append(target_words(measure.target) + (f": {met}" if met else ""))
        yield f"  {measure.title:{width}}  {_BETWEEN.join(filter(None, said))}"


def scorecard_table(found: Scorecard) -> Table:
    """Return the scorecard as one row a measure."""
    return _COLUMNS, [_row(measure) for measure in found.measures]


def _row(measure: Measure) -> tuple[str, ...]:
    target = measure.target.said if measure.target is not None else ""
    meets = {True: "yes", False: "no", None: ""}[measure.meets]
    unknown = measure.unknown.why if measure.unknown is not None else ""
    numbers = (measure.numerator, measure.denominator, measure.value)
    return (
        measure.name,
        *("" if number is None else str(number) for number in numbers),
        _UNITS[measure.kind],
        target,
        meets,
        unknown,
    )


def scorecard_data(found: Scorecard) -> dict[str, Any]:
    """Return the scorecard as plain data."""
    return {
        "version": VERSION,
        "today": found.handbook.today.isoformat(),
        "audience": found.audience,
        "measures": [_measure(found, measure) for measure in found.measures],
    }


def _measure(found: Scorecard, measure: Measure) -> dict[str, Any]:
    unknown, target = measure.unknown, measure.target
    return {
        "name": measure.name,
        "title": measure.title,
        "asks": measure.asks,
        "kind": measure.kind.value,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "value": measure.value,
        "unknown": {"why": unknown.why, "do": unknown.do, "url": unknown.url} if unknown is not None else None,
        "target": _target(found, target) if target is not None else None,
        "meets": measure.meets,
        "interval": list(measure.interval) if measure.interval is not None else None,
        "beside": [
            {"name": one.name, "numerator": one.numerator, "denominator": one.denominator, "value": one.value}
            for one in measure.beside
        ],
        "documents": [_document(found, one) for one in measure.documents],
    }


def _target(found: Scorecard, target: Target) -> dict[str, Any]:
    return {
        "value": target.value,
        "compare": target.compare.value,
        "from": _name(found, target.source) if target.source is not None else None,
        "said": target.said,
    }


def _document(found: Scorecard, one: Counted) -> dict[str, Any]:
    return {"ref": _name(found, one.page), "url": one.page.url, "counts": one.counts, "why": one.why}


def _name(found: Scorecard, page: Page) -> str:
    """Return how a page is named: by kind and id, a page without a kind by its path."""
    return found.handbook.identity(page) if page.kind is not None else page.src_uri
