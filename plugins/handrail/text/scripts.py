"""Programs in a page, as browsers take them: which scripts run, which attributes do, and how a policy names what it lets in."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

from handrail.text.html_page import Tag
from handrail.text.tags import as_browsers_read

_JAVASCRIPT = frozenset(
    f"{group}/{name}"
    for group, names in (
        ("application", "ecmascript javascript x-ecmascript x-javascript"),
        ("text", "ecmascript javascript jscript livescript x-ecmascript x-javascript"),
        ("text", " ".join(f"javascript1.{version}" for version in range(6))),
    )
    for name in names.split()
)
_PROGRAMS = frozenset(("", "module", "importmap", "speculationrules", *_JAVASCRIPT))
_HANDLER = re.compile(r"on[a-z]{3,}")
_RUNS = "javascript:"
_DOES_NOTHING = re.compile(r"(?:void\s*+\(?\s*+0\s*+\)?|;|//.*|\s)*+", re.IGNORECASE | re.DOTALL)
_LINE_END = re.compile(r"\r\n?")


def is_program(script: Tag) -> bool:
    """Say whether browsers run a `<script>`: by its type it may be data, also for a program that runs it later."""
    if script.has("type"):
        return script.value("type").strip().lower() in _PROGRAMS
    language = script.value("language").lower()
    return not language or f"text/{language}" in _JAVASCRIPT


def handlers(tag: Tag) -> Iterator[tuple[str, str]]:
    """Yield the names of attributes that run, and the programs in them."""
    for name in tag.names:
        if _HANDLER.fullmatch(name) and (program := tag.value(name)).strip():
            yield name, program


def runs(address: str) -> bool:
    """Say whether an address is a program, and not one that is there to do nothing."""
    read = as_browsers_read(address)
    return read[: len(_RUNS)].lower() == _RUNS and _DOES_NOTHING.fullmatch(read, len(_RUNS)) is None


def source_of(program: str) -> str:
    """Return how a policy names a program that stands in a page: browsers read each end of a line as one sign."""
    read = _LINE_END.sub("\n", program).encode()
    return f"'sha256-{base64.b64encode(hashlib.sha256(read).digest()).decode()}'"
