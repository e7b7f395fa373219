"""A company's own kind that is signed as procedures are stands wherever they do, with no line of Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build

from handrail.model.kinds import shipped_schemas
from handrail.pages.generated import finder
from handrail.search.ranking import Finder
from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, configured, read_html
from tests.history.repos import Repo
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

pytestmark = pytest.mark.usefixtures("few_rules")

TIED, APART = "names the plan that it serves", "has no plan"
RAN_OUT = "[{role: D, by: mok, date: 2025-01-15}]"


def schema(form: str) -> str:
    """Return the schema of procedures as one of policies, with the fields for a plan or without."""
    own: dict[str, Any] = json.loads((shipped_schemas() / "sop.schema.json").read_text("utf-8"))
    own |= {
        "$id": "policy.schema.json",
        "x-kind": {"name": "policy", "noun": "policy", "plural": "policies", "signed": True},
    }
    if form == APART:
        del own["properties"]["vpmom"], own["properties"]["serves"]
    return json.dumps(own)


def policy(id_: str, form: str, **fields: str) -> str:
    plan = {"vpmom": "", "serves": ""} if form == APART else {}
    return sop(id_, **{"kind": "policy", "department": "finance", **fields, **plan})


@pytest.fixture(scope="module", params=[TIED, APART])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def project(form: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a handbook with policies, in a repository, with its finished site."""
    files = {
        **BASE,
        "schemas/policy.schema.json": schema(form),
        "content/finance/travel.md": policy("travel", form, sign_offs=RAN_OUT, asked_as="[may I fly]"),
        "content/finance/gifts.md": policy("gifts", form, sign_offs="", vpmom="", serves="", asked_as='["???"]'),
        "content/finance/bribes.md": policy("bribes", form, state="draft"),
        "content/finance/smoking.md": policy("smoking", form, state="retired"),
    }
    settings = {"feedback": "https://forms.example/{page}"}
    root = make_handbook(tmp_path_factory.mktemp("policies"), files, settings, {"site_url": "https://example.org/"})
    Repo(root).commit("2025-01-14")
    build(configured(root, strict=False))
    return root


@pytest.fixture(scope="module")
def site(project: Path) -> Site:
    return Site(project / "site")


def listed(project: Path, which: str) -> Any:
    outcome = handrail(project, "report", which, "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    return json.loads(outcome.out)


def linked(html: str) -> list[str]:
    return [words for _, words in read_html(html).links]


def under(site: Site, anchor: str) -> str:
    """Return the HTML from a heading of the table of contents to the next."""
    article = site.article("handbook/")
    start = article.index(f'id="{anchor}"')
    ends = [end for tag in ("<h2", "<h3") if (end := article.find(tag, start)) > 0]
    return article[start : min(ends, default=len(article))]


def test_it_is_in_the_list_of_what_has_no_sign_off_in_force(project: Path, site: Site) -> None:
    assert {one["id"]: one["why"] for one in listed(project, "stale")["stale"]} == {
        "gifts": "never signed",
        "travel": "stale",
    }
    says = site.says("handbook/stale/")
    assert "These policies and procedures are in use" in says
    assert "Travel sign-off has run out on 15 January 2026" in says
    assert "Gifts never signed" in says
    assert "Policies and procedures with no valid sign-off" in [words for words, _ in site.nav("handbook/stale/")]


def test_it_asks_whether_it_worked_while_it_is_in_use(site: Site) -> None:
    asked = [
        name for name in ("travel", "gifts", "bribes", "smoking") if "Did this work?" in site.says(f"finance/{name}/")
    ]
    assert asked == ["travel", "gifts"]
    assert site.links("finance/travel/")["Say how it went"] == "https://forms.example/travel"


def test_it_waits_in_the_queue(project: Path, site: Site) -> None:
    assert {"content/finance/travel.md", "content/finance/gifts.md"} <= {
        value for value in texts(listed(project, "queue")) if value.endswith(".md")
    }
    assert {"Travel", "Gifts"} <= set(linked(site.article("handbook/queue/")))


def texts(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [text for value in data.values() for text in texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in texts(value)]
    return [data] if isinstance(data, str) else []


def test_it_stands_in_the_table_of_contents_under_its_plan_or_under_none(project: Path, site: Site, form: str) -> None:
    tied, apart = ["Bribes", "Travel"], ["Gifts"]
    if form == APART:
        tied, apart = [], ["Bribes", "Gifts", "Travel"]
    contents = listed(project, "toc")
    [line] = [line for department in contents["departments"] for line in department["lines"]]
    assert [one["title"] for one in line["sops"]] == sorted(["Expense claims", *tied])
    assert [one["title"] for one in contents["no_plan"]] == apart
    assert linked(under(site, "plan-company")) == ["Company plan FY27", *sorted(["Expense claims", *tied])]
    assert linked(under(site, "no-plan")) == apart
    assert "These policies are tied to no plan that is known." in site.says("handbook/")
    assert "Policies with no plan\n" in handrail(project, "report", "toc").out
    assert "Every policy or procedure stands under the plan" in site.says("handbook/")


def test_it_stands_on_its_departments_page_and_on_its_plans(site: Site, form: str) -> None:
    department = site.says("finance/")
    assert ("Policies and procedures for other plans" in department) == (form == TIED)
    assert {"Travel", "Gifts", "Bribes"} <= set(linked(site.article("finance/")))
    assert "Policies with no plan" in department
    assert "Smoking" not in department
    plan = site.says("company/plan/")
    assert ("Policies and procedures" in plan, "Travel" in plan) == (form == TIED, form == TIED)


def test_only_one_that_has_a_plan_to_name_is_an_orphan(project: Path, site: Site, form: str) -> None:
    assert [one["id"] for one in listed(project, "orphans")["orphans"]] == (["gifts"] if form == TIED else [])
    assert ("For the plan None: nobody has said what it is for." in site.says("finance/gifts/")) == (form == TIED)


def test_it_is_found_as_well_as_a_procedure(project: Path, site: Site) -> None:
    index = json.loads((site.root / finder.INDEX).read_text("utf-8"))
    assert Finder(index).first("may i fly", 1) == ["finance/travel/"]
    found = [one["id"] for one in listed(project, "findability")["findability"]["procedures"]]
    assert found == ["expense-claims", "gifts", "travel"]
    checked = json.loads(handrail(project, "check", "--format", "json").out)
    lost = [one["path"] for one in checked["findings"] if one["rule"] == "HB508"]
    assert lost == ["content/finance/gifts.md"]


def test_its_page_says_how_it_stands(site: Site) -> None:
    assert "Sign-off ran out on 15 January 2026. It still holds. If in doubt, ask Mara Okafor." in site.says(
        "finance/travel/"
    )
    assert "Questions: #ask-finance" in site.says("finance/travel/")
    assert "A draft. It is being written and does not hold yet." in site.says("finance/bribes/")
    assert "It no longer holds." in site.says("finance/smoking/")
