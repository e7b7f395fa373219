"""HB9: settings that name what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from handrail.errors import SettingsError
from handrail.model.contents import contents_of
from handrail.model.handbook import Handbook
from handrail.model.maintainers import unknown_maintainer
from handrail.model.nearest import nearest
from handrail.model.other_plugins import may_make_files
from handrail.model.project import PLUGIN
from handrail.model.setting_places import LEFT_EDGE
from handrail.model.settings import Settings, fits
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, rule
from handrail.rules.subjects import of_field
from handrail.search.synonyms import read_synonyms
from handrail.words.language import quoted
from handrail.words.options import at_beginning, below_plugin


@rule("HB911", "setting-names-nothing", Severity.ERROR)
def setting_names_nothing(handbook: Handbook) -> Iterator[Hit]:
    """A setting names a page, a person, a file or a plugin that is not there.

    It was renamed or mistyped, and what the setting says holds for nothing: nobody reviews the change, no code runs, words
    that mean the same find nothing, and a plugin is kept off no page.

    **What to do.** Fix the name in `mkdocs.yml`, or take it out.
    """
    yield from _macros(handbook)
    yield from _rewrites(handbook)
    yield from _maintainers(handbook)
    yield from _synonyms(handbook)


@rule("HB912", "asset-not-there", Severity.WARNING)
def asset_not_there(handbook: Handbook) -> Iterator[Hit]:
    """The setting `assets` names a file that is not in the folder of the pages.

    Without a `CNAME`, say, the site loses its address. What another plugin makes may be named there too.

    **What to do.** Fix the name in `mkdocs.yml`; it counts from the folder of the pages.
    """
    there = {*handbook.files.assets, *handbook.files.folders, *handbook.by_src_uri}
    may_be_made = handbook.project.others.has_hooks or may_make_files(handbook.project.plugins)
    for number, named in enumerate(handbook.settings.assets):
        if _is_pattern(named) or any(fits(named, path) for path in there) or contents_of(handbook).hidden(named):
            continue
        close = _meant(handbook, named, there)
        if close or not may_be_made:
            said = f"The option `assets` of the plugin handrail names {quoted(named)}, which is not there."
            place = handbook.project.place_of("assets", number)
            yield Hit(place, said, _advice(close), subject=of_field(("assets",), named))


@rule("HB913", "macros-without-plugin", Severity.WARNING)
def macros_without_plugin(handbook: Handbook) -> Iterator[Hit]:
    """The setting `macros` lists pages, and no plugin runs their template code.

    The code is published as it stands.

    **What to do.** Install mkdocs-macros-plugin and add `macros` below `plugins:`, or take the setting out.
    """
    project = handbook.project
    if handbook.settings.macros and project.is_switched_on and not project.runs_templates:
        yield Hit(
            project.place_of("macros"),
            "The option `macros` of the plugin handrail lists pages, and the site has no plugin `macros` that runs their code.",
            "Add a line `- macros` below plugins:, or take the option out.",
            subject="macros",
        )


@rule("HB914", "option-at-left-edge", Severity.WARNING)
def option_at_left_edge(handbook: Handbook) -> Iterator[Hit]:
    """An option of the plugin stands at the left edge of the site's settings, where it changes nothing.

    There MkDocs reads its own settings, and of a name that it does not know it says so and goes on.

    **What to do.** Move it below `handrail:`, which stands below `plugins:`, indented as the other options are.
    """
    for option in (known.name for known in fields(Settings)):
        place = handbook.project.places.get((LEFT_EDGE, option))
        if place is not None:
            yield Hit(
                place,
                f"{quoted(option)} stands at the left edge of {place.path}, where it changes nothing; it is an option of the plugin "
                f"{PLUGIN}.",
                at_beginning(below_plugin("write it indented, as the options there are", place.path)),
                subject=of_field((option,)),
            )


def _macros(handbook: Handbook) -> Iterator[Hit]:
    pages = set(handbook.by_src_uri)
    for number, named in enumerate(handbook.settings.macros):
        if not _is_pattern(named) and not any(fits(named, path) for path in pages):
            close = _meant(handbook, named, pages | handbook.files.folders)
            yield _hit(
                handbook, ("macros", number), f"names {quoted(named)}, and no page is called so", _advice(close), named
            )


def _rewrites(handbook: Handbook) -> Iterator[Hit]:
    project = handbook.project
    for named in handbook.settings.rewrites if not project.others.has_hooks else ():
        if named not in project.plugins:
            said = (
                f"The option `rewrites` of the plugin handrail names {quoted(named)}, and the site has no such plugin."
            )
            place, subject = project.place_of("rewrites", named), of_field(("rewrites",), named)
            yield Hit(place, said, _advice(nearest(named, sorted(project.plugins))), subject=subject)


def _maintainers(handbook: Handbook) -> Iterator[Hit]:
    if handbook.registry_is_in_doubt or not handbook.registry.exists:
        return
    for number, named in enumerate(handbook.settings.maintainers):
        wrong, advice = unknown_maintainer(handbook.registry, named)
        if wrong:
            yield _hit(handbook, ("maintainers", number), wrong, advice, named)


def _synonyms(handbook: Handbook) -> Iterator[Hit]:
    named = handbook.settings.synonyms
    try:
        read_synonyms(handbook.project.root, named)
    except SettingsError as error:
        place, subject = handbook.project.place_of("synonyms"), of_field(("synonyms",), named)
        yield Hit(place, str(error), "Put the file there, or fix the name or what it holds.", subject=subject)


def _hit(handbook: Handbook, place: tuple[str, int], what: str, hint: str, named: str) -> Hit:
    option, number = place
    said = f"The option `{option}` of the plugin handrail {what}."
    return Hit(handbook.project.place_of(option, number), said, hint, subject=of_field((option,), named))


def _meant(handbook: Handbook, named: str, there: set[str]) -> str | None:
    """Return what a name probably means: what lies there without the name of the folder of pages, else the nearest."""
    inside = named.removeprefix(handbook.project.from_root(""))
    return inside if inside in there else nearest(named, sorted(there))


def _advice(close: str | None) -> str:
    return f"Did you mean {quoted(close)}?" if close else "Fix the name, or take it out."


def _is_pattern(named: str) -> bool:
    return "*" in named or "?" in named
