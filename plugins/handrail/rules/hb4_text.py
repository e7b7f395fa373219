"""HB4, by digest: which text was signed, and whether a signature says that anyone has looked."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.dates import in_words
from handrail.model.handbook import Handbook
from handrail.model.signoff import read_entries
from handrail.rules.finding import Severity
from handrail.rules.hb4_signoff import asked, to_ask
from handrail.rules.registry import Hit, at, rule
from handrail.rules.words import listed, person_words


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
            )


@rule("HB414", "repeated-no-note", Severity.INFO)
def repeated_no_note(handbook: Handbook) -> Iterator[Hit]:
    """Someone signed the same text again and did not say what they checked.

    A signature that only moves the date is how reviews become theatre.

    **What to do.** Add a `note` to the entry: what was looked at, and what was found.
    """
    for page, _ in asked(handbook):
        seen: set[tuple[str, str, str]] = set()
        for entry in sorted(read_entries(page), key=lambda entry: (entry.signed_on, entry.index)):
            signer = handbook.registry.person(entry.by)
            if signer is None or not entry.digest:
                continue
            key = (entry.role, signer.id, entry.digest)
            if key in seen and not entry.note:
                yield Hit(
                    at(page, ("sign_offs", entry.index)),
                    f"{person_words(signer)}, signed the same text again on {in_words(entry.signed_on)} without a note.",
                    "Add a `note` that says what was checked.",
                )
            seen.add(key)
