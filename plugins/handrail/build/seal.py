"""The mark in a page that an engine which runs no plugin has made: by it the page proves of which text it was made.

It goes out of the page when Handrail finishes the site; where it stands in one, nobody has.
"""

from __future__ import annotations

import re

_SEAL = re.compile(
    r"<span (?:hidden(?:=\"\"|=)? )?id=\"?handrail-of-(?P<seal>[0-9a-f]+)\"?(?: hidden(?:=\"\"|=)?)?></span>"
)
"""An element outlives what makes pages smaller, which takes comments away."""


def sealed(html: str, seal: str) -> str:
    """Return the HTML of a text with a seal below it."""
    return f'{html}<span hidden id="handrail-of-{seal}"></span>' if seal else html


def unsealed(page: str) -> tuple[str, str]:
    """Return a finished page without the seal, and the seal; nothing where there is none."""
    match = _SEAL.search(page)
    return (page[: match.start()] + page[match.end() :], match["seal"]) if match else (page, "")
