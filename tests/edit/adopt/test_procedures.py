"""Pages that may be procedures are sorted by how sure that is, and plans are told by their five parts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handrail.edit.adopt.look import look_at
from handrail.edit.adopt.procedures import candidates, plans
from handrail.edit.adopt.template_tags import template_tags
from handrail.model.handbook import Handbook
from tests.model.building import handbook as handbook_of

STEPS = "1. One\n2. Two\n3. Three\n"


def named(files: Mapping[str, str]) -> list[str]:
    return [one.page.src_uri for one in candidates(handbook_of(files).pages)]


def test_the_surest_first() -> None:
    files = {
        "onboarding-faq.md": f"# FAQ\n\n{STEPS}",
        "claim-expenses.md": f"# Claim your expenses\n\n{STEPS}",
        "money.md": f"# Money\n\n{STEPS}",
        "release.md": "# Release\n\nWords.\n",
        "values.md": "# Values\n",
        "team/index.md": f"# Team\n\n{STEPS}",
    }
    assert named(files) == ["claim-expenses.md", "release.md", "money.md", "onboarding-faq.md", "team/index.md"]


@pytest.mark.parametrize(
    "body",
    ["1. One\n2. Two\n", f"```\n{STEPS}```\n", "2019 was\n2020 is\n2021 will be\n", "- a\n- b\n- c\n"],
    ids=["two steps", "code", "years", "no numbers"],
)
def test_no_steps(body: str) -> None:
    assert named({"a.md": f"# Words\n\n{body}"}) == []


def test_a_document_is_no_candidate() -> None:
    assert named({"claim.md": f"---\nkind: sop\nid: claim\ntitle: Claim\n---\n{STEPS}"}) == []


PLANS = {
    "headings": "## Vision\n\nx\n\n## Priorities\n\n## Methods\n\n## Obstacles\n\n## Measures\n",
    "labels": "Vision: x\n\nPriorities: y\n\nMethods: z\n\nMeasures: w\n",
    "bold": "**Vision:** x\n\n**Priorities:** y\n\n**Methods**: z\n\n__Obstacles__ w\n\n**Measures**\n",
    "a table": "| Vision | x |\n|---|---|\n| Priorities | y |\n| Methods | z |\n| Measures | w |\n",
    "HTML": "<tr><th>Vision</th></tr>\n<tr><td>Priorities</td></tr>\n<th>Methods</th>\n<th>Measures</th>\n",
}


@pytest.mark.parametrize("body", PLANS.values(), ids=PLANS)
def test_plan(body: str) -> None:
    assert [page.src_uri for page in plans(handbook_of({"p.md": body}).pages)] == ["p.md"]


@pytest.mark.parametrize(
    "body",
    [
        "Vision, priorities, methods, obstacles and measures are on one page.\n",
        "## Vision\n\n## Methods\n\n## Measures\n",
    ],
    ids=["an explanation", "three parts"],
)
def test_no_plan(body: str) -> None:
    assert plans(handbook_of({"p.md": body}).pages) == []


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
            "d/e/f.md": "`![x](https://c.example/x.png)` ![own](img/a.png)\n",
        }
    )
    look = look_at(book)
    assert (look.pages, look.folders) == (3, 1)
    assert look.fields == (("title", 2), ("weight", 1))
    assert look.one_address == (("README.md", "index.md"),)
    assert look.picture_hosts == (("a.example", 2), ("b.example", 1))
