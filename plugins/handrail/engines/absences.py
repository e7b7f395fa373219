"""Puts a page that says why in the place of each that a preview leaves out, in the look of the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, TemplateError
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import Reason
from handrail.model.urls import file_of
from handrail.pages.audience import Shown
from handrail.pages.withheld import withheld
from handrail.report.plain import without_surrogates
from handrail.text.source import SUFFIXES

_TITLE, _TEXT = "title-of-a-page-that-is-withheld", "text-of-a-page-that-is-withheld"
_OF_THE_THEME = f"""{{% extends "main.html" %}}
{{% block htmltitle %}}<title>{_TITLE} - {{{{ config.site_name }}}}</title>{{% endblock %}}
{{% block content %}}{_TEXT}{{% endblock %}}"""
_BARE = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_TITLE}</title></head>
<body>{_TEXT}</body>
</html>
"""

Finish = Callable[[str], str]
"""Makes of what a template of the theme returns what is written."""


def frame(env: Environment, nav: Navigation, config: MkDocsConfig, finish: Finish) -> str:
    """Return a page of the theme to be filled in, whose links lead to the same places from wherever it lies."""
    base = urlsplit(config.site_url or "/").path
    try:
        page = finish(env.from_string(_OF_THE_THEME).render(get_context(nav, (), config, base_url=base)))
    except TemplateError:
        return _BARE
    return page if _TEXT in page else _BARE


def explain_absences(site_dir: Path, shown: Shown, absent: Mapping[str, Reason], page_frame: str) -> None:
    """Write a page into the place of each that the site leaves out, where no other lies there."""
    for src_uri, reason in absent.items():
        page = _page(shown.handbook, src_uri)
        if page is None:
            continue
        place = site_dir / file_of(page.url)
        with suppress(OSError):  # a name that the disk does not take
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                text = page_frame.replace(_TITLE, escape(page.title)).replace(_TEXT, withheld(shown, page, reason))
                place.write_text(without_surrogates(text), "utf-8")


def _page(handbook: Handbook, src_uri: str) -> Page | None:
    """Return the page that somebody may look for; nobody reads what a symbolic link leads to."""
    if src_uri in handbook.files.symlinks and src_uri.endswith(SUFFIXES):
        return handbook.page_as(src_uri, b"")
    return handbook.by_src_uri.get(src_uri)
