"""What a person said no to, so that nobody is asked again: the page itself says what it is not, and the settings what no page can say."""

from __future__ import annotations

from handrail.edit.adopt.steps.step import Declined, Fields
from handrail.model.handbook import Handbook
from handrail.model.page import Page

_FIELD = "not_kind"


def is_not(page: Page, kind: str) -> bool:
    """Say whether somebody found that a page is no document of a kind."""
    return kind in _said(page)


def remembered(page: Page, kind: str) -> Fields:
    """Return the fields by which a page says that it is no document of a kind."""
    said = _said(page)
    return Fields(page.src_uri, {_FIELD: [*said, kind] if said else kind})


def declined(*words: str) -> Declined:
    """Return what the settings are to say where there is no page that could: what was not wanted, and of what or whom."""
    return Declined(_line(words))


def was_declined(handbook: Handbook, *words: str) -> bool:
    """Say whether the settings say that somebody did not want it; capitals make no difference."""
    return _line(words).casefold() in {" ".join(one.split()).casefold() for one in handbook.settings.declined}


def _line(words: tuple[str, ...]) -> str:
    return " ".join(" ".join(words).split())


def _said(page: Page) -> list[str]:
    said = page.source.data.get(_FIELD)
    listed = said if isinstance(said, list) else [said]
    return [kind for kind in listed if isinstance(kind, str)]
