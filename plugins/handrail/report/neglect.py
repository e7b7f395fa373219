"""What many pages of a folder lack is one neglect, and told as one: "21 procedures with no plan, 19 with no decider"."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from handrail.report.summary import Nouns, counted
from handrail.rules.finding import Finding, Severity
from handrail.words.language import join_words

_SEVERAL = 3
"""So many pages of a folder are several; of fewer, each is told by itself."""
_OF_FOLDERS = ("index.md", "README.md")
_PAGES = ("page", "pages")
_FILES = ("file", "files")


@dataclass(frozen=True, slots=True)
class Neglect:
    """What several pages of one kind in one folder lack; files that are no pages are of the kind with no name."""

    folder: str
    kind: str
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        return min((finding.severity for finding in self.findings), key=list(Severity).index)

    @property
    def rules(self) -> list[str]:
        """The rules that found it, each by code and name."""
        return sorted({f"{finding.rule} {finding.name}" for finding in self.findings})

    def sentence(self, nouns: Nouns | None = None) -> str:
        """Say how many of the pages lack what, that which most of them lack first."""
        lacking: dict[str, set[str]] = defaultdict(set)
        for finding in self.findings:
            lacking[finding.neglect].add(finding.path)
        together: dict[int, list[str]] = defaultdict(list)
        for lack, paths in lacking.items():
            together[len(paths)].append(lack)
        first, *others = sorted(together, reverse=True)
        noun = (nouns or {}).get(self.kind, _PAGES) if self.kind else _FILES
        said = [f"{counted(first, *noun)} with {join_words(together[first])}"]
        return ", ".join([*said, *(f"{number} with {join_words(together[number])}" for number in others)]) + "."


def by_folder(findings: Iterable[Finding]) -> tuple[list[Neglect], list[Finding]]:
    """Return what is one neglect over several pages of a folder, and the findings that are told one by one.

    Errors are told one by one, and files that no page uses as one neglect of the whole handbook.
    """
    alike: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.neglect and finding.severity is not Severity.ERROR:
            folder = _folder(finding.path) if finding.kind else ""
            alike[folder, finding.kind].append(finding)
    many = [
        Neglect(folder or _common(found), kind, tuple(found))
        for (folder, kind), found in sorted(alike.items())
        if len({one.path for one in found}) >= _SEVERAL
    ]
    told = {id(finding) for neglect in many for finding in neglect.findings}
    return many, [finding for finding in findings if id(finding) not in told]


def _folder(path: str) -> str:
    """Return the folder in which a page is one of several: one that stands for its folder is so in the folder above."""
    folder, name = posixpath.split(path)
    return posixpath.dirname(folder) if name in _OF_FOLDERS else folder


def _common(findings: Iterable[Finding]) -> str:
    """Return the folder that holds everything of which something was found."""
    return posixpath.commonpath([posixpath.dirname(finding.path) for finding in findings]) or "."
