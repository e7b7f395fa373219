"""HB8: elements in a page's text that the site leaves out, with all that stands in them, or that nothing draws."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, in_body, rule
from handrail.text.hosts import web_address
from handrail.text.markdown import without_code
from handrail.text.tags import Tag, tags

_WRITTEN_OTHERWISE = {
    "canvas": "Put a picture in its place.",
    "math": "Write the formula as text, or for an extension such as `pymdownx.arithmatex`.",
    "select": "Write what there is to choose from as a list.",
    "template": "Write it as text.",
    "textarea": "Write it as text, or as a code block.",
    "noscript": "Write what it says as text: pages run no scripts.",
    "noembed": "Write what it says as text.",
    "noframes": "Write what it says as text.",
}
_NAMES = frozenset(("style", "link", *_WRITTEN_OTHERWISE))
_MAY_HOLD = re.compile(rf"<(?:{'|'.join(sorted(_NAMES))}|[a-z]+-)", re.IGNORECASE)
_CUSTOM = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


@rule("HB815", "element-left-out", Severity.WARNING)
def element_left_out(handbook: Handbook) -> Iterator[Hit]:
    """A page holds an element of HTML that readers won't see: the site leaves it out, or only a program could draw it.

    Styles could dress a page up as another one or hide a part of it, and fields, formulas and drawing areas need programs, which no page may
    bring. Elements of a name with a hyphen are drawn by a program too. In code spans and code blocks it is text.

    **What to do.** Write it in another way, as the finding says. A style for the whole site belongs into a file that `extra_css` names.
    """
    for page in handbook.pages:
        body = page.source.body
        if "<" not in body or not _MAY_HOLD.search(body):
            continue  # looking past code takes longer
        for tag in tags(without_code(body)):
            if said := _said(tag, handbook.project.config_file.name):
                yield Hit(in_body(page, tag.offset, tag.end), *said, subject=body[tag.offset : tag.end])


def _said(tag: Tag, config_name: str) -> tuple[str, str] | None:
    """Return what is said of an element, and what to do; None where readers see it."""
    if tag.name == "style":
        message = "`<style>` could hide a part of the page or dress it up, so it is taken out."
        return message, f"Put it into a file beside the pages, and name that under `extra_css` in {config_name}."
    if tag.name == "link":
        found = web_address(_value(tag, "href"))
        address = found.secure if found is not None else _value(tag, "href") or "style.css"
        return "`<link>` in a page loads nothing: it is taken out.", f"In {config_name}, add `extra_css: [{address}]`."
    if tag.name in _WRITTEN_OTHERWISE:
        return f"Readers see nothing of `<{tag.name}>` and what stands in it.", _WRITTEN_OTHERWISE[tag.name]
    if _CUSTOM.fullmatch(tag.name) and tag.attributes:
        message = (
            f"`<{tag.name}>` is drawn by a program, which no page may bring, so readers see at most the words in it."
        )
        return message, "Link to what it shows, or put it between backticks if it is an example."
    return None


def _value(tag: Tag, name: str) -> str:
    return next((html.unescape(one.value) for one in tag.attributes if one.name == name), "")
