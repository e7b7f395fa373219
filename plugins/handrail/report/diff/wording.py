"""The sentences about a change that its text and its Markdown share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.history.commits import short
from handrail.model.dates import parse_day
from handrail.model.roles import read_role
from handrail.report.diff.model import Change, Diff, Document, Found, Lost, Measured, Turned
from handrail.report.summary import WORDS, counted
from handrail.rules.finding import Severity
from handrail.words.language import in_words, join_words

NEW, GONE = "New findings", "Findings that are gone"
VOIDED = "Signatures that count no more"
SAME = "Typed otherwise, and reads the same: what was signed still counts"
MEASURES, DOCUMENTS = "Measures", "Documents"
NOTHING = "This change does nothing to the handbook that readers, signatures or findings would show."
_CHANGED = {
    Change.ADDED: "new",
    Change.REMOVED: "taken out",
    Change.MOVED: "moved",
    Change.CHANGED: "changed",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """What documents have become: as a heading, and as a sentence counts them."""

    heading: str
    one: str
    many: str
    documents: tuple[Turned, ...]


def turns(found: Diff) -> list[Turn]:
    """Return what documents have become, what matters most first."""
    became = found.became
    return [
        Turn("More people may see these now", "page shown to more people", "pages shown to more people", became.exposed),
        Turn("Serves no plan in force now", "procedure without a plan", "procedures without a plan", became.orphaned),
        Turn("Has no full sign-off in force now", "procedure without a sign-off in force",
             "procedures without a sign-off in force", became.stale),
        Turn("Nothing leads to these now", "page that nothing leads to", "pages that nothing leads to", became.unlisted),
    ]  # fmt: skip


def sides(found: Diff) -> str:
    """Say what was compared, on which day, and by whose settings."""
    head = f"the commit {short(found.head)}" if found.head else "the files as they are"
    day = parse_day(found.today)
    on = f", judged on {in_words(day)}" if day is not None else ""
    settings = " by the settings of the former" if found.settings == "base" else ""
    return f"From the commit {short(found.base)} to {head}{on}{settings}."


def summary(found: Diff) -> str:
    """Say in one sentence what a change does."""
    if found.is_empty:
        return NOTHING
    new, gone = len(found.findings.new), len(found.findings.gone)
    voided, same = len(found.sign_offs.voided), len(found.sign_offs.reads_the_same)
    parts = [
        f"{counted(new, 'new finding')} ({_weights(found.findings.new)})" if new else "",
        f"{counted(gone, 'finding')} gone" if gone else "",
        f"{counted(voided, 'document')} with signatures that count no more" if voided else "",
        f"{counted(same, 'document')} typed otherwise that read the same" if same else "",
        *(counted(len(turn.documents), turn.one, turn.many) if turn.documents else "" for turn in turns(found)),
        _changes(found.documents),
        f"{counted(changed, 'measure')} changed" if (changed := sum(one.differs for one in found.measures)) else "",
    ]
    return f"{join_words(filter(None, parts))}."


def _weights(found: Iterable[Found]) -> str:
    numbers = Counter(one.severity for one in found)
    return ", ".join(counted(numbers[severity], WORDS[severity]) for severity in Severity if numbers[severity])


def _changes(found: Iterable[Document]) -> str:
    numbers = Counter(one.change for one in found)
    said = [f"{numbers[change]} {word}" for change, word in _CHANGED.items() if numbers[change]]
    return f"{counted(numbers.total(), 'page')} touched ({', '.join(said)})" if said else ""


def by_weight(found: Iterable[Found], *, gravest_last: bool = False) -> list[Found]:
    """Return findings by weight, and those of one weight in their order."""
    return sorted(found, key=lambda one: list(Severity).index(one.severity), reverse=gravest_last)


def place(found: Found) -> str:
    """Return where a finding stands."""
    return f"{found.path}:{found.line}"


def whose(lost: Lost) -> str:
    """Say whose signature counts no more, and why."""
    role, day = read_role(lost.role), parse_day(lost.signed_on)
    does = f" {role.does}" if role is not None else ""
    return f"{lost.by}{does}, signed on {in_words(day) if day else lost.signed_on}: {lost.why}"


def what_became(document: Document) -> str:
    """Say what became of a document, and where it lay before."""
    return _CHANGED[document.change] + (f" from {document.was}" if document.was else "")


def before_and_after(measure: Measured) -> tuple[str, str]:
    """Return a measure's value before and after, with numerator and denominator of a share."""
    return (
        _value(measure.before, measure.before_of, measure.unit),
        _value(measure.after, measure.after_of, measure.unit),
    )


def _value(value: int | None, of: tuple[int, int | None] | None, unit: str) -> str:
    if value is None:
        return "not known" if of is not None else "not there"
    said = f"{value}\N{NO-BREAK SPACE}{unit}" if unit else str(value)
    return f"{said} ({of[0]} of {of[1]})" if unit and of is not None and of[1] is not None else said


def left_out(found: Diff) -> Iterator[str]:
    """Say what is not told because there is too much of it."""
    parts = [
        counted(found.left_out.findings, "finding") if found.left_out.findings else "",
        counted(found.left_out.documents, "document") if found.left_out.documents else "",
        f"the words of {counted(found.left_out.words, 'document')}" if found.left_out.words else "",
        counted(found.left_out.others, "other line") if found.left_out.others else "",
    ]
    told = join_words(filter(None, parts))
    if told:
        yield f"Left out, for there is too much to tell: {told}."
