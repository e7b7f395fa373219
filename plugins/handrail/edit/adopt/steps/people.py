"""The step that fills the list of people: with the teams that CODEOWNERS names, and with a person only where somebody says so.

Everyone may read the list of a public handbook, so nobody's name comes to it unasked, however plainly git has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handrail.edit.adopt.authors import writers
from handrail.edit.adopt.owners import PageOwners, page_owners
from handrail.edit.adopt.steps.decided import declined, was_declined
from handrail.edit.adopt.steps.known import Known
from handrail.edit.adopt.steps.step import Edit, Entry, Plan, Question, Step
from handrail.edit.new import ONLY_ONE, USUAL, Beginning
from handrail.history.texts import history_of
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.settings import lies_in
from handrail.report.summary import counted
from handrail.words.language import capital, in_words

_PERSON = "person"
_MOST_WRITERS = 12
_FEWEST_CHANGES = 3
_PLACES = ("people.md", "who-is-who.md", "people-and-groups.md")
_BETWEEN = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class _Proposed:
    """Somebody to ask about: the name, the handle if one is known, and what speaks for it."""

    name: str
    handle: str
    why: str


def plan(handbook: Handbook, folder: str) -> Plan:
    """Find the teams and people who look after the pages of a folder, and who wrote them."""
    pages = [page for page in handbook.pages if lies_in(page.src_uri, folder or ".")]
    owners, known = page_owners(handbook), Known(handbook)
    named = _named(owners, pages)
    src_uri, begun = _registry(handbook)
    if not src_uri:
        return Plan(told=("The list of people has no free place; `handrail new people` begins one.",))
    teams: list[Edit] = [
        Entry(src_uri, "groups", {"id": known.new_id(_name(handle)), "name": _words(handle), "handle": handle})
        for handle in sorted(named, key=str.casefold)
        if "/" in handle and known.find(handle) is None
    ]
    questions = [
        Question(
            _question(one),
            is_likely=False,
            yes=(*begun, Entry(src_uri, "people", _person(known, one))),
            no=(declined(_PERSON, one.handle or one.name),),
        )
        for one in _proposed(handbook, pages, named)
        if known.find(one.handle, one.name) is None
        and not any(was_declined(handbook, _PERSON, said) for said in (one.handle, one.name))
    ]
    return Plan((*(begun if teams else ()), *teams), tuple(questions), tuple(_told(handbook, owners, named)))


def _named(owners: PageOwners, pages: Iterable[Page]) -> Counter[str]:
    """Return the handles that are named for pages, with how many; capitals make no difference, and the first spelling counts."""
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for page in pages:
        counts.update(spelled.setdefault(handle.casefold(), handle) for handle in owners.of(page))
    return counts


def _registry(handbook: Handbook) -> tuple[str, tuple[Edit, ...]]:
    """Return where the list of people lies, and what begins it where there is none; no place where none is free."""
    if handbook.registry_page is not None:
        return handbook.registry_page.src_uri, ()
    taken = {page.url for page in handbook.pages}
    src_uri = next((path for path in _PLACES if not _is_taken(handbook, path, taken)), "")
    id_, title = USUAL[ONLY_ONE]
    text = f"---\nkind: people\nid: {id_}\ntitle: {title}\nvisibility: public\n---\n"
    return src_uri, (Beginning(src_uri, text),) if src_uri else ()


def _is_taken(handbook: Handbook, path: str, taken: set[str]) -> bool:
    return handbook.page_as(path, b"").url in taken or path.removesuffix(".md") in handbook.files.folders


def _proposed(handbook: Handbook, pages: list[Page], named: Counter[str]) -> Iterator[_Proposed]:
    """Yield whom CODEOWNERS names, and then who wrote most, each once."""
    wrote = writers(history_of(handbook), {page.src_uri for page in pages})
    names = {one.handle: one.name for one in wrote if one.handle}
    seen: set[str] = set()
    for handle, count in named.most_common():
        if handle.startswith("@") and "/" not in handle:
            bare = handle.removeprefix("@")
            name = names.get(bare.casefold(), bare)
            seen |= {bare.casefold(), name.casefold()}
            yield _Proposed(name, bare, f"who looks after {counted(count, 'page')} by CODEOWNERS")
    for one in wrote[:_MOST_WRITERS]:
        if one.changes >= _FEWEST_CHANGES and not {one.handle, one.name.casefold()} & seen:
            done = f"{counted(one.changes, 'change')} of {counted(one.pages, 'page')} within a year, the last on {in_words(one.last)}"
            yield _Proposed(one.name, one.handle, f"who made {done}")


def _question(one: _Proposed) -> str:
    handle = f" (@{one.handle})" if one.handle else ""
    return f"{one.name}{handle}, {one.why}: is {one.name} to stand on the list of people, which everyone may read?"


def _person(known: Known, one: _Proposed) -> dict[str, str]:
    return {"id": known.new_id(one.name), "name": one.name, **({"handle": one.handle} if one.handle else {})}


def _name(handle: str) -> str:
    return handle.rpartition("/")[2]


def _words(handle: str) -> str:
    return capital(_BETWEEN.sub(" ", _name(handle)).strip())


def _told(handbook: Handbook, owners: PageOwners, named: Counter[str]) -> Iterator[str]:
    """Yield what is left for a person to say."""
    everything = owners.owners.of_everything
    if everything and not handbook.settings.maintainers:
        handles = " and ".join(everything)
        yield (
            f"{owners.owners.path} names {handles} for every file. They own no page by that; where they look after the handbook, name them "
            "in the setting `maintainers`."
        )
    addresses = sorted(one for one in named if not one.startswith("@"))
    if addresses:
        yield f"{owners.owners.path} names {', '.join(addresses)} by address; put them on the list of people yourself."


PEOPLE = Step("people", "Teams that CODEOWNERS names, and people whom you name, come to the list of people.", plan)
