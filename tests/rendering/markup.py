"""One text for each element and each attribute that the sanitiser lets through, and what can be done to it.

`test_pairs.py` holds the tables to the sanitiser's: a new element or attribute there needs a text here.
"""

from __future__ import annotations

import re

_INLINE = "abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var"
_WITH_WORDS = "address article aside blockquote center div footer h1 h2 h3 h4 h5 h6 header main nav pre section"
_IN_TABLE = '<table><caption>Fees</caption><colgroup><col span="2"></colgroup><thead><tr><th>What</th><th>Fee</th></tr></thead><tbody><tr><td>Card</td><td>3</td></tr></tbody><tfoot><tr><td>All</td><td>4</td></tr></tfoot></table>'
_LIST = "<dl><dt>Card</dt><dd>of the bank</dd></dl>"
_FIGURE = '<figure><img alt="Plan" src="a.png"><figcaption>Our plan</figcaption></figure>'
_FILM = '<p><video controls width="200" height="100" src="a.mp4"><source src="a.webm"><track src="a.vtt"></video> See it.</p>'
_DRAWING = '<p><svg viewBox="0 0 40 40" width="40" height="40">{}</svg> Pay.</p>'
_LARGE_DRAWING = '<p><svg viewBox="0 0 400 40">{}</svg> Pay.</p>'
_SHAPES = {
    "circle": '<circle cx="20" cy="20" r="10"></circle>',
    "ellipse": '<ellipse cx="20" cy="20" rx="12" ry="6"></ellipse>',
    "g": '<g fill="#ff0000"><circle cx="20" cy="20" r="10"></circle></g>',
    "line": '<line x1="2" y1="2" x2="30" y2="20" stroke="#ff0000" stroke-width="3"></line>',
    "path": '<path d="M2 2h20v20z"></path>',
    "polygon": '<polygon points="2,2 30,2 20,30"></polygon>',
    "polyline": '<polyline points="2,2 30,2 20,30"></polyline>',
    "rect": '<rect x="2" y="2" width="20" height="10"></rect>',
}

ELEMENTS: dict[str, str] = {
    **{element: f"<p>Do <{element}>not</{element}> pay.</p>" for element in _INLINE.split()},
    **{element: f"<{element}>Do not pay.</{element}>\n" for element in _WITH_WORDS.split()},
    **dict.fromkeys(["caption", "col", "table", "td", "tfoot", "th", "thead"], _IN_TABLE),
    **dict.fromkeys(("dl", "dt", "dd"), _LIST),
    **dict.fromkeys(("figure", "figcaption", "img"), _FIGURE),
    **dict.fromkeys(("video", "source", "track"), _FILM),
    **{shape: _DRAWING.format(drawn) for shape, drawn in _SHAPES.items()},
    **dict.fromkeys(("details", "summary"), "<details open><summary>More</summary><p>Do not pay.</p></details>"),
    "a": '<p>See <a href="b/">the fees</a>.</p>',
    "audio": '<p><audio controls src="a.mp3"></audio> Hear it.</p>',
    "colgroup": '<table><colgroup span="2"></colgroup><tr><td>Card</td><td>3</td></tr></table>',
    "tbody": "<table><tbody><tr><td>Card</td></tr></tbody><tbody><tr><td>Cheque</td></tr></tbody></table>",
    "tr": "<table><tr><td>Card</td></tr><tr><td>Cheque</td></tr></table>",
    "br": "<p>Do not pay.<br>Ask.</p>",
    "hr": "Pay.\n\n<hr>\n\nAsk.\n",
    "input": '<p><input type="checkbox" disabled> Paid.</p>',
    "label": '<p><label for="paid">Paid</label> <input type="checkbox" id="paid"></p>',
    "li": "<ol><li>Pay.</li></ol>",
    "p": "<div><p>Do not pay.</p><p>Ask.</p></div>",
    "ol": "<ol><li>Pay.</li></ol>",
    "svg": _DRAWING.format(_SHAPES["path"]),
    "ul": "<ul><li>Pay.</li></ul>",
    "wbr": "<p>handbook<wbr>marlstone</p>",
}
"""An element's name, and a text in which it stands."""

