"""Which pages the site's own settings leave out of it: `exclude_docs` and `draft_docs`, written as git's ignore files are."""

from __future__ import annotations

from collections.abc import Iterable

from pathspec import GitIgnoreSpec

from handrail.model.project import Project

_ALWAYS = (".*", "/templates/")
"""What MkDocs leaves out unless it is told otherwise."""


def left_out(project: Project, paths: Iterable[str]) -> list[str]:
    """Return those of some paths in the folder of pages that the finished site has no page of."""
    excluded = GitIgnoreSpec.from_lines([*_ALWAYS, *project.exclude_docs.splitlines()])
    drafts = GitIgnoreSpec.from_lines(project.draft_docs.splitlines())
    return [path for path in paths if excluded.match_file(path) or drafts.match_file(path)]
