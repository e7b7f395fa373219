"""Counts the template code that pages hold, by the tag that it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from handrail.model.page import Page
from handrail.text.markdown import without_code

_TAG = re.compile(
    r"\{%-?[ \t]*(?P<block>[A-Za-z_][\w-]*)|\{\{[<%][ \t]*/?(?P<short>[A-Za-z_][\w-]*)|\{\{-?[ \t]*(?P<go>\.[A-Za-z])?"
)


def template_tags(pages: Iterable[Page]) -> Counter[str]:
    """Return how often each tag is used, as it is written; those that end something aren't counted."""
    found: Counter[str] = Counter()
    for page in pages:
        if "{{" in page.source.body or "{%" in page.source.body:
            found.update(map(_name, _TAG.finditer(without_code(page.source.body))))
    return Counter({name: count for name, count in found.items() if not name.startswith("{% end")})


def _name(match: re.Match[str]) -> str:
    if match["block"]:
        return f"{{% {match['block']} %}}"
    if match["short"]:
        return f"{{{{< {match['short']} >}}}}"
    return "{{ .Name }}" if match["go"] else "{{ … }}"
