"""Remembers which two texts read the same, so that a page laid out anew is rendered once and not at each check.

What was found holds for the two texts, the site's Markdown, the versions that render it, and where each address led and
what each picture held: these are asked again, which takes a hundredth of the rendering. Like what a check keeps of its
verdict it is believed only where this very installation wrote it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from handrail import __version__
from handrail.model.cache import CACHE, keep, package_state, seal
from handrail.model.files import LARGEST, read_whole
from handrail.model.past import Former, FormerFile
from handrail.model.reading import Place, anchors_named, body_to_render, place_now, place_then
from handrail.rendering.comparison import Rendered, reads_the_same
from handrail.rendering.extensions import PROGRAMS
from handrail.rendering.marks import FROM_FILE
from handrail.rendering.renderer import UnrenderableError
from handrail.text.digest import typed

if TYPE_CHECKING:
    from handrail.model.handbook import Handbook
    from handrail.model.page import Page

_FORMAT = "1"
_LEADS, _SHOWS = "leads", "shows"
_FILE = "<file>"
"""Stands in what is kept for the mark of paths that count from a file, which is another one in each run."""


class Comparisons:
    """The comparisons of one handbook's texts: made now, or made before and found to hold."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        project = handbook.project
        self._root, self._name = project.root, f"readings-{project.config_file.stem}.json"
        self._made: dict[str, dict[str, Any]] = {}
        self._kept: dict[str, dict[str, Any]] | None = None

    @cached_property
    def _frame(self) -> str:
        """What all that is compared depends on."""
        project = self._handbook.project
        said = f"{_FORMAT} {__version__} {sys.version} {project.markdown!r} {project.site_url} {project.use_directory_urls}"
        programs = (f"{name} {version(name)}" for name in PROGRAMS)
        return seal([said.encode(errors="replace"), *(name.encode() for name in programs), *package_state()])

    def reads_the_same(self, page: Page, former: Former, files: Mapping[str, FormerFile]) -> bool:
        """Say whether readers of a page see the same as in a former text, whose files these were."""
        then, now = place_then(self._handbook, former, files), place_now(self._handbook, page)
        bodies = [body_to_render(self._handbook, one) for one in (former.page, page)]
        texts = (page.src_uri, former.path, *map(typed, bodies))
        key = seal([self._frame.encode(), *(text.encode(errors="replace") for text in texts)])
        known = self._recalled(key, page, (then, now)) or self._compared(page, bodies, (then, now))
        self._made[key] = known
        return known["same"] is True

    def _compared(self, page: Page, bodies: list[str], places: tuple[Place, Place]) -> dict[str, Any]:
        named = anchors_named(self._handbook, page)
        asked: list[list[Any]] = []
        try:
            old, new = (
                Rendered(
                    self._handbook.texts.renderer.html(body),
                    _noting(place.leads_to, asked, side, _LEADS),
                    _noting(place.shows, asked, side, _SHOWS),
                )
                for side, (body, place) in enumerate(zip(bodies, places, strict=True))
            )
            same = reads_the_same(old, new, named)
        except UnrenderableError:
            same = False
        return {"same": same, "named": sorted(named), "asked": asked}

    def _recalled(self, key: str, page: Page, places: tuple[Place, Place]) -> dict[str, Any] | None:
        known = self._made.get(key) or self._read().get(key)
        if known is None or known["named"] != sorted(anchors_named(self._handbook, page)):
            return None
        for side, what, address, answer in known["asked"]:
            place = places[side]
            written = address.replace(_FILE, FROM_FILE)
            now: Any = list(place.leads_to(written)) if what == _LEADS else place.shows(written)
            if now != answer:
                return None
        return known

    def _read(self) -> dict[str, dict[str, Any]]:
        if self._kept is None:
            self._kept = {}
            try:
                data = json.loads(read_whole(self._root / CACHE / self._name, LARGEST))
                if data["sum"] == self._sum(str(data["kept"])):
                    self._kept = json.loads(data["kept"])
            except (OSError, ValueError, TypeError, LookupError, RecursionError):
                self._kept = {}
        return self._kept

    def save(self) -> None:
        """Keep what was compared for this handbook, in the place of what was kept before."""
        if self._made and self._made != self._read():
            kept = json.dumps(self._made, separators=(",", ":"))
            keep(self._root, self._name, json.dumps({"sum": self._sum(kept), "kept": kept}))

    def _sum(self, kept: str) -> str:
        return seal([self._frame.encode(), kept.encode()])


def _noting(ask: Callable[[str], Any], asked: list[list[Any]], side: int, what: str) -> Callable[[str], Any]:
    """Return what asks and notes each question with its answer."""

    def noted(address: str) -> Any:
        answer = ask(address)
        asked.append([side, what, address.replace(FROM_FILE, _FILE), answer])
        return answer

    return noted
