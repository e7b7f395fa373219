"""The numbers that come from records, over handbooks that chance draws, counted once more with PyYAML, csv and git alone.

Nothing of Handrail is imported: where a text has to be known again, its digest is taken by the recipe on the site, and which texts
read the same is known because the handbook was drawn so.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import ceil, floor
from pathlib import Path
from statistics import NormalDist, pvariance
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

_MATERIAL = ("id", "kind", "title", "trigger")
_STEPS = ("Open it.", "Fill it in.", "Send it.", "Wait a day.")
_DAY = dt.timedelta(days=1)
_NOON = dt.datetime(2026, 11, 15, 10, 30, tzinfo=dt.UTC)
"""The 14th in Pago Pago, the 15th in London, the 16th on Kiritimati."""


@dataclass
class Text:
    """One text of a page: since which day it is in git, and whether it reads as the one before it."""

    day: dt.date
    body: str
    reads_as_before: bool = False


@dataclass
class Drawn:
    """A handbook that chance drew; `texts` are each page's, the oldest first."""

    root: Path
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    texts: dict[str, list[Text]] = field(default_factory=dict)
    rows: dict[str, list[list[str]]] = field(default_factory=dict)


# Drawing


def _draw(root: Path, chance: random.Random, today: dt.date, settings: dict[str, Any]) -> Drawn:
    drawn = Drawn(root)
    for number in range(chance.randint(4, 8)):
        id_ = f"p{number}"
        drawn.pages[id_] = {
            "kind": "sop",
            "id": id_,
            "title": f"Procedure {number}",
            "trigger": "You need it",
            "visibility": chance.choice(["public", "public", "internal"]),
            "state": chance.choice(["active"] * 5 + ["draft", "stub", "retired"]),
            "redirect_from": [f"old-{number}", "of-two"] if number < 2 else [f"old-{number}"],
        }
        drawn.texts[id_] = list(_texts(chance, today))
    for name, rows in (("runs", _runs), ("survey", _survey), ("search", _search)):
        drawn.rows[name] = list(rows(chance, drawn, today))
    _commit(drawn, settings)
    _write_records(drawn, chance)
    return drawn


def _texts(chance: random.Random, today: dt.date) -> Iterator[Text]:
    body = _body(chance.sample(_STEPS, 3), " ")
    days = sorted({today - chance.randint(1, 700) * _DAY for _ in range(chance.randint(1, 4))})
    first = body
    for at, day in enumerate(days):
        how = chance.choice(["anew", "laid out", "back"]) if at else "first"
        if how == "anew":
            body = _body(chance.sample(_STEPS, 3), " ") + f"\nNumber {at}.\n"
        elif how == "laid out":
            body = body.replace(". ", ".  ") if ".  " not in body else body.replace(".  ", ".   ")
        elif how == "back":
            body = first
        yield Text(day, body, how == "laid out")


def _body(steps: Iterable[str], blank: str) -> str:
    return "## Do it\n\n" + "".join(f"{number}.{blank}{step}\n" for number, step in enumerate(steps, 1))


def _digits(page: dict[str, Any], body: str) -> str:
    fields = {name: page[name] for name in _MATERIAL}
    text = json.dumps({"body": body.rstrip("\n"), "fields": fields}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _days(chance: random.Random, today: dt.date) -> dt.date:
    """Return a day on which something may turn: an end of twelve months, of a month, a leap day, today; or any."""
    month_end = today.replace(day=1) - _DAY
    edges = [
        today,
        today + _DAY,
        today - _DAY,
        _a_year_before(today),
        _a_year_before(today) + _DAY,
        month_end,
        month_end + _DAY,
    ]
    edges += [dt.date(2024, 2, 29), dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2025, 12, 31)]
    return chance.choice([*edges, *(today - chance.randint(0, 500) * _DAY for _ in range(30))])


def _named(chance: random.Random, drawn: Drawn) -> str:
    id_ = chance.choice(list(drawn.pages))
    return chance.choice([id_] * 12 + [id_.replace("p", "old-"), "of-two", "nobody"])


