"""Measures digests and states in one process, as the check takes them: with no collection of garbage."""

from __future__ import annotations

import gc
import time
from pathlib import Path

from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.signed_content import text_of
from handrail.rules.check import check
from tests.benchmarks.generate import TODAY

_TIMES = 5


def measure(project: Path) -> tuple[list[float], list[float]]:
    """Return milliseconds for each page's digest, and the share that states have in a check, several times each."""
    gc.collect()
    gc.disable()
    began = time.process_time()
    book = load_handbook(load_project(project / "mkdocs.yml"), load_kinds(), TODAY)
    check(book)
    whole = time.process_time() - began
    shares = []
    for _ in range(_TIMES):
        # The same pages, whose links the check has read, and nothing else that it worked out.
        again = book.with_sources({page.src_uri: page.source for page in book.pages})
        began = time.process_time()
        for page in again.documents:
            again.sign_off(page)
        shares.append((time.process_time() - began) / whole)
    signed = [page for page in book.documents if page.kind is not None and page.kind.signed]
    digests = []
    for part in range(_TIMES):
        pages = signed[part::_TIMES]
        for page in pages:
            vars(page.source).pop("links", None)
        began = time.process_time()
        for page in pages:
            text_of(page, book.registry)
        digests.append((time.process_time() - began) / len(pages) * 1000)
    gc.enable()
    return digests, shares
