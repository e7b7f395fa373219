"""A sign-off goes from front matter to its page by few hands: whoever changes a sentence there has few folders to read.

A hand-over is a call from a function in one folder of the package to a function in another, and counts each time it
happens; reading a field or a property of a record is none. What git remembers of a text, and how two texts are compared,
are ways of their own, so git is not asked here. What belongs to all pages, such as the plans, is worked out before.
`python -m tests.architecture.test_hand_overs` prints the hand-overs of each page of the example in their order.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import handrail
from handrail.forge.forge import Forge
from handrail.forge.forms import Forms
from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.publication import publishable
from handrail.model.trust import trust
from handrail.pages.audience import Shown
from handrail.pages.signatures import signing
from handrail.pages.trust_line import trust_line
from handrail.words.trust import trust_words
from tests.model.building import document, handbook

PACKAGE = Path(handrail.__file__).parent
EXAMPLE = PACKAGE.parents[1] / "mkdocs.yml"
TODAY = date(2026, 11, 15)
FORGE = Forge.of("https://github.com/example/handbook", "edit/main/content/")


def to_sentence(shown: Shown, src_uri: str, raw: bytes) -> None:
    """Go as far as the sentence that says how a page stands."""
    page = shown.handbook.page_as(src_uri, raw)
    book = shown.handbook
    trust_words(page, book.sign_off(page), book.plans.get(page), trust(book, page))


def to_view(shown: Shown, src_uri: str, raw: bytes) -> None:
    """Go as far as all that a page says of its signatures: how it stands, who signed, what has changed, and who is asked."""
    page = shown.handbook.page_as(src_uri, raw)
    trust_line(shown, page)
    signing(shown, page)


Way = Callable[[Shown, str, bytes], None]
MOST: dict[Way, int] = {to_sentence: 9, to_view: 21}
"""How many hand-overs a way may have at the most; `forge/` is asked for one link for each of three who may sign."""


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
    """Return the hand-overs of some work, each as often as it happens and in its place."""
    found: list[str] = []

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
            found.append(f"{home}.{by} calls {folder}.{name}")

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found


def by_page(book: Handbook, way: Way, *, has_form: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield the hand-overs on a way, for each page of a handbook that is to be signed."""
    shown = Shown(book, FORGE, lambda _kind, _folder: None, publishable(book, "public"), forms=Forms(signs=has_form))
    assert isinstance(book.lines, dict)
    for src_uri in [page.src_uri for page in book.to_sign]:
        raw = book.by_src_uri[src_uri].source.text.encode()
        yield src_uri, hand_overs(partial(way, shown, src_uri, raw))


@pytest.mark.parametrize("has_form", [True, False], ids=["by a form", "by hand"])
@pytest.mark.parametrize("way", MOST, ids=lambda way: way.__name__)
def test_a_sign_off_reaches_its_page_by_few_hands(way: Way, has_form: bool) -> None:  # noqa: FBT001 - a parameter
    found = dict(by_page(example(), way, has_form=has_form))
    longest = max(found.values(), key=len)
    assert 0 < len(longest) <= MOST[way], "\n".join(longest)


PEOPLE = document(
    "people", "people",
    "people:",
    *(f"  - {{id: p{number}, name: Person {number}, deputy: p0}}" for number in range(9)),
    "  - {id: gone, name: Gil, until: 2026-03-31, deputy: p1}",
)  # fmt: skip
CHANGED = f"digest: 't2:{'0' * 64}'"


def signed_by(*agreeing: str) -> dict[str, str]:
    """Write a page that changed after it was signed, by a deputy, with notes, and not by those who agree any more."""
    more = "note: Read it, evidence: 'https://a.example/1', withdrawn: {date: 2026-04-02, reason: Too short}"
    entries = [f"  - {{role: A, by: {name}, date: 2026-04-01, {CHANGED}, {more}}}" for name in agreeing]
    rapid = ", ".join(("gone(D)", *(f"{name}(A)" for name in agreeing)))
    page = document(
        "sop", "a", "state: active", f"rapid: {rapid}", "contact: '#a'",
        "sign_offs:", f"  - {{role: D, by: p1, date: 2026-04-01, note: For Gil, {CHANGED}}}", *entries,
    )  # fmt: skip
    return {"people.md": PEOPLE, "a.md": page}


@pytest.mark.parametrize("way", MOST, ids=lambda way: way.__name__)
def test_the_way_is_no_longer_where_more_people_sign(way: Way) -> None:
    one, many = (
        dict(by_page(handbook(signed_by(*names)), way, has_form=False))["a.md"]
        for names in (["p2"], [f"p{number}" for number in range(2, 9)])
    )
    assert one == many
    assert 0 < len(one) <= MOST[way], "\n".join(one)


if __name__ == "__main__":
    for way in MOST:
        for src_uri, calls in by_page(example(), way, has_form=True):
            sys.stdout.write("\n  ".join((f"{way.__name__}: {len(calls)} {src_uri}", *calls)) + "\n")
