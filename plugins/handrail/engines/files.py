"""The files that MkDocs makes the site of: just those that may be published, and as pages those that it would copy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import clean_directory

from handrail.build.artefacts import Artefacts, artefacts
from handrail.build.build import Build
from handrail.build.tree import Tree, add_files, grow
from handrail.model.generated import CALENDAR
from handrail.web import feed
from handrail.web.redirects import MARK

_HTML = (".html", ".htm")
_READ_BY_MKDOCS = (".md", ".html")
"""Endings of what MkDocs would make a page of, or take for one."""


_ASKS_GIT = re.compile(r"git|rss|dates")
"""What plugins that ask git for a page's past have in their names."""
_KNOW_BY_PLACE = frozenset(("i18n",))
"""Plugins that take what lies outside the folder that MkDocs reads for no page of the site."""


class PageFile(File):
    """A page whose name MkDocs does not take for one, such as `CLAIMS.MD`."""

    def is_documentation_page(self) -> bool:
        return True


def keep_only(files: Files, build: Build, config: MkDocsConfig) -> None:
    """Take out what is withheld, and what the authors' own folder holds that nobody has read: a pipe, what was put there meanwhile.

    Files that plugins bring are the site's own affair, also where they write them into the tree, or into a folder that they lead MkDocs to.
    """
    withholds = build.publication.withholds
    is_authors = build.handbook.project.docs_dir.is_relative_to(Path(config.docs_dir).resolve())
    for path in beside_ours(files, build, config):
        if is_authors or withholds(path):
            files.remove(files.src_uris[path])


def grown_again(files: Files, build: Build, name: str, config: MkDocsConfig) -> Tree:
    """Take out what a build leaves out by now, and return the tree without it; what other plugins have put into that stays."""
    keep_only(files, build, config)
    return grow(build, name, beside_ours(files, build, config))


def beside_ours(files: Files, build: Build, config: MkDocsConfig) -> list[str]:
    """Return the files that lie in the folder that MkDocs reads, and that Handrail did not put there."""
    published = build.publication
    listed = {*published.readable, *published.folder_settings, *build.generated}
    listed |= build.handbook.project.others.pages.difference(published.withheld)
    there = (file for file in files if file.generated_by is None and file.src_dir == config.docs_dir)
    return [file.src_uri for file in there if file.src_uri not in listed]


def not_built(files: Files, pages: Iterable[str], config: MkDocsConfig, *, with_drafts: bool) -> list[str]:
    """Return the pages of which MkDocs makes none: the site leaves them out, or takes them for drafts."""
    posts = _posts(config)

    def is_built(src_uri: str) -> bool:
        file = files.get_file_from_path(src_uri)
        if file is None:
            return False
        return src_uri in posts or bool(file.inclusion.is_in_serve() if with_drafts else file.inclusion.is_included())

    return [src_uri for src_uri in pages if not is_built(src_uri)]


def _posts(config: MkDocsConfig) -> frozenset[str]:
    """Return the posts of Material's blogs, which take them out until the navigation is made."""
    blogs = (getattr(plugin, "blog", None) for plugin in config.plugins.values())
    return frozenset(post.file.src_uri for blog in blogs for post in getattr(blog, "posts", ()))


def include(files: Files, named: Iterable[str]) -> None:
    """Let MkDocs publish files that our settings name, also where it would leave them out, as it does hidden ones."""
    for src_uri in named:
        file = files.get_file_from_path(src_uri)
        if file is not None:
            file.inclusion = InclusionLevel.INCLUDED


def exclude(files: Files, named: Iterable[str]) -> None:
    """Keep MkDocs from publishing what only plugins read, also where its settings let in all that is hidden."""
    for src_uri in named:
        file = files.get_file_from_path(src_uri)
        if file is not None:
            file.inclusion = InclusionLevel.EXCLUDED


