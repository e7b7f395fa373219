"""What a recording tells when it is done: what it read, what it added, and what it left out, with why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from handrail.edit.record.store import Added
from handrail.model.record_rows import RecordFile


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was left out: where it stands (`#12`, `line 7`), and why."""

    where: str
    why: str


@dataclass
class Told:
    """What became of a file: `read` says in words what it held, `notes` what else there is to say, a sentence each."""

    read: str
    added: Mapping[RecordFile, Added] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def by_reason(self) -> dict[str, list[str]]:
        """The places of what was left out, by the reasons in the order in which they came."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.left_out:
            found[one.why].append(one.where)
        return dict(found)
