"""Names of files and folders, compared as disks compare them.

Disks of Macs and of Windows take `Pay` and `pay` for one folder, and some take é for one letter whether it is stored as one
sign or as two. A handbook is written on all of them: what closes a folder has to close it in every spelling that some
machine takes for it, and what opens one opens just the spelling that was meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from unicodedata import normalize

# Windows opens a device under these names, whatever their ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def folded(path: str) -> str:
    """Return the form in which two paths are equal that some disk takes for one: Unicode's canonical caseless match, in NFC.

    It is as wide as the widest of the disks: APFS takes ß for ss. None takes the Turkish i without a dot for an i.
    """
    # A Greek iota below a letter folds to a letter of its own, and finds its place only if it is taken apart before.
    return path.lower() if path.isascii() else normalize("NFC", normalize("NFD", path).casefold())


def is_utf_8(path: str) -> bool:
    """Say whether a name is text: of bytes that are none, Python makes half characters, which nothing can write."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_device(name: str) -> bool:
    """Say whether Windows keeps a name of a file or folder for a device."""
    return _DEVICE.fullmatch(name) is not None


def above(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, innermost first, without the one that all lie in."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def within(path: str, folder: str) -> str | None:
    """Return a path as seen from a folder, in whatever spelling it names that; None where it does not lie there."""
    parts = path.split("/")
    count = folder.count("/") + 1
    if folded("/".join(parts[:count])) != folded(folder):
        return None
    return "/".join(parts[count:]) or "."


def namesakes(paths: Iterable[str]) -> list[list[str]]:
    """Return the files and folders of one folder that some disk takes for one, group by group."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted(paths):
        folder, _, name = path.rpartition("/")
        groups[folder, folded(name)].append(path)
    return [group for group in groups.values() if len(group) > 1]


def not_utf_8(paths: Iterable[str]) -> list[str]:
    """Return the files and folders with a name that is not UTF-8, and of what lies in such a folder just the folder."""
    return [path for path in sorted(paths) if not is_utf_8(path) and is_utf_8(path.rpartition("/")[0])]
