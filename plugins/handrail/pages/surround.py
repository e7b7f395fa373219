"""What stands round a page's text, as HTML: made before any engine has made anything of the text, and put there when it has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from html import escape

from markupsafe import escape as escaped

from handrail.pages import render
from handrail.pages.render import Links
from handrail.pages.views import Section, View

_H1_END = "</h1>"
_TEXT_ANCHOR = "commentary"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of ours, for the list of a page's parts: its words as HTML, its anchor and its level."""

    title: str
    anchor: str
    level: int


@dataclass(frozen=True, slots=True)
class Surround:
    """The HTML above and below a text, and the headings in it, in their order; `text` heads the text itself and has no title where it needs none."""

    above: str
    heading: str
    below: str
    before: tuple[Heading, ...]
    text: Heading
    after: tuple[Heading, ...]

    @property
    def anchors(self) -> frozenset[str]:
        return frozenset(heading.anchor for heading in (*self.before, self.text, *self.after))

    def beside(self, taken: Collection[str]) -> Surround:
        """Return it with anchors that the text does not have."""
        found = self
        for anchor in self.anchors.intersection(taken):
            found = found._renamed(anchor, _free(anchor, taken))
        return found

    def _renamed(self, old: str, new: str) -> Surround:
        def renamed(html: str) -> str:
            for name in ("id", "aria-labelledby"):
                html = html.replace(f' {name}="{escaped(old)}"', f' {name}="{escaped(new)}"')
            return html

        def moved(heading: Heading) -> Heading:
            return replace(heading, anchor=new) if heading.anchor == old else heading

        return Surround(
            renamed(self.above),
            renamed(self.heading),
            renamed(self.below),
            tuple(map(moved, self.before)),
            moved(self.text),
            tuple(map(moved, self.after)),
        )

    def round(self, html: str) -> str:
        """Return the HTML of a page: its title, what is above the text, the text, and what is below."""
        title, text = "", html
        if html.lstrip().startswith("<h1") and _H1_END in html:
            end = html.index(_H1_END) + len(_H1_END)
            title, text = html[:end], html[end:]
        return "\n".join(filter(None, (title, self.above, self.heading, text, self.below)))


def surround(view: View, links: Links) -> Surround:
    """Return what a view puts round the text of the page from which these links lead."""
    below = (render.sections(view.after, links), render.worked(view, links), render.about(view, links))
    about = (Heading("About this page", view.about.anchor, 2),) if view.about is not None else ()
    return Surround(
        render.top(view, links) + render.sections(view.sections, links, is_one_page=view.is_one_page),
        render.text_heading(view.text_title, _TEXT_ANCHOR),
        "\n".join(filter(None, below)),
        tuple(map(_heading, view.sections)),
        Heading(escape(view.text_title), _TEXT_ANCHOR, 2),
        (*map(_heading, view.after), *about),
    )


def _heading(section: Section) -> Heading:
    # Themes print the titles of headings as they are.
    return Heading(escape(section.title), section.anchor, section.level)


def _free(anchor: str, taken: Collection[str]) -> str:
    while anchor in taken:
        anchor += "-of-this-page"
    return anchor
