"""Writes a valid handbook of any size: departments of at most fifty pages, each with a plan and its procedures.

All plans and nine of ten procedures are signed for the text as it stands; the rest name no text.
"""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project

TODAY = date(2026, 11, 15)
_TO_BIND = ", digest: BOUND"
_WITH_PROCESS = 10
"""One procedure in so many says how work moves through it, as in the example; a page draws that."""
_WORDS = """
account agree answer archive ask audit backup bill book budget build call cancel card change check claim clean close
code collect contract copy count customer data day deliver deploy desk draft entry error event expense export file form
goods group handle hire hour import invoice issue item key laptop leave letter line list log mail manager measure meet
method month name note number office open order owner page paper partner pay people phone plan price print process
quarter question queue quote receipt record release renew repair reply report request review road room rule sale save
send server share ship sign site step stock store supplier support task team test ticket time tool train travel update
user vendor visit wait week word work write year
""".split()  # noqa: SIM905 - a hundred words in quotes would be harder to read
_PER_DEPARTMENT = 48
_REGISTRY = """---
kind: people
id: people
title: Who is who
visibility: public
people:
{people}
groups:
  - {{id: lt, name: Leadership team, members: [p0, p1, p2]}}
  - {{id: everyone, name: Everyone}}
---
"""
_DEPARTMENT = """---
kind: department
id: {id}
title: Department {id}
description: What department {id} does, who does it and how to reach them.
visibility: public
lead: p{lead}
contact: "#ask-{id}"
---
{body}
"""
_PLAN = """---
kind: vpmom
id: {id}
period: FY27
title: Plan of {id} FY27
description: What department {id} wants this year and how it is measured.
visibility: public
state: active
{parent}rapid: P0(D), LT(A), P{lead}(R, P), everyone(I)
vision: {vision}
priorities:
  - "First things: {first}"
  - "Second things: {second}"
  - "Third things: {third}"
methods:
  - "One queue: {first}"
  - (Team) {second}
obstacles:
  - {third}
measures:
  - {{text: Claims are paid, target: 10}}
sign_offs:
  - {{role: A, by: p1, date: 2026-02-02, digest: BOUND}}
  - {{role: D, by: p0, date: 2026-02-03, digest: BOUND}}
---
{body}
"""
_PROCEDURE = """---
kind: sop
id: {id}
title: {title}
description: {description}
visibility: public
state: active
vpmom: {line}
serves: [First things, One queue]
trigger: {trigger}
review_every: 12 months
owner: p{owner}
rapid:
  recommend: [p{owner}]
  agree: [lt]
  perform: [everyone]
  input: [everyone]
  decide: p{decider}
asked_as: [{asked}]
tags: [{line}, procedure]
sign_offs:
  - {{role: A, by: p1, date: 2026-03-02, digest: BOUND, note: {note}}}
  - {{role: D, by: p{decider}, date: 2026-03-03, digest: BOUND}}
{process}---
{body}
"""
_PROCESS = """\
process:
  inputs: [{trigger}]
  outputs: [{note}]
  roles: {{performs: Clerk, accountable: Head, decides_exceptions: Head, notified: Clerk, steps_in: Deputy}}
  states:
    - {{name: sent, owner: Clerk, sla: 3 working days}}
    - {{name: agreed, owner: Head, next_action: Pay it}}
    - {{name: done, owner: Clerk, final: true}}
  transitions:
    - {{from: sent, to: agreed, when: it fits, by: Head}}
    - {{from: agreed, to: done, when: it is paid, by: Clerk}}
  exceptions:
    - {{when: it does not fit, route: Ask in the channel, approver: Head}}
  measures: [sops-tied]
"""
_SETTINGS = """site_name: Large handbook
docs_dir: content
theme:
  name: material
  font: false
  features: [navigation.prune, navigation.indexes]
plugins:
  - search
{plugin}"""
PLUGIN = f"""  - handrail:
      today: {TODAY}
      fiscal_year_end: "01-31"
      visibility: {{".": public}}
"""


