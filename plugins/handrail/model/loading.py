"""Reads a handbook's pages from its folder, or from wherever they were read before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from handrail.faults import fault
from handrail.model.files import Files, list_files, read_page
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.past import NO_PAST, Past
from handrail.model.project import Project
from handrail.text.source import Source, failed_source, read_source

Progress = Callable[[Iterable[str], int], Iterable[str]]
"""Wraps the paths that are read, knowing how many there are, so that someone can watch."""


def load_handbook(  # noqa: PLR0913 - what a handbook is read from, with stand-ins by name
    project: Project,
    kinds: Mapping[str, Kind],
    today: date,
    progress: Progress = lambda paths, _count: paths,
    *,
    files: Files | None = None,
    read: Callable[[str], bytes | None] | None = None,
    look_back: Callable[[Handbook], Past] = lambda _: NO_PAST,
    parsed: dict[bytes, Source] | None = None,
) -> Handbook:
    """Read every page of a project; `files` and `read` stand in for the folder where it has been read before.

    `parsed` keeps what contents were read as, and what is found out about each, for another handbook that has most of them too.
    """
    folder = project.docs_dir
    files = files or list_files(folder, project.exclusions)
    read = read or partial(read_page, folder)
    sources = {src_uri: _read(read(src_uri), parsed) for src_uri in progress(files.pages, len(files.pages))}
    return Handbook(project, kinds, today, files, sources, look_back)


def _read(raw: bytes | None, known: dict[bytes, Source] | None) -> Source:
    if raw is None or known is None:
        return _parsed(raw)
    if raw not in known:
        known[raw] = _parsed(raw)
        known[raw].known = {}
    return known[raw]


def _parsed(raw: bytes | None) -> Source:
    try:
        return read_source(raw)
    except Exception as error:  # noqa: BLE001 - a fault of ours at one page must not keep the others from being read
        return failed_source(fault(error))
