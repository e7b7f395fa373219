"""What a change does, as plain data: the fields are those of its JSON, which `diff.schema.json` beside this module describes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from handrail.rules.finding import Severity
from handrail.text.worddiff import Piece

VERSION = 1


class Change(StrEnum):
    """What became of a document; one that lies elsewhere is moved, whatever else has changed in it."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding that came or went; `path` and `line` are those of its own side."""

    rule: str
    name: str
    severity: Severity
    path: str
    line: int
    subject: str
    message: str
    hint: str
    by_time: bool

    @property
    def weighs(self) -> bool:
        """Whether it is an error or a warning that somebody made: what time alone makes is nobody's fault."""
        is_fault = self.severity is Severity.ERROR or not self.by_time
        return is_fault and self.severity.at_least(Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings that a change brings, and those that it does away with, each by page and place."""

    new: tuple[Found, ...] = ()
    gone: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """A signature that counted before and doesn't now: whose, in which role, of which day, and why."""

    role: str
    by: str
    signed_on: str
    why: str


@dataclass(frozen=True, slots=True)
class Voided:
    """A document of which signatures count no more."""

    ref: str
    title: str
    path: str
    signatures: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A document by its kind and id, or a page by its path; with its title, and where it lies now."""

    ref: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class SignOffs:
    """Signatures that a change voids, and documents whose text it lays out anew, so that what was signed still holds."""

    voided: tuple[Voided, ...] = ()
    reads_the_same: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a change touches. `was` is where it lay and what it was called, empty where that is the same.

    `pieces` are the words of its text, `lines` what has changed beside them, a sentence each.
    """

    ref: str
    title: str
    path: str
    change: Change
    was: str
    sentence: str
    pieces: tuple[Piece, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """A document that has become something, and why that is so."""

    ref: str
    title: str
    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Became:
    """What documents are by a change that they were not before.

    Orphaned, stale and unlisted as the lists of these names say it; exposed is what more people may see than before.
    """

    orphaned: tuple[Turned, ...] = ()
    stale: tuple[Turned, ...] = ()
    unlisted: tuple[Turned, ...] = ()
    exposed: tuple[Turned, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure before and after: its value, in per cent where `unit` says so, None where it is unknown.

    `before_of` and `after_of` hold numerator and denominator, the latter None of a count; None where there is no such measure.
    """

    name: str
    title: str
    unit: str
    before: int | None
    after: int | None
    before_of: tuple[int, int | None] | None
    after_of: tuple[int, int | None] | None

    @property
    def differs(self) -> bool:
        """Whether its value or its numerator is another one: a share of nothing stays that, of however many."""
        then, now = (of[0] if of is not None else None for of in (self.before_of, self.after_of))
        return (self.before, then) != (self.after, now)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much is not told because there is too much of it; `words` counts documents whose words are not shown."""

    findings: int = 0
    documents: int = 0
    words: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class Diff:
    """What a change does to a handbook on one day.

    `base` and `head` are ids of commits; `head` is None for the files as they are on disk. `settings` says by whose settings
    they were judged: `base`, or each by its `own`. `remarks` are sentences on what has to be known beside.
    """

    today: str
    base: str
    head: str | None
    settings: str
    remarks: tuple[str, ...] = ()
    findings: Findings = field(default_factory=Findings)
    sign_offs: SignOffs = field(default_factory=SignOffs)
    documents: tuple[Document, ...] = ()
    became: Became = field(default_factory=Became)
    measures: tuple[Measured, ...] = ()
    left_out: LeftOut = field(default_factory=LeftOut)

    @property
    def fails(self) -> bool:
        """Whether it brings an error, or a warning that time alone doesn't make."""
        return any(found.weighs for found in self.findings.new)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        told = (
            *self.findings.new, *self.findings.gone, *self.sign_offs.voided, *self.sign_offs.reads_the_same, *self.documents,
            *self.became.orphaned, *self.became.stale, *self.became.unlisted, *self.became.exposed,
        )  # fmt: skip
        return not told and not any(measure.differs for measure in self.measures)