def generate(project: Path, documents: int) -> None:
    """Write a project with so many documents; the same number gives the same text every time."""
    chance = random.Random(documents)  # noqa: S311 - words, not secrets
    shutil.rmtree(project, ignore_errors=True)
    content = project / "content"
    content.mkdir(parents=True)
    write_settings(project, PLUGIN)
    people = "\n".join(f"  - {{id: p{n}, name: Person {n}, job: Job {n}, deputy: p{(n + 1) % 40}}}" for n in range(40))
    (content / "people.md").write_text(_REGISTRY.format(people=people), "utf-8")
    (content / "index.md").write_text("# Handbook\n\nStart with the [people](people.md).\n", "utf-8")
    written = 1
    number = 0
    while written < documents:
        line = "company" if number == 0 else f"area-{number}"
        folder = content / "operations" / line
        folder.mkdir(parents=True)
        department = _DEPARTMENT.format(id=line, lead=number % 40, body=_body(chance, 1))
        (folder / "index.md").write_text(department, "utf-8")
        parent = "" if number == 0 else "parent: company\n"
        plan = _PLAN.format(
            id=line, parent=parent, lead=number % 40, vision=_sentence(chance), first=_sentence(chance),
            second=_sentence(chance), third=_sentence(chance), body=_body(chance, 1),
        )  # fmt: skip
        (folder / "vpmom-fy27.md").write_text(plan, "utf-8")
        written += 2
        for index in range(min(_PER_DEPARTMENT - 2, max(0, documents - written))):
            id_ = f"{line}-{index}"
            neighbour = f"{line}-{index - 1}" if index else id_
            (folder / f"{id_}.md").write_text(_procedure(chance, line, id_, neighbour, number + index), "utf-8")
            written += 1
        number += 1
    _bind(project)


def _bind(project: Path) -> None:
    """Let the entries name the text that they stand under; those of every tenth page name none."""
    book = load_handbook(load_project(project / "mkdocs.yml"), load_kinds(), TODAY)
    signed = [page for page in book.documents if _TO_BIND in page.source.text]
    for number, page in enumerate(signed):
        digest = book.texts.digest(page)
        by_digest = "" if page.counted_as == "sop" and number % 10 == 0 else f', digest: "{digest}"'
        path = project / page.path
        path.write_text(page.source.text.replace(_TO_BIND, by_digest), "utf-8")


def write_settings(project: Path, plugin: str) -> None:
    """Write mkdocs.yml with this text under `plugins`."""
    (project / "mkdocs.yml").write_text(_SETTINGS.format(plugin=plugin), "utf-8")


def _procedure(chance: random.Random, line: str, id_: str, neighbour: str, number: int) -> str:
    words = [chance.choice(_WORDS) for _ in range(4)]
    link = f"\n\nSee also [[sop:{neighbour}]] and [the department](index.md).\n" if neighbour != id_ else ""
    trigger, note = _sentence(chance), _sentence(chance)
    return _PROCEDURE.format(
        id=id_, title=f"{' '.join(words).capitalize()} {id_}", line=line, description=_sentence(chance),
        trigger=trigger, owner=number % 40, decider=2 + number % 38,
        asked=", ".join(f"{chance.choice(_WORDS)} {chance.choice(_WORDS)}" for _ in range(4)), note=note,
        process=_PROCESS.format(trigger=trigger, note=note) if number % _WITH_PROCESS == 0 else "",
        body=_body(chance, 5) + link,
    )  # fmt: skip


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(_WORDS) for _ in range(10)).capitalize() + "."


def _body(chance: random.Random, sections: int) -> str:
    parts = []
    for _ in range(sections):
        steps = "\n".join(f"{number}. {_sentence(chance)}" for number in range(1, 5))
        table = "\n".join(f"| {chance.choice(_WORDS)} | {_sentence(chance)} |" for _ in range(3))
        heading = chance.choice(_WORDS).capitalize()
        parts.append(
            f"## {heading}\n\n{_sentence(chance)} {_sentence(chance)}\n\n{steps}\n\n| What | Do |\n|---|---|\n{table}\n"
        )
    return "\n".join(parts)
