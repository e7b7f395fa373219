"""HB2: something refers to what is not there, or to more than one thing."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.references import Reference, parse_reference
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, Spot, at, in_body, rule
from handrail.rules.subjects import of_field
from handrail.text.problems import DataPath
from handrail.words.language import join_words, quoted


def _references(handbook: Handbook) -> Iterator[Reference]:
    for page, references in handbook.references.items():
        for reference in references:
            if not page.doubts(*reference.path):
                yield reference


def _is_to_itself(handbook: Handbook, reference: Reference) -> bool:
    page, resolution = reference.page, reference.resolution
    if resolution.line is not None and page in handbook.plans and reference.path == ("parent",):
        return resolution.line.id == page.id
    return resolution.page is page


@rule("HB201", "unknown-reference", Severity.ERROR)
def unknown_reference(handbook: Handbook) -> Iterator[Hit]:
    """A field names a document that is not there, or one of a kind that can't stand there.

    A procedure that serves a plan nobody can find serves none. The page may have been renamed or deleted.

    **What to do.** Fix the id. It is the `id` in the other page's front matter, not its file name.
    """
    for reference in _references(handbook):
        status, candidates = reference.resolution.status, reference.resolution.candidates
        spot, subject = at(reference.page, reference.path), of_field(reference.path, reference.text)
        nouns = join_words(
            (handbook.kinds[kind].noun for kind in reference.meaning.kinds if kind in handbook.kinds), "or"
        )
        if status == "unknown":
            close = nearest(reference.text, filter(parse_reference, candidates))
            hint = meant(handbook, reference.text) or (
                f"Did you mean `{close}`?" if close else "Write the `id` of a page of this handbook."
            )
            yield Hit(spot, f"There is no {nouns or 'document'} {quoted(reference.text)}.", hint, subject=subject)
        elif status == "wrong kind":
            yield Hit(
                spot,
                f"{quoted(reference.text)} is {join_words((f'`{name}`' for name in candidates), 'and')}, but here a {nouns} is named.",
                f"Write the id of a {nouns}.",
                subject=subject,
            )


def meant(handbook: Handbook, text: str) -> str:
    """Name the page that a dead reference seems to mean where something else is wrong with it; nothing where none is."""
    parts = parse_reference(text)
    meant = handbook.unidentified.get(parts.id) if parts else None
    return f"{meant.page.path} seems to be meant; fix what is wrong there first." if meant else ""


@rule("HB202", "duplicate-id", Severity.ERROR)
def duplicate_id(handbook: Handbook) -> Iterator[Hit]:
    """Two documents of one kind have the same id; of plans, the same line and period; or two people and groups have one.

    Whatever refers to it could mean either.

    **What to do.** Give one of them another id, and put the old one under its `redirect_from`.
    """
    for pages in handbook.twins.values():
        first, *others = pages
        for page in others:
            if page.counted_as == "people":
                continue  # that there are two lists of people is the finding
            plan = handbook.plans.get(page)
            what = (
                f"the plan {page.id} for {plan.name}"
                if plan
                else f"the {page.kind.noun if page.kind else 'page'} {page.id}"
            )
            yield Hit(
                at(page, ("id",)),
                f"There is already {what}, in {first.path}.",
                "Give one of them another period." if plan else "Give one of them another id.",
                ((at(first, ("id",)), "The other one is here."),),
                subject=page.id,
            )
    if handbook.registry_page is not None:
        yield from _duplicate_names(handbook.registry_page)


def _duplicate_names(registry: Page) -> Iterator[Hit]:
    """Yield every id of the list of people that is given twice, to people or groups."""
    first: dict[str, Spot] = {}
    for field in ("people", "groups"):
        listed = registry.data.get(field)
        for index, entry in enumerate(listed if isinstance(listed, list) else ()):
            id_ = entry.get("id") if isinstance(entry, dict) else None
            spot = at(registry, (field, index, "id"))
            if not isinstance(id_, str) or registry.doubts(*spot.path):
                continue
            if id_ in first:
                yield Hit(
                    spot,
                    f"The id {quoted(id_)} is already taken in this list.",
                    "Give one of them another id.",
                    ((first[id_], "The other one is here."),),
                    subject=id_,
                )
            first.setdefault(id_, spot)


@rule("HB203", "self-reference", Severity.ERROR)
def self_reference(handbook: Handbook) -> Iterator[Hit]:
    """A document names itself where another is meant.

    Nothing feeds, replaces or improves itself.

    **What to do.** Name the other document, or delete the line.
    """
    for reference in _references(handbook):
        if _is_to_itself(handbook, reference):
            yield Hit(
                at(reference.page, reference.path),
                f"{quoted(reference.text)} is this page itself.",
                "Name another document, or delete the line.",
                subject=of_field(reference.path, reference.text),
            )


@rule("HB205", "second-registry", Severity.ERROR)
def second_registry(handbook: Handbook) -> Iterator[Hit]:
    """There is a second list of people.

    A handbook has one, so that a name means one person everywhere. The first by path counts.

    **What to do.** Move its entries into the first one and delete it.
    """
    first = handbook.registry_page
    for page in handbook.of_kind("people"):
        if first is not None and page is not first:
            yield Hit(
                at(page, ("kind",)),
                f"There is already a list of people, {first.path}; this one is not used.",
                "Move its entries there and delete this page.",
                ((at(first, ("kind",)), "This list counts."),),
            )


@rule("HB206", "retired-target", Severity.WARNING)
def retired_target(handbook: Handbook) -> Iterator[Hit]:
    """A page refers or links to one that is retired.

    Readers would follow a procedure that no longer holds.

    **What to do.** Refer to what replaced it.
    """
    for reference in _references(handbook):
        target = reference.target
        if (
            target is not None
            and target.is_retired
            and reference.path[0] != "replaces"
            and not reference.page.is_retired
        ):
            yield Hit(
                at(reference.page, reference.path),
                _retired(target),
                _instead(handbook, target),
                subject=of_field(reference.path, reference.text),
            )
    for page, links in handbook.body_links.items():
        if page.is_retired:
            continue
        for link in links:
            if link.page is not None and link.page.is_retired:
                spot = in_body(page, link.written.offset, link.written.end)
                retired = _retired(link.page)
                yield Hit(spot, retired, _instead(handbook, link.page), subject=link.written.target)


def _retired(page: Page) -> str:
    return f"“{page.title}” is retired."


def _instead(handbook: Handbook, page: Page) -> str:
    heirs = [reference.page for reference in handbook.back_references.get(page, ()) if reference.path[0] == "replaces"]
    return (
        f"It was replaced by `{heirs[0].counted_as}:{heirs[0].id}`." if heirs else "Name what holds now, or delete it."
    )


@rule("HB208", "unknown-person", Severity.WARNING)
def unknown_person(handbook: Handbook) -> Iterator[Hit]:
    """A page names someone who is not in the list of people, or a group where a person is meant.

    Nobody can ask or hold to their word a name that nobody knows.

    **What to do.** Fix the name, or add the person to the list of people. Someone who has left stays in it, with `until`.
    """
    if not handbook.registry.exists or handbook.registry_is_in_doubt:
        return
    for page in handbook.documents:
        for path, name, kinds in _names(page):
            if page.doubts(*path):
                continue
            found = handbook.registry.find(name)
            if found is None:
                close = nearest(name, handbook.registry.names())
                hint = (
                    f"Did you mean `{close}`?"
                    if close
                    else f"Fix the name, or add it to {handbook.registry_page.path if handbook.registry_page else 'the list'}."
                )
                yield Hit(
                    at(page, path), f"{quoted(name)} is not in the list of people.", hint, subject=of_field(path, name)
                )
            elif (
                "group" not in kinds
                and not isinstance(found, Person)
                and path[-1:] != ("decide",)
                and path != ("rapid",)
            ):
                yield Hit(
                    at(page, path),
                    f"{quoted(name)} is a group, and here one person is named.",
                    "Name the person.",
                    subject=of_field(path, name),
                )


def _names(page: Page) -> Iterator[tuple[DataPath, str, frozenset[str]]]:
    """Yield every name in a document's front matter, once for each place."""
    if page.kind is None:
        return
    for path, node, text in page.kind.meanings(page.data):
        if node.who:
            yield path, text, node.who
    if isinstance(page.data.get("rapid"), str):
        for name in dict.fromkeys(named.name for named in page.rapid.everyone):
            yield ("rapid",), name, frozenset(("person", "group"))


