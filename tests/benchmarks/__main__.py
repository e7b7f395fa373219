"""Runs the benchmarks and says which targets were met: python -m tests.benchmarks [check|build].

Commands that are compared run in turn, so that a machine that slows down slows both; the figures are medians of the
ratios pair by pair. Processor time is given beside the wall clock's, which suffers more from other work.
"""

from __future__ import annotations

import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from tests.benchmarks.generate import PLUGIN, generate, write_settings

_PAIRS = 5
_SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"


class Spent(NamedTuple):
    """Seconds that a command took."""

    wall: float
    processor: float


def run(folder: Path, *command: str) -> Spent:
    """Run a command to its end; raises where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, *command], cwd=folder, env=environment, check=True, capture_output=True)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def pairs(first: Callable[[], Spent], second: Callable[[], Spent]) -> list[tuple[Spent, Spent]]:
    """Run two commands in turn."""
    return [(first(), second()) for _ in range(_PAIRS)]


def tell(what: str, ratios: list[float], target: float, note: str = "") -> bool:
    """Print a median with its range and whether the target was met."""
    median = statistics.median(ratios)
    met = median <= target
    span = f"{min(ratios):.3f} to {max(ratios):.3f}"
    verdict = "met" if met else "MISSED"
    click.echo(f"{what}: {median:.3f} ({span}), target {target:.2f}: {verdict}{note}")
    return met


def _bare(project: Path) -> Spent:
    return run(_SCHEMAS.parent, "-m", "tests.benchmarks.bare_loop", str(project / "content"), str(_SCHEMAS))


def _check(project: Path, *, memo: bool = False) -> Spent:
    if not memo:
        for file in (project / ".cache").rglob("*.json"):
            file.unlink()
    return run(project, "-m", "handrail", "check")


def bench_check(folder: Path) -> bool:
    """Measure `handrail check` on 10,000 documents: against the bare loop, again, and against 1,000."""
    large, small = folder / "large", folder / "small"
    generate(large, 10_000)
    generate(small, 1_000)
    _check(large)  # once, so that the file system's cache is as warm for the first pair as for the last
    against = pairs(lambda: _check(large), lambda: _bare(large))
    met = tell("check / bare loop, wall", [a.wall / b.wall for a, b in against], 0.5)
    met &= tell("check / bare loop, processor", [a.processor / b.processor for a, b in against], 0.5)
    _check(large)
    again = pairs(lambda: _check(large, memo=True), lambda: _check(small, memo=True))
    first = statistics.median(a.wall for a, _ in against)
    met &= tell("check again / check", [a.wall / first for a, _ in again], 0.25)
    growth = pairs(lambda: _check(large), lambda: _check(small))
    met &= tell("exponent of growth, 1,000 to 10,000", [math.log10(a.wall / b.wall) for a, b in growth], 1.1)
    return met


def _build(project: Path, plugin: str) -> Spent:
    write_settings(project, plugin)
    return run(project, "-m", "mkdocs", "build", "--quiet", "--site-dir", f"site-{'with' if plugin else 'without'}")


def bench_build(folder: Path) -> bool:
    """Measure what the plugin adds to a page that MkDocs and Material build, on 1,000 pages with a pruned navigation."""
    project = folder / "site-of-1000"
    generate(project, 1_000)
    builds = pairs(lambda: _build(project, PLUGIN), lambda: _build(project, ""))
    pages = [len(list((project / site).rglob("*.html"))) for site in ("site-with", "site-without")]
    share = pages[1] / pages[0]
    note = f" ({pages[0]} pages with the plugin, {pages[1]} without)"
    met = tell("a page with the plugin / without, wall", [a.wall / b.wall * share for a, b in builds], 1.1, note)
    met &= tell(
        "a page with the plugin / without, processor", [a.processor / b.processor * share for a, b in builds], 1.1
    )
    return met & bench_page_size(folder, project)


def bench_page_size(folder: Path, larger: Path) -> bool:
    """Compare how much larger the plugin makes one procedure's page in a site of 1,000 pages and in one of 300."""
    smaller = folder / "site-of-300"
    generate(smaller, 300)
    for plugin in (PLUGIN, ""):
        _build(smaller, plugin)
    page = Path("operations/area-1/area-1-9/index.html")
    larger_by, smaller_by = (
        (project / "site-with" / page).stat().st_size / (project / "site-without" / page).stat().st_size
        for project in (larger, smaller)
    )
    note = f" (by {larger_by:.3f} and {smaller_by:.3f})"
    return tell("a page grows with the plugin, among 1,000 / among 300", [larger_by / smaller_by], 1.01, note)


def main(which: list[str]) -> int:
    """Run the benchmarks that are named, or all."""
    benchmarks = {"check": bench_check, "build": bench_build}
    with tempfile.TemporaryDirectory() as folder:
        met = [benchmarks[name](Path(folder)) for name in which or benchmarks]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
