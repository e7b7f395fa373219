"""Tells what a change does: two handbooks, each with what a check found in it, held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from handrail.history.moves import Between
from handrail.measures.measure import Kind, Measure
from handrail.measures.scorecard import scorecard
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import publishable
from handrail.model.settings import VISIBILITIES, Visibility
from handrail.report.diff.documents import documents
from handrail.report.diff.model import Became, Diff, Findings, Found, Measured, Turned
from handrail.report.diff.pairs import Pairs, name_of
from handrail.report.diff.sign_offs import sign_offs
from handrail.report.lists import STALE, stale
from handrail.rules.baseline import apart
from handrail.rules.finding import Finding, Report

_NOBODY = VISIBILITIES[-1]
_SEES: Mapping[Visibility, str] = {"public": "everyone", "internal": "the staff", "confidential": "nobody"}
_LEADS_NOWHERE = "nothing leads to it"
_RAN_OUT = "its sign-off has run out"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change: a handbook, what a check found in it, and its commit, None for the files as they are on disk."""

    handbook: Handbook
    report: Report
    commit: str | None


def compare(before: Side, after: Side, files: Between, settings: str, remarks: Iterable[str] = ()) -> Diff:
    """Return what a change does; `settings` says by whose settings the sides were judged."""
    pairs = Pairs(before.handbook, after.handbook, files.moves)
    return Diff(
        after.handbook.today.isoformat(),
        before.commit or "",
        after.commit,
        settings,
        tuple(remarks),
        _findings(before.report, after.report, pairs.moves),
        sign_offs(pairs),
        documents(pairs, files.touched),
        _became(pairs),
        _measures(before.handbook, after.handbook),
    )


def _findings(before: Report, after: Report, moves: Mapping[str, str]) -> Findings:
    there = [replace(finding, path=moves.get(finding.path, finding.path)) for finding in before.findings]
    came = apart(after.findings, Counter(finding.key for finding in there))
    went = apart(there, Counter(finding.key for finding in after.findings))
    return Findings(tuple(map(_found, came.beyond)), tuple(map(_found, went.beyond)))


def _found(finding: Finding) -> Found:
    return Found(
        finding.rule,
        finding.name,
        finding.severity,
        finding.path,
        finding.line,
        finding.subject,
        finding.message,
        finding.hint,
        finding.by_time,
    )


def _became(pairs: Pairs) -> Became:
    before, after = pairs.before, pairs.after
    return Became(
        _turned(pairs, {page: reason for page in after.reviewed if (reason := after.orphan_reason(page))},
                lambda old: before.orphan_reason(old) is not None),
        _turned(pairs, {one.page: _RAN_OUT if one.why == STALE else one.why for one in stale(after)}, frozenset(one.page for one in stale(before)).__contains__),
        _turned(pairs, dict.fromkeys(after.unlisted, _LEADS_NOWHERE), frozenset(before.unlisted).__contains__),
        _exposed(pairs),
    )  # fmt: skip


def _turned(pairs: Pairs, now: Mapping[Page, str], was_before: Callable[[Page], bool]) -> tuple[Turned, ...]:
    """Return the pages that are something now, with the reason, and were not before."""
    found = (
        Turned(name_of(pairs.after, page), page.title, page.path, why)
        for page, why in now.items()
        if (old := pairs.then(page)) is None or not was_before(old)
    )
    return tuple(sorted(found, key=lambda one: one.path))


def _exposed(pairs: Pairs) -> tuple[Turned, ...]:
    """Return the pages that were there before, and that more people may see now."""
    before, after = _seen(pairs.before), _seen(pairs.after)
    found = []
    for old, new in pairs.both:
        then, now = before.get(old, _NOBODY), after.get(new, _NOBODY)
        if VISIBILITIES.index(now) < VISIBILITIES.index(then):
            why = f"{_SEES[now]} may see it, and before {_SEES[then]}"
            found.append(Turned(name_of(pairs.after, new), new.title, new.path, why))
    return tuple(found)


def _seen(handbook: Handbook) -> dict[Page, Visibility]:
    """Return by whom pages may be seen once their faults are mended; what nobody may see is left out."""
    found: dict[Page, Visibility] = dict.fromkeys(publishable(handbook, "internal", leniently=True), "internal")
    return found | dict.fromkeys(publishable(handbook, "public", leniently=True), "public")


def _measures(before: Handbook, after: Handbook) -> tuple[Measured, ...]:
    then = {measure.name: measure for measure in scorecard(before, before.pages).measures}
    now = {measure.name: measure for measure in scorecard(after, after.pages).measures}
    return tuple(_measured(name, then.get(name), now.get(name)) for name in dict.fromkeys((*now, *then)))


def _measured(name: str, then: Measure | None, now: Measure | None) -> Measured:
    known = now or then
    return Measured(
        name,
        known.title if known is not None else name,
        "%" if known is not None and known.kind is Kind.SHARE else "",
        then.value if then is not None else None,
        now.value if now is not None else None,
        (then.numerator, then.denominator) if then is not None else None,
        (now.numerator, now.denominator) if now is not None else None,
    )
