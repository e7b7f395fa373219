"""The digest of a signed text: what two people have to have read to have read the same.

It leaves nothing out and guesses nothing: the fields as a reader gets them and the body as it was typed, in one form,
and behind them the bytes of the pictures, sounds and films that the body shows. The site's page on digests says the same
in words, so that anyone can recompute one. Whether two texts with different digests read the same is another question,
which `rendering/` answers.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import rfc8785

VERSION = "t2"
DIGITS = 8
"""By so many digits of its digest people and the records name a text."""
PATTERN = re.compile(rf"(?P<text>{VERSION}:[0-9a-f]{{64}})(?:\.(?P<files>[0-9a-f]{{64}}))?")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_BEYOND_16_BITS = tuple(bytes([first]) for first in range(0xF0, 0xF5))
"""What a character that UTF-16 writes in two parts begins with in UTF-8, and nothing else does."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest in its two halves: `text`, such as `t2:9f86…`, and that of the files which the body shows, if any."""

    text: str
    files: str = ""

    def __str__(self) -> str:
        return f"{self.text}.{self.files}" if self.files else self.text


def digits(digest: str) -> str:
    """Return the first digits of a text's digest, by which people and the records name it."""
    return digest.partition(":")[2][:DIGITS]


def parse_digest(written: str) -> Digest | None:
    """Read a digest as it stands in an entry; None where it is none."""
    match = PATTERN.fullmatch(written)
    return Digest(match["text"], match["files"] or "") if match else None


def text_half(fields: dict[str, Any], body: str) -> str:
    """Return the first half of a digest; `fields` are the material ones, by name."""
    return f"{VERSION}:{hashlib.sha256(signed_bytes(fields, body)).hexdigest()}"


def signed_bytes(fields: dict[str, Any], body: str) -> bytes:
    """Return the very bytes that the first half is taken of."""
    return serialised({"body": typed(body), "fields": canonical(fields)})


def files_half(hashes: Iterable[str]) -> str:
    """Return the second half: that of the hashes of the files which a body shows, in the order of their paths."""
    return hashlib.sha256(serialised(list(hashes))).hexdigest()


def file_hash(content: bytes, *, is_text: bool) -> str:
    """Return the hash of one file; one in a text format has the same on every system, however it ends its lines."""
    return hashlib.sha256(_with_one_line_end_in(content) if is_text else content).hexdigest()


def serialised(value: Any) -> bytes:
    """Return texts, in lists and mappings, as RFC 8785 writes them; raises UnicodeEncodeError for half characters.

    The standard library does so ten times as fast, but for the order of keys that hold characters beyond 16 bits.
    """
    text = _JSON.encode(value).encode()
    return rfc8785.dumps(value) if any(first in text for first in _BEYOND_16_BITS) else text


def typed(body: str) -> str:
    """Return a body as it was typed, with LF for every line end and none at its end."""
    return _with_one_line_end(body).rstrip("\n")


def canonical(value: Any) -> Any:
    """Return a value of front matter as a reader gets it: `10` and `"10"` are the same text."""
    if isinstance(value, str):
        return _with_one_line_end(value)
    if isinstance(value, dict):
        return {str(key): canonical(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical(item) for item in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _with_one_line_end_in(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content
