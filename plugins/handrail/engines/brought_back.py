"""Files that other plugins bring into a site from elsewhere and that are withheld: they are taken out again, or the build stops."""

from __future__ import annotations

import os
from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from handrail.build.build import Build
from handrail.engines import moved
from handrail.engines.files import beside_ours
from handrail.errors import HandrailError
from handrail.model.files import read_bytes
from handrail.model.project import PLUGIN
from handrail.words.language import count_of


def brought_back(files: Files, build: Build, config: MkDocsConfig) -> list[File]:
    """Return the files that are withheld, by where they lie or by what stands in them, of those that Handrail did not put there."""
    theirs = list(_of_others(files, build, config))
    if not theirs:
        return []  # so it is with most plugins, and what is withheld need not be read
    origin = build.handbook.project.docs_dir
    withheld = [path for path, reason in build.publication.withheld.items() if reason.is_secret]
    places = {os.path.realpath(origin / path) for path in withheld}
    contents = {said for path in withheld if (said := _said(read_bytes(origin, path)))}
    return [file for file in theirs if _place(file) in places or not contents.isdisjoint(_saids(file))]


def heed_others(files: Files, build: Build, config: MkDocsConfig) -> list[str]:
    """Take out what other plugins bring of what is withheld, follow the pages that they move, and return what is to be said of both."""
    said = (_take_out(files, brought_back(files, build, config)), moved.follow(moved.moved(files, build.pages)))
    return [sentence for sentence in said if sentence]


def _take_out(files: Files, found: list[File]) -> str:
    """Take these files out of a site, and say so; the sentence names none, for anybody may read what a build says."""
    for file in found:
        files.remove(file)
    if not found:
        return ""
    again = "it is" if len(found) == 1 else "they are"
    return f"Another plugin brings {_counted(found)} into the site; {again} taken out again."


def refuse(found: list[File]) -> None:
    """Raise HandrailError where such files have come when it was settled what the site is made of."""
    if found:
        raise HandrailError(
            f"Another plugin brings {_counted(found)} into the site, and later than they could be taken out. Name it above handrail "
            "under `plugins` in the settings of the site, or do without it."
        )


def _of_others(files: Files, build: Build, config: MkDocsConfig) -> Iterator[File]:
    beside = frozenset(beside_ours(files, build, config))
    for file in files:
        if file.generated_by is None and file.src_dir == config.docs_dir:
            if file.src_uri in beside:
                yield file
        elif file.generated_by != PLUGIN and file.src_dir not in config.theme.dirs:
            yield file


def _place(file: File) -> str:
    return os.path.realpath(file.abs_src_path) if file.abs_src_path else ""


def _saids(file: File) -> Iterator[bytes]:
    try:
        yield _said(file.content_bytes)
    except OSError:  # MkDocs will say so
        return


def _said(raw: bytes | None) -> bytes:
    """Return what stands in a file, however it is laid out."""
    return b" ".join((raw or b"").split())


def _counted(found: list[File]) -> str:
    return f"{count_of(len(found), 'file')} that {'is' if len(found) == 1 else 'are'} withheld"
