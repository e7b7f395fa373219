"""Name and steps decide whether a page is a procedure; a look counts what a handbook holds."""

from __future__ import annotations

import pytest

from handrail.edit.adopt.look import look_at
from handrail.edit.adopt.procedures import Name, candidates, judged
from handrail.edit.adopt.steps_of_text import Steps, announces_steps, first_step, steps_of
from handrail.edit.adopt.template_tags import template_tags
from handrail.model.handbook import Handbook
from tests.model.building import handbook as handbook_of

STEPS = "1. One\n2. Two\n3. Three\n"


LONG = "We do this whenever somebody asks for it, and write down what came of it. " * 5


def test_the_surest_first() -> None:
    files = {
        "onboarding-faq.md": f"# FAQ\n\n{STEPS}",
        "claim-expenses.md": f"# Claim your expenses\n\n{STEPS}",
        "money.md": f"# Money\n\n{STEPS}",
        "new-release.md": f"# Make a release\n\n{LONG}",
        "short.md": "# Make a branch\n\nSee elsewhere.\n",
        "values.md": "# Values\n",
        "notes.md": f"# Notes\n\n{LONG * 30}\n{STEPS}",
        "team/index.md": f"# Team\n\n{STEPS}",
    }
    found = candidates(handbook_of(files).pages)
    assert [(one.page.src_uri, one.is_sure, one.is_likely) for one in found] == [
        ("claim-expenses.md", True, True),
        ("new-release.md", False, True),
        ("money.md", False, False),
        ("onboarding-faq.md", False, False),
        ("team/index.md", False, False),
    ]


CLEAR = {
    "numbered, in few words": STEPS,
    "numbered in brackets": "1) Eins\n2) Zwei\n3) Drei\n",
    "numbered actions": f"{LONG * 30}\n1. Open it\n1. Then click Save\n1. If it fails, ask us\n",
    "below such a heading": f"{LONG * 30}\n## The process\n\n1. Eins\n2. Zwei\n3. Drei\n",
    "numbered headings": f"{LONG}\n## Step 1\n## Step 2: Pay\n## Schritt 3\n",
    "numbers before headings": f"{LONG}\n## 1. Ask\n## 2\\. Pay\n## 3/ Tell\n",
    "at a screen": f"{LONG}\n- Go to the form\n- **Click** New\n- Select one\n- Once it is there, press Send\n",
    "commands": f"{LONG}\n```sh\na\n```\n\n~~~ bash\nb\n~~~\n",
    "headings that ask": f"{LONG}\n## Ask for it\n## Wait\n## Pay\n## Notes\n",
    "a heading": f"{LONG}\n## Next steps:\n\nTalk.\n",
}
MAYBE = {
    "numbered, in many words": f"{LONG * 30}\n1. Blue\n2. Red\n3. Green\n",
    "actions in no order": LONG
    + "\n- Ask\n- Confirm it\n- Keep it\n- Offer it\n- Add it\n- Share it\n- Use it\n- Find it\n",
    "activities": f"{LONG}\n## Asking\n## Waiting\n## Paying\n",
    "a heading of one": f"{LONG}\n## Our process in short\n",
}
ANNOUNCED = {
    "of tasks": f"{LONG}\nBefore that, please see to these closing tasks:\n\n- The laptop\n- The keys\n",
    "of steps": f"{LONG}\nThe following steps will be taken:\n* The lead is told\n* A meeting takes place\n",
    "auf Deutsch": f"{LONG}\nDabei gehen wir wie folgt vor:\n\n- Der Antrag\n- Die Freigabe\n",
    "by a word to the reader": f"{LONG}\nTo give ourselves the best chance, we follow the\nsteps outlined below.\n\n## Before\n\nTalk.\n",
    "in a table": f"{LONG}\nThe steps are listed below.\n",
    "日本語": f"{LONG}\n次の手順で進めます。\n\n- 申請\n- 承認\n",
}
NONE = {
    "a list of things": f"{LONG}\nThere are three teams:\n\n- One\n- Two\n",
    "principles": f"{LONG}\n1. **Plain words** — we use them\n2. **Fair:** for all\n3. **Our time**\n",
    "steps that nobody is to take": f"{LONG}\nWe take all steps to be fair, and the next steps are open.\n",
    "two steps": "1. One\n2. Two\n",
    "code": f"```\n{STEPS}```\n",
    "years": "2019 was\n2020 is\n2021 will be\n",
    "no numbers": "- a\n- b\n- c\n",
    "two lists": "1. One\n2. Two\n\n## More\n\n1. One\n2. Two\n",
    "headings of things": f"{LONG}\n## Report\n## Plan\n## Order\n",
}


@pytest.mark.parametrize(
    ("body", "steps"),
    [
        (body, steps)
        for bodies, steps in ((CLEAR, Steps.CLEAR), (MAYBE, Steps.MAYBE), (NONE, Steps.NONE))
        for body in bodies.values()
    ],
    ids=[*CLEAR, *MAYBE, *NONE],
)
def test_how_sure_it_is_that_a_text_goes_through_steps(body: str, steps: Steps) -> None:
    assert steps_of(body) is steps


@pytest.mark.parametrize("body", ANNOUNCED.values(), ids=ANNOUNCED)
def test_steps_that_are_announced(body: str) -> None:
    assert announces_steps(body)


@pytest.mark.parametrize("body", [*NONE.values(), f"```\n{ANNOUNCED['of steps']}```\n"])
def test_steps_that_are_not_announced(body: str) -> None:
    assert not announces_steps(body)


