"""Does work on a second core before it is asked for.

A copy of this process does the tasks from the last one on backwards, while this one does them in their order; they meet somewhere in the middle.
What the copy has worked out comes back as bytes. What has not come when it is asked for, or could not be done without a word
to somebody, is done here, so that a result is the same either way, and nobody waits for the copy.
"""

from __future__ import annotations

import gc
import io
import logging
import mmap
import os
import pickle
import struct
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

_HEAD = struct.Struct("=II")
"""Of each result: the number of its task, and how many bytes follow."""
_POSITION = struct.Struct("=I")
_PIPE = 1 << 20  # bytes that may lie between the two, where the system allows as many
_CHUNK = 1 << 20


def has_second_core() -> bool:
    """Say whether this process can be copied safely, and a core is there for the copy."""
    # Elsewhere the system's own libraries do not outlive a copy, and with other threads their locks would stay locked in it.
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


class Ahead:
    """The results of some tasks, by their number, as far as a copy of this process has got with them."""

    def __init__(self, tasks: Sequence[Any], work: Callable[[Any], Any]) -> None:
        self._position = mmap.mmap(-1, _POSITION.size)
        """How far this process is, seen by both."""
        self._results: dict[int, bytes] = {}
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
        os.set_blocking(self._reading, False)
        _widen(self._reading)

    def take(self, number: int) -> Any:
        """Return the result of a task, for whoever comes to it in turn; None where it is to be done here."""
        self._position[:] = _POSITION.pack(number)
        self._receive()
        found = self._results.pop(number, None)
        return pickle.loads(found) if found is not None else None  # noqa: S301 - this process has written it itself

    def end(self) -> None:
        """Let go of the copy, whatever it still does."""
        if self._child:
            with suppress(ProcessLookupError):
                os.kill(self._child, 9)
            os.waitpid(self._child, 0)
            os.close(self._reading)
            self._position.close()
            self._results.clear()
            self._child = 0

    def _receive(self) -> None:
        """Take what has come without waiting for more."""
        with suppress(BlockingIOError):
            while part := os.read(self._reading, _CHUNK):
                self._rest += part
        at = 0
        while len(self._rest) - at >= _HEAD.size:
            number, length = _HEAD.unpack_from(self._rest, at)
            start = at + _HEAD.size
            if len(self._rest) - start < length:
                break
            self._results[number] = bytes(self._rest[start : start + length])
            at = start + length
        del self._rest[:at]

    def _do(self, tasks: Sequence[Any], work: Callable[[Any], Any], writing: int) -> None:
        """Do the tasks in the copy, from the last one on, until the other process has come as far."""
        gc.disable()
        said = _Said()
        for number in range(len(tasks) - 1, -1, -1):
            if number <= _POSITION.unpack(self._position[:])[0]:
                return
            result = None
            with suppress(Exception):  # whoever does it again here fails in the sight of all
                result = work(tasks[number])
            if said.anything() or result is None:
                continue
            with suppress(pickle.PicklingError, TypeError, AttributeError):
                found = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
                _write(writing, _HEAD.pack(number, len(found)) + found)


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


def _widen(pipe: int) -> None:
    import fcntl  # noqa: PLC0415 - not every system has it, nor needs it

    with suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _write(handle: int, content: bytes) -> None:
    at = 0
    while at < len(content):
        at += os.write(handle, content[at:])
