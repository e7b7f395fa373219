"""What MkDocs has made of a build: where each page went, and who made each file of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel

from handrail.build.artefacts import Artefacts
from handrail.build.build import Build
from handrail.build.manifest import HANDBOOK, HANDRAIL, OTHERS, THEME, Manifest, digest_of_home


def manifest_of(files: Files, made: Artefacts, config: MkDocsConfig, build: Build) -> Manifest:
    """Return the manifest of a finished build."""
    site = Path(config.site_dir)
    there = frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    makers = {file: maker for file, maker in _makers(files, made, config) if file in there}
    places = {
        file.src_uri: file.dest_uri
        for file in files
        if file.src_dir == config.docs_dir and file.inclusion is not InclusionLevel.EXCLUDED and file.dest_uri in there
    }
    return Manifest(
        config.site_url or "",
        places,
        {**dict.fromkeys(sorted(there), OTHERS), **makers},
        digest_of_home(site),
        build.left_out,
    )


def _makers(files: Files, made: Artefacts, config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    folders = {str(Path(folder)) for folder in config.theme.dirs}
    for file in files:
        maker = THEME if file.src_dir in folders else HANDBOOK if file.src_dir == config.docs_dir else file.generated_by
        yield file.dest_uri, maker or OTHERS
    yield from ((place, HANDRAIL) for place in made.by_place)
    yield from ((name, THEME) for name in (*config.theme.static_templates, *config.extra_templates))