def take_as_pages(files: Files, pages: Iterable[str], config: MkDocsConfig) -> None:
    """Make pages of those files that MkDocs would copy as they lie."""
    for src_uri in pages:
        file = files.get_file_from_path(src_uri)
        if file is not None and not file.is_documentation_page():
            files.remove(file)
            files.append(
                PageFile(src_uri, file.src_dir, config.site_dir, config.use_directory_urls, inclusion=file.inclusion)
            )


def is_ours(file: File, build: Build, config: MkDocsConfig) -> bool:
    """Say whether a file is a page that Handrail has made; another plugin may put one of its own in such a place."""
    return file.src_uri in build.generated and file.generated_by is None and file.src_dir == config.docs_dir


def show_generated(files: Files, build: Build, config: MkDocsConfig) -> None:
    """Let the pages that Handrail makes be published, whatever the site's settings leave out, and be in no navigation twice."""
    for made in build.generated.values():
        file = files.get_file_from_path(made.src_uri)
        if file is not None and is_ours(file, build, config):
            file.inclusion = (
                InclusionLevel.INCLUDED if made.in_nav and config.nav is None else InclusionLevel.NOT_IN_NAV
            )


def lead_to_originals(files: Files, build: Build, tree: Tree, config: MkDocsConfig) -> None:
    """Lead whoever asks where a page comes from to its author's file, where that holds the text that is published.

    Git knows the author's files only, and plugins ask it for dates and names. What Handrail makes is as old as the handbook.
    """
    if _KNOW_BY_PLACE.intersection(config.plugins):
        return
    origin = build.handbook.project.docs_dir
    asks_git = any(_ASKS_GIT.search(name) for name in config.plugins)
    for file in files:
        if file.src_dir == config.docs_dir and file.generated_by is None:
            if file.src_uri in tree.as_written:
                file.abs_src_path = str(origin / file.src_uri)
            elif asks_git and is_ours(file, build, config):
                # A folder, which git dates by its last commit: plugins that would read a file of this place get none.
                file.content_string = build.generated[file.src_uri].text
                file.abs_src_path = str(origin)


def add_made(files: Files, build: Build, tree: Tree, config: MkDocsConfig) -> Artefacts:
    """Add what Handrail makes beside pages, which MkDocs copies as it lies, whatever its name; raises HandrailError where it can't be written."""
    theirs = {file.dest_uri for file in files}
    made = artefacts(build, theirs | set(config.theme.static_templates) | set(config.extra_templates))
    places = add_files(build, tree, made)
    for one in made:
        # No name of a file begins with a dot where MkDocs looks for pages.
        hidden = one.place.endswith(_READ_BY_MKDOCS)
        name = f".handrail/{one.place}.copied" if hidden else one.place
        # What has the name by which readers know it may be left out by the site's own settings.
        inclusion = InclusionLevel.INCLUDED if hidden else InclusionLevel.UNDEFINED
        file = File.generated(config, name, abs_src_path=str(places[one.place]), inclusion=inclusion)
        file.dest_uri = one.place
        files.append(file)
    return made.at(places)


def clear_outdated(site: Path, build: Build, built: AbstractSet[str] | None) -> None:
    """Delete what a dirty build by MkDocs' own rules would keep: what an earlier build put there, and all where pages that were `built` are withheld by now."""
    if built is None or not built <= build.publication.paths:
        clean_directory(str(site))
        return
    _clear_made(site, build.handbook.settings.generated.calendars)


def _clear_made(site_dir: Path, calendars_of: str) -> None:
    """Delete what Handrail made beside pages; `calendars_of` is the folder of the calendars."""
    for path in (site_dir / calendars_of).glob(f"*{CALENDAR}"):
        path.unlink()
    for path in sorted(site_dir.rglob("*.*")):
        if any(part.startswith(".") for part in path.relative_to(site_dir).parts) or not path.is_file():
            continue
        # MkDocs itself writes no Markdown.
        if path.name == feed.FILE or path.suffix == ".md" or (path.suffix in _HTML and _is_redirect(path)):
            path.unlink()


def _is_redirect(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK.encode()
