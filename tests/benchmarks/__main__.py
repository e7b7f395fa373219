"""Runs the benchmarks and says which targets were met: python -m tests.benchmarks [check|build|large|rebuild|verify|sign|history|months|diff|hostile|near].

Commands that are compared run in turn, so that a machine that slows down slows both; the figures are medians of the
ratios pair by pair. Processor time is given beside the wall clock's, which suffers more from other work.
"""

from __future__ import annotations

import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click

from handrail.model.cache import CACHE
from tests.benchmarks.generate import PLUGIN, generate, write_settings
from tests.benchmarks.history import commit_days, counting_git
from tests.benchmarks.hostile import front_matters, growths, renderings
from tests.benchmarks.months import commit_months, looking_back
from tests.benchmarks.near_duplicates import Pages
from tests.benchmarks.states import measure

_PAIRS = 5
_ROOT = Path(__file__).resolve().parents[2]
_SCHEMAS = _ROOT / "schemas"


class Spent(NamedTuple):
    """Seconds that a command took."""

    wall: float
    processor: float


def run(folder: Path, *command: str, **more: str) -> Spent:
    """Run a command to its end, with more in its environment; raises where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **more}
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


def _check(project: Path, *, cached: bool = False, **more: str) -> Spent:
    if not cached:
        for file in (project / ".cache").rglob("*.json"):
            file.unlink()
    return run(project, "-m", "handrail", "check", **more)


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
    again = pairs(lambda: _check(large, cached=True), lambda: _check(small, cached=True))
    first = statistics.median(a.wall for a, _ in against)
    met &= tell("check again / check", [a.wall / first for a, _ in again], 0.25)
    growth = pairs(lambda: _check(large), lambda: _check(small))
    met &= tell("exponent of growth, 1,000 to 10,000", [math.log10(a.wall / b.wall) for a, b in growth], 1.1)
    return met


def _build(project: Path, plugin: str, *, anew: bool = True, is_kept: bool = False) -> Spent:
    """Build a site, `anew` into an empty folder; only where that `is_kept` with what earlier builds have made of Markdown."""
    write_settings(project, plugin)
    site = f"site-{'with' if plugin else 'without'}"
    if anew:
        shutil.rmtree(project / site, ignore_errors=True)
    if not is_kept:
        for file in (project / CACHE).glob("*.markdown"):
            file.unlink()
    return run(project, "-m", "mkdocs", "build", "--quiet", "--site-dir", site)


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


def bench_large(folder: Path) -> bool:
    """Measure one build of 10,000 pages with a pruned navigation: how its time has grown from that of 1,000, and the memory of its largest process."""
    small, large = folder / "of-1000", folder / "of-10000"
    generate(small, 1_000)
    generate(large, 10_000)
    growth = math.log10(_build(large, PLUGIN).processor / _build(small, PLUGIN).processor)
    met = tell("exponent of growth of a build, 1,000 to 10,000 pages, processor", [growth], 1.05)
    # Of all that were run so far it is the largest; Linux counts in KiB.
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return met & tell("MiB of the largest process of a build of 10,000 pages", [memory], 600)


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


def _rebuild(project: Path, page: str, plugin: str | None) -> Spent:
    if plugin is not None:
        write_settings(project, plugin)
    command = [sys.executable, "-m", "tests.benchmarks.rebuilding", str(project), str(project / page)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=_ROOT, env=environment, check=True, capture_output=True, text=True)
    wall, processor = map(float, done.stdout.split())
    return Spent(wall, processor)


def bench_rebuild(folder: Path) -> bool:
    """Measure builds of what has hardly changed against the theme's own of everything: 1,000 pages with a pruned navigation, and the example."""
    project, page = folder / "rebuilt", "content/operations/area-1/area-1-9.md"
    generate(project, 1_000)

    def again() -> Spent:
        write_settings(project, PLUGIN)
        return run(project, "-m", "handrail", "build", "--quiet", "--site-dir", "site-kept")

    def edit() -> None:
        (project / page).write_text((project / page).read_text("utf-8") + "\nOnce more.\n", "utf-8")

    def edited() -> Spent:
        edit()
        return again()

    def edited_whole(*, is_kept: bool) -> Spent:
        edit()
        return _build(project, PLUGIN, is_kept=is_kept)

    again()
    same = pairs(again, lambda: _build(project, ""))
    met = tell("handrail build of what has not changed / the theme's, wall", [a.wall / b.wall for a, b in same], 0.25)
    met &= tell("the same, processor", [a.processor / b.processor for a, b in same], 0.25)
    one = pairs(edited, lambda: _build(project, ""))
    met &= tell(
        "handrail build of one edited page / the theme's, processor", [a.processor / b.processor for a, b in one], 0.4
    )
    _build(project, PLUGIN)
    kept = pairs(lambda: edited_whole(is_kept=True), lambda: edited_whole(is_kept=False))
    met &= tell(
        "mkdocs build of one edited page into an empty folder / without what is kept of Markdown, processor",
        [a.processor / b.processor for a, b in kept],
        0.85,
    )
    whole = pairs(lambda: _build(project, PLUGIN, anew=False), lambda: _build(project, ""))
    met &= tell("mkdocs build of what has not changed / the theme's, wall", [a.wall / b.wall for a, b in whole], 0.4)
    met &= tell("the same, processor", [a.processor / b.processor for a, b in whole], 0.4)
    served = pairs(lambda: _rebuild(project, page, PLUGIN), lambda: _rebuild(project, page, ""))
    met &= tell("a preview of one edited page / the theme's, wall", [a.wall / b.wall for a, b in served], 0.2)
    met &= tell("the same, processor", [a.processor / b.processor for a, b in served], 0.2)
    met &= tell("seconds of processor to a preview of one edited page", [a.processor for a, _ in served], 2.0)
    example = folder / "example-rebuilt"
    subprocess.run(["git", "clone", "--quiet", _ROOT.as_uri(), str(example)], check=True)
    seconds = [_rebuild(example, "content/operations/finance/index.md", None).processor for _ in range(_PAIRS)]
    return met & tell("seconds of processor to a preview of the example's edited page", seconds, 0.5)


