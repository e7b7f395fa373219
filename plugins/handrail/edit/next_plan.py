"""Begins the plan of the next period from one that is there: the same form, without what came of it and who signed it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handrail.edit.new import Beginning, Wish, body_of, completed, place, scalar
from handrail.errors import UsageError
from handrail.model.dates import FiscalYearEnd, Period, add_months, parse_period
from handrail.model.handbook import Handbook
from handrail.model.items import SECTIONS
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.plans import Plan
from handrail.model.references import PLAN
from handrail.text.frontmatter import split
from handrail.text.source import Source, read_source
from handrail.text.syntax_errors import line_start
from handrail.text.yaml_writer import written

_KEPT = ("department", "parent", "rapid", "vision", *SECTIONS)
_FISCAL = re.compile(r"FY(?P<year>[0-9]{2})(?:-(?P<form>[HQ])(?P<part>[1-4]))?")
_PARTS = {"H": 2, "Q": 4}
_LAST_YEAR = 99
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")
_YEARS = re.compile(r"(?P<year>\b[12][0-9]{3}\b)(?:(?P<sign>[-/])(?P<end>[0-9]{2})\b)?")
_HARMLESS = "curly-quotes"
_MONTHS = 12
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Following:
    """The period after another: its name, and how it is written in a page."""

    name: str
    written: str


def find_plan(handbook: Handbook, named: str) -> Plan:
    """Return the plan that a text such as `finance@FY27` names; raises UsageError where there is none that can be read."""
    found = handbook.index.resolve(named, (PLAN,)).page
    plan = handbook.plans.get(found) if found is not None else None
    if plan is None:
        known = [f"{line.id}@{one.name}" for line in handbook.lines.values() for one in line.plans if one.name]
        close = nearest(named, known)
        some = f"there {'is' if len(known) == 1 else 'are'} {', '.join(known[:_MOST_NAMED])}{' and more' if len(known) > _MOST_NAMED else ''}."
        advice = f"did you mean `{close}`?" if close else some if known else "the handbook has none yet."
        raise UsageError(f"There is no plan `{named}`; {advice}")
    source, path = plan.page.source, plan.page.path
    problem = next((one for one in source.problems if one.rule != _HARMLESS), None)
    if problem is not None:
        line = source.lines.place(problem.offset).line
        raise UsageError(f"{path} can't be read, so no plan is begun from it; line {line}: {problem.message}")
    faults = (one for one in plan.page.violations if one.path and one.path[0] in _KEPT and one.path[0] in source.data)
    fault = next(faults, None)
    if fault is not None:
        line = source.place(fault.path).line
        raise UsageError(
            f"`{fault.path[0]}` of {path} is not as it should be, line {line}; put that right first, and `handrail check` says how."
        )
    if plan.period is None:
        line = source.place(("period",)).line
        raise UsageError(
            f"The period of {path} can't be read, so nobody knows which one follows; line {line}: write it as FY28, FY28-H1, "
            "FY28-Q3 or with a name, its first and its last day."
        )
    return plan


def following(plan: Plan, year_end: FiscalYearEnd, name: str = "") -> Following | None:
    """Return the period after a plan's, of the same form, or the one of a name; None where a name has to be told.

    Raises UsageError where the name can't be one, or the calendar ends.
    """
    period = plan.period
    if period is None:
        return None
    if name and parse_period(name, year_end) is not None:
        return Following(name, name)
    match = _FISCAL.fullmatch(period.name) if isinstance(plan.page.data.get("period"), str) else None
    if match is not None:
        if name:
            raise UsageError(f"`{name}` is no period; write it as FY28, FY28-H1 or FY28-Q3.")
        after = _after(match)
        return Following(after, after)
    start, end = _days_after(period)
    name = name or _shifted(period, start, end)
    if not name:
        return None
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"`{name}` can't name a period; a name has up to 40 letters, digits, blanks, dots and hyphens, such as 2027 or Spring 2027."
        )
    days = {"from": start.isoformat(), "to": end.isoformat()}
    return Following(name, written({"name": name, **days}))


def _after(match: re.Match[str]) -> str:
    year, form = int(match["year"]), match["form"]
    part = int(match["part"]) + 1 if form else 0
    if form and part <= _PARTS[form]:
        return f"FY{year:02}-{form}{part}"
    if year == _LAST_YEAR:
        raise UsageError(f"No name is known for a year after {match[0]}; write the period with a name and its days.")
    return f"FY{year + 1:02}-{form}1" if form else f"FY{year + 1:02}"


def _days_after(period: Period) -> tuple[date, date]:
    """Return the first and last day of the time after a period, of as many months as that has, or else as many days."""
    try:
        start = period.end + timedelta(days=1)
        months = _whole_months(period, start)
        end = add_months(start, months) - timedelta(days=1) if months else start + (period.end - period.start)
    except OverflowError:
        end = start = date.max
    if not start < date.max or end >= date.max - timedelta(days=1):
        raise UsageError(f"The calendar ends before a period that follows {period.name}.")
    return start, end


def _whole_months(period: Period, after: date) -> int:
    """Return how many months a period has; 0 where it has days beside them."""
    months = (after.year - period.start.year) * _MONTHS + after.month - period.start.month
    return months if add_months(period.start, months) == after else 0


def _shifted(period: Period, start: date, end: date) -> str:
    """Return the name of the next period where a name tells of whole years, such as 2026 or 2026-27; nothing elsewhere."""
    if _whole_months(period, start) % _MONTHS or _whole_months(period, start) == 0:
        return ""
    years = {period.start.year: start.year, period.end.year: end.year}

    def later(match: re.Match[str]) -> str:
        year = int(match["year"])
        if year not in years:
            return match[0]
        behind = f"{match['sign']}{years.get(period.end.year, 0) % 100:02}" if match["end"] else ""
        return f"{years[year]}{behind}"

    name = _YEARS.sub(later, period.name)
    return name if name != period.name else ""


def next_title(plan: Plan, name: str) -> str:
    """Return a plan's title with the name of another period in place of its own; nothing where that does not stand in it."""
    title = plan.page.title
    return title.replace(plan.name, name) if plan.name and plan.name in title else ""


