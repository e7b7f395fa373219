"""HB1: the front matter is readable but is not what its kind asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from handrail.model.dates import add_months, parse_day, parse_period
from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.page import Page, meant_kind
from handrail.model.references import PLAN
from handrail.model.validation import MISSING, NO_VALUE, UNKNOWN, Violation
from handrail.model.violations import meant_field
from handrail.rules.examples import rapid_example
from handrail.rules.finding import Severity
from handrail.rules.ignores import exposed_to
from handrail.rules.registry import Hit, at, at_offset, rule
from handrail.rules.schema_words import explained_by, refusal, why_not_set
from handrail.rules.subjects import of_field
from handrail.words.language import count_of, join_words, quoted
from handrail.words.options import adding

_MOST_NAMED = 20
_SPAN = (36, 120)
"""How many months a vision may reach: three to ten years."""


def _violations(handbook: Handbook, keywords: tuple[str, ...], *, others: bool = False) -> Iterator[Hit]:
    for page in handbook.documents:
        for violation in page.violations:
            if (violation.keyword in keywords) is not others:
                message, hint = refusal(violation, page)
                missing = violation.keyword == MISSING
                spot = (
                    at(page, violation.path[:-1] or ("kind",), key=True)
                    if missing
                    else at(page, violation.path, key=violation.keyword in (UNKNOWN, NO_VALUE))
                )
                yield Hit(spot, message, hint, subject=_subject(violation))


def _subject(violation: Violation) -> str:
    """Return the field, and its value where that is what is wrong."""
    of_value = violation.keyword not in (UNKNOWN, NO_VALUE, MISSING)
    return of_field(violation.path, violation.value if of_value else None)


@rule("HB101", "unknown-kind", Severity.ERROR, withholds=True)
def unknown_kind(handbook: Handbook) -> Iterator[Hit]:
    """The page says a kind that no schema describes.

    What can't be checked is not published. Each kind is a schema in `schemas/`; a company adds its own there.

    **What to do.** Fix the word; `kind: page` is for prose. `handrail kind` and the page “Kinds of pages” say what each is.
    """
    for page in handbook.pages:
        slip = meant_kind(page.source.data) if page.is_prose else None
        if slip is not None:
            yield Hit(
                at(page, (slip,), key=True),
                f"The field {quoted(slip)} is not `kind`, so nothing says what this page is.",
                "Write it as kind: …",
                subject=of_field((slip,)),
            )
        if page.kind is None and "kind" in page.source.data and not page.source.distrusts(("kind",)):
            name = page.source.data["kind"]
            close = nearest(name, handbook.kinds) if isinstance(name, str) else None
            hint = (
                f"Did you mean `{close}`?"
                if close
                else f"Known are {join_words(f'`{kind}`' for kind in sorted(handbook.kinds))}. `handrail kind` explains them."
            )
            yield Hit(at(page, ("kind",)), _no_kind(name), hint, subject=of_field(("kind",), name))


def _no_kind(name: Any) -> str:
    if name is None:
        return "`kind` has no value."
    return f"There is no kind {quoted(name)}." if isinstance(name, str) else f"`kind` is one word, not {quoted(name)}."


@rule("HB102", "unknown-field", Severity.ERROR, withholds=True)
def unknown_field(handbook: Handbook) -> Iterator[Hit]:
    """A field is not one of its kind's.

    Most are slips, such as `onwer`; without this error the owner would just be missing. A field that another program needs is
    one finding for the whole handbook, which lists the pages that say it; each of them is withheld.

    **What to do.** Fix the name, or delete the line; `handrail kind sop` explains the fields of procedures, and so of each kind. What another program needs is named in the setting `keep`: pages carry it
    then, and nothing of it is signed or shown.
    """
    foreign: dict[tuple[str | int, ...], list[tuple[Page, Violation]]] = defaultdict(list)
    for page, violation in _unknown(handbook):
        if page.kind is None or len(violation.path) > 1 or meant_field(page.kind, violation):
            yield Hit(at(page, violation.path, key=True), *refusal(violation, page), subject=_subject(violation))
        else:
            foreign[violation.path[0], *exposed_to(handbook, page)].append((page, violation))
    for found in foreign.values():
        yield _of_another_program(handbook, found)


def _unknown(handbook: Handbook) -> Iterator[tuple[Page, Violation]]:
    for page in handbook.documents:
        for violation in page.violations:
            if violation.keyword == UNKNOWN:
                yield page, violation


def _of_another_program(handbook: Handbook, found: list[tuple[Page, Violation]]) -> Hit:
    """Return the one finding about a field that no kind of the pages which say it has."""
    (page, violation), *others = found
    key = str(violation.path[0])
    message, advice = refusal(violation, page)
    if others:
        message = f"{message.removesuffix('.')}, nor on {count_of(len(others), 'other page')} that say{'s' * (len(others) == 1)} it."
    keep = f"if another program needs it, {adding(handbook.project, 'keep', key)}."
    return Hit(
        at(page, (key,), key=True),
        message,
        f"{advice.removesuffix('.')}; {keep} {'' if why_not_set(key) else explained_by(page, ())}".rstrip(),
        tuple((at(other, (key,), key=True), "This page says it too.") for other, _ in others[:_MOST_NAMED]),
        subject=_subject(violation),
    )


@rule("HB103", "wrong-value", Severity.ERROR, withholds=True)
def wrong_value(handbook: Handbook) -> Iterator[Hit]:
    """A field's value is not of the form that the field takes.

    Dates are days of the calendar, ids are small letters and hyphens, lists are lists; then every tool reads them alike.

    **What to do.** Write the value as the hint says; `handrail kind sop trigger` explains a field and shows an example.
    """
    yield from _violations(handbook, (UNKNOWN, NO_VALUE, MISSING), others=True)
    for page in handbook.documents:
        if not page.source.distrusts(("rapid",)):
            for fault in page.rapid.faults:
                yield Hit(
                    at(page, ("rapid",)),
                    f"`rapid` can't be read: {fault}.",
                    f"Write it as {rapid_example(handbook)}",
                    subject=of_field(("rapid",), page.data.get("rapid")),
                )
    for page in handbook.of_kind(PLAN):
        period = page.data.get("period")
        if (
            isinstance(period, dict)
            and page.is_valid
            and parse_period(period, handbook.settings.fiscal_year_end) is None
        ):
            yield Hit(
                at(page, ("period",)),
                "`period` ends before it begins.",
                "Write the first day under `from`, the last under `to`.",
                subject=of_field(("period",), period),
            )
    for page in handbook.of_kind("vision"):
        yield from _horizon(page)


def _horizon(page: Page) -> Iterator[Hit]:
    value = page.data.get("horizon")
    start, end = (parse_day(value.get(key)) for key in ("from", "to")) if isinstance(value, dict) else (None, None)
    if start is None or end is None:
        return
    shortest, longest = (add_months(start, months) for months in _SPAN)
    # A horizon's last day is inside it, so three years from 1 February end on 31 January.
    if not shortest.toordinal() - 1 <= end.toordinal() <= longest.toordinal():
        yield Hit(
            at(page, ("horizon",)),
            "`horizon` does not span three to ten years.",
            "A vision is obtainable and has a date on it; move `to`.",
            subject=of_field(("horizon",), value),
        )


@rule("HB104", "missing-field", Severity.ERROR, withholds=True)
def missing_field(handbook: Handbook) -> Iterator[Hit]:
    """A field is missing that its kind needs, or needs in this state.

    A draft may lack much that an active page needs, so that anyone can begin.

    **What to do.** Add the line, or set the state back to `draft`; `handrail kind sop` says what a procedure needs, and shows an example.
    """
    return _violations(handbook, (MISSING,))


@rule("HB105", "no-value", Severity.ERROR, withholds=True)
def no_value(handbook: Handbook) -> Iterator[Hit]:
    """A field has a name and no value.

    It can't be told whether it was forgotten or meant to be empty.

    **What to do.** Fill it in or delete the line.
    """
    return _violations(handbook, (NO_VALUE,))


@rule("HB106", "governed-without-kind", Severity.WARNING, neglect="no kind")
def governed_without_kind(handbook: Handbook) -> Iterator[Hit]:
    """A page of a governed folder has front matter that says no kind.

    In folders that the setting `governed` lists, every page says what it is.

    **What to do.** Add a line `kind: page`, or another kind.
    """
    for page in handbook.pages:
        if page.is_prose and page.source.has_front_matter and handbook.settings.is_governed(page.src_uri):
            yield Hit(
                at(page),
                "This folder is governed, and the page's front matter says no `kind`.",
                "Add a line such as kind: page",
            )


@rule("HB107", "heading-differs", Severity.INFO)
def heading_differs(handbook: Handbook) -> Iterator[Hit]:
    """The heading at the top of the page is not its title.

    Lists and searches show the title, the page shows the heading; readers wonder whether they are in the right place.

    **What to do.** Make them the same, or delete the heading: the title is shown by itself.
    """
    for page in handbook.documents:
        title = page.source.data.get("title")
        if isinstance(title, str) and page.source.first_headings and not page.doubts("title"):
            heading, offset = page.source.first_headings[0]
            if " ".join(heading.casefold().split()) != " ".join(title.casefold().split()):
                yield Hit(
                    at_offset(page, offset),
                    f"The heading is {quoted(heading)}, the title {quoted(title)}.",
                    "Make them the same, or delete the heading.",
                    ((at(page, ("title",)), "The title stands here."),),
                    subject=heading,
                )
