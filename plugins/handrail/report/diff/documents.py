"""Which documents a change touches, and what has changed in each as people read it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from handrail.model.handbook import Handbook
from handrail.model.items import Item
from handrail.model.page import Page
from handrail.model.past import FormerFile
from handrail.model.reading import body_to_render, place_now
from handrail.model.roles import Role
from handrail.model.signed_content import material_fields
from handrail.model.signoff import Signature, read_signatures
from handrail.rendering.renderer import UnrenderableError
from handrail.rendering.words import words_of
from handrail.report.changes import FileChange, FlatField, Seen, fields_between, files_between, flat, words_between
from handrail.report.diff.model import Change, Document
from handrail.report.diff.pairs import Pairs, name_of
from handrail.text.digest import canonical
from handrail.words.language import count_of, in_words

_PRIORITIES = "priorities"
_TOLD_APART = frozenset(("kind", "id", "sign_offs", "rapid", "redirect_from"))
"""Fields that have a way of their own to be told, or that no reader sees."""
_MOST_OF_AN_ITEM = 80


def documents(pairs: Pairs, touched: Collection[str]) -> tuple[Document, ...]:
    """Return every document and page that came, went, moved or changed, by path; `touched` are files that hold something else."""
    found = [_came(pairs, page) for page in pairs.after.pages if pairs.then(page) is None]
    found += [_went(pairs, page) for page in pairs.before.pages if pairs.now(page) is None]
    found += [_of_both(pairs, old, new) for old, new in pairs.both if _differs(pairs, old, new, touched)]
    return tuple(sorted(found, key=lambda one: (one.path, one.ref)))


def _came(pairs: Pairs, page: Page) -> Document:
    what = _what(page)
    return Document(
        name_of(pairs.after, page),
        page.title,
        page.path,
        Change.ADDED,
        "",
        f"New: {what} of {_length(pairs.after, page)}.",
    )


def _went(pairs: Pairs, page: Page) -> Document:
    sentence = f"Taken out: {_what(page)} of {_length(pairs.before, page)}."
    return Document(name_of(pairs.before, page), page.title, page.path, Change.REMOVED, "", sentence)


def _what(page: Page) -> str:
    if page.kind is None:
        return "a page" if page.is_prose else "a page that says no known kind"
    article = "an" if page.kind.noun[:1].casefold() in "aeiou" else "a"
    state = f", {page.state_inside}," if page.state_inside else ""
    return f"{article} {page.kind.noun}{state}"


def _length(handbook: Handbook, page: Page) -> str:
    try:
        text = words_of(handbook.texts.renderer.html(body_to_render(handbook, page))).text
    except UnrenderableError:
        text = page.source.body
    return count_of(len(text.split()), "word")


def _differs(pairs: Pairs, old: Page, new: Page, touched: Collection[str]) -> bool:
    if old.src_uri != new.src_uri or old.source.text != new.source.text:
        return True
    shown = pairs.after.texts.files_shown_by(new) if touched else ()
    return any(pairs.after.project.from_root(path) in touched for path in shown)


def _of_both(pairs: Pairs, old: Page, new: Page) -> Document:
    before, after = name_of(pairs.before, old), name_of(pairs.after, new)
    # Where the folder of pages has another name, no reader finds a page elsewhere.
    change = Change.MOVED if old.src_uri != new.src_uri else Change.CHANGED
    found = Document(after, new.title, new.path, change, old.path if change is Change.MOVED else "", "")
    lines = [f"It was called {before}."] if new.kind is not None and old.kind is not None and before != after else []
    lines += map(str, fields_between(_fields(pairs.before, old, new), _fields(pairs.after, new, old)))
    lines += (*_order(old, new), *_signatures(pairs, old, new), *map(str, _files(pairs, old, new)))
    try:
        pieces, links = words_between(_then(pairs, old), Seen(pairs.after, new, place_now(pairs.after, new)))
    except UnrenderableError:
        return replace(
            found, sentence="Its words can't be compared, for an extension fails at them.", lines=tuple(lines)
        )
    lines += [str(link) for link in links if link.old != link.new]
    found = replace(found, pieces=pieces, lines=tuple(lines))
    return found if pieces or lines else replace(found, sentence=_unseen(old, new))


def _then(pairs: Pairs, old: Page) -> Seen:
    """Return a text as readers saw it before; where it led to what has another name now, that is the same place."""
    place = place_now(pairs.before, old)

    def lies_at(path: str) -> str | None:
        found = place.lies_at(path)
        return pairs.names.get(found, found) if found is not None else None

    return Seen(pairs.before, old, replace(place, lies_at=lies_at))


def _files(pairs: Pairs, old: Page, new: Page) -> Iterator[FileChange]:
    texts = pairs.before.texts
    shown = {
        path: FormerFile("", path, texts.file_hash(path), texts.file_length(path) or 0)
        for path in texts.files_shown_by(old)
    }
    yield from files_between(pairs.after, new, shown)


def _fields(handbook: Handbook, page: Page, other: Page) -> list[FlatField]:
    """Return what a page's fields say but those that are told otherwise; of its priorities those that the other has not."""
    if page.kind is None:
        return [("Title", "", page.title)]
    material = material_fields(page, handbook.registry)
    found: list[FlatField] = []
    for name in page.kind.fields:
        value = material.get(name, page.data.get(name))
        if name == _PRIORITIES and isinstance(value, list):
            theirs = material_fields(other, handbook.registry).get(name)
            value = [item for item in value if not isinstance(theirs, list) or item not in theirs]
        if name not in _TOLD_APART and value not in (None, "", [], {}):
            found += flat(page.kind, name, canonical(value))
    for role in Role:
        who = [handbook.registry.find(named.name) for named in page.rapid.names(role)]
        names = [
            one.name if one is not None else named.name for one, named in zip(who, page.rapid.names(role), strict=True)
        ]
        found += [(role.heading, "", ", ".join(names))] if names else []
    return found


