"""MkDocs' dirty builds: asked for where MkDocs would build all, and without its word that one may be wrong where it is not."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from handrail.engines.logs import OF_BUILDS
from handrail.engines.not_read import AskedForTextError

_BUILD = "build"


@contextmanager
def undoubted() -> Iterator[None]:
    """Keep MkDocs from saying, and from counting in a strict build, that what a dirty build makes may be wrong, or why one is begun anew."""
    OF_BUILDS.addFilter(_is_no_doubt)
    try:
        yield
    finally:
        OF_BUILDS.removeFilter(_is_no_doubt)


def _is_no_doubt(record: logging.LogRecord) -> bool:
    is_tried_again = str(AskedForTextError()) in record.getMessage()
    return not is_tried_again and (record.levelno != logging.WARNING or record.funcName != _BUILD)


def as_dirty(builder: Callable[..., Any]) -> Callable[..., Any] | None:
    """Return what builds a preview dirty, of what builds it whole; None where that can't be told.

    How a preview is built MkDocs settles once, before it asks any plugin; the builder calls what stands in its module by this name.
    """
    names: dict[str, Any] = getattr(builder, "__globals__", {})
    if _BUILD not in names:
        return None

    def dirty(*arguments: Any) -> None:
        build = names[_BUILD]
        names[_BUILD] = lambda config, **options: build(config, **{**options, "dirty": True})
        try:
            builder(*arguments)
        finally:
            names[_BUILD] = build

    return dirty
