"""Bodies made to keep the rules of exposure busy: the work grows with the text, not with its square."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.rules.registry import Hit, Spot, all_rules, find_rule
from tests.rules.cases import BASE, kinds
from tests.support.handbooks import make_handbook
from tests.support.work import at_most

SIZE = 50_000

PATTERNS = [
    "<a ", '<a x="', "<a x=", "<a x='", '<a x="<b y=\'<c ', "<a on", "`<a ", "<script", "<!--", "<!-->", "--!>", "<!-- -->",
    "{", "{}", "{ on=", "{onclick ", "{ onclick=\n", "{ onaaa= }", "](", "[x](", "](&", "]( ", "[a]: ", "[a](javascript:x) ",
    "--8<--\n", '--8<-- "', '--8<-- "a"\n', "-", "-8<", ";", "{!", "{!a", "{!a!}", "{%", "{% raw %}", '{% include "', "{{",
    '{{ "', "{#", "{% a ", "{%       ", "{{ '\"", "//a", "//", "//a:1", "[a](../../x) ", "[a](file:x) ", "//x.corp.example ",
    "![a](//b/c) ", "![a][b]\n\n[b]: //c/d\n", "![", '<img srcset="a,', '<img srcset="//a b,', "<iframe src=//a ", "{{< a >}}",
]  # fmt: skip
RULES = (
    "from-elsewhere",
    "picture-elsewhere",
    "template-text",
    "script",
    "path-outside",
    "private-text",
    "private-host",
)
all_rules()  # makes their patterns, which is nobody's work below
SETTINGS: dict[str, Any] = {"macros": ["."], "private_hosts": ["*.corp.example"]}


def handbook_of(folder: Path, pattern: str, size: int) -> Handbook:
    """Return a handbook with a pattern again and again on a page, and on another within what is not closed."""
    body = pattern * (size // len(pattern))
    bodies = {"bare": body, "within": f"{{{{ '{{ <a x=\"\n--8<-- '{body}' }}"}
    make_handbook(folder, {**BASE, **{f"content/{name}.md": text.encode() for name, text in bodies.items()}}, SETTINGS)
    project = load_project(folder / "mkdocs.yml")
    assert project.settings.today is not None
    handbook = load_handbook(project, kinds(), project.settings.today)
    for page in handbook.pages:
        page.source.links  # noqa: B018 - read before, for they are another module's work
    return handbook


def judge(handbook: Handbook, name: str) -> list[Hit]:
    """Return what a rule has to say."""
    rule = find_rule(name)
    assert rule is not None
    return list(rule.find(handbook))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_work_is_bounded(pattern: str, tmp_path: Path) -> None:
    handbook = handbook_of(tmp_path, pattern, SIZE)
    for name in RULES:
        with at_most(5_000 + 80 * SIZE):
            hits = judge(handbook, name)
        assert {hit.spot.page.path for hit in hits if isinstance(hit.spot, Spot)} <= {
            "content/bare.md",
            "content/within.md",
        }


@pytest.mark.parametrize("link", ["[a](indx-{}.md)\n\n", "[[sop:expnse-claim-{}]]\n\n", "[a](//[{})\n\n"])
def test_of_many_dead_links_a_thousand_are_named(link: str, tmp_path: Path) -> None:
    text = "".join(link.format(number) for number in range(2000))
    make_handbook(tmp_path, {**BASE, "content/note.md": text})
    project = load_project(tmp_path / "mkdocs.yml")
    assert project.settings.today is not None
    handbook = load_handbook(project, kinds(), project.settings.today)
    with at_most(950 * 2000):
        hits = judge(handbook, "dead-link")
    assert len(hits) == 1_001
    assert hits[-1].message == "1,000 more links of this page lead to nothing."
    spot = hits[-1].spot
    assert isinstance(spot, Spot)
    assert text[spot.offset or 0 :].startswith(link.format(1_000))
