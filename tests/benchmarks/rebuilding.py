"""Previews a project in this process and prints the seconds that its rebuilds take: python -m tests.benchmarks.rebuilding PROJECT PAGE.

PAGE is edited before each, by a sentence. The median of three is printed, by the wall clock and of the processor.
"""

from __future__ import annotations

import statistics
import sys
import time
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

from tests.engines.previewed import Previewed

_EDITS = 3


def rebuilds(project: Path, page: Path) -> tuple[float, float]:
    """Return how long a rebuild takes after an edit of a page."""
    spent = []
    with redirect_stderr(StringIO()):
        preview = Previewed(project)
        # The first edit of a signed page costs more: its sign-off falls.
        for number in range(_EDITS + 1):
            page.write_text(f"{page.read_text('utf-8')}\nOnce more, {number}.\n", "utf-8")
            began = time.perf_counter(), time.process_time()
            preview.again()
            spent.append((time.perf_counter() - began[0], time.process_time() - began[1]))
        preview.end()
    walls, processors = zip(*spent[1:], strict=True)
    return statistics.median(walls), statistics.median(processors)


if __name__ == "__main__":
    print(*rebuilds(Path(sys.argv[1]), Path(sys.argv[2])))  # noqa: T201 - what it is for
