"""Where the one thing is done that makes a measure known: an address of the web, or one relative to the site."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from handrail.model.generated import Made
from handrail.model.handbook import Handbook


def to_made(handbook: Handbook, made: Made) -> str:
    """Return the address of a page that Handrail makes."""
    return handbook.settings.generated.url(made, directories=handbook.project.use_directory_urls)


def to_settings(handbook: Handbook) -> str:
    """Return where the settings are edited on the web, as pages are; where that is not known, that of the list of all procedures."""
    return to_file(handbook, handbook.project.config_file)


def to_file(handbook: Handbook, file: Path) -> str:
    """Return where a file beside the pages is edited on the web; where that is not known, the address of the list of all procedures."""
    project = handbook.project
    from_pages = Path(os.path.relpath(file, project.docs_dir)).as_posix()
    pages = urljoin(f"{project.repo_url}/", f"{project.edit_uri.rstrip('/')}/")
    is_known = project.repo_url and project.edit_uri and urlsplit(pages).scheme in ("http", "https")
    return urljoin(pages, from_pages) if is_known else to_made(handbook, Made.CONTENTS)
