"""Words as a part of an address, as plugins make them that take pymdownx's function for it."""

from __future__ import annotations


def small_slug(words: str, separator: str) -> str:
    """Return words in small letters, with a separator between them and no other signs."""
    from pymdownx.slugs import slugify  # type: ignore[import-untyped]  # noqa: PLC0415 - few handbooks need it

    return str(slugify(case="lower")(words, separator))
