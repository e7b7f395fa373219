"""Says where an option of our plugin is written, in the same words wherever a sentence asks for one.

At the left edge of the file an option changes nothing, and most examples of settings that authors have seen stand there.
"""

from __future__ import annotations

from handrail.model.project import PLUGIN, Project
from handrail.text.syntax_errors import quote
from handrail.text.yaml_writer import scalar
from handrail.words.language import quoted


def below_plugin(advice: str, file: str) -> str:
    """Return what to do with an option, as a part of a sentence that says where."""
    return f"below `{PLUGIN}:` in {file}, {advice}"


def setting(project: Project, option: str, value: str) -> str:
    """Return the advice to give an option that holds one value this one."""
    return below_plugin(f"write `{option}: {scalar(option, value)}`", _file(project, option))


def adding(project: Project, option: str, entry: str) -> str:
    """Return the advice to put an entry into an option that lists some."""
    return _adding(project, option, scalar(option, entry), "[{}]")


def adding_folder(project: Project, folder: str, visibility: str) -> str:
    """Return the advice to say who may read a folder."""
    return _adding(project, "visibility", f"{quote(folder)}: {visibility}", "{{{}}}")


def keeping_to_its_pages(project: Project, plugin: str) -> str:
    """Return the sentence that says how another plugin is kept off the text of pages that are not written for it."""
    added = _adding(project, "rewrites", f"{scalar('rewrites', plugin)}: [notes/**]", "{{{}}}")
    return f"Keep it to the pages that are written for it, as in `notes/`: {added}."


def changing(project: Project, option: str, of_what: str) -> str:
    """Return the advice to change what an option says of something."""
    return below_plugin(f"change what `{option}` says {of_what}", _file(project, option))


def in_place_of(project: Project, option: str, name: str, alike: str) -> str:
    """Return the advice to write a name under an option as it is, where one that is only like it stands."""
    return below_plugin(f"write {quoted(name)} under `{option}`, where {quoted(alike)} stands", _file(project, option))


def at_beginning(advice: str) -> str:
    """Return an advice as a sentence of its own."""
    return f"{advice[:1].upper()}{advice[1:]}."


def _adding(project: Project, option: str, entry: str, as_first: str) -> str:
    is_there = (option,) in project.places or bool(getattr(project.settings, option))
    said = f"add `{entry}` to `{option}`" if is_there else f"add `{option}: {as_first.format(entry)}`"
    return below_plugin(said, _file(project, option))


def _file(project: Project, option: str) -> str:
    """Return the name of the file in which an option stands, or would have to."""
    place = project.place_of(option)
    return place if isinstance(place, str) else place.path
