"""Which program makes the sites of the tests: MkDocs, or ProperDocs where the variable SITE_ENGINE says so.

ProperDocs stands in for every module of MkDocs, once it is asked to and before anything imports one.
"""

from __future__ import annotations

import os
from importlib import import_module

MKDOCS, PROPERDOCS = "mkdocs", "properdocs"
ENGINE = os.environ.get("SITE_ENGINE", MKDOCS)


def take() -> None:
    """Let the modules of the engine be those that are imported as MkDocs' from now on; raises ValueError for one that nobody knows."""
    if ENGINE not in (MKDOCS, PROPERDOCS):
        message = f"SITE_ENGINE is {ENGINE!r}: it may be {MKDOCS} or {PROPERDOCS}"
        raise ValueError(message)
    if ENGINE == PROPERDOCS:
        import_module("properdocs.replacement")
