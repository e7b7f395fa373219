"""What is said of a failure that nobody expected: one plain sentence that names the page it was at, and no code.

Whoever catches such a failure asks here, so that it reads the same from every command and every engine.
"""

from __future__ import annotations

import errno
import traceback
from pathlib import Path
from typing import Any

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def fault(error: BaseException) -> str:
    """Say that Handrail itself is at fault, at which page and where, so that the sentence alone makes a useful report."""
    path = page_at(error)
    at = f" at {path}" if path else ""
    return f"Handrail itself has failed{at} ({what(error)}); please report this sentence with the command that you ran."


def what(error: BaseException) -> str:
    """Return what an error says of itself, and which line of which program it came from."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f", at line {last[0].lineno} of {Path(last[0].filename).name}" if last else ""
    words = f": {error}" if str(error) else ""
    return f"{type(error).__name__}{words}{place}"


def system(error: OSError) -> str:
    """Say which file the system would not let us use, and why; a disk that is full is no fault of the file."""
    if error.errno in _NO_ROOM:
        # Of a copy, the second file is the one that was being written.
        name = error.filename2 or error.filename
        return f"There is no room left on the disk{f' for {name}' if name else ''}; make some, and do the same again."
    name = f"{error.filename} can't be used" if error.filename else "A file can't be used"
    return f"{name}: {error.strerror or error}."


def page_at(error: BaseException) -> str:
    """Return the path of the page that was worked on where an error came; empty where none was."""
    for page in being_worked_on(error, "page"):
        if isinstance(path := getattr(page, "path", None), str):
            return path
    return next((name for name in being_worked_on(error, "src_uri") if isinstance(name, str)), "")


def being_worked_on(error: BaseException, name: str) -> list[Any]:
    """Return what the functions that an error passed through call so, the innermost first.

    So nothing has to be handed down, nor anything caught, wherever something might fail at a page.
    """
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return [frame.f_locals[name] for frame in reversed(frames) if name in frame.f_locals]
