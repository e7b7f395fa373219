"""Pictures that are programs: an SVG opened by itself runs as a page of the site, with all that such a page may do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

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


class _ActiveError(Exception):
    """Something in a picture that runs or loads."""


def is_static(raw: bytes) -> bool:
    """Say whether an SVG only draws: no program, no page within it, nothing loaded from elsewhere, and XML throughout.

    Links on which a reader clicks may lead to the web. Some document types teach browsers entities that are unknown here,
    which could stand in every name and address: only those of SVG itself may be named.
    """
    parser = expat.ParserCreate(namespace_separator="\n")
    styles = _Styles()
    parser.StartElementHandler = styles.begin
    parser.EndElementHandler = styles.end
    parser.CharacterDataHandler = styles.take
    parser.ProcessingInstructionHandler = _refuse
    parser.StartDoctypeDeclHandler = _type
    parser.EntityDeclHandler = _refuse
    parser.AttlistDeclHandler = _refuse
    try:
        parser.Parse(raw, True)  # noqa: FBT003 - the parser's own interface
    except (expat.ExpatError, _ActiveError, ValueError):
        return False
    # Where a document type is named, the reader drops an entity that it doesn't know.
    return not _UNKNOWN_ENTITY.search(raw.replace(b"\0", b"")) and not any(_loads("".join(styles.texts)))


class _Styles:
    """Collects what stands in the styles of a picture, and looks at each element."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._within = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        _element(name, attributes)
        self._within += _is_style(name)

    def end(self, name: str) -> None:
        self._within -= _is_style(name)

    def take(self, text: str) -> None:
        if self._within:
            self.texts.append(text)


def _is_style(name: str) -> bool:
    return name.rpartition("\n")[2].casefold() == "style"


def _refuse(*_what: object) -> None:
    raise _ActiveError


def _type(_name: str, system: str | None, public: str | None, has_own: int) -> None:
    if has_own or (public is None and system is not None) or (public and not _PLAIN_TYPE.fullmatch(public)):
        raise _ActiveError


def _element(name: str, attributes: dict[str, str]) -> None:
    space, _, local = name.rpartition("\n")
    tag = local.casefold()
    if space in _PAGES or tag in _RUNS:
        raise _ActiveError
    for qualified, value in attributes.items():
        of, _, key = qualified.casefold().rpartition("\n")
        is_foreign = of not in ("", "http://www.w3.org/1999/xlink")
        target = _UNSEEN.sub("", value)
        if (
            key == "ping"
            or key.startswith("on")
            or (key == "attributename" and tag in _CHANGES and _is_dangerous(target))
        ):
            raise _ActiveError
        if key in ("href", "src", "from", "to", "values") and "script:" in target.casefold():
            raise _ActiveError
        if key in ("href", "src") and not _leads_nowhere_new(tag, target):
            raise _ActiveError
        # Programs that draw note in attributes of their own where the file lay, on Windows too.
        if not is_foreign and any(_loads(value)):
            raise _ActiveError


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
