"""Where each forge reads who reviews a change, and what it takes for a pattern and for a handle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handrail.forge.forge import Forge, style_of
from handrail.model.maintainers import PERSON, TEAM
from handrail.model.project import Project

_NAME = "CODEOWNERS"
_MEANS_MORE = frozenset(".+()|[]{}^$")
_PIECES = re.compile(r"\*\*/|\*|\?|\\.|.", re.DOTALL)
_REGEX = {"**/": "(.*/)?", "*": "[^/]*", "?": "."}


@dataclass(frozen=True, slots=True)
class Host:
    """A forge: its name, the folder of its own files, and the files beside that which decide what a build does."""

    name: str
    folder: str
    builds: tuple[str, ...] = ()
    person: re.Pattern[str] = PERSON
    team: re.Pattern[str] = TEAM
    reads_own_folder_first: bool = False
    takes_regex: bool = False
    has_sections: bool = False

    @property
    def file(self) -> str:
        """Return where it reads who reviews a change, by path from the repository's root."""
        return f"{self.folder}/{_NAME}"

    @property
    def elsewhere(self) -> tuple[str, str]:
        """Return where it looks too; it heeds one file only."""
        return _NAME, f"docs/{_NAME}"

    def pattern(self, pattern: str) -> str:
        """Return a pattern as this forge reads it, from one as GitHub does."""
        return _as_regex(pattern) if self.takes_regex else pattern


GITHUB = Host("GitHub", ".github", reads_own_folder_first=True)
_HOSTS = {
    "github": GITHUB,
    "gitlab": Host(
        "GitLab",
        ".gitlab",
        (".gitlab-ci.yml",),
        re.compile(r"@?[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}"),
        re.compile(r"@?[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]+)*"),
        has_sections=True,
    ),
    "gitea": Host("Gitea", ".gitea", takes_regex=True),
}


def host_of(project: Project) -> Host:
    """Return the forge of a project; GitHub, where its settings tell none."""
    forge = Forge.of(project.repo_url, project.edit_uri)
    return host_of_style(forge.style if forge is not None else style_of(project.repo_url) or "github")


def host_of_style(style: str) -> Host:
    """Return a forge by its style: github, gitlab or gitea."""
    return _HOSTS[style]


def _as_regex(pattern: str) -> str:
    """Return what fits the same files as a regular expression, in which a backslash is written twice."""
    if not pattern.startswith("/"):
        return ".*"
    below = ".*" if pattern.endswith("/") else ""
    pieces = (
        _REGEX.get(piece) or (f"\\\\{piece}" if piece in _MEANS_MORE else piece)
        for piece in _PIECES.findall(pattern[1:])
    )
    return "".join(pieces) + below
