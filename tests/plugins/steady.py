"""Proves of plugins that what `handrail build` leaves beside them is, after each edit, what a cold build makes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

Run = Callable[..., tuple[int, str]]
"""Runs `handrail` in a folder, and returns how that ended and all that it said."""
_MADE = re.compile(r": (\d+) pages, (\d+|none) of them made anew\.")
_PAGE, _OTHER = "content/how/write-an-sop.md", "content/how/glossary.md"


def _edits(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    page, other = folder / _PAGE, folder / _OTHER
    new = folder / "content/how/new.md"
    yield "a sentence", lambda: page.write_text(f"{page.read_text('utf-8')}\nOnce more.\n", "utf-8")
    yield "a title", lambda: page.write_text(page.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    yield "a new page", lambda: new.write_text("---\ntitle: New\n---\n\n[Out](https://example.org/)\n", "utf-8")
    yield "a page with another name", lambda: other.rename(other.with_name("words.md"))
    yield "nothing", lambda: None


def unsteady(folder: Path, run: Run) -> Iterator[str]:
    """Yield what shows that a build of a part is not what a build of all makes; a part is built at least once."""
    run(folder, "build")
    parts = 0
    for what, edit in _edits(folder):
        edit()
        code, said = run(folder, "build")
        cold = folder.with_name(f"{folder.name}-cold")
        shutil.rmtree(cold, ignore_errors=True)
        shutil.copytree(folder, cold, ignore=lambda at, _: ["site", ".cache"] if Path(at) == folder else [])
        wanted, _ = run(cold, "build")
        if code or wanted:
            yield f"{what}: the build ends with {code}, a cold one with {wanted}. {said}"
            continue
        made = _MADE.search(said)
        parts += made is not None and made[1] != made[2]
        here, there = _bytes_of(folder / "site"), _bytes_of(cold / "site")
        others = sorted(path for path in {*here, *there} if here.get(path) != there.get(path))
        if others:
            yield f"{what}: {len(others)} files differ, such as {others[0]}"
    shutil.rmtree(cold, ignore_errors=True)
    if not parts:
        yield "all pages were made each time"


def _bytes_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