def _told_text(chance: random.Random, drawn: Drawn, named: str) -> str:
    id_ = named.replace("old-", "p")
    known = [_digits(drawn.pages[id_], one.body) for one in drawn.texts[id_]] if id_ in drawn.pages else []
    return chance.choice([*known, *known[-1:] * 4, "", "", "0badc0de"])


def _runs(chance: random.Random, drawn: Drawn, today: dt.date) -> Iterator[list[str]]:
    for number in range(chance.choice([0, 60, 600])):
        named = _named(chance, drawn)
        result = chance.choice(["worked"] * 20 + ["wrong", "stopped"] if named[-1] in "02468" else ["worked", "wrong"])
        step = chance.choice(["", "1", "2"]) if result != "worked" else ""
        from_ = chance.choice(["staff", "staff", "import", "public"])
        yield [
            str(_days(chance, today)),
            named,
            _told_text(chance, drawn, named),
            result,
            step,
            "",
            from_,
            f"issue-{number + 1}",
        ]


def _survey(chance: random.Random, drawn: Drawn, today: dt.date) -> Iterator[list[str]]:
    for number in range(chance.choice([40, 200, 600])):
        named = _named(chance, drawn)
        score, from_ = chance.choice([0, 6, 7, 8, 9, 10, 10]), chance.choice(["staff", "import", "public"])
        yield [str(_days(chance, today)), named, _told_text(chance, drawn, named), str(score), from_, f"{number:016x}"]


def _search(chance: random.Random, drawn: Drawn, today: dt.date) -> Iterator[list[str]]:
    spans = []
    for length in (27, 28, 28, 90):
        end = today - chance.choice([-1, 0, 3, 30, 99, 100, 101]) * _DAY
        spans.append((end - (length - 1) * _DAY, end))
    for number in range(chance.choice([0, 30, 60])):
        start, end = chance.choice(spans)
        id_ = chance.choice(list(drawn.pages))
        old = id_.replace("p", "old-")
        address = chance.choice(
            [f"{id_}/", f"{id_}/", id_, f"{id_}/index.html", f"{old}/", f"{id_}/?a=b#c", "nobody/", "of-two/"]
        )
        position = chance.choice(["1", "9.99", "10", "10.01", "40"])
        yield [str(start), str(end), address, str(chance.choice([0, 1, 500])), "0", position, f"{number:016x}"]


def _commit(drawn: Drawn, settings: dict[str, Any]) -> None:
    plugins = ["search", {"handrail": {"visibility": {".": "public"}, **settings}}]
    (drawn.root / "content").mkdir(parents=True)
    (drawn.root / "mkdocs.yml").write_text(
        json.dumps({"site_name": "A", "docs_dir": "content", "plugins": plugins}), "utf-8"
    )
    _git(drawn.root, "init", "--quiet")
    by_day: dict[dt.date, list[tuple[str, str]]] = defaultdict(list)
    for id_, texts in drawn.texts.items():
        for text in texts:
            by_day[text.day].append((id_, text.body))
    for day in sorted(by_day):
        for id_, body in by_day[day]:
            head = yaml.safe_dump(drawn.pages[id_], sort_keys=False)
            (drawn.root / "content" / f"{id_}.md").write_text(f"---\n{head}---\n{body}", "utf-8", newline="\n")
        _git(drawn.root, "add", "--all")
        _git(drawn.root, "commit", "--quiet", "--allow-empty", "--message", "Write", day=day)


