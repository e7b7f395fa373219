"""The handbook as it stood at a commit, from git alone: nothing is checked out, and each content is parsed once.

**What is that commit's:** where its pages lay (`docs_dir` of its own `mkdocs.yml`), its pages, and the files beside them. **What
is today's:** the schemas, every other setting (`nav` and `exclude_docs` among them), the theme's files, `records/`, and
whatever else lies beside `mkdocs.yml`.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from handrail.faults import fault
from handrail.history.git import Blobs, GitError, blob_id
from handrail.history.repository import Checkout, read_history
from handrail.history.root import checkout_of, history_read
from handrail.history.texts import Texts
from handrail.history.trees import Folders, TreeContents, Trees, UnreadableTreeError
from handrail.model.config_names import names_over_time
from handrail.model.files import Files, What
from handrail.model.handbook import Handbook
from handrail.model.project import Project, values_in
from handrail.text.source import MOST_BYTES, Source, failed_source, read_source

_DEFAULT_FOLDER = "docs"
_MOST_INHERITED = 10
_SHORT = 7  # digits of an id, as git shows it
_PARTIAL = "This clone lacks former texts; clone the repository without `--filter`."


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A commit at which there is no handbook that can be read, and why, in one sentence."""

    commit: str
    why: str


@dataclass(frozen=True)
class Snapshot:
    """What a commit holds of a handbook: `blobs` has the ids of its pages and files by their paths in the folder of pages.

    `prefix` leads from the repository's root to that folder and is empty or ends in `/`.
    """

    commit: str
    project: Project
    prefix: str
    files: Files
    blobs: Mapping[str, str]
    sources: Mapping[str, Source]


class _UnreadableError(Exception):
    """Why a commit holds no handbook that can be read, as the rest of a sentence about it."""


def handbook_at(handbook: Handbook, commit: str, today: date | None = None) -> Handbook | Unreadable:
    """Return a handbook as it stood at a commit, judged on the same day unless another is given; never raises.

    `commit` is an id or whatever else git takes for one, such as `HEAD~3`. What it knows of its past is the past of that commit.
    Who asks for several asks a `Timeline`.
    """
    return Timeline(handbook).at(commit, today)


