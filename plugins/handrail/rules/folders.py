"""Folders that settings name and the handbook does not have, for the rules of exposure and of settings."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.rules.registry import Hit
from handrail.rules.words import say


def absent(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """Yield the options that name folders, each with a folder that is not there."""
    there = _there(handbook)
    for option, named in (("visibility", handbook.settings.visibility), ("governed", handbook.settings.governed)):
        for folder in named:
            if folder not in there and folder not in handbook.by_src_uri:
                yield option, folder


def not_there(handbook: Handbook, option: str, folder: str, hint: str) -> Hit:
    """Return what is said of such a folder; the hint is for where no other folder seems to be meant."""
    there = _there(handbook)
    inside = folder.removeprefix(handbook.project.from_root(""))
    close = inside if inside in there else nearest(folder, there - {"."})
    return Hit(
        handbook.project.config_file.name,
        f"The option `{option}` of the plugin handrail names the folder {say(folder)}, which is not there.",
        f"Did you mean {say(close)}?" if close else hint,
    )


def _there(handbook: Handbook) -> set[str]:
    folders = {path.rpartition("/")[0] for path in (*handbook.by_src_uri, *handbook.files.assets)}
    split = (path.split("/") for path in folders)
    return {"."} | {"/".join(parts[:count]) for parts in split for count in range(1, len(parts) + 1)}
