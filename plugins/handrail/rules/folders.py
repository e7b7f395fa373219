"""Folders that settings name and the handbook does not have, for the rules of exposure and of settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from handrail.model.handbook import Handbook
from handrail.model.names import folded
from handrail.model.nearest import nearest
from handrail.rules.registry import Hit
from handrail.rules.schema_words import how_alike
from handrail.rules.subjects import of_field
from handrail.words.language import quoted


@dataclass(frozen=True, slots=True)
class Absent:
    """A folder that is not there, the option that names it, and which of the option's entries does."""

    option: str
    number: int
    folder: str


def absent(handbook: Handbook) -> Iterator[Absent]:
    """Yield the folders that options name and that are not there, in no spelling for which the option holds."""
    settings = handbook.settings
    by_name: dict[str, list[str]] = defaultdict(list)
    for path in _there(handbook) | set(handbook.by_src_uri):
        by_name[folded(path)].append(path)
    for number, folder in enumerate(settings.governed):
        if folded(folder) not in by_name:
            yield Absent("governed", number, folder)
    for number, (folder, said) in enumerate(settings.visibility.items()):
        if not any(settings.folder_visibility(path) == said for path in by_name[folded(folder)]):
            yield Absent("visibility", number, folder)


def not_there(handbook: Handbook, named: Absent, hint: str) -> Hit:
    """Return what is said of such a folder; the hint is for where no other folder seems to be meant."""
    there, folder = _there(handbook), named.folder
    inside = folder.removeprefix(handbook.project.from_root(""))
    alike = next((path for path in sorted(there) if folded(path) == folded(folder)), None)
    close = inside if inside in there else nearest(folder, there - {"."})
    said = f"The option `{named.option}` of the plugin handrail names the folder {quoted(folder)}, which is not there"
    if alike:
        said += f"; {quoted(alike)} is, and the two names {how_alike(folder, alike)}"
        hint = f"Write it as it is spelled there: {quoted(alike)}."
    elif close:
        hint = f"Did you mean {quoted(close)}?"
    place = handbook.project.place_of(named.option, named.number)
    return Hit(place, f"{said}.", hint, subject=of_field((named.option,), folder))


def _there(handbook: Handbook) -> set[str]:
    return {".", *handbook.files.folders}
