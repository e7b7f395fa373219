"""The texts with which `handrail new` begins pages, one a kind."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from handrail.text.frontmatter import split

STARTERS = Path(__file__).resolve().parents[1] / "edit" / "templates"
_FEWEST = 4  # words; a shorter line may well be an author's own


@lru_cache(maxsize=1)
def starter_lines() -> frozenset[str]:
    """Return the lines that these texts have below their fields, without marks of lists: nobody means them as they are."""
    lines = (
        bare(line)
        for path in sorted(STARTERS.glob("*.md"))
        for text in (path.read_text("utf-8"),)
        for line in text[split(text).body :].splitlines()
        if not line.startswith("#") and "$" not in line
    )
    return frozenset(line for line in lines if len(line.split()) >= _FEWEST)


def bare(line: str) -> str:
    """Return a line without the mark of a list that begins it."""
    return line.strip().lstrip("-*+0123456789.) ").rstrip()
