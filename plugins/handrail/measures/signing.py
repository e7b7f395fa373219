"""The measure of signatures that only repeat an earlier one."""

from __future__ import annotations

from handrail.measures.leads import to_made
from handrail.measures.measure import Counted, Kind, Measure, Named, Unknown
from handrail.measures.scope import Scope
from handrail.measures.targets import target_of
from handrail.model.generated import Made
from handrail.model.repeated_signatures import repeated
from handrail.words.language import count_of

REPEATED = Named("sign-offs-repeated", "Signatures that only repeat", "How many signatures say nothing new?")
_NONE, _SIGN = "Nobody signed a text within twelve months.", "Sign a procedure: its page says who is asked."


def repeated_sign_offs(scope: Scope) -> Measure:
    """Measure how many signatures of twelve months repeat the signer's earlier one of the same text, and say nothing."""
    handbook = scope.handbook
    documents = []
    repeating = whole = 0
    for page in scope.documents:
        entries = handbook.sign_off(page).entries
        known = {one.index for one in entries if one.digest and scope.a_year_ago < one.signed_on <= handbook.today}
        again = [one for one in repeated(entries, handbook.registry) if one.index in known]
        repeating, whole = repeating + len(again), whole + len(known)
        if again:
            documents.append(Counted(page, f"{count_of(len(again), 'signature')} of {len(known)}"))
    return Measure(
        *REPEATED,
        Kind.SHARE,
        repeating,
        whole,
        target_of(scope, REPEATED.name, ""),
        tuple(documents),
        unknown=None if whole else Unknown(_NONE, _SIGN, to_made(handbook, Made.QUEUE)),
        counts="Signatures of twelve months by somebody who had signed the same text before and did not note what was checked, of "
        "all signatures of twelve months whose text is known.",
        good=False,
    )