_WORDS = "<p>Do <{tag} {attribute}>not!</{tag}> pay.</p>"
_EXPLAINED = '<p>Do <em {attribute}>not</em> pay. <span id="why">It costs</span> <span id="how">or ask.</span></p>'
_CELLS = (
    "<table><tbody><tr><th>One</th><th>Two</th><th>Three</th><th>Four</th></tr>"
    "<tr><{tag} {attribute}>Pay</{tag}><td>at the bank</td></tr><tr><td>Ask</td><td>Omar</td></tr><tr><td>Go</td></tr></tbody></table>"
)
_ROWS = (
    "<table><colgroup {group}><col {column}><col></colgroup><tbody><tr><td>One</td><td>Two</td></tr></tbody></table>"
)
_MEDIUM: dict[str, tuple[str, str | None]] = {
    "controls": ("controls", None),
    "height": ('height="90"', "60"),
    "loop": ("loop", None),
    "muted": ("muted", None),
    "preload": ('preload="none"', "auto"),
    "src": ('src="a.{}"', "b.{}"),
    "width": ('width="200"', "120"),
}


def _medium(tag: str, ending: str) -> dict[tuple[str, str], tuple[str, str | None]]:
    made: dict[tuple[str, str], tuple[str, str | None]] = {}
    for name, (attribute, other) in _MEDIUM.items():
        others = "" if name == "controls" else " controls"
        text = f"<p><{tag} {attribute.format(ending)}{others}></{tag}> See it.</p>"
        made[tag, name] = (text, other and other.format(ending))
    return made


def _cell(tag: str) -> dict[tuple[str, str], tuple[str, str | None]]:
    values = {
        "align": ("right", "center"),
        "colspan": ("2", "3"),
        "headers": ("one", "two"),
        "rowspan": ("2", "3"),
        "style": ("text-align: right", "text-align: center"),
        "valign": ("top", "bottom"),
    }
    return {
        (tag, name): (_CELLS.format(tag=tag, attribute=f'{name}="{value}"'), other)
        for name, (value, other) in values.items()
    }


def _anywhere(values: dict[str, tuple[str, str]]) -> dict[tuple[str, str], tuple[str, str | None]]:
    return {
        ("*", name): (_WORDS.format(tag="em", attribute=f'{name}="{value}"'), other)
        for name, (value, other) in values.items()
    }


def _drawn(values: dict[str, tuple[str, str, str]]) -> dict[tuple[str, str], tuple[str, str | None]]:
    return {
        (re.split(r"\W", text)[1], name): (_LARGE_DRAWING.format(text.format(f'{name}="{value}"')), other)
        for name, (text, value, other) in values.items()
    }