@pytest.mark.parametrize(
    ("body", "step"),
    [
        ("- Blue\n- Open it\n\n1. Ask\n2. Wait\n", "Ask"),
        ("- Blue\n- Open it\n", "Open it"),
        ("- Blue\n```\n1. Ask\n```\n", ""),
        ("", ""),
    ],
)
def test_the_first_step(body: str, step: str) -> None:
    assert first_step(body) == step


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("a", "Roll back your app"),
        ("a", "Review a page"),
        ("a", "How to do it"),
        ("annual-review-process-50", "Annual review"),
        ("a", "Incident response plan"),
        ("a", "Convert instances to use owner roles"),
    ],
)
def test_called_a_procedure(file: str, title: str) -> None:
    found = judged(handbook_of({f"{file}.md": f"# {title}\n\n{LONG}"}).pages[0])
    assert found is not None
    assert (found.name, found.is_otherwise) == (Name.PROCEDURE, False)


@pytest.mark.parametrize(
    "title",
    [
        "Email",
        "Training resources",
        "Hiring authorities",
        "Request for comments",
        "Working groups",
        "Processed food",
        "The team",
        "Purchasing",
        "Resources for onboarding",
        "Working while travelling",
    ],
)
def test_not_called_a_procedure(title: str) -> None:
    assert judged(handbook_of({"a.md": f"# {title}\n\n{LONG}"}).pages[0]) is None


@pytest.mark.parametrize(
    ("title", "body", "sure", "likely"),
    [
        ("Starting a new project", LONG, False, False),
        ("Starting a new project", MAYBE["activities"], False, True),
        ("Starting a new project", STEPS, True, True),
        ("Vendor onboarding (draft)", LONG, False, False),
        ("Invoicing", MAYBE["activities"], False, True),
        ("Start a new project", LONG, False, True),
        ("Start a new project", MAYBE["activities"], True, True),
        ("The new project", STEPS, False, False),
        ("The new project", f"We take these steps:\n\n{STEPS}", False, True),
    ],
)
def test_name_and_steps_decide_together(title: str, body: str, *, sure: bool, likely: bool) -> None:
    found = judged(handbook_of({"a.md": f"# {title}\n\n{body}"}).pages[0])
    assert found is not None
    assert (found.is_sure, found.is_likely) == (sure, likely)


def test_steps_that_are_announced_are_asked_about_under_any_name() -> None:
    found = judged(handbook_of({"a.md": f"# The last day\n\n{ANNOUNCED['of tasks']}"}).pages[0])
    assert found is not None
    assert (found.is_sure, found.is_likely) == (False, False)


def test_what_may_be_steps_needs_a_name() -> None:
    assert judged(handbook_of({"a.md": f"# The new project\n\n{MAYBE['activities']}"}).pages[0]) is None


def test_the_title_outweighs_the_file_name() -> None:
    found = judged(handbook_of({"redundancy-policy.md": f"# Redundancy procedure\n\n{STEPS}"}).pages[0])
    assert found is not None
    assert found.is_sure


@pytest.mark.parametrize("folder", ["RFCs", "architecture/decisions/2024", "team_proposals/proposals"])
def test_a_folder_that_speaks_against_it(folder: str) -> None:
    found = judged(handbook_of({f"{folder}/a.md": f"# Switch to another bank\n\n{STEPS}"}).pages[0])
    assert found is not None
    assert (found.is_sure, found.is_likely) == (False, False)


@pytest.mark.parametrize(
    "title", ["RFC 12: a process", "Procedure policy", "How to: FAQ (old)", "About our process", "Data store ADR 7"]
)
def test_a_name_that_speaks_against_it(title: str) -> None:
    found = judged(handbook_of({"a.md": f"# {title}\n\n{STEPS}"}).pages[0])
    assert found is not None
    assert (found.is_sure, found.is_likely) == (False, False)


def test_a_document_is_no_candidate() -> None:
    assert candidates(handbook_of({"claim.md": f"---\nkind: sop\nid: claim\ntitle: Claim\n---\n{STEPS}"}).pages) == []


def test_template_tags_are_counted_by_sort() -> None:
    body = (
        '{% hint style="x" %}a{% endhint %}\n{%- include a.md %}\n{{< ref "a.md" >}} {{% notice %}}b{{% /notice %}}\n'
        "{{.Name}} {{ site.x }}\n\n`{{ code }}`\n\n```\n{% hint %}\n```\n"
    )
    assert template_tags(handbook_of({"a.md": body}).pages) == {
        "{% hint %}": 1,
        "{% include %}": 1,
        "{{< ref >}}": 1,
        "{{< notice >}}": 2,
        "{{ .Name }}": 1,
        "{{ … }}": 1,
    }


def test_the_look() -> None:
    book: Handbook = handbook_of(
        {
            "README.md": "---\ntitle: A\nweight: 1\n---\n![x](https://a.example/x.png)\n",
            "index.md": '---\ntitle: B\n---\n<img src="//b.example/y.png">\n![z](https://a.example/z.png "Z")\n',
            "plan.md": "## FY27 plan\n\nVision: x\n\nPriorities: y\n\nMethods: z\n\nMeasures: w\n",
            "example.md": "## An example of a plan\n\nVision: x\n\nPriorities: y\n\nMethods: z\n\nMeasures: w\n",
            "d/e/f.md": "`![x](https://c.example/x.png)` ![own](img/a.png)\n",
        }
    )
    look = look_at(book)
    assert (look.pages, look.folders) == (5, 1)
    assert [page.src_uri for page in look.plans] == ["plan.md"]
    assert look.fields == (("title", 2), ("weight", 1))
    assert look.one_address == (("README.md", "index.md"),)
    assert look.picture_hosts == (("a.example", 2), ("b.example", 1))
