"""HB0: names of files and folders that are not the same, or not there at all, on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from handrail.model.handbook import Handbook
from handrail.model.names import is_utf_8
from handrail.model.publication import Reason, uses
from handrail.rules.finding import Severity
from handrail.rules.hb2_files import published
from handrail.rules.registry import Hit, Spot, at, rule
from handrail.rules.schema_words import how_alike, say_name

_RENAME = "Rename one of the two."
_ANEW = "Give it a name in UTF-8; letters without accents are the same everywhere."


def _spot(handbook: Handbook, path: str) -> Spot | str:
    page = handbook.by_src_uri.get(path)
    return at(page) if page is not None else handbook.project.from_root(path)


@lru_cache(maxsize=1)  # for all three rules: every body and every file is looked at
def _missed(handbook: Handbook) -> frozenset[str]:
    """Return what readers would miss: pages, folders, and files that something uses; nothing where all names are fit."""
    if not (handbook.files.namesakes or handbook.files.not_utf_8):
        return frozenset()
    used = (use.path for use in uses(handbook, handbook.pages))
    return frozenset((*handbook.by_src_uri, *handbook.files.folders, *used, *published(handbook).assets))


@rule("HB020", "same-name", Severity.ERROR)
def same_name(handbook: Handbook) -> Iterator[Hit]:
    """The names of two files or folders differ only in case, or in how their letters are stored.

    On the disks of Macs and of Windows `Pay` and `pay` are one folder, and é is one letter whether it is stored as one sign
    or as two. On such a machine one of the two is lost, or takes the place of the other. A folder that the settings keep
    from the public is kept in every spelling.

    **What to do.** Rename one of the two, or bring their contents together. Git renames on every disk: `git mv`.
    """
    for group in handbook.files.namesakes:
        if not _missed(handbook).isdisjoint(group):
            first, *others = group
            for path in others:
                yield Hit(
                    _spot(handbook, path),
                    f"This name and {say_name(handbook.project.from_root(first))} {how_alike(first, path)}; "
                    "some disks take them for one.",
                    _RENAME,
                    ((_spot(handbook, first), "The other one is here."),),
                    subject=first,
                )


@rule("HB021", "name-not-utf-8", Severity.ERROR, withholds=True)
def name_not_utf_8(handbook: Handbook) -> Iterator[Hit]:
    """The name of a page, of a folder or of a file that is used is not UTF-8 text.

    It was made on a machine that stores names in another encoding, or unpacked from an archive of one. Nobody can tell its
    letters, no address leads there, and other machines can't even store it. The page, or all that lies in the folder, is
    withheld.

    **What to do.** Rename it.
    """
    for path in handbook.files.not_utf_8:
        if path in _missed(handbook):
            yield Hit(
                _spot(handbook, path),
                f"The name {say_name(path.rpartition('/')[2])} is not UTF-8 text, so nothing of it is published.",
                _ANEW,
            )


@rule("HB022", "unfit-name", Severity.WARNING, once=True)
def unfit_name(handbook: Handbook) -> Iterator[Hit]:
    """Files that no page uses have names that differ only in case, or are not UTF-8 text.

    Some machines can't store them, or take two of them for one, so they are withheld. The handbook is told once.

    **What to do.** Delete them, or rename them.
    """
    alike = [group for group in handbook.files.namesakes if _missed(handbook).isdisjoint(group)]
    no_text = [path for path in handbook.files.not_utf_8 if path not in _missed(handbook)]
    found = sorted({*(path for group in alike for path in group), *no_text})
    if found:
        first, *others = found
        why = (
            f"This name and that of another file {how_alike(*next(group[:2] for group in alike if first in group))}"
            if is_utf_8(first)
            else "The name of this file is not UTF-8 text"
        )
        count = "another file" if len(others) == 1 else f"{len(others)} other files"
        more = f" Such names withhold {count} too." if others else ""
        yield Hit(
            handbook.project.from_root(first),
            f"{why}, so it is withheld.{more}",
            "Delete it, or rename it.",
            tuple((handbook.project.from_root(path), "This file is withheld too.") for path in others[:20]),
        )


@rule("HB030", "no-room", Severity.ERROR)
def no_room(handbook: Handbook) -> Iterator[Hit]:
    """A page or file would lie in a folder of the site whose name a file of the site has.

    `sitemap.xml.md` becomes the page `/sitemap.xml/`, which is a folder, and every site has a file `sitemap.xml`. One name can't be
    both on any disk, so the page is withheld. The same holds for `404.html`, `feed.xml`, `llms.txt` and `robots.txt`, and for a
    file named in `assets` beside a page of its name, such as `CNAME` and `CNAME.md`.

    **What to do.** Give the page, or its folder, another name.
    """
    withheld = published(handbook).withheld
    for path in (path for path, reason in withheld.items() if reason is Reason.ADDRESS):
        yield Hit(
            _spot(handbook, path),
            "On the site this would lie in a folder whose name a file of the site has, so it is withheld.",
            "Give it, or its folder, another name.",
            subject=path,
        )
