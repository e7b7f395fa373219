"""The measures of procedures that a handbook itself tells: tied to a plan, signed, unlisted, not written."""

from __future__ import annotations

from dataclasses import replace

from handrail.measures.leads import to_made
from handrail.measures.measure import Beside, Counted, Kind, Measure, Named, Unknown
from handrail.measures.scope import Scope
from handrail.measures.targets import target_of
from handrail.model.generated import Made
from handrail.model.listing import is_listed
from handrail.words.language import in_words
from handrail.words.signing import missing

TIED = Named("sops-tied", "Tied to a plan", "Does each procedure serve a plan?")
SIGNED = Named("sops-signed", "Signed within twelve months", "Have those who must signed each procedure lately?")
UNLISTED = Named("sops-unlisted", "Listed nowhere", "Which procedures can nobody come across?")
UNDOCUMENTED = Named("sops-undocumented", "Known, not written", "Which procedures do we know of and have not written?")
AS_IT_STANDS = "as it stands"
"""Names how many of the signed procedures have the text that was signed, or one that reads the same."""
_UNTIED = {
    "no plan named": "names no plan",
    "unknown line": "names a plan that does not exist",
    "line with no active plan": "its plan is not written for this period",
}


def tied(scope: Scope) -> Measure:
    """Measure how many procedures in use serve a plan that is in force."""
    documents = []
    for page in scope.procedures:
        reason = scope.handbook.orphan_reason(page)
        documents.append(Counted(page, _UNTIED[reason] if reason else "serves a plan in force", reason is None))
    measure = _share(scope, TIED, documents, default="100 %")
    counts = "Procedures in use that name a plan which is in force, of all procedures in use."
    if measure.unknown is not None or scope.handbook.plans:
        return replace(measure, counts=counts)
    contents = to_made(scope.handbook, Made.CONTENTS)
    return replace(
        measure,
        documents=tuple(replace(one, counts=None) for one in documents),
        unknown=Unknown("No plan is written yet.", "Write the first: `handrail new vpmom company`.", contents),
        counts=counts,
    )


def signed(scope: Scope) -> Measure:
    """Measure how many procedures in use all have signed who must, within twelve months."""
    documents, stand = [], 0
    for page in scope.procedures:
        sign_off = scope.handbook.sign_off(page)
        day = sign_off.signed_on if sign_off.was_signed else None
        counts = day is not None and scope.a_year_ago < day <= scope.handbook.today
        if day is None:
            who = missing(sign_off.missing)
            why = f"waits for {who}" if who else "nobody is named who signs"
        else:
            why = f"signed on {in_words(day)}"
        documents.append(Counted(page, why, counts))
        stand += counts and sign_off.is_signed
    measure = _share(scope, SIGNED, documents, default="80 %")
    return replace(
        measure,
        beside=(Beside(AS_IT_STANDS, stand, measure.numerator, "signed as they stand"),),
        counts="Procedures in use that within twelve months everyone signed who must, on the day of whoever decides, of all "
        "procedures in use. A text that has changed since counts too; how many stand as they were signed is said beside it.",
    )


def unlisted(scope: Scope) -> Measure:
    """Count the procedures that nothing leads to, and pages of governed folders that say no kind."""
    handbook = scope.handbook
    documents = []
    for page in sorted(scope.pages, key=lambda page: page.path):
        if page.is_reviewed and not page.is_retired and not is_listed(handbook, page):
            documents.append(Counted(page, "nothing leads to it"))
        elif page.is_prose and handbook.settings.is_governed(page.src_uri):
            documents.append(Counted(page, "says no kind"))
    measure = _count(scope, UNLISTED, documents)
    return replace(
        measure,
        counts="Procedures, not retired, that no link, no navigation and no plan leads to, and pages that do not say of which "
        "kind they are, in folders where each page has to.",
    )


def undocumented(scope: Scope) -> Measure:
    """Count the procedures that are known, and not written yet."""
    documents = [
        Counted(page, "known, not written yet") for page in scope.documents if page.is_reviewed and page.is_unwritten
    ]
    measure = _count(scope, UNDOCUMENTED, documents)
    return replace(
        measure, counts="Procedures that somebody has named, with nothing but a title and a first sentence so far."
    )


def none_active(scope: Scope) -> Unknown:
    """Return why nothing is known of the procedures in use where there is none."""
    contents = to_made(scope.handbook, Made.CONTENTS)
    return Unknown("No procedure is in use.", "Set `state: active` in the first procedure that holds.", contents)


def _share(scope: Scope, named: Named, documents: list[Counted], *, default: str) -> Measure:
    return Measure(
        *named,
        Kind.SHARE,
        sum(one.counts is True for one in documents),
        len(documents),
        target_of(scope, named.name, default),
        tuple(documents),
        unknown=None if documents else none_active(scope),
    )


def _count(scope: Scope, named: Named, documents: list[Counted]) -> Measure:
    return Measure(
        *named,
        Kind.COUNT,
        len(documents),
        None,
        target_of(scope, named.name, "0", is_down=True),
        tuple(documents),
        good=False,
    )