ATTRIBUTES: dict[tuple[str, str], tuple[str, str | None]] = {
    **_anywhere(
        {
            "aria-hidden": ("true", "false"),
            "aria-label": ("never", "always"),
            "class": ("md-tag", "footnote"),
            "data-linenums": ("1", "2"),
            "data-search-exclude": ("a", "b"),
            "data-sort-method": ("none", "number"),
            "dir": ("rtl", "ltr"),
            "id": ("why", "how"),
            "lang": ("de", "fr"),
            "role": ("button", "checkbox"),
            "tabindex": ("0", "1"),
            "title": ("by card", "by cheque"),
            "translate": ("no", "yes"),
        }
    ),
    ("*", "aria-describedby"): (_EXPLAINED.format(attribute='aria-describedby="why"'), "how"),
    ("*", "aria-labelledby"): (_EXPLAINED.format(attribute='role="button" aria-labelledby="why"'), "how"),
    ("*", "data-tabs"): (
        '<div class="tabbed-set" data-tabs="1:1"><input id="__tabbed_1_1" type="radio"><div class="tabbed-labels"><label for="__tabbed_1_1">A</label></div></div>',
        "1:2",
    ),
    ("a", "download"): ('<p>See <a href="b/" download="a">the fees</a>.</p>', "b"),
    ("a", "href"): ('<p>See <a href="b/">the fees</a>.</p>', "c/"),
    ("a", "hreflang"): ('<p>See <a href="b/" hreflang="de">the fees</a>.</p>', "fr"),
    ("a", "name"): ('<p><a name="fees"></a>The fees. <a href="#fees">Up</a></p>', "costs"),
    ("a", "rel"): ('<p>See <a href="b/" rel="nofollow">the fees</a>.</p>', "license"),
    ("a", "target"): ('<p>See <a href="b/" target="_blank">the fees</a>.</p>', "_self"),
    **_medium("audio", "mp3"),
    **_medium("video", "mp4"),
    ("video", "poster"): ('<p><video width="200" height="100" poster="a.png"></video> See it.</p>', "b.png"),
    ("bdo", "dir"): (_WORDS.format(tag="bdo", attribute='dir="rtl"'), "ltr"),
    ("col", "align"): (_ROWS.format(group="", column='align="right"'), "left"),
    ("col", "span"): (_ROWS.format(group="", column='span="2"'), "3"),
    ("colgroup", "span"): ('<table><colgroup span="2"></colgroup><tbody><tr><td>1</td><td>2</td></tr></tbody></table>', "3"),
    ("data", "value"): (_WORDS.format(tag="data", attribute='value="0"'), "1"),
    ("del", "datetime"): (_WORDS.format(tag="del", attribute='datetime="2026-01-01"'), "2026-02-01"),
    ("ins", "datetime"): (_WORDS.format(tag="ins", attribute='datetime="2026-01-01"'), "2026-02-01"),
    ("time", "datetime"): (_WORDS.format(tag="time", attribute='datetime="2026-01-01"'), "2026-02-01"),
    ("details", "open"): ("<details open><summary>More</summary><p>Do not pay.</p></details>", None),
    ("div", "align"): ('<div align="right">Pay.</div>', "center"),
    ("div", "style"): ('<div style="width: 3em">Do not pay before you have asked.</div>', "width: 6em"),
    ("img", "align"): ('<p>Pay. <img src="a.png" alt="A" align="right"></p>', "top"),
    ("img", "alt"): ('<p>Pay. <img src="a.png" alt="by card"></p>', "by cheque"),
    ("img", "height"): ('<p>Pay. <img src="a.png" alt="A" height="30"></p>', "60"),
    ("img", "loading"): ('<p>Pay. <img src="a.png" alt="A" loading="lazy"></p>', "eager"),
    ("img", "src"): ('<p>Pay. <img src="a.png" alt="A"></p>', "b.png"),
    ("img", "width"): ('<p>Pay. <img src="a.png" alt="A" width="30"></p>', "60"),
    ("input", "checked"): ('<p><input type="checkbox" checked> Paid.</p>', None),
    ("input", "disabled"): ('<p><input type="checkbox" disabled> Paid.</p>', None),
    ("input", "name"): ('<p><input type="radio" name="__tabbed_1" checked> Paid. <input type="radio" name="__tabbed_1"></p>', "__tabbed_2"),
    ("input", "type"): ('<p><input type="checkbox"> Paid.</p>', "radio"),
    ("label", "for"): ('<p><label for="paid">Paid</label> <input type="checkbox" id="paid"></p>', "owed"),
    ("li", "value"): ('<ol><li value="3">Pay.</li></ol>', "4"),
    ("ol", "reversed"): ("<ol reversed><li>Ask.</li><li>Pay.</li></ol>", None),
    ("ol", "start"): ('<ol start="3"><li>Ask.</li><li>Pay.</li></ol>', "4"),
    ("ol", "type"): ('<ol type="a"><li>Ask.</li><li>Pay.</li></ol>', "I"),
    ("p", "align"): ('<p align="right">Pay.</p>', "center"),
    ("source", "src"): ('<p><video controls><source src="a.mp4"></video> See it.</p>', "b.mp4"),
    ("source", "type"): ('<p><video controls><source src="a.mp4" type="video/mp4"></video> See it.</p>', "video/ogg"),
    ("svg", "fill"): ('<p><svg viewBox="0 0 9 9" width="40" height="40" fill="#ff0000"><path d="M1 1h7v7z"></path></svg></p>', "#00ff00"),
    ("svg", "height"): ('<p><svg viewBox="0 0 9 9" height="40"><path d="M1 1h7v7z"></path></svg></p>', "80"),
    ("svg", "viewBox"): ('<p><svg viewBox="0 0 9 9" width="40" height="40"><path d="M1 1h7v7z"></path></svg></p>', "0 0 12 12"),
    ("svg", "width"): ('<p><svg viewBox="0 0 9 9" width="40"><path d="M1 1h7v7z"></path></svg></p>', "80"),
    ("svg", "xmlns"): ('<p><svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg"><path d="M1 1h7v7z"></path></svg></p>', "http://www.w3.org/1999/xhtml"),
    **_cell("td"),
    **_cell("th"),
    ("th", "abbr"): (_CELLS.format(tag="th", attribute='abbr="Fee"'), "Cost"),
    ("th", "scope"): (_CELLS.format(tag="th", attribute='scope="row"'), "col"),
    **{
        ("track", name): (f'<p><video controls src="a.mp4"><track {name}="{value}"></video> See it.</p>', other)
        for name, value, other in (
            ("default", "default", None),
            ("kind", "captions", "chapters"),
            ("label", "English", "German"),
            ("src", "a.vtt", "b.vtt"),
            ("srclang", "en", "de"),
        )
    },
    **_drawn(
        {
            "clip-rule": ("<path {} d='M2 2h20v20z'></path>", "evenodd", "nonzero"),
            "cx": ("<circle {} cy='20' r='9'></circle>", "20", "30"),
            "cy": ("<circle cx='20' {} r='9'></circle>", "20", "30"),
            "d": ("<path {}></path>", "M2 2h20v20z", "M2 2v20h20z"),
            "fill": ("<rect {} width='20' height='20'></rect>", "#ff0000", "#00ff00"),
            "fill-rule": ("<path {} d='M2 2h30v30h-30zM8 8h15v15h-15z'></path>", "evenodd", "nonzero"),
            "height": ("<rect {} width='20'></rect>", "20", "30"),
            "points": ("<polygon {}></polygon>", "2,2 30,2 20,30", "2,2 20,2 20,30"),
            "r": ("<circle cx='20' cy='20' {}></circle>", "9", "12"),
            "rx": ("<ellipse {} ry='6' cx='20' cy='20'></ellipse>", "9", "12"),
            "ry": ("<ellipse {} rx='6' cx='20' cy='20'></ellipse>", "9", "12"),
            "stroke": ("<line {} x2='30' y2='20'></line>", "#ff0000", "#00ff00"),
            "stroke-linecap": ("<line {} x1='9' y1='9' x2='30' y2='20' stroke='#ff0000' stroke-width='9'></line>", "round", "square"),
            "stroke-linejoin": ("<polyline {} points='9,9 30,9 20,30' stroke='#ff0000' stroke-width='9'></polyline>", "round", "bevel"),
            "stroke-width": ("<line {} x2='30' y2='20' stroke='#ff0000'></line>", "2", "6"),
            "transform": ("<g {}><rect width='20' height='10'></rect></g>", "rotate(20)", "rotate(40)"),
            "width": ("<rect {} height='20'></rect>", "20", "30"),
            "x": ("<rect {} width='20' height='20'></rect>", "2", "9"),
            "x1": ("<line {} x2='30' y2='20' stroke='#ff0000'></line>", "2", "9"),
            "x2": ("<line {} y2='20' stroke='#ff0000'></line>", "20", "30"),
            "y": ("<rect {} width='20' height='20'></rect>", "2", "9"),
            "y1": ("<line {} x2='30' y2='20' stroke='#ff0000'></line>", "2", "9"),
            "y2": ("<line {} x2='20' stroke='#ff0000'></line>", "20", "30"),
        }
    ),
}  # fmt: skip
"""An element (`*` is any) and its attribute, with a text in which it stands, and another value for it, if it can have one."""

