"""HB6: the handbook says something twice, and not the same each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.rules.finding import Severity
from handrail.rules.kept_apart import DECIDERS, NEAR, TRIGGER, VALUES, unexplained
from handrail.rules.registry import Hit, Spot, at, in_body, rule
from handrail.search.conflicts import Statement, differing
from handrail.search.duplicates import Approval, Pair, duplicates
from handrail.words.language import join_words, quoted

_MOST = 20
"""So many of one page are told: nobody fixes more at once."""


@rule(*NEAR, Severity.INFO)
def near_duplicate(handbook: Handbook) -> Iterator[Hit]:
    """Two procedures say nearly the same.

    Of two procedures for one thing, people follow the one that they find, and only one is kept right. Procedures are held against each
    other that are in use or drafts and have 40 words or more, without what most pages have in common: at least four fifths of the
    shorter one's words stand in the other, in the same order. It is said of the newer one.

    **What to do.** Make one of them, and let the other lead there. If there are to be two, say why in the newer one:
    `ignore: [{rule: near-duplicate, reason: …}]`.
    """
    for pair in _told(duplicates(handbook).near):
        yield Hit(
            at(pair.newer, ("kind",), key=True),
            f"“{pair.newer.title}” says nearly the same as “{pair.older.title}”: {pair.same} of the {pair.shorter} words of the "
            "shorter one stand in the other, in the same order.",
            "Make one of them, or say why there are two: `ignore: [{rule: near-duplicate, reason: …}]`.",
            ((at(pair.older, ("kind",), key=True), f"“{pair.older.title}” is here."),),
            subject=handbook.identity(pair.older),
        )


@rule(*TRIGGER, Severity.INFO)
def same_trigger(handbook: Handbook) -> Iterator[Hit]:
    """Two procedures in use are needed when the same thing happens.

    Whoever looks for what to do then finds two answers. Their triggers are equal, or share four fifths of at least five words in order.

    **What to do.** Say in each `trigger` what only that procedure is for, or make one of the two.
    """
    for pair in _told(duplicates(handbook).triggers):
        older, newer = (quoted(page.text("trigger")) for page in pair.pages)
        yield Hit(
            at(pair.newer, ("trigger",)),
            f"“{pair.newer.title}” is needed when “{pair.older.title}” is: {newer}.",
            "Say in each what only this procedure is for, or make one of the two.",
            ((at(pair.older, ("trigger",)), f"“{pair.older.title}” says {older}."),),
            subject=handbook.identity(pair.older),
        )


@rule(*DECIDERS, Severity.INFO)
def two_deciders_one_decision(handbook: Handbook) -> Iterator[Hit]:
    """One thing is decided by two people.

    Two procedures in use say nearly the same, or are needed when the same thing happens, and somebody else decides on each; or two
    processes have the same exception, and somebody else approves it in each. Then it depends on the page that is read.

    **What to do.** Agree on who decides, and say it in one place.
    """
    for pair in _told(duplicates(handbook).deciders):
        older, newer = (_deciders(handbook, page) for page in pair.pages)
        yield Hit(
            at(pair.newer, ("rapid",)),
            f"“{pair.newer.title}” and “{pair.older.title}” are for the same thing, but {newer} decides on this one, and {older} on the other.",
            "Agree on who decides, and say it in one place.",
            ((at(pair.older, ("rapid",)), f"{older} decides on “{pair.older.title}”."),),
            subject=handbook.identity(pair.older),
        )
    for approvals in duplicates(handbook).approvers:
        yield _of_approvers(approvals)


def _deciders(handbook: Handbook, page: Page) -> str:
    found = [(handbook.registry.find(named.name), named.name) for named in page.rapid.decide]
    return join_words([who.name if who is not None else name for who, name in found])


def _of_approvers(approvals: tuple[Approval, ...]) -> Hit:
    newest = approvals[-1]
    others = [one for one in approvals if one.who != newest.who]
    return Hit(
        _approver(newest),
        f"In the case {quoted(newest.when)} {newest.approver} approves here, but {others[0].approver} in “{others[0].page.title}”.",
        "Agree on who approves it, and say so in both.",
        tuple((_approver(one), f"Here {one.approver} approves it.") for one in others[:_MOST]),
        subject=newest.when,
    )


def _approver(one: Approval) -> Spot:
    return at(one.page, ("process", "exceptions", one.index, "approver"))


@rule(*VALUES, Severity.INFO)
def conflicting_values(handbook: Handbook) -> Iterator[Hit]:
    """Two pages say the same, but for a number, an amount, a length of time, a day, an address or a name.

    One of them was changed, and the other forgotten. Sentences, items of lists and rows of tables of at least eight words are held
    against each other, without what stands in more than three documents. Numbers that name something, such as a step, a section, a
    version or a year, are words like others. Whom a page says to ask, when it was written, what it says of itself and amounts in the
    money of another country may differ.

    **What to do.** Find out which is right, and say it in one place, to which the other page leads. If both are, say of what each is.
    """
    for conflict in duplicates(handbook).conflicts:
        here = conflict.statements[-1]
        others = unexplained(handbook).against(conflict, here)
        if others:
            said, other = differing(here, others[0])
            yield Hit(
                _passage(here),
                f"Here {said}; “{others[0].page.title}” says {other}.",
                "Find out which is right, and say it in one place.",
                tuple((_passage(one), f"“{one.page.title}” says {differing(here, one)[1]}.") for one in others),
                subject=conflict.words,
            )


def _passage(statement: Statement) -> Spot:
    return in_body(statement.page, statement.start, statement.end)


def _told(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield so many pairs of each page as anybody would fix at once."""
    counts: Counter[Page] = Counter()
    for pair in pairs:
        counts[pair.newer] += 1
        if counts[pair.newer] <= _MOST:
            yield pair
