"""The step that translates keys of other programs on documents that are there: in pages that become documents, any step does so."""

from __future__ import annotations

from handrail.edit.adopt.foreign_keys import translation
from handrail.edit.adopt.steps.step import Fields, Plan, Step
from handrail.model.handbook import Handbook
from handrail.model.settings import lies_in


def plan(handbook: Handbook, folder: str) -> Plan:
    """Find the documents of a folder that say with another program's key what a field says."""
    edits = []
    for page in handbook.documents:
        if page.kind is not None and page.source.readable and lies_in(page.src_uri, folder or "."):
            found = translation(handbook, page, page.kind)
            if found.put or found.without:
                edits.append(Fields(page.src_uri, found.put, found.without))
    return Plan(tuple(edits))


KEYS = Step("keys", "Keys of other programs that mean what a field means become that field.", plan)
