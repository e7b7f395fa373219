"""What a reader or a program would see in a file of a site: its bytes as text, unpacked, and a text decoded into words."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from urllib.parse import unquote

_PACKED = b"\x1f\x8b"
_MOST_UNPACKED = 200_000_000
_DEEPEST = 4
_MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1f]")

_LEGIBLE = re.compile(rb"[\t\n\r\x20-\x7e]{8,}")

_LAYERS = 3  # a page's text in JSON in an attribute
# Files of any kind are read, not only HTML, and what stands in a tag counts as much as what stands outside: so a bracket is a bracket.
_TAG = re.compile(r"<([^<>]*)>")
_NOT_TEXT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_BEGINS_JSON = re.compile(r"\s*[\[{]")
_ESCAPES = re.compile(r'(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}))+')
_ENCODED = re.compile(r'\\["\\/bfnrtux]|%[0-9a-fA-F]{2}|&#?\w+;|<[^<>]*>')
_WORD = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
_NOT_ASCII = re.compile(r"[^\0-\x7f]+")
_UNSEEN = ("Mn", "Me", "Cf")


def unpacked(raw: bytes) -> tuple[list[bytes], str]:
    """Return a file's bytes and those of each package in it, and why they could not all be read, if so."""
    found = [raw]
    while found[-1].startswith(_PACKED):
        if len(found) > _DEEPEST:
            return found, "it is a package in a package in a package, and so on"
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(found[-1])) as file:
                inside = file.read(_MOST_UNPACKED + 1)
        except (OSError, EOFError, zlib.error):
            return found, "it is packed, and the package is damaged"
        found.append(inside)
        if len(inside) > _MOST_UNPACKED:
            return found, "it is packed, and there is more in it than can be looked through"
    return found, ""


def as_text(raw: bytes) -> str | None:
    """Return bytes as the text that they are, whatever its encoding; None where they are none."""
    encoding = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "utf-8-sig")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None if _CONTROL.search(raw) else raw.decode("cp1252", "replace")
    return None if "\0" in text else text


def legible(raw: bytes) -> str:
    """Return the words that stand as they are between the bytes of a picture, a font and the like."""
    return b"\n".join(_LEGIBLE.findall(raw)).decode("ascii")


def outside_tags(text: str) -> str:
    """Return what stands in a text outside of its tags, comments, scripts and styles."""
    return html.unescape(_NOT_TEXT.sub(" ", text))


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return words_in(folded(text))


def words_in(text: str) -> list[str]:
    """Return the words of a text that is folded already."""
    return _WORD.findall(text)


def folded(text: str) -> str:
    """Return a text in which neither case nor form, neither an accent nor an invisible sign hides a word."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda match: _plain(match[0]), text)
    return text.casefold()


@lru_cache(maxsize=1 << 14)
def _plain(signs: str) -> str:
    seen = (sign for sign in unicodedata.normalize("NFKD", signs) if unicodedata.category(sign) not in _UNSEEN)
    return unicodedata.normalize("NFC", "".join(seen))


class Readings:
    """Reads the texts of a site, each part once: the pages of a site have most of theirs in common.

    `around` is how many lines what is looked for could span.
    """

    def __init__(self, around: int) -> None:
        self._around = around
        self._seen_lines: set[str] = set()
        self._seen_tags: set[str] = set()

    def of(self, text: str) -> Iterator[str]:
        """Yield what stands in a text outside of its tags and within them, and again as often as that is encoded.

        Tags that other texts held before, and lines with what stands round them, are not looked at again.
        """
        if _is_json(text):
            text = _ESCAPES.sub(_characters, text)  # as it stands it is read by nobody
        for fresh in self._fresh(text.split("\n")):
            layer = [fresh]
            for _ in range(_LAYERS):
                layer = [html.unescape(part) for encoded in layer for part in self._parts(encoded)]
                yield from layer
                layer = [_decoded(part) for part in layer if _ENCODED.search(part)]

    def _fresh(self, lines: list[str]) -> Iterator[str]:
        """Yield the parts of a text that are new, each with the lines round it."""
        new = [at for at, line in enumerate(lines) if line not in self._seen_lines]
        self._seen_lines.update(lines[at] for at in new)
        start = end = 0
        for at in new:
            if end and at - self._around > end:
                yield "\n".join(lines[start:end])
                end = 0
            start = start if end else max(0, at - self._around)
            end = at + self._around + 1
        if end:
            yield "\n".join(lines[start:end])

    def _parts(self, text: str) -> Iterator[str]:
        pieces = _TAG.split(text)
        yield " ".join(pieces[::2])
        inside = [tag for tag in dict.fromkeys(pieces[1::2]) if tag not in self._seen_tags]
        if inside:
            self._seen_tags.update(inside)
            yield "\n".join(inside)


def _is_json(text: str) -> bool:
    if _BEGINS_JSON.match(text):
        with suppress(ValueError, RecursionError):
            json.loads(text)
            return True
    return False


def _decoded(text: str) -> str:
    """Return a text with the escapes of JSON and of addresses undone."""
    if "\\" in text:
        text = _ESCAPES.sub(_characters, text)
    return unquote(text) if "%" in text else text


def _characters(match: re.Match[str]) -> str:
    # Programs write \x41 too, which JSON does not know; a backslash that is itself escaped begins nothing.
    escapes = re.sub(r"(\\\\)|\\x", lambda one: one[1] or "\\u00", match[0])
    return str(json.loads(f'"{escapes}"'))
