"""Takes at-rules out of a style sheet: where each begins and ends, as CSS counts strings, comments and brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

_TOKEN = re.compile(
    r"/\*.*?(?:\*/|\Z)"
    r"|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?"
    r"|url\(\s*+(?![\"'\s])[^)]*+\)?"
    r"|@(?P<name>[\w-]++)|[{}()\[\];]",
    re.DOTALL | re.IGNORECASE,
)
_OPENING = {"{": "}", "(": ")", "[": "]"}


def without_rules(styles: str, names: Collection[str], unwanted: Callable[[str], bool]) -> str:
    """Return styles without those at-rules of these names that are unwanted, wherever they stand."""
    kept, at, begun = [], 0, None
    expected: list[str] = []
    for token in _TOKEN.finditer(styles):
        sign = token[0]
        if begun is None:
            if token["name"] and token["name"].casefold() in names:
                begun = token.start()
            continue
        if sign in _OPENING:
            expected.append(_OPENING[sign])
        elif expected and sign == expected[-1]:
            expected.pop()
        if not expected and sign in (";", "}"):
            # The brace of a block around it isn't its own.
            end = token.start() if sign == "}" and "{" not in styles[begun : token.start()] else token.end()
            if unwanted(styles[begun:end]):
                kept.append(styles[at:begun])
                at = end
            begun = None
    if begun is not None and unwanted(styles[begun:]):
        return "".join([*kept, styles[at:begun]])
    return "".join([*kept, styles[at:]])
