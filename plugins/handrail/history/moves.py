"""Where files went that are no longer at their places, as far as git shows it: committed moves, and those just made.

Git is asked only for the commits that took these files away, whatever the length of the history. A file that was rewritten
while it moved is another one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from handrail.history.git import GitError, ask, blob_id

_RAW = ("--raw", "-z", "-M", "-l1000", "--no-abbrev", "--no-color", "--no-ext-diff", "--relative")
_AS_IT_WAS = "R100"
"""What git says of a file that moved and holds the same."""
_AT_ONCE = 500
"""So many paths are put on one command line."""


@dataclass(frozen=True, slots=True)
class _Change:
    """One file in one difference: its id before, where it was, and where it is, which is the same unless it moved."""

    commit: str
    status: str
    before: str
    source: str
    path: str


@dataclass(frozen=True, slots=True)
class Between:
    """What became of files: where those lie that lay elsewhere, which are new or hold something else, and which are gone."""

    moves: Mapping[str, str]
    touched: Collection[str]
    gone: Collection[str] = ()


def moved(root: Path, gone: Collection[str]) -> Mapping[str, str]:
    """Return where files lie today that were at these paths, counted from `root`; what git shows nothing of is left out."""
    try:
        return _followed(root, gone, _between(root, "HEAD", "").moves, "HEAD", partial(_is_at, root))
    except (GitError, OSError, ValueError):
        return {}


def between(root: Path, base: str, head: str = "") -> Between:
    """Return what became of the files of the commit `base` in the commit `head`, or without one in the folder as it is.

    Paths count from `root`. What was rewritten too much to be known again is followed through the commits that moved it. Where git
    can't tell, nothing is said.
    """
    try:
        found = _between(root, base, head)
        is_at = (
            partial(_is_at, root)
            if not head
            else frozenset(_names(root, "ls-tree", "-r", "--name-only", head)).__contains__
        )
        steps = found.moves if head else {**_between(root, "HEAD", "").moves, **found.moves}
        later = _followed(root, found.gone, steps, head or "HEAD", is_at) if found.gone else {}
        touched = {*found.touched, *(() if head else _unknown(root))}
        return Between({**later, **found.moves}, touched, [path for path in found.gone if path not in later])
    except (GitError, OSError, ValueError):
        return Between({}, frozenset())


def _followed(
    root: Path, gone: Collection[str], steps: Mapping[str, str], revision: str, is_at: Callable[[str], bool]
) -> dict[str, str]:
    """Return where files ended that were at these paths, by steps that are known and by those of commits up to a revision."""
    known = dict(steps)
    asked: set[str] = set()
    while waiting := {end for path in gone if not is_at(end := _end(known, path))} - asked:
        asked |= waiting
        known = dict(_committed(root, waiting, revision)) | known
    ends = {path: _end(known, path) for path in gone}
    return {path: end for path, end in ends.items() if end != path and is_at(end)}


def _is_at(root: Path, path: str) -> bool:
    return os.path.lexists(root / path)


def _end(steps: Mapping[str, str], path: str) -> str:
    """Return the place to which steps lead from a path; where they lead round, one of those."""
    seen = {path}
    while path in steps and steps[path] not in seen:
        path = steps[path]
        seen.add(path)
    return path


def _committed(root: Path, gone: Iterable[str], revision: str) -> Iterator[tuple[str, str]]:
    """Yield the moves by which files went from their places, each by the last commit that took it away."""
    last: dict[str, str] = {}
    paths = sorted(gone)
    for start in range(0, len(paths), _AT_ONCE):
        some = (f":(literal){path}" for path in paths[start : start + _AT_ONCE])
        for change in _changes(
            root, "log", "--no-renames", "--format=tformat:%H", "--diff-filter=D", revision, "--", *some
        ):
            last.setdefault(change.source, change.commit)
    commits = sorted(set(last.values()))
    if commits:
        asked = ("log", "--no-walk=unsorted", "--format=tformat:%H", "--diff-filter=R", *commits)
        for change in _changes(root, *asked):
            if last.get(change.source) == change.commit:
                yield change.source, change.path


def _between(root: Path, base: str, head: str) -> Between:
    """Tell what became of files; in the folder as it is, one that git was not told of has moved if it lies elsewhere unchanged."""
    moves: dict[str, str] = {}
    touched: set[str] = set()
    deleted: dict[str, list[str]] = {}
    for change in _changes(root, "diff", base, *filter(None, (head,))):
        if change.status == "D":
            deleted.setdefault(change.before, []).append(change.source)
        elif change.status != _AS_IT_WAS:
            touched.add(change.path)
        if change.status.startswith("R"):
            moves[change.source] = change.path
    like = next(iter(deleted), "")
    for path in _unknown(root) if deleted and not head else ():
        id_ = blob_id((root / path).read_bytes(), like=like)
        moves.update((source, path) for source in deleted.pop(id_, [])[:1])
    return Between(moves, touched, [path for paths in deleted.values() for path in paths])


def _unknown(root: Path) -> list[str]:
    """Return the files that git doesn't know."""
    return _names(root, "ls-files", "--others", "--exclude-standard")


def _names(root: Path, command: str, *arguments: str) -> list[str]:
    code, out, _ = ask(root, command, "-z", *arguments)
    return list(map(os.fsdecode, out.split(b"\0")[:-1] if code == 0 else ()))


def _changes(root: Path, command: str, *arguments: str) -> Iterator[_Change]:
    """Yield what a difference or a log of them tells; names end in NUL, so that none can confuse it."""
    code, out, _ = ask(root, command, *_RAW, *arguments)
    tokens, commit = iter(out.split(b"\0") if code == 0 else ()), ""
    for token in tokens:
        text = token.lstrip(b"\n")
        if text.startswith(b":"):
            _, _, before, _, status = text.decode("ascii").split()
            source = path = os.fsdecode(next(tokens, b""))
            if status.startswith("R"):
                path = os.fsdecode(next(tokens, b""))
            yield _Change(commit, status, before, source, path)
        elif text:
            commit = text.decode("ascii")
