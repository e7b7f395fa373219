"""What a measure is: what it counts, of how many, against which target, with the documents behind the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from handrail.model.page import Page


class Named(NamedTuple):
    """What a measure is called, by programs and in a table, and the question that it answers; known before anything is counted."""

    name: str
    title: str
    asks: str


class Kind(StrEnum):
    """What a measure's value is: per cent of its denominator, a number of documents, or a score from -100 to 100."""

    SHARE = "share"
    COUNT = "count"
    SCORE = "score"


class Compare(StrEnum):
    """How a value is held to a target."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    OVER = "over"
    UNDER = "under"

    def holds(self, value: float, target: float) -> bool:
        """Say whether a value meets a target."""
        match self:
            case Compare.AT_LEAST:
                return value >= target
            case Compare.AT_MOST:
                return value <= target
            case Compare.OVER:
                return value > target
        return value < target


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted: `said` in the words of the document that sets it, None for the program's own default.

    `value` is None where what is said is no number that could be compared. `others` are plans in force that name the measure too,
    and whose target does not count, because another one is nearer to the root.
    """

    said: str
    value: float | None
    compare: Compare = Compare.AT_LEAST
    source: Page | None = None
    others: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A document behind a measure, why it is among those that are counted or is not; `counts` is None where nobody can tell."""

    page: Page
    why: str
    counts: bool | None = True


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a measure has no value, one thing to do about it, and where that is done: an address of the web, or relative to the site."""

    why: str
    do: str
    url: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A second number of the same documents, such as how many of the signed stand as they were signed.

    `name` is for programs, `said` what people read before the number, the name where it is empty. `numerator` is None where it is unknown.
    """

    name: str
    numerator: int | None
    denominator: int
    said: str = ""

    @property
    def value(self) -> int | None:
        """The share in per cent, rounded down; None of nothing, and where it is unknown."""
        return self.numerator * 100 // self.denominator if self.denominator and self.numerator is not None else None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure on one day. `asks` is the question that it answers; a count has no denominator.

    `counts` says in a sentence what is counted, and of what; `good` whether it is well that a document is counted.
    `interval` says between which values it most likely lies, where what is counted is only a part of what could have been.
    """

    name: str
    title: str
    asks: str
    kind: Kind
    numerator: int
    denominator: int | None
    target: Target | None
    documents: tuple[Counted, ...] = ()
    beside: tuple[Beside, ...] = ()
    unknown: Unknown | None = None
    counts: str = ""
    good: bool = True
    interval: tuple[int, int] | None = None

    @property
    def value(self) -> int | None:
        """Per cent or a score, rounded down, or the number counted; None where it is unknown."""
        if self.unknown is not None:
            return None
        if self.kind is Kind.COUNT:
            return self.numerator
        return self.numerator * 100 // self.denominator if self.denominator else None

    @property
    def meets(self) -> bool | None:
        """Whether the target is met; None where the value is unknown or the target is no number.

        The exact share is compared, not the one that is rounded for readers.
        """
        value, target = self.value, self.target
        if value is None or target is None or target.value is None:
            return None
        exact = self.numerator * 100 / self.denominator if self.denominator else float(value)
        return target.compare.holds(exact, target.value)
