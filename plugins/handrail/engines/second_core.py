"""Does work on a second core before it is asked for.

A copy of this process does every other task while this one does those between, a little ahead of it: only so far as a pipe holds what it has
worked out. What the copy has not begun, or could not do without a word to somebody, is done here, so that a result is the same either way.
"""

from __future__ import annotations

import gc
import io
import logging
import mmap
import os
import pickle
import select
import struct
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

_STRIDE = 2
"""The copy does one task of so many; more of them would be waited for."""
_HEAD = struct.Struct("=II")
"""Of each result: the number of its task, and how many bytes follow; none where there is no result."""
_POSITION = struct.Struct("=I")
_PIPE = 1 << 20  # bytes that may lie between the two, where the system allows as many
_CHUNK = 1 << 16
_PATIENCE = 30
"""Seconds after which a copy that says nothing is given up: no page takes so long."""


def has_second_core() -> bool:
    """Say whether this process can be copied safely, and a core is there for the copy."""
    # Elsewhere the system's own libraries do not outlive a copy, and with other threads their locks would stay locked in it.
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


class Ahead:
    """Some tasks, by their number, as far as a copy of this process does them."""

    def __init__(self, tasks: Sequence[Any], work: Callable[[Any], Any]) -> None:
        self._shared = _Shared(len(tasks))
        self._rest = bytearray()
        self._reading, writing = os.pipe()
        gc.freeze()  # no page of memory is copied only because it was looked through for garbage
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # it has no threads
            self._child = os.fork()
        if self._child == 0:
            try:
                os.close(self._reading)
                self._do(tasks, work, writing)
            finally:
                os._exit(0)
        gc.unfreeze()
        os.close(writing)
        _widen(self._reading)

    def take(self, number: int) -> Any:
        """Return the result of a task, when its turn has come; None where it is to be done here."""
        if not self._child:
            return None
        self._shared.position = number
        if not self._shared.is_claimed(number):
            return None
        found = self._awaited(number)
        return pickle.loads(found) if found else None  # noqa: S301 - this program has written it itself

    def end(self) -> None:
        """Let go of the copy, whatever it still does."""
        if self._child:
            with suppress(ProcessLookupError):
                os.kill(self._child, 9)
            os.waitpid(self._child, 0)
            os.close(self._reading)
            self._rest.clear()
            self._child = 0

    def _awaited(self, number: int) -> bytes:
        """Return what the copy says of a task that it has begun; nothing where it does not come to its end."""
        while True:
            while len(self._rest) >= _HEAD.size:
                found, length = _HEAD.unpack_from(self._rest)
                end = _HEAD.size + length
                if len(self._rest) < end:
                    break
                result = bytes(self._rest[_HEAD.size : end])
                del self._rest[:end]
                if found == number:
                    return result
            part = os.read(self._reading, _CHUNK) if select.select([self._reading], [], [], _PATIENCE)[0] else b""
            if not part:
                self.end()
                return b""
            self._rest += part

    def _do(self, tasks: Sequence[Any], work: Callable[[Any], Any], writing: int) -> None:
        """Do tasks in the copy, ahead of the other process."""
        said, number = _Said(), 1 - _STRIDE
        while True:
            number = max(number + _STRIDE, self._shared.position + 1)
            if number >= len(tasks):
                return
            found = b""
            if self._shared.claim(number):
                with suppress(Exception):  # whoever does it again here fails in the sight of all
                    found = _packed(work(tasks[number]))
            if said.anything():
                found = b""
            _write(writing, _HEAD.pack(number, len(found)) + found)


class _Shared:
    """What both processes see: at which task this one is, and which ones the copy has begun."""

    def __init__(self, tasks: int) -> None:
        self._bytes = mmap.mmap(-1, _POSITION.size + tasks)

    @property
    def position(self) -> int:
        return int(_POSITION.unpack(self._bytes[: _POSITION.size])[0])

    @position.setter
    def position(self, number: int) -> None:
        self._bytes[: _POSITION.size] = _POSITION.pack(number)

    def is_claimed(self, number: int) -> bool:
        return bool(self._bytes[_POSITION.size + number])

    def claim(self, number: int) -> bool:
        """Claim a task for the copy; False where the other process was there meanwhile, which may wait for a word on it."""
        self._bytes[_POSITION.size + number] = 1
        return self.position < number


class _Said(logging.Handler):
    """Notes whether a task says anything, in a log or by printing it: nobody would hear it of the copy."""

    def __init__(self) -> None:
        super().__init__()
        self._is_logged = False
        for logger in (logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)):
            logger.handlers, logger.propagate = [], True
        logging.root.handlers = [self]
        self._printed = sys.stdout = sys.stderr = io.StringIO()

    def emit(self, record: logging.LogRecord) -> None:
        self._is_logged = self._is_logged or record.levelno >= logging.INFO

    def anything(self) -> bool:
        """Say whether anything was said since it was last asked."""
        found, self._is_logged = self._is_logged or bool(self._printed.tell()), False
        self._printed.seek(0)
        self._printed.truncate()
        return found


def _packed(result: Any) -> bytes:
    return pickle.dumps(result, pickle.HIGHEST_PROTOCOL) if result is not None else b""


def _widen(pipe: int) -> None:
    import fcntl  # noqa: PLC0415 - not every system has it, nor needs it

    with suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _write(handle: int, content: bytes) -> None:
    at = 0
    while at < len(content):
        at += os.write(handle, content[at:])
