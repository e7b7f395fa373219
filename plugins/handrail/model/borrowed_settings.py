"""The settings of one state of a handbook for the files of another: those of a proposed change are its author's word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from handrail.errors import SettingsError
from handrail.model.project import Project


def with_settings_of(lender: Project, root: Path) -> Project:
    """Return a project whose files lie in and below `root` and that has the settings of another.

    Raises SettingsError where the other's folder of pages is not there.
    """
    docs_dir = _there(lender, root, lender.docs_dir)
    if not docs_dir.is_dir():
        raise SettingsError(
            f"By the settings of the base the pages lie in `{lender.docs_dir.name}`, which the change has no more; compare them "
            "without `--settings base`."
        )
    custom_dir = _there(lender, root, lender.custom_dir) if lender.custom_dir is not None else None
    return replace(lender, root=root, docs_dir=docs_dir.resolve(), site_dir=root / "site", custom_dir=custom_dir)


def _there(lender: Project, root: Path, path: Path) -> Path:
    """Return what lies below the other's root below this one; what lies elsewhere is the same for both."""
    return root / path.relative_to(lender.root) if path.is_relative_to(lender.root) else path
