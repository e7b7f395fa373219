"""Reads a handbook's history: every commit that touched a page, by the page's path today.

**Merges.** A commit on a branch is read like any other, so that a text has its own author and day, not those of
whoever merged it; following first parents would lose both. Of a merge itself only pages are read that differ from all
its parents (`-c`): there the merge made a text that stood nowhere before. Comparing with each parent (`-m`) would
report every page of a branch twice.

**Days.** A commit's day is its author's (`%as`), in the author's own time zone: the day on which the text was written,
as a sign-off's date is the day on which someone signed. The committer's day moves with every rebase, and would make a
text younger than its signatures. Either can be set by hand: git records what it is told.

**Moves.** All pages of the repository are read, for a page may have come from outside today's folder, and whatever else
lies in that folder. Where a page was deleted and came back, what stood at its path before is its history too.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path

from handrail.history import git
from handrail.history.git import GitError, ask
from handrail.model.dates import parse_day
from handrail.model.gitfacts import Author, GitFacts, PageFacts
from handrail.text.source import SUFFIXES

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FORMAT = "%H%n%as%n%cs%n%aI%n%aN%n%aE%n%(trailers:key=Co-authored-by,valueonly,unfold)"
_FILE = b"100"
_MOST_MOVES = 1000
"""How many moved pages of one commit, changed at the same time, are told from new ones; moved as they were, all are."""

_LOG = (
    "log", "-z", "--raw", "-c", "-M", f"-l{_MOST_MOVES}", "--no-abbrev", "--no-color", "--no-decorate",
    "--no-ext-diff", "--encoding=UTF-8",
    # No commit before its children, and none left out, be it of no page: where each stands among the others counts.
    "--full-history", "--sparse", "--author-date-order",
    f"--format=tformat:{_FORMAT}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit; `authors` begins with its author, whom `Co-authored-by` may follow.

    `time` is when it was written, as RFC 3339 writes it with the author's time zone, empty where that can't be read.
    """

    id: str
    day: date
    authors: tuple[Author, ...]
    time: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """What stood in a page after a commit, and at which path in the repository.

    `wrote` is false where the commit only moved the page or merged others' texts.
    """

    commit: Commit
    blob: str
    wrote: bool
    path: str


