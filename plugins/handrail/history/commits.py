"""The commits of a repository by the names that people have for them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path, PurePosixPath

from handrail.errors import UsageError
from handrail.history import git
from handrail.history.git import Blobs, GitError, ask
from handrail.history.repository import find_checkout
from handrail.history.root import repository_root
from handrail.history.trees import Trees

_SHORT = 7  # digits of an id, as git shows it


class Commits:
    """The commits of the repository that a handbook lies in; `config` is the path of its `mkdocs.yml` from `root`."""

    def __init__(self, root: Path, config: PurePosixPath) -> None:
        self.root, self.config = root, config
        self.blobs = Blobs(root)

    def find(self, revision: str) -> str:
        """Return the id of the commit that a name stands for; raises UsageError where there is none."""
        found = self.blobs.object(f"{revision}^{{commit}}") if revision else None
        if found is None:
            raise UsageError(
                f"Git knows no commit `{revision}` here; name a branch, a tag or a commit's id, and fetch what lies elsewhere."
            )
        return found.id

    def index(self) -> bytes:
        """Return what git was told of files, whether they are committed or not; nothing where it can't say."""
        try:
            code, out, _ = ask(self.root, "ls-files", "--stage", "-z")
        except GitError:
            return b""
        return out if code == 0 else b""

    @cached_property
    def trees(self) -> Trees:
        """Reads what lies in folders."""
        return Trees(self.blobs)


def commits_of(config_file: Path) -> Commits:
    """Return the commits of the repository that a `mkdocs.yml` lies in; raises UsageError where none can be compared."""
    place = config_file.resolve()
    try:
        checkout = find_checkout(place.parent)
    except GitError as error:
        reason = str(error).replace(f", {git.UNSAID}", "")
        raise UsageError(f"{reason} What a change does is told from what git holds.") from error
    if checkout.shallow:
        raise UsageError(
            "This clone lacks the older commits, so nobody can say which signatures held before; `git fetch --unshallow` "
            "brings them."
        )
    root = repository_root(place.parent) or place.parent
    return Commits(root, PurePosixPath(place.relative_to(root).as_posix()))


def short(commit: str) -> str:
    """Return a commit's id as people read it."""
    return commit[:_SHORT]
