"""One valid document of every kind with every field filled in, as data."""

from __future__ import annotations

from typing import Any

COMMON: dict[str, Any] = {
    "id": "a-page",
    "title": "A page",
    "description": "One sentence.",
    "visibility": "public",
    "owner": "lbk",
    "contact": "#finance",
    "readers": ["lt", "Omar Haddad"],
    "rapid": {"decide": "lbk", "agree": ["oha"], "recommend": ["pna"], "perform": ["pna"], "input": ["Omar Haddad"]},
    "sign_offs": [
        {"role": "D", "by": "lbk", "date": "2026-03-31", "digest": "t2:" + "0" * 64, "note": "Read", "evidence": "https://example.org/a"},
        {"role": "A", "by": "oha", "date": "2026-03-30"},
    ],
    "replaces": ["sop:old", "older"],
    "internal_version": "https://intranet.example.org/a",
    "needs_update": "The form has moved.",
    "asked_as": ["expenses"],
    "redirect_from": ["old-id", "finance/old.md"],
    "tags": ["money"],
    "ignore": [{"rule": "HB301", "reason": "A reason", "until": "2026-12-31"}],
    "icon": "material/cash",
    "hide": ["toc"],
    "search": {"exclude": False, "boost": 1.5},
}  # fmt: skip


def items() -> list[Any]:
    parts = {"label": "a", "text": "b", "team": "c", "metric": "days", "target": 5, "result": "4"}
    return ["Plain books: anyone can read them", parts]


PROCESS: dict[str, Any] = {
    "inputs": ["a claim"],
    "outputs": ["a payment"],
    "roles": {"performs": "clerk", "accountable": "head", "decides_exceptions": "head", "notified": "team", "steps_in": "deputy"},
    "states": [{"name": "new", "owner": "clerk", "next_action": "read it", "sla": "2 days", "final": False}, {"name": "done", "final": True}],
    "transitions": [{"from": "new", "to": "done", "when": "it is paid", "by": "clerk"}],
    "exceptions": [{"when": "it is large", "route": "ask", "approver": "head"}],
    "block_reasons": ["no receipt"],
    "measures": ["days", "sop-errors"],
}  # fmt: skip
OWN: dict[str, dict[str, Any]] = {
    "mission": {"statement": "Why we are here."},
    "vision": {"statement": "Where we go.", "scope": {"product": "Sluice"}, "horizon": {"from": "2026-02-01", "to": "2031-01-31"}, "intake": "https://example.org/form"},
    "objective": {
        "state": "attained", "opened": "2026-03-01", "due": "2026-09-30", "closed": "2026-09-28", "vpmom": "finance", "serves": ["Plain books"], "sops": ["expenses"],
        "measures": items(), "updates": [{"date": "2026-04-01", "progress": 12.5, "note": "Begun"}],
        "outcome": {"text": "Done", "donation": "To the club", "retrospective": "Well"}, "intake": "https://example.org/form",
    },
    "vpmom": {
        "period": {"name": "FY27", "from": "2026-02-01", "to": "2027-01-31"}, "department": "finance", "parent": "company", "serves": ["Plain books"], "vision": "One sentence.",
        "priorities": items(), "methods": items(), "obstacles": items(), "measures": items(), "state": "active",
        "previous_versions": [{"date": "2020-01-01", "link": "https://example.org/old"}],
    },
    "sop": {
        "department": "finance", "vpmom": "finance@FY27", "serves": ["Plain books"], "state": "active", "trigger": "You paid for something.", "kept_in": "a mailbox",
        "review_every": "6 months", "process": PROCESS,
    },
    "department": {"lead": "lbk", "parent": "company"},
    "people": {
        "people": [{"id": "lbk", "name": "Lena", "job": "Head", "handle": "@lena", "since": "2020-05-01", "until": "2027-01-01", "deputy": "oha"}],
        "groups": [{"id": "lt", "name": "Team", "members": ["lbk"], "quorum": "all", "handle": "@lt", "contact": "#lt"}],
    },
    "metric": {"unit": "days", "direction": "down", "target": "under 5", "indicator": "leading", "frequency": "monthly", "data": "days.csv"},
    "cadence": {
        "frequency": "weekly", "on": "Tuesday", "from": "2026-01-06", "time": "10:00", "minutes": 30, "place": "The kitchen", "level": "team",
        "participants": ["lt"], "reviews": ["metric:days"],
        "decisions": [
            {"date": "2026-03-01", "text": "Go", "owner": "lbk", "due": "2026-04-01", "done": "2026-03-20", "changes": ["sop:expenses"]},
            {"date": "2026-03-01", "text": "Wait", "dropped": {"date": "2026-03-09", "why": "Too early"}},
        ],
    },
    "improvement": {"about": "sop:expenses", "state": "idea"},
    "page": {},
}  # fmt: skip
FULL: dict[str, dict[str, Any]] = {kind: {"kind": kind, **COMMON, **own} for kind, own in OWN.items()}
