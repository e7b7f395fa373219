"""On a page, below its text, what other pages say otherwise, and which say nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.pages.audience import Link, Shown
from handrail.pages.phrases import in_a_row
from handrail.pages.views import Row, Section, View, Words
from handrail.rules.kept_apart import unexplained
from handrail.search.conflicts import Statement, differing
from handrail.text.inline import words_in_line
from handrail.text.passages import passages, places

_EXPLAINED = "Another page says the same with another value. Until somebody has found out which is right, ask."


def with_other_pages(shown: Shown, page: Page, view: View) -> View:
    """Return the view of a page with what others say of the same thing; nothing that may not be seen is named."""
    said = tuple(_otherwise(shown, page))
    if said:
        # Below the text, which begins high on a phone however much others say.
        row = Row("On other pages", _sentences(said), _EXPLAINED, is_searched=False)
        view = replace(view, after=(Section("Said otherwise", "said-otherwise", rows=(row,)), *view.after))
    same = _nearly_the_same(shown, page)
    if same is not None and view.about is not None:
        view = replace(view, about=replace(view.about, rows=(*view.about.rows, same)))
    return view


def _otherwise(shown: Shown, page: Page) -> Iterator[Words]:
    """Yield what a page and others say that can't both hold; those that say the same stand together."""
    found = unexplained(shown.handbook)
    for conflict, here in found.by_page.get(page, ()):
        by_value: dict[tuple[str, str], list[Words]] = {}
        for other in found.against(conflict, here):
            if shown.shows(other.page):
                by_value.setdefault(differing(here, other), []).append(_named(shown, other))
        for (said, there), pages in by_value.items():
            names = [word for at, one in enumerate(pages) for word in (" and " if at == len(pages) - 1 else ", ", *one)]
            yield (f"Here {said}; ", *names[1:], f" {'says' if len(pages) == 1 else 'say'} {there}.")


def _named(shown: Shown, statement: Statement) -> Words:
    """Return a link to a passage, and how its page stands where it is not in force."""
    page = statement.page
    return (link_to(shown, statement), *(() if page.is_in_force else (f" ({page.state_inside})",)))


def _sentences(said: tuple[Words, ...]) -> Words:
    return tuple(word for at, one in enumerate(said) for word in ((" ", *one) if at else one))


def link_to(shown: Shown, statement: Statement) -> Link:
    """Return a link to the part of a page in which a passage stands, or to the page where nobody knows a name for that part."""
    page, heading = statement.page, _heading_above(statement)
    part = shown.handbook.site.anchors.of_words(page, heading) if heading else None
    return Link(page.title, page, part=part or "")


def _heading_above(statement: Statement) -> str:
    body = statement.page.source.body
    both = zip(places(body), passages(body), strict=True)
    above = [text for (start, _), text in both if start < statement.start and text.startswith("#")]
    return words_in_line(above[-1].strip("# \t\r")) if above else ""


def _nearly_the_same(shown: Shown, page: Page) -> Row | None:
    others = shown.pages(unexplained(shown.handbook).same_as.get(page, ()))
    if not others:
        return None
    says = " says nearly the same" if len(others) == 1 else " say nearly the same"
    compare = Link("see what differs", url=shown.generated(Made.DUPLICATES, page.url))
    words = (*in_a_row([Link(other.title, other) for other in others]), f"{says}: ", compare)
    return Row(
        "Also written in", words, "Pages most of whose words stand here too, in the same order", is_searched=False
    )
