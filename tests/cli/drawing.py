"""A small handbook that has something of everything that the commands print."""

from __future__ import annotations

PEOPLE = """
    ---
    kind: people
    id: people
    title: Who is who
    visibility: public
    people:
      - {id: lbk, name: Lena Brandt-Keller, job: Head of finance, handle: lenabk}
      - {id: oha, name: Omar Haddad, job: Head of operations, until: 2026-08-31, deputy: lbk}
      - {id: pna, name: Priya Nair, job: Operations manager}
    groups:
      - {id: lt, name: Leadership team, members: [lbk, pna], contact: "#lt"}
    ---
    """


def department(id_: str, title: str, more: str = "") -> str:
    return (
        f"---\nkind: department\nid: {id_}\ntitle: {title}\nvisibility: public\nlead: lbk\n{more}---\nWhat it does.\n"
    )


def plan(id_: str, period: str, more: str = "") -> str:
    return (
        f"---\nkind: vpmom\nid: {id_}\nperiod: {period}\ntitle: Plan {id_} {period}\nvisibility: public\n"
        f"vision: We do it well.\npriorities: ['Well: it is done well']\nmethods: [Doing it]\n{more}---\n"
    )


def sop(id_: str, title: str, more: str = "state: active\n") -> str:
    return f"---\nkind: sop\nid: {id_}\ntitle: {title}\nvisibility: public\n{more}---\nDo it.\n"


SIGNED = (
    "rapid: LBK(D), LT(A)\nsign_offs: [{role: A, by: pna, date: 2026-03-01}, {role: D, by: lbk, date: 2026-03-02}]\n"
)

FILES = {
    "content/people.md": PEOPLE,
    "content/index.md": "# Welcome\n\nSee [the people](people.md), [the old way](finance/old.md) and [nothing](nothing.md).\n",
    "content/finance/index.md": department("finance", "Finance", "contact: '#ask-finance'\n"),
    "content/finance/payables/index.md": department("payables", "Accounts payable", "parent: finance\n"),
    "content/company/index.md": department("company", "The company"),
    "content/finance/vpmom-fy27.md": plan("finance", "FY27", f"state: active\nparent: company\n{SIGNED}"),
    "content/finance/vpmom-fy26.md": plan("finance", "FY26", "state: retired\n"),
    "content/company/vpmom-fy27.md": plan("company", "FY27", "state: active\n"),
    "content/company/vpmom-people-fy27.md": plan("hiring", "FY27", "state: draft\n"),
    "content/finance/claims.md": sop("claims", "Claim | expenses", f"state: active\nvpmom: finance\n{SIGNED}"),
    "content/finance/close.md": sop(
        "close", "Close the month", "state: active\nvpmom: finance\ndepartment: company\nrapid: LBK(D), OHA(A), LT(A)\n"
    ),
    "content/finance/hire.md": sop("hire", "Hire someone", "state: active\nvpmom: hiring\nrapid: LBK(D), LT(A)\n"),
    "content/finance/old.md": sop("old", "Fax it", "state: retired\nvpmom: finance\n"),
    "content/finance/laptop.md": sop("laptop", "Buy a laptop", "state: draft\n"),
    "content/finance/loose.md": sop("loose", "Act alone", f"state: active\nowner: lt\n{SIGNED}"),
    "content/finance/lost.md": sop("lost", "Lose a card", "state: active\nvpmom: nowhere\n"),
}
