"""What a link that leads to nothing probably means. A guess that is far off helps nobody, so few are made."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

from handrail.model.alike import Alike
from handrail.model.handbook import Handbook
from handrail.model.links import Link
from handrail.model.names import folded
from handrail.model.page import Page
from handrail.model.publication import why_left_out
from handrail.model.site_contents import Lies
from handrail.model.urls import relative
from handrail.rules.made_hints import is_of_no_rule, made_only_where
from handrail.rules.places import from_page
from handrail.rules.schema_words import how_alike
from handrail.rules.template_hints import path_in_target
from handrail.text.markdown import BodyLink
from handrail.text.source import SUFFIXES
from handrail.words.language import quoted

_MAIL = re.compile(r"[^\s@/:#?]+@[^\s@/:#?]+\.[A-Za-z]{2,}")
_HOST = re.compile(
    r"(?:www\.)(?:[\w-]+\.)+[A-Za-z]{2,}(?:[/?#].*)?|(?:[\w-]+\.)+(?:com|org|net|io|gov|edu|dev|app)(?:[/?#].*)?"
)
_TEMPLATE = re.compile(r"\{\{|\{%|<%")
_ON_THE_WEB = re.compile(r"\A//|https?://", re.IGNORECASE)
_SIZE = re.compile(r"\s*\d+(?:x\d+)?\s*")
_RECORDINGS = (".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".vtt", ".wav", ".mov")


class Suggestion(NamedTuple):
    """What is the matter with the target, as the end of "which …", empty where it just is not there, and what to do."""

    says: str
    hint: str


def suggestion(handbook: Handbook, page: Page, link: Link) -> Suggestion:
    """Return what is the matter with a dead link, and what its author probably means."""
    ways = (
        _with_backslashes,
        _not_made,
        _of_another_sort,
        _in_another_spelling,
        _left_out,
        _moved,
        _written_otherwise,
        _close,
    )
    return next(
        (found for way in ways if (found := way(handbook, page, link)) is not None), Suggestion("", _fix(link.written))
    )


def called(written: BodyLink) -> str:
    """Return what authors call what a page shows there and then."""
    return "recording" if written.target.lower().endswith(_RECORDINGS) else "picture"


def _fix(written: BodyLink) -> str:
    return (
        f"Put the file there, or fix or delete the {called(written)}."
        if written.is_shown
        else "Fix or delete the link."
    )


def _with_backslashes(handbook: Handbook, page: Page, link: Link) -> Suggestion | None:
    """Know a path as Windows writes it, which leads somewhere once its backslashes are slashes."""
    target = link.written.target
    slashed = target.replace("\\", "/")
    if slashed == target:
        return None
    meant = replace(link, written=replace(link.written, target=slashed))
    found = handbook.site.meant(page, slashed, from_file=link.written.form == "markdown")
    if found.lies not in (Lies.PAGE, Lies.FILE):
        return None
    return Suggestion(
        "has backslashes where addresses have slashes",
        f"Write {_written(handbook, page, meant, found.path)}.",
    )


def _not_made(handbook: Handbook, _page: Page, link: Link) -> Suggestion | None:
    """Know a page that Handrail makes once there is something to show on it."""
    folder = handbook.settings.generated
    if is_of_no_rule(folder, link.destination):
        return Suggestion("is the page of no rule", "Fix or delete the link; `handrail rule` lists all rules.")
    needs = made_only_where(folder, link.path)
    return Suggestion(f"Handrail makes only where {needs}", "Fix or delete the link.") if needs else None


def _of_another_sort(handbook: Handbook, page: Page, link: Link) -> Suggestion | None:
    """Know template code, an address for mail, and one on the web."""
    target = link.written.target
    if _TEMPLATE.search(target):
        path = path_in_target(handbook, page, target)
        itself = "address itself" if _ON_THE_WEB.search(target) else "path of the page's file itself"
        says = (
            "is template code that nothing runs" if _TEMPLATE.match(target) else "holds template code that nothing runs"
        )
        return Suggestion(says, f"Write {path}." if path else f"Write the {itself}.")
    if _MAIL.fullmatch(target):
        return Suggestion("", f"Write mailto:{target} if it is an address for mail.")
    if _HOST.fullmatch(target):
        return Suggestion("", f"Write https://{target} if it is an address on the web.")
    return None


def _in_another_spelling(handbook: Handbook, page: Page, link: Link) -> Suggestion | None:
    """Know a file to which the link leads on disks that take two spellings of a name for one."""
    site = handbook.site
    alike = site.pages_alike.spelt(link.path) or site.files_alike.spelt(link.path)
    if alike is None or alike == link.path:
        return None  # a path from the root, which is no address of it
    there = _written(handbook, page, link, alike)
    what = f"is there as {quoted(there)}; the two {how_alike(link.path, alike)}"
    return Suggestion(what, f"Write {there}, for servers tell the two apart.")


def _left_out(handbook: Handbook, _page: Page, link: Link) -> Suggestion | None:
    """Know a file that is there and that the site leaves out, for its name or by its own settings."""
    exclusion = why_left_out(handbook, link.path)
    return None if exclusion is None else Suggestion(f"{exclusion.why}, so it is not on the site", exclusion.hint)


def _moved(handbook: Handbook, page: Page, link: Link) -> Suggestion | None:
    """Know an address that a page had before it moved, as far as git remembers it."""
    there = handbook.site.moved_to(page, link.written)
    if there is None:
        return None
    says = "is an old address, and works only on a site that is made with git's whole history"
    return Suggestion(says, f"Write {_written(handbook, page, link, there.src_uri)}.")


def _written_otherwise(handbook: Handbook, page: Page, link: Link) -> Suggestion | None:
    """Know what lies where the link says but for an ending, a folder, or the way in which addresses count."""
    there = next(_readings_there(handbook, page, link), None)
    return None if there is None else Suggestion("", f"Write {_written(handbook, page, link, there)}.")


def path_meant(handbook: Handbook, path: str) -> tuple[str, str]:
    """Return the file that a path means where it is not written as its own, and the one that it may mean; either may be empty."""
    site = handbook.site
    spelt = site.pages_alike.spelt(path) or site.files_alike.spelt(path)
    sure = spelt or next((one for one in _readings(path.lstrip("/")) if _is_there(handbook, one)), "")
    return sure, "" if sure else _same_name(handbook, path) or _slip(handbook, path) or ""


def _is_there(handbook: Handbook, path: str) -> bool:
    return path in handbook.by_src_uri or path in handbook.files.beside


def _close(handbook: Handbook, page: Page, link: Link) -> Suggestion | None:
    """Know the one file of the same name elsewhere, or one whose path is a slip away."""
    close = _same_name(handbook, link.path) or _slip(handbook, link.path)
    return None if close is None else Suggestion("", f"Did you mean {_written(handbook, page, link, close)}?")


def page_named(handbook: Handbook, page: Page, written: BodyLink, *, is_picture: bool) -> str:
    """Return what to do with double brackets of another program, which name a page by its title or file."""
    meant = link_named(handbook, page, written, is_picture=is_picture)
    if meant is not None:
        return f"Write {meant}."
    if _is_of_a_picture(written, is_picture=is_picture):
        return "Write ![words](picture.png)."
    return "Write [words](page.md), or put it between backticks if the brackets are meant."


def _is_of_a_picture(written: BodyLink, *, is_picture: bool) -> bool:
    name = written.target.rstrip("\\").partition("#")[0].strip()
    return is_picture and not posixpath.splitext(name)[1].lower().startswith((".md", ".markdown"))


def link_named(handbook: Handbook, page: Page, written: BodyLink, *, is_picture: bool) -> str | None:
    """Return the link that double brackets of another program stand for; None where they name nothing, or several things."""
    name, _, part = written.target.rstrip("\\").partition("#")
    name, part = name.strip(), part.rpartition("#")[2].strip()
    text = written.text or ""
    words = (_without_size(text) if is_picture else text).strip() or name or part
    if _is_of_a_picture(written, is_picture=is_picture):
        found = _only(handbook.site.files_alike.named(posixpath.basename(name)))
        return f"![{words}]({from_page(page, found)})" if found else None
    there = _only(other.src_uri for other in handbook.pages if folded(name) in names(other)) if name else page.src_uri
    if there is None:
        return None
    other = handbook.by_src_uri[there]
    if other.kind is not None and other.id and not part:
        name = f"{other.counted_as}:{other.id}"
        return f"[[{name}]]" if written.text is None else f"[[{name}|{written.text}]]"
    anchor = handbook.site.anchors.of_words(other, part) if part else None
    return f"[{words}]({from_page(page, there) if name else ''}{f'#{anchor}' if anchor else ''})"


def _without_size(text: str) -> str:
    """Return the words beside a picture's name without its size, which may stand there too."""
    return "|".join(part.strip() for part in text.split("|") if not _SIZE.fullmatch(part))


