"""No sequence of edits and signatures makes a changed text show as signed, nor an unchanged one as changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from handrail.history.repository import Commit, History, Revision
from handrail.history.texts import Texts
from handrail.model import comparisons, reading, signed_content, signoff
from handrail.model.authority import Part
from handrail.model.dates import parse_period
from handrail.model.files import Files
from handrail.model.handbook import Handbook
from handrail.model.page import Page, Terms, make_page
from handrail.model.people import Person, Registry, read_registry
from handrail.model.project import Project
from handrail.model.signed_content import material_fields, text_of
from handrail.model.signoff import ByDigest, Signature, SignOff, judge
from handrail.model.text_state import TextVerdict
from handrail.text import digest as digest_module
from handrail.text.source import read_source
from tests.model.building import ROOT, TODAY, kinds
from tests.model.building import settings as options
from tests.model.desk import (
    EDITS,
    OHA,
    PEOPLE,
    REPLAYS,
    SIGNATURES,
    WHOLE,
    Desk,
    Sheet,
    commit,
    lay_it_out_anew,
    new_desk,
)

Step = tuple[Callable[[Desk, Sheet, int], None], int, int]
_OPTIONS = options()
_TERMS = Terms(kinds(), _OPTIONS, date.fromisoformat(TODAY))
# So many for each beginning; a profile that tries more of everything tries more here.
MANY, FEW = 10 * settings().max_examples, 3 * settings().max_examples

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
    return make_page("content/a.md", "a.md", "a/", read_source(sheet.written().encode()), _TERMS)


def digest_of(desk: Desk, sheet: Sheet) -> str:
    return text_of(page_of(sheet), read_registry(desk.registry))


def is_shown_as_signed(shown: SignOff) -> bool:
    """Say whether readers see that this text was signed, not only that something was."""
    return shown.is_signed and not shown.is_unbound


def hold(kind: str, agree: frozenset[str], taken: Iterable[Step]) -> None:
    desk = happened(kind, agree, taken)
    registry = read_registry(desk.registry)
    for sheet in desk.sheets:
        page = page_of(sheet)
        period = parse_period(page.data.get("period"), _OPTIONS.fiscal_year_end)
        shown = judge(page, registry, desk.today, ByDigest(registry), period)
        assert is_shown_as_signed(shown) == desk.is_signed(sheet), sheet.written()


@on_each_beginning
@settings(max_examples=MANY)
@given(taken=steps())
def test_a_text_shows_as_signed_just_when_everyone_signed_it(
    kind: str, agree: frozenset[str], taken: list[Step]
) -> None:
    hold(kind, agree, taken)


class Blobs:
    """Stands for what git holds: the files of all commits, by their numbers."""

    def __init__(self, files: list[str]) -> None:
        self._files = files

    def read(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((id_, self._files[int(id_)].encode()) for id_ in dict.fromkeys(ids))


def history_of(desk: Desk) -> History:
    files = [committed.file for _, sheets in desk.commits for committed in sheets]
    commits = [Commit(f"{number}", day, ()) for number, (day, _) in enumerate(desk.commits)]
    newest_first = list(reversed(list(zip(commits, (sheets for _, sheets in desk.commits), strict=True))))
    revisions = {
        f"{index}.md": tuple(
            Revision(commit, f"{files.index(sheets[index].file)}", wrote=True, path=f"{index}.md")
            for commit, sheets in newest_first
        )
        for index in range(len(desk.sheets))
        if commits
    }
    order = {commit.id: place for place, (commit, _) in enumerate(newest_first)}
    history = History(ROOT, reason="" if commits else "Nothing is committed.", revisions=revisions, order=order)
    history.__dict__["blobs"] = Blobs(files)
    return history


def hold_with_git(kind: str, agree: frozenset[str], taken: Iterable[Step]) -> None:
    desk = happened(kind, agree, taken)
    history = history_of(desk)
    paths = [f"{index}.md" for index in range(len(desk.sheets))]
    sources = {path: read_source(sheet.written().encode()) for path, sheet in zip(paths, desk.sheets, strict=True)}
    listed = "".join(f"{name}: {json.dumps(value)}\n" for name, value in desk.registry.items())
    people = f"---\nkind: people\nid: people\ntitle: People\nvisibility: public\n{listed}---\n"
    sources["people.md"] = read_source(people.encode())
    project = Project(ROOT, ROOT / "mkdocs.yml", ROOT / "content", _OPTIONS)
    book = Handbook(
        project, kinds(), desk.today, Files(pages=list(sources)), sources, lambda book: Texts(history, book)
    )
    for path, sheet in zip(paths, desk.sheets, strict=True):
        shown = book.sign_off(book.by_src_uri[path])
        if all(entry.digest for entry in sheet.entries):
            assert shown.is_signed == desk.is_signed(sheet), sheet.written()
        elif is_shown_as_signed(shown):
            assert desk.is_signed(sheet), sheet.written()
        elif shown.is_signed:
            assert desk.is_signed(sheet, or_unbound=True), sheet.written()


@on_each_beginning
@settings(max_examples=FEW)
@given(taken=steps(commit, commit, commit, commit, lay_it_out_anew, lay_it_out_anew))
def test_a_text_that_git_has_stays_signed_as_long_as_it_reads_the_same(
    kind: str, agree: frozenset[str], taken: list[Step]
) -> None:
    hold_with_git(kind, agree, taken)


def _without(*names: str) -> Callable[[Page, Registry], dict[str, Any]]:
    """Return the material fields without some of them."""
    return lambda page, registry: {
        name: value for name, value in material_fields(page, registry).items() if name not in names
    }


def _line_by_line(change: Callable[[str], str]) -> Callable[[str], str]:
    """Return a body with something done to each of its lines."""
    return lambda body: "\n".join(map(change, body.rstrip("\n").split("\n")))


# What is broken: where, its name, and what stands there instead.
BROKEN: dict[str, tuple[Any, str, Any]] = {
    "a signature counts whatever it was for": (TextVerdict, "holds", property(lambda _: True)),
    "anyone may sign": (signoff, "part_of", lambda *_: Part.OWN),
    "who has left may sign": (Person, "is_here", lambda *_: True),
    "a plan may be signed at any time": (signoff, "earliest_day", lambda _: None),
    "what was withdrawn counts": (Signature, "is_withdrawn", lambda *_: False),
    "the id is not signed": (signed_content, "material_fields", _without("id")),
    "who agrees is not signed": (signed_content, "material_fields", _without("rapid.A")),
    "indentation is free": (digest_module, "typed", _line_by_line(str.lstrip)),
    "blanks at the end of a line are free": (digest_module, "typed", _line_by_line(str.rstrip)),
    "empty lines are free": (digest_module, "typed", lambda body: "\n".join(filter(None, body.splitlines()))),
    "line ends at the end are bound": (digest_module, "typed", lambda body: body),
    "line ends are bound": (digest_module, "_with_one_line_end", lambda text: text),
    "every field is signed": (
        signed_content,
        "material_fields",
        lambda page, _registry: {name: value for name, value in page.data.items() if name != "sign_offs"},
    ),
}
BROKEN_WITH_GIT: dict[str, tuple[Any, str, Any]] = {
    "every text reads the same": (comparisons, "reads_the_same", lambda *_: True),
    "no text reads the same": (comparisons, "reads_the_same", lambda *_: False),
    "fields are not compared": (reading, "_have_same_fields", lambda *_: True),
    "git is not searched": (Texts, "text", lambda *_: None),
    "where a link leads is not compared": (reading.Place, "leads_to", lambda *_: ("", "")),
}


@pytest.mark.parametrize(("where", "name", "instead"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_found(where: Any, name: str, instead: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(where, name, instead)
    with pytest.raises(AssertionError, match="kind: "):
        _try(hold, steps(), 2_000)


@pytest.mark.parametrize(("where", "name", "instead"), BROKEN_WITH_GIT.values(), ids=BROKEN_WITH_GIT)
def test_what_is_broken_about_git_is_found(
    where: Any, name: str, instead: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, name, instead)
    with pytest.raises(AssertionError, match="kind: "):
        _try(hold_with_git, steps(commit, commit, commit, commit, lay_it_out_anew), 2_000)


def _try(
    hold: Callable[[str, frozenset[str], list[Step]], None], taken: st.SearchStrategy[list[Step]], times: int
) -> None:
    """Hold a property against so many sequences, always the same ones."""

    @settings(
        max_examples=times, phases=[Phase.generate], database=None, derandomize=True, report_multiple_bugs=False, deadline=None,
    )  # fmt: skip
    @given(taken=taken, beginning=st.sampled_from(list(BEGINNINGS.values())))
    def holds(taken: list[Step], beginning: tuple[str, frozenset[str]]) -> None:
        hold(*beginning, taken)

    holds()
