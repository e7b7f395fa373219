"""Goals, decisions and what searches led to at the ends of months, counted once more by git's command line, csv and PyYAML."""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from tests.support.long_history import Commit, stamp, stream

_TODAY = dt.date(2026, 11, 15)
_DAY = dt.timedelta(days=1)
_SETTINGS = f"""site_name: Goals
docs_dir: content
theme: material
plugins:
  - handrail: {{today: {_TODAY}, visibility: {{".": public}}}}
"""
_GOALS, _SOPS, _METRICS = ("grow", "save", "learn"), ("pay", "sell", "call", "hire"), ("early", "late")
_OURS = ("sops-tied", "sops-unlisted", "sops-undocumented", "goals-complete")
_MEASURES = ("goals-complete", "decisions-done", "sops-found")


class _Written(yaml.SafeDumper):
    """Writes each value where it stands, as people do."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the library's
        return True


def _page(fields: dict[str, Any]) -> bytes:
    return f"---\n{yaml.dump(fields, Dumper=_Written, sort_keys=False)}---\nSomething.\n".encode()


def _named(kind: str, id_: str) -> dict[str, Any]:
    return {"kind": kind, "id": id_, "title": f"The {id_}", "visibility": "public"}


def _commits(chance: Random) -> Iterator[Commit]:
    """Yield a commit a few days, in each of which some documents come, go or change."""
    people = [{"id": "ana", "name": "Ana Costa", "job": "Head"}]
    left = [{"id": "ben", "name": "Ben Hill", "job": "Clerk", "until": dt.date(2025, 9, 30)}]
    files = {
        "mkdocs.yml": _SETTINGS.encode(),
        "content/people.md": _page({**_named("people", "people"), "people": people + left}),
    }
    decisions: list[dict[str, Any]] = []
    day = dt.date(2024, 12, 20)
    while day < _TODAY:
        for path, made in (
            *((f"content/{one}.md", _sop(chance, one)) for one in _SOPS),
            *((f"content/{one}.md", _goal(chance, one)) for one in _GOALS),
            *((f"content/{one}.md", _metric(chance, one)) for one in _METRICS),
            ("content/weekly.md", _meeting(chance, decisions, day)),
        ):
            match chance.randrange(8):
                case 0 | 1 | 2:
                    files[path] = _page(made)
                case 3 if day < dt.date(2025, 4, 1) or path not in files:
                    files.pop(path, None)
        yield Commit(stamp(f"{day}T12:00:00+00:00"), dict(files))
        day += dt.timedelta(days=chance.randrange(3, 20))
    for id_ in (*_GOALS[:1], *_SOPS):
        files[f"content/{id_}.md"] = _page(_goal(chance, id_) if id_ in _GOALS else _sop(chance, id_))
    files["content/weekly.md"] = _page(_meeting(chance, decisions, _TODAY))
    yield Commit(stamp(f"{_TODAY}T12:00:00+00:00"), files)


def _sop(chance: Random, id_: str) -> dict[str, Any]:
    state = chance.choice(("active", "active", "active", "draft", "retired"))
    return {**_named("sop", id_), "visibility": chance.choice(("public", "public", "internal")), "state": state}


def _goal(chance: Random, id_: str) -> dict[str, Any]:
    metric = chance.choice((*_METRICS, "sops-tied", "sop-errors"))
    return {
        **_named("objective", id_),
        "state": chance.choice(("open", "open", "open", "proposed")),
        **chance.choice(({}, *[{"owner": "ana"}] * 4, {"owner": "ben"})),
        "sops": chance.sample(_SOPS, chance.randrange(3)),
        "measures": [{"text": "One number", "metric": metric}],
    }


def _metric(chance: Random, id_: str) -> dict[str, Any]:
    return {
        **_named("metric", id_),
        "indicator": chance.choice(("leading", "lagging")),
        "unit": "days",
        "direction": "down",
    }


def _meeting(chance: Random, decisions: list[dict[str, Any]], day: dt.date) -> dict[str, Any]:
    for one in decisions:
        if not {"done", "dropped"} & one.keys() and chance.randrange(3) == 0:
            one.update(chance.choice(({"done": day}, {"dropped": {"date": day, "why": "Not worth it"}})))
    decisions += [
        {"date": day, "text": f"Do {len(decisions)}", "owner": "ana", "due": day + chance.randrange(120) * _DAY}
        for _ in range(chance.randrange(3))
    ]
    looks = chance.sample((*_GOALS, *_METRICS), chance.randrange(4))
    return {
        **_named("cadence", "weekly"), "lead": "ana", "frequency": "weekly", "reviews": looks,
        "decisions": [dict(one) for one in decisions],
    }  # fmt: skip


def _search_rows(chance: Random) -> Iterator[list[str]]:
    for number in range(400):
        last = _TODAY - chance.randrange(30) * 25 * _DAY
        first = last - chance.choice((26, 27, 28, 89)) * _DAY
        address = chance.choice([f"{one}/" for one in _SOPS] + ["nobody/"])
        shown, position = chance.choice(("0", "1", "60")), chance.choice(("2", "9.99", "10", "10.01", "31"))
        # A long pause, within which the newest days on record are long past.
        if not dt.date(2025, 6, 1) < last < dt.date(2025, 12, 1):
            yield [str(first), str(last), address, shown, "0", position, f"{number:016x}"]


def _git(root: Path, *arguments: str, given: bytes = b"") -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, input=given).stdout.decode()


@pytest.fixture(name="root", scope="module", params=[1, 2])
def _root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("goals")
    chance = Random(request.param)  # noqa: S311 - a history, no secret
    _git(root, "init", "--quiet", "--initial-branch=main")
    _git(root, "fast-import", "--quiet", given=b"".join(stream(_commits(chance))))
    _git(root, "checkout", "--quiet", "--force", "main")
    (root / "records").mkdir()
    with (root / "records/search.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["from", "to", "page", "impressions", "clicks", "position", "key"])
        rows = sorted(_search_rows(chance), key=lambda row: (row[1], row[6]))
        writer.writerows(rows)
    return root


class _Month:
    """The documents at a commit, on a day."""

    def __init__(self, root: Path, day: dt.date) -> None:
        self.day = day
        until = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) + _DAY
        log = [line.split() for line in _git(root, "log", "--first-parent", "--format=%H %ct").splitlines()]
        commit = next((id_ for id_, seconds in log if int(seconds) < until.timestamp()), None)
        names = _git(root, "ls-tree", "-r", "--name-only", commit, "content").splitlines() if commit else []
        shown = [_git(root, "show", f"{commit}:{name}") for name in names]
        self.pages: list[dict[str, Any]] = [yaml.safe_load(text[4:].split("\n---\n")[0]) for text in shown]
        self.sops = [page for page in self.of("sop") if page["state"] == "active"]
        with (root / "records/search.csv").open(encoding="utf-8", newline="") as file:
            self.rows = [row for row in csv.DictReader(file) if row["to"] <= str(day)]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [page for page in self.pages if page["kind"] == kind]

    def goals(self) -> tuple[int, int] | None:
        opened = [page for page in self.of("objective") if page["state"] == "open"]
        return (sum(map(self._has_all, opened)), len(opened)) if self.of("objective") else None

    def _has_all(self, goal: dict[str, Any]) -> bool:
        metrics = {page["id"]: page for page in self.of("metric")}
        [named] = [one["metric"] for one in goal["measures"]]
        leads = named in _OURS or metrics.get(named, {}).get("indicator") == "leading"
        looked_at = {one for page in self.of("cadence") for one in page["reviews"]}
        owner = goal.get("owner")
        is_owned = owner == "ana" or (owner == "ben" and self.day <= dt.date(2025, 9, 30))
        works = {page["id"] for page in self.sops} & set(goal["sops"])
        return bool(leads and is_owned and works and looked_at & {goal["id"], *({named} & metrics.keys())})

    def decisions(self) -> tuple[int, int] | None:
        listed = [one for page in self.of("cadence") for one in page["decisions"]]
        due = [one for one in listed if self.day - 90 * _DAY <= one["due"] <= self.day]
        return (sum("done" in one or "dropped" in one for one in due), len(due)) if self.of("cadence") else None

    def found(self) -> tuple[tuple[int, int], bool]:
        """Return how many of the public procedures a search showed, and whether that is known."""
        public = {f"{page['id']}/" for page in self.sops if page["visibility"] == "public"}
        spans = {(row["to"], row["from"]) for row in self.rows}
        long = [one for one in spans if dt.date.fromisoformat(one[0]) - dt.date.fromisoformat(one[1]) >= 27 * _DAY]
        newest = max(long, default=("0001-01-01", ""))
        if self.day - dt.date.fromisoformat(newest[0]) >= 100 * _DAY:
            return (0, len(public)), False
        own = [row for row in self.rows if (row["to"], row["from"]) == newest and row["impressions"] != "0"]
        shown = {row["page"] for row in own if float(row["position"]) <= 10} & public
        return (len(shown), len(public)), bool(public)


def test_each_month_of_goals_decisions_and_searches_equals_a_recount(root: Path) -> None:
    command = [sys.executable, "-m", "handrail", "report", "scorecard", "--format", "json"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    series = {one["name"]: one["series"] for one in json.loads(run.stdout)["measures"]}
    seen: dict[str, set[tuple[int | None, int | None, bool]]] = {name: set() for name in _MEASURES}
    for at, point in enumerate(series["sops-found"]):
        month = _Month(root, dt.date.fromisoformat(point["date"]))
        if not month.pages:
            assert {series[name][at]["value"] for name in _MEASURES} == {None}
            continue
        shown, is_known = month.found()
        counted = {"goals-complete": month.goals(), "decisions-done": month.decisions(), "sops-found": shown}
        for name, numbers in counted.items():
            told = series[name][at]
            expected = (None, None) if numbers is None else numbers
            assert (point["date"], name, told["numerator"], told["denominator"]) == (point["date"], name, *expected)
            known = numbers is not None and numbers[1] > 0 and (is_known or name != "sops-found")
            assert told["value"] == (numbers[0] * 100 // numbers[1] if numbers is not None and known else None)
            seen[name].add((*expected, known))
    # Each of them moved, and was unknown at least once.
    assert all(len(found) > 3 for found in seen.values())
    assert {known for _, _, known in seen["sops-found"]} == {False, True}