def names(page: Page) -> set[str]:
    """Return what notebooks call a page: its title, and its file with or without its folders."""
    stem = posixpath.splitext(page.src_uri)[0]
    return {
        folded(page.title),
        folded(stem),
        folded(posixpath.basename(stem)),
        folded(page.src_uri),
        folded(page.file_name),
    }


def _only(paths: Iterable[str]) -> str | None:
    found = list(dict.fromkeys(paths))
    return found[0] if len(found) == 1 else None


def _written(handbook: Handbook, page: Page, link: Link, path: str) -> str:
    """Return a path of the handbook as this link would have to say it, with the part that it names."""
    there = handbook.by_src_uri.get(path)
    target = from_page(page, path)
    if link.written.form == "html":
        target = relative(there.url if there is not None else quote(path), page.url)
    fragment = _split(link.written.target).fragment
    has_part = fragment and (there is None or handbook.site.anchors.has(there, unquote(fragment)) is not False)
    return f"{target}#{fragment}" if has_part else target


def _split(target: str) -> SplitResult:
    try:
        return urlsplit(target)
    except ValueError:  # such as brackets without an end
        return urlsplit("")


def _readings_there(handbook: Handbook, page: Page, link: Link) -> Iterator[str]:
    path = unquote(_split(link.written.target).path, errors="surrogateescape")
    starts = [link.path]
    if link.written.form == "html":
        starts.append(posixpath.normpath(posixpath.join(page.folder, path.lstrip("/"))))
    if path.startswith("/"):
        starts += _tails(path)
    for start in starts:
        for candidate in _readings(start):
            if _is_there(handbook, candidate):
                yield candidate


