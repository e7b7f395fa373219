"""Pictures that are programs: an SVG opened by itself runs as a page of the site, with all that such a page may do.

A picture that only names fonts elsewhere, as drawing programs write them, is published without their addresses: shown by a
page it would load nothing, and opened by itself it must not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from handrail.model.style_rules import without_rules
from handrail.text.syntax_errors import shorten

_RUNS = frozenset(("script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video"))
_CHANGES = frozenset(("set", "animate", "animatetransform", "animatemotion", "discard"))
_PAGES = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2001/xml-events")
_IN_THE_FILE = re.compile(
    r"#|data:(?:image/(?:png|jpeg|gif|webp)|font/[\w.-]+|application/(?:x-)?font-[\w-]+)[;,]", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"https?://|mailto:", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')]*)", re.IGNORECASE)
# In a style a backslash hides a name, and these load by an address that no url( stands before.
_LOADS_UNSAID = re.compile(r"\\|@import|image-set|image\s*\(|(?<![\w-])src\s*\(", re.IGNORECASE)
_PLAIN_TYPE = re.compile(r"-//W3C//DTD SVG (?:1\.0|1\.1|1\.1 Basic|1\.1 Tiny|20010904)//EN")
_UNKNOWN_ENTITY = re.compile(rb"&(?!(?:amp|apos|gt|lt|quot|#\d+|#x[\da-fA-F]+);)")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")


_PLAINLY = "Save it as plain SVG, without what only the drawing program needs, or as PNG."
_WITHOUT_LABELS = (
    "Switch off formatted text for its labels in the drawing program, so that they are text of the drawing, and save it again; "
    "or save it as PNG."
)


class Fault(NamedTuple):
    """Why a picture is not published, as the end of a sentence about it, and what its author can do."""

    why: str
    hint: str


class _ActiveError(Exception):
    """Something in a picture that runs or loads."""

    def __init__(self, why: str, hint: str) -> None:
        super().__init__(why)
        self.fault = Fault(why, hint)


def publishable_drawing(raw: bytes) -> bytes | None:
    """Return an SVG as it may be published: as it is, or without the addresses of fonts and styles; None where it may not be.

    Only at-rules `@font-face` and `@import` that load something are taken out; every other byte stays.
    """
    if is_static(raw):
        return raw
    lighter = _without_fonts(raw)
    return lighter if lighter is not None and is_static(lighter) else None


def fault_of(raw: bytes) -> Fault | None:
    """Return why an SVG is not published; None where it may be."""
    lighter = _without_fonts(raw)
    return _fault(raw if lighter is None else lighter)


def is_static(raw: bytes) -> bool:
    """Say whether an SVG only draws: no program, no page within it, nothing loaded from elsewhere, and XML throughout.

    Links on which a reader clicks may lead to the web. Some document types teach browsers entities that are unknown here,
    which could stand in every name and address: only those of SVG itself may be named.
    """
    return _fault(raw) is None


def _fault(raw: bytes) -> Fault | None:
    try:
        styles = _read(raw, _element)
    except _ActiveError as error:
        return error.fault
    except (expat.ExpatError, ValueError):
        return Fault("it can't be read as a drawing from its beginning to its end", "Save it again, or save it as PNG.")
    # Where a document type is named, the reader drops an entity that it doesn't know.
    if unknown := _UNKNOWN_ENTITY.search(raw.replace(b"\0", b"")):
        said = raw.replace(b"\0", b"")[unknown.start() :].partition(b";")[0].decode("ascii", "replace")
        return Fault(f"it writes a sign as {_named(said + ';')}, which no drawing knows", "Write the sign itself.")
    loaded = next(_loads("".join(styles.texts)), None)
    return None if loaded is None else _of_styles(loaded)


def _of_styles(loaded: str) -> Fault:
    if loaded == "\\":
        return Fault(f"a style in it hides a name behind {_named(loaded)}", _PLAINLY)
    return Fault(f"a style in it loads {_named(loaded)}", f"Put what it loads into the file. {_PLAINLY}")


def _named(text: str) -> str:
    return f"`{shorten(_UNSEEN.sub(' ', text).strip())}`"


def _without_fonts(raw: bytes) -> bytes | None:
    """Return a picture whose styles load no fonts and no other styles; None where its bytes can't be told apart."""
    if b"\0" in raw:
        return None  # the bytes of a letter are not those of ASCII
    try:
        styles = _read(raw, lambda _name, _attributes: None)
    except (expat.ExpatError, _ActiveError, ValueError):
        return None
    parts, at = [], 0
    for start, end, text in styles.places:
        lighter = without_rules(text, ("font-face", "import"), lambda rule: any(_loads(rule)))
        if lighter != text:
            parts += [raw[at:start], escape(lighter).encode("ascii", "xmlcharrefreplace")]
            at = end
    return b"".join([*parts, raw[at:]])


def _read(raw: bytes, judge: Callable[[str, dict[str, str]], None]) -> _Styles:
    """Read a picture, element by element, and return what stands in its styles."""
    parser = expat.ParserCreate(namespace_separator="\n")
    styles = _Styles(parser, judge)
    parser.StartElementHandler = styles.begin
    parser.EndElementHandler = styles.end
    parser.CharacterDataHandler = styles.take
    parser.StartCdataSectionHandler = styles.come
    parser.CommentHandler = styles.come
    parser.ProcessingInstructionHandler = _instruction
    parser.StartDoctypeDeclHandler = _type
    parser.EntityDeclHandler = _declaration
    parser.AttlistDeclHandler = _declaration
    parser.Parse(raw, True)  # noqa: FBT003 - the parser's own interface
    return styles


