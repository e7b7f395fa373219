"""The formats that a schema may ask for, and what a value of each looks like.

The validator knows what satisfies a format of JSON Schema. Two are judged here: a day, because every other part of
Handrail reads one by `parse_day`, and an address, which may hold the letters that a browser shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from handrail.model.dates import parse_day

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def is_day(value: object) -> bool:
    """Say whether a text is a day; other types are not the format's business."""
    return not isinstance(value, str) or parse_day(value) is not None


def is_uri(value: object) -> bool:
    """Say whether a text is an address with a scheme; other types are not the format's business."""
    if not isinstance(value, str):
        return True
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return _URI.fullmatch(value) is not None and bool(parts.netloc or parts.path)


JUDGED_HERE = {"date": is_day, "uri": is_uri}


@dataclass(frozen=True, slots=True)
class Format:
    """What a value of a format is, in words that follow "no", and one that would do."""

    noun: str
    example: str


FORMATS = {
    "date": Format("day of the calendar", "2026-03-31"),
    "time": Format("time of day with its time zone", "09:30:00+01:00"),
    "date-time": Format("day and time with a time zone", "2026-03-31T09:30:00+01:00"),
    "duration": Format("span of time", "P6M"),
    "email": Format("e-mail address", "ada@example.org"),
    "idn-email": Format("e-mail address", "ada@example.org"),
    "hostname": Format("name of a host", "handbook.example.org"),
    "idn-hostname": Format("name of a host", "handbook.example.org"),
    "ipv4": Format("IPv4 address", "192.0.2.1"),
    "ipv6": Format("IPv6 address", "2001:db8::1"),
    "uri": Format("address", "https://example.org/handbook"),
    "uri-reference": Format("address or path", "../people/"),
    "iri": Format("address", "https://example.org/handbook"),
    "iri-reference": Format("address or path", "../people/"),
    "uri-template": Format("address with gaps in braces", "https://example.org/{id}"),
    "uuid": Format("UUID", "2b7e1516-28ae-42a6-abf7-158809cf4f3c"),
    "json-pointer": Format("JSON pointer", "/people/0/name"),
    "relative-json-pointer": Format("relative JSON pointer", "1/name"),
    "regex": Format("regular expression", "^[a-z]+$"),
}