def _tails(path: str) -> Iterator[str]:
    """Yield a path from the root of a site that lay elsewhere, without its first folder, and then without two."""
    parts = path.strip("/").split("/")
    yield from ("/".join(parts[at:]) for at in range(min(3, len(parts))))


def _readings(path: str) -> Iterator[str]:
    bare = path.rstrip("/")
    yield bare
    stem, ending = posixpath.splitext(bare)
    stems = [bare, stem] if ending.lower() in (".html", ".htm", ".php", ".mdx", *SUFFIXES) else [bare]
    for name in stems:
        yield from (f"{name}{suffix}" for suffix in SUFFIXES)
        yield from (posixpath.join(name, own) for own in ("index.md", "README.md"))
    if posixpath.basename(stem) == "index":
        yield f"{posixpath.dirname(stem)}.md"


def _same_name(handbook: Handbook, path: str) -> str | None:
    """Return the one file elsewhere that has the name which a path ends with, with whatever ending a page may have."""
    name = posixpath.basename(path)
    stem, ending = posixpath.splitext(name)
    if stem in ("index", "README", "", "."):
        return None
    names = [name, *(f"{stem}{end}" for end in SUFFIXES)] if _is_page(ending) else [name]
    alike = _alike(handbook, ending)
    return _only(there for one in names for there in alike.named(one))


def _slip(handbook: Handbook, path: str) -> str | None:
    """Return the path that differs only by a slip in its name or in that of one of its folders."""
    ending = posixpath.splitext(path)[1]
    return _alike(handbook, ending).slip(path if ending else f"{path}.md")


def _alike(handbook: Handbook, ending: str) -> Alike:
    return handbook.site.pages_alike if _is_page(ending) else handbook.site.files_alike


def _is_page(ending: str) -> bool:
    return ending.lower() in (*SUFFIXES, ".html", ".htm", "")
