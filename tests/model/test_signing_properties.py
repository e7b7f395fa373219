"""No sequence of edits and signatures makes a changed text show as signed, nor an unchanged one as changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from handrail.history import texts as texts_module
from handrail.history.repository import Commit, History, Revision
from handrail.history.texts import Texts
from handrail.model import signedtext, signoff
from handrail.model.dates import parse_period
from handrail.model.files import Files
from handrail.model.handbook import Handbook
from handrail.model.page import Page, make_page
from handrail.model.people import Person, Registry, read_registry
from handrail.model.project import Project
from handrail.model.signedtext import material_fields, text_digest
from handrail.model.signoff import Entry, SignOff, Slot, judge
from handrail.text import digest as digest_module
from handrail.text.digest import normalised_body
from handrail.text.source import read_source
from tests.model.building import kinds
from tests.model.building import settings as options
from tests.model.desk import EDITS, OHA, PEOPLE, REPLAYS, SIGNATURES, WHOLE, Desk, Sheet, commit, new_desk

Step = tuple[Callable[[Desk, Sheet, int], None], int, int]
_OPTIONS = options()
# So many for each beginning; a profile that tries more of everything tries more here.
MANY, FEW = 25 * settings().max_examples, 5 * settings().max_examples

BEGINNINGS = {
    "a procedure that one person agrees to": ("sop", frozenset([OHA])),
    "a procedure that a group agrees to as a whole": ("sop", frozenset([WHOLE])),
    "a plan that anyone of a group agrees to": ("vpmom", frozenset(["lt"])),
    "a mission that nobody needs to agree to": ("mission", frozenset[str]()),
}
on_each_beginning = pytest.mark.parametrize(("kind", "agree"), BEGINNINGS.values(), ids=BEGINNINGS)


def steps(*more: Callable[[Desk, Sheet, int], None]) -> st.SearchStrategy[list[Step]]:
    """Return sequences of what may happen, mostly to the first page, which is signed."""
    what = st.sampled_from([*EDITS * 2, *SIGNATURES, *REPLAYS, *PEOPLE, *more])
    return st.lists(st.tuples(what, st.sampled_from((0, 0, 0, 1)), st.integers(0, 63)), min_size=1, max_size=8)


def happened(kind: str, agree: frozenset[str], taken: Iterable[Step]) -> Desk:
    desk = new_desk(kind, agree, digest_of)
    for what, index, number in taken:
        what(desk, desk.sheets[index], number)
    return desk


def page_of(sheet: Sheet) -> Page:
    return make_page("content/a.md", "a.md", "a/", read_source(sheet.written().encode()), kinds(), _OPTIONS)


def digest_of(desk: Desk, sheet: Sheet) -> str:
    return text_digest(page_of(sheet), read_registry(desk.registry))


def is_shown_as_signed(shown: SignOff) -> bool:
    """Say whether readers see that this text was signed, not only that something was."""
    return shown.is_signed and not shown.is_unbound


def hold(kind: str, agree: frozenset[str], taken: Iterable[Step]) -> None:
    desk = happened(kind, agree, taken)
    registry = read_registry(desk.registry)
    for sheet in desk.sheets:
        page = page_of(sheet)
        period = parse_period(page.data.get("period"), _OPTIONS.fiscal_year_end)
        shown = judge(page, registry, desk.today, period)
        assert is_shown_as_signed(shown) == desk.is_signed(sheet), sheet.written()


@on_each_beginning
@settings(max_examples=MANY)
@given(taken=steps())
def test_a_text_shows_as_signed_just_when_everyone_signed_what_it_means(
    kind: str, agree: frozenset[str], taken: list[Step]
) -> None:
    hold(kind, agree, taken)


@on_each_beginning
@settings(max_examples=FEW)
@given(taken=steps(commit, commit, commit))
def test_nobody_signed_a_text_before_git_had_it(kind: str, agree: frozenset[str], taken: list[Step]) -> None:
    desk = happened(kind, agree, taken)
    texts = [text for _, sheets in desk.commits for _, text in sheets]
    paths = [f"{index}.md" for index in range(len(desk.sheets))]
    revisions = {
        path: tuple(
            Revision(Commit(f"{day}", day, ()), f"{texts.index(sheets[index][1])}", True, path)  # noqa: FBT003
            for day, sheets in reversed(desk.commits)
        )
        for index, path in enumerate(paths)
        if desk.commits
    }
    history = History(Path(), reason="" if revisions else "Nothing is committed.", revisions=revisions)

    def blobs(_folder: Path, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((id_, texts[int(id_)].encode()) for id_ in set(ids))

    sources = {path: read_source(sheet.written().encode()) for path, sheet in zip(paths, desk.sheets, strict=True)}
    listed = "".join(f"{name}: {json.dumps(value)}\n" for name, value in desk.registry.items())
    people = f"---\nkind: people\nid: people\ntitle: People\nvisibility: public\n{listed}---\n"
    sources["people.md"] = read_source(people.encode())
    project = Project(Path(), Path("mkdocs.yml"), Path("content"), _OPTIONS)
    files = Files(pages=list(sources))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(texts_module, "read_blobs", blobs)
        book = Handbook(project, kinds(), desk.today, files, sources, lambda book: Texts(history, book))
        for path, sheet in zip(paths, desk.sheets, strict=True):
            shown = book.sign_off(book.by_src_uri[path])
            assert is_shown_as_signed(shown) == desk.is_signed(sheet), sheet.written()


def _without(*names: str) -> Callable[[Page, Registry], dict[str, Any]]:
    """Return the material fields without some of them."""
    return lambda page, registry: {
        name: value for name, value in material_fields(page, registry).items() if name not in names
    }


def _newest(slot: Slot, given_: list[tuple[Entry, Person]], _text: str, used: set[int]) -> Slot:
    used.update(entry.index for entry, _ in given_)
    return replace(slot, entry=given_[-1][0], signer=given_[-1][1]) if given_ else slot


# What is broken: where, its name, and what stands there instead.
BROKEN: dict[str, tuple[Any, str, Any]] = {
    "a signature counts whatever it was for": (signoff, "_signed", _newest),
    "anyone may sign": (signoff, "_may_sign", lambda *_: True),
    "who has left may sign": (Person, "is_here", lambda *_: True),
    "a plan may be signed at any time": (signoff, "earliest_day", lambda _: None),
    "the id is not signed": (signedtext, "material_fields", _without("id")),
    "who agrees is not signed": (signedtext, "material_fields", _without("rapid.A")),
    "indentation is free": (
        digest_module,
        "normalised_body",
        lambda body, found: "\n".join(map(str.strip, normalised_body(body, found).split("\n"))),
    ),
    "the host of a link is free": (digest_module, "_bound", lambda link: "" if "//" in link.target else link.target),
    "the path of an image is free": (digest_module, "_is_image", lambda *_args, **_named: False),
    "links are bound as they are": (digest_module, "_bound", lambda link: link.target),
    "line ends are bound": (digest_module, "_with_one_line_end", lambda text: text),
    "every field is signed": (
        signedtext,
        "material_fields",
        lambda page, _registry: {name: value for name, value in page.data.items() if name != "sign_offs"},
    ),
}


@pytest.mark.parametrize(("where", "name", "instead"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_found(where: Any, name: str, instead: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    @settings(max_examples=2_000, phases=[Phase.generate], database=None, derandomize=True, report_multiple_bugs=False)
    @given(taken=steps(), beginning=st.sampled_from(list(BEGINNINGS.values())))
    def holds(taken: list[Step], beginning: tuple[str, frozenset[str]]) -> None:
        hold(*beginning, taken)

    monkeypatch.setattr(where, name, instead)
    with pytest.raises(AssertionError, match="kind: "):
        holds()