def bench_verify(folder: Path) -> bool:
    """Measure the proof on a finished site against the build of it: 1,000 pages, of which one in twenty is withheld."""
    project = folder / "site-with-secrets"
    generate(project, 1_000)
    for page in sorted(project.glob("content/operations/*/*-*-*.md"))[::20]:
        page.write_text(page.read_text("utf-8").replace("visibility: public", "visibility: internal"), "utf-8")
    builds = pairs(lambda: _build(project, PLUGIN), lambda: run(project, "-m", "handrail", "verify", "site-with"))
    met = tell("verify / build, wall", [b.wall / a.wall for a, b in builds], 1 / 3)
    return met & tell("verify / build, processor", [b.processor / a.processor for a, b in builds], 1 / 3)


def bench_sign(folder: Path) -> bool:
    """Measure a digest, and the states of 10,000 documents against the whole check that they are part of."""
    project = folder / "signed"
    generate(project, 10_000)
    digests, shares = measure(project)
    met = tell("digest of a page, milliseconds of processor", digests, 0.5)
    # The goal is a tenth; serialising and hashing five thousand characters a page alone takes half of that. What holds is
    # that no more is spent than a digest a page: a second one would come near a third.
    return met & tell("states of 10,000 documents / check, processor", shares, 0.2, " (the goal is 0.10)")


def bench_history(folder: Path) -> bool:
    """Measure what git adds: to the check of 1,000 pages with 500 commits, and to the build of the example."""
    project, bare = folder / "with-git", folder / "without-git"
    generate(project, 1_000)
    shutil.copytree(project, bare)
    commit_days(project, 500)
    asked = folder / "asked"
    _check(project, PATH=counting_git(folder, asked))
    checks = pairs(lambda: _check(project), lambda: _check(bare))
    # Git reads 500 commits and a thousand pages a second time; more than half as much again is more than that.
    note = f" (git was started {len(asked.read_text('utf-8').splitlines())} times: {_listed(asked)})"
    met = tell("check with 500 commits / without git, wall", [a.wall / b.wall for a, b in checks], 1.5, note)
    met &= tell("check with 500 commits / without git, processor", [a.processor / b.processor for a, b in checks], 1.5)
    example, plain = folder / "example", folder / "example-without-git"
    subprocess.run(["git", "clone", "--quiet", _ROOT.as_uri(), str(example)], check=True)
    shutil.copytree(example, plain, ignore=shutil.ignore_patterns(".git"))
    build = ("-m", "mkdocs", "build", "--quiet", "--site-dir", "site")
    builds = pairs(lambda: run(example, *build), lambda: run(plain, *build))
    # Two more of each signed page's texts are read, compared and written; the theme still takes most of the time.
    return met & tell(
        "the example's site with git / without, processor", [a.processor / b.processor for a, b in builds], 1.3
    )


