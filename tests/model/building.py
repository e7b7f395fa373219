"""Handbooks and pages made of text, without a disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from textwrap import dedent
from typing import Any

from handrail.model.files import Files
from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind, load_kinds
from handrail.model.page import Page
from handrail.model.project import Project
from handrail.model.settings import Settings, validate
from handrail.text.source import read_source

ROOT = Path("project")
TODAY = "2026-11-15"

kinds = lru_cache(maxsize=1)(load_kinds)


def settings(**options: Any) -> Settings:
    return validate({"fiscal_year_end": "01-31", "visibility": {".": "public"}} | options, lambda option: option)


def handbook(
    pages: Mapping[str, str],
    today: str = TODAY,
    *,
    nav: Iterable[str] = (),
    known: Mapping[str, Kind] | None = None,
    **options: Any,
) -> Handbook:
    """Make a handbook of pages by path, indented as the test likes."""
    project = Project(ROOT, ROOT / "mkdocs.yml", ROOT / "content", settings(**options), nav=tuple(nav))
    sources = {path: read_source(dedent(text).lstrip("\n").encode()) for path, text in sorted(pages.items())}
    return Handbook(project, known or kinds(), date.fromisoformat(today), Files(pages=list(sources)), sources)


def document(kind: str, id_: str, *lines: str, title: str = "A page", body: str = "Text\n") -> str:
    """Write a public document."""
    head = [f"kind: {kind}", f"id: {id_}", f"title: {title}", "visibility: public", *lines]
    return "\n".join(["---", *head, "---", body])


def only(book: Handbook, src_uri: str) -> Page:
    return book.by_src_uri[src_uri]


def day(text: str) -> date:
    return date.fromisoformat(text)
