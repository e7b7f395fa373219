"""The part "About this page" below a text: its plan, who has which role, what it matters to, its text, and where it is signed."""

from __future__ import annotations

from collections.abc import Iterable

from handrail.model.generated import Made
from handrail.model.page import Page
from handrail.model.references import PLAN
from handrail.pages.as_it_is import as_it_is_rows
from handrail.pages.audience import Link, Shown
from handrail.pages.decisions import changed_by
from handrail.pages.generated.changes import changed_on
from handrail.pages.phrases import also_asked, commas, rapid_rows
from handrail.pages.signatures import earlier_texts, signing
from handrail.pages.to_read import confirm_button, reading_rows
from handrail.pages.views import About, Button, Row
from handrail.text.digest import digits
from handrail.words.language import in_words, join_words

_ANCHOR = "about-this-page"
_NO_HISTORY = "this site was built without the whole history of the handbook, so earlier texts can't be listed"
_ORPHAN = {
    "no plan named": "None: nobody has said what it is for.",
    "unknown line": "The plan that it names does not exist.",
    "line with no active plan": "The plan that it serves has not been written for this period.",
}


def about(shown: Shown, page: Page, rows: Iterable[Row | None] = (), buttons: Iterable[Button] = ()) -> About:
    """Return the part below the text of a page; `rows` are what its kind has to say there, `buttons` what it has to press."""
    said = (
        *as_it_is_rows(shown, page),
        _plan(shown, page),
        *rapid_rows(shown, page),
        *reading_rows(shown, page),
        *rows,
        changed_by(shown, page),
        also_asked(page),
    )
    found = [*said, _text(shown, page)]
    return About(
        _ANCHOR,
        signing(shown, page),
        tuple(row for row in found if row is not None),
        (*filter(None, (confirm_button(shown, page),)), *buttons, *_buttons(shown, page)),
    )


def matters_to(shown: Shown, page: Page) -> Row | None:
    """Return the line with what refers to a procedure."""
    found = shown.referring(page, kinds=("objective", "improvement"))
    words = commas(Link(reference.page.title, reference.page) for reference in found)
    return Row("Matters to", words) if words else None


def _plan(shown: Shown, page: Page) -> Row | None:
    """Return the line with the plan that a page serves, or that it serves none though it is to."""
    line = shown.line_of(page)
    explained = "The plan that this page is for, and the items of it that it serves"
    if line is not None and page.counted_as != PLAN:
        labels = page.texts("serves")
        link = Link(line.face.page.title, line.face.page)
        return Row("For the plan", (link, f": {join_words(labels)}") if labels else (link,), explained)
    reason = shown.handbook.orphan_reason(page)
    return Row("For the plan", (_ORPHAN[reason],), explained) if reason is not None else None


def _text(shown: Shown, page: Page) -> Row | None:
    """Return the line with the day of the text, the digits by which it is known, and the texts that were signed before it."""
    handbook = shown.handbook
    day = changed_on(shown, page)
    if page.kind is None or not page.kind.signed:
        return Row("Text of", (in_words(day),), is_searched=False) if day is not None else None
    words: list[str | Link] = [in_words(day), " · "] if day is not None else []
    words.append(f"{digits(handbook.texts.digest(page).text)}, which stands on printed copies")
    if address := _address(shown, page):
        words += [" · ", Link("permanent link to this text", url=address)]
    earlier = earlier_texts(shown, page)
    if earlier:
        words += [" · signed before: ", *earlier]
    elif handbook.past.facts.reason and any(entry.digest for entry in handbook.sign_off(page).entries):
        words.append(f" · {_NO_HISTORY}")
    return Row(
        "Text of" if day is not None else "Text",
        tuple(words),
        "The text as it stands, by the first eight digits of its digest; the search says whether a text is in force",
        is_searched=False,
    )


def _address(shown: Shown, page: Page) -> str:
    """Return where the text of a page can be read as it stands, whatever becomes of the page; nothing if git has it nowhere."""
    if shown.forge is None or shown.history is None:
        return ""
    held = shown.history.standing(page.src_uri, page.source.text.encode(errors="surrogateescape"))
    return shown.forge.at_commit(held.commit.id, held.path) if held is not None else ""


def _buttons(shown: Shown, page: Page) -> Iterable[Button]:
    if shown.forge is not None:
        yield Button("Edit this page", shown.forge.edit(shown.forge.page(page.src_uri)))
    yield Button("What changed lately", shown.generated(Made.CHANGES, page.url))
