"""Folders that settings name and the handbook does not have, for the rules of exposure and of settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.names import folded
from handrail.model.nearest import nearest
from handrail.rules.registry import Hit
from handrail.rules.schema_words import how_alike
from handrail.rules.subjects import of_field
from handrail.words.language import quoted


def absent(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """Yield the options that name folders, each with a folder that is not there, and in no spelling that it holds for."""
    settings = handbook.settings
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in _there(handbook) | set(handbook.by_src_uri):
        by_name[folded(path)].append(path)
    for folder in settings.governed:
        if folded(folder) not in by_name:
            yield "governed", folder
    for folder, said in settings.visibility.items():
        if not any(settings.folder_visibility(path) == said for path in by_name[folded(folder)]):
            yield "visibility", folder


def not_there(handbook: Handbook, option: str, folder: str, hint: str) -> Hit:
    """Return what is said of such a folder; the hint is for where no other folder seems to be meant."""
    there = _there(handbook)
    inside = folder.removeprefix(handbook.project.from_root(""))
    alike = next((path for path in sorted(there) if folded(path) == folded(folder)), None)
    close = inside if inside in there else nearest(folder, there - {"."})
    subject = of_field((option,), folder)
    named = f"The option `{option}` of the plugin handrail names the folder {quoted(folder)}, which is not there"
    if alike:
        return Hit(
            handbook.project.config_file.name,
            f"{named}; {quoted(alike)} is, and the two names {how_alike(folder, alike)}.",
            f"Write it as it is spelled there: {quoted(alike)}.",
            subject=subject,
        )
    hint = f"Did you mean {quoted(close)}?" if close else hint
    return Hit(handbook.project.config_file.name, f"{named}.", hint, subject=subject)


def _there(handbook: Handbook) -> set[str]:
    return {".", *handbook.files.folders}
