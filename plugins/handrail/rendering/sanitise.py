"""Makes HTML that anyone may have written fit for readers: what runs, frames, posts or passes itself off as ours goes.

It works on what Markdown made of a page's own text, for every page that Handrail did not make: no path is trusted with
more, for whoever may write a page there may be tricked into it. A site's own programs belong into its templates.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache, partial
from urllib.parse import unquote

import nh3

from handrail.text.hosts import NOBODY, LetIn, is_elsewhere, web_address
from handrail.text.tags import as_browsers_read

_TEXT = "abbr b bdi bdo br cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
_BLOCKS = (
    "address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section summary ul"
)
_TABLES = "caption col colgroup table tbody td tfoot th thead tr"
_MEDIA = "audio img source track video"
_ICONS = "circle ellipse g line path polygon polyline rect svg"
_SHAPE = {"d", "fill", "fill-rule", "clip-rule", "points", "stroke", "stroke-linecap", "stroke-linejoin", "stroke-width",
          "transform", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "width", "height"}  # fmt: skip
_CELL = {"align", "style", "valign"}
_MEDIUM = {"controls", "height", "loop", "muted", "preload", "src", "width"}
_ATTRIBUTES = {
    "*": {"class", "dir", "id", "lang", "role", "tabindex", "title", "translate",
          "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby",
          "data-linenums", "data-search-exclude", "data-sort-method", "data-tabs"},
    "a": {"download", "href", "hreflang", "name", "rel", "target"},
    "audio": _MEDIUM,
    "bdo": {"dir"},
    "col": {"align", "span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "details": {"open"},
    "div": {"align", "style"},
    "img": {"align", "alt", "height", "loading", "src", "width"},
    "input": {"checked", "disabled", "name", "type"},
    "ins": {"datetime"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "p": {"align"},
    "source": {"src", "type"},
    "svg": {"fill", "height", "viewBox", "width", "xmlns"},
    "td": {"colspan", "headers", "rowspan"} | _CELL,
    "th": {"abbr", "colspan", "headers", "rowspan", "scope"} | _CELL,
    "time": {"datetime"},
    "track": {"default", "kind", "label", "src", "srclang"},
    "video": _MEDIUM | {"poster"},
    **{shape: _SHAPE for shape in _ICONS.split() if shape != "svg"},
}  # fmt: skip
_GONE_WITH_THEIR_TEXT = "applet canvas embed frameset iframe math noembed noframes noscript object script select style template textarea title"
_SCHEMES = {"http", "https", "mailto", "tel"}
_LINKED = ("href", "src", "poster")
OURS = frozenset(f"hr-{name}" for name in ("action", "list", "note", "state", "table", "team"))
"""Classes of what the macros make: on other pages they would pass a page's own words for what Handrail says of it."""
DIAGRAM = "mermaid"
"""The class by which the theme knows what is to be drawn, by a program that it loads from elsewhere."""

REFERENCE = "autoref"
"""The element by which the plugin autorefs marks a reference whose address it knows only when all pages are read."""
_OF_REFERENCES = {"backlink-anchor", "backlink-type", "class", "hover", "identifier", "optional", "slug"}

