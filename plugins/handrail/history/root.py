"""Finds the repository that a folder lies in, whether or not anything is committed there, and where a handbook stands in it."""

from __future__ import annotations

import os
from pathlib import Path

from handrail.history.git import GitError, ask
from handrail.history.repository import Checkout, History, find_checkout
from handrail.history.texts import Texts
from handrail.model.handbook import Handbook


def repository_root(folder: Path) -> Path | None:
    """Return the root of the repository that a folder lies in; None where git knows of none."""
    try:
        code, out, _ = ask(folder, "rev-parse", "--show-cdup")
    except GitError:
        return None
    return (folder / os.fsdecode(out.removesuffix(b"\n"))).resolve() if code == 0 else None


def made_here(known: Path, folder: Path) -> bool:
    """Say whether what lies in a folder was made here: git holds a project's file `known`, and of the folder beside it nothing."""
    root = known.parent
    try:
        # Whatever stands at the top of the way there: a link, another repository, the name in capitals.
        top = folder.relative_to(root).parts[0]
        code, out, _ = ask(root, "ls-files", "-z", "--", f":(literal){known.name}", f":(icase){top}")
    except (GitError, ValueError):
        return False
    return code == 0 and out.split(b"\0")[:-1] == [os.fsencode(known.name)]


def history_read(handbook: Handbook) -> History | None:
    """Return the history of a handbook, where somebody has asked for it before and it holds a commit."""
    past = handbook.known_past
    return past.history if isinstance(past, Texts) and past.history.head else None


def checkout_of(handbook: Handbook) -> Checkout:
    """Return where the repository of a handbook stands; its prefix leads to the folder of `mkdocs.yml`. Raises GitError.

    Git is not asked again by those who have read the history.
    """
    history, root = history_read(handbook), handbook.project.root
    if history is None or history.root is None:
        return find_checkout(root)
    prefix = os.path.relpath(os.path.realpath(root), history.root)
    return Checkout(history.head, history.shallow, b"" if prefix == "." else os.fsencode(f"{Path(prefix).as_posix()}/"))
