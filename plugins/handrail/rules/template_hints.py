"""What to write instead of another program's template code in pages of a site that runs none."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.rules.extension_hints import as_note, as_tab
from handrail.rules.places import from_page
from handrail.text.templates import Dialect, TemplateText, template_texts
from handrail.words.options import adding

_NAMED = re.compile(r"(?P<name>[\w-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_SITE = re.compile(r"[\w.]+\.(?:base_?)?url\Z")
_BEHIND_BASE = re.compile(r"\{\{-?\s*[\w.]+\.(?:base_?)?url\s*-?\}\}(?P<path>/[^{}]*)\Z")
_FILTERED = re.compile(r"(?:[\"'](?P<address>[^\"']*)[\"'])?.*\|\s*\w*url\Z", re.DOTALL)
_WORDS = "Write the words that it stands for."
_AS_MARKDOWN = "Write in Markdown what it would show, or delete it."
_AS_LINK = "Write a link to it: [Title]({})."
_AS_SEEN = "as seen from this page, such as ../team/leave.md."
_AS_LINK_BY_PATH = f"Write a link to the file that it names, {_AS_SEEN}"
_BY_PATH = f"Write links by the file's path, {_AS_SEEN}"
_AS_BLOCK = "Delete it and its end; put three backticks on the lines above and below the code."
_AS_PICTURE = "Write a picture: ![What it shows]({})."
_AS_INCLUDED = "Write the text itself into the page, or put a file in with the Markdown extension `pymdownx.snippets`."
_AS_COMMENT = "Write a comment as <!-- and -->, or delete it."
_NOTES = ("danger", "info", "success", "tip", "warning")
_PROGRAMS = ("call", "from", "import", "macro")
_SHOWN_AS_TEXT = "If readers should see it as it stands, put it between backticks."


def instead(handbook: Handbook, page: Page, found: TemplateText) -> str:
    """Return what to write in the place of template code, with the file or address that it names."""
    asked = _asked(handbook, page, found)
    return _BY_DIALECT[found.dialect](asked)


def path_in_target(handbook: Handbook, page: Page, target: str) -> str:
    """Return the path, as seen from the page, of what a link's target with template code in it names; empty where nobody knows."""
    if (rest := _BEHIND_BASE.match(target)) is not None:
        return _Asked(handbook, page, "", {}, "").path(rest["path"])
    for found in template_texts(target, markdown=False):
        behind, asked = target[found.end :], _asked(handbook, page, found)
        if asked.leads:
            part = behind if behind.startswith("#") and "#" not in asked.target else ""
            return asked.path(asked.target + part)
        if (address := _FILTERED.match(asked.tag)) is not None:
            return asked.path((address["address"] or "") + behind)
    return ""


def _asked(handbook: Handbook, page: Page, found: TemplateText) -> _Asked:
    named = {
        match["name"].casefold(): match["double"] or match["single"] or "" for match in _NAMED.finditer(found.rest)
    }
    first = _QUOTED.search(found.rest)
    target = (first[1] or first[2] or "") if first else found.rest.partition(" ")[0]
    return _Asked(handbook, page, found.name.removeprefix("end"), named, target)


class _Asked:
    """Template code whose substitute is asked for: its tag, the values that it names, and the first of its texts."""

    def __init__(self, handbook: Handbook, page: Page, tag: str, named: dict[str, str], target: str) -> None:
        self.tag = tag
        self.named = named
        self.target = target
        self.project = handbook.project
        self.handbook = handbook
        self.page = page

    @property
    def leads(self) -> bool:
        """Whether it stands for the path of a page."""
        return any(hints.get(self.tag) is _path for hints in (_HUGO, _LIQUID))

    def path(self, written: str) -> str:
        """Return the path, as seen from the page, of what another program's path or address names; empty where nobody knows."""
        name, sign, part = written.strip().partition("#")
        path = self._there(name) if name else self.page.src_uri
        if path is None:
            return ""
        there = self.handbook.by_src_uri.get(path)
        has_part = part and (there is None or self.handbook.site.anchors.has(there, unquote(part)) is not False)
        seen = from_page(self.page, path) if name else ""
        return f"{seen}{sign}{part}" if has_part else seen

    def _there(self, name: str) -> str | None:
        """Return the path of a file: by the address that it has or had, by its place, or as the only one of its name."""
        site = self.handbook.site
        # Addresses count from the site's root, wherever on its host that lies.
        found = site.leads(self.page, posixpath.join(site.address.base, name.lstrip("/")), from_file=False).page
        if found is not None:
            return found.src_uri
        wanted = posixpath.normpath(name).lstrip("/.")
        there = {**self.handbook.by_src_uri, **dict.fromkeys(self.handbook.files.assets)}
        beside = posixpath.normpath(posixpath.join(self.page.folder, name))
        if beside in there:
            return beside
        # Where the pages lay before, their folder stood in the path.
        tails = [tail for tail in _tails(wanted) if posixpath.splitext(tail)[0] not in ("", "index", "README")]
        ends = ("", ".md", "/index.md", "/README.md")
        exact = {f"{tail}{end}" for tail in tails for end in ends} & there.keys()
        ways = tuple(f"/{wanted}{end}" for end in ends) if tails else ()
        close = {path for path in there if ways and f"/{path}".endswith(ways)} or exact
        return next(iter(close)) if len(close) == 1 else None


