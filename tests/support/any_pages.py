"""Pages as nobody would write them on purpose: HTML-like pieces, headings, links, lists, front matter, template code, names.

Everything that is drawn is short, and simple things come first, so that what is left of a page that fails is what fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, TypeVar

from hypothesis import strategies as st

from handrail.model.kinds import load_kinds

_Part = TypeVar("_Part")
_WORDS = [
    "word", "Two words", "", " ", "&", "&amp;lt;", "&#0;", "&#x110000;", "\\", "*", "_", "1.", "ünïcödé", "日本", "🧾", "\u202e", "\ufeff",
    "\u2028", "\x85", "\x00", "\x07", "\x1b[31m", "\x7f", "\t", "\u00a0", "\ud800", "a" * 3000, "https://a.example/?b#c", "a@b.example",
    "<<<<<<< HEAD", "2026-02-30", "'", '"', "`", "|", "{}", "[]", "()", "![]", "---", '--8<-- "index.md"', "[TOC]", "H~2~O", "^^a^^", "==a==",
    ":smile:", "++ctrl++", "{--a--}", "$x$", "(c)", "%", "#", "]]", "</", "/>", "\\[", "\\`",
]  # fmt: skip
_NAMES = [
    "a", "b", "p", "div", "span", "img", "Order", "h1", "h2", "input", "label", "svg", "script", "style", "title", "table", "td", "details",
    "summary", "br", "hr", "iframe", "video", "source", "pre", "code", "li", "x-y", "o:p", "body", "html", "math", "template", "base", "!DOCTYPE", "?php",
]  # fmt: skip
_ATTRIBUTES = [
    *["id", "name", "href", "src", "class", "for"] * 2, "ID", "style", "alt", "title", "type", "target", "width", "srcset", "markdown", "data-tabs", "poster",
    "fill", "colspan", "onclick", "xml:lang", "@click", "1", "=", "role", "aria-label", "rel", "start", "value", "hidden",
]  # fmt: skip
_VALUES = [
    *[""] * 6, '=""', "=x", "='a b'", "=1", '="#x"', "=#", '="a.md"', "=other.md#x", "=../..", "=/", '="//a"', "=javascript:x", '="http://["', "=https://a.example/b.png", "=mailto:",
    "=%zz", '="\x00"', "=__search", '="tabbed-set"', "=headerlink", '="mermaid"', "=text-align:center", '="block"', "='<b>'", '=">"', "='&quot;", '="hr-note"', '="\ud800"', "=",
]  # fmt: skip
_TARGETS = [
    "", "#", "#x", "a.md", "other.md", "other.md#none", "a b.md", "<a b.md>", "../../../x.md", "/", "/x/", ".", "./", "..", "?", "//", "http://[", "https://a b",
    "mailto:", "javascript:x", "sop:expense-claims", "%", "%00", "%zz.md", "%FF.md", "a.md 'title'", 'a.md "x', "(", "\\", "\x00", "a\nb", "data:,x", "x:y",
    "finance/", "finance/expense-claims", "picture.png", "picture.svg", "C:\\x.md", "ftp://a", "https://hb.example/x", "\ud800", "a" * 3000,
]  # fmt: skip
_CODE = [
    "{{ x }}",
    "{% x %}",
    "{#",
    "{{",
    "}}",
    "{% hint %}",
    "{{< ref >}}",
    "{% raw %}",
    "{{ '",
    "{%",
    "{: #x .y}",
    "{: }",
    "{ #",
    "{.a}",
    "{x}",
    "{: id}",
    "{: href}",
]


_WRITTEN = [f" {name}{value}" for name in _ATTRIBUTES for value in _VALUES]
_TAGS = st.builds(
    lambda name, attributes, end: f"<{name}{''.join(attributes)}{end}",
    st.sampled_from(_NAMES),
    st.lists(st.integers(0, len(_WRITTEN) - 1).map(_WRITTEN.__getitem__), max_size=3),
    st.sampled_from([*[">"] * 5, "/>", "", " >", "></a>", "></div>"]),
)
_WORD = st.sampled_from(_WORDS)
_LINKS = st.builds(
    lambda form, words, target: form.replace("W", words).replace("T", target),
    st.sampled_from(["[W](T)", "![W](T)", "[W][T]", "[W]: T", "[[T]]", "[[T|W]]", "![[T]]", "<T>", "[![W](T)](T)", "[^W]", "[^W]: T", "[W](T", "*[W]: T"]),
    _WORD,
    st.sampled_from(_TARGETS),
)  # fmt: skip
_INLINE = (
    _WORD
    | _TAGS
    | _LINKS
    | st.sampled_from(_CODE)
    | st.sampled_from(["<!--", "-->", "<![CDATA[", "<?", "</div>", "</a>", "``", "**"])
)
_LINE = st.lists(_INLINE, max_size=4).map(" ".join) | st.lists(_INLINE, max_size=3).map("".join)
_LINES = st.builds(
    lambda form, line, more: form.replace("L", line).replace("M", more),
    st.sampled_from([
        "L", "# L", "## L", "##", "## ", "#L", "### L ###", "L\n===", "L\n---", "=\n", "L {#x}", "## L { #M }", "- L", "- L\n    - M", "1. L", "* L\n\n  M", "- [ ] L",
        "> L", "> > L", "```\nL\n```", "```L\nM", "~~~ L\nM", "    L", "\tL", "| L | M |\n|---|---|\n| L | M |", "| L |\n|--|\n", '!!! note "L"\n    M', "??? L\n    M",
        '=== "L"\n\n    M', "L\n:   M", "***", "---", "L  \nM", "$$\nL\n$$", "<div markdown>\nL\n</div>", '<div markdown="1">\n\nL\n\n</div>', "<details>\n<summary>L</summary>M",
        "/// note | L\nM\n///", "--8<--\nL\n--8<--", "<!-- L -->", "<script>L</script>", "\n\n\n", "[^1]: L\n\n    M", "*[L]: M", "L\r\nM", "L\rM", "import x from 'y'", ":::note\nL\n:::",
    ]),
    _LINE,
    _LINE,
)  # fmt: skip
BODIES = st.lists(_LINES, max_size=9).map("\n\n".join) | st.lists(_LINES, max_size=4).map("\n".join)

_DAYS = ["2026-03-03", "2026-02-30", "0001-01-01", "9999-12-31"]
_SCALARS = (
    st.sampled_from([*_WORDS, *_DAYS, "active", "draft", "mok", "MOK(D), TLI(A)", "company", "sop:expense-claims", "public", "FY27", "3 months"])
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
)  # fmt: skip
_KEYS = st.sampled_from([
    "title", "description", "id", "role", "by", "date", "digest", "note", "text", "label", "name", "from", "to", "members", "people", "groups", "search", "exclude", "boost", "x", "",
])  # fmt: skip
_DATA = st.recursive(
    _SCALARS, lambda below: st.lists(below, max_size=3) | st.dictionaries(_KEYS, below, max_size=3), max_leaves=6
)
_OF_THEME = [
    "title", "description", "template", "icon", "hide", "tags", "search", "status", "subtitle", "author", "render_macros", "ignore_macros", "redirect_from", "aliases",
    "draft", "comments", "social", "hero", "slug", "date", "authors", "categories", "links", "pin", "readtime", "revision_date", "location", "macros", "visibility", "kind",
]  # fmt: skip
_YAML = st.sampled_from([
    "", " ", "- a\n- b", "a", "a: [", "a: &a [*a]", "<<: x", "a: !!python/name:os.system", "!!binary x: y", "a: 'x", "a: 1\na: 2", "? [a]\n: b", "1: x", "on: x", "~: x", "a:\n\t- b",
    "a: |\n  x\n y", "%YAML 1.1", "a: 2026-02-30", "a: .nan", "a: 0x7fffffffffffffffffffff", "a: 1e999", "Note: this is prose", "title: A: B", "title: @x", "title: %x", "# nothing",
    "title: \x00", "title: \ud800", "title: \u2028", "a: \x85b", "title:\n  - x", "title: {}", "kind: sop", "kind: [sop]", "kind: sop\nid:\ntitle:", "{", "[]", "{}", "null", "...", "a: !x",
])  # fmt: skip


def _document(kind: str, known: dict[str, Any], drawn: dict[str, Any]) -> str:
    return json.dumps(
        {"id": "one", "title": "One", "visibility": "public", **drawn, **known, "kind": kind}, allow_nan=True
    )


_kinds = cache(load_kinds)


def _fields(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(sorted(_kinds()[kind].fields)), _DATA, max_size=6)


_FRONTS = st.one_of(
    st.none(),
    st.none(),
    st.dictionaries(st.sampled_from(_OF_THEME), _DATA, max_size=4).map(json.dumps),
    st.sampled_from(sorted(_kinds())).flatmap(
        lambda kind: st.builds(_document, st.just(kind), st.just({}), _fields(kind))
    ),
    st.lists(_YAML, max_size=3).map("\n".join),
)
_FENCES = st.sampled_from(
    [
        "---\nF\n---\n",
        "---\nF\n...\n",
        "\n---\nF\n---\n",
        "---\nF\n",
        "\ufeff---\r\nF\r\n---\r\n",
        "+++\nF\n+++\n",
        "--- \nF\n----\n",
        "F\n",
    ]
)


def _page(front: str | None, fence: str, body: str) -> bytes:
    text = body if front is None else fence.replace("F", front) + body
    # A half of a pair is written as its three bytes, which are no UTF-8.
    return text.encode("utf-8", "surrogatepass")


_BYTES = st.sampled_from(
    [b"", b"\n", b"\xff\xfe#\x00 \x00", b"\xef\xbb\xbf", b"\x00" * 9, b"\xe9", b"# \xf0\x9f", b"\x89PNG\r\n\x1a\n"]
)
PAGES = st.builds(_page, _FRONTS, st.just("---\nF\n---\n") | _FENCES, BODIES) | _BYTES

_PARTS = [
    "a", "index", "README", "two words", "a#b", "a?b", "a%20b", "a%zz", "a&b", "a:b", "a\\b", "{{ a }}", "$(a)", "-rf", "con", "a.b.c", "<b>", 'q"', "it's", "a\nb", "a\tb", "日本", "🧾",
    "é", "e\u0301", "\u202egnp", "\x1b[31m", "\udcff", "A", "404", "search", "assets", "handbook", "tags", "blog", "x" * 120, "trailing.", " lead", "~", "%2e%2e", "a;b", "a,b", "(a)", "[a]",
    "sitemap.xml", "feed.xml", "*", "!", "a|b", "^", "`a`", "template", "templates", "node_modules", "index.md", "x.md",
]  # fmt: skip
_ENDS = [".md", ".markdown", ".MD", ".mdown", ".md.md"]


def _path(folders: list[str], name: str, end: str) -> str:
    return "/".join([*folders, name + end])


PATHS = st.builds(_path, st.lists(st.sampled_from(_PARTS), max_size=2), st.sampled_from(_PARTS), st.sampled_from(_ENDS))
_FILES = st.sampled_from(
    ["picture.png", "picture.svg", "notes.txt", "x.html", ".pages", ".nav.yml", ".meta.yml", "data.csv", "a~", "noend"]
)
_CONTENTS = st.sampled_from(
    [
        b"",
        b"x",
        b"<svg/>",
        b"<svg",
        b"\x00",
        b"\xff",
        b"a: [",
        b"- x\n",
        b"title: 3\n",
        b"tags: x\n",
        b"nav: 1\n",
        b"a,b\n1\n",
    ]
)


@dataclass(frozen=True)
class Drawn:
    """Files of a folder of pages, by path; shown as somebody would write them down."""

    files: dict[str, bytes]

    def __str__(self) -> str:
        return "\n".join(f"{path!r}: {raw!r}" for path, raw in self.files.items())

    def least(self, fails: Callable[[Drawn], bool]) -> Drawn:
        """Return as little of this as still fails, found with as few tries as a build costs: whole files first, words last."""
        files = dict(_fewest(list(self.files.items()), lambda some: fails(Drawn(dict(some)))))
        for path in list(files):
            for parts in (_LINES_OF, _WORDS_OF):
                still_fails = partial(_fails_with, files, path, fails)
                files[path] = b"".join(_fewest(parts.findall(files[path]), still_fails))
        return Drawn(files)


def _fails_with(files: dict[str, bytes], path: str, fails: Callable[[Drawn], bool], parts: list[bytes]) -> bool:
    return fails(Drawn({**files, path: b"".join(parts)}))


_LINES_OF = re.compile(rb"[^\n]*\n|[^\n]+")
_WORDS_OF = re.compile(rb"\w+|[^\w]")


def _fewest(parts: list[_Part], fails: Callable[[list[_Part]], bool]) -> list[_Part]:
    """Leave out halves, then quarters and so on, as long as it fails without them."""
    size = len(parts)
    while size:
        at = 0
        while at < len(parts):
            fewer = parts[:at] + parts[at + size :]
            if fails(fewer):
                parts = fewer
            else:
                at += size
        size //= 2
    return parts


def handbooks(pages: int) -> st.SearchStrategy[Drawn]:
    """Return folders of about so many pages, with a few other files beside them."""
    return st.builds(
        lambda written, beside: Drawn({**beside, **written}),
        st.dictionaries(PATHS, PAGES, min_size=pages // 2, max_size=pages),
        st.dictionaries(_FILES, _CONTENTS, max_size=2),
    )


_EXTENSIONS: list[Any] = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", {"toc": {"permalink": True}}, "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic",
    "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}}, {"pymdownx.tasklist": {"custom_checkbox": True}}, "pymdownx.tilde", {"pymdownx.arithmatex": {"generic": True}}, "pymdownx.blocks.admonition",
    "smarty", "nl2br", "sane_lists", "wikilinks", "meta",
]  # fmt: skip
SITES = st.fixed_dictionaries(
    {},
    optional={
        "markdown_extensions": st.lists(st.sampled_from(_EXTENSIONS), max_size=6, unique_by=str) | st.just(_EXTENSIONS),
        "use_directory_urls": st.booleans(),
        "site_url": st.sampled_from(["https://hb.example/", "https://hb.example/a/b"]),
        "repo_url": st.just("https://github.com/acme/handbook"),
    },
)
"""Other keys of `mkdocs.yml`."""
