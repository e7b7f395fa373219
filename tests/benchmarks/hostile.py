"""Measures how the time for hostile texts grows: twice the text may take twice the time, and never four times.

The tests count lines of Python; what happens inside patterns and libraries can only be timed.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import markdown

from handrail.rendering.sanitise import sanitised
from handrail.search.values import Values
from handrail.text.passages import passages
from handrail.text.source import read_source
from tests.adversarial.test_bombs import EXTENSIONS, MARKDOWN, YAML, longest_allowed
from tests.rules.test_hostile_bodies import PATTERNS, RULES, handbook_of, judge
from tests.text.test_frontmatter import LONG
from tests.text.test_markdown import SLOW, look_through

_SIZE = 30_000  # twice as many characters are still read
_TIMES = 3
_NOISE = 0.005  # seconds; less is nothing to compare


class Growth(NamedTuple):
    """How many times as long the worst case of a kind takes at twice the size."""

    kind: str
    case: str
    ratio: float


def growths() -> Iterator[Growth]:
    """Yield the worst case of each kind of work."""
    yield _worst("looking through a body", {name: (make, look_through) for name, make in SLOW.items()})
    yield _worst("reading a page", {name: (make, _read) for name, make in LONG.items()})
    yield _worst(
        "cutting a body into passages", {text: (partial(_filled, text), passages) for text in (*PATTERNS, *_ENDS)}
    )
    yield _worst("taking values out", {text: (partial(_filled, text), _VALUES.taken_out) for text in _NEARLY_VALUES})
    with tempfile.TemporaryDirectory() as folder:
        made = (Path(folder) / str(number) for number in range(2 * len(PATTERNS)))
        for_rules = {text: (lambda size, text=text: handbook_of(next(made), text, size), _judge) for text in PATTERNS}
        yield _worst("judging a page", for_rules)


def renderings() -> tuple[str, float]:
    """Return the pattern of the page that takes longest to render among those let through, against an ordinary page."""
    usual = _spent(_render, _again(_ORDINARY, 2 * _SIZE))
    slowest = max(MARKDOWN, key=lambda name: _spent_once(_render, longest_allowed(MARKDOWN[name])))
    return slowest, _spent(_render, longest_allowed(MARKDOWN[slowest])) / usual


def front_matters() -> tuple[str, float]:
    """Return the front matter that takes longest to read, against an ordinary one of as many characters."""
    usual = _spent(_read, _fenced("".join(f"k{number}: a value of some words\n" for number in range(2_000))))
    slowest = max(YAML, key=lambda name: _spent_once(_read, _fenced(YAML[name])))
    return slowest, _spent(_read, _fenced(YAML[slowest])) / usual


_VALUES = Values(["Ada Roth"])
_NEARLY_VALUES = (
    "a", "1", "1.", "1 ", "1'", "1/", "1-", "http://", "http://.", "+1 ", "a@", "a@b.", "step 1,", "steps 1 to ", "EUR ", "$", "three to ",
    "a 1", "March ", "a, Aa 1", "ten ", "a day ", "12:", "1 k", "Ada ", "Roth ", "[x]", "_a_", "*", "of ", "1 or ",
)  # fmt: skip
_ENDS = (
    ".", ". ", ". a", "A. ", "e.g. ", "!?\"'", "\n", " \n", "\n>", "\n ", "\n- ", "\n1. ", "\n|", "\n# ", "1. ", "a.' ", "&a", "&#", "[^", "[[", "[[a",
    "][", "][a", "\n[a]:", "\r", " ", "\u3002", "<a@", "<a:", "{.", "{a=", "<script>", "<script></style>", "<script></script>",
)  # fmt: skip


def _filled(text: str, size: int) -> str:
    return text * (size // len(text))


_ORDINARY = """## What to do

1. Open the [list of claims](claims.md) and take the **oldest** one.
2. Compare the amount with the receipt; ask `finance` where they differ.

A claim without a receipt goes back to whom it came from, with a word on what is missing.

"""


def _worst(kind: str, cases: Mapping[str, tuple[Callable[[int], object], Callable[..., object]]]) -> Growth:
    ratios = {name: _ratio(make(_SIZE), make(2 * _SIZE), work) for name, (make, work) in cases.items()}
    case = max(ratios, key=ratios.__getitem__)
    return Growth(kind, case, ratios[case])


def _ratio(once: object, twice: object, work: Callable[..., object]) -> float:
    # In turn, so that a machine that slows down slows both.
    times = [(_spent_once(work, once), _spent_once(work, twice)) for _ in range(_TIMES)]
    return min(long for _, long in times) / max(_NOISE, min(short for short, _ in times))


def _spent(work: Callable[..., object], given: object) -> float:
    return min(_spent_once(work, given) for _ in range(_TIMES))


def _spent_once(work: Callable[..., object], given: object) -> float:
    began = time.process_time()
    work(given)
    return time.process_time() - began


def _again(text: str, size: int) -> str:
    return text * (size // len(text))


def _fenced(text: str) -> str:
    return f"---\n{text}\n---\n"


def _read(text: str) -> object:
    return read_source(text.encode("utf-8", "surrogatepass"))


def _render(body: str) -> object:
    return sanitised(markdown.markdown(body, extensions=EXTENSIONS))


def _judge(handbook: object) -> object:
    return [judge(handbook, name) for name in RULES]  # type: ignore[arg-type]
