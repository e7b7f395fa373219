"""Sentences about people, sign-offs and plans that several pages say."""

from __future__ import annotations

from collections.abc import Iterable

from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.roles import Role
from handrail.site.audience import Link, Shown
from handrail.site.views import Row, Words
from handrail.words.language import person_words

_ON_THE_PAGE = {
    Role.DECIDE: "Decides on it",
    Role.AGREE: "Agrees to it",
    Role.RECOMMEND: "Recommends it",
    Role.PERFORM: "Performs it",
    Role.INPUT: "Gives input to it",
}
"""A procedure may itself say who agrees to something: these are about the page."""


def name_words(shown: Shown, name: str) -> str:
    """Return whom a name means: a person by name and job, a group by its name."""
    found = shown.handbook.registry.find(name)
    if isinstance(found, Person):
        words = person_words(found)
        return words if found.is_here(shown.handbook.today) else f"{words} (has left)"
    return found.name if found is not None else name


def no_plan_yet(shown: Shown, page: Page) -> str:
    """Say that a department has no plan, and who leads it."""
    lead = name_words(shown, page.text("lead")) if page.text("lead") else ""
    comma = "," if "," in lead else ""
    return f"No plan yet. {lead}{comma} leads the department." if lead else "No plan yet."


def rapid_rows(shown: Shown, page: Page) -> tuple[Row, ...]:
    """Return who has which role, in words; each role is explained."""
    rows = []
    for role in Role:
        names = tuple(dict.fromkeys(named.name for named in page.rapid.names(role)))
        if names:
            rows.append(
                Row(
                    _ON_THE_PAGE[role],
                    tuple(_joined([name_words(shown, name) for name in names])),
                    role.explained,
                )
            )
    return tuple(rows)


def _joined(words: list[str]) -> list[str | Link]:
    return ["; ".join(words)] if any("," in word for word in words) else [", ".join(words)]


def also_asked(page: Page) -> Row | None:
    """Return the line with what people type when they need the page."""
    phrases = page.texts("asked_as")
    return Row("Also asked as", (", ".join(phrases),)) if phrases else None


def commas(links: Iterable[Link]) -> Words:
    """Return links with a comma between each two."""
    words: list[str | Link] = []
    for link in links:
        words += [", ", link]
    return tuple(words[1:])
