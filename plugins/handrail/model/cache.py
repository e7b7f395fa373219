"""The folder beside a handbook in which Handrail keeps what it can make again: it may be deleted at any time."""

from __future__ import annotations

from pathlib import Path

CACHE = Path(".cache", "handrail")
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by Handrail; it may be deleted at any time.\n"


def make_cache(root: Path) -> Path:
    """Return the folder in a project, marked so that git and backups leave it out; raises OSError where it can't be."""
    folder = root / CACHE
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        if not (folder / name).exists():
            (folder / name).write_text(text, "ascii")
    return folder
