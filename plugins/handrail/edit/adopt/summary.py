"""Reads the table of contents that GitBook and mdBook keep in `SUMMARY.md`, as MkDocs writes one in `nav`."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

_ENTRY = re.compile(
    r"(?P<indent>[ \t]*)(?:(?:[-*+]|\d+[.)])[ \t]+|(?=\[))(?:\[(?P<title>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\((?:<(?P<angle>[^<>]*)>|(?P<target>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*))[^)]*\)|(?P<words>\S.*))"
)
_SECTION = re.compile(r"#{2,6}[ \t]+(?P<title>.*?)[ \t#]*\Z")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"(?<![\\\w])([*_`]{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)")
_CODE = re.compile(r"(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\\<)|<!--.*?-->|</?[A-Za-z][^<>]*>")
"""What is kept of a title as it was written, and tags, which go."""
_ELSEWHERE = re.compile(r"https?://", re.IGNORECASE)
_TAB = 4


@dataclass(slots=True)
class _Entry:
    """An entry with those below it; `target` is a page's path, an address elsewhere, or nothing."""

    title: str
    target: str
    depth: int
    below: list[_Entry] = field(default_factory=list)


def nav_of(summary: str, folder: str, pages: Collection[str]) -> list[Any]:
    """Return a `nav` of the pages that a SUMMARY.md in `folder` names and that are there; each stands in it once."""
    known = set(pages)
    root = _Entry("", "", -1)
    section, open_ = root, [root]
    for line in summary.splitlines():
        heading, entry = _SECTION.match(line), _ENTRY.match(line)
        if heading:
            section = _Entry(_plain(heading["title"]), "", -1)
            root.below.append(section)
            open_ = [section]
        elif entry:
            read = _entry(entry, folder, known)
            known.discard(read.target)
            while len(open_) > 1 and open_[-1].depth >= read.depth:
                open_.pop()
            open_[-1].below.append(read)
            open_.append(read)
    return _written(root.below)


def _entry(match: re.Match[str], folder: str, known: Collection[str]) -> _Entry:
    depth = len(match["indent"].expandtabs(_TAB))
    target = match["angle"] if match["angle"] is not None else match["target"] or ""
    title = _plain(match["title"] if match["title"] is not None else match["words"])
    if _ELSEWHERE.match(target):
        return _Entry(title, target, depth)
    path = posixpath.normpath(posixpath.join(folder, unquote(target.partition("#")[0]).lstrip("/")))
    return _Entry(title, path if path in known else "", depth)


def _plain(title: str) -> str:
    """Return a title as words; MkDocs takes it for HTML, so no sign may begin a tag."""
    outside = _CODE.sub(lambda match: match["code"] or "", title) if "<" in title else title
    words = html.unescape(_ESCAPE.sub(r"\1", _MARKS.sub(r"\2", outside)))
    return " ".join(words.split()).replace("<", "&lt;")


def _written(entries: list[_Entry]) -> list[Any]:
    nav: list[Any] = []
    for entry in entries:
        below = _written(entry.below)
        if below:
            nav.append({entry.title or "Contents": [entry.target, *below] if entry.target else below})
        elif entry.target:
            nav.append({entry.title: entry.target} if entry.title else entry.target)
    return nav
