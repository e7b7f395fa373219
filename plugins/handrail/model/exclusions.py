"""What MkDocs leaves out of a site: hidden files, `templates/`, and what `exclude_docs` and `draft_docs` in `mkdocs.yml` name.

The two settings are written as git's ignore files are, and count in the order in which they stand: a line that begins with
an exclamation mark lets in again what one before it leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING, Any

from handrail.errors import SettingsError
from handrail.model.config_names import USUAL

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_TEMPLATES = "templates/"
_FOLDER = re.compile(r"/([^/*?\[\]!\\]+)/")
_UNLESS_TOLD = (".*", f"/{_TEMPLATES}")
"""What MkDocs leaves out unless it is told otherwise."""


class Cause(Enum):
    """Why the site has nothing of a file that lies in the folder of the pages."""

    HIDDEN = auto()
    TEMPLATES = auto()
    EXCLUDED = auto()
    DRAFT = auto()
    SAME_ADDRESS = auto()
    LINK = auto()

    @property
    def is_by_default(self) -> bool:
        """Whether nobody has asked for it."""
        return self in (Cause.HIDDEN, Cause.TEMPLATES)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A file that is left out: why, as the rest of a sentence about it, and what lets it in.

    `by` is what leaves it out, as data: a pattern, a hidden folder, a link, another page.
    """

    cause: Cause
    by: str
    why: str
    hint: str


@dataclass(frozen=True)
class Exclusions:
    """The patterns of both settings, as they are written.

    `beside` are files and folders that are no part of the handbook though they lie in the folder of its pages, such as the records:
    nobody takes them for pages or for files of pages. There are some only where that folder holds the project's own. `config_name` is the file in which a sentence says to change them.
    """

    excluded: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()
    config_name: str = field(default=USUAL, compare=False)

    @property
    def may_let_in_hidden(self) -> bool:
        """Whether a pattern may let in what is hidden: then somebody has to look at it."""
        return any(pattern.startswith("!") for pattern in self.excluded)

    @property
    def folders(self) -> frozenset[str]:
        """The folders that `exclude_docs` leaves out as a whole, by a line that says no more than that: `/node_modules/`."""
        found = (_FOLDER.fullmatch(pattern) for pattern in self.excluded)
        return frozenset(match[1] for match in found if match)

    def why(self, path: str) -> Exclusion | None:
        """Return why MkDocs makes nothing of a file of this path; None where it does."""
        return self._excluded(path) or self._draft(path)

    def adding(self, pattern: str) -> str:
        """Return what to add to the site's settings so that a pattern counts."""
        if self.excluded:
            return f"add the line `{pattern}` to `exclude_docs` in {self.config_name}"
        return f'add this line to {self.config_name}: exclude_docs: "{pattern}"'

    def _excluded(self, path: str) -> Exclusion | None:
        index = self._index(path)
        if index is None:
            return None
        if index >= len(_UNLESS_TOLD):
            pattern = self.excluded[index - len(_UNLESS_TOLD)]
            return Exclusion(
                Cause.EXCLUDED,
                pattern,
                f"is left out by `exclude_docs` in {self.config_name}, with the line `{pattern}`",
                "Move it, or change that line.",
            )
        hidden = _hidden_part(path)
        if hidden:
            what = "is a hidden file" if hidden == path else "lies in a hidden folder"
            pattern = f"!/{hidden}" if "/" in hidden else f"!{hidden}"
            return Exclusion(Cause.HIDDEN, hidden, what, f"To let it in, {self.adding(pattern)}.")
        return Exclusion(
            Cause.TEMPLATES,
            _TEMPLATES,
            "lies in `templates/`, which MkDocs leaves out",
            f"Move it to another folder, or {self.adding(f'!{_TEMPLATES}')}.",
        )

    def _index(self, path: str) -> int | None:
        """Return which pattern leaves a path out, counted from those of MkDocs."""
        if self.excluded:
            checked = self._spec.check_file(path)
            return checked.index if checked.include else None
        # So it is with most handbooks, and asking patterns costs more than all the rest.
        if _hidden_part(path):
            return 0
        return 1 if path.startswith(_TEMPLATES) else None

    def _draft(self, path: str) -> Exclusion | None:
        checked = self._draft_spec.check_file(path) if self.drafts else None
        if checked is None or checked.index is None or not checked.include:
            return None
        pattern = self.drafts[checked.index]
        return Exclusion(
            Cause.DRAFT,
            pattern,
            f"is taken for a draft by `draft_docs` in {self.config_name}, with the line `{pattern}`",
            "Move it, or change that line.",
        )

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        return _compiled((*_UNLESS_TOLD, *self.excluded))

    @cached_property
    def _draft_spec(self) -> GitIgnoreSpec:
        return _compiled(self.drafts)


def read_exclusions(excluded: Any, drafts: Any, config_name: str = USUAL) -> Exclusions:
    """Read both settings, as they are written or as MkDocs has read them; raises SettingsError where a line is no pattern."""
    patterns = (_patterns("exclude_docs", excluded, config_name), _patterns("draft_docs", drafts, config_name))
    return Exclusions(*patterns, config_name=config_name)


def _patterns(setting: str, said: Any, config_name: str) -> tuple[str, ...]:
    lines: Sequence[Any] = (
        said.splitlines()
        if isinstance(said, str)
        else [getattr(pattern, "pattern", "") for pattern in getattr(said, "patterns", ())]
    )
    patterns = tuple(line for line in lines if isinstance(line, str) and line.strip())
    for pattern in patterns:
        try:
            _compiled((pattern,))
        except ValueError as error:
            message = (
                f"{config_name}: the line `{pattern}` under `{setting}` is no pattern; write a path such as drafts/."
            )
            raise SettingsError(message) from error
    return patterns


def _compiled(patterns: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - most handbooks have no such patterns

    return GitIgnoreSpec.from_lines(patterns)


def _hidden_part(path: str) -> str:
    """Return the outermost file or folder on a path whose name begins with a dot; nothing where there is none."""
    if not path.startswith(".") and "/." not in path:
        return ""
    parts = path.split("/")
    at = next(at for at, part in enumerate(parts) if part.startswith("."))
    return "/".join(parts[: at + 1])
