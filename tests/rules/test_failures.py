"""Where Handrail itself fails at a page, it says so with the page's name, and everything else is checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handrail.model import loading
from handrail.model import page as pages
from handrail.model.handbook import Handbook
from handrail.rules import check
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, Rule, all_rules, at
from handrail.text.source import Source, read_source
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

FILES = {"content/a.md": "[one](nowhere.md)\n", "content/b.md": "The bad one.\n", "content/c.md": "[two](nowhere.md)\n"}


def at_b(handbook: Handbook) -> Iterator[Hit]:
    for page in handbook.pages:
        if page.src_uri == "b.md":
            raise TypeError("not like this")
        yield Hit(at(page), "Found.")


def test_other_rules_go_on_and_what_was_found_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [Rule("HB000", "failing", Severity.WARNING, at_b), *all_rules()]
    monkeypatch.setattr(check, "all_rules", lambda: rules)
    monkeypatch.setattr(check, "severities", lambda _settings: {rule.code: rule.severity for rule in rules})
    folder = make_handbook(tmp_path, FILES)
    for _ in range(2):  # the second time too: a verdict with a hole in it is not kept
        said = handrail(folder, "check", "--format", "github")
        assert said.code == 2
        assert "content/a.md" in said.out
        assert said.out.count("dead-link") == 2
        assert said.err.startswith("Handrail itself has failed at content/b.md (TypeError: not like this, at line ")
        assert said.err.count("\n") == 1


def failing_at(where: Any, name: str, real: Any) -> Any:
    def fails(*arguments: Any, **named: Any) -> Any:
        source = next((one for one in (*arguments, *named.values()) if isinstance(one, (bytes, Source))), b"")
        if b"bad" in (source if isinstance(source, bytes) else source.text.encode()):
            raise ValueError("not like that")
        return real(*arguments, **named)

    return where, name, fails


@pytest.mark.parametrize(
    "patched",
    [failing_at(loading, "read_source", read_source), failing_at(pages, "_page_of", pages._page_of)],
    ids=["reading", "understanding"],
)
def test_a_page_that_ends_its_reader_is_a_finding(
    patched: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*patched)
    said = handrail(make_handbook(tmp_path, FILES), "check", "--format", "github")
    assert said.code == 1
    assert said.out.count("dead-link") == 2
    [line] = [line for line in said.out.splitlines() if "b.md" in line]
    assert "unopened" in line
    assert "Handrail itself has failed" in line
    assert "ValueError: not like that" in line


def test_a_failure_of_another_command_names_the_page_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Handbook, "unlisted", property(lambda handbook: [*at_b(handbook)]))
    said = handrail(make_handbook(tmp_path, FILES), "report", "unlisted")
    assert said.code == 2
    assert said.err.startswith("Handrail itself has failed at content/b.md (TypeError: not like this, at line ")
