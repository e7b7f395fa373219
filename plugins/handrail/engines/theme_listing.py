"""Has MkDocs list a theme's files without those that it takes none of: Material brings 14,000 icons, and each build looked at all of them."""

from __future__ import annotations

import os

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig


class _Listing(FileSystemLoader):
    """Lists files but for those in hidden folders, which MkDocs leaves out by their names; whoever asks for one gets it."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for top in self.searchpath:
            for place, folders, names in os.walk(top, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                inside = os.path.relpath(place, top).replace(os.sep, "/")
                found.update(names if inside == "." else (f"{inside}/{name}" for name in names))
        return sorted(found)


def list_none_hidden(config: MkDocsConfig) -> None:
    """Have the builds of a site with this configuration do so."""
    made = config.theme.get_env

    def get_env() -> Environment:
        env = made()
        if type(env.loader) is FileSystemLoader:
            env.loader = _Listing(env.loader.searchpath, env.loader.encoding, env.loader.followlinks)
        return env

    config.theme.get_env = get_env  # type: ignore[method-assign]