# What the theme's programs look for by its id: the first in the page counts, and the text comes before much of theirs.
_THEIRS = re.compile(
    r"(?i)(?:__(?:announce|code_|comments|config|consent|drawer|index|md|mermaid|nav|palette|search|skip|source|toc|tooltip)"
    r"|hr-|handrail)"
)
# They look for elements by selectors and addresses, in which others of the first 128 signs mean something.
_MEANS_MORE = re.compile(r"[\s\x00-,;-@\[-^`{-\x7f]")
_TAB_GROUP = re.compile(r"__tabbed_\d+")
# A page may use the theme's typesetting, and must not pass for its frame or for what Handrail says of the page; nor
# for what the theme's programs add, some of which covers or hides the text below it.
_CLASS_OF_FRAME = re.compile(r"(?i)(?:md-(?!button|typeset|tag|icon)|hr-|giscus|mermaid$|tabbed-(?:control|button))")
_CLASSES_OF = {
    "headerlink": {"a"}, "footnote-backref": {"a"},
    "tabbed-block": {"div"}, "tabbed-content": {"div"}, "tabbed-labels": {"div"},
    "twemoji": {"span", "img"}, "emojione": {"span", "img"}, "gemoji": {"span", "img"},
}  # fmt: skip
"""Classes by which the theme hides or clips an element, and the elements that Markdown's extensions give them to."""
# A function in a colour could load something; in a style a backslash hides which function it is.
_PAINT = re.compile(r"(?i)(?:(?:rgb|hsl)a?\(|url\([\"']?#|[^(\\])*+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Of pictures that stand in the page's own text only those that browsers decode without reading them.
_PICTURE_IN_TEXT = re.compile(r"data:image/(?:avif|gif|jpeg|png|webp);base64,[A-Za-z0-9+/=\s]*+")
# The output is canonical: a quotation mark within a value is an entity, so a tag ends where this says.
_ATTRIBUTE = r'(?:\s[\w:-]+="[^"]*")*'
_MARK = re.compile(
    rf'<a(?P<attributes>(?=[^>]*\sclass="[^"]*\b(?:headerlink|footnote-backref)\b){_ATTRIBUTE})>(?P<text>.*?)</a>',
    re.DOTALL,
)
_MARKS = re.compile(r"\b(?:headerlink|footnote-backref)\b ?")
_TAB_BLOCK = re.compile(r'(<div(?:\s(?!class)[\w:-]+="[^"]*")*+\sclass=")tabbed-block(?=["\s])')
_TAB_INPUT = re.compile(r'<input(?=[^>]*\stype="radio")(?=[^>]*\sname="__tabbed_\d+")')
_INPUT = re.compile(rf'<input(?!(?:\s[\w:-]+="[^"]*")*?\stype="){_ATTRIBUTE}>')
_FRAME = re.compile(rf"<iframe(?P<attributes>{_ATTRIBUTE})>.*?</iframe>", re.DOTALL)
_FRAME_VALUES = {
    "width": re.compile(r"\d{1,4}(?:px|%)?"),
    "height": re.compile(r"\d{1,4}(?:px|%)?"),
    "allowfullscreen": re.compile("|allowfullscreen|true", re.IGNORECASE),
    "loading": re.compile("lazy|eager"),
    "referrerpolicy": re.compile("no-referrer|origin|same-origin|strict-origin|strict-origin-when-cross-origin"),
}
SANDBOX = "allow-forms allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts"
"""What a frame may do: whatever it needs to play, ask and open windows of its own, and nothing with this page or its tab."""
_IMAGE_OR_LINK = re.compile(rf"<(?P<tag>img|a|/a)(?P<attributes>{_ATTRIBUTE})>")
_SRC = re.compile(r'\ssrc="(?P<src>[^"]*)"')
_ALT = re.compile(r'\salt="(?P<alt>[^"]*)"')
_PICTOGRAM = re.compile(r'\sclass="(?:twemoji|emojione|gemoji)"')
_TABS = re.compile(
    rf'(?P<before><\w++(?:\s(?!data-tabs)[\w:-]+="[^"]*")*+)(?P<tabs>\sdata-tabs="[^"]*")(?P<after>{_ATTRIBUTE}>)'
    rf'(?=(?P<inputs>(?:\s*+<input{_ATTRIBUTE}>)*+)\s*+(?P<labels><div class="tabbed-labels">)?+)'
)
_TAB = re.compile(r'\sid="([^"]*)"')
_LABELLED = re.compile(rf'<label(?:\s(?!for)[\w:-]+="[^"]*")*+\sfor="([^"]*)"{_ATTRIBUTE}>')
_BEGINS_MARKUP = re.compile("<(?!\u2060)")


def sanitised(markup: str, keeping: frozenset[str] = frozenset(), let_in: LetIn = NOBODY) -> str:
    """Return HTML without anything that could run, load from elsewhere, ask for input or pass for the page's frame.

    Of HTML that holds nothing of the kind, readers see the same as before. Of OURS, DIAGRAM and REFERENCE stays what `keeping` names;
    of pictures and frames of other hosts those that are let in.
    """
    clean = _cleaner(keeping, let_in.frames).clean(markup)
    if "<iframe" in clean:
        clean = _FRAME.sub(_safe_frame, clean)
    if "<input" in clean:
        clean = _INPUT.sub("", clean)
    if "data-tabs" in clean:
        clean = _with_whole_tabs(clean)
    if "tabbed-block" in clean and len(_TAB_BLOCK.findall(clean)) != len(_TAB_INPUT.findall(clean)):
        clean = _TAB_BLOCK.sub(r"\1", clean).replace(' class=""', "")  # without a tab of its own nobody would see one
    if "headerlink" in clean or "footnote-backref" in clean:
        clean = _MARK.sub(_seen_mark, clean)
    return _with_links_for_foreign_images(clean, let_in.pictures) if "<img" in clean else clean


def sanitised_words(markup: str) -> str:
    """Return the words of a heading as HTML without tags."""
    return _words_only().clean(markup) if "<" in markup else markup


def free_id(name: str) -> str:
    """Return an element's id as no program of the theme or of Handrail takes it for one of theirs, or fails at it."""
    name = _MEANS_MORE.sub("-", name)
    return f"text-{name}" if _THEIRS.match(name) else name


def without_markup(title: str) -> str:
    """Return what a theme may show in a tooltip of its own: it would read a tag there, unless a sign follows the bracket."""
    return _BEGINS_MARKUP.sub("<\u2060", title) if "<" in title else title


def is_harmless(address: str) -> bool:
    """Say whether a link may lead to an address: there is one, and it runs nothing."""
    scheme = _SCHEME.match(as_browsers_read(address))
    return bool(address) and (scheme is None or scheme[1].lower() in _SCHEMES)


@lru_cache(maxsize=8)
def _cleaner(keeping: frozenset[str], frames: frozenset[str]) -> nh3.Cleaner:
    shown = {"iframe"} if frames else set()
    references = keeping & {REFERENCE}
    return nh3.Cleaner(
        tags=set(f"{_TEXT} {_BLOCKS} {_TABLES} {_MEDIA} {_ICONS} a input label".split()) | shown | references,
        clean_content_tags=set(_GONE_WITH_THEIR_TEXT.split()) - shown,
        attributes=_ATTRIBUTES
        | {tag: {"src", "title", *_FRAME_VALUES} for tag in shown}
        | dict.fromkeys(references, _OF_REFERENCES),
        attribute_filter=partial(_attribute, keeping, frames),
        link_rel=None,  # the author's `rel` stays; a browser gives no opened page a hold on this one
        url_schemes=_SCHEMES | {"data"},  # of which the filter lets pictures through
        filter_style_properties={"text-align", "width"},  # Markdown aligns the cells of tables so
    )


@lru_cache(maxsize=1)
def _words_only() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(), clean_content_tags=set(_GONE_WITH_THEIR_TEXT.split()), attributes={}, link_rel=None)