class _Styles:
    """Collects what stands in the styles of a picture, and where in its bytes, and lets each element be judged.

    A style that holds an element has no place: nobody can say what is left of it.
    """

    def __init__(self, parser: expat.XMLParserType, judge: Callable[[str, dict[str, str]], None]) -> None:
        self.texts: list[str] = []
        self.places: list[tuple[int, int, str]] = []
        self._parser = parser
        self._judge = judge
        self._within = 0
        self._first: int | None = None
        self._is_plain = True
        self._from = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._judge(name, attributes)
        if self._within:
            self._is_plain = False
        elif _is_style(name):
            self._first, self._is_plain, self._from = None, True, len(self.texts)
        self._within += _is_style(name)

    def end(self, name: str) -> None:
        self._within -= _is_style(name)
        if _is_style(name) and not self._within and self._is_plain and self._first is not None:
            text = "".join(self.texts[self._from :])
            self.places.append((self._first, self._parser.CurrentByteIndex, text))

    def take(self, text: str) -> None:
        if self._within:
            self.come()
            self.texts.append(text)

    def come(self, *_what: object) -> None:
        """Note where the inside of a style begins."""
        if self._within and self._first is None:
            self._first = self._parser.CurrentByteIndex


def _is_style(name: str) -> bool:
    return name.rpartition("\n")[2].casefold() == "style"


def _instruction(target: str, _data: str) -> None:
    raise _ActiveError(f"it tells other programs what to do, by {_named(f'<?{target}')}", _PLAINLY)


def _declaration(*_what: object) -> None:
    raise _ActiveError("it declares names of its own in its `<!DOCTYPE>`", _PLAINLY)


def _type(_name: str, system: str | None, public: str | None, has_own: int) -> None:
    if has_own:
        _declaration()
    if (public is None and system is not None) or (public and not _PLAIN_TYPE.fullmatch(public)):
        raise _ActiveError(f"its `<!DOCTYPE>` is not that of a drawing, but {_named(public or system or '')}", _PLAINLY)


def _element(name: str, attributes: dict[str, str]) -> None:
    space, _, local = name.rpartition("\n")
    tag = local.casefold()
    _check_tag(space, local)
    for qualified, value in attributes.items():
        of, _, key = qualified.casefold().rpartition("\n")
        is_foreign = of not in ("", "http://www.w3.org/1999/xlink")
        target = _UNSEEN.sub("", value)
        if key == "ping" or key.startswith("on"):
            raise _ActiveError(f"{_named(key)} of {_named(f'<{local}>')} could run or send something", _PLAINLY)
        if key == "attributename" and tag in _CHANGES and _is_dangerous(target):
            raise _ActiveError(f"{_named(f'<{local}>')} changes {_named(target)} while it is shown", _PLAINLY)
        if key in ("href", "src", "from", "to", "values") and "script:" in target.casefold():
            raise _ActiveError(f"{_named(f'<{local}>')} leads to {_named(target)}, which would run", _PLAINLY)
        if key in ("href", "src") and not _leads_nowhere_new(tag, target):
            raise _ActiveError(*_of_address(local, target))
        # Programs that draw note in attributes of their own where the file lay, on Windows too.
        if not is_foreign and (loaded := next(_loads(value), None)) is not None:
            raise _ActiveError(*_of_styles(loaded))


def _check_tag(space: str, local: str) -> None:
    tag, named = local.casefold(), _named(f"<{local}>")
    if tag == "foreignobject" or space in _PAGES:
        raise _ActiveError(
            f"it holds {named}, a part of a web page, as drawing programs write it for labels", _WITHOUT_LABELS
        )
    if tag in _RUNS:
        raise _ActiveError(f"it holds {named}, which could run or load something", _PLAINLY)


def _of_address(tag: str, target: str) -> Fault:
    if tag.casefold() == "a":
        return Fault(
            f"it has a link to {_named(target)}, which is no whole address of the web",
            "Write the whole address, such as https://handbook.example/page/, or take the link out.",
        )
    return Fault(
        f"{_named(f'<{tag}>')} shows {_named(target)}, which lies outside the file",
        "Put what it shows into the file, which drawing programs call embedding; or save it as PNG.",
    )


def _is_dangerous(attribute: str) -> bool:
    name = attribute.casefold().rpartition(":")[2]
    return name.startswith("on") or name in ("href", "src")


def _leads_nowhere_new(tag: str, target: str) -> bool:
    return not target or _IN_THE_FILE.match(target) is not None or (tag == "a" and bool(_ELSEWHERE.match(target)))


def _loads(styles: str) -> Iterator[str]:
    """Yield what a text would load if it were a style."""
    if unsaid := _LOADS_UNSAID.search(styles):
        yield unsaid[0]
    for match in _URL.finditer(styles):
        if not _IN_THE_FILE.match(_UNSEEN.sub("", match[1])):
            yield match[1]
