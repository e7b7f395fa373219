"""The former contents of a repository's pages, whoever asks: which ids stand in them, and what each was read as.

Nothing of it depends on how the handbook is today, so a preview keeps it until a commit comes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain

from handrail.history.repository import History, Revision
from handrail.text.source import Source, read_source

_ID = re.compile(rb"\bid[\"']?\s*:\s*[\"']?([a-z0-9]+(?:-[a-z0-9]+)*)\b")


class FormerContents:
    """The contents that the pages of a history ever had; each is read once."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._sources: dict[str, Source] = {}

    @cached_property
    def by_id(self) -> dict[str, list[Revision]]:
        """Every content that any page ever had, newest first, by the ids that stand in it."""
        history = self.history
        found: dict[str, list[Revision]] = defaultdict(list)
        listed = chain(history.revisions.values(), history.outside.values())
        revisions = [revision for one in listed for revision in one]
        ids = {
            blob: {name.decode() for name in _ID.findall(raw)}
            for blob, raw in history.blobs.read(revision.blob for revision in revisions)
        }
        for revision in sorted(revisions, key=lambda one: history.order.get(one.commit.id, 0)):
            for name in ids.get(revision.blob, ()):
                found[name].append(revision)
        return found

    def read(self, wanted: Mapping[str, Source]) -> Iterator[tuple[str, Source]]:
        """Yield what contents were read as, as far as git has them; `wanted` says of each as what it may have been read already."""
        for blob, raw in self.history.blobs.read(blob for blob in wanted if blob not in self._sources):
            # Most pages still are as they were signed, and reading takes longer than all the rest.
            is_same = raw == wanted[blob].text.encode(errors="surrogateescape")
            self._sources[blob] = wanted[blob] if is_same else read_source(raw)
        yield from ((blob, self._sources[blob]) for blob in wanted if blob in self._sources)