def _order(old: Page, new: Page) -> Iterator[str]:
    """Say which priorities stand in another order, of those that both have; one is known by its label, else by its words."""
    before, after = _priorities(old), _priorities(new)
    both_then = [name for name in before if name in after]
    both_now = [name for name in after if name in before]
    if both_then != both_now:
        then, now = ({name: place for place, name in enumerate(names, 1)} for names in (before, after))
        went = [name for name in both_now if then[name] != now[name]]
        said = (f"{now[name]}. {_short(after[name])} (was {then[name]})" for name in went or both_now)
        yield f"Priorities stand in another order: {', '.join(said)}"


def _priorities(page: Page) -> dict[str, Item]:
    return {item.key or item.text: item for item in page.items if item.section == _PRIORITIES}


def _short(item: Item) -> str:
    words = item.label or item.text
    return f"{words[:_MOST_OF_AN_ITEM]}…" if len(words) > _MOST_OF_AN_ITEM else words


def _signatures(pairs: Pairs, old: Page, new: Page) -> Iterator[str]:
    """Say which signatures came into a page, and which went or were withdrawn."""
    before, after = ({_entry(one): one for one in read_signatures(page)} for page in (old, new))
    for key, one in after.items():
        was = before.get(key)
        if was is None:
            yield f"A signature came: {_whose(pairs.after, one)}"
        elif one.withdrawn_on is not None and was.withdrawn_on is None:
            yield f"A signature was withdrawn on {in_words(one.withdrawn_on)}: {_whose(pairs.after, one)}"
    for key, one in before.items():
        if key not in after:
            yield f"A signature went: {_whose(pairs.before, one)}"


def _entry(one: Signature) -> tuple[str, str, date]:
    return one.role.value, one.by, one.signed_on


def _whose(handbook: Handbook, one: Signature) -> str:
    found = handbook.registry.find(one.by)
    return f"{found.name if found is not None else one.by} {one.role.does}, {in_words(one.signed_on)}"


def _unseen(old: Page, new: Page) -> str:
    if old.source.text == new.source.text:
        return "Its text is the same."
    return "No word has changed, only how something is laid out, marked or linked."
