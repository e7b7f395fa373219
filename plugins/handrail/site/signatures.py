"""What a page says of its signatures: who gave which, what has changed since, earlier texts, and how to sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handrail.model.dates import in_words
from handrail.model.page import Page
from handrail.model.past import Former
from handrail.model.people import Group, Person
from handrail.model.publication import may_be_in
from handrail.model.rapid import EXPLAINED
from handrail.model.signedtext import text_digest
from handrail.model.signoff import Entry, SignOff, Slot, read_entries
from handrail.model.urls import SIGNING
from handrail.report import changes, queue
from handrail.report.changes import Change
from handrail.rules.words import listed, person_words
from handrail.site.audience import Link, Shown
from handrail.site.phrases import VERBS, count_words, missing_words
from handrail.site.signing_links import entry_to_paste, issue_form_url
from handrail.site.views import Banner, Folded, Row, Words
from handrail.text.visible import one_line

_STAYS = "What follows is the newer text. It stays published, and nobody has signed it yet."
_NO_HISTORY = "This site was built without the whole history of the handbook, so they can't be listed."


@dataclass(frozen=True, slots=True)
class Signatures:
    """The parts of a view that are about its signatures."""

    banner: Banner | None = None
    changed: Folded | None = None
    actions: tuple[Link, ...] = ()
    folded: tuple[Folded, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moved:
    """A page's text since it was last signed: when that was, the text as it was, and what has changed."""

    signed_on: date
    former: Former | None
    change: Change | None


