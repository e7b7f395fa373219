"""The key of a page: a short text that is another one as soon as anything is that the page's own part of the site is made of.

What only the engine knows (its settings, the theme, the navigation) is no part of it; see `engines/exact.py`. A page that is made of
something that nobody here can see has no key, and is always made anew.
"""

from __future__ import annotations

import io
import json
import pickle
import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

from handrail.build.build import Build
from handrail.model.cache import seal
from handrail.model.page import Page
from handrail.model.signoff import bears_signatures
from handrail.pages.views import View

_PUTS_IN = re.compile(r"-{1,}8<-{1,}")
"""What asks for the text of another file, as pymdownx's snippets do."""


class PageKeys:
    """The keys of the pages of one build. `runs_macros` says whether the site runs template code in texts, `appends` whether its settings put a text below those that nobody signs."""

    def __init__(self, build: Build, *, runs_macros: bool, appends: bool) -> None:
        self._build = build
        self._runs_macros = runs_macros
        self._appends = appends
        self._named = seal([as_bytes(build.named.state)])

    def of_page(self, page: Page, view: View | None, text: str, *more: Any) -> str:
        """Return the key of a page of the handbook by its view, its text as it is published and all else that is put to it, as data; nothing where it has none."""
        if reads_more(page, self._build, runs_macros=self._runs_macros, appends=self._appends):
            return ""
        of_the_page = [page.src_uri, page.url, page.title, page.kind and page.kind.name, page.source.text, text]
        return seal((as_bytes(of_the_page), self._shown(view), as_bytes(more)))

    def of_other(self, view: View | None, *known: Any) -> str:
        """Return the key of a page that Handrail makes, by its view and all else that it is made of, as data; nothing where a text is put below it."""
        if self._appends:
            return ""
        return seal((self._shown(view), as_bytes(known)))

    def _shown(self, view: View | None) -> bytes:
        """Return a view, and who is linked to where it names somebody, as bytes."""
        if view is None:
            return b""
        written = io.BytesIO()
        pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
        # What is equal is written alike, whether it is the same object or not.
        pickler.fast = True
        pickler.dispatch_table = _WAYS
        pickler.dump((self._named, view))
        return written.getvalue()


def reads_more(page: Page, build: Build, *, runs_macros: bool, appends: bool) -> bool:
    """Say whether a page may be made of something that nobody here can see."""
    if runs_macros and build.handbook.settings.may_run_macros(page.src_uri):
        return True
    if appends and not bears_signatures(page):
        return True
    return puts_in(page.source.text)


def puts_in(text: str) -> bool:
    """Say whether a text may ask for that of another file."""
    return _PUTS_IN.search(text) is not None


class _Ways(dict[type, Callable[[Any], Any]]):
    """How the objects of a view are written, by class: dataclasses by their fields, which is quicker than asking each object.

    Of a page that is linked to only the address shows, so a change of it elsewhere is none of the view.
    """

    def __missing__(self, of: type) -> Callable[[Any], Any]:
        if of is Page:
            values: Callable[[Any], Any] = attrgetter("src_uri", "url")
        elif is_dataclass(of):
            # The last one twice, as of one name alone there would be no tuple.
            names = [field.name for field in fields(of)]
            values = attrgetter(*names, names[-1])
        else:
            raise KeyError(of)
        self[of] = lambda one: (of, values(one))
        return self[of]


_WAYS = _Ways()


def as_bytes(value: Any) -> bytes:
    """Return data as bytes, the same for what is the same; what is no data goes by its type and words."""
    return json.dumps(value, default=_plain, sort_keys=True).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, AbstractSet):
        return sorted(value)
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return f"{type(value).__qualname__}:{value!r}"
