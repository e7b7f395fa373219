"""Which signatures a change voids, and which documents it lays out anew without voiding any."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.page import Page
from handrail.model.signoff import RequiredSignature, SignOff, Status
from handrail.model.text_state import Why
from handrail.report.diff.model import Lost, Named, SignOffs, Voided
from handrail.report.diff.pairs import Pairs, name_of
from handrail.words.language import in_words

_TEXT = "what was signed has changed"
_FILE = "a file that the text shows is another one"
_GONE = "the signature was taken out of the page"
_OTHERS = "others are asked to sign now"
_NO_MORE = "whoever gave it may not give it any more"


def sign_offs(pairs: Pairs) -> SignOffs:
    """Return what becomes of the signatures that counted before, of documents that are still to be signed."""
    voided: list[Voided] = []
    same: list[Named] = []
    for old, new in pairs.both:
        before = pairs.before.sign_off(old) if old.kind is not None and old.kind.signed else None
        if before is None or before.status is Status.NOT_ASKED or new.kind is None:
            continue
        after = pairs.after.sign_off(new)
        if after.status is Status.NOT_ASKED:
            continue
        named = name_of(pairs.after, new), new.title, new.path
        lost = tuple(_lost(before, after))
        if lost:
            voided.append(Voided(*named, lost))
        elif _still_holds(pairs, (old, before), (new, after)):
            same.append(Named(*named))
    return SignOffs(tuple(voided), tuple(same))


def _lost(before: SignOff, after: SignOff) -> Iterator[Lost]:
    now = {_whose(one): one for one in after.required}
    for one in before.required:
        left = now.get(_whose(one))
        if one.given is None or (left.given is not None if left is not None else after.is_signed):
            continue
        signed_on = one.given.signature.signed_on.isoformat()
        yield Lost(one.role.value, one.given.signer.name, signed_on, _why(one, left, after))


def _whose(one: RequiredSignature) -> tuple[str, str]:
    return one.role.value, one.name


def _why(one: RequiredSignature, left: RequiredSignature | None, after: SignOff) -> str:
    """Say why a signature that was given counts no more, as the rest of a sentence; `left` is what is still asked for of it."""
    given = one.given.signature if one.given is not None else None
    standing = [entry for entry in after.entries if given is not None and _is_same(entry, given)]
    taken_back = next((entry.withdrawn_on for entry in standing if entry.withdrawn_on is not None), None)
    if taken_back is not None:
        return f"it was withdrawn on {in_words(taken_back)}"
    if not standing:
        return _GONE
    if left is None:
        return _OTHERS
    if left.superseded is not None:
        return _FILE if left.superseded.text.why is Why.FILE else _TEXT
    return _NO_MORE


def _is_same(one: object, other: object) -> bool:
    names = ("role", "by", "signed_on")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _still_holds(pairs: Pairs, old: tuple[Page, SignOff], new: tuple[Page, SignOff]) -> bool:
    """Say whether a text is typed otherwise than before, and what was signed before still counts for it."""
    before, after = pairs.before.texts.digest(old[0]), pairs.after.texts.digest(new[0])
    if before == after:
        return False
    then = {one.given.signature.digest for one in old[1].required if one.given is not None}
    return any(
        one.given is not None and one.given.signature.digest in then and one.given.signature.digest != str(after)
        for one in new[1].required
    )
