"""What a change does as JSON, and read back from it; `diff.schema.json` beside this module says what stands there.

A job that runs a stranger's code may have written it. So it is read only as far as that is what the schema allows, no more than a
megabyte of it, and whoever shows it escapes it like text from a page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import jsonschema_rs

from handrail.errors import UsageError
from handrail.model.files import read_whole
from handrail.report.diff.model import (
    VERSION,
    Became,
    Change,
    Diff,
    Document,
    Findings,
    Found,
    LeftOut,
    Lost,
    Measured,
    Named,
    SignOffs,
    Turned,
    Voided,
)
from handrail.report.plain import without_surrogates
from handrail.rules.finding import Severity
from handrail.text.worddiff import Piece

MOST = 1 << 20
"""So many bytes it may have."""
_LONGEST = 2_000
"""So many characters a text in it may have."""
_MOST_PIECES, _MOST_LINES = 500, 200


def as_json(found: Diff) -> str:
    """Return what a change does as JSON in ASCII, at most a megabyte of it; `left_out` counts what has no room."""
    data = {"version": VERSION, **_cut(asdict(found))}
    for document in data["documents"]:
        if len(document["pieces"]) > _MOST_PIECES:
            _leave_words_out(data, document)
        del document["lines"][_MOST_LINES:]
    over = len(_dumped(data)) - MOST
    freed = _freed(data)
    while over > 0:
        over -= next(freed)
    return _dumped(data)


def _dumped(data: Any) -> str:
    return json.dumps(data, indent=1) + "\n"


def _cut(value: Any) -> Any:
    """Return data with no half characters in it, and no text that is longer than the schema allows."""
    if isinstance(value, str):
        text = without_surrogates(value)
        return f"{text[: _LONGEST - 1]}…" if len(text) > _LONGEST else text
    if isinstance(value, dict):
        return {key: _cut(item) for key, item in value.items()}
    return [_cut(item) for item in value] if isinstance(value, (list, tuple)) else value


def _freed(data: Any) -> Iterator[int]:
    """Take out what matters least first, and yield how many characters each step frees."""
    for document in reversed(data["documents"]):
        if document["pieces"]:
            yield _leave_words_out(data, document)
    lists = [
        (data["documents"], "documents"),
        (data["findings"]["gone"], "findings"),
        (data["findings"]["new"], "findings"),
    ]
    lists += [(listed, "others") for part in ("became", "sign_offs") for listed in data[part].values()]
    for listed, counted_as in lists:
        while listed:
            data["left_out"][counted_as] += 1
            yield len(json.dumps(listed.pop()))


def _leave_words_out(data: Any, document: Any) -> int:
    data["left_out"]["words"] += 1
    length = len(json.dumps(document["pieces"]))
    document["pieces"] = []
    return length


# Reading


def read(file: Path) -> Diff:
    """Read what was written before; raises UsageError with one sentence where that is not what the schema allows."""
    try:
        raw = read_whole(file, MOST)
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {file}; `handrail diff BASE --format json` writes one.") from error
    except OSError as error:
        reason = "it holds more than a megabyte" if file.is_file() and file.stat().st_size > MOST else error.strerror
        raise UsageError(f"{file} can't be read: {reason}.") from error
    try:
        data = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
        wrong = next(_validator().iter_errors(data), None)
    except (ValueError, RecursionError, OverflowError) as error:
        raise UsageError(f"{file} is not usable: it is no JSON that can be read.") from error
    if wrong is not None:
        place = "".join(f" → {step}" if isinstance(step, int) else f" → `{step}`" for step in wrong.instance_path)
        raise UsageError(
            f"{file} is not what `handrail diff --format json` writes{f', at{place[2:]}' if place else ''}."
        )
    return from_plain(data)


def _refuse(_constant: str) -> NoReturn:
    raise ValueError


def schema_text() -> str:
    """Return the schema of the JSON."""
    return resources.files("handrail").joinpath("report", "diff", "diff.schema.json").read_text("utf-8")


def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(schema_text()))


def from_plain(data: Any) -> Diff:
    """Return what a change does from what `asdict` or the JSON says of it."""
    findings, sign_offs = data["findings"], data["sign_offs"]
    return _known(
        Diff,
        data,
        remarks=tuple(data["remarks"]),
        findings=Findings(*(tuple(map(_found, findings[name])) for name in ("new", "gone"))),
        sign_offs=SignOffs(
            tuple(map(_voided, sign_offs["voided"])), tuple(_known(Named, one) for one in sign_offs["reads_the_same"])
        ),
        documents=tuple(map(_document, data["documents"])),
        became=_known(
            Became,
            {name: tuple(_known(Turned, one) for one in data["became"][name]) for name in _names(Became)},
        ),
        measures=tuple(map(_measured, data["measures"])),
        left_out=_known(LeftOut, data["left_out"]),
    )


_T = TypeVar("_T")


def _names(kind: type[Any]) -> list[str]:
    return [one.name for one in fields(kind)]


def _known(kind: type[_T], data: Mapping[str, Any], **read: Any) -> _T:
    """Return data as what it stands for; fields that a later release has added are left out."""
    return kind(**{name: read.get(name, data[name]) for name in _names(kind)})


def _found(data: Any) -> Found:
    return _known(Found, data, severity=Severity(data["severity"]))


def _voided(data: Any) -> Voided:
    return _known(Voided, data, signatures=tuple(_known(Lost, one) for one in data["signatures"]))


def _document(data: Any) -> Document:
    pieces = tuple(_known(Piece, one) for one in data["pieces"])
    return _known(Document, data, change=Change(data["change"]), pieces=pieces, lines=tuple(data["lines"]))


def _measured(data: Any) -> Measured:
    of = {name: tuple(data[name]) if data[name] is not None else None for name in ("before_of", "after_of")}
    return _known(Measured, data, **of)
