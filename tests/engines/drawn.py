"""A small handbook that tests add to: two departments, a plan, a procedure, and the people who sign."""

from __future__ import annotations

PEOPLE = """
    ---
    kind: people
    id: people
    title: Who is who
    visibility: public
    people:
      - {id: mok, name: Mara Okafor, job: Chief executive, handle: marao, deputy: tli}
      - {id: tli, name: Tom Lindqvist, job: Head of finance, deputy: aro}
      - {id: aro, name: Ada Roth, job: Bookkeeper}
    groups:
      - {id: books, name: Bookkeeping, members: [tli, aro], contact: "#books"}
    ---
"""
COMPANY = """
    ---
    kind: department
    id: company
    title: Company
    description: The whole of it.
    visibility: public
    lead: mok
    contact: "#ask-mara"
    ---
"""
PLAN = """
    ---
    kind: vpmom
    id: company
    period: FY27
    title: Company plan FY27
    description: What the company wants this year.
    visibility: public
    state: active
    department: company
    rapid: MOK(D), TLI(A)
    vision: Every customer can do without calling us.
    priorities:
      - "Trust: nobody has to ask twice"
      - "Calm: no work on Sundays"
    methods: ["Written work: what is done twice is written down"]
    obstacles: [Most knowledge is in three heads]
    measures: [{text: Calls a day, target: 3}]
    internal_version: https://wiki.example/company-plan
    previous_versions: [{date: 2025-02-10, link: "https://wiki.example/plan-2025"}]
    sign_offs:
      - {role: A, by: tli, date: 2026-02-03, digest: "t2:8741bff022093edef06ed2d96c299d631b345b83daca354b37d5cc0ee08b518e"}
      - {role: D, by: mok, date: 2026-02-04, digest: "t2:8741bff022093edef06ed2d96c299d631b345b83daca354b37d5cc0ee08b518e"}
    ---
    We talked about this for a week.
"""
FINANCE = """
    ---
    kind: department
    id: finance
    title: Finance & Books
    description: Money in and out.
    visibility: public
    lead: tli
    contact: "#ask-finance"
    parent: company
    ---
"""
CLAIMS = """
    ---
    kind: sop
    id: expense-claims
    title: Expense claims
    description: How you get your money back.
    visibility: public
    state: active
    vpmom: company
    department: finance
    serves: [Trust]
    trigger: You paid for something for work
    rapid: TLI(D), books(R)
    asked_as: [get my money back, refund]
    sign_offs:
      - {role: D, by: tli, date: 2026-03-03, digest: "t2:e2f7ddf32308b434ca76d715dad6b8bf94fc607d1f822ff64af92fc1411604a2"}
    ---
    1. Take a photograph of the receipt.
"""
BASE = {
    "content/index.md": "# Welcome\n\nThis is how we work.\n",
    "content/people.md": PEOPLE,
    "content/company/index.md": COMPANY,
    "content/company/plan.md": PLAN,
    "content/finance/index.md": FINANCE,
    "content/finance/expense-claims.md": CLAIMS,
}


def sop(id_: str, body: str = "1. Do it.", **fields: str) -> str:
    """Return a procedure, ready to be drawn; `fields` add to those that it has or replace them, empty ones go."""
    known = {
        "kind": "sop",
        "id": id_,
        "title": id_.replace("-", " ").capitalize(),
        "description": f"How {id_} is done.",
        "visibility": "public",
        "state": "active",
        "vpmom": "company",
        "serves": "[Trust]",
        "trigger": "You need it",
        "rapid": "MOK(D)",
        "sign_offs": "[{role: D, by: mok, date: 2026-03-03}]",
    }
    lines = "".join(f"{name}: {value}\n" for name, value in {**known, **fields}.items() if value)
    return f"---\n{lines}---\n{body}\n"
