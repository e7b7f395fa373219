"""The texts that the program brings into every site: their words give nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from handrail.model.kinds import shipped_schemas

_PROGRAM = Path(__file__).resolve().parents[1]
_OF_THE_PROGRAM = (".html", ".js", ".json", ".md", ".py")


def program_texts() -> Iterator[str]:
    """Yield the texts of which the program makes pages: its templates, those for new pages, its schemas, and its own sentences."""
    for file in sorted({*_PROGRAM.rglob("*"), *shipped_schemas().iterdir()}):
        if file.suffix in _OF_THE_PROGRAM:
            yield file.read_text("utf-8", "replace")