def _git(root: Path, *arguments: str, day: dt.date = dt.date(2020, 1, 1)) -> None:
    who = {f"GIT_{role}_{what}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = {f"GIT_{role}_DATE": f"{day}T23:30:00+0000" for role in ("AUTHOR", "COMMITTER")}
    bare = {"PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=root, env={**bare, **who, **when}, check=True, capture_output=True)


_HEADS = {
    "runs": "date,procedure,text,result,step,minutes,from,key",
    "survey": "date,procedure,text,score,from,key",
    "search": "from,to,page,impressions,clicks,position,key",
}
_BROKEN = (
    "",
    "2026-02-30,p0,,worked,,,staff,issue-9",
    "<<<<<<< ours",
    "p0;worked",
    "2026-01-01,p0,,=1+1,,,staff,issue-99999",
    '"',
)


def _write_records(drawn: Drawn, chance: random.Random) -> None:
    (drawn.root / "records").mkdir()
    for name, rows in drawn.rows.items():
        lines = [",".join(row) for row in sorted(rows)]
        for broken in chance.sample(_BROKEN, 3):
            lines.insert(chance.randint(0, len(lines)), broken)
        (drawn.root / "records" / f"{name}.csv").write_text(
            "\n".join([_HEADS[name], *lines, ""]), "utf-8", newline="\n"
        )


# Counting once more


def _a_year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


class Recount:
    """Counts from the files alone."""

    def __init__(self, drawn: Drawn, today: dt.date, settings: dict[str, Any]) -> None:
        self.drawn, self.today = drawn, today
        self.counts_public = settings.get("feedback_counts") == "anyone"
        self.pages = {}
        for path in sorted((drawn.root / "content").glob("*.md")):
            _, head, self_body = path.read_text("utf-8").split("---\n", 2)
            self.pages[path.stem] = {**yaml.safe_load(head), "body": self_body}
        self.active = {id_ for id_, page in self.pages.items() if page["state"] == "active"}
        self.public = {id_ for id_ in self.active if self.pages[id_]["visibility"] == "public"}

    def rows(self, name: str, day: str = "date") -> Iterator[dict[str, str]]:
        with (self.drawn.root / "records" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            lines = file.read().split("\n")
        for line in lines[1:]:
            cells = next(csv.reader([line]), [])
            row = dict(zip(lines[0].split(","), cells, strict=False))
            if (
                len(cells) == len(lines[0].split(","))
                and self._is_row(row)
                and dt.date.fromisoformat(row[day]) <= self.today
            ):
                yield row

    @staticmethod
    def _is_row(row: dict[str, str]) -> bool:
        try:
            for name in ("date", "from", "to"):
                if re.match(r"\d{4}-", row.get(name, "")):
                    dt.date.fromisoformat(row[name])
        except ValueError:
            return False
        return row.get("result", "worked") in ("worked", "wrong", "stopped")

    def procedure(self, named: str) -> str:
        """Return whose id it is or was; nothing of an old one of two procedures."""
        owners = [id_ for id_, page in self.pages.items() if named == id_ or named in page["redirect_from"]]
        return owners[0] if len(owners) == 1 else ""

    def standing(self, id_: str) -> tuple[set[str], dt.date]:
        """Return the digits of all texts that read as the last does, and the day from which the page reads so."""
        texts = self.drawn.texts[id_]
        # A text that came back reads as those did that it reads as: each is known by the first that was written so.
        readings: list[str] = []
        for text in texts:
            again = next((readings[at] for at in range(len(readings)) if texts[at].body == text.body), None)
            readings.append(readings[-1] if text.reads_as_before else again or text.body)
        at = len(texts) - 1
        while at and readings[at - 1] == readings[-1]:
            at -= 1
        same = {
            _digits(self.pages[id_], one.body)
            for one, reads in zip(texts, readings, strict=True)
            if reads == readings[-1]
        }
        return same, texts[at].day

    def counted(self, name: str) -> dict[str, list[dict[str, str]]]:
        """Return the rows of twelve months that count for each active procedure's text as it stands."""
        found: dict[str, list[dict[str, str]]] = {id_: [] for id_ in self.active}
        for row in self.rows(name):
            id_, day = self.procedure(row["procedure"]), dt.date.fromisoformat(row["date"])
            if id_ not in self.active or day <= _a_year_before(self.today):
                continue
            same, since = self.standing(id_)
            if (row["text"] in same if row["text"] else day >= since) and (
                self.counts_public or row["from"] != "public"
            ):
                found[id_].append(row)
        return found

    def errors(self) -> tuple[set[str], set[str]]:
        runs = {id_: rows for id_, rows in self.counted("runs").items() if len(rows) >= 20}
        under = {id_ for id_, rows in runs.items() if 20 * sum(row["result"] != "worked" for row in rows) < len(rows)}
        return under, set(runs)

    def scores(self) -> list[int]:
        return [int(row["score"]) for rows in self.counted("survey").values() for row in rows]

    def shown(self) -> set[str] | None:
        rows = list(self.rows("search", "to"))
        spans = {(row["to"], row["from"]) for row in rows}
        long = [span for span in spans if dt.date.fromisoformat(span[0]) - dt.date.fromisoformat(span[1]) >= 27 * _DAY]
        if not long or self.today - dt.date.fromisoformat(max(long)[0]) > 99 * _DAY:
            return None
        good = [
            row
            for row in rows
            if (row["to"], row["from"]) == max(long) and int(row["impressions"]) and float(row["position"]) <= 10
        ]
        return {self.procedure(re.split(r"[/?#]", row["page"])[0]) for row in good} & self.public


def _measured(root: Path, environment: dict[str, str]) -> dict[str, dict[str, Any]]:
    run = subprocess.run(
        [sys.executable, "-m", "handrail", "report", "scorecard", "--format", "json"],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return {one["name"]: one for one in json.loads(run.stdout)["measures"]}


def _counting(measure: dict[str, Any], *, counts: bool | None = True) -> set[str]:
    return {one["ref"].partition(":")[2] for one in measure["documents"] if one["counts"] is counts}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_each_number_is_counted_once_more(tmp_path: Path, seed: int, zone: str) -> None:
    chance = random.Random(f"{seed} {zone}")  # noqa: S311 - a handbook, not a secret
    today = _NOON.astimezone(ZoneInfo(zone)).date()
    settings = {"timezone": zone, "feedback_counts": chance.choice(["staff", "anyone"])}
    drawn = _draw(tmp_path / "handbook", chance, today, settings)
    found = _measured(drawn.root, {"SOURCE_DATE_EPOCH": str(int(_NOON.timestamp())), "TZ": zone})
    _compare(found, Recount(drawn, today, settings))


@pytest.mark.parametrize(
    "today", [dt.date(2024, 2, 29), dt.date(2025, 2, 28), dt.date(2025, 3, 31), dt.date(2026, 1, 1)]
)
def test_ends_of_months_and_leap_days_are_counted_alike(tmp_path: Path, today: dt.date) -> None:
    chance = random.Random(str(today))  # noqa: S311 - as above
    drawn = _draw(tmp_path / "handbook", chance, today, {"today": str(today)})
    numbers = []
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
        found = _measured(drawn.root, {"TZ": zone})
        _compare(found, Recount(drawn, today, {}))
        numbers.append(found)
    assert numbers[0] == numbers[1] == numbers[2]


def _compare(found: dict[str, dict[str, Any]], recount: Recount) -> None:
    errors, (under, known) = found["sop-errors"], recount.errors()
    assert (errors["numerator"], errors["denominator"]) == (len(under), len(known))
    assert _counting(errors) == under
    assert _counting(errors, counts=None) == recount.active - known
    is_known = bool(known) and 2 * len(known) >= len(recount.active)
    assert errors["value"] == (100 * len(under) // len(known) if is_known else None)
    assert errors["meets"] is ((under == known) if is_known else None)

    score, scores = found["sop-nps"], recount.scores()
    ways = [(one >= 9) - (one <= 6) for one in scores]
    assert (score["numerator"], score["denominator"]) == (sum(ways), len(ways))
    if len(scores) < 20:
        assert (score["value"], score["interval"], score["meets"]) == (None, None, None)
    else:
        assert score["value"] == floor(100 * sum(ways) / len(ways) + 1e-9)
        assert score["meets"] is (sum(ways) * 100 >= 20 * len(ways))
        made_up = [*ways * 4, 1, 1, 1, -1, -1, -1, *[0] * 6]
        reach = NormalDist().inv_cdf(0.975) * (pvariance(made_up) / (len(made_up) / 4)) ** 0.5
        middle = sum(made_up) / len(made_up)
        assert score["interval"] == [floor(100 * max(middle - reach, -1)), ceil(100 * min(middle + reach, 1))]

    search, shown = found["sops-found"], recount.shown()
    assert search["denominator"] == len(recount.public)
    assert {one["ref"].partition(":")[2] for one in search["documents"]} == recount.public
    assert _counting(search) == (shown or set())
    is_known = shown is not None and bool(recount.public)
    assert search["value"] == (100 * len(shown or ()) // len(recount.public) if is_known else None)
    for measure in (errors, score, search):
        assert (measure["unknown"] is None) is (measure["value"] is not None)
