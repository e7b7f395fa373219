"""Every signature that a handbook was ever given, for auditors: for which text, how it stands, evidence, and its commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from handrail.history.repository import History
from handrail.history.signings import Signing, all_signings
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.signoff import RequiredSignature, Signature, is_asked_to_be_signed
from handrail.model.text_state import TextState, TextVerdict
from handrail.report.lists import Table, place
from handrail.report.tables import render_table

COUNTS = "counts"
_COLUMNS = (
    "date", "kind", "id", "period", "title", "role", "person", "text", "stands", "text_state", "why", "withdrawn", "reason", "note",
    "evidence", "commit", "came", "path",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenSignature:
    """One signature, and how it stands today.

    `stands` is "counts", or why it counts for nothing now. `text` says how the text that it is for stands to the page's; None where
    the page is not signed any more.
    """

    page: Page
    signing: Signing
    signer: str
    stands: str
    text: TextVerdict | None

    @property
    def signature(self) -> Signature:
        return self.signing.signature


def given_signatures(handbook: Handbook, history: History | None, pages: Iterable[Page]) -> list[GivenSignature]:
    """Return every signature that these pages were ever given, newest first."""
    found = [
        _given(handbook, page, signing)
        for page, signings in all_signings(handbook, history, pages).items()
        for signing in signings
    ]
    found.sort(
        key=lambda one: (
            -one.signature.signed_on.toordinal(),
            one.page.title.casefold(),
            one.page.path,
            one.signature.index,
        )
    )
    return found


def _given(handbook: Handbook, page: Page, signing: Signing) -> GivenSignature:
    signature = signing.signature
    person = handbook.registry.person(signature.by)
    text = handbook.texts.verdict(page, signature) if is_asked_to_be_signed(page) else None
    return GivenSignature(
        page, signing, person.name if person is not None else signature.by, _stands(handbook, page, signing, text), text
    )


def _stands(handbook: Handbook, page: Page, signing: Signing, text: TextVerdict | None) -> str:
    """Say whether a signature counts today, or why not: the first that holds."""
    sign_off, signature, today = handbook.sign_off(page), signing.signature, handbook.today
    counts = any(_is_the(one, signature) for one in sign_off.required)
    is_deciders = sign_off.decider is not None and _is_the(sign_off.decider, signature)
    reasons = (
        ("page not in force", text is None),
        ("does not agree", signature.is_withdrawn(today) and signature.is_refusal),
        ("withdrawn", signature.is_withdrawn(today)),
        ("run out", counts and is_deciders and sign_off.stale),
        (COUNTS, counts),
        ("no longer in the page", not signing.is_there),
        ("for an earlier text", text is not None and text.state is TextState.CHANGED),
        ("not by whom the page names", any(_is_same(one, signature) for one in sign_off.unauthorised)),
        ("older than its page", any(_is_same(one, signature) for one in sign_off.predating)),
    )
    return next((reason for reason, holds in reasons if holds), "followed by a later one")


def _is_the(required: RequiredSignature, signature: Signature) -> bool:
    return required.given is not None and _is_same(required.given.signature, signature)


def _is_same(one: Signature, other: Signature) -> bool:
    return (one.role, one.by, one.signed_on, one.digest) == (other.role, other.by, other.signed_on, other.digest)


def signatures_data(found: Iterable[GivenSignature]) -> list[dict[str, Any]]:
    """Return signatures as plain data."""
    return [
        {
            **place(one.page),
            "kind": one.page.counted_as,
            "period": _period(one.page) or None,
            "role": one.signature.role.value,
            "by": one.signer,
            "date": one.signature.signed_on.isoformat(),
            "text": one.signature.digest or None,
            "stands": one.stands,
            "text_state": one.text.state.value if one.text is not None else None,
            "why": one.text.why.value if one.text is not None and one.text.why is not None else None,
            "withdrawn": one.signature.withdrawn_on.isoformat() if one.signature.withdrawn_on is not None else None,
            "reason": one.signature.reason or None,
            "note": one.signature.note or None,
            "evidence": one.signature.evidence or None,
            "commit": one.signing.commit or None,
            "came": one.signing.came.isoformat() if one.signing.came is not None else None,
        }
        for one in found
    ]


def signatures_table(found: Iterable[GivenSignature]) -> Table:
    """Return signatures as a table with one row each."""
    return _COLUMNS, [
        (
            one["date"], one["kind"], one["id"], one["period"] or "", one["title"], one["role"], one["by"], one["text"] or "",
            one["stands"], one["text_state"] or "", one["why"] or "", one["withdrawn"] or "", one["reason"] or "", one["note"] or "",
            one["evidence"] or "", one["commit"] or "", one["came"] or "", one["path"],
        )
        for one in signatures_data(found)
    ]  # fmt: skip


def signatures_lines(found: Iterable[GivenSignature]) -> Iterator[str]:
    """Yield signatures as lines for a terminal; the whole of each stands in the other formats."""
    rows = [
        (one.signature.signed_on.isoformat(), one.page.title, f"{one.signer} {one.signature.role.does}", one.stands)
        for one in found
    ]
    yield from render_table(("date", "page", "who", "stands"), rows, "text").splitlines()


def _period(page: Page) -> str:
    period = page.data.get("period")
    name = period.get("name") if isinstance(period, dict) else period
    return name if isinstance(name, str) else ""
