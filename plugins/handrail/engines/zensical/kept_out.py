"""Says which settings would let Zensical read the handbook's own pages, and publish all of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handrail.model.project import Project
from handrail.rendering.extensions import FOR_ZENSICAL

_ITS_OWN = "zensical.toml"
"""What Zensical reads in the place of `mkdocs.yml`, where it is there."""


def let_in_by_settings(project: Project) -> Iterator[str]:
    """Yield a sentence for each file of settings with which Zensical would read the pages themselves, with the line to add."""
    if not project.markdown.keep_zensical_out:
        yield _said(project.config_file.name, "below `markdown_extensions`", f"- {FOR_ZENSICAL}")
    its_own = project.root / _ITS_OWN
    if its_own.is_file() and not _keeps_out(its_own):
        yield _said(_ITS_OWN, "on a line of its own", f'[project.markdown_extensions."{FOR_ZENSICAL}"]')


def _said(name: str, where: str, line: str) -> str:
    return (
        f"A `zensical build` that reads {name} itself would publish every page, the withheld ones too; to have it refuse, "
        f"add {where} there: {line}"
    )


def _keeps_out(file: Path) -> bool:
    try:
        said: Any = tomllib.loads(file.read_text("utf-8"))
        return FOR_ZENSICAL in said["project"]["markdown_extensions"]
    except (OSError, ValueError, KeyError, TypeError):  # Zensical itself stops at what is no TOML
        return False
