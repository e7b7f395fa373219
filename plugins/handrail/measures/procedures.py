"""The measures of procedures that a handbook itself tells: tied to a plan, signed, unlisted, not written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from handrail.measures.leads import to_made
from handrail.measures.measure import Beside, Counted, Kind, Measure, Named, Unknown
from handrail.measures.scope import Scope, is_used
from handrail.measures.targets import target_of
from handrail.model.generated import Made
from handrail.model.handbook import Handbook
from handrail.model.listing import is_listed
from handrail.model.page import Page
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
    # All that name the same line are tied, or none of them is.
    groups = [(scope.handbook.orphan_reason(next(iter(pages))), pages) for pages in scope.grouped(_serving).values()]
    whole = scope.number_used
    is_known = bool(scope.handbook.plans)
    contents = to_made(scope.handbook, Made.CONTENTS)
    no_plan = Unknown("No plan is written yet.", "Write the first: `handrail new vpmom company`.", contents)
    return Measure(
        *TIED,
        Kind.SHARE,
        sum(len(pages) for reason, pages in groups if reason is None),
        whole,
        target_of(scope, TIED.name, "100 %"),
        scope.told(
            Counted(page, _UNTIED[reason] if reason else "serves a plan in force", reason is None if is_known else None)
            for reason, pages in groups
            for page in pages
        ),
        unknown=none_active(scope) if not whole else None if is_known else no_plan,
        counts="Procedures in use that name a plan which is in force, of all procedures in use.",
    )


def _serving(_: Handbook, page: Page) -> Iterator[str | None]:
    """Yield the line that a procedure in use says it serves; None where its kind serves none."""
    if is_used(page):
        yield page.line_named if page.serves_plan else None


def signed(scope: Scope) -> Measure:
    """Measure how many procedures in use all have signed who must, within twelve months."""
    lately = [
        (stands, pages)
        for (day, stands), pages in scope.grouped(_signing, scope.handbook.signing_terms).items()
        if scope.is_of_the_year(day)
    ]
    number, whole = sum(len(pages) for _, pages in lately), scope.number_used
    return Measure(
        *SIGNED,
        Kind.SHARE,
        number,
        whole,
        target_of(scope, SIGNED.name, "80 %"),
        scope.told(_signatures(scope)),
        beside=(
            Beside(AS_IT_STANDS, sum(len(pages) for stands, pages in lately if stands), number, "signed as they stand"),
        ),
        unknown=None if whole else none_active(scope),
        counts="Procedures in use that within twelve months everyone signed who must, on the day of whoever decides, of all "
        "procedures in use. A text that has changed since counts too; how many stand as they were signed is said beside it.",
    )


def _signing(handbook: Handbook, page: Page) -> Iterator[tuple[date | None, bool]]:
    """Yield the day on which a procedure in use was signed, and whether it stands as it was."""
    if is_used(page):
        sign_off = handbook.sign_off(page)
        yield sign_off.signed_on if sign_off.was_signed else None, sign_off.is_signed


def _signatures(scope: Scope) -> Iterator[Counted]:
    for page in scope.procedures:
        sign_off = scope.handbook.sign_off(page)
        day = sign_off.signed_on if sign_off.was_signed else None
        if day is not None:
            yield Counted(page, f"signed on {in_words(day)}", scope.is_of_the_year(day))
        else:
            who = missing(sign_off.missing)
            yield Counted(page, f"waits for {who}" if who else "nobody is named who signs", counts=False)


def unlisted(scope: Scope) -> Measure:
    """Count the procedures that nothing leads to, and pages of governed folders that say no kind."""
    handbook = scope.handbook
    documents = []
    for line, pages in scope.grouped(_to_be_listed).items():
        if line is None:
            documents += [Counted(page, "says no kind") for page in pages]
        elif handbook.line_of(next(iter(pages))) is None:  # else all of them are listed under it
            documents += [Counted(page, "nothing leads to it") for page in pages if not is_listed(handbook, page)]
    measure = _count(scope, UNLISTED, documents)
    return replace(
        measure,
        counts="Procedures, not retired, that no link, no navigation and no plan leads to, and pages that do not say of which "
        "kind they are, in folders where each page has to.",
    )


def _to_be_listed(handbook: Handbook, page: Page) -> Iterator[str | None]:
    """Yield the line that a procedure which is not retired names; None of a page that has to say its kind and does not."""
    if page.is_reviewed and not page.is_retired:
        yield page.line_named
    elif page.is_prose and handbook.settings.is_governed(page.src_uri):
        yield None


def undocumented(scope: Scope) -> Measure:
    """Count the procedures that are known, and not written yet."""
    pages = scope.grouped(_unwritten).get(True, ())
    measure = _count(scope, UNDOCUMENTED, [Counted(page, _why_unwritten(page)) for page in pages])
    return replace(
        measure, counts="Procedures that somebody has named, with nothing but a title and a first sentence so far."
    )


def _unwritten(_: Handbook, page: Page) -> Iterator[bool]:
    if page.is_reviewed and page.is_unwritten:
        yield True


def _why_unwritten(page: Page) -> str:
    kept = page.text("kept_in")
    return f"known, not written yet; so far it is kept in {kept}" if kept else "known, not written yet"


def none_active(scope: Scope) -> Unknown:
    """Return why nothing is known of the procedures in use where there is none."""
    contents = to_made(scope.handbook, Made.CONTENTS)
    return Unknown("No procedure is in use.", "Set `state: active` in the first procedure that holds.", contents)


def _count(scope: Scope, named: Named, documents: Collection[Counted]) -> Measure:
    return Measure(
        *named,
        Kind.COUNT,
        len(documents),
        None,
        target_of(scope, named.name, "0", is_down=True),
        scope.told(documents),
        good=False,
    )
