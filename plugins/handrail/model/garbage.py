"""Keeps Python's garbage collector from looking through many objects of which none is garbage, or while somebody waits."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

_PAUSE = 2.0
"""Seconds after work that somebody waited for: by then a browser has fetched what was made."""
_MOST = 3
"""So many pieces of work leave their garbage behind before the next one has to wait for its collection."""


@contextmanager
def gc_paused() -> Iterator[None]:
    """Collect nothing meanwhile: reading makes many objects and no garbage, and each look for some costs more than the last."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class CollectedBetween:
    """Does the same work again and again, and collects what it leaves behind while nobody waits."""

    def __init__(self) -> None:
        self._left_behind = 0
        self._timer: Timer | None = None

    @contextmanager
    def work(self) -> Iterator[None]:
        """Collect nothing meanwhile, but soon after; where work follows too closely, now and then before it."""
        self.end()
        if self._left_behind >= _MOST:
            self._collect()
        try:
            with gc_paused():
                yield
        finally:
            self._left_behind += 1
            self._timer = Timer(_PAUSE, self._collect)
            self._timer.daemon = True
            self._timer.start()

    def end(self) -> None:
        """Collect nothing of what lies ahead."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _collect(self) -> None:
        self._left_behind = 0
        gc.collect()
