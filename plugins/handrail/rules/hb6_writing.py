"""HB6: a page is not written as far as its state says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.items import SECTIONS
from handrail.model.kinds import Phase
from handrail.model.page import Page
from handrail.model.references import PLAN
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.text.markdown import visible_text
from handrail.words.language import join_words

_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t][^\r\n]*)?(?=\r?$)", re.MULTILINE)


@rule("HB601", "empty-body", Severity.WARNING, neglect="no text")
def empty_body(handbook: Handbook) -> Iterator[Hit]:
    """A procedure has a title and no steps.

    **What to do.** Write the steps below the front matter, or set the state to `stub`: known, not written yet.
    """
    for page in handbook.reviewed:
        if (page.is_in_force or page.is_draft) and page.source.readable and not _has_text(page):
            yield Hit(
                at(page, ("state",)),
                f"“{page.title}” is {'active' if page.is_in_force else 'a draft'} and has no text below its front matter.",
                f"Write the steps{_or_state_of(page, Phase.UNWRITTEN)}.",
            )


def _or_state_of(page: Page, phase: Phase) -> str:
    """Say that a page may have another state instead, where its kind has one of that phase."""
    name = page.kind.state_in(phase) if page.kind is not None else ""
    return f", or set the state to {name}" if name else ""


def _has_text(page: Page) -> bool:
    """Say whether a body holds more than its headings."""
    return bool(visible_text(_HEADING.sub("", page.source.body)))


@rule("HB602", "empty-section", Severity.WARNING, neglect="no obstacles or measures")
def empty_section(handbook: Handbook) -> Iterator[Hit]:
    """An active plan lacks its obstacles or its measures.

    A plan without measures can't be missed, and one without obstacles has not been thought through. Where they are kept
    in an internal version, the link to it is enough.

    **What to do.** Write them, or link the `internal_version`.
    """
    for page in handbook.of_kind(PLAN):
        if page.is_in_force and not page.text("internal_version"):
            missing = [name for name in ("obstacles", "measures") if page.lacks(name)]
            if missing:
                yield Hit(
                    at(page, ("state",)),
                    f"“{page.title}” is active and has no {join_words(missing, 'or')}.",
                    "Write them, or link the `internal_version` that holds them.",
                )


@rule("HB603", "tba-though-written", Severity.INFO)
def tba_though_written(handbook: Handbook) -> Iterator[Hit]:
    """A plan is called to be announced, and is written.

    **What to do.** Set the state to `draft`, or to `active` when it holds.
    """
    for page in handbook.of_kind(PLAN):
        written = [name for name in ("vision", *SECTIONS) if page.data.get(name)]
        if page.kind is not None and page.is_unwritten and written:
            yield Hit(
                at(page, ("state",)),
                f"“{page.title}” is called to be announced, but already gives its {join_words(written)}.",
                f"Set the state to {page.kind.first_state}, or to {page.kind.state_in(Phase.IN_FORCE)} when it holds.",
            )