class Timeline:
    """A handbook at other commits of its repository; what several of them hold is read and parsed once."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        history = history_read(handbook)
        self._blobs = history.blobs if history is not None else Blobs(handbook.project.root)
        self._trees = Trees(self._blobs)
        self._folders = Folders(self._trees, handbook.project.exclusions)

    @cached_property
    def checkout(self) -> Checkout:
        """Where the repository stands; its prefix leads to the folder of `mkdocs.yml`. Raises GitError."""
        return checkout_of(self._handbook)

    def at(self, commit: str, today: date | None = None) -> Handbook | Unreadable:
        """Return the handbook at a commit, with the past of that commit."""
        found = self.snapshot(commit)
        if isinstance(found, Unreadable):
            return found
        book = self._handbook
        checkout = replace(self.checkout, head=found.commit, prefix=os.fsencode(found.prefix))

        def look_back(then: Handbook) -> Texts:
            return Texts(read_history(found.project.docs_dir, checkout=checkout), then)

        return Handbook(found.project, book.kinds, today or book.today, found.files, found.sources, look_back)

    def snapshot(self, commit: str) -> Snapshot | Unreadable:
        """Return what a commit holds of the handbook; never raises."""
        try:
            return self._snapshot(commit)
        except GitError as error:
            return Unreadable(commit, str(error))
        except _UnreadableError as error:
            return Unreadable(commit, f"In the commit {commit[:_SHORT]} {error}.")
        except UnreadableTreeError:
            return Unreadable(commit, _PARTIAL)

    def _snapshot(self, commit: str) -> Snapshot:
        home = os.fsdecode(self.checkout.prefix)
        found = self._blobs.object(f"{commit}^{{commit}}")
        whole = self._blobs.object(f"{commit}^{{tree}}")
        if found is None or whole is None:
            raise GitError(_PARTIAL if self._blobs.has_ended else f"This clone has no commit {commit[:_SHORT]}.")
        project = self._handbook.project
        name = self._docs_dir(whole.id, self._config_at(whole.id, home), 0)
        docs = posixpath.normpath(posixpath.join(home, name))
        there = self._trees.at(whole.id, docs) if not docs.startswith(("/", "..")) else None
        if there is None or there[0] is not What.FOLDER:
            raise _UnreadableError(f"the folder `{name}` of the pages is not there")
        lying = self._folders.below(there[1])
        files, blobs = lying.files, lying.blobs
        files.contents = TreeContents(self._trees, there[1], blobs)
        return Snapshot(
            found.id,
            replace(project, docs_dir=project.root / name),
            "" if docs == "." else f"{docs}/",
            files,
            blobs,
            self._sources(files.pages, list(map(blobs.__getitem__, files.pages))),
        )

    # Where the pages lay

    def _config_at(self, tree: str, home: str) -> str:
        """Return the path of the settings, by the name that they had there; by that of today where there were none."""
        names = names_over_time(self._handbook.project.config_file.name)
        places = [posixpath.normpath(posixpath.join(home, name)) for name in names]
        return next((place for place in places if self._trees.at(tree, place) is not None), places[0])

    def _docs_dir(self, tree: str, path: str, depth: int) -> str:
        """Return the folder of the pages as `mkdocs.yml`, or what it inherits from, named it."""
        name = posixpath.basename(path)
        there = self._trees.at(tree, posixpath.normpath(path)) if not path.startswith(("/", "..")) else None
        raw = self._raw(there[1]) if there is not None and there[0] is What.FILE else None
        if raw is None:
            raise _UnreadableError(f"there is no `{name}`" + (" that is inherited from" if depth else ""))
        said = values_in(raw.decode("utf-8-sig", "replace"))
        if said is None:
            raise _UnreadableError(f"`{name}` can't be read")
        folder, inherited = said.get("docs_dir"), said.get("INHERIT")
        if isinstance(folder, str):
            return folder
        if folder is not None:
            raise _UnreadableError(f"`docs_dir` in `{name}` is no name of a folder")
        if inherited is None:
            return _DEFAULT_FOLDER
        if not isinstance(inherited, str) or depth == _MOST_INHERITED:
            raise _UnreadableError(f"`INHERIT` in `{name}` leads to no file")
        return self._docs_dir(tree, posixpath.normpath(posixpath.join(posixpath.dirname(path), inherited)), depth + 1)

    def _raw(self, blob: str) -> bytes | None:
        return next((content for _, content in self._blobs.read([blob])), None)

    # Pages

    def _sources(self, paths: Sequence[str], blobs: Sequence[str]) -> dict[str, Source]:
        """Return the pages of a commit by path, parsed once by content."""
        wanted = dict.fromkeys(blobs)
        for blob, source in self._parse(wanted.keys() - self._kept.keys()):
            self._kept[blob] = source
        missing = wanted.keys() - self._kept.keys()
        if missing:
            raise UnreadableTreeError(min(missing))
        return dict(zip(paths, map(self._kept.__getitem__, blobs), strict=True))

    def _parse(self, blobs: Iterable[str]) -> Iterator[tuple[str, Source]]:
        for blob, raw in self._blobs.read(blobs):
            try:
                yield blob, read_source(raw[: MOST_BYTES + 1])
            except Exception as error:  # noqa: BLE001 - a fault of ours at one page must not keep the others from being read
                yield blob, failed_source(fault(error))

    @cached_property
    def _kept(self) -> dict[str, Source]:
        """Every content that was parsed, by its id in git; those of today's pages to begin with."""
        like = self.checkout.head
        sources = (page.source for page in self._handbook.pages if page.source.readable)
        # An id proves the whole content, so that a text which was stored otherwise is just parsed once more.
        return {blob_id(source.text.encode(errors="surrogateescape"), like=like): source for source in sources}
