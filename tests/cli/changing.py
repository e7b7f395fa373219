"""A repository in which one commit changes a handbook in each way that is to be told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from tests.history.repos import Repo
from tests.model.building import day
from tests.support.handbooks import TODAY, make_handbook

ENTRIES = "sign_offs: ENTRIES\n"
PLAN = """
    ---
    kind: vpmom
    id: company
    title: The plan
    visibility: public
    state: active
    period: FY27
    vision: Everyone is paid.
    priorities: ["Pay: On time.", "Count: Every day.", "Look: Twice."]
    methods: ["One queue: For all."]
    ---
    """


def sop(id_: str, body: str, *lines: str, title: str = "", signed: bool = True, vpmom: str = "vpmom: company\n") -> str:
    head = f"kind: sop\nid: {id_}\ntitle: {title or id_.capitalize()}\nvisibility: public\nstate: active\nowner: lbk\n"
    more = "".join(f"{line}\n" for line in lines)
    entries = ENTRIES if signed else ""
    return f"---\n{head}rapid: LBK(D), OHA(A)\n{vpmom}{more}{entries}---\n\n{body}\n"


BEFORE: Mapping[str, str | bytes] = {
    "content/index.md": "# Start\n\nSee [[sop:lonely]] and [[sop:claim]].\n",
    "content/people.md": """
        ---
        kind: people
        id: people
        title: People
        visibility: public
        people:
          - {id: lbk, name: Lena Brandt, job: Head of finance}
          - {id: oha, name: Omar Haddad, job: Engineer}
        ---
        """,
    "content/plan.md": PLAN,
    "content/pay.md": sop("pay", "Pay within 30 days."),
    "content/claim.md": sop("claim", "* Open the form.\n* Send it."),
    "content/travel.md": sop("travel", "Book a train."),
    "content/hire.md": sop("hire", "Write the advert."),
    "content/yearly.md": sop("yearly", "Look once a year.", "review_every: 12 months"),
    "content/lonely.md": sop("lonely", "Nobody knows this.", vpmom="", signed=False),
    "content/secret.md": sop("secret", "For few.", signed=False).replace("visibility: public", "visibility: internal"),
    "content/old/place.md": sop("place", "See [gone](nowhere.md)."),
    "content/badge.md": sop("badge", "Show [it](not-there.md) at the door."),
    "content/map.md": sop("map", "![The way](map.png)"),
    "content/map.png": b"\x89PNG one",
    "content/broken.md": sop("broken", "See [this](no-such.md).", signed=False),
    "content/notes.md": "# Notes\n\nKept for later.\n",
}
AFTER: Mapping[str, str | bytes | None] = {
    "index.md": "# Start\n\nSee [[sop:claim]].\n",
    "plan.md": PLAN.replace(
        '["Pay: On time.", "Count: Every day.", "Look: Twice."]',
        '["Look: Twice.", "Pay: On time.", "Count: Every day."]',
    ),
    "map.png": b"\x89PNG two",
    "notes.md": None,
    "added.md": sop("added", "See [that](missing.md).", signed=False),
}
EDITS: Mapping[str, tuple[str, str]] = {
    "pay.md": ("within 30 days", "within 14 days"),
    "claim.md": ("* Open the form.\n* Send it.", "-   Open the form.\n-   Send it."),
    "travel.md": ("vpmom: company\n", ""),
    "yearly.md": ("review_every: 12 months", "review_every: 6 months"),
    "secret.md": ("visibility: internal", "visibility: public"),
    "broken.md": ("See [this](no-such.md).", "See this."),
}


def changing(folder: Path) -> Repo:
    """Write a signed handbook, commit it as `base`, change it and commit that; the folder is as the latter."""
    repo = Repo(folder)
    make_handbook(folder, BEFORE)
    sign(repo)
    repo.commit("2026-10-01")
    repo.git("branch", "base")
    repo.write({path: dedent(text).lstrip("\n") if isinstance(text, str) else text for path, text in AFTER.items()})
    for path, (old, new) in EDITS.items():
        edit(repo, path, old, new)
    text = (repo.docs / "hire.md").read_text("utf-8")
    (repo.docs / "hire.md").write_text(text[: text.index("sign_offs")] + "---\n\nWrite the advert.\n", "utf-8")
    (repo.docs / "new").mkdir()
    repo.git("mv", "content/old/place.md", "content/new/place.md")
    repo.git("mv", "content/badge.md", "content/pass.md")
    edit(repo, "pass.md", "id: badge\n", "id: pass\nredirect_from: badge\n")
    repo.commit("2026-10-02")
    return repo


def edit(repo: Repo, path: str, old: str, new: str) -> None:
    text = (repo.docs / path).read_text("utf-8")
    assert old in text, path
    (repo.docs / path).write_text(text.replace(old, new), "utf-8")


def sign(repo: Repo) -> None:
    """Let Lena and Omar sign what is to be signed, for the text that stands there."""
    project = load_project(repo.root / "mkdocs.yml")
    book = load_handbook(project, load_kinds(), day(TODAY))
    for page in book.documents:
        path = repo.docs / page.src_uri
        digest = book.texts.digest(page)
        entries = "".join(
            f"\n  - {{role: {role}, by: {by}, date: 2026-03-0{number}, digest: '{digest}'}}"
            for number, (role, by) in enumerate([("A", "oha"), ("D", "lbk")], 1)
        )
        path.write_text(path.read_text("utf-8").replace(" ENTRIES", entries), "utf-8")
