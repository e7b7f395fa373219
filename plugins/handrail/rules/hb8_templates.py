"""HB8: template code, which runs on the machine that builds the site, or which readers see as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.theme_fields import passed_on
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, Spot, at, in_body, rule
from handrail.rules.subjects import of_field
from handrail.rules.template_hints import instead
from handrail.text.problems import DataPath
from handrail.text.templates import Dialect, TemplateText, template_code, template_texts
from handrail.text.visible import one_line
from handrail.words.language import quoted
from handrail.words.options import adding

_WHY = {dialect: f"nothing on this site runs {dialect}'s template code" for dialect in Dialect} | {
    Dialect.LIQUID: "nothing on this site runs template code as Jekyll and Eleventy do",
    Dialect.JINJA: "nothing on this site fills it in",
    Dialect.ERB: "nothing on this site runs what stands between <% and %>",
    Dialect.COMMENT: "nothing on this site takes it for a comment",
}
# A sign may be written as an escape, which becomes itself only when the front matter is read.
_TEMPLATE_SIGNS = re.compile(r"\{[{%#]|<%|\\[xuU]")


@rule("HB802", "template-code", Severity.ERROR)
def template_code_rule(handbook: Handbook) -> Iterator[Hit]:
    """A page holds template code and is not among those that may run it.

    A plugin of this site, such as macros, runs template code on the machine that builds, with all that machine can reach.
    Only the pages that the setting `macros` lists may hold any. In code spans and code blocks it is text.

    **What to do.** Put it into a code span, or list the page in the setting.
    """
    if not handbook.project.runs_templates:
        return
    for page in handbook.pages:
        if handbook.settings.may_run_macros(page.src_uri):
            continue
        span = template_code(page.source.body)
        if span is not None:
            yield Hit(
                in_body(page, *span),
                "Template code stands here, and this page is not among those that may run it.",
                "Put it between backticks if it is an example, or let the page run it: "
                f"{adding(handbook.project, 'macros', page.src_uri)}.",
                subject=page.source.body[slice(*span)],
            )
        for path, value in _texts(page, page.source.data):
            if template_code(value, markdown=False) is not None:
                yield Hit(
                    at(page, path),
                    f"The value of {quoted(str(path[0]))} holds template code.",
                    "Delete it; front matter is never run.",
                    subject=of_field(path),
                )


@rule("HB812", "template-text", Severity.WARNING)
def template_text(handbook: Handbook) -> Iterator[Hit]:
    """A page holds template code, and nothing on this site runs it.

    It comes from another program, such as GitBook, Hugo or Jekyll, and readers see it as it stands. It is told once a page
    for each of these programs. Formulas, `${{ … }}`, and a word alone in double braces are left alone, and so is what stands in
    code. Of a link whose address is such code, the rule `dead-link` tells.

    **What to do.** Write in Markdown what it stands for; the finding says how. If readers should see it, put it between
    backticks.
    """
    if handbook.project.runs_templates:
        return
    for page in handbook.pages:
        kinds: dict[Dialect, list[tuple[Spot, TemplateText]]] = {}
        for spot, found in _seen(page):
            kinds.setdefault(found.dialect, []).append((spot, found))
        for (spot, found), *others in kinds.values():
            message, hint = _as_it_stands(page, spot, found, len(others)), instead(handbook, page, found)
            yield Hit(spot, message, hint, subject=found.dialect)


def _seen(page: Page) -> Iterator[tuple[Spot, TemplateText]]:
    """Yield the template code that readers see: in fields that are shown, and in the body."""
    for path, value in _texts(page, page.source.data if page.kind is not None else passed_on(page.source.data)):
        for found in template_texts(value, markdown=False):
            yield at(page, path), found
    for found in template_texts(page.source.body):
        yield in_body(page, found.offset, found.end), found


def _as_it_stands(page: Page, spot: Spot, found: TemplateText, more: int) -> str:
    value = page.source.body if not spot.path else _value(page.source.data, spot.path)
    code = quoted(one_line(value[found.offset : found.end]))
    others = f" So do {more} more on this page." if more > 1 else " So does one more on this page." if more else ""
    return f"Readers see {code} as it stands, for {_WHY[found.dialect]}.{others}"


def _texts(page: Page, data: Any) -> Iterator[tuple[DataPath, str]]:
    """Yield the texts of a page's fields, where a sign of a template stands among them at all."""
    if _TEMPLATE_SIGNS.search(page.source.text, 0, page.source.body_offset):
        yield from _values(data, ())


def _values(value: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(value, str):
        if path:
            yield path, value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _values(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _values(below, (*path, index))


def _value(data: Any, path: DataPath) -> str:
    for step in path:
        data = data[step]
    return str(data)
