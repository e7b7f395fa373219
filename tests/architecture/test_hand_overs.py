"""A sign-off goes from front matter to banner by few hands: whoever changes a sentence there has few folders to read.

A hand-over is a call from a function in one folder of the package to a function in another, told apart by both names;
reading a field or a property of a record is none. What git remembers of a text, and how two texts are compared, are ways
of their own, so git is not asked here. `python -m tests.architecture.test_hand_overs` prints them for each page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import FrameType
from typing import Any

import handrail
from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.publication import publishable
from handrail.site.audience import Shown
from handrail.site.banners import sign_off_banner
from handrail.site.forge import Forge
from handrail.site.text_since import text_since

PACKAGE = Path(handrail.__file__).parent
EXAMPLE = PACKAGE.parents[1] / "mkdocs.yml"
TODAY = date(2026, 11, 15)
MOST = 18


def example() -> Handbook:
    project = load_project(EXAMPLE)
    return load_handbook(project, load_kinds(project.root), TODAY)


def is_ours(frame: FrameType) -> bool:
    """Say whether a call is of a function of the package, and neither of a property nor within an expression."""
    code = frame.f_code
    if not code.co_filename.startswith(str(PACKAGE)) or code.co_name.startswith("<"):
        return False
    owner = type(frame.f_locals.get("self"))
    return not isinstance(getattr(owner, code.co_name, None), (property, cached_property))


def name_of(frame: FrameType) -> tuple[str, str]:
    parts = Path(frame.f_code.co_filename).relative_to(PACKAGE).parts
    return parts[0], frame.f_code.co_name


def hand_overs(work: Callable[[], object]) -> list[str]:
    """Return each hand-over of some work, in the order in which they first came."""
    found: dict[str, None] = {}

    def watch(frame: FrameType, event: str, _argument: Any) -> None:
        if event != "call" or not is_ours(frame):
            return
        caller = frame.f_back
        while caller is not None and not is_ours(caller):
            caller = caller.f_back
        if caller is None:
            return
        (home, by), (folder, name) = name_of(caller), name_of(frame)
        if home != folder:
            found[f"{home}.{by} calls {folder}.{name}"] = None

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(before)
    return list(found)


def by_page() -> dict[str, list[str]]:
    """Return the hand-overs on the way to the banner of each page of the example that is to be signed."""
    found: dict[str, list[str]] = {}
    book = example()
    forge = Forge.of("https://github.com/example/handbook", "edit/main/content/")
    shown = Shown(book, forge, lambda _kind, _folder: None, publishable(book, "public"))
    for src_uri in [page.src_uri for page in book.to_sign]:
        raw = book.by_src_uri[src_uri].source.text.encode()
        found[src_uri] = hand_overs(partial(to_banner, shown, src_uri, raw))
    return found


def to_banner(shown: Shown, src_uri: str, raw: bytes) -> None:
    page = shown.handbook.page_as(src_uri, raw)
    sign_off = shown.handbook.sign_off(page)
    sign_off_banner(shown, sign_off, text_since(shown, page, sign_off))


def test_a_sign_off_reaches_its_banner_by_few_hands() -> None:
    found = by_page()
    assert found
    longest = max(found.values(), key=len)
    assert 0 < len(longest) <= MOST, longest


if __name__ == "__main__":
    for src_uri, calls in by_page().items():
        sys.stdout.write("\n  ".join((f"{len(calls)} {src_uri}", *calls)) + "\n")
