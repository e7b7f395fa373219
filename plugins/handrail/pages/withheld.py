"""What a preview shows in the place of a page that the site leaves out: its title, why it is withheld, and what to do.

Its author sees it, on their own machine; no published site has such a page.
"""

from __future__ import annotations

from html import escape

from handrail.model.kept_back import said_visibility
from handrail.model.page import Page, meant_kind
from handrail.model.publication import Reason
from handrail.model.trust import Trust
from handrail.pages import render
from handrail.pages.audience import Link, Shown
from handrail.pages.views import Row, TrustLine, View
from handrail.text.visible import one_line
from handrail.words.language import quoted
from handrail.words.options import adding_folder

_ONLY_HERE = "Only this preview says so; the site itself has no such page."
_FIX = "Fix what is listed at the foot of this page."
_TO_DO = {
    Reason.UNSAID: _FIX,
    Reason.FIELDS: _FIX,
    Reason.LINK: "Put the file itself in its place.",
    Reason.NAME: "Give it, or its folder, a name of letters that every system can read.",
    Reason.ADDRESS: "Give it, or its folder, another name.",
    Reason.LEFT_OUT: "Look for a setting of MkDocs, or of a plugin, that leaves it out.",
}


def withheld(shown: Shown, page: Page, reason: Reason) -> str:
    """Return the HTML of what stands in the place of a page that is withheld."""
    why, to_do = _why(shown, page, reason)
    trust = TrustLine(Trust.RETIRED.value, "Not on this site.", (why,), warns=True)
    rows = (Row("To do", (to_do,)), Row("File", (_file(shown, page),)))
    view = View(trust=trust, rows=rows, lead=(_ONLY_HERE,))
    return f"<h1>{escape(one_line(page.title))}</h1>\n{render.top(view, render.Links(page.url))}"


def _file(shown: Shown, page: Page) -> str | Link:
    path = one_line(page.path)
    return path if shown.forge is None else Link(path, url=shown.forge.edit(shown.forge.page(page.src_uri)))


def _why(shown: Shown, page: Page, reason: Reason) -> tuple[str, str]:
    """Return why a page is withheld, and what to do about it."""
    handbook = shown.handbook
    exclusion = handbook.files.left_out.get(page.src_uri) if reason.is_of_the_site else None
    if exclusion is not None:
        return f"It {exclusion.why}.", exclusion.hint
    if reason is Reason.AUDIENCE:
        return _not_for(shown, page)
    if meant_kind(page.source.data) is not None:
        return "Nothing says what it is, so nobody knows who may read it.", _FIX
    kept_by = said_visibility(page.source.data, handbook.today) if page.is_prose else None
    if kept_by is not None:
        return f"It says {quoted(kept_by)}, so it is withheld.", _FIX
    if reason is Reason.UNSAID and page.is_prose and handbook.settings.folder_visibility(page.src_uri) is None:
        said = adding_folder(handbook.project, page.folder or ".", handbook.settings.audience)
        return f"It is withheld, because {reason}.", f"Where its readers may see all of its folder: {said}."
    return f"It is withheld, because {reason}.", _TO_DO.get(reason, _FIX)


def _not_for(shown: Shown, page: Page) -> tuple[str, str]:
    """Return for whom a page is, and where that is said: on the page, for its folder, or on both."""
    settings = shown.handbook.settings
    why = f"It is {page.visibility}, and this site is {settings.audience}."
    if page.visibility == "confidential":
        why = "It is confidential, so it is on no site."
    places = []
    if not page.is_prose and page.source.data.get("visibility") == page.visibility:
        places.append(f"in line {page.source.place(('visibility',)).line} of the page")
    if settings.folder_visibility(page.src_uri) == page.visibility:
        places.append(f"for its folder under `visibility`, below `handrail:` in {_settings_file(shown)}")
    return why, f"Nothing, if that is right. Who may read it is said {' and '.join(places)}."


def _settings_file(shown: Shown) -> str:
    place = shown.handbook.project.place_of("visibility")
    return place if isinstance(place, str) else place.path
