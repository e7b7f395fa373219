"""Words as a part of an address, as plugins make them that take pymdownx's function for it."""

from __future__ import annotations

import importlib


def small_slug(words: str, separator: str) -> str:
    """Return words in small letters, with a separator between them and no other signs."""
    slugify = importlib.import_module("pymdownx.slugs").slugify  # few handbooks need it
    return str(slugify(case="lower")(words, separator))
