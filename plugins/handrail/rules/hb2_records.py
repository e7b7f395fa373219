"""HB2, of the records: the procedures that rows name are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.record_rows import REPORTS, RUNS, SURVEY
from handrail.model.recorded_pages import recorded_procedures
from handrail.model.setting_places import FilePlace
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, rule
from handrail.words.language import join_words

_NAMED = 3


@rule("HB221", "record-unknown-procedure", Severity.INFO)
def record_unknown_procedure(handbook: Handbook) -> Iterator[Hit]:
    """Rows of the records name a procedure that nobody knows, so they count in no measure.

    The procedure was given another id, or it is gone. It is said once a file, at the first of the rows.

    **What to do.** Put the old id under `redirect_from` of the procedure that has taken its place; where there is none, leave the
    rows as they are.
    """
    records = handbook.project.records
    files = ((RUNS, records.runs), (SURVEY, records.survey), (REPORTS, records.reports))
    known = recorded_procedures(handbook) if any(rows for _, rows in files) else {}
    # Two pages that claim one old id, and a page that can't be read, have findings of their own.
    explained = {*handbook.unidentified, *(text for page in handbook.reviewed for text in page.texts("redirect_from"))}
    for file, rows in files:
        unknown: dict[str, int] = {}
        for row in rows:
            if row.procedure not in known and row.procedure not in explained:
                unknown.setdefault(row.procedure, row.line)
        if unknown:
            line = min(unknown.values())
            yield Hit(
                FilePlace(file.path, line, 1, line, 1),
                _said(list(unknown)),
                _hint(unknown, known),
                subject=_subject(unknown),
            )


def _said(ids: list[str]) -> str:
    named = [f"`{id_}`" for id_ in ids[:_NAMED]]
    if len(ids) > _NAMED:
        named.append(f"{len(ids) - _NAMED:,} more")
    what = "a procedure" if len(ids) == 1 else "procedures"
    return f"Rows name {what} that nobody knows, and count nowhere: {join_words(named)}."


def _hint(unknown: dict[str, int], known: Mapping[str, Page]) -> str:
    close = next(((id_, near) for id_ in list(unknown)[:_NAMED] if (near := nearest(id_, known))), None)
    if close is None:
        return "Put the old id under `redirect_from` of the procedure that has taken its place."
    return f"If `{close[1]}` has taken its place, put `{close[0]}` under its `redirect_from`."


def _subject(unknown: dict[str, int]) -> str:
    return " ".join(sorted(unknown))
