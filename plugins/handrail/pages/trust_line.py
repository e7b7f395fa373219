"""The line of trust of a page: whether readers can rely on it, and, unfolded, who signed which text and what has changed."""

from __future__ import annotations

from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.model.signoff import SignOff, review_months
from handrail.model.text_state import TextState
from handrail.model.trust import Trust, trust
from handrail.pages.audience import Link, Shown
from handrail.pages.named import with_links_to
from handrail.pages.text_since import TextSince, counted, difference, text_since
from handrail.pages.views import Fold, Row, TrustLine, Words
from handrail.words.language import count_of
from handrail.words.signing import READS_THE_SAME, UNBOUND, SignatureWords, signature_words
from handrail.words.trust import TrustWords, trust_words, unbroken

_HOLDS = "What it says holds until it is changed or retired; a new signature says that it is still right."
_STAYS = "Nobody has signed the newer text yet; it stays published."
_WITHOUT_FOLD = (Trust.RETIRED, Trust.UNWRITTEN)
"""Who signed what is no longer, or not yet, in force says nothing that a reader needs."""


def trust_line(shown: Shown, page: Page) -> TrustLine | None:
    """Return the line of trust of a page; None of one that nobody signs and that is in order."""
    states = trust(shown.handbook, page)
    if not states:
        return None
    sign_off = shown.handbook.sign_off(page)
    (begins, rest), *others = trust_words(page, sign_off, shown.handbook.plans.get(page), states)
    first, words = states[0], (rest,) if rest else ()
    if first in _WITHOUT_FOLD:
        return TrustLine(first.value, begins, _instead(shown, page) or words, warns=first.warns)
    moved = text_since(shown, page, sign_off)
    fold = _fold(shown, page, sign_off, moved, others)
    more = "What changed" if first is Trust.CHANGED and fold is not None and fold.changed is not None else ""
    return TrustLine(first.value, begins, words, warns=first.warns, more=more, fold=fold)


def _instead(shown: Shown, page: Page) -> Words:
    """Say what readers do instead of reading a page that is retired or not written yet; nothing where nobody knows."""
    if page.is_retired:
        heirs = shown.referring(page, fields=("replaces",))
        return ("Use ", Link(heirs[0].page.title, heirs[0].page), " instead.") if heirs else ()
    contact = shown.contact_of(page) if page.is_unwritten else ""
    return (f"Until then, ask {'in ' if contact.startswith('#') else ''}{unbroken(contact)}.",) if contact else ()


def _fold(
    shown: Shown, page: Page, sign_off: SignOff, moved: TextSince | None, others: list[TrustWords]
) -> Fold | None:
    """Return what the line opens to; None where there is no more to say."""
    rows = [
        Row(one.required.role.heading, _given(shown, one), one.required.role.explained)
        for one in signature_words(sign_off)
    ]
    if not rows:
        return None
    said: list[Words] = [(f"{begins} {rest}".strip(),) for begins, rest in others]
    if sign_off.stale:
        said.append((f"A sign-off of this page lasts {count_of(review_months(page), 'month')}. {_HOLDS}",))
    if sign_off.has_changed:
        said.append(_changed_words(shown, moved))
    if sign_off.is_unbound:
        said.append((UNBOUND,))
    elif sign_off.is_signed and sign_off.text is not None and sign_off.text.state is TextState.READS_THE_SAME:
        said.append((READS_THE_SAME,))
    meaning = Link("What a sign-off means", url=shown.generated(Made.SIGNING, page.url))
    return Fold(tuple(said), difference(shown, moved), tuple(rows), (meaning,))


def _given(shown: Shown, said: SignatureWords) -> Words:
    """Say who gave a signature, with a link to where that can be read; or took it back, and why."""
    latest = said.required.latest
    known = [said.required.who, latest.signer if latest is not None else None]
    words = [*with_links_to(shown, said.given, filter(None, dict.fromkeys(known)))] if said.given else []
    if latest is not None and latest.signature.evidence.casefold().startswith(("http://", "https://")):
        words += [" ", Link("Where it was agreed", url=latest.signature.evidence)]
    return (*words, f" {said.taken_back}") if said.taken_back else tuple(words)


def _changed_words(shown: Shown, moved: TextSince | None) -> Words:
    words: list[str | Link] = [_STAYS]
    if moved is not None:
        words.append(counted(moved))
        if moved.former is not None and shown.forge is not None:
            address = shown.forge.at_commit(moved.former.commit, moved.former.path)
            words += [" ", Link("Read the text that was signed", url=address), "."]
    return tuple(words)
