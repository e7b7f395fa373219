"""What is reported by `handrail check`, in which form, and with which exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from handrail.cli import common
from handrail.model.files import read_page
from tests.cli.drawing import FILES
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

ERROR = "---\nkind: page\nid: bad\ntitle: Bad\nvisibility: everyone\n---\nText.\n"


PAGES = {path: text for path, text in FILES.items() if "nowhere" not in text} | {"content/finance/bad.md": ERROR}


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    return make_handbook(tmp_path, PAGES)


def found(folder: Path, *arguments: str) -> list[tuple[str, str]]:
    report = json.loads(handrail(folder, "check", "--format", "json", *arguments).out)
    return [(finding["rule"], finding["path"]) for finding in report["findings"]]


def test_an_error_ends_with_1_and_a_clean_handbook_with_0(handbook: Path) -> None:
    outcome = handrail(handbook, "check")
    assert (outcome.code, outcome.err) == (1, "")
    assert "content/finance/bad.md" in outcome.out
    lines = outcome.out.splitlines()
    line = next(
        number for number, line in enumerate(lines) if line.endswith("    visibility: everyone")
    )  # the author's own
    assert lines[line + 1].replace("|", " ").strip() == "^" * len("everyone")
    assert lines[line + 1].index("^") == lines[line].index("everyone")
    (handbook / "content/finance/bad.md").unlink()
    assert handrail(handbook, "check").code == 0


def test_fail_on(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "# A\n\n[nothing](nothing.md)\n"})
    assert handrail(folder, "check").code == 0
    assert handrail(folder, "check", "--fail-on", "warning").code == 1
    make_handbook(tmp_path, {}, {"fail_on": "warning"})
    assert handrail(folder, "check").code == 1
    assert handrail(folder, "check", "--fail-on", "error").code == 0


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("content/finance/bad.md", "content/finance/bad.md"),
        ("./content//finance/../finance/bad.md", "content/finance/bad.md"),
        ("content/finance", "content/finance"),
        ("content/finance/", "content/finance"),
        (".", ""),
        ("content", "content"),
        ("content/company", "content/company"),
        ("mkdocs.yml", "mkdocs.yml"),
    ],
)
def test_paths_choose_what_is_reported(handbook: Path, path: str, inside: str) -> None:
    everything = found(handbook)
    expected = [one for one in everything if one[1] == inside or one[1].startswith(f"{inside}/" if inside else "")]
    assert found(handbook, path) == expected


def test_paths_are_relative_to_where_the_command_runs(handbook: Path) -> None:
    assert found(handbook / "content" / "finance", "bad.md") == found(handbook, "content/finance/bad.md")
    assert found(handbook / "content" / "company", ".") == found(handbook, "content/company")
    assert found(handbook, str(handbook / "content/finance/bad.md")) == found(handbook, "content/finance/bad.md")


def test_several_paths(handbook: Path) -> None:
    paths = ("content/finance/bad.md", "content/index.md")
    assert {path for _, path in found(handbook, *paths)} == set(paths)


def test_the_whole_handbook_is_read_whatever_is_reported(handbook: Path) -> None:
    report = json.loads(handrail(handbook, "check", "--format", "json", "content/index.md").out)
    assert report["documents"]["read"] == len(PAGES)
    assert handrail(handbook, "check", "content/index.md").code == 0


def test_a_link_in_the_handbook_is_a_path_of_its_own(handbook: Path) -> None:
    (handbook / "content" / "link.md").symlink_to(handbook / "content" / "index.md")
    assert {path for _, path in found(handbook, "content/link.md")} == {"content/link.md"}


def test_pages_beside_the_project(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.md").write_text("# A\n\n[nothing](nothing.md)\n", "utf-8")
    make_handbook(project, {}, config={"docs_dir": "../pages"})
    assert found(project, "../pages/a.md") == [("HB207", "pages/a.md")]
    assert found(project, "../pages") == [("HB207", "pages/a.md")]
    assert "[nothing](nothing.md)" in handrail(project, "check").out


@pytest.mark.parametrize(
    "words", [("HB207",), ("dead-link",), ("Dead-Link",), ("HB2",), ("HB1,HB207",), ("HB1", "HB207")]
)
def test_select(handbook: Path, words: tuple[str, ...]) -> None:
    arguments = [argument for word in words for argument in ("--select", word)]
    assert ("HB207", "content/index.md") in found(handbook, *arguments)
    families = {word[:3] if word.startswith("HB") else "HB2" for argument in words for word in argument.split(",")}
    assert {rule[:3] for rule, _ in found(handbook, *arguments)} <= families


def test_ignore(handbook: Path) -> None:
    everything = found(handbook)
    assert found(handbook, "--ignore", "HB207") == [one for one in everything if one[0] != "HB207"]
    assert found(handbook, "--ignore", "HB2, HB1") == [one for one in everything if one[0][:3] not in ("HB1", "HB2")]
    assert found(handbook, "--select", "HB2", "--ignore", "HB207") == [
        one for one in everything if one[0].startswith("HB2") and one[0] != "HB207"
    ]
    assert handrail(handbook, "check", "--ignore", "HB1").code == 0


def test_every_format(handbook: Path) -> None:
    for format_ in ("text", "json", "sarif", "github", "junit"):
        outcome = handrail(handbook, "check", "--format", format_)
        assert (outcome.code, outcome.err) == (1, "")
        assert "HB103" in outcome.out
    sarif = json.loads(handrail(handbook, "check", "--format", "sarif").out)
    assert len(sarif["runs"][0]["tool"]["driver"]["rules"]) > len({rule for rule, _ in found(handbook)})
    assert ET.fromstring(handrail(handbook, "check", "--format", "junit").out).tag == "testsuites"  # noqa: S314 - ours


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, None),
        ({"site_url": "/handbook/"}, None),
        ({"site_url": "https://example.org"}, "https://example.org/handbook/rules/hb401/"),
        ({"site_url": "https://example.org/our rules/"}, "https://example.org/our%20rules/handbook/rules/hb401/"),
        (
            {"site_url": "https://example.org/", "use_directory_urls": False},
            "https://example.org/handbook/rules/hb401.html",
        ),
    ],
    ids=["no address", "no address of the web", "address", "address with a blank", "files"],
)
def test_sarif_leads_to_the_pages_of_the_rules(tmp_path: Path, config: dict[str, Any], expected: str | None) -> None:
    sarif = json.loads(handrail(make_handbook(tmp_path, PAGES, config=config), "check", "--format", "sarif").out)
    rules = sarif["runs"][0]["tool"]["driver"]["rules"]
    assert next(rule.get("helpUri") for rule in rules if rule["id"] == "HB401") == expected
    assert len({rule.get("helpUri") for rule in rules}) == (len(rules) if expected else 1)


def test_a_check_that_read_nothing_is_a_failure(tmp_path: Path) -> None:
    outcome = handrail(make_handbook(tmp_path, {}), "check")
    assert outcome.code == 2
    assert outcome.err == "There is no page in content, so nothing was checked; is `docs_dir` right?\n"
    assert "No page was read" in outcome.out


def test_the_project_is_found_from_below_and_by_name(handbook: Path, tmp_path: Path) -> None:
    expected = found(handbook)
    assert found(handbook / "content" / "finance") == expected
    (tmp_path / "elsewhere").mkdir()
    assert found(tmp_path / "elsewhere", "--config", "../mkdocs.yml") == expected
    (handbook / "mkdocs.yml").rename(handbook / "mkdocs.yaml")
    assert found(handbook / "content") == expected


def test_the_day(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def day(*arguments: str) -> str:
        return str(json.loads(handrail(handbook, "check", "--format", "json", *arguments).out)["today"])

    assert day() == "2026-11-15"
    monkeypatch.setenv("HANDRAIL_TODAY", "2026-12-01")
    assert day() == "2026-12-01"
    assert day("--today", "2027-01-01") == "2027-01-01"


@pytest.mark.parametrize(
    ("variables", "terminal", "coloured"),
    [
        ({}, False, False),
        ({}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, True),
    ],
)
def test_colour(
    handbook: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    variables: dict[str, str],
    terminal: bool,
    coloured: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(common, "is_terminal", lambda: terminal)
    assert ("\x1b[" in handrail(handbook, "check").out) is coloured


def test_a_bar_is_shown_only_to_someone_who_waits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [f"{number}.md" for number in range(common._MANY)]
    assert list(common._watched(paths, len(paths))) == paths
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(common._watched(paths, len(paths))) == paths
    assert f"Reading {len(paths)} pages" in capsys.readouterr().err
    assert list(common._watched(paths[:-1], len(paths) - 1)) == paths[:-1]
    assert capsys.readouterr().err == ""


def test_a_file_that_goes_while_it_is_reported_costs_only_its_line(
    handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = handrail(handbook, "check").out

    def gone(folder: Path, path: str) -> bytes | None:
        if path.endswith("bad.md"):
            (folder / path).unlink()
        return read_page(folder, path)

    monkeypatch.setattr("handrail.cli.reporting.read_page", gone)
    outcome = handrail(handbook, "check")
    assert outcome.code == 1
    assert "visibility: everyone" in whole
    assert "visibility: everyone" not in outcome.out


def test_nothing_is_quoted_of_what_a_link_leads_to(handbook: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.txt").write_text("The key is 4711.\n", "utf-8")
    (handbook / "content" / "link.csv").symlink_to(tmp_path / "elsewhere.txt")
    said = handrail(handbook, "check").out
    assert "content/link.csv" in said
    assert "4711" not in said
