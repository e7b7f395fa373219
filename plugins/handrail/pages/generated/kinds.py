"""The pages on kinds: a list of them, and for each what it is, an example and its fields."""

from __future__ import annotations

from handrail.model.generated import Made
from handrail.model.kinds import Kind
from handrail.model.urls import page_url
from handrail.pages.audience import Link, Shown
from handrail.pages.views import Section, Table, View, Words
from handrail.report.kinds import explained, summary
from handrail.words.language import capital


def title_of(kind: Kind) -> str:
    """Return what the page of a kind is called."""
    return capital(kind.noun) if kind.noun.casefold() == kind.name else f"{capital(kind.noun)} ({kind.name})"


def all_kinds(shown: Shown) -> View:
    """Return the list of all kinds."""
    here = page_url(
        shown.handbook.settings.generated.path(Made.KINDS), directories=shown.handbook.project.use_directory_urls
    )
    rows: list[tuple[Words, ...]] = [
        ((Link(title_of(kind), url=shown.kind_page(name, here)),), (summary(kind),))
        for name, kind in shown.kinds.items()
    ]
    lead = (
        "The first lines of a page say its kind, and each kind has fields of its own. These pages say of each what it is for, when it is needed and what it takes.",
    )
    return View(
        lead=lead, sections=(Section("All kinds", "all-kinds", table=Table(("Kind", "What it is"), tuple(rows))),)
    )


def kind_view(shown: Shown, name: str) -> View:
    """Return the page of a kind."""
    handbook = shown.handbook
    here = page_url(handbook.settings.generated.kind_page(name), directories=handbook.project.use_directory_urls)
    words = explained(shown.kinds[name], shown.kinds)
    lead: Words = (" ".join(words.said).replace("`", ""), " ", Link("All kinds", url=shown.generated(Made.KINDS, here)))
    example = Section("An example", "an-example", lines=("---", *words.example, "---"))
    parts = (Section(part.title, f"part-{at}", fields=part.fields) for at, part in enumerate(words.parts, 1))
    return View(lead=lead, sections=(example, *parts))
