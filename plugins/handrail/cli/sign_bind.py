"""`handrail sign --bind`: give entries that name no text the digest of the one that their signer committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from handrail.cli import common
from handrail.edit.bind import bind as bound
from handrail.edit.bind import unbound
from handrail.edit.files import replace
from handrail.errors import UsageError
from handrail.history.repository import read_history
from handrail.history.texts import Texts
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.report.plain import disarmed
from handrail.text.visible import one_line


def bind(
    handbook: Handbook,
    pages: Iterable[Page],
    role: str | None,
    by: str | None,
    read: Callable[[Handbook, Page], bytes],
) -> None:
    """Bind the entries of pages, those of one role or person where these are given, and say what became of each."""
    person = handbook.registry.person(by) if by else None
    if by and person is None:
        raise UsageError(f"The list of people knows nobody called `{by}`.")
    wanted = {
        page: [
            entry
            for entry in unbound(page)
            if role in (None, entry.role) and (person is None or handbook.registry.person(entry.by) == person)
        ]
        for page in pages
        if page.kind is not None and page.kind.signed
    }
    if not any(wanted.values()):
        common.write("Every entry that was asked for names its text already.\n")
        return
    texts = (
        past if isinstance(past := handbook.past, Texts) else Texts(read_history(handbook.project.docs_dir), handbook)
    )
    for page, entries in wanted.items():
        if entries:
            raw = read(handbook, page)
            found = bound(handbook, page, raw, texts, entries)
            if found.raw != raw:
                replace(handbook.project.docs_dir, page.src_uri, raw, found.raw)
            common.write("".join(f"{disarmed(one_line(line))}\n" for line in found.lines))
