"""Why a measure is unknown whose records can't be read: what is left would be another number, and look like one."""

from __future__ import annotations

from handrail.measures.leads import to_file
from handrail.measures.measure import Unknown
from handrail.measures.scope import Scope
from handrail.model.record_rows import RecordFile

_DO = "Bring the file back as git had it before."


def unreadable(scope: Scope, file: RecordFile) -> Unknown | None:
    """Return that no row of a file of records can be read, and what to do; None where they can."""
    project = scope.handbook.project
    lost = project.records.lost(file)
    return (
        Unknown(lost.of_the_file, _DO, to_file(scope.handbook, project.root / file.path)) if lost is not None else None
    )


def not_readable(file: RecordFile) -> str:
    """Return why nobody can tell of a document whether it counts."""
    return f"{file.path} can't be read"
