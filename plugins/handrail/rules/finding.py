"""What a rule found, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: which rule, how grave, where, one sentence that stands alone, and what to do.

    `path` is relative to the project's root, with `/`. Lines and columns count from 1, columns in code points; `end_column`
    is the one behind the last character (exclusive, as in SARIF), and `column` itself where the place is a point.
    `subject` is what the rule names as data; with rule and path it tells a finding from others, whatever is said of it.
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

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What findings are sorted by: page, place, rule."""
        return (self.path, self.line, self.column, self.rule, self.message)


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a handbook found, with what it read: a check that read nothing must not look like a clean one.

    `by_kind` counts pages by kind, prose as `prose`; `read` is their sum. `ignored` counts findings that a page or the
    settings ask to ignore. `remark` says in a sentence what could not be asked, such as git. `failures` are sentences on what
    Handrail itself failed at; where there are any, something was not checked.
    """

    today: str
    by_kind: dict[str, int]
    findings: tuple[Finding, ...]
    ignored: int
    remark: str = ""
    failures: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        return sum(self.by_kind.values())
