"""What rules name as data: the subjects by which findings are told apart, whatever is said of them and wherever they stand."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from handrail.model.signoff import Signature
from handrail.text.problems import DataPath

_LONGEST = 200
"""So many characters of a subject are kept as they are: it stands on a line of a file that people read."""


def of_field(path: DataPath, value: Any = None) -> str:
    """Return a field and its value, where that is no list or group that may hold anything.

    Which entry of a list it is doesn't count, for others may be put before it.
    """
    name = ".".join(str(step) for step in path if not isinstance(step, int))
    return name if value is None or isinstance(value, (list, dict)) else f"{name}: {value}"


def of_signature(entry: Signature) -> str:
    """Return whose signature it is, in which role and of which day."""
    return f"{entry.role} {entry.by} {entry.signed_on}"


def cut(subject: str) -> str:
    """Return a subject that is no longer than a line may be; the digest of all of it tells long ones apart."""
    if len(subject) <= _LONGEST:
        return subject
    digest = sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{subject[:_LONGEST]}… {digest}"
