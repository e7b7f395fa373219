"""The files of a commit, brought out into a folder of their own, so that a handbook is read from them as from any folder.

A timeline judges the past by today's settings, and reads from git what it needs. Here a commit is judged by its own: settings,
schemas, what these inherit from and name, records and templates. Whatever reads these reads a folder, and so does a check of
that commit; by the same readers nothing can come out otherwise.

Git's own ways to write a folder run what a repository asks for: filters, hooks, line ends, attributes that leave files out.
Here the very bytes are written that the commit holds, and nothing of it is run. Links stay links, but none leads out of the
folder; what belongs to other repositories is left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from handrail.errors import HandrailError, SchemaError, SettingsError, UsageError
from handrail.history.commits import Commits, short
from handrail.history.git import Blobs
from handrail.history.repository import Checkout, read_history
from handrail.history.texts import Texts
from handrail.history.trees import Trees, UnreadableTreeError
from handrail.model.config_names import names_over_time
from handrail.model.files import What, read_whole
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, load_kinds
from handrail.model.project import Project, load_project

_NOT_WRITTEN = frozenset(("", ".", "..", ".git"))


@dataclass(frozen=True, slots=True)
class BroughtOut:
    """A commit whose files lie in `folder`, which stands for the root of the repository."""

    commits: Commits
    commit: str
    folder: Path

    def project(self) -> Project:
        """Read the commit's own settings; raises SettingsError where they can't be used."""
        config = _named_there(self.folder, self.commits.config)
        if config is None:
            raise SettingsError(
                f"The commit {short(self.commit)} has no {self.commits.config}, so there is no handbook at that place to compare with."
            )
        try:
            project = load_project(self.folder / config)
        except SettingsError as error:
            raise SettingsError(self._as_it_has_it(error)) from error
        if not project.docs_dir.is_relative_to(self.folder):
            raise SettingsError(
                f"As the commit {short(self.commit)} has it, {config.name} names a folder of pages outside of the "
                "repository, of which git knows nothing."
            )
        # By this path git knows what the settings were before.
        return replace(project, config_file=self.commits.root / self.commits.config)

    def _as_it_has_it(self, error: HandrailError) -> str:
        # Nobody knows the folder in which its files lie for this while.
        return f"As the commit {short(self.commit)} has it, {error}".replace(f"{self.folder}{os.sep}", "")

    def kinds(self, project: Project) -> dict[str, Kind]:
        """Compile the commit's own kinds; raises SchemaError where one can't be used."""
        try:
            return load_kinds(project.root)
        except SchemaError as error:
            raise SchemaError(self._as_it_has_it(error)) from error

    def look_back(self, handbook: Handbook) -> Texts:
        """Return a handbook's past as it was when the commit was the newest."""
        inside = handbook.project.docs_dir.relative_to(self.folder)
        prefix = b"" if inside == Path() else os.fsencode(inside.as_posix()) + b"/"
        checkout = Checkout(self.commit, shallow=False, prefix=prefix)
        return Texts(read_history(self.commits.root / inside, checkout=checkout), handbook)


@contextmanager
def brought_out(commits: Commits, commit: str) -> Iterator[BroughtOut]:
    """Let a commit's files lie in a folder for a while: those of the handbook's, and all where its settings lead out of it.

    Raises UsageError where the clone lacks one of them.
    """
    with TemporaryDirectory(prefix="handrail-", ignore_cleanup_errors=True) as folder:
        place = Path(folder).resolve()
        above = commits.config.parent
        under = "" if above == PurePosixPath() else f"{above}/"
        try:
            _write(commits, commit, place, lambda path: path.startswith(under))
            config = _named_there(place, commits.config)
            if under and config is not None and _leads_out(place / config):
                _write(commits, commit, place, lambda path: not path.startswith(under))
        except UnreadableTreeError as error:
            raise UsageError(
                f"This clone lacks files of the commit {short(commit)}; clone the repository without `--filter`."
            ) from error
        yield BroughtOut(commits, commit, place)


def _named_there(folder: Path, config: PurePosixPath) -> PurePosixPath | None:
    """Return the path of the settings by the name that they have in this folder; None where it has none."""
    named = (config.with_name(name) for name in names_over_time(config.name))
    return next((path for path in named if (folder / path).is_file()), None)


def _leads_out(config_file: Path) -> bool:
    """Say whether a configuration may name what lies outside of its own folder."""
    with suppress(OSError):
        return b".." in read_whole(config_file)
    return False


def _write(commits: Commits, commit: str, folder: Path, is_wanted: Callable[[str], bool]) -> None:
    """Write a commit's files; links come last, so that nothing is written through one."""
    tree = commits.blobs.object(f"{commit}^{{tree}}")
    if tree is None:
        raise UnreadableTreeError(commit)
    listed = [one for one in _files(commits.trees, tree.id, "") if is_wanted(one[0])]
    for path, what, id_ in listed:
        if what is What.FILE:
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_content(commits.blobs, id_))
    links = [
        (folder / path, os.fsdecode(_content(commits.blobs, id_))) for path, what, id_ in listed if what is What.LINK
    ]
    for link, _ in links:
        link.parent.mkdir(parents=True, exist_ok=True)
    for link, target in links:
        with suppress(OSError, ValueError):
            link.symlink_to(target)
    for link, _ in links:
        if link.is_symlink() and not _stays_in(link, folder):
            link.unlink()
            link.symlink_to(link.name)  # a link all the same, which leads nowhere


def _files(trees: Trees, tree: str, prefix: str) -> Iterator[tuple[str, What, str]]:
    """Yield what lies in and below a tree but folders: its path, what it is, and its id; no path leads out of the tree."""
    for name, what, id_ in trees.below(tree):
        if name in _NOT_WRITTEN or os.sep in name or (os.altsep is not None and os.altsep in name):
            continue
        if what is What.FOLDER:
            yield from _files(trees, id_, f"{prefix}{name}/")
        else:
            yield f"{prefix}{name}", what, id_


def _content(blobs: Blobs, id_: str) -> bytes:
    found = blobs.object(id_)
    if found is None or found.kind != "blob":
        raise UnreadableTreeError(id_)
    return found.content


def _stays_in(link: Path, folder: Path) -> bool:
    try:
        return link.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # it leads round in a circle
        return True
