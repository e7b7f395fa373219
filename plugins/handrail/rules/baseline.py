"""The baseline: which findings are known, so that only new ones fail, and which of the known are fixed by now.

A finding is known by rule, path and subject, and by how many of these are counted; what exposes is never known, but where its rule
only warns and what it names stays withheld. Where a
page has moved, its entries go along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from handrail.errors import SettingsError
from handrail.model.project import Project
from handrail.model.settings import DEFAULT_BASELINE
from handrail.rules import baseline_file
from handrail.rules.finding import Entry, Finding, Key, Report
from handrail.words.language import in_words

Moves = Callable[[Path, Collection[str]], Mapping[str, str]]
"""Says where files lie today, by their path from a folder, at whose former paths nothing lies any more."""


Judges = Callable[[str], bool]
"""Says of a rule, by its code, whether a report would hold what it finds: a check looks at no finished site, say."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known findings of a handbook; `file` is the path from the project's root of what lists them."""

    file: str
    entries: tuple[Entry, ...]

    def after(self, root: Path, moves: Moves) -> Baseline:
        """Return the baseline with each entry where its page lies today; `moves` is asked only of pages that are not there."""
        gone = {entry.path for entry in self.entries if not _is_there(root, entry.path)}
        today = moves(root, gone) if gone else {}
        return replace(
            self, entries=_together(replace(one, path=today.get(one.path, one.path)) for one in self.entries)
        )


def read_baseline(project: Project, *, may_be_missing: bool = False) -> Baseline | None:
    """Return the baseline of a project, None where it has none; raises SettingsError where it can't be used.

    Only the file that the settings name has to be there, unless it `may_be_missing`.
    """
    name = project.settings.baseline
    try:
        text = (project.root / name).read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        if may_be_missing or name == DEFAULT_BASELINE:
            return None
        advice = "`handrail check --write-baseline` writes it."
        raise SettingsError(f"{name}, which the option `baseline` names, is not there; {advice}") from error
    except OSError as error:
        raise SettingsError(f"{name}, the baseline, can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{name}, the baseline, is not UTF-8 text; save it as UTF-8.") from error
    return Baseline(name, _together(baseline_file.read(text, name), max))


def subtract(report: Report, project: Project, moves: Moves, judges: Judges) -> Report:
    """Return the report of a whole handbook with what its baseline knows set apart; without one, the report itself.

    Nothing is called fixed of which the report's rules could not have found anything.
    """
    baseline = read_baseline(project)
    if baseline is None:
        return report
    return held_against(report, baseline.after(project.root, moves), judges)


def held_against(report: Report, baseline: Baseline, judges: Judges) -> Report:
    """Return the report with the findings that the baseline knows set apart, and with what of it is fixed."""
    today = date.fromisoformat(report.today)
    entries = {entry.key: entry for entry in baseline.entries}
    counts = {key: entry.count for key, entry in entries.items()}
    told = apart((finding for finding in report.findings if not finding.never_known), counts)
    new = [*told.beyond, *(finding for finding in report.findings if finding.never_known)]
    known: list[Finding] = []
    for finding in told.within:
        until = entries[finding.key].until
        if until is not None and until < today:
            hint = f"{finding.hint} {baseline.file} left it out until {in_words(until)}.".strip()
            new.append(replace(finding.counting_again(), hint=hint))
        else:
            known.append(finding)
    exposing = {finding.key for finding in report.findings if finding.never_known}
    fixed = (
        replace(entry, count=told.left[key])
        for key, entry in entries.items()
        if told.left[key] and key not in exposing and judges(entry.rule)
    )
    new.sort(key=lambda finding: finding.order)
    return replace(report, findings=tuple(new), known=tuple(known), fixed=tuple(fixed), baseline=baseline.file)


@dataclass(frozen=True, slots=True)
class Apart:
    """Findings by page and place, held against numbers of them: those `within`, those `beyond`, and how many are `left` of each."""

    within: tuple[Finding, ...]
    beyond: tuple[Finding, ...]
    left: Counter[Key]


def apart(findings: Iterable[Finding], counts: Mapping[Key, int]) -> Apart:
    """Hold findings against how many there were of each path, rule and subject; the first ones of each are those there were."""
    left = Counter(counts)
    within: list[Finding] = []
    beyond: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: finding.order):
        is_within = left[finding.key] > 0
        left[finding.key] -= is_within
        (within if is_within else beyond).append(finding)
    return Apart(tuple(within), tuple(beyond), left)


def renewed(report: Report, before: Iterable[Entry], judges: Judges) -> tuple[Entry, ...]:
    """Return the entries for what a report finds, less what is never known; each keeps the day that a person gave it.

    What other rules found than those of the report stays.
    """
    known = list(before)
    days = {entry.key: entry.until for entry in known}
    entries = (
        Entry(finding.home, finding.rule, finding.name, finding.subject, 1, days.get(finding.key))
        for finding in report.findings
        if judges(finding.rule) and not finding.never_known
    )
    return _together([*(entry for entry in known if not judges(entry.rule)), *entries])


def _together(entries: Iterable[Entry], count: Callable[[int, int], int] = int.__add__) -> tuple[Entry, ...]:
    """Return entries in their order, those of the same findings as one."""
    found: dict[Key, Entry] = {}
    for entry in entries:
        there = found.get(entry.key)
        if there is None:
            found[entry.key] = entry
        else:
            days = [one.until for one in (there, entry) if one.until is not None]
            found[entry.key] = replace(there, count=count(there.count, entry.count), until=min(days, default=None))
    return tuple(sorted(found.values(), key=lambda entry: entry.key))


def _is_there(root: Path, path: str) -> bool:
    try:
        (root / path).lstat()
    except (OSError, ValueError):
        return False
    return True


def changes(before: Iterable[Entry], after: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return what a baseline has gained and what it has lost, each with the difference as its count."""
    return list(_more(after, before)), list(_more(before, after))


def _more(these: Iterable[Entry], those: Iterable[Entry]) -> Iterator[Entry]:
    counts = {entry.key: entry.count for entry in those}
    for entry in these:
        more = entry.count - counts.get(entry.key, 0)
        if more > 0:
            yield replace(entry, count=more)
