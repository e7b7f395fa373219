"""Short ways to read a page in a test."""

from __future__ import annotations

from handrail.text.lines import Position
from handrail.text.source import Source, read_source


def page(front_matter: str, body: str = "# A page\n") -> bytes:
    return f"---\n{front_matter}\n---\n{body}".encode("utf-8", "surrogatepass")


def read(front_matter: str, body: str = "# A page\n") -> Source:
    return read_source(page(front_matter, body))


def rules(source: Source) -> list[str]:
    return [problem.rule for problem in source.problems]


def places(source: Source) -> list[Position]:
    """Return the line and column of each problem."""
    return [source.lines.place(problem.offset) for problem in source.problems]
