"""A handbook whose readers answer, and the issues by which they do, as forges list them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handrail.forge.feedback_forms import IT_WORKED, RUN, SOMETHING_WRONG, FeedbackForm
from handrail.model.signed_content import text_of
from tests.model.building import document, handbook, only
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

REPO = "marlstone/handbook"
PEOPLE = """\
---
kind: people
id: people
title: Who is who
visibility: public
people:
  - {id: lbk, name: Lena Brandt-Keller, handle: "@LenaBK"}
  - {id: jwe, name: Jonas Weil, handle: jonasweil, until: 2026-08-31}
---
"""
BODY = """\
## Claim

1. Open the form.
2. Add the bill.

## Pay

1. Look at the bill.
2. Pay it.
"""
PAGES = {
    "content/people.md": PEOPLE,
    "content/claim.md": document("sop", "claim", "state: active", "redirect_from: [old-claim]", body=BODY),
    "content/hire.md": document("sop", "hire", "state: active"),
    "content/finance.md": document("department", "finance"),
}


def digest_of(path: str, pages: Mapping[str, str] = PAGES) -> str:
    """Return the digest of a page's text, which shows no files."""
    book = handbook({one.removeprefix("content/"): text for one, text in pages.items()})
    return text_of(only(book, path), book.registry)


CLAIM, HIRE = digest_of("claim.md"), digest_of("hire.md")
CLAIM_TEXT = CLAIM[3:11]


def body(form: FeedbackForm, page: str = "sop:claim", digest: str = CLAIM, **fields: str) -> str:
    """Return the text of an issue as the form makes it."""
    given = {"page": page, "digest": digest, **fields}
    return "\n\n".join(f"### {field.heading}\n\n{given.get(field.id) or '_No response_'}" for field in form.fields)


def worked(page: str = "sop:claim", digest: str = CLAIM, **fields: str) -> str:
    """Return the text of “It worked”."""
    return body(IT_WORKED, page, digest, **fields)


def wrong(page: str = "sop:claim", digest: str = CLAIM, **fields: str) -> str:
    """Return the text of “Something was wrong”."""
    return body(SOMETHING_WRONG, page, digest, **{"happened": "It broke.", **fields})


def checklist(steps: str, page: str = "sop:claim", digest: str = CLAIM) -> str:
    """Return the text of “Run”."""
    return body(RUN, page, digest, steps=steps)


def issue(number: int, text: str, **values: Any) -> dict[str, Any]:
    """Return an issue as GitHub lists it, one opened an hour after the other on 2 March 2026 unless `values` say otherwise."""
    at = f"2026-03-{2 + number // 24:02}T{number % 24:02}:30:00Z"
    return {
        "number": number,
        "title": "Whatever",
        "html_url": f"https://github.com/{REPO}/issues/{number}",
        "user": {"login": f"reader{number}", "type": "User"},
        "author_association": "NONE",
        "state": "open",
        "state_reason": None,
        "created_at": at,
        "updated_at": at,
        "closed_at": None,
        "body": text,
        **values,
    }


def closed(number: int, text: str, at: str, reason: str | None = "completed", **values: Any) -> dict[str, Any]:
    """Return an issue that was closed."""
    given = {"state": "closed", "state_reason": reason, "closed_at": at, "updated_at": at}
    return issue(number, text, **{**given, **values})


def book(folder: Path, pages: Mapping[str, str] = PAGES, **settings: Any) -> Path:
    """Write the handbook."""
    return make_handbook(folder, pages, settings)


def record(folder: Path, listed: Any) -> Outcome:
    """Record what a forge lists."""
    file = folder.parent / "issues.json"
    file.write_bytes(listed if isinstance(listed, bytes) else json.dumps(listed).encode())
    return handrail(folder, "record", "issues", str(file))


def rows(folder: Path, name: str) -> list[list[str]]:
    """Return the rows of a file of records, without the names of the columns; none where it is not there."""
    path = folder / "records" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]