@dataclass(frozen=True)
class History:
    """A handbook's history: `revisions` of pages by path in their folder, newest first, as far as this clone has them.

    `files` are those of whatever else lies there, `outside` those of pages elsewhere in the repository, by path in it. `order` numbers the commits, the newest with 0. `reason` says why nothing
    is proved by it, and is empty where something is. `head` is the commit that was read. `prefix` leads from the
    repository's root to the folder and is empty or ends in `/`.
    """

    folder: Path
    head: str = ""
    shallow: bool = False
    reason: str = ""
    revisions: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    prefix: str = ""
    files: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    outside: Mapping[str, tuple[Revision, ...]] = field(default_factory=dict)
    order: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def blobs(self) -> git.Blobs:
        """Reads what stood in pages and files."""
        return git.Blobs(self.folder)

    def changes_of(self, *files: Path) -> list[tuple[str, str, str]]:
        """Return which commits changed files that lie anywhere, newest first, each with a name and the blob that it left there.

        Of a merge, what it took from each side. git is asked once for the same files.
        """
        if files not in self._changes:
            asked = (
                "--author-date-order",
                "--format=%H",
                "--raw",
                "--no-abbrev",
                "--no-renames",
                "--full-history",
                "-m",
            )
            try:
                _, out, _ = ask(self.folder, "log", *asked, self.head or "HEAD", "--", *map(str, files))
            except GitError:
                out = b""
            self._changes[files] = list(_changes(out.decode("utf-8", "replace")))
        return self._changes[files]

    @cached_property
    def _changes(self) -> dict[tuple[Path, ...], list[tuple[str, str, str]]]:
        return {}

    @property
    def root(self) -> Path | None:
        """The root of the repository; None where nothing is known of one."""
        if not self.head:
            return None
        place = self.folder.resolve()
        return place.parents[len(Path(self.prefix).parts) - 1] if self.prefix else place

    def contents(self, path: str) -> list[tuple[Revision, bytes]] | None:
        """Return the revisions of a page with what stood in it, oldest first, or None where git can't give them all."""
        revisions = self.revisions.get(path, ())
        found = dict(self.blobs.read(revision.blob for revision in revisions))
        if any(revision.blob not in found for revision in revisions):
            return None
        return [(revision, found[revision.blob]) for revision in reversed(revisions)]

    def successor(self, path: str, commit: str) -> str | None:
        """Return the commit by which what stood at a path in the repository became another; None where it is the newest."""
        known = self._by_path.get(path, ())
        today = next((today for _, today, revision in known if revision.commit.id == commit), None)
        revisions = self.revisions.get(today, ()) if today is not None else ()
        at = next((at for at, one in enumerate(revisions) if one.path == path and one.commit.id == commit), 0)
        return revisions[at - 1].commit.id if at else None

    def standing(self, path: str, content: bytes) -> Revision | None:
        """Return the newest revision of a page, if that is what stands in it now; None where it was changed since."""
        newest = next(iter(self.revisions.get(path, ())), None)
        if newest is None or newest.blob != git.blob_id(content, like=newest.blob):
            return None
        return newest

    def at(self, path: str, place: int) -> tuple[str, Revision] | None:
        """Return what stood at a path in the repository at a place in the order of commits, and where it stands today.

        That is a path in the folder of pages. Commits on branches stand in the order of their days. None where nothing stood
        there, or git can't tell.
        """
        known = self._by_path.get(path, ())
        return next(((today, revision) for since, today, revision in known if since >= place), None)

    @cached_property
    def _by_path(self) -> dict[str, list[tuple[int, str, Revision]]]:
        """What stood at each path in the repository, newest first, each with its commit's place in the order."""
        found: dict[str, list[tuple[int, str, Revision]]] = defaultdict(list)
        for listed in (self.revisions, self.files, self.outside):
            for today, revisions in listed.items():
                for revision in revisions:
                    found[revision.path].append((self.order.get(revision.commit.id, 0), today, revision))
        for revisions_there in found.values():
            revisions_there.sort(key=lambda one: one[0])
        return found

    def until(self, commit: str, prefix: str) -> History:
        """Return what of it happened up to a commit, by the paths at which things stood then; `prefix` led to the folder of pages."""
        place = self.order.get(commit, len(self.order))
        found: dict[str, tuple[Revision, ...]] = {}
        for revisions in chain(self.revisions.values(), self.files.values(), self.outside.values()):
            # The newest come first.
            if kept := tuple(one for one in revisions if self.order.get(one.commit.id, 0) >= place):
                found.setdefault(kept[0].path, kept)
        inside = {path.removeprefix(prefix): kept for path, kept in found.items() if path.startswith(prefix)}
        then = replace(
            self,
            head=commit,
            prefix=prefix,
            revisions={path: kept for path, kept in inside.items() if path.lower().endswith(SUFFIXES)},
            files={path: kept for path, kept in inside.items() if not path.lower().endswith(SUFFIXES)},
            outside={path: kept for path, kept in found.items() if not path.startswith(prefix)},
        )
        vars(then)["blobs"] = self.blobs  # one process answers for both
        return then

    @cached_property
    def facts(self) -> GitFacts:
        """What rules and views may know of it, without the texts."""
        if self.reason:
            return GitFacts(available=False, shallow=self.shallow, reason=self.reason)
        pages = {path: _facts(revisions) for path, revisions in self.revisions.items()}
        since = min((facts.first_day for facts in pages.values()), default=None)
        return GitFacts(available=True, since=since, pages=pages)


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where a repository stands: `prefix` leads from its root to the folder of pages and is empty or ends in `/`."""

    head: str
    shallow: bool
    prefix: bytes


@dataclass(frozen=True, slots=True)
class _Entry:
    """One page in one commit; `blob` is empty where it was deleted, `source` where it was not moved."""

    path: bytes
    source: bytes
    blob: str
    wrote: bool
    begins: bool


def read_history(folder: Path, seconds: float = git.SECONDS, checkout: Checkout | None = None) -> History:
    """Read the history of the folder of pages up to the commit that is checked out; never raises.

    `checkout` is what `find_checkout` has just said, where somebody has asked it.
    """
    try:
        checkout = checkout or find_checkout(folder)
        code, out, said = ask(folder, *_LOG, checkout.head, "--", *_patterns(checkout.prefix), seconds=seconds)
        if code != 0:
            return History(folder, checkout.head, checkout.shallow, git.refusal(said))
        commits = list(_commits(out))
        followed, outside = _by_page(commits, checkout.prefix)
    except GitError as error:
        return History(folder, reason=str(error))
    except ValueError:
        return History(folder, reason=git.UNCLEAR)
    revisions = {path: listed for path, listed in followed.items() if path.lower().endswith(SUFFIXES)}
    return History(
        folder,
        checkout.head,
        checkout.shallow,
        git.SHALLOW if checkout.shallow else "" if revisions else git.NO_PAGE,
        revisions,
        os.fsdecode(checkout.prefix),
        {path: listed for path, listed in followed.items() if path not in revisions},
        outside,
        {commit.id: place for place, (commit, _) in enumerate(commits)},
    )


def _changes(log: str) -> Iterator[tuple[str, str, str]]:
    """Yield the commits, names and blobs of a raw log."""
    commit = ""
    for line in log.splitlines():
        if line.startswith(":"):
            said, _, path = line.partition("\t")
            yield commit, path.rpartition("/")[2].strip('"'), said.split()[3]
        elif line:
            commit = line


def fingerprint(folder: Path) -> str:
    """Return a short text that changes whenever a history read again might; it costs one small question."""
    try:
        checkout = find_checkout(folder)
    except GitError as error:
        return str(error)
    return f"{checkout.head} {checkout.shallow:d} {checkout.prefix!r}"


def find_checkout(folder: Path) -> Checkout:
    """Return where the repository of a folder stands; raises GitError with the reason where it has no commit."""
    asked = ("--is-inside-work-tree", "--is-shallow-repository", "HEAD^{commit}", "--show-prefix")
    code, out, said = ask(folder, "rev-parse", *asked)
    # The prefix comes last because it may hold anything, even the end of a line.
    inside, _, rest = out.partition(b"\n")
    shallow, _, rest = rest.partition(b"\n")
    head, _, prefix = rest.partition(b"\n")
    if code != 0 and not inside:
        raise GitError(git.refusal(said))
    if inside != b"true":
        raise GitError(git.NO_REPOSITORY)
    if code != 0 or not _ID.fullmatch(head.decode("ascii", "replace")):
        raise GitError(git.NO_COMMIT)
    return Checkout(head.decode(), shallow == b"true", prefix.removesuffix(b"\n"))


def _patterns(prefix: bytes) -> list[str]:
    return [
        f":(top,literal){os.fsdecode(prefix)}" if prefix else ":(top)",
        *(f":(top,icase)*{suffix}" for suffix in SUFFIXES),
    ]


def _commits(out: bytes) -> Iterator[tuple[Commit, list[_Entry]]]:
    """Yield the commits of a log with the pages they touched; fields end in NUL, so that no name can confuse them."""
    tokens = iter(out.split(b"\0"))
    current: tuple[Commit, list[_Entry]] | None = None
    for token in tokens:
        text = token.lstrip(b"\n")
        if text.startswith(b":"):
            if current is None:
                raise ValueError
            current[1].append(_entry(text, tokens))
        elif text:
            if current is not None:
                yield current
            current = _commit(text.decode("utf-8", "replace")), []
    if current is not None:
        yield current


def _commit(header: str) -> Commit:
    id_, written, committed, time, name, email, *others = header.split("\n")
    # A commit that says no day at all must make nothing older than it is.
    day = parse_day(written) or parse_day(committed) or date.max
    helpers = (_helper(other) for other in others if other.strip())
    return Commit(id_, day, (Author(name.strip(), email.strip()), *helpers), time if _is_time(time) else "")


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _helper(trailer: str) -> Author:
    name, _, email = trailer.partition("<")
    return Author(name.strip(), email.partition(">")[0].strip())


def _entry(raw: bytes, tokens: Iterator[bytes]) -> _Entry:
    """Read one line of `--raw` and the paths after it: modes, blobs and status, with one old side for each parent."""
    parents = len(raw) - len(raw.lstrip(b":"))
    words = raw[parents:].split()
    if len(words) != 2 * parents + 3:
        raise ValueError
    modes, blobs, status = words[: parents + 1], words[parents + 1 : -1], words[-1].decode("ascii")
    source = next(tokens, b"") if parents == 1 and status[0] in "RC" else b""
    path = next(tokens, b"")
    if not path:
        raise ValueError
    # What is no file any more, such as a symbolic link, is no page.
    blob = blobs[-1].decode("ascii") if modes[-1].startswith(_FILE) else ""
    begins = set(status) == {"A"}
    wrote = begins if parents > 1 else blobs[0] != blobs[-1]
    return _Entry(path, source, blob, wrote, begins)


_Followed = dict[str, tuple[Revision, ...]]


def _by_page(commits: Iterable[tuple[Commit, list[_Entry]]], prefix: bytes) -> tuple[_Followed, _Followed]:
    """Follow each page back through its moves; the commits come newest first.

    Those in the folder of pages come by their path there, the others by their path in the repository.
    """
    today: dict[bytes, bytes] = {}  # where what stood at a path, at this point of the way back, stands now
    found: dict[bytes, list[tuple[int, Revision]]] = defaultdict(list)
    begun: set[bytes] = set()
    for index, (commit, entries) in enumerate(commits):
        moves = []
        for entry in entries:
            page = today.get(entry.path, entry.path)
            if entry.blob:
                found[page].append((index, Revision(commit, entry.blob, entry.wrote, os.fsdecode(entry.path))))
            if entry.begins or entry.source:
                begun.add(entry.path)
            if entry.source:
                moves.append((entry.source, page))
        # Pages may change places in one commit, so no move is followed before all of its pages are read.
        for source, page in moves:
            if source not in today and source not in begun and source != page:
                # A branch went on writing at the old path; the merge brought that to the new one.
                found[page] += found.pop(source, [])
            today[source] = page
    inside: _Followed = {}
    outside: _Followed = {}
    for path, listed in sorted(found.items()):
        revisions = tuple(revision for _, revision in sorted(listed, key=lambda one: one[0]))
        if not path.startswith(prefix):
            outside[os.fsdecode(path)] = revisions
        elif revisions and b"/." not in b"/" + path[len(prefix) :]:
            inside[os.fsdecode(path[len(prefix) :])] = revisions
    return inside, outside


def _facts(revisions: tuple[Revision, ...]) -> PageFacts:
    authors: dict[tuple[str, str], Author] = {}
    for revision in reversed(revisions):
        for author in revision.commit.authors if revision.wrote else ():
            authors.setdefault((author.name.casefold(), author.email.casefold()), author)
    return PageFacts(min(revision.commit.day for revision in revisions), tuple(authors.values()))
