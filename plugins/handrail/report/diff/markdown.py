"""Writes what a change does as Markdown for a forge: whatever comes from pages notifies nobody and leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.report.diff import wording
from handrail.report.diff.model import Diff, Document, Found
from handrail.report.difference import difference_lines
from handrail.report.markdown import fenced, said
from handrail.report.summary import TO_DO, WORDS, counted

MOST = 60_000
"""So many characters a comment may have; GitHub takes 65,536."""
_OF_A_LIST = 10_000
"""So many of them one list may take, so that there is room for the others."""
_OF_A_DIFFERENCE = 6_000
_OF_A_TEXT = 300
_MOST_LINES = 20
_FOR_WHAT_IS_LEFT_OUT = 600
_TITLE = "### What this change does to the handbook"


class _Room:
    """What is left of a comment's room; what was put in stands in `parts`."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.parts: list[str] = []

    def put(self, part: str) -> bool:
        """Put a part in where there is room for it, and say whether there was."""
        has_room = len(part) + 2 <= self.left
        if has_room:
            self.left -= len(part) + 2
            self.parts.append(part)
        return has_room


def as_markdown(found: Diff) -> str:
    """Return what a change does as Markdown of at most 60,000 characters; what has no room is counted."""
    if found.is_empty:
        return f"{' '.join((wording.NOTHING, *map(_said, found.remarks)))}\n"
    room = _Room(MOST - _FOR_WHAT_IS_LEFT_OUT)
    for part in (_TITLE, *map(said, (wording.summary(found), wording.sides(found))), *map(_said, found.remarks)):
        room.put(part)
    for heading, items in _lists(found):
        _put_list(room, heading, list(items))
    _put_measures(room, found)
    rest = _put_documents(room, found)
    more = (
        (f"{counted(rest, 'page is', 'pages are')} left out here, for a comment has no room for them.",) if rest else ()
    )
    return "\n\n".join((*room.parts, *more, *map(_said, wording.left_out(found)))) + "\n"


def _lists(found: Diff) -> Iterator[tuple[str, Iterable[str]]]:
    yield wording.NEW, map(_finding, wording.by_weight(found.findings.new))
    yield (
        wording.VOIDED,
        (
            f"- {_named(one.title, one.path)}: {'; '.join(_said(wording.whose(lost)) for lost in one.signatures)}"
            for one in found.sign_offs.voided
        ),
    )
    for turn in wording.turns(found):
        yield turn.heading, (f"- {_named(one.title, one.path)}: {_said(one.why)}" for one in turn.documents)
    yield wording.SAME, (f"- {_named(one.title, one.path)}" for one in found.sign_offs.reads_the_same)
    yield wording.GONE, (f"- {_said(wording.place(one))}: {_said(one.message)}" for one in found.findings.gone)


def _put_list(room: _Room, heading: str, items: list[str]) -> None:
    """Put a list below its heading, with as many items as have room."""
    left = min(_OF_A_LIST, room.left - len(heading) - _FOR_WHAT_IS_LEFT_OUT)
    shown: list[str] = []
    for item in items:
        left -= len(item) + 1
        if left < 0:
            shown.append(f"- and {len(items) - len(shown)} more")
            break
        shown.append(item)
    if items:
        room.put(f"#### {heading}")
        room.put("\n".join(shown))


def _finding(found: Found) -> str:
    to_do = f" {_said(f'{TO_DO}{found.hint}')}" if found.hint else ""
    rule = _said(f"{found.rule} {found.name}")
    return f"- **{WORDS[found.severity]}** {_said(wording.place(found))}: {_said(found.message)}{to_do} ({rule})"


def _put_measures(room: _Room, found: Diff) -> None:
    rows = [
        f"| {_said(one.title)} | {' | '.join(map(_said, wording.before_and_after(one)))} |"
        for one in found.measures
        if one.differs
    ]
    if rows:
        room.put(f"#### {wording.MEASURES}")
        room.put("\n".join(["| | before | after |", "|---|---|---|", *rows]))


def _put_documents(room: _Room, found: Diff) -> int:
    """Put in the documents that have room, each whole; return how many have none."""
    if found.documents:
        room.put(f"#### {wording.DOCUMENTS}")
    return sum(not room.put(_document(document)) for document in found.documents)


def _document(document: Document) -> str:
    told = [line for line in (document.sentence, *document.lines) if line]
    lines = [f"{_named(document.title, document.path)}: {_said(wording.what_became(document))}", ""]
    lines += [f"- {_said(line)}" for line in told[:_MOST_LINES]]
    lines += [f"- and {len(told) - _MOST_LINES} more"] if len(told) > _MOST_LINES else []
    changed = difference_lines(document.pieces)
    text = "\n".join(lines).rstrip()
    return f"{text}\n\n{fenced(changed, _OF_A_DIFFERENCE)}" if changed else text


def _named(title: str, path: str) -> str:
    return f"**{_said(title)}** ({_said(path)})"


def _said(text: str) -> str:
    return said(f"{text[:_OF_A_TEXT]}…" if len(text) > _OF_A_TEXT else text)
