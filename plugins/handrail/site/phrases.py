"""Sentences about people, sign-offs and plans that several pages say."""

from __future__ import annotations

from handrail.model.dates import in_words
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.rapid import EXPLAINED
from handrail.model.signoff import SignOff, Slot
from handrail.rules.words import listed, person_words
from handrail.site.audience import Link, Shown
from handrail.site.views import Banner, Folded, Row, Words

UNBOUND = "Recorded, text not bound: which text was signed is not on record. The next signature names it."
VERBS = {
    "R": "Recommends",
    "A": "Agrees",
    "P": "Performs",
    "I": "Gives input",
    "D": "Decides",
}


def count_words(count: int) -> str:
    """Return a number of words, in words."""
    return "one word" if count == 1 else f"{count} words"


def name_words(shown: Shown, name: str) -> str:
    """Return whom a name means: a person by name and job, a group by its name."""
    found = shown.handbook.registry.find(name)
    if isinstance(found, Person):
        words = person_words(found)
        return words if found.is_here(shown.handbook.today) else f"{words} (has left)"
    return found.name if found is not None else name


def no_plan_yet(shown: Shown, page: Page) -> str:
    """Say that a department has no plan, and who leads it."""
    lead = name_words(shown, page.text("lead")) if page.text("lead") else ""
    comma = "," if "," in lead else ""
    return f"No VPMOM yet. {lead}{comma} leads the department." if lead else "No VPMOM yet."


def signed_words(sign_off: SignOff) -> Words:
    """Say in one sentence who signed and until when it holds."""
    decider = sign_off.decider
    if not sign_off.is_signed or decider is None or decider.signer is None or sign_off.signed_on is None:
        return ()
    who = person_words(decider.signer)
    if decider.by_deputy:
        who = f"{decider.signer.name} for {decider.name}"
    words = f"Signed by {who}, {in_words(sign_off.signed_on)}"
    if sign_off.until is not None:
        ran_out = f"; that ran out on {in_words(sign_off.until)}"
        words += ran_out if sign_off.stale else f", good until {in_words(sign_off.until)}"
    return (f"{words}.", *((UNBOUND,) if sign_off.is_unbound else ()))


def missing_words(slots: tuple[Slot, ...]) -> str:
    """Name those whose signature is missing."""
    return listed(f"someone of {slot.name}" if isinstance(slot.who, Group) else slot.name for slot in slots)


def update_banner(page: Page) -> Banner | None:
    """Return the banner of a page that is known to be wrong somewhere."""
    text = page.text("needs_update")
    return Banner("Known to need an update", (text,)) if text else None


def rapid_rows(shown: Shown, page: Page, *, with_letters: bool = False) -> tuple[Row, ...]:
    """Return who has which role, in words; each role is explained."""
    rows = []
    for letter in "DARPI":
        names = tuple(dict.fromkeys(named.name for named in page.rapid.names(letter)))
        if names:
            rows.append(
                Row(
                    f"{letter}, {VERBS[letter].lower()}" if with_letters else VERBS[letter],
                    tuple(_joined([name_words(shown, name) for name in names])),
                    EXPLAINED[letter],
                )
            )
    return tuple(rows)


def _joined(words: list[str]) -> list[str | Link]:
    return ["; ".join(words)] if any("," in word for word in words) else [", ".join(words)]


def rapid_folded(shown: Shown, page: Page) -> tuple[Folded, ...]:
    """Return the roles, folded away."""
    rows = rapid_rows(shown, page)
    return (Folded("Who decides, agrees and is asked (RAPID)", rows),) if rows else ()


def also_asked(page: Page) -> Row | None:
    """Return the line with what people type when they need the page."""
    phrases = page.texts("asked_as")
    return Row("Also asked as", (", ".join(phrases),)) if phrases else None
