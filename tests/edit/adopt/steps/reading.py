"""Reads a handbook that a test has drawn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from tests.model.building import kinds


def read(folder: Path) -> Handbook:
    """Read the handbook in a folder, on a day in 2026."""
    return load_handbook(load_project(folder / "mkdocs.yml"), kinds(), date(2026, 11, 15))
