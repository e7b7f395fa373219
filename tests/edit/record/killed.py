"""Writers that are killed, and writers at once: run by itself, for a process with threads must not be forked.

`python -m tests.edit.record.killed FOLDER KILLS SEED` starts writers one after another in a folder, ends each at a random moment with SIGKILL,
and after each holds that every row of those that had finished is there, no row is torn, and a batch is there whole or not at all.
`python -m tests.edit.record.killed FOLDER` starts several that write at once. Both print how many of their rows there are at the end.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from handrail.edit.record.store import open_store
from handrail.model.record_rows import RUNS, Origin, Result, Run
from handrail.model.records import parse_records

BATCH = 5
WRITERS, EACH = 4, 20
_FIRST = date(2026, 1, 1)


def row(number: int) -> Run:
    """Return the row of a number, so that neighbours lie on other days."""
    day = _FIRST + timedelta(days=number * 37 % 300)
    return Run(day, "claim", "", Result.WORKED, None, None, Origin.PUBLIC, f"issue-{number}")


def keys(folder: Path) -> set[str]:
    """Return the keys that stand in the file; it has to be whole."""
    path = folder / RUNS.path
    rows, unreadable = parse_records(RUNS, path.read_bytes()) if path.exists() else ([], [])
    assert not unreadable, unreadable
    return {one.key for one in rows}


def _write(folder: Path, batch: list[Run], writing: int | None) -> int:
    """Start a process that adds rows and says so at `writing`; return its number, or wait for its end where nobody is told."""
    child = os.fork()
    if not child:
        with open_store(folder) as store:
            store.add(RUNS, batch)
        if writing is not None:
            os.write(writing, b"!")
        os._exit(0)
    if writing is None:
        os.waitpid(child, 0)
    return child


def kill(folder: Path, kills: int, seed: int) -> None:
    """Start writers and kill them."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    finished: set[str] = set()
    begun = time.monotonic()
    _write(folder, [row(10**6)], None)
    longest = time.monotonic() - begun
    for number in range(1, kills + 1):
        batch = [row(number * BATCH + at) for at in range(BATCH)]
        reading, writing = os.pipe()
        child = _write(folder, batch, writing)
        os.close(writing)
        time.sleep(chance.random() * longest)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        has_finished = bool(select.select([reading], [], [], 0)[0]) and os.read(reading, 1) == b"!"
        os.close(reading)
        names = {one.key for one in batch}
        finished |= names if has_finished else set()
        # About every other one is ended before it is done, however quick the machine is, and whatever else it has to do by now.
        longest *= 0.9 if has_finished else 1.1
        there = keys(folder)
        assert finished <= there, sorted(finished - there)
        assert len(names & there) in (0, BATCH), sorted(names & there)


def at_once(folder: Path) -> None:
    """Start writers that all write their rows one by one."""
    children = []
    for writer in range(WRITERS):
        child = os.fork()
        if not child:
            for at in range(EACH):
                with open_store(folder) as store:
                    store.add(RUNS, [row(1 + writer * EACH + at)])
            os._exit(0)
        children.append(child)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)


if __name__ == "__main__":
    folder, *how = sys.argv[1:]
    if how:
        kill(Path(folder), *map(int, how))
    else:
        at_once(Path(folder))
    sys.stdout.write(f"{sum(int(key[6:]) < 10**6 for key in keys(Path(folder)))}\n")
