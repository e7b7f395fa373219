"""HB4, by digest: which text was signed, and whether a signature says that anyone has looked."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.dates import in_words
from handrail.model.handbook import Handbook
from handrail.model.repeats import repeated
from handrail.model.signoff import Entry, SignOff, read_entries
from handrail.rules.finding import Severity
from handrail.rules.hb4_signoff import asked, is_for, to_ask
from handrail.rules.registry import Hit, at, rule
from handrail.rules.words import listed, person_words

_MOST_NAMED = 20


@rule("HB413", "changed-since", Severity.WARNING)
def changed_since(handbook: Handbook) -> Iterator[Hit]:
    """The text has changed since it was signed.

    Whoever signed has not seen what readers now follow. The page stays published, with a banner that says so.

    **What to do.** Have the new text read and signed, or restore the one that was signed.
    """
    for page, sign_off in asked(handbook):
        if sign_off.status == "changed since" and sign_off.signed_on is not None:
            names = listed(to_ask(handbook, slot) for slot in sign_off.slots)
            yield Hit(
                at(page, ("sign_offs",), key=True),
                f"“{page.title}” has changed since it was signed on {in_words(sign_off.signed_on)}.",
                f"Ask {names} to read and sign it as it stands.",
                tuple(
                    (at(page, ("sign_offs", slot.former.index)), f"{slot.former_signer.name} signed an earlier text.")
                    for slot in sign_off.slots
                    if slot.former is not None and slot.former_signer is not None
                ),
            )


@rule("HB414", "repeated-no-note", Severity.INFO)
def repeated_no_note(handbook: Handbook) -> Iterator[Hit]:
    """Someone signed the same text again and did not say what they checked.

    A signature that only moves the date is how reviews become theatre.

    **What to do.** Add a `note` to the entry: what was looked at, and what was found.
    """
    for page, _ in asked(handbook):
        for entry in repeated(read_entries(page), handbook.registry):
            signer = handbook.registry.person(entry.by)
            if signer is not None:
                yield Hit(
                    at(page, ("sign_offs", entry.index)),
                    f"{person_words(signer)}, signed the same text again on {in_words(entry.signed_on)} without a note.",
                    "Add a `note` that says what was checked.",
                )


@rule("HB415", "older-than-text", Severity.WARNING)
def older_than_text(handbook: Handbook) -> Iterator[Hit]:
    """A signature is older than the text that it is for.

    Git knows since when a text is there. Whoever signed before that day has signed another text, or the entry bears the
    wrong day; it counts for nothing. Git is believed from the day in the setting `git_since`, else from its first commit
    that holds a page.

    **What to do.** Have the text read and signed as it stands. Where changes are merged in one piece (“squashed”), a
    commit bears the day of the merge: sign after merging, or merge commits as they are.
    """
    for page, sign_off in asked(handbook):
        for entry in sign_off.older:
            came, signer = handbook.text_came(page, entry), handbook.registry.person(entry.by)
            if came is None or signer is None or _is_outdone(handbook, sign_off, entry):
                continue
            what = "the text that it names" if entry.digest else "the page"
            yield Hit(
                at(page, ("sign_offs", entry.index, "date")),
                f"The signature of {signer.name} is dated {in_words(entry.signed_on)}, but {what} came to git on "
                f"{in_words(came)}.",
                "Ask for a new signature, or mend the date. If the text was merged in one piece (squashed), its commit "
                "bears the day of the merge: sign after that. Where git has wrong days, `git_since` says from when to believe it.",
            )


def _is_outdone(handbook: Handbook, sign_off: SignOff, entry: Entry) -> bool:
    """Say whether a later entry has given the signature that this one was to give."""
    return any(
        slot.entry is not None and slot.entry.signed_on > entry.signed_on and is_for(handbook, entry, slot)
        for slot in sign_off.slots
    )


@rule("HB416", "unbound", Severity.INFO)
def unbound(handbook: Handbook) -> Iterator[Hit]:
    """A signature names no text.

    It is recorded and counts for its date, but nobody can say whether the text is still the one that was signed.

    **What to do.** Sign the page again with `handrail sign` or its button on the site; that writes the `digest`, which
    names the text. Where the commit that brought the entry was made by the one who signed, `handrail sign --bind` finds it.
    """
    for page, sign_off in asked(handbook):
        loose = {slot.entry.index: slot for slot in sign_off.slots if slot.entry is not None and not slot.entry.digest}
        if loose:
            names = listed(slot.signer.name for slot in loose.values() if slot.signer is not None)
            first, *others = loose
            yield Hit(
                at(page, ("sign_offs", first)),
                f"{names} signed “{page.title}”, and no `digest` says which text.",
                "With the next signature, `handrail sign` writes it.",
                tuple((at(page, ("sign_offs", index)), "This entry has none either.") for index in others),
            )


@rule("HB417", "sole-author", Severity.INFO)
def sole_author(handbook: Handbook) -> Iterator[Hit]:
    """Whoever decides has written the page alone.

    Nobody else has had a hand in the text or in agreeing to it, as far as git knows: it is signed by its own author.

    **What to do.** Have someone who performs the work read it, and let them agree (A).
    """
    for page, sign_off in asked(handbook):
        facts = handbook.past.facts.pages.get(page.src_uri) if handbook.past.facts.available else None
        decider = sign_off.decider
        if facts is None or decider is None or decider.entry is None or decider.signer is None:
            continue
        signer = decider.signer
        authors = [author for author in facts.authors if not author.is_bot]
        if len(sign_off.slots) == 1 and authors and all(author.is_person(signer) for author in authors):
            yield Hit(
                at(page, ("sign_offs", decider.entry.index, "by")),
                f"{person_words(signer)}, has signed “{page.title}” and is the only one who ever wrote in it.",
                "Have someone who performs the work read it and agree (A).",
            )


@rule("HB418", "before-git", Severity.INFO)
def before_git(handbook: Handbook) -> Iterator[Hit]:
    """Some signatures are from before git kept the handbook.

    Nothing can say which text was there on that day, so they count by their date. It is said once for the handbook.

    **What to do.** Nothing; each next signature names its text. Where git holds older texts than it should be believed
    for, such as an import, the setting `git_since` says from which day on.
    """
    since = handbook.git_since
    if since is None:
        return
    early = [
        (page, slot.entry)
        for page, sign_off in asked(handbook)
        for slot in sign_off.slots
        if slot.entry is not None and slot.entry.signed_on < since
    ]
    if early:
        count = "One signature is" if len(early) == 1 else f"{len(early)} signatures are"
        yield Hit(
            at(early[0][0], ("sign_offs", early[0][1].index)),
            f"{count} from before {in_words(since)}, when git began to keep this handbook, so git can't confirm the dates.",
            "Nothing has to be done; the next signatures can be held against git.",
            tuple((at(page, ("sign_offs", entry.index)), "And this one.") for page, entry in early[1:_MOST_NAMED]),
        )
