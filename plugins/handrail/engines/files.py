"""The files that MkDocs makes the site of: what is withheld goes out, and pages that it would copy as they lie come in."""

from __future__ import annotations

from collections.abc import Container, Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from handrail.model.files import Files as Listed


class PageFile(File):
    """A page whose name MkDocs does not take for one, such as `CLAIMS.MD`."""

    def is_documentation_page(self) -> bool:
        return True


def withhold(files: Files, withheld: AbstractSet[str], listed: Listed, config: MkDocsConfig) -> frozenset[str]:
    """Take out of the files what may not be seen; return the paths of those that stay, empty, for the navigation.

    A navigation that a host site or a plugin makes may name them, and would otherwise warn of them by name, or show the
    name. `navigation.without` takes them out of it again.
    """
    # Pages that no navigation of MkDocs' own names would be reported as left out of it.
    inclusion = InclusionLevel.UNDEFINED if config.nav is None else InclusionLevel.NOT_IN_NAV
    emptied = set()
    was_published = False
    for file in list(files):
        if file.generated_by is not None or not (
            file.src_uri in withheld or _is_behind_a_link(file.src_uri, listed.symlinks)
        ):
            continue
        files.remove(file)
        was_published |= _delete(Path(config.site_dir, file.dest_uri))
        if file.is_documentation_page() and not file.inclusion.is_excluded():
            files.append(File.generated(config, file.src_uri, content="", inclusion=inclusion))
            emptied.add(file.src_uri)
    if was_published:
        # The pages of that build may name it, and a dirty build would keep them: without them it makes them again.
        for file in files.documentation_pages():
            Path(config.site_dir, file.dest_uri).unlink(missing_ok=True)
    return frozenset(emptied)


def _is_behind_a_link(src_uri: str, symlinks: Iterable[str]) -> bool:
    return any(src_uri == link or src_uri.startswith(link + "/") for link in symlinks)


def _delete(built: Path) -> bool:
    """Delete what an earlier build made of a file, for a dirty build keeps what it finds; say whether there was any."""
    was_there = built.exists()
    built.unlink(missing_ok=True)
    with suppress(OSError):
        built.parent.rmdir()
    return was_there


def unread(files: Files, read: Container[str], config: MkDocsConfig) -> set[str]:
    """Return the pages that MkDocs would publish and Handrail has not read: pipes, and what was put there meanwhile."""
    return {
        file.src_uri
        for file in files.documentation_pages()
        if file.generated_by is None and file.src_dir == config.docs_dir and file.src_uri not in read
    }


def take_as_page(files: Files, file: File, config: MkDocsConfig) -> None:
    """Make a page of a file that MkDocs would copy as it lies."""
    files.remove(file)
    files.append(
        PageFile(file.src_uri, file.src_dir, config.site_dir, config.use_directory_urls, inclusion=file.inclusion)
    )
