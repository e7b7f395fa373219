"""What has changed in a page since its text was last signed, for people who don't write Markdown.

Words are told as they are rendered, fields under the names that readers call them by, links by where they lead, files by
their names and sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, Node
from handrail.model.page import Page
from handrail.model.past import FormerFile
from handrail.model.reading import Place, body_to_render, page_by_lasting_name, place_now, place_then
from handrail.model.roles import SIGNING
from handrail.model.signed_content import RAPID, material_fields
from handrail.model.signoff import Given
from handrail.model.text_state import TextVerdict
from handrail.rendering.renderer import UnrenderableError
from handrail.rendering.words import SeenLink, Words, words_of
from handrail.text.digest import canonical
from handrail.text.problems import DataPath
from handrail.text.worddiff import Piece, difference
from handrail.words.language import capital, count_of, in_words, join_words
from handrail.words.signing import why_unknown

MayName = Callable[[Page | None], bool]
"""Says whether a reference to a page may be shown; None stands for a page that nobody knows any more."""

_KILO = 1024


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else, under the name that readers call it by; either text may be empty.

    `within` names the group of fields that it belongs to, such as a state of the work, where there are several.
    """

    name: str
    old: str
    new: str
    within: str = ""

    @property
    def words(self) -> str:
        """What it said and says."""
        words = f"{self.old} → {self.new}" if self.old and self.new else self.new or self.old
        marks = ["" if self.old else "new", "" if self.new else "taken out", self.within]
        said = ", ".join(filter(None, marks))
        return f"{words} ({said})" if said else words

    def __str__(self) -> str:
        return f"{self.name}: {self.words}"


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link whose words are the same and that leads elsewhere."""

    words: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"“{self.words}” leads to {self.new} instead of {self.old}"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A picture, sound or film that holds something else; sizes in bytes, None where there is none.

    `commit` and `path` say where git has it as it was signed.
    """

    name: str
    was: int | None
    now: int | None
    commit: str = ""
    path: str = ""

    def __str__(self) -> str:
        if self.now is None:
            return f"{self.name} is gone"
        return (
            f"{self.name} is another file: {_size(self.was)}, now {_size(self.now)}"
            if self.was
            else f"{self.name} is new"
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed since a text was signed: a sentence, and what can be shown of it.

    `unknown` is a sentence on why the text that was signed is lost, and empty where it isn't.
    """

    sentence: str
    pieces: tuple[Piece, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    links: tuple[LinkChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    unknown: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.pieces or self.fields or self.links or self.files)

    @property
    def lines(self) -> list[str]:
        """What is no running text, a line each."""
        return [str(one) for one in (*self.fields, *self.links, *self.files)]

    def count(self, kind: str) -> int:
        """Return how many words are only in the `old` text, or only in the `new` one."""
        words = sum(len(piece.text.split()) for piece in self.pieces if piece.kind == kind)
        return words + sum(len((one.old if kind == "old" else one.new).split()) for one in self.fields)

    def in_figures(self) -> str:
        """Say how many words, links and files have changed."""
        came, went = self.count("new"), self.count("old")
        parts = [
            f"{count_of(came, 'word')} came in" if came else "",
            f"{count_of(went, 'word')} went out" if went else "",
        ]
        links, files = len(self.links), len(self.files)
        parts += [f"{count_of(links, 'link')} changed"] if links else []
        parts += [f"{count_of(files, 'file')} changed"] if files else []
        return join_words(filter(None, parts))


def change_since(handbook: Handbook, page: Page, given: Given, may_name: MayName = lambda _target: True) -> Change:
    """Return what has changed since a signature was given."""
    if given.text.former is None:
        return _lost(handbook, page, given.text)
    return change(
        handbook, page, f"the text that was signed on {in_words(given.signature.signed_on)}", given.text, may_name
    )


def change_to_show(handbook: Handbook, page: Page, given: Given, may_name: MayName) -> Change | None:
    """Return what has changed since a signature, for readers who may not know of every page.

    None where all that has changed is the name of a page that they may not know of: not even that is said.
    """
    found = change_since(handbook, page, given, may_name)
    is_hidden = given.text.former is not None and found.is_empty and not change_since(handbook, page, given).is_empty
    return None if is_hidden else found


def change(
    handbook: Handbook,
    page: Page,
    read: str,
    verdict: TextVerdict,
    may_name: MayName = lambda _target: True,
) -> Change:
    """Return what has changed since a text was signed; `read` names that text.

    References to what may not be named are left out of both texts.
    """
    former = verdict.former
    if former is None:
        return _lost(handbook, page, verdict)
    signed = handbook.past.signed_files(former, verdict.files, page) if verdict.files else {}
    found = Change(
        f"What has changed since {read}:",
        fields=tuple(_fields(handbook, former.page, page, may_name)),
        files=tuple(files_between(handbook, page, signed)) if signed is not None else (),
    )
    then = Seen(handbook, former.page, place_then(handbook, former, signed or {}))
    try:
        pieces, links = words_between(then, Seen(handbook, page, place_now(handbook, page)), may_name)
    except UnrenderableError:
        return replace(found, sentence=f"The text can't be compared with {read}, for an extension fails at it.")
    found = replace(found, pieces=pieces, links=links)
    if not found.is_empty:
        return found
    if signed is None:
        return Change(_of_files(handbook, page))
    said = why_unknown(verdict) or "What has changed is how something is laid out or marked."
    return Change(f"No word has changed since {read}. {said}")


def _lost(handbook: Handbook, page: Page, verdict: TextVerdict) -> Change:
    """Return what can be said of a change where nobody has the text that was signed."""
    why = why_unknown(verdict)
    sentence = f"The text that was signed can't be shown: {why[:1].lower()}{why[1:]}"
    return Change(sentence if why else _of_files(handbook, page), unknown=why)


def _of_files(handbook: Handbook, page: Page) -> str:
    names = join_words(handbook.texts.files_shown_by(page), "or")
    return f"A file that it shows is another one than when it was signed, and git does not hold it as it was: {names}."


# Words and links


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as readers of one handbook see it: the page, and from where its addresses count."""

    handbook: Handbook
    page: Page
    place: Place


def words_between(
    old: Seen, new: Seen, may_name: MayName = lambda _target: True
) -> tuple[tuple[Piece, ...], tuple[LinkChange, ...]]:
    """Return how the words of two texts differ, and which links lead elsewhere; raises UnrenderableError."""
    before, after = (
        words_of(one.handbook.texts.renderer.html(body_to_render(one.handbook, one.page, may_name)))
        for one in (old, new)
    )
    return tuple(difference(before.text, after.text)), tuple(_links((old, before), (new, after), may_name))


def _links(old: tuple[Seen, Words], new: tuple[Seen, Words], may_name: MayName) -> Iterator[LinkChange]:
    """Yield the links that lead elsewhere, of those whose words are the same."""
    left, right = ([link.words for link in words.links] for _, words in (old, new))
    for tag, i, j, k, _ in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for step in range(j - i) if tag == "equal" else ():
            before, after = old[1].links[i + step], new[1].links[k + step]
            there, here = old[0].place.leads_to(before.address), new[0].place.leads_to(after.address)
            if there != here and (there[0] or here[0]):
                yield LinkChange(
                    after.words,
                    _destination(old[0].handbook, there, before, may_name),
                    _destination(new[0].handbook, here, after, may_name),
                )


def _destination(handbook: Handbook, place: tuple[str, str], link: SeenLink, may_name: MayName) -> str:
    """Return where a link leads, as a reader would say it."""
    name, anchor = place[0].partition("?")[0], place[1]
    page = page_by_lasting_name(handbook, name)
    if page is not None:
        return f"“{page.title}”" if may_name(page) else "an internal page"
    if not name:
        return f"a place on this page (#{anchor})"
    kind, _, path = name.partition(":")
    return path if kind in ("file", "nothing", "page", "generated") else name or link.address


# Fields


def _fields(handbook: Handbook, old: Page, new: Page, may_name: MayName) -> Iterator[FieldChange]:
    if new.kind is not None:
        yield from fields_between(*(_flat_fields(handbook, one, may_name) for one in (old, new)))


def fields_between(left: Sequence[FlatField], right: Sequence[FlatField]) -> Iterator[FieldChange]:
    """Yield what two texts say in fields of one name, where that differs, and the fields that only one of them has."""
    labels = [one[:2] for one in left], [one[:2] for one in right]
    for tag, i, j, k, m in SequenceMatcher(None, *labels, autojunk=False).get_opcodes():
        if tag == "equal":
            for (name, within, before), (_, _, after) in zip(left[i:j], right[k:m], strict=True):
                if before != after:
                    yield FieldChange(name, before, after, within)
            continue
        yield from (FieldChange(name, text, "", within) for name, within, text in left[i:j])
        yield from (FieldChange(name, "", text, within) for name, within, text in right[k:m])


FlatField = tuple[str, str, str]
"""The name of a field, what it belongs to, and what it says."""


def _flat_fields(handbook: Handbook, page: Page, may_name: MayName) -> list[FlatField]:
    """Return what the signed fields of a page say, each text under the name that readers call it by."""
    if page.kind is None:
        return []
    nameable = _nameable(handbook, page, may_name)
    found: list[FlatField] = []
    for name, value in canonical(material_fields(nameable, handbook.registry)).items():
        role = next((one for one in SIGNING if name == f"{RAPID}.{one}"), None)
        if role is not None:
            found.append((role.heading, "", ", ".join(_who(handbook, id_) for id_ in value)))
        else:
            found += flat(page.kind, name, value)
    return found


def flat(kind: Kind, name: str, value: Any) -> Iterator[FlatField]:
    """Yield the texts of a field of a kind, each under the name that readers call it by."""
    node = kind.fields.get(name, Node())
    yield from _flat(node, node.title or _spelled(name), value, "")


def _flat(node: Node, title: str, value: Any, within: str) -> Iterator[FlatField]:
    """Yield the texts of a value, each under its name and, in a list of groups, that of its group."""
    if isinstance(value, dict):
        group = next((str(value[key]) for key in ("name", "label", "from", "when", "text") if value.get(key)), "")
        inside = ", ".join(filter(None, (within, f"“{group}”" if group and len(value) > 1 else "")))
        for key, below in value.items():
            known = node.fields.get(key, Node())
            yield from _flat(known, known.title or _spelled(key), below, inside)
    elif isinstance(value, list):
        for item in value:
            yield from _flat(node.items or Node(), title, item, within)
    else:
        yield title, within, " ".join(str(value).split())


def _spelled(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ")
    return capital(words)


def _who(handbook: Handbook, id_: str) -> str:
    found = handbook.registry.find(id_)
    return found.name if found is not None else id_


def _nameable(handbook: Handbook, page: Page, may_name: MayName) -> Page:
    """Return a page without its references to what may not be named."""
    unnamed = {
        path
        for path, node, text in (page.kind.meanings(page.data) if page.kind is not None else ())
        if node.ref is not None
        and text not in node.ref.also
        and not may_name(handbook.index.resolve(text, node.ref.kinds).page)
    }
    return replace(page, data=_without(page.data, unnamed, ())) if unnamed else page


def _without(value: Any, left_out: AbstractSet[DataPath], path: DataPath) -> Any:
    """Return a value without what lies at some paths, nor what is empty without that."""
    if isinstance(value, dict):
        below = {
            key: _without(item, left_out, (*path, key)) for key, item in value.items() if (*path, key) not in left_out
        }
        return {key: item for key, item in below.items() if item or not value[key]}
    if isinstance(value, list):
        return [_without(item, left_out, (*path, at)) for at, item in enumerate(value) if (*path, at) not in left_out]
    return value


# Files


def files_between(handbook: Handbook, page: Page, signed: Mapping[str, FormerFile]) -> Iterator[FileChange]:
    """Yield the files that a page shows and that hold something else than those which it showed before."""
    contents = {one.hash for one in signed.values()}
    shown = handbook.texts.files_shown_by(page)
    for path in shown:
        before = signed.get(path)
        if handbook.texts.file_hash(path) not in contents:
            yield FileChange(
                path,
                before.size if before is not None else None,
                handbook.texts.file_length(path),
                before.commit if before is not None else "",
                before.path if before is not None else "",
            )
    now = {handbook.texts.file_hash(path) for path in shown}
    for path, before in signed.items():
        if path not in shown and before.hash not in now:
            yield FileChange(path, before.size, None, before.commit, before.path)


def _size(count: int | None) -> str:
    if count is None:
        return "unknown"
    if count < _KILO:
        return f"{count} bytes"
    return f"{count / _KILO:.0f} KB" if count < _KILO * _KILO else f"{count / _KILO / _KILO:.1f} MB"
