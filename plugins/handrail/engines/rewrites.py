"""Holds what other plugins and hooks make of the Markdown of pages to the pages that are theirs, off those that are signed, and silent on others.

What people sign is the text in the page's file. A plugin that puts text in, or takes some out, would show readers another one
under their names: its change is left out, and the build stops, with the plugin's name. Many plugins look for signs of their own in every
text, and take an example in code for one: the setting `rewrites` keeps them to the pages that are written for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cached_property, wraps
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from handrail.build.build import Build
from handrail.engines.failures import TextFailure
from handrail.engines.heard import hearing
from handrail.errors import HandrailError
from handrail.model.page import Page
from handrail.model.settings import fits
from handrail.model.template_runners import RENDERERS
from handrail.text.digest import typed
from handrail.text.markdown import code_spans
from handrail.words.language import count_of, join_words
from handrail.words.options import keeping_to_its_pages

_EVENT = "page_markdown"
_NAME = re.compile(r"[^\s|()\[\]<>\"'`]+")
_MACROS = "macros"
"""The plugin whose pages have a setting of their own."""
_MOST_NAMED = 5
_TAKE_FIELDS = {"encryptcontent": "level"}
"""Plugins that take a field of documents for one of their own, and end the build by it without a word that could be added to."""


class Rewrites:
    """Watches what other plugins make of the Markdown of pages; `signed` are those that bear signatures, by path.

    Raises HandrailError where a plugin would take a field of a document for one of its own.
    """

    def __init__(self, config: MkDocsConfig, ours: object, signed: Collection[str], build: Build) -> None:
        self._config = config
        self._signed = frozenset(signed)
        self._project = build.handbook.project
        settings = self._project.settings
        self._kept_to = {**dict.fromkeys(RENDERERS, settings.macros), **settings.rewrites}
        self._changed: dict[str, list[str]] = {}
        self._doubtful: dict[str, list[str]] = {}
        self._told: dict[str, dict[str, None]] = {}
        self._build = build
        self._refuse_fields(build.pages.values())
        handlers = config.plugins.events[_EVENT]
        for at, handler in enumerate(handlers):
            if getattr(handler, "__self__", None) is not ours and not hasattr(handler, "handrail_watched"):
                origin = config.plugins._event_origins.get(handler, "a hook")  # noqa: SLF001 - MkDocs names them nowhere else
                handlers[at] = self._watched(handler, origin)

    def _refuse_fields(self, pages: Iterable[Page]) -> None:
        for name, field in _TAKE_FIELDS.items():
            if name in self._config.plugins and name not in self._kept_to and any(field in page.data for page in pages):
                raise HandrailError(
                    f"The plugin `{name}` takes the field `{field}` of documents for one of its own. "
                    f"{keeping_to_its_pages(self._project, name)}"
                )

    def _watched(self, handler: Callable[..., Any], origin: str) -> Callable[..., Any]:
        @wraps(handler)
        def watched(markdown: str, **known: Any) -> Any:
            src_uri = known["page"].file.src_uri
            patterns = self._kept_to.get(origin)
            if patterns is not None and not any(fits(pattern, src_uri) for pattern in patterns):
                return markdown
            try:
                with hearing(self._config) as heard:
                    made = handler(markdown, **known)
            except Exception as error:
                if isinstance(error, MkDocsException | HandrailError | OSError) or origin == _MACROS:
                    raise
                raise TextFailure(error, origin, keeping_to_its_pages(self._project, origin)) from error
            is_other = made is not None and typed(made) != typed(markdown)
            if is_other and src_uri in self._signed:
                self._changed.setdefault(src_uri, []).append(origin)
                return markdown
            if is_other and (
                told := self._withheld_names.intersection(_names_in(made)).difference(_names_in(markdown))
            ):
                self._told.setdefault(origin, {}).update(dict.fromkeys(told))
            if origin != _MACROS and (heard.anything or (is_other and not code_spans(markdown) <= code_spans(made))):
                self._doubtful.setdefault(origin, []).append(src_uri)
            return made

        watched.handrail_watched = True  # type: ignore[attr-defined]
        return watched

    @cached_property
    def _withheld_names(self) -> frozenset[str]:
        withheld = self._build.publication.withheld.items()
        secret = [path for path, reason in withheld if reason.is_secret]
        return frozenset((*secret, *map(self._project.from_root, secret)))

    def doubts(self) -> list[str]:
        """Return a sentence on each plugin that warned of a text, or changed what stands in code, with the setting that keeps it off."""
        return [
            f"The plugin `{origin}` warns of {count_of(len(paths), 'text')}, or takes what stands in code there for its own: {_named(paths)}. "
            f"{keeping_to_its_pages(self._project, origin)}"
            for origin, paths in sorted(self._doubtful.items())
        ]

    def settle(self) -> None:
        """Raise HandrailError where what is withheld was named, or anything that is signed was changed."""
        for origin, told in self._told.items():
            # Whoever reads the handbook may know of a file that is named there; the sentence itself names none.
            bodies = [page.source.body for page in self._build.pages.values()]
            count = sum(not any(name in body for body in bodies) for name in told)
            if count:
                raise HandrailError(
                    f"`{origin}` would name {count_of(count, 'file')} that {'is' if count == 1 else 'are'} withheld on a page that is "
                    "published. Take its sign out of the pages, or do without the plugin."
                )
        if not self._changed:
            return
        origins = sorted({name for listed in self._changed.values() for name in listed})
        names = join_words([f"`{name}`" for name in origins])
        advice = (
            "Take those pages out of the setting `macros`, or write its text into them."
            if origins[0] == _MACROS
            else keeping_to_its_pages(self._project, origins[0])
        )
        raise HandrailError(
            f"{names} would change the text of pages that are signed: {_named(sorted(self._changed))}. Nobody has signed "
            f"what readers would see. {advice} (HB805 from-elsewhere)"
        )


def _names_in(text: str) -> set[str]:
    return set(_NAME.findall(text))


def _named(paths: list[str]) -> str:
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    return f"{', '.join(paths[:_MOST_NAMED])}{more}"
