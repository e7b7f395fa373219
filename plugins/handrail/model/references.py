"""References between pages: what a text such as `finance`, `sop:expense-claims` or `finance@FY27` names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from handrail.model.kinds import Ref
from handrail.model.page import Page
from handrail.model.plans import Line
from handrail.text.problems import DataPath

PLAN = "vpmom"
FEEDS = "feeds"
"""The relation by which a document stands below another among the plans, whatever the field is called."""
_REFERENCE = re.compile(
    r"(?:(?P<kind>[a-z0-9]+(?:-[a-z0-9]+)*):)?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?:@(?P<period>\S.*))?"
)

Status = Literal["found", "unknown", "wrong kind", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a reference leads to; `line` is set where it names a plan, `candidates` where it could mean several."""

    status: Status
    page: Page | None = None
    line: Line | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A value in a document's front matter that names another document, and what it leads to."""

    page: Page
    path: DataPath
    text: str
    meaning: Ref
    resolution: Resolution

    @property
    def target(self) -> Page | None:
        return self.resolution.page


@dataclass(frozen=True, slots=True)
class Parts:
    """A reference taken apart."""

    kind: str
    id: str
    period: str


def parse_reference(text: str) -> Parts | None:
    """Take a reference apart, or return None where it is none."""
    match = _REFERENCE.fullmatch(text.strip())
    return Parts(match["kind"] or "", match["id"], match["period"] or "") if match else None


def references_of(page: Page, index: Index) -> list[Reference]:
    """Return what a document's front matter refers to."""
    meanings = page.kind.meanings(page.data) if page.kind is not None else ()
    return [
        Reference(page, path, text, node.ref, index.resolve(text, node.ref.kinds))
        for path, node, text in meanings
        if node.ref is not None and text not in node.ref.also
    ]


class Index:
    """Finds documents by kind and id, and plans by line and period."""

    def __init__(self, documents: Mapping[str, Mapping[str, Page]], lines: Mapping[str, Line]) -> None:
        self._documents = documents
        self._lines = lines

    def resolve(self, text: str, kinds: Sequence[str] = ()) -> Resolution:
        """Find what `text` names among documents of `kinds`, or among all where none are given."""
        parts = parse_reference(text)
        if parts is None:
            return Resolution("unknown", candidates=())
        found = list(self._named(parts))
        fitting = [(kind, page, line) for kind, page, line in found if not kinds or kind in kinds]
        if len(fitting) == 1:
            _, page, line = fitting[0]
            return Resolution("found", page, line)
        if fitting:
            return Resolution("ambiguous", candidates=tuple(f"{kind}:{parts.id}" for kind, _, _ in fitting))
        if found:
            return Resolution("wrong kind", candidates=tuple(f"{kind}:{parts.id}" for kind, _, _ in found))
        return Resolution("unknown", candidates=tuple(self.ids(kinds)))

    def _named(self, parts: Parts) -> Iterable[tuple[str, Page, Line | None]]:
        if not parts.period:
            for kind, by_id in self._documents.items():
                if kind != PLAN and parts.id in by_id and parts.kind in ("", kind):
                    yield kind, by_id[parts.id], None
        line = self._lines.get(parts.id)
        if line is not None and parts.kind in ("", PLAN):
            plan = line.plan(parts.period) if parts.period else line.face
            if plan is not None:
                yield PLAN, plan.page, line

    def ids(self, kinds: Sequence[str] = ()) -> list[str]:
        """Return every id of these kinds, or of all with their kind in front."""
        if len(kinds) == 1:
            return list(self._lines if kinds[0] == PLAN else self._documents.get(kinds[0], ()))
        names = [f"{kind}:{id_}" for kind, by_id in self._documents.items() for id_ in by_id if kind != PLAN]
        names += [f"{PLAN}:{id_}" for id_ in self._lines]
        return [name for name in names if not kinds or name.split(":")[0] in kinds]
