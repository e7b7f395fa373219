"""Bounds on work for tests, counted and not timed: a busy machine is slow, but it runs no more lines.

What a pattern does inside the `re` module, or a library in another language, is not seen here; `make bench` measures
how that grows. What hangs is ended by `faulthandler_timeout` in `pyproject.toml`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class TooMuchWork(BaseException):
    """More lines were run than allowed; no `except Exception` on the way may keep it from the test."""


class Work:
    """The lines of Python that were run so far."""

    lines = 0


@contextmanager
def at_most(lines: int) -> Iterator[Work]:
    """Fail as soon as the functions that are called inside have run more lines of Python than these."""
    work = Work()

    def count(_frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            work.lines += 1
            if work.lines > lines:
                message = f"More than {lines:,} lines were run."
                raise TooMuchWork(message)
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield work
    finally:
        sys.settrace(before)
