"""HB9: settings of the site itself that name pages and files that are not there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from handrail.model.contents import contents_of
from handrail.model.exclusions import Cause, Exclusion
from handrail.model.generated import GeneratedFolder
from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.project import Project
from handrail.model.setting_places import LEFT_EDGE, FilePlace
from handrail.model.site_contents import Destination, Lies
from handrail.model.site_names import SiteName
from handrail.rules.finding import Severity
from handrail.rules.made_hints import is_of_no_rule, made_only_where
from handrail.rules.registry import Hit, rule
from handrail.rules.subjects import of_field
from handrail.rules.suggestions import path_meant
from handrail.words.language import quoted

_OF_A_PLUGIN = re.compile(r"[*?!]|\.\.\.|/\Z")
"""What no file is called, and plugins that make the navigation understand."""
_FOR_FILES = ("nav", "redirect_maps")
"""The settings in which MkDocs or the plugin looks for a file, and doesn't know its address."""


@rule("HB915", "site-names-nothing", Severity.WARNING)
def site_names_nothing(handbook: Handbook) -> Iterator[Hit]:
    """The navigation, or another setting of the site, names a page or a file that is not there.

    It was renamed, moved or mistyped. In the navigation it is a link on every page of the site that leads nowhere; a logo or a
    style is missing on every page. What the navigation names and `exclude_docs` leaves out is in neither. Where a line of
    `exclude_docs` is a slip, what it was to leave out is on the site.

    Next to a plugin or a hook that may make pages, or the navigation, only what seems to be a slip is named.

    **What to do.** Fix the name in `mkdocs.yml`; it counts from the folder of the pages: `team/index.md`, not
    `docs/team/index.md` or `team/`.
    """
    for name, found in dead_names(handbook):
        what, hint = _why(handbook, name, found)
        yield Hit(place_of_name(handbook.project, name), what, hint, subject=of_field((name.setting,), name.target))
    for name in handbook.project.names:
        close = _left_in(handbook, name.target) if name.leaves_out else None
        if close:
            yield Hit(
                place_of_name(handbook.project, name),
                f"`{name.setting}` names {quoted(name.target)}, and nothing is called so.",
                f"Did you mean {quoted(close)}?",
                subject=of_field((name.setting,), name.target),
            )


def dead_names(handbook: Handbook) -> Iterator[tuple[SiteName, Destination]]:
    """Yield what the site's settings name and readers won't reach, with what lies there."""
    project = handbook.project
    for name in project.names:
        if name.leaves_out or (name.setting == "extra.homepage" and project.theme != "material"):
            continue
        found = handbook.site.named(name.target)
        if not _is_amiss(handbook, name, found):
            continue
        if judges_all(project) or (not _OF_A_PLUGIN.search(name.target) and any(path_meant(handbook, found.path))):
            yield name, found


def judges_all(project: Project) -> bool:
    """Say whether nobody but MkDocs makes pages, so that what is not there now is never there."""
    return not project.may_get_pages


def place_of_name(project: Project, name: SiteName) -> FilePlace | str:
    """Return where a name stands, or the setting that holds it."""
    ways = ((LEFT_EDGE, *name.path[:end]) for end in range(len(name.path), 0, -1))
    return next((project.places[way] for way in ways if way in project.places), project.config_file.name)


def _is_amiss(handbook: Handbook, name: SiteName, found: Destination) -> bool:
    if found.lies in (Lies.NOTHING, Lies.NO_ADDRESS):
        return True
    if is_of_no_rule(handbook.settings.generated, found):
        return True
    if name.setting in _FOR_FILES and found.lies is Lies.MADE and not found.by_address:
        return handbook.settings.generated.now(found.path) != found.path
    if name.setting not in _FOR_FILES or found.lies is not Lies.PAGE:
        return False
    if "#" in name.target:  # MkDocs knows no file of such a name, so in the navigation only an address may name a part
        return name.setting == "nav" and not found.by_address
    is_address = found.by_address and not name.target.startswith("/")
    return is_address or _left_out(handbook, found) is not None


def _left_out(handbook: Handbook, found: Destination) -> Exclusion | None:
    exclusion = handbook.files.left_out.get(found.path) if found.page is not None else None
    return exclusion if exclusion is not None and exclusion.cause is not Cause.DRAFT else None


def _why(handbook: Handbook, name: SiteName, found: Destination) -> tuple[str, str]:
    """Return what is wrong with a name, and what to do."""
    named = f"`{name.setting}` names {quoted(name.target)}"
    exclusion = _left_out(handbook, found)
    if exclusion is not None:
        return f"{named}, which {exclusion.why}, so it is not on the site.", exclusion.hint
    if found.page is not None and "#" in name.target:
        return f"{named}, and MkDocs takes no part of a page.", f"Write {found.page.url}#{found.fragment}, its address."
    if found.lies is Lies.PAGE:
        return f"{named}, an address, where the page's file is looked for.", f"Write {found.path}."
    if ours := _why_not_made(handbook.settings.generated, named, found):
        return ours
    sure, close = path_meant(handbook, found.path.removeprefix(handbook.project.from_root("")))
    advice = f"Write {sure}." if sure else f"Did you mean {close}?" if close else "Fix the name, or take it out."
    return f"{named}, which is not there.", advice


def _why_not_made(folder: GeneratedFolder, named: str, found: Destination) -> tuple[str, str] | None:
    """Return what is wrong with the name of a page of ours, and what to do; None of any other page."""
    if is_of_no_rule(folder, found):
        return f"{named}, the page of no rule.", "Fix the name, or take it out; `handrail rule` lists all rules."
    if found.lies is Lies.MADE:
        return f"{named}, where a page that Handrail makes lay once.", f"Write {folder.now(found.path)}."
    needs = made_only_where(folder, found.path)
    return (f"{named}, which Handrail makes only where {needs}.", "Take it out until then.") if needs else None


def _left_in(handbook: Handbook, pattern: str) -> str | None:
    """Return what a pattern seems to mean that fits nothing; None where it fits something, or nothing is near."""
    path = pattern.strip("/")
    there = {*handbook.by_src_uri, *handbook.files.beside, *handbook.files.folders} - {"."}
    if path in there or any(posixpath.basename(one) == path for one in there) or contents_of(handbook).exists(path):
        return None
    close = nearest(path, sorted(there))
    return pattern.replace(path, close) if close else None
