"""The logs of the engine that runs: MkDocs', or those of ProperDocs, whose modules stand in their place under names of their own."""

from __future__ import annotations

import logging

from mkdocs.commands.build import build

OF_BUILDS = logging.getLogger(build.__module__)
"""What the engine says of the course of a build."""
OF_THE_ENGINE = logging.getLogger(build.__module__.partition(".")[0])
"""All that it says, and what plugins say to it."""
OURS = logging.getLogger("mkdocs.plugins.handrail")