def _diff(project: Path, *, cached: bool = False) -> Spent:
    if not cached:
        shutil.rmtree(project / ".cache", ignore_errors=True)
    return run(project, "-m", "handrail", "diff", "HEAD")


def bench_diff(folder: Path) -> bool:
    """Measure what one changed page does among 1,000 with 500 commits against a check of them: worked out, and asked again."""
    project = folder / "changing"
    generate(project, 1_000)
    commit_days(project, 500)
    committing = ("git", "-c", "user.name=B", "-c", "user.email=b@example.org", "commit", "--quiet", "--message", "Set")
    for command in (("git", "add", "mkdocs.yml"), committing):
        subprocess.run(command, cwd=project, check=True)
    page = project / "content/operations/area-1/area-1-9.md"
    page.write_text(page.read_text("utf-8").replace("\n1. ", "\n1. First: "), "utf-8")
    _check(project)
    first = pairs(lambda: _diff(project), lambda: _check(project))
    met = tell("diff of one page / check, wall", [a.wall / b.wall for a, b in first], 2.0)
    met &= tell("diff of one page / check, processor", [a.processor / b.processor for a, b in first], 2.0)
    again = pairs(lambda: _diff(project, cached=True), lambda: _check(project, cached=True))
    return met & tell("diff again / check again, wall", [a.wall / b.wall for a, b in again], 2.0)


def bench_months(folder: Path) -> bool:
    """Measure the scorecard of 10,000 pages at 24 month ends, with 500 commits, against git giving the same contents."""
    project = folder / "looked-back"
    generate(project, 10_000)
    commit_months(project, 500)
    first, again = looking_back(project)
    met = tell("24 month ends / git cat-file of the same contents, processor", first, 6.0)
    return met & tell("24 month ends again / first, processor", again, 0.1)


def bench_hostile(_: Path) -> bool:
    """Measure how the time for hostile texts grows with their size, and what the worst of them costs beside an ordinary one."""
    met = True
    for kind, case, ratio in growths():
        met &= tell(f"{kind}, twice the text / once", [ratio], 3.3, f" (worst: {case!r})")
    slowest, ratio = renderings()
    met &= tell("rendering the slowest page that is let through / an ordinary one", [ratio], 8.0, f" ({slowest})")
    slowest, ratio = front_matters()
    return met & tell("reading the slowest front matter / an ordinary one", [ratio], 4.0, f" ({slowest})")


def bench_near(folder: Path) -> bool:
    """Measure how long it takes to find edited copies among 10,000 pages of 500 words, and whether all are found."""
    pages = Pages(folder, 10_000)
    found = [pages.find() for _ in range(_PAIRS)]
    missed, invented = len(found[0].missed), len(found[0].invented)
    note = f" ({len(pages.planted)} planted pairs, {missed} missed, {invented} invented)"
    met = tell("near-duplicates / reading and splitting the pages, processor", [one.ratio for one in found], 4.0, note)
    return met and not missed and not invented


def _listed(asked: Path) -> str:
    return ", ".join(asked.read_text("utf-8").split())


def main(which: list[str]) -> int:
    """Run the benchmarks that are named, or all."""
    benchmarks = {
        "check": bench_check,
        "build": bench_build,
        "large": bench_large,
        "rebuild": bench_rebuild,
        "verify": bench_verify,
        "sign": bench_sign,
        "history": bench_history,
        "months": bench_months,
        "diff": bench_diff,
        "hostile": bench_hostile,
        "near": bench_near,
    }
    unknown = sorted(set(which) - set(benchmarks))
    if unknown:
        click.echo(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(benchmarks)}.", err=True)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        met = [benchmarks[name](Path(folder)) for name in which or benchmarks]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
