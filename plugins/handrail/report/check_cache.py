"""Remembers the last verdict on a handbook, so that checking the same again takes only the reading.

The cache lies beside the handbook, outside its content, and may be deleted at any time. It holds for exactly what it was
made from: one other byte in a page, in a schema, a setting, the day or Handrail itself, and the check runs again. So
does it where the cache can't be read, is damaged, or comes from another machine.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from importlib.metadata import version
from typing import Any

import yaml

from handrail import __version__
from handrail.history.repository import fingerprint
from handrail.model.cache import CACHE, keep, package_state, seal
from handrail.model.files import LARGEST, Files, read_bytes, read_page, read_whole
from handrail.model.kinds import schema_files
from handrail.model.project import Project
from handrail.model.record_rows import RECORD_FILES
from handrail.model.theme_files import ThemeFiles
from handrail.rendering.extensions import PROGRAMS
from handrail.rules.finding import Finding, Related, Report, Severity

_FORMAT = "5"
_FIELDS = tuple(one.name for one in fields(Finding) if one.name != "related")
_DATA = (".csv",)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report, and what people call the kinds that it counts."""

    report: Report
    nouns: Mapping[str, tuple[str, str]]


class CheckCache:
    """The place of one handbook's last verdict, and what a verdict on the handbook as it is now depends on.

    `contents` holds the bytes of every file that a rule may read, by path in the folder of pages, so that a check that
    has to run judges the very bytes that its verdict is remembered by. `key` is another one as soon as anything of it is.
    """

    def __init__(self, project: Project, today: date, files: Files) -> None:
        data = [path for path in files.assets if path.lower().endswith(_DATA)]
        self.contents = {path: read_page(project.docs_dir, path) for path in files.pages}
        self.contents |= {path: read_bytes(project.docs_dir, path) for path in data}
        self._root = project.root
        self._path = project.root / CACHE / f"check-{project.config_file.stem}.json"
        self.key = seal(_ingredients(project, today, files, self.contents))

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a page, None where it can't be opened."""
        return self.contents[path]

    def recall(self) -> Verdict | None:
        """Return the verdict on this very handbook, or None where it isn't known."""
        try:
            cache = json.loads(read_whole(self._path, LARGEST))
            if cache["key"] != self.key or cache["sum"] != seal([cache["verdict"].encode()]):
                return None
            return _read(json.loads(cache["verdict"]))
        except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return None

    def keep(self, verdict: Verdict) -> None:
        """Remember a verdict in the place of the last; where nothing can be written, nothing is remembered."""
        text = json.dumps(_written(verdict), separators=(",", ":"))
        cache = json.dumps({"key": self.key, "sum": seal([text.encode()]), "verdict": text})
        keep(self._root, self._path.name, cache)


def installation() -> Iterator[bytes]:
    """Yield what Handrail itself is, and what it runs on."""
    programs = " ".join(version(name) for name in PROGRAMS)
    yield f"{__version__} {sys.version} {yaml.__version__} {programs}".encode()
    yield from package_state()


def _ingredients(project: Project, today: date, files: Files, contents: Mapping[str, bytes | None]) -> Iterator[bytes]:
    """Yield everything that a verdict depends on. A rule that reads anything else must add it here."""
    yield f"{_FORMAT} {today}".encode()
    yield from installation()
    yield fingerprint(project.docs_dir).encode(errors="surrogateescape")
    yield repr(project).encode(errors="surrogateescape")
    yield from ThemeFiles(project.theme, project.custom_dir).state()
    for name, schema in schema_files(project.root).items():
        yield name.encode(errors="surrogateescape")
        yield read_whole(schema)
    for listed in (files.pages, files.assets, files.symlinks, files.folder_settings):
        yield str(len(listed)).encode()
        yield from (os.fsencode(path) for path in listed)
    for path in filter(None, (project.settings.synonyms, *(file.path for file in RECORD_FILES))):
        raw = read_bytes(project.root, path)
        is_there = os.path.lexists(project.root / path)
        yield (b"unopened" if is_there else b"none") if raw is None else b"holds " + raw
    for path in files.assets:
        # Whether a file may be published hangs on its size, and of a drawing on what it holds.
        with suppress(OSError):
            status = (project.docs_dir / path).stat()
            yield f"{status.st_size} {status.st_mtime_ns}".encode()
    for path, content in contents.items():
        yield os.fsencode(path)
        yield b"unopened" if content is None else b"holds " + content


def _written(verdict: Verdict) -> dict[str, Any]:
    report = verdict.report
    return {
        "today": report.today,
        "by_kind": report.by_kind,
        "ignored": report.ignored,
        "remark": report.remark,
        "nouns": dict(verdict.nouns),
        "findings": [
            [*(getattr(found, name) for name in _FIELDS), [list(astuple(place)) for place in found.related]]
            for found in report.findings
        ],
    }


def _read(data: dict[str, Any]) -> Verdict:
    findings = tuple(
        replace(
            Finding(**dict(zip(_FIELDS, told, strict=True))),
            severity=Severity(told[_FIELDS.index("severity")]),
            related=tuple(Related(*place) for place in related),
        )
        for *told, related in data["findings"]
    )
    report = Report(data["today"], data["by_kind"], findings, data["ignored"], data["remark"])
    return Verdict(report, {kind: (one, many) for kind, (one, many) in data["nouns"].items()})
