"""Garbage is collected while nobody waits, and never so late that it fills the memory."""

from __future__ import annotations

import gc
import weakref

import pytest

from handrail.model import garbage
from handrail.model.garbage import CollectedBetween


class _Circle:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collected() -> CollectedBetween:
    gc.collect()
    return CollectedBetween()


def _leave_behind(collected: CollectedBetween) -> weakref.ref[_Circle]:
    with collected.work():
        assert not gc.isenabled()
        return weakref.ref(_Circle())


def test_garbage_is_collected_when_the_work_is_done(
    collected: CollectedBetween, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_PAUSE", 0)
    left = _leave_behind(collected)
    assert gc.isenabled()
    assert collected._timer is not None
    collected._timer.join()
    assert left() is None


def test_work_without_a_pause_collects_now_and_then(collected: CollectedBetween) -> None:
    first = _leave_behind(collected)
    for _ in range(garbage._MOST):
        _leave_behind(collected)
    assert first() is None
    collected.end()


def test_work_that_fails_leaves_the_collector_on(collected: CollectedBetween) -> None:
    with pytest.raises(ValueError, match="it fails"), collected.work():
        raise ValueError("it fails")
    assert gc.isenabled()
