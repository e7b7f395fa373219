"""Counts the template code that pages hold, by the tag that it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from handrail.model.page import Page
from handrail.text.templates import Dialect, TemplateText, all_template_texts


def template_tags(pages: Iterable[Page]) -> Counter[str]:
    """Return how often each tag is used, as it is written; those that end something aren't counted."""
    return Counter(
        _name(body, found)
        for body in (page.source.body for page in pages)
        for found in all_template_texts(body)
        if found.dialect is not Dialect.COMMENT and not _ends_something(body, found)
    )


def _ends_something(body: str, found: TemplateText) -> bool:
    return body.startswith("{%", found.offset) and found.name.startswith("end")


def _name(body: str, found: TemplateText) -> str:
    if body.startswith("{%", found.offset):
        return f"{{% {found.name} %}}"
    match found.dialect:
        case Dialect.HUGO:
            return f"{{{{< {found.name} >}}}}"
        case Dialect.ERB:
            return "<% … %>"
        case _:
            return "{{ .Name }}" if found.name.startswith(".") else "{{ … }}"
