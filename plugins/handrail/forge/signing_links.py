"""What a reader signs with: the link to the forge's form, filled in, and the entry to paste where there is no form.

The form is `.github/ISSUE_TEMPLATE/sign-off.yml`; its fields and what stands in them are named here, once for the link
and for those who read the form when it comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode

from handrail.forge.forge import Forge
from handrail.model.roles import Role
from handrail.text.yaml_writer import written_items

FORM = "sign-off.yml"
_ANSWERED_BY = (f"ISSUE_TEMPLATE/{FORM}", f"workflows/{FORM}", "workflows/record-sign-off.yml")
LABEL = "sign-off"
TITLE = "Sign-off"
FIELDS: Mapping[str, str] = {
    "page": "Page",
    "role": "Role",
    "digest": "Digest of the text",
    "note": "What did you check?",
}
"""The fields of the form by their ids, in order, with their headings."""
DISAGREES = "I do not agree:"
"""What a note begins with by which somebody refuses a text, or takes a signature back."""


def role_text(role: Role) -> str:
    """Return what stands in the form for a role that signs."""
    return f"{role}: {role.does}"


def issue_form_url(forge: Forge, reference: str, role: Role, digest: str) -> str:
    """Return where somebody signs a text on the web, with all but the note filled in; empty where the forge has no form.

    `reference` names one page (`sop:pay-an-invoice`, `vpmom:finance@FY27`), `role` is one that signs.
    """
    if forge.style != "github":
        return ""
    # GitHub fills fields that hold a text; for a link that fills a list to choose from, it drops the whole form.
    given = {
        "template": FORM,
        "title": f"{TITLE}: {reference}",
        "page": reference,
        "role": role_text(role),
        "digest": digest,
    }
    return f"{forge.repo_url}/issues/new?{urlencode(given, quote_via=quote, safe='')}"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who would sign a text: in which role, by which name, and with which note."""

    role: Role
    by: str
    note: str = ""


def entries_to_paste(signers: Iterable[Signer], day: date, digest: str) -> list[str]:
    """Return the lines by which people sign a text, to be put below `sign_offs:` of its page."""
    return written_items(
        {"role": str(one.role), "by": one.by, "date": day.isoformat(), "digest": digest}
        | ({"note": one.note} if one.note else {})
        for one in signers
    )


def has_form(forge: Forge | None, root: Path) -> bool:
    """Say whether a forge knows the form, and a repository has it and the workflows that answer it."""
    folder = root / ".github"
    is_known = forge is not None and forge.style == "github"
    return is_known and all((folder / name).is_file() for name in _ANSWERED_BY)
