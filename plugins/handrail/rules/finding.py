"""What a rule found, as data, and what of it is known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters; the order of the members is the order of weight."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def at_least(self, other: Severity) -> bool:
        """Say whether this severity weighs as much as `other` or more."""
        order = list(Severity)
        return order.index(self) <= order.index(other)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding has to do with, and what is there; the place is told as a finding's is."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str


_OF_FIELDS = ("HB102", "HB103", "HB104", "HB105")
"""The rules on what a page of a kind says in its fields."""
Key = tuple[str, str, str]
"""What a finding is known by: path, rule and subject."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: which rule, how grave, where, one sentence that stands alone, and what to do.

    `path` is relative to the project's root, with `/`. Lines and columns count from 1, columns in code points; `end_column`
    is the one behind the last character (exclusive, as in SARIF), and `column` itself where the place is a point.
    `subject` is what the rule names as data; with rule and path it tells a finding from others, whatever is said of it.
    `once` marks what is said once for the handbook, at a place that is only an example. What `exposes` is never ignored, and
    `never_known`, but where the settings have its rule only warn and what it names stays withheld; what is there `by_time` alone is no fault of whoever changes something now. `kind` is the kind of the page,
    `prose` where it has none and empty of what is no page; `neglect` is what the page lacks, where many lack the same.
    """

    rule: str
    name: str
    severity: Severity
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    hint: str = ""
    related: tuple[Related, ...] = field(default=())
    subject: str = ""
    once: bool = False
    exposes: bool = False
    never_known: bool = False
    by_time: bool = False
    kind: str = ""
    neglect: str = ""

    @property
    def is_of_fields(self) -> bool:
        """Whether it is about what a page of a kind says in its fields, which that kind explains."""
        return self.rule in _OF_FIELDS and bool(self.kind)

    @property
    def home(self) -> str:
        """The path that the finding is of: its page's, or `.` for what is said of the whole handbook."""
        return "." if self.once else self.path

    @property
    def key(self) -> Key:
        """What tells the finding from others, whatever is said of it and wherever it stands in its page."""
        return (self.home, self.rule, self.subject)

    def counting_again(self) -> Finding:
        """Return what was left out until a day that is over; time never makes an error, so it is a warning at most."""
        severity = max(self.severity, Severity.WARNING, key=list(Severity).index)
        return replace(self, severity=severity, by_time=True)

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What findings are sorted by: page, place, rule."""
        return (self.path, self.line, self.column, self.rule, self.message)


@dataclass(frozen=True, slots=True)
class Entry:
    """How many findings of one path, rule and subject are known, and until when they are left out."""

    path: str
    rule: str
    name: str
    subject: str
    count: int
    until: date | None = None

    @property
    def key(self) -> Key:
        """What the findings are known by."""
        return (self.path, self.rule, self.subject)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a handbook found, with what it read: a check that read nothing must not look like a clean one.

    `by_kind` counts pages by kind, prose as `prose`; `read` is their sum. `ignored` counts findings that a page or the
    settings ask to ignore. `remark` says in a sentence what could not be asked, such as git. `failures` are sentences on what
    Handrail itself failed at; where there are any, something was not checked.

    Where the handbook has a `baseline`, the path of its file, `findings` are the new ones, `known` those that it lists, and
    `fixed` what it lists and nobody finds any more.
    """

    today: str
    by_kind: dict[str, int]
    findings: tuple[Finding, ...]
    ignored: int
    remark: str = ""
    failures: tuple[str, ...] = ()
    baseline: str = ""
    known: tuple[Finding, ...] = ()
    fixed: tuple[Entry, ...] = ()

    @property
    def everything(self) -> list[tuple[Finding, bool]]:
        """Every finding by page and place, each with whether it is known."""
        told = [*((finding, False) for finding in self.findings), *((finding, True) for finding in self.known)]
        return sorted(told, key=lambda one: one[0].order)

    def failing(self, fail_on: Severity) -> list[Finding]:
        """Return the new findings that weigh enough to fail a check; a warning that time alone made fails nothing."""
        return [
            finding
            for finding in self.findings
            if finding.severity.at_least(fail_on) and not (finding.by_time and finding.severity is not Severity.ERROR)
        ]

    @property
    def read(self) -> int:
        return sum(self.by_kind.values())