def _attribute(keeping: frozenset[str], frames: frozenset[str], tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value as it may stay, or None where it may not."""
    if name == "title":
        return without_markup(value)
    if tag == "iframe":
        return _of_frame(frames, name, value)
    if name == "class":
        return _classes(keeping, tag, value)
    if name in ("id", "for") or (name == "name" and tag == "a"):
        return free_id(value)
    if name == "href":
        return _link(value)
    return value if _may_stay(tag, name, value) else None


def _link(value: str) -> str | None:
    if value.startswith("#"):
        return f"#{free_id(unquote(value[1:]))}"
    return None if _is_data(value) else value


def _may_stay(tag: str, name: str, value: str) -> bool:
    if tag == "input":
        return _is_of_input(name, value)
    if name in ("fill", "stroke"):
        return _PAINT.fullmatch(value) is not None
    if name == "target":
        return value == "_blank"
    if name in ("src", "poster") and _is_data(value):
        return tag == "img" and name == "src" and _PICTURE_IN_TEXT.fullmatch(value) is not None
    return name not in _LINKED or tag == "img" or not is_elsewhere(value)


def _is_data(value: str) -> bool:
    return ":" in value and as_browsers_read(value)[:5].lower() == "data:"


def _of_frame(frames: frozenset[str], name: str, value: str) -> str | None:
    """Return an attribute of a frame as it may stay: what it shows of a host that is let in, and a closed list of others."""
    if name == "src":
        found = web_address(value)
        return found.secure if found is not None and found.is_safe and found.is_of(frames) else None
    return value if name in _FRAME_VALUES and _FRAME_VALUES[name].fullmatch(value) else None


def _safe_frame(match: re.Match[str]) -> str:
    """Return a frame that can't lead this page elsewhere and has a name; nothing where nothing is left to show."""
    source = _SRC.search(match["attributes"])
    if source is None:
        return ""
    found = web_address(html.unescape(source["src"]))
    named = "" if ' title="' in match["attributes"] or found is None else f' title="{found.host}"'
    return f'<iframe{match["attributes"]}{named} sandbox="{SANDBOX}"></iframe>'


@lru_cache(maxsize=4096)
def _classes(keeping: frozenset[str], tag: str, value: str) -> str | None:
    names = value.split()
    kept = [
        name
        for name in names
        if name in keeping or not (_CLASS_OF_FRAME.match(name) or tag not in _CLASSES_OF.get(name, {tag}))
    ]
    return value if len(kept) == len(names) else " ".join(kept) or None


def _seen_mark(match: re.Match[str]) -> str:
    """Show a link that the theme hides as a mark for the mouse, where it holds words."""
    if not any(char.isalnum() for char in html.unescape(match["text"])):
        return match[0]
    attributes = _MARKS.sub("", match["attributes"]).replace(' class=""', "")
    return f"<a{attributes}>{match['text']}</a>"


def _is_of_input(name: str, value: str) -> bool:
    """Say what tabs and lists of tasks need: a box or a button that belongs to its own group."""
    if name == "type":
        return value in ("checkbox", "radio")
    return name != "name" or _TAB_GROUP.fullmatch(value) is not None


def _with_whole_tabs(clean: str) -> str:
    """Let the theme know of tabs only where they are whole: at others its programs would fail, the search among them."""
    labelled = set(_LABELLED.findall(clean))

    def replaced(match: re.Match[str]) -> str:
        tabs = _TAB.findall(match["inputs"])
        is_whole = 0 < len(tabs) == match["inputs"].count("<input") and labelled.issuperset(tabs)
        return match[0] if is_whole and match["labels"] else match["before"] + match["after"]

    return _TABS.sub(replaced, clean)


def _with_links_for_foreign_images(clean: str, hosts: frozenset[str]) -> str:
    """Put a link where an image of another site stands: loading it would tell that site of each reader's visit.

    One of the hosts that are let in is asked for by https, whatever the site itself is served by.
    """
    within = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal within
        if match["tag"] != "img":
            within += 1 if match["tag"] == "a" else -1
            return match[0]
        src = _SRC.search(match["attributes"])
        address = html.unescape(src["src"]) if src is not None else ""
        if src is None or not is_elsewhere(address) or _is_data(address):
            return match[0]
        found = web_address(address)
        if found is not None and found.is_safe and found.is_of(hosts):
            return match[0].replace(src[0], f' src="{html.escape(found.secure)}"', 1)
        alt = _ALT.search(match["attributes"])
        words = html.escape(html.unescape(alt["alt"] if alt else "")) or "Image"
        # Extensions draw pictograms by images of other sites, and say which it is in a letter.
        return words if within or _PICTOGRAM.search(match["attributes"]) else f'<a href="{src["src"]}">{words}</a>'

    return _IMAGE_OR_LINK.sub(replaced, clean)
