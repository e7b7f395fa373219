"""Bodies made to keep the rules of exposure busy: twice the text takes about twice the time, never four times."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from handrail.model.handbook import load_handbook
from handrail.model.project import load_project
from handrail.rules.registry import Spot, find_rule
from tests.rules.cases import BASE, kinds
from tests.support.handbooks import make_handbook

SIZE = 200_000
SECONDS = 2.0
"""Each takes a tenth of it or less here; what grows with the square of the size takes minutes."""

PATTERNS = [
    "<a ", '<a x="', "<a x=", "<a x='", '<a x="<b y=\'<c ', "<a on", "`<a ", "<script", "<!--", "<!-->", "--!>", "<!-- -->",
    "{", "{}", "{ on=", "{onclick ", "{ onclick=\n", "{ onaaa= }", "](", "[x](", "](&", "]( ", "[a]: ", "[a](javascript:x) ",
    "--8<--\n", '--8<-- "', '--8<-- "a"\n', "-", "-8<", ";", "{!", "{!a", "{!a!}", "{%", "{% raw %}", '{% include "', "{{",
    '{{ "', "{#", "{% a ", "{%       ", "{{ '\"", "//a", "//", "//a:1", "[a](../../x) ", "[a](file:x) ", "//x.corp.example ",
]  # fmt: skip
SETTINGS: dict[str, Any] = {"macros": ["."], "private_hosts": ["*.corp.example"]}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_time_is_bounded(pattern: str, tmp_path: Path) -> None:
    body = pattern * (SIZE // len(pattern))
    bodies = {"bare": body, "within": f"{{{{ '{{ <a x=\"\n--8<-- '{body}' }}"}
    make_handbook(
        tmp_path, {**BASE, **{f"content/{name}.md": text.encode() for name, text in bodies.items()}}, SETTINGS
    )
    project = load_project(tmp_path / "mkdocs.yml")
    assert project.settings.today is not None
    handbook = load_handbook(project, kinds(), project.settings.today)
    for page in handbook.pages:
        page.source.links  # noqa: B018 - read before, for they are another module's work
    for name in ("include-in-signed", "script", "path-outside", "private-text", "private-host"):
        rule = find_rule(name)
        assert rule is not None
        start = time.perf_counter()
        for _ in rule.find(handbook):
            pass
        assert time.perf_counter() - start < SECONDS * len(bodies), name


@pytest.mark.parametrize("link", ["[a](indx-{}.md) ", "[[sop:expnse-claim-{}]] ", "[a](//[{}) "])
def test_of_many_dead_links_a_hundred_are_named(link: str, tmp_path: Path) -> None:
    text = "".join(link.format(number) for number in range(2000))
    make_handbook(tmp_path, {**BASE, "content/note.md": text})
    project = load_project(tmp_path / "mkdocs.yml")
    assert project.settings.today is not None
    rule = find_rule("dead-link")
    assert rule is not None
    start = time.process_time()
    hits = list(rule.find(load_handbook(project, kinds(), project.settings.today)))
    assert time.process_time() - start < 1
    assert len(hits) == 101
    assert hits[-1].message == "1,900 more links of this page lead to nothing."
    spot = hits[-1].spot
    assert isinstance(spot, Spot)
    assert text[spot.offset or 0 :].startswith(link.format(100))