@rule("HB209", "no-registry", Severity.INFO, once=True)
def no_registry(handbook: Handbook) -> Iterator[Hit]:
    """The handbook has no list of people, so names count as written.

    Without it nobody can tell whether two spellings are one person, who has left, and who stands in for whom.

    **What to do.** Add a page of `kind: people`; `handrail new people` writes its beginning.
    """
    if handbook.registry_page is None and not handbook.registry_is_in_doubt:
        named = next((page for page in handbook.documents if page.rapid.everyone), None)
        if named is not None:
            yield Hit(
                at(named, ("rapid",)),
                "The handbook has no list of people, so names count as they are written.",
                "Add a page of `kind: people`.",
            )


@rule("HB210", "ambiguous-reference", Severity.ERROR)
def ambiguous_reference(handbook: Handbook) -> Iterator[Hit]:
    """An id fits several documents.

    Ids are unique within their kind only, so a bare id may not be enough.

    **What to do.** Put the kind in front: `sop:expenses`.
    """
    for reference in _references(handbook):
        if reference.resolution.status == "ambiguous":
            names = join_words((f"`{name}`" for name in reference.resolution.candidates), "or")
            yield Hit(
                at(reference.page, reference.path),
                f"{quoted(reference.text)} could be {names}.",
                "Put the kind in front of the id.",
                subject=of_field(reference.path, reference.text),
            )
