"""A month that is measured after others gives the numbers that it gives alone, whatever the history is."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from handrail.history.month_ends import month_ends
from handrail.history.series import with_series
from handrail.history.texts import look_back
from handrail.measures.scorecard import scorecard
from handrail.model.cache import CACHE
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.publication import publishable
from tests.support.long_history import Book, Commit, Sop, stamp, stream

_TODAY = date(2026, 11, 15)
_PEOPLE = """---
kind: people
id: people
title: Who is who
visibility: public
people:
  - {{id: ana, name: Ana Costa, job: Head}}
  - {{id: ben, name: Ben Hill, job: Clerk, deputy: cem}}
  - {{id: cem, name: Cem Kaya, job: Clerk{until}}}
groups:
  - {{id: team, name: The team, members: [{members}]}}
---
"""
_PLAN = """---
kind: vpmom
id: {line}
period: FY{year}
title: Plan of {line} FY{year}
visibility: public
state: {state}
rapid: ana(D)
vision: Paid in time.
measures: [{{text: Few runs go wrong, target: {target}, metric: sop-errors}}]
---
"""
_GOAL = """---
kind: objective
id: grow
title: Grow
visibility: public
state: {state}
owner: ana
sops: [{sop}]
---
"""
_MEETING = """---
kind: cadence
id: weekly
title: Weekly
visibility: public
lead: ana
frequency: weekly
reviews: [grow]
decisions:
  - {{date: {day}, text: Do it, owner: ana, due: {due}{done}}}
---
"""
_RUNS = "date,procedure,text,result,step,minutes,from,key"


def _turn(book: Book, chance: Random, day: date, number: int) -> None:  # noqa: C901, PLR0912 - a case a change
    """Change one thing as somebody might."""
    ids = sorted(book.sops)
    sop = book.sops[chance.choice(ids)] if ids else book.add(Sop("first"))
    line = chance.choice(("finance", "hr"))
    match chance.randrange(16):
        case 0 | 1:
            book.add(
                Sop(f"task-{number}", chance.choice(("stub", "draft", "active")), chance.choice(("finance", "hr", "")))
            )
        case 2:
            sop.state = chance.choice(("stub", "draft", "active", "active", "retired"))
        case 3:
            sop.line = chance.choice(("finance", "hr", "nobody", ""))
        case 4:
            sop.text = chance.choice(("Do it.", "Do it well.", "See ![how](how.svg).", "See [[sop:first]]."))
        case 5 | 6 | 7:
            sop.state = "active"
            sop.sign(
                day + timedelta(days=chance.choice((-400, -30, 0, 0, 1, 40))), agrees=chance.choice(("ben", "cem"))
            )
        case 8:
            taken_back = f", withdrawn: {{date: {day + timedelta(days=chance.randrange(50))}, reason: Wrong}}"
            sop.signed = [(*entry[:4], taken_back) for entry in sop.signed]
        case 9:
            sop.visibility = chance.choice(("public", "public", "internal"))
        case 10:
            book.places[sop.id] = f"{chance.choice(('finance', 'hr/deep'))}/{sop.id}.md"
        case 11:
            del book.sops[sop.id]
        case 12:
            state, target = (
                chance.choice(("active", "draft", "retired")),
                chance.choice(("under 5 %", "under 60 %", "few")),
            )
            year = chance.choice((25, 26, 27))
            book.files[f"{line}/plan-{year}.md"] = _PLAN.format(line=line, year=year, state=state, target=target)
        case 13:
            until = chance.choice(("", f", until: {day + timedelta(days=chance.randrange(90))}"))
            book.files["people.md"] = _PEOPLE.format(until=until, members=chance.choice(("ben, cem", "ben", "cem")))
        case 14:
            book.files["how.svg"] = f"<svg xmlns='http://www.w3.org/2000/svg'><g id='g{number}'/></svg>"
            book.files["finance/stray.md"] = chance.choice(
                ("# Stray\n", f"---\ntags: [{number}]\n---\nSee [[sop:first]].\n")
            )
        case _:
            done = chance.choice(("", f", done: {day}"))
            book.files["weekly.md"] = _MEETING.format(
                day=day, due=day + timedelta(days=chance.randrange(60)), done=done
            )
            book.files["grow.md"] = _GOAL.format(state=chance.choice(("open", "proposed")), sop=sop.id)


def _commits(chance: Random) -> Iterator[Commit]:
    book = Book()
    book.files = {"people.md": _PEOPLE.format(until="", members="ben, cem"), "index.md": "# Handbook\n"}
    day = date(2025, 1, 10)
    for number in range(90):
        for _ in range(chance.randrange(3)):
            _turn(book, chance, day, number)
        book.docs = chance.choice((book.docs, *["content"] * 8, "pages"))
        yield Commit(stamp(f"{day}T12:00:00+00:00"), book.tree())
        day += timedelta(days=chance.randrange(15))
    book.docs = "content"
    yield Commit(stamp(f"{day}T12:00:00+00:00"), book.tree())


def _history(root: Path, chance: Random) -> Path:
    root.mkdir()
    for given, command in (
        (b"", ("init", "--quiet", "--initial-branch=main")),
        (b"".join(stream(_commits(chance))), ("fast-import", "--quiet")),
        (b"", ("checkout", "--quiet", "--force", "main")),
    ):
        subprocess.run(("git", *command), cwd=root, check=True, input=given)
    rows = [
        f"{_TODAY - timedelta(days=chance.randrange(700))},{chance.choice(('first', 'task-5', 'task-9'))},,"
        f"{chance.choice(('worked', 'wrong'))},,,staff,{number:016x}"
        for number in range(120)
    ]
    (root / "records").mkdir()
    (root / "records/runs.csv").write_text("\n".join([_RUNS, *sorted(rows), ""]), "utf-8")
    return root


@pytest.mark.parametrize("audience", ["all", "public"])
@pytest.mark.parametrize("seed", range(4))
def test_a_month_among_others_is_what_it_is_alone(
    tmp_path: Path, seed: int, audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _history(tmp_path / "book", Random(seed))  # noqa: S311 - a history, no secret
    project = load_project(root / "mkdocs.yml")
    book = load_handbook(project, load_kinds(project.root), _TODAY, look_back=look_back)
    found = scorecard(book, book.pages if audience == "all" else publishable(book, "public"), audience)
    together = with_series(found).series
    ends = month_ends(book)
    for at, end in enumerate(ends):
        shutil.rmtree(root / CACHE, ignore_errors=True)
        with monkeypatch.context() as patch:
            patch.setattr("handrail.history.series.month_ends", lambda _, end=end: [end])
            [*alone] = with_series(found).series.items()
        assert {name: series[at] for name, series in together.items()} == {name: point for name, [point] in alone}
    # Else nothing was tried.
    assert len({(one.numerator, one.denominator) for one in together["sops-signed"]}) > 4
