"""Runs the rules over a handbook: stamps severities, applies ignores, and reports what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from handrail.errors import HandrailError
from handrail.faults import fault
from handrail.model.handbook import Handbook
from handrail.model.publication import is_withheld_for_faults
from handrail.model.setting_places import FilePlace
from handrail.model.settings import fits
from handrail.rules.finding import Entry, Finding, Related, Report, Severity
from handrail.rules.ignores import Ignores
from handrail.rules.registry import Hit, Rule, Spot, all_rules, find_rule, severities
from handrail.rules.site_faults import SiteFault
from handrail.rules.subjects import cut
from handrail.text.visible import one_line, visible


def check(handbook: Handbook, families: tuple[str, ...] = ()) -> Report:
    """Run every rule, or those of some families, that is not switched off; return what they found, by page and place."""
    ignores = Ignores(handbook)
    rules = [rule for rule in all_rules() if not rule.of_site and (not families or rule.code.startswith(families))]
    return _report(
        handbook,
        ignores,
        sorted(rules, key=lambda rule: rule.judges_ignores),
        lambda rule: rule.find(handbook, ignores) if rule.judges_ignores else rule.find(handbook),
    )


def check_site(handbook: Handbook, faults: Sequence[SiteFault], place: str) -> Report:
    """Return what is wrong with a finished site as findings; `place` is its folder, relative to the project's root."""
    rules = [rule for rule in all_rules() if rule.of_site]
    return _report(handbook, Ignores(handbook), rules, lambda rule: rule.find(faults, place))


def of_a_check(code: str) -> bool:
    """Say whether a check would hold what the rule of a code finds; one that there is no more finds nothing anywhere."""
    return not of_a_site(code)


def of_a_site(code: str) -> bool:
    """Say whether only a finished site can break the rule of a code."""
    known = find_rule(code)
    return known is not None and known.of_site


def _report(
    handbook: Handbook, ignores: Ignores, rules: Iterable[Rule], hits: Callable[[Rule], Iterable[Hit]]
) -> Report:
    severity = severities(handbook.project)
    audience = handbook.settings.audience
    findings: list[Finding] = []
    failures: dict[str, None] = {}
    ignored = 0
    for rule in rules:
        level = severity[rule.code]
        if level is None:
            continue
        for hit in _hits(rule, hits, failures):
            page = hit.spot.page if isinstance(hit.spot, Spot) else None
            exposes = rule.exposes or (rule.withholds and page is not None and is_withheld_for_faults(page, audience))
            finding = _finding(rule, level, hit, exposes=exposes)
            ignore = ignores.fitting(rule.code, rule.name, page, _src_uri(handbook, hit), exposes=exposes)
            if ignore is None:
                findings.append(finding)
            elif ignore.has_run_out(handbook.today):
                findings.append(finding.counting_again())
            else:
                ignored += 1
    findings.sort(key=lambda finding: finding.order)
    return Report(
        handbook.today.isoformat(), handbook.counts, tuple(findings), ignored, _remark(handbook), tuple(failures)
    )


def _hits(rule: Rule, hits: Callable[[Rule], Iterable[Hit]], failures: dict[str, None]) -> Iterator[Hit]:
    """Yield what a rule finds; where it fails, note what to say of that, for the others judge all the same."""
    try:
        yield from hits(rule)
    except HandrailError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of one rule must not hide what the others find
        failures[fault(error)] = None


def _remark(handbook: Handbook) -> str:
    """Say why nothing was held against git, where there are signatures that would have been."""
    is_signed = any(page.entries("sign_offs") for page in handbook.documents)
    return handbook.past.facts.reason if is_signed else ""


def select(
    report: Report, *, paths: Iterable[str] = (), codes: Iterable[str] | None = None, without: Iterable[str] = ()
) -> Report:
    """Return the report with only what it says of these paths (files, folders or patterns) and of these rules."""
    wanted_paths, wanted, unwanted = list(paths), None if codes is None else set(codes), set(without)

    def is_wanted(one: Finding | Entry) -> bool:
        is_there = not wanted_paths or any(fits(path, one.path) for path in wanted_paths)
        return is_there and (wanted is None or one.rule in wanted) and one.rule not in unwanted

    return replace(
        report,
        findings=tuple(filter(is_wanted, report.findings)),
        known=tuple(filter(is_wanted, report.known)),
        fixed=tuple(filter(is_wanted, report.fixed)),
    )


def _src_uri(handbook: Handbook, hit: Hit) -> str:
    if isinstance(hit.spot, Spot):
        return hit.spot.page.src_uri
    prefix = handbook.project.from_root("")
    path = hit.spot.path if isinstance(hit.spot, FilePlace) else hit.spot
    return path.removeprefix(prefix)


def _finding(rule: Rule, severity: Severity, hit: Hit, *, exposes: bool) -> Finding:
    # What authors wrote stands in the sentences, and may hold what nobody sees.
    related = tuple(Related(*place_of(spot), message=one_line(message)) for spot, message in hit.related)
    return Finding(
        rule.code,
        rule.name,
        severity,
        *place_of(hit.spot),
        message=one_line(hit.message),
        hint=visible(hit.hint),
        related=related,
        subject=cut(hit.subject),
        once=rule.once,
        exposes=exposes,
        never_known=exposes and (severity is Severity.ERROR or rule.gets_out),
        by_time=hit.by_time,
        kind=_kind(hit),
        neglect=rule.neglect,
    )


def _kind(hit: Hit) -> str:
    return hit.spot.page.counted_as if isinstance(hit.spot, Spot) else ""


def place_of(spot: Spot | FilePlace | str) -> tuple[str, int, int, int, int]:
    """Return the path of a place, its first line and column, and its last."""
    if isinstance(spot, str):
        return spot, 1, 1, 1, 1
    if isinstance(spot, FilePlace):
        return spot.path, spot.line, spot.column, spot.end_line, spot.end_column
    source = spot.page.source
    span = (spot.offset, spot.end) if spot.offset is not None else source.span(spot.path, key=spot.key)
    return spot.page.path, *source.lines.span(*span)
