"""Sentences about people, sign-offs and plans that several pages say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.roles import Role
from handrail.pages.audience import Link, Shown
from handrail.pages.named import link_to
from handrail.pages.views import Row, Words
from handrail.words.language import person_words

_ON_THE_PAGE = {
    Role.DECIDE: "Decides on this page",
    Role.AGREE: "Agrees to this page",
    Role.RECOMMEND: "Proposes this page",
    Role.PERFORM: "Carries it out",
    Role.INPUT: "Is asked about it",
}
"""A procedure may itself say who agrees to something: these are about the page."""


def name_words(shown: Shown, name: str) -> Words:
    """Return whom a name means: a person by name and job, a group by its name; each leads to their place."""
    found = shown.handbook.registry.find(name)
    if found is None:
        return (name,)
    said = person_words(found).removeprefix(found.name) if isinstance(found, Person) else ""
    left = isinstance(found, Person) and not found.is_here(shown.handbook.today)
    behind = f"{said} (has left)" if left else said
    return (link_to(shown, found), behind) if behind else (link_to(shown, found),)


def names_in_words(shown: Shown, names: Iterable[str]) -> Words:
    """Return whom some names mean, one after the other; those with a job stand apart."""
    found = [name_words(shown, name) for name in names]
    has_jobs = any("," in part for one in found for part in one[1:] if isinstance(part, str))
    words: list[str | Link] = []
    for one in found:
        words += ["; " if has_jobs else ", ", *one]
    return tuple(words[1:])


def no_plan_yet(shown: Shown, page: Page) -> Words:
    """Say that a department has no plan, and who leads it."""
    lead = name_words(shown, page.text("lead")) if page.text("lead") else ()
    comma = "," if len(lead) > 1 else ""
    return ("No plan yet. ", *lead, f"{comma} leads the department.") if lead else ("No plan yet.",)


def rapid_rows(shown: Shown, page: Page) -> tuple[Row, ...]:
    """Return who has which role, in words; each role is explained."""
    rows = []
    for role in Role:
        names = tuple(dict.fromkeys(named.name for named in page.rapid.names(role)))
        if names:
            rows.append(
                Row(
                    _ON_THE_PAGE[role],
                    names_in_words(shown, names),
                    role.explained,
                )
            )
    return tuple(rows)


def also_asked(page: Page) -> Row | None:
    """Return the line with what people type when they need the page."""
    phrases = page.texts("asked_as")
    return Row("Also asked as", (", ".join(phrases),)) if phrases else None


def in_a_row(names: Sequence[str | Link]) -> Words:
    """Return names as a sentence joins them."""
    words: list[str | Link] = []
    for at, name in enumerate(names):
        words += [" and " if at == len(names) - 1 else ", ", name]
    return tuple(words[1:])


def commas(links: Iterable[Link]) -> Words:
    """Return links with a comma between each two."""
    words: list[str | Link] = []
    for link in links:
        words += [", ", link]
    return tuple(words[1:])
