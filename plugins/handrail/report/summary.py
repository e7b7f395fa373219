"""The sentences of a report: how much was read, what was found, and what stands beside a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from handrail.rules.finding import Related, Report, Severity
from handrail.text.visible import one_line

Nouns = Mapping[str, tuple[str, str]]
"""What people call one document of a kind and many of them, by the kind's name."""

WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
TO_DO = "To do: "
"""Stands before what mends a finding."""
_PROSE = ("other page", "other pages")


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def related_sentence(related: Related) -> str:
    """Return a related place on one line."""
    return one_line(f"See {related.path}:{related.line}:{related.column}: {related.message}")


def read_sentence(report: Report, nouns: Nouns | None = None) -> str:
    """Say how many pages were read, by kind, the most frequent kind first and prose last."""
    if not report.read:
        return "No page was read, so nothing was checked."
    known = {"prose": _PROSE, **(nouns or {})}
    order = sorted(report.by_kind.items(), key=lambda item: (item[0] == "prose", -item[1], item[0]))
    kinds = ", ".join(one_line(counted(number, *known.get(kind, (kind, kind)))) for kind, number in order if number)
    return f"{counted(report.read, 'page')} read: {kinds}."


def found_sentence(report: Report) -> str:
    """Say how many findings there are of each severity and how many were ignored."""
    numbers = Counter(finding.severity for finding in report.findings)
    found = ", ".join(counted(numbers[severity], WORDS[severity]) for severity in Severity if numbers[severity])
    nothing = "Nothing new to fix." if report.known else "Nothing to fix."
    sentences = [f"{found}."] if found else [nothing] if report.read else []
    if report.ignored:
        verb = "is" if report.ignored == 1 else "are"
        sentences.append(f"{counted(report.ignored, 'finding')} {verb} ignored, as a page or the settings ask.")
    return " ".join(sentences)


def known_sentence(report: Report) -> str:
    """Say what the baseline knows, how much is new, and what of it is fixed; nothing where there is no baseline."""
    if not report.baseline:
        return ""
    fixed = sum(entry.count for entry in report.fixed)
    numbers = f"{len(report.known)} known, {len(report.findings)} new, {fixed} fixed"
    return f"{one_line(report.baseline)}: {numbers}{_what_to_do(report) if fixed else ''}."


def _what_to_do(report: Report) -> str:
    # Written anew, the file would take in what is new as well.
    return ": take out their lines" if report.findings else ": take them out with `handrail check --write-baseline`"
