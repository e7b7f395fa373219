"""Measures what decides whether a page is a procedure on the labelled pages: python -m tests.benchmarks.procedures GITDIR […].

Each GITDIR is a git directory of a handbook, whose pages are known by the digests of their paths and bytes in
`tests/edit/adopt/procedures.tsv`; nothing of them is kept. Three numbers matter: what `--yes` writes, what comes of it where somebody takes
every answer that is proposed, and where somebody answers. Each comes with Wilson's interval.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import click

from handrail.edit.adopt.steps.procedures import plan
from handrail.measures.intervals import wilson
from handrail.model.files import Files
from handrail.model.handbook import Handbook
from handrail.text.source import read_source
from tests.model.building import handbook

_LABELS = Path(__file__).resolve().parents[1] / "edit/adopt/procedures.tsv"
_ENDING = re.compile(r"(?:\.html)?\.md(?:\.erb)?$")
_DIGITS = 16


class Labelled(NamedTuple):
    """A page of a handbook as a person judged it, and what the step makes of it; `is_likely` is what it proposes where it asks."""

    handbook: str
    is_clear: bool
    is_procedure: bool
    is_sure: bool
    is_asked: bool
    is_likely: bool

    @property
    def is_proposed(self) -> bool:
        return self.is_sure or self.is_likely

    @property
    def is_answered(self) -> bool:
        """What comes of it where a person answers."""
        return self.is_procedure if self.is_asked else self.is_sure


def labelled(git_dirs: list[str]) -> Iterator[Labelled]:
    """Yield the labelled pages of these handbooks."""
    with _LABELS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        labels = {(row["path"], row["content"]): row for row in rows}
    for git_dir in git_dirs:
        pages = {
            _ENDING.sub(".md", path): (path, _git(git_dir, "cat-file", "blob", blob)) for path, blob in _files(git_dir)
        }
        found = plan(_handbook({src_uri: raw for src_uri, (_, raw) in pages.items()}), "")
        sure = {edit.src_uri for edit in found.edits}
        asked = {question.yes[0].src_uri: question.is_likely for question in found.questions}
        for src_uri, (path, raw) in pages.items():
            row = labels.get((_digest(path.encode()), _digest(raw)))
            if row is not None:
                judged = (row["sureness"] == "clear", row["label"] == "procedure")
                yield Labelled(row["handbook"], *judged, src_uri in sure, src_uri in asked, asked.get(src_uri, False))


def _handbook(pages: dict[str, bytes]) -> Handbook:
    empty = handbook({})
    sources = {src_uri: read_source(raw) for src_uri, raw in pages.items()}
    return Handbook(empty.project, empty.kinds, empty.today, Files(pages=list(sources)), sources)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:_DIGITS]


def _files(git_dir: str) -> Iterator[tuple[str, str]]:
    for entry in _git(git_dir, "ls-tree", "-r", "-z", "HEAD").split(b"\0"):
        about, _, path = entry.decode("utf-8", "surrogateescape").partition("\t")
        if _ENDING.search(path):
            yield path, about.split()[2]


def _git(git_dir: str, *command: str) -> bytes:
    return subprocess.run(["git", "--git-dir", git_dir, *command], check=True, capture_output=True).stdout


def told(pages: list[Labelled], found: Callable[[Labelled], bool]) -> str:
    """Return precision and recall of what was found."""
    hits = sum(found(page) and page.is_procedure for page in pages)
    return f"precision {_share(hits, sum(map(found, pages)))}  recall {_share(hits, sum(page.is_procedure for page in pages))}"


def _share(met: int, whole: int) -> str:
    low, high = wilson(met, whole)
    return f"{met}/{whole} = {met / max(whole, 1):.2f} [{low / 100:.2f}, {high / 100:.2f}]"


def main() -> None:
    """Print the measures of each handbook that is there, and of all."""
    pages = list(labelled(sys.argv[1:]))
    names = sorted({page.handbook for page in pages})
    groups = [(f"handbook {name}", [page for page in pages if page.handbook == name]) for name in names]
    groups += [("all", pages), ("all that were clear", [page for page in pages if page.is_clear])]
    for name, some in groups:
        click.echo(f"{name}: {len(some)} pages, {sum(page.is_asked for page in some)} questions")
        click.echo(f"  with --yes   {told(some, lambda page: page.is_sure)}")
        click.echo(f"  as proposed  {told(some, lambda page: page.is_proposed)}")
        click.echo(f"  as answered  {told(some, lambda page: page.is_answered)}")


if __name__ == "__main__":
    main()