FREE = frozenset({("*", "id")})
"""What may differ where nothing names it, as in its text above."""


def without(text: str, element: str) -> str:
    """Return a text without an element's tags, its words in place."""
    return re.sub(rf"</?{element}\b[^>]*>", "", text)


def in_capitals(text: str, element: str) -> str:
    """Return a text in which an element's tags are written in capitals: HTML knows no difference."""
    return re.sub(rf"(</?){element}\b", lambda match: match[1] + element.upper(), text)


def with_value(text: str, attribute: str, value: str) -> str:
    """Return a text in which an attribute has another value; one that has none is turned to that name."""
    return re.sub(rf'(\s{attribute})(?:=(["\'])[^"\']*\2)?(?=[\s>])', rf'\1="{value}"', text, count=1)


def without_attribute(text: str, attribute: str) -> str:
    """Return a text in which an attribute is gone where it first stands."""
    return re.sub(rf'\s{attribute}(?:="[^"]*")?(?=[\s>])', "", text, count=1)


def quoted_anew(text: str, attribute: str) -> str:
    """Return a text in which an attribute stands behind more blanks, in single quotes: HTML knows no difference."""

    def anew(match: re.Match[str]) -> str:
        return f"   {attribute}='{match[1] or ''}'"

    return re.sub(rf'\s{attribute}(?:="([^"]*)")?(?=[\s>])', anew, text, count=1)
