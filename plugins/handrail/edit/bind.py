"""Gives entries that name no text the digest of what stood in the page at the commit that brought them.

That is the text which the signer read, and it counts only where the signer is that commit's author.

Git records who wrote a commit as it is told. Where the forge lets only known people write, that is as good as its
word; a digest bound by it is no stronger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handrail.edit.frontmatter import with_field
from handrail.errors import UsageError
from handrail.history.repository import Commit
from handrail.history.texts import Texts
from handrail.model.gitfacts import handle_of
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.past import Former
from handrail.model.people import Person
from handrail.model.signoff import Signature, read_signatures
from handrail.words.signing import entry_words

_SHOWN = 10  # characters of a commit's id, as forges show it


@dataclass(frozen=True, slots=True)
class Bound:
    """A page whose entries were looked at: its new bytes, which are not yet written, and a line on each entry."""

    raw: bytes
    lines: tuple[str, ...]


def unbound(page: Page) -> list[Signature]:
    """Return the entries of a page that name no text."""
    return [entry for entry in read_signatures(page) if not entry.digest]


def bind(handbook: Handbook, page: Page, raw: bytes, texts: Texts, entries: Sequence[Signature]) -> Bound:
    """Bind entries of a page that name no text, in memory; `raw` is the page as it was read.

    Raises UsageError where git proves nothing.
    """
    former = _former(page, texts)
    now = handbook.texts.digest(page)
    alike = unbound(page)
    lines = []
    for entry in entries:
        # Of entries that say the same, the second came when there were two.
        nth = sum(_alike(entry, other) for other in alike if other.index <= entry.index)
        who = entry_words(entry, _name(handbook, entry))
        try:
            commit, text = _proved(handbook, entry, nth, former)
            digest = texts.digest_of(text)
            raw = with_field(raw, entry.index, "digest", str(digest))
        except UsageError as error:
            lines.append(f"Not bound in {page.path}: {who}. {error}")
            continue
        moved = "" if digest == now else " That is an earlier text: it has changed since."
        lines.append(f"Bound in {page.path}: {who}, to the text of the commit {commit.id[:_SHOWN]}.{moved}")
    return Bound(raw, tuple(lines))


_Former = list[tuple[Commit, Former]]


def _former(page: Page, texts: Texts) -> _Former:
    """Return what stood in a page after each of its commits, oldest first; raises UsageError where git lacks any."""
    history = texts.history
    if history.reason:
        raise UsageError(history.reason)
    contents = history.contents(page.src_uri)
    if contents is None:
        raise UsageError(f"Git does not give all former texts of {page.path}, so nothing is proved by it.")
    return [(revision.commit, texts.former(page, revision)) for revision, _ in contents]


def _proved(handbook: Handbook, entry: Signature, nth: int, former: _Former) -> tuple[Commit, Former]:
    """Return the text that an entry was given for, and the commit that says so; raises UsageError without."""
    found = next(((commit, text) for commit, text in former if _holds(text.page, entry, nth)), None)
    if found is None:
        raise UsageError("No commit holds this entry yet; commit it, and bind it then.")
    commit, text = found
    signer = handbook.registry.person(entry.by)
    author = commit.authors[0]
    if signer is None:
        raise UsageError("The list of people does not know the signer.")
    if not author.is_person(signer) or not _only(handbook, signer, commit):
        name = author.name or author.email or "somebody without a name"
        raise UsageError(
            f"The commit {commit.id[:_SHOWN]} that brought it is by {name}, and only the signer's own would prove which "
            "text was meant; sign again instead."
        )
    if not text.text:
        raise UsageError(f"What stood in the page at the commit {commit.id[:_SHOWN]} can't be read as a document.")
    return commit, text


def _holds(page: Page, entry: Signature, nth: int) -> bool:
    """Say whether a former page holds an entry; one that can't be read does where it has the entry's words."""
    if not page.source.readable:
        text = page.source.text.casefold()
        return entry.by.casefold() in text and entry.signed_on.isoformat() in text
    return sum(_alike(entry, other) for other in unbound(page)) >= nth


def _only(handbook: Handbook, signer: Person, commit: Commit) -> bool:
    """Say whether a commit's author can be nobody else, such as one of the same name, or one who calls himself so."""
    author, handle = commit.authors[0], handle_of(signer)
    if author.handle and handle and author.handle != handle:
        return False  # on a forge everyone chooses their name, and nobody another's address
    others = (one for one in handbook.registry.people.values() if one.id != signer.id)
    return not any(author.is_person(one) for one in others)


def _alike(one: Signature, other: Signature) -> bool:
    return (one.role, one.by.casefold(), one.signed_on) == (other.role, other.by.casefold(), other.signed_on)


def _name(handbook: Handbook, entry: Signature) -> str:
    signer = handbook.registry.person(entry.by)
    return signer.name if signer is not None else entry.by
