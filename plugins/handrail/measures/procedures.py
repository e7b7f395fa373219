"""The measures of procedures that a handbook itself tells: tied to a plan, signed, unlisted, not written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from handrail.measures.measure import Beside, Counted, Kind, Measure, Unknown
from handrail.measures.targets import target_of
from handrail.model.dates import add_months
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.words.language import in_words
from handrail.words.signing import missing

_YEAR = 12  # months
_NONE_ACTIVE = Unknown("No procedure is in use.", "Set `state: active` in the first procedure that holds.")
_UNTIED = {
    "no plan named": "names no plan",
    "unknown line": "names a plan that does not exist",
    "line with no active plan": "its plan is not written for this period",
}


def procedures(handbook: Handbook, pages: Collection[Page]) -> list[Page]:
    """Return the procedures and the like among some pages that are in use."""
    return [page for page in handbook.reviewed if page.is_in_force and page in pages]


def tied(handbook: Handbook, pages: Collection[Page]) -> Measure:
    """Measure how many procedures in use serve a plan that is in force."""
    documents = []
    for page in procedures(handbook, pages):
        reason = handbook.orphan_reason(page)
        documents.append(Counted(page, _UNTIED[reason] if reason else "serves a plan in force", reason is None))
    return _share(
        "sops-tied", "Tied to a plan", "Does each procedure serve a plan?", handbook, documents, default="100 %"
    )


def signed(handbook: Handbook, pages: Collection[Page]) -> Measure:
    """Measure how many procedures in use all have signed who must, within twelve months."""
    a_year_ago = add_months(handbook.today, -_YEAR)
    documents, stand = [], 0
    for page in procedures(handbook, pages):
        sign_off = handbook.sign_off(page)
        day = sign_off.signed_on if sign_off.was_signed else None
        counts = day is not None and a_year_ago < day <= handbook.today
        if day is None:
            who = missing(sign_off.missing)
            why = f"waits for {who}" if who else "nobody is named who signs"
        else:
            why = f"signed on {in_words(day)}"
        documents.append(Counted(page, why, counts))
        stand += counts and sign_off.is_signed
    measure = _share(
        "sops-signed",
        "Signed within twelve months",
        "Have those who must signed each procedure lately?",
        handbook,
        documents,
        default="80 %",
    )
    return replace(measure, beside=(Beside("as it stands", stand, measure.numerator),))


def unlisted(handbook: Handbook, pages: Collection[Page]) -> Measure:
    """Count the procedures that nothing leads to, and pages of governed folders that say no kind."""
    found = [page for page in handbook.unlisted if page in pages and (page.is_reviewed or page.kind is None)]
    governed = [page for page in found if page.is_reviewed or handbook.settings.is_governed(page.src_uri)]
    documents = [Counted(page, "nothing leads to it" if page.kind else "says no kind") for page in governed]
    return _count("sops-unlisted", "Listed nowhere", "Which procedures can nobody come across?", handbook, documents)


def undocumented(handbook: Handbook, pages: Collection[Page]) -> Measure:
    """Count the procedures that are known, and not written yet."""
    documents = [
        Counted(page, "known, not written yet") for page in handbook.reviewed if page in pages and page.is_unwritten
    ]
    return _count(
        "sops-undocumented",
        "Known, not written",
        "Which procedures do we know of and have not written?",
        handbook,
        documents,
    )


def _share(name: str, title: str, asks: str, handbook: Handbook, documents: list[Counted], *, default: str) -> Measure:
    return Measure(
        name,
        title,
        asks,
        Kind.SHARE,
        sum(one.counts for one in documents),
        len(documents),
        target_of(handbook, name, default),
        tuple(documents),
        unknown=None if documents else _NONE_ACTIVE,
    )


def _count(name: str, title: str, asks: str, handbook: Handbook, documents: list[Counted]) -> Measure:
    target = target_of(handbook, name, "0")
    return Measure(name, title, asks, Kind.COUNT, len(documents), None, target, tuple(documents))
