"""Runs the program git: never through a shell, never reaching for the network, the same on every machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import weakref
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path

SECONDS = 60.0
"""How long one question may take."""

SHA_1 = 40
"""How many signs an id of git has, unless the repository uses the longer ones of SHA-256."""

_ELSEWHERE = frozenset((
    # Git sets these for its hooks; they would lead away from the repository that the pages lie in.
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GRAFT_FILE", "GIT_INDEX_FILE",
    "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
    # And these would change what a path means.
    "GIT_GLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_LITERAL_PATHSPECS", "GIT_NOGLOB_PATHSPECS",
))  # fmt: skip
_PINNED = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    # A clone without the former texts would fetch them one by one; git has no protocol of this name.
    "GIT_ALLOW_PROTOCOL": "none",
}
_SETTINGS = ("core.quotePath=false", "diff.relative=false", "log.follow=false", "log.showSignature=false")
UNSAID = "so nothing can be said about who wrote a page and when"
_FATAL = re.compile(r"(?:fatal|error): *(.+)")

NO_PROGRAM = f"The program git is not installed here, {UNSAID}."
NO_REPOSITORY = f"The folder of pages lies in no git repository, {UNSAID}."
NO_COMMIT = f"Nothing is committed to git yet, {UNSAID}."
NO_PAGE = f"No page is committed to git yet, {UNSAID}."
SHALLOW = f"This clone lacks the older commits, {UNSAID}; `git fetch --unshallow` brings them."
UNCLEAR = f"What git answered can't be read, {UNSAID}."
_FOREIGN = (
    f"Git doesn't open this repository because its folder belongs to another user, {UNSAID}; "
    "git's setting `safe.directory` allows it."
)
_PARTIAL = f"This clone lacks former texts, {UNSAID}; clone the repository without `--filter`."


class GitError(Exception):
    """Git did not answer; its text is one plain sentence. It never leaves this folder."""


def ask(folder: Path, *arguments: str, seconds: float = SECONDS) -> tuple[int, bytes, str]:
    """Run git in a folder; return its exit code, what it wrote, and what it said about errors."""
    try:
        run = subprocess.run(  # noqa: S603 - no shell, and every argument is ours
            [*_command(folder), *arguments],
            capture_output=True,
            check=False,
            env=_environment(),
            stdin=subprocess.DEVNULL,  # never what somebody types
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise GitError(f"Git took longer than {seconds:g} seconds, {UNSAID}.") from error
    except OSError as error:
        raise GitError(f"The program git can't be run ({error.strerror}), {UNSAID}.") from error
    return run.returncode, run.stdout, run.stderr.decode("utf-8", "replace")


def _command(folder: Path) -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise GitError(NO_PROGRAM)
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent  # an earlier commit may have had a folder that is gone
    return [program, "--no-pager", *settings, "-C", str(folder)]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _ELSEWHERE} | _PINNED


def refusal(said: str) -> str:
    """Return one sentence for what git said when it gave up."""
    if "dubious ownership" in said:
        return _FOREIGN
    if "promisor remote" in said:
        return _PARTIAL
    if "not a git repository" in said:
        return NO_REPOSITORY
    found = _FATAL.search(said)
    words = f" (“{found[1].strip().rstrip('.')}”)" if found else ""
    return f"Git could not read the repository{words}, {UNSAID}."


def blob_id(content: bytes, *, like: str) -> str:
    """Return the id that a file with this content has in a repository whose ids are like that one."""
    whole = b"blob %d\0" % len(content) + content
    return (sha256(whole) if len(like) > SHA_1 else sha1(whole, usedforsecurity=False)).hexdigest()


@dataclass(frozen=True, slots=True)
class GitObject:
    """What git keeps under one id: a commit, a tree or a blob."""

    id: str
    kind: str
    content: bytes


class Blobs:
    """Reads the objects of one repository; one git process answers every question, for as long as this lives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.has_ended = False
        """Whether git gave up, as it does where it would have to fetch what this clone lacks."""

    def read(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the contents of blobs by id, each once; what git can't give is left out."""
        for id_ in dict.fromkeys(ids):
            content = self._content(id_)
            if content is not None:
                yield id_, content

    def _content(self, id_: str) -> bytes | None:
        found = self.object(id_)
        return found.content if found is not None and found.kind == "blob" else None

    def object(self, name: str) -> GitObject | None:
        """Return an object by its id or another name that git has for it; None where git can't give it."""
        if "\n" in name or "\0" in name:
            return None
        try:
            process = self._process or self._begin()
            if process.stdin is None or process.stdout is None:
                return None
            process.stdin.write(f"{name}\n".encode())
            process.stdin.flush()
            line = process.stdout.readline()
            self.has_ended = not line
            words = line.decode("ascii", "replace").split()
            if len(words) != 3 or not words[2].isdecimal():  # noqa: PLR2004 - id, kind and size; else `id missing`
                return None
            content = process.stdout.read(int(words[2]))
            process.stdout.read(1)
        except (GitError, OSError, ValueError):
            self.has_ended = True
            return None
        return GitObject(words[0], words[1], content) if len(content) == int(words[2]) else None

    def _begin(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603 - no shell, and every argument is ours
            [*_command(self._folder), "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        weakref.finalize(self, _end, self._process)
        return self._process


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