def announced(handbook: Handbook, plan: Plan, period: Following) -> Page | None:
    """Return the page that announces the plan of a period of the same line, and says nothing else yet."""
    line = handbook.lines.get(plan.page.id)
    found = line.plan(period.name) if line is not None else None
    return found.page if found is not None and found.page.is_unwritten else None


def begin_next(
    handbook: Handbook,
    wish: Wish,
    plan: Plan,
    period: Following,
    *,
    is_printed: bool = False,
    with_comments: bool = True,
) -> Beginning:
    """Write the plan of the next period in memory; raises UsageError where the handbook has no room for it.

    A page that only announces it is no reason not to print what it can say. Comments among the fields are on no site, so what the
    site says is to be had `with_comments` false.
    """
    there = announced(handbook, plan, period)
    if there is not None and not is_printed:
        raise UsageError(
            f"{wish.kind.noun} `{wish.id}` of {period.name} is announced in {there.path}; add --stdout to print what to write there."
        )
    src_uri = there.src_uri if there is not None else place(handbook, wish)
    head = {
        "kind": wish.kind.name,
        "id": wish.id,
        "period": period.written,
        "title": scalar(wish.title),
        "visibility": wish.visibility,
        "state": wish.kind.first_state,
    }
    lines = "".join(f"{name}: {value}\n" for name, value in head.items())
    text = f"---\n{lines}{''.join(_fields(plan.page.source, with_comments=with_comments))}---\n{body_of(wish.kind)}"
    known = {name: plan.page.data[name] for name in _KEPT if name in plan.page.data}
    return Beginning(src_uri, completed(handbook, wish.kind, text, known))


def _fields(source: Source, *, with_comments: bool) -> Iterator[str]:
    """Yield the fields that the next plan takes over, as they are typed where that says the same without results.

    Where comments are to be left out, what holds the sign that begins one is written anew.
    """
    for name in source.data:
        if name in _KEPT:
            wanted = _without_results(name, source.data[name])
            typed = _typed(source, name)
            may_be_typed = with_comments or "#" not in typed
            yield typed if may_be_typed and _says(typed, name, wanted) else _rewritten(name, wanted)


def _without_results(section: str, value: Any) -> Any:
    if section not in SECTIONS or not isinstance(value, list):
        return value
    return [
        {key: said for key, said in item.items() if key != "result"} if _has_result(item) else item for item in value
    ]


def _has_result(item: Any) -> bool:
    return isinstance(item, dict) and "result" in item


def _says(text: str, name: str, wanted: Any) -> bool:
    read = read_source(f"---\n{text}---\n".encode("utf-8", "surrogateescape"))
    # As text, which tells 1 from true.
    return read.readable and not _problems(read) and repr(read.data) == repr({name: wanted})


def _problems(source: Source) -> list[str]:
    return [one.rule for one in source.problems if one.rule != _HARMLESS]


def _rewritten(name: str, value: Any) -> str:
    """Return a field that can't be taken over as it is typed."""
    if not isinstance(value, list) or not value:
        return f"{name}: {_json(value)}\n"
    return "".join([f"{name}:\n", *(f"  - {_json(item)}\n" for item in value)])


def _json(value: Any) -> str:
    # Every JSON text is YAML too.
    return json.dumps(value, ensure_ascii=False)


def _typed(source: Source, name: str) -> str:
    """Return a field with the comment above it as typed, without the results of its items; nothing where fields share a line."""
    names = list(source.data)
    start = _begins(source, name)
    later = names[names.index(name) + 1 :]
    end = _begins(source, later[0]) if later else split(source.text).end
    if start is None or end is None:
        return ""
    cuts = sorted(_cuts(source, name))
    parts, at = [], start
    for cut, behind in cuts:
        parts.append(source.text[at : max(at, cut)])
        at = max(at, behind)
    text = "".join([*parts, source.text[at:end]])
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines() if line.strip())


def _begins(source: Source, name: str) -> int | None:
    """Return where the lines of a field begin, with the comments right above it; None where it does not begin a line."""
    key = source.positions.key((name,))
    if key is None or line_start(source.text, key[0]) != key[0]:
        return None
    at = key[0]
    while at > 0:
        above = line_start(source.text, at - 1)
        if not source.text.startswith("#", above):
            break
        at = above
    return at


def _cuts(source: Source, section: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where a result stands, with the sign or the line that goes with it."""
    items = source.data[section] if section in SECTIONS else ()
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if _has_result(item):
            path: Sequence[str | int] = (section, index, "result")
            key, value = source.positions.key(tuple(path)), source.positions.value(tuple(path))
            if key is not None and value is not None:
                yield _cut(source.text, key[0], value[1])


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    before = text[:start].rstrip()
    if before.endswith(","):
        return len(before) - 1, end
    if before.endswith("{"):
        comma = re.compile(r"\s*,\s*").match(text, end)
        return start, comma.end() if comma is not None else end
    line = line_start(text, start)
    rest = re.compile(r"[^\r\n]*\r?\n?").match(text, end) if text[end - 1 : end] not in "\r\n" else None
    behind = rest.end() if rest is not None else end
    if not text[line:start].strip():
        return line, behind
    # It is the first of its item's fields, behind the hyphen: the next one comes there.
    return start, behind + len(text[behind:]) - len(text[behind:].lstrip(" \t"))