def signatures(shown: Shown, page: Page) -> Signatures:
    """Return what a page says of its signatures; nothing where it asks for none."""
    sign_off = shown.handbook.sign_off(page)
    if sign_off.status == "not asked":
        return Signatures()
    moved = _moved(shown, page, sign_off)
    wanted = _wanted(shown, page, sign_off)
    folded = [_who_signed(shown, page, sign_off), _to_paste(shown, page, wanted)]
    return Signatures(
        _banner(shown, page, sign_off, moved),
        _difference(moved),
        _buttons(shown, page, wanted),
        tuple(one for one in folded if one is not None),
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A role in which a page is to be signed, and who is asked; `absent` has left, and is who it would have been."""

    role: str
    who: Person | Group
    absent: str = ""


# What has changed


def _moved(shown: Shown, page: Page, sign_off: SignOff) -> _Moved | None:
    if not any(slot.former is not None for slot in sign_off.slots):
        return None
    handbook = shown.handbook
    entry = changes.last_signed(handbook, page)
    if entry is None:
        return None
    former = handbook.past.text_with_digest(page, entry.digest)
    if former is None or not _may_be_seen(shown, former):
        return _Moved(entry.signed_on, None, None)
    read = f"the text that was signed on {in_words(entry.signed_on)}"
    change = changes.change(
        handbook, page, read, former.page, may_name=lambda target: target is not None and shown.shows(target)
    )
    # Where all that has changed is the name of a page that not every reader may know of, not even that is said.
    is_hidden = not change.pieces and changes.change(handbook, page, read, former.page).pieces
    return _Moved(entry.signed_on, former, None if is_hidden else change)


def _may_be_seen(shown: Shown, former: Former) -> bool:
    """Say whether a former text may be shown: a page that is public today may have been internal, or in such a folder."""
    audience = shown.handbook.settings.audience
    return former.page.may_be_seen_by(audience) and may_be_in(former.ceiling, audience)


def _difference(moved: _Moved | None) -> Folded | None:
    if moved is None or moved.change is None or not moved.change.pieces:
        return None
    return Folded(f"What has changed since {in_words(moved.signed_on)}", difference=moved.change.pieces)


def _counted(moved: _Moved) -> str:
    """Say how many words have changed."""
    if moved.change is None:
        return " What has changed since can't be shown."
    if not moved.change.pieces:
        return " Since then no word has changed, only where lines break or how far they are indented."
    came, went = moved.change.count("new"), moved.change.count("old")
    parts = [f"{count_words(came)} came in" if came else "", f"{count_words(went)} went out" if went else ""]
    return f" Since then {' and '.join(filter(None, parts))}."


# The banner


def _banner(shown: Shown, page: Page, sign_off: SignOff, moved: _Moved | None) -> Banner | None:
    """Return the banner of a page that nobody has signed, not everyone, not this text, or not for long enough."""
    ask = _to_ask(shown, page)
    asking = f" Ask {person_words(ask)}, if in doubt." if ask is not None else ""
    if sign_off.status == "never signed":
        return Banner("Nobody has signed this yet", (f"It is in use, and its sign-off is still to come.{asking}",))
    if sign_off.status == "incomplete":
        missing = missing_words(sign_off.missing)
        return Banner(
            "The sign-off is not complete",
            (f"Still missing: {missing}." if missing else f"Nobody is named who decides.{asking}",),
        )
    if sign_off.status == "changed since":
        words: list[str | Link] = [_former_words(sign_off)]
        if moved is not None:
            words.append(_counted(moved))
            if moved.former is not None and shown.forge is not None:
                address = shown.forge.at_commit(moved.former.commit, moved.former.path)
                words += [" ", Link("Read the text that was signed", url=address), "."]
        return Banner("The text has changed since it was signed", (*words, f" {_STAYS}"))
    if sign_off.stale and sign_off.until is not None:
        return Banner(
            "The sign-off has run out",
            (f"It held until {in_words(sign_off.until)}. What follows may no longer be how it is done.{asking}",),
        )
    return None


def _to_ask(shown: Shown, page: Page) -> Person | None:
    """Return the decider of a page, or the deputy of one who has left."""
    registry = shown.handbook.registry
    decider = registry.person(page.rapid.decide[0].name) if page.rapid.decide else None
    found = registry.to_ask(decider, shown.handbook.today)
    return found if isinstance(found, Person) else decider


def _former_words(sign_off: SignOff) -> str:
    """Say who signed the text that this one was."""
    names = [
        f"{slot.former_signer.name} ({VERBS[slot.role].casefold()}) on {in_words(slot.former.signed_on)}"
        for slot in sign_off.slots
        if slot.former is not None and slot.former_signer is not None
    ]
    return f"An earlier text was signed by {listed(names)}."


# Who signed, and earlier texts


def _who_signed(shown: Shown, page: Page, sign_off: SignOff) -> Folded | None:
    if not any(slot.entry or slot.former for slot in sign_off.slots):
        return None
    rows = [Row(VERBS[slot.role], _given(slot), EXPLAINED[slot.role]) for slot in sign_off.slots]
    # A plan names them among its previous versions.
    earlier = earlier_texts(shown, page) if page not in shown.handbook.plans else []
    if earlier:
        rows.append(Row("Earlier signed texts", tuple(earlier)))
    elif shown.handbook.past.facts.reason and any(entry.digest for entry in read_entries(page)):
        rows.append(Row("Earlier signed texts", (_NO_HISTORY,)))
    meaning = Link("What a sign-off means", url=shown.generated(SIGNING, page.url))
    return Folded("Who signed which text, and when", tuple(rows), (meaning,))


def _given(slot: Slot) -> Words:
    """Say who gave a signature, when, for which text, and what they checked."""
    entry, signer = (slot.entry, slot.signer) if slot.entry is not None else (slot.former, slot.former_signer)
    if entry is None or signer is None:
        who = f"someone of {slot.name}" if isinstance(slot.who, Group) else slot.name
        return (f"Not signed yet by {who}.",)
    who = f"{signer.name} for {slot.name}" if isinstance(slot.who, Person) and slot.who.id != signer.id else ""
    text = "an earlier text" if slot.entry is None else "this text" if entry.digest else "text not bound"
    note = f" \N{LEFT DOUBLE QUOTATION MARK}{one_line(entry.note)}\N{RIGHT DOUBLE QUOTATION MARK}" if entry.note else ""
    return (f"{who or person_words(signer)}, {in_words(entry.signed_on)}: {text}.{note}", *_evidence(entry))


def _evidence(entry: Entry) -> Iterator[str | Link]:
    if entry.evidence.casefold().startswith(("http://", "https://")):
        yield " "
        yield Link("Where it was agreed", url=entry.evidence)


def earlier_texts(shown: Shown, page: Page) -> list[str | Link]:
    """Return the days on which earlier texts of a page were signed, with links to those texts, newest first."""
    handbook = shown.handbook
    now = text_digest(page, handbook.registry)
    words: list[str | Link] = []
    for text in handbook.past.signed_texts(page):
        if text.digest == now or text.signed_on is None or not _may_be_seen(shown, text):
            continue
        day = in_words(text.signed_on)
        url = shown.forge.at_commit(text.commit, text.path) if shown.forge is not None else ""
        words += [", ", Link(day, url=url)]
    return words[1:]


# Signing


def _wanted(shown: Shown, page: Page, sign_off: SignOff) -> list[_Wanted]:
    """Return the roles in which a page is to be signed now or soon, each with who is asked."""
    handbook = shown.handbook
    if handbook.registry_is_in_doubt:
        return []
    wanted = [
        _Wanted(one.role, who, one.absent)
        for who, one in queue.signatures(handbook, page)
        if who is not None and one.role
    ]
    if wanted or not sign_off.is_unbound:
        return wanted
    loose = [slot for slot in sign_off.slots if slot.entry is not None and not slot.entry.digest]
    asked = [(slot, handbook.registry.to_ask(slot.who, handbook.today)) for slot in loose]
    return [_Wanted(slot.role, who, "" if who == slot.who else slot.name) for slot, who in asked if who is not None]


_BUTTONS = {"D": "Sign off as the one who decides", "A": "Sign off as one who agrees"}


def _buttons(shown: Shown, page: Page, wanted: list[_Wanted]) -> tuple[Link, ...]:
    if shown.forge is None or not shown.has_form:
        return ()
    digest = text_digest(page, shown.handbook.registry)
    reference = shown.handbook.identity(page)
    return tuple(
        Link(words, url=issue_form_url(shown.forge, reference, role, digest))
        for role, words in _BUTTONS.items()
        if any(role == one.role for one in wanted)
    )


def _to_paste(shown: Shown, page: Page, wanted: list[_Wanted]) -> Folded | None:
    """Return the ready entries of those who are asked, where the forge has no form for it."""
    handbook = shown.handbook
    if shown.has_form or not wanted:
        return None
    digest = text_digest(page, handbook.registry)
    lines = [
        entry_to_paste(
            one.role,
            who.id if handbook.registry.exists else who.name,
            handbook.today,
            digest,
            f"For {one.absent}, who has left" if one.absent else "",  # a deputy's signature counts with the reason only
        )
        for one in wanted
        for who in (_who_may(shown, page, one.who) if isinstance(one.who, Group) else (one.who,))
    ]
    address = shown.forge.edit(shown.forge.page(page.src_uri)) if shown.forge is not None else ""
    edit = Link("Edit the page", url=address)
    if page.entries("sign_offs"):
        words: Words = (
            edit,
            " and put your line of these, with today's date, below the last one of ",
            "sign_offs",
            ":",
        )
    else:
        words = (edit, " and put the first line and yours, with today's date, above the second line of three hyphens:")
        lines = ["sign_offs:", *lines]
    return Folded("Sign this text", words=words, lines=tuple(dict.fromkeys(lines)))


def _who_may(shown: Shown, page: Page, group: Group) -> list[Person]:
    """Return who can agree for a group today: those who are here, less the one who decides."""
    registry, today = shown.handbook.registry, shown.handbook.today
    decider = registry.person(page.rapid.decide[0].name) if page.rapid.decide else None
    return [one for one in registry.members(group) if one.is_here(today) and one != decider]
