"""Takes a signature back, or says from the first that somebody does not agree: the entry stays, with day and reason."""

from __future__ import annotations

from handrail.edit.frontmatter import with_field
from handrail.edit.sign import (
    Signed,
    Wish,
    check_day,
    check_entry,
    obstacle,
    one_line_of,
    signer_of_wish,
    with_signature,
)
from handrail.errors import UsageError
from handrail.model.authority import part_of
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.signoff import Signature
from handrail.words.language import in_words
from handrail.words.signing import who_may


def withdraw(handbook: Handbook, page: Page, raw: bytes, wish: Wish, reason: str) -> Signed:
    """Take back, in memory, what somebody signed, or refuse the text as it stands; `raw` is the page as it was read.

    What is taken back is every signature that they gave for this text, so that none before it holds on; else their last one.
    Raises UsageError where nobody asks them to sign, where no reason is given, and where it is said already.
    """
    trouble = obstacle(handbook, page)
    if trouble:
        raise UsageError(trouble)
    reason = one_line_of("reason", reason)
    if not reason:
        raise UsageError("Say with --reason why; whoever decides has to settle it.")
    check_day(handbook, page, wish.day)
    signer = signer_of_wish(handbook, page, wish)
    _check_role(handbook, page, wish, signer)
    withdrawn = {"date": wish.day.isoformat(), "reason": reason}
    given = _given(handbook, page, wish, signer)
    if not given:
        if any(
            _is_of(handbook, one, wish, signer) and _is_for_this(handbook, page, one)
            for one in handbook.sign_off(page).entries
        ):
            raise UsageError(f"{signer.name} has said so of this text already.")
        return with_signature(
            handbook, page, raw, wish, signer, {"digest": str(handbook.texts.digest(page)), "withdrawn": withdrawn}
        )
    newest = max(one.signed_on for one in given)
    if newest > wish.day:
        raise UsageError(f"The signature is of {in_words(newest)}; it can't be taken back before that day.")
    after = raw
    for one in given:
        after = with_field(after, one.index, "withdrawn", withdrawn)
    changed = handbook.page_as(page.src_uri, after)
    check_entry(page, changed)
    return Signed(page, after, wish, signer, handbook.judge(changed))


def _check_role(handbook: Handbook, page: Page, wish: Wish, signer: Person) -> None:
    required = [one for one in handbook.sign_off(page).required if one.role is wish.role]
    if not any(part_of(signer, one.who, handbook.registry) for one in required):
        may = who_may(handbook.sign_off(page), wish.role)
        raise UsageError(f"{signer.name} does not {wish.role.infinitive} “{page.title}”; {may}")


def _given(handbook: Handbook, page: Page, wish: Wish, signer: Person) -> list[Signature]:
    """Return the signatures that somebody gave in a role for this text and has not taken back; else the last for another."""
    own = [
        one
        for one in handbook.sign_off(page).entries
        if _is_of(handbook, one, wish, signer) and one.withdrawn_on is None
    ]
    for_this = [one for one in own if handbook.texts.verdict(page, one).holds]
    return for_this or sorted(own, key=lambda one: (one.signed_on, one.index))[-1:]


def _is_of(handbook: Handbook, one: Signature, wish: Wish, signer: Person) -> bool:
    found = handbook.registry.person(one.by)
    return one.role is wish.role and found is not None and found.id == signer.id


def _is_for_this(handbook: Handbook, page: Page, one: Signature) -> bool:
    return one.withdrawn_on is not None and one.digest == str(handbook.texts.digest(page))


def took_back(signed: Signed) -> str:
    """Say who took a signature back, or does not agree, and to what."""
    return f"{signed.signer.name} does not {signed.wish.role.infinitive} “{signed.page.title}”, {in_words(signed.wish.day)}."