def _tails(path: str) -> Iterator[str]:
    """Yield a path, and then without its first folders, one after another."""
    parts = path.split("/")
    return ("/".join(parts[first:]) for first in range(len(parts)))


def _note(asked: _Asked) -> str:
    said = (asked.named.get("style"), asked.target, asked.tag)
    return as_note(asked.project, next((word for word in said if word in _NOTES), "note"))


def _tab(asked: _Asked) -> str:
    title = next((asked.named[key] for key in ("title", "header", "name") if asked.named.get(key)), "Title")
    return as_tab(asked.project, title)


def _page(asked: _Asked) -> str:
    path = asked.path(asked.target)
    return _AS_LINK.format(path) if path else _AS_LINK_BY_PATH


def _path(asked: _Asked) -> str:
    path = asked.path(asked.target)
    return (
        f"Write the page's path, as seen from this one: {path}"
        if path
        else f"Write the path of the page's file, {_AS_SEEN}"
    )


def _file(asked: _Asked) -> str:
    path = asked.path(asked.named.get("src", ""))
    return _AS_LINK.format(path) if path else "Write a link to the file, as seen from this page, such as ../form.pdf."


def _address(asked: _Asked) -> str:
    return f"Write the link itself: <{asked.named['url']}>." if asked.named.get("url") else "Write a link to it."


def _picture(asked: _Asked) -> str:
    return _AS_PICTURE.format(asked.named.get("src") or asked.target or "picture.png")


def _titled(asked: _Asked) -> str:
    title = f', with title="{asked.named["title"]}" behind them' if asked.named.get("title") else ""
    return f"Delete it and its end; a code block needs no more than its backticks{title}."


_Hints = Mapping[str, str | Callable[[_Asked], str]]
_GITBOOK: _Hints = {
    "hint": _note, "tab": _tab, "tabs": _tab, "embed": _address, "content-ref": _page, "page-ref": _page, "file": _file,
    "code": _titled, "include": "Write the text itself into the page.",
}  # fmt: skip
_HUGO: _Hints = {
    "ref": _path, "relref": _path, "figure": _picture, "img": _picture, "image": _picture, "highlight": _AS_BLOCK,
    **dict.fromkeys(("youtube", "vimeo", "tweet", "x", "instagram", "gist"), _address),
    **dict.fromkeys(("admonition", "alert", "callout", "hint", "info", "note", "notice", "tip", "warning"), _note),
    **dict.fromkeys(("tab", "tabs", "tabpane"), _tab),
}  # fmt: skip
_LIQUID: _Hints = {
    **dict.fromkeys(("link", "post_url", "page"), _path),
    **dict.fromkeys(("include", "include_relative", "include_cached", "render"), _AS_INCLUDED),
    "raw": "Delete it and its end; nothing here would run what stands between them.",
    "highlight": _AS_BLOCK, "comment": _AS_COMMENT,
}  # fmt: skip


def _of_gitbook(asked: _Asked) -> str:
    return _known(_GITBOOK, asked) or "Write it as headings, lists or tables, or delete it."


def _of_hugo(asked: _Asked) -> str:
    return _known(_HUGO, asked) or _AS_MARKDOWN


def _of_liquid(asked: _Asked) -> str:
    if _SITE.match(asked.tag):
        return _BY_PATH
    if (address := _FILTERED.match(asked.tag)) is not None:
        path = asked.path(address["address"])
        return f"Write the page's path, as seen from this one: {path}" if path else _BY_PATH
    return _known(_LIQUID, asked) or f"{_WORDS if '.' in asked.tag else _AS_MARKDOWN} {_SHOWN_AS_TEXT}"


def _of_jinja(asked: _Asked) -> str:
    if "(" not in asked.tag and asked.tag not in _PROGRAMS:
        return f"{_WORDS} {_SHOWN_AS_TEXT}"
    listed = adding(asked.handbook.project, "macros", asked.page.src_uri)
    return f"{_AS_MARKDOWN} To run it, add `- macros` below `plugins:` and, {listed}."


def _known(hints: _Hints, asked: _Asked) -> str:
    hint = hints.get(asked.tag, "")
    return hint if isinstance(hint, str) else hint(asked)


_BY_DIALECT: dict[Dialect, Callable[[_Asked], str]] = {
    Dialect.GITBOOK: _of_gitbook,
    Dialect.HUGO: _of_hugo,
    Dialect.LIQUID: _of_liquid,
    Dialect.GO: lambda _: f"{_WORDS} {_SHOWN_AS_TEXT}",
    Dialect.JINJA: _of_jinja,
    Dialect.ERB: lambda _: f"{_AS_MARKDOWN} {_SHOWN_AS_TEXT}",
    Dialect.COMMENT: lambda _: _AS_COMMENT,
}
