"""MkDocs gets the verdict of `handrail check`: the same findings, all at once, before the old site is touched."""

from __future__ import annotations

import json
import logging
import shutil
from datetime import date
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError

from handrail.engines.verdict import check_or_fail
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.report.since import Told
from handrail.rules.check import check
from tests.engines.drawn import BASE, sop
from tests.engines.sites import build, configured, mkdocs
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

ADVERSARIAL = Path(__file__).parents[1] / "adversarial"
CASES = sorted(path for path in (ADVERSARIAL / "cases").iterdir() if path.is_dir())
BROKEN = {
    **BASE,
    "content/a.md": "---\nkind: sop\nid: [\n---\n",
    "content/b.md": sop("b", owner="nobody-we-know", vpmom="nowhere"),
    "content/c.md": sop("c", colour="red"),
}


def judge(config: MkDocsConfig) -> list[str]:
    """Go as far as the verdict; return the findings that stop the build, one line each."""
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    try:
        config.plugins.on_pre_build(config=config)
    except PluginError as error:
        first, _, rest = str(error).partition("\n\n")
        assert "the build; the site is left as it was." in first
        return [line for line in rest.splitlines() if line.startswith(("error ", "warning "))]
    finally:
        config.plugins.on_shutdown()
    return []


def stopping(folder: Path, weight: tuple[str, ...] = ("error",)) -> tuple[int, list[str]]:
    """Return the exit code of the command line, and the findings that lead to it."""
    outcome = handrail(folder, "check", "--format", "json")
    findings = json.loads(outcome.out)["findings"]
    return outcome.code, [
        f"{finding['severity']} {finding['path']}:{finding['line']}:{finding['column']} {finding['message']} "
        f"({finding['rule']} {finding['name']})"
        for finding in findings
        if finding["severity"] in weight
    ]


def test_every_adversarial_case_gets_the_same_verdict_from_both(tmp_path: Path) -> None:
    assert len(CASES) > 100
    for case in CASES:
        shutil.rmtree(tmp_path / "content", ignore_errors=True)
        make_handbook(
            tmp_path, {}, config={"plugins": [{"handrail": {"today": "2025-06-15", "visibility": {".": "public"}}}]}
        )
        shutil.copytree(ADVERSARIAL / "common", tmp_path / "content", dirs_exist_ok=True)
        shutil.copytree(case, tmp_path / "content", dirs_exist_ok=True)
        code, expected = stopping(tmp_path)
        assert judge(configured(tmp_path)) == expected, case.name
        assert code == bool(expected), case.name


@pytest.mark.parametrize("number", ["000", "005", "021", "054", "079"])
def test_a_real_build_ends_as_a_real_check_does(number: str, tmp_path: Path) -> None:
    [case] = (ADVERSARIAL / "cases").glob(f"{number}-*")
    make_handbook(tmp_path, {}, {"today": "2025-06-15"}, {"theme": "mkdocs"})
    shutil.copytree(ADVERSARIAL / "common", tmp_path / "content", dirs_exist_ok=True)
    shutil.copytree(case, tmp_path / "content", dirs_exist_ok=True)
    code, expected = stopping(tmp_path)
    run = mkdocs(tmp_path, "build")
    assert run.code == code, run.said
    assert [line for line in expected if line not in run.said] == []
    assert "Traceback" not in run.said


def test_both_read_the_settings_alike(tmp_path: Path) -> None:
    settings = {
        "fail_on": "warning",
        "severity": {"HB201": "warning", "HB501": "off", "HB102": "info"},
        "governed": ["finance"],
        "ignore": [{"path": "b.md", "rule": "HB208", "reason": "Somebody is on the way."}],
        "today": "2028-01-01",
        "visibility": {"finance": "public"},
    }
    make_handbook(
        tmp_path, {**BROKEN, "content/finance/x.md": "# No kind\n", "content/loose.md": "# Loose\n"}, settings
    )
    config = tmp_path / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "nav: [index.md]\nuse_directory_urls: false\n", "utf-8")
    code, expected = stopping(tmp_path, ("error", "warning"))
    assert code == 1
    assert len(expected) > 5
    # By that day plans are over and signatures have run out, which fails nothing.
    by_time = [line for line in expected if any(f"({code} " in line for code in ("HB303", "HB305", "HB403"))]
    assert by_time
    assert judge(configured(tmp_path)) == [line for line in expected if line not in by_time]


def test_every_finding_is_said_at_once_and_the_old_site_stays(tmp_path: Path) -> None:
    make_handbook(tmp_path, BROKEN, config={"theme": "mkdocs"})
    site = tmp_path / "site"
    site.mkdir()
    (site / "old.html").write_text("old", "utf-8")
    for arguments in (["--strict", "--quiet"], ["--verbose"]):
        run = mkdocs(tmp_path, "build", *arguments)
        assert run.code == 1
        for words in ("content/a.md:", "content/b.md:", "content/c.md:", "HB001", "HB201", "HB102", "colour"):
            assert words in run.said, arguments
        assert [path.name for path in site.iterdir()] == ["old.html"]


def test_warnings_stop_no_build(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make_handbook(tmp_path, {**BASE, "content/late.md": sop("late", vpmom="", serves="", sign_offs="")})
    assert build(tmp_path, strict=True).has("late/")
    said = capfd.readouterr().err
    assert "warning content/late.md:" in said
    assert "2 findings to look at" in said


def test_warnings_stop_a_build_that_asks_for_it(tmp_path: Path) -> None:
    make_handbook(tmp_path, {**BASE, "content/late.md": sop("late", vpmom="", serves="")}, {"fail_on": "warning"})
    with pytest.raises(Abort):
        build(tmp_path, strict=False)
    assert not (tmp_path / "site").exists()


def test_a_preview_says_at_a_save_only_what_is_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = sop("late", "[one](gone.md)", vpmom="", serves="", sign_offs="")
    project = load_project(make_handbook(tmp_path, {**BASE, "content/late.md": late}) / "mkdocs.yml")
    told = Told()

    def save(**files: str) -> list[str]:
        for name, text in files.items():
            (tmp_path / "content" / f"{name}.md").write_text(text, "utf-8")
        check_or_fail(load_handbook(project, load_kinds(), date(2026, 11, 15)), told)
        return capsys.readouterr().err.splitlines()

    first = save()
    assert [line.split(":")[0] for line in first if line.startswith("warning")] == ["warning content/late.md"] * 3
    assert first[-1].startswith("Handrail read 7 pages: 3 findings to look at")
    assert save() == [
        "Handrail read 7 pages: nothing new; in all 3 findings to look at, 1 note (`handrail check` lists them)."
    ]
    other, hint, counts = save(index="# Welcome\n\n[two](nowhere.md)\n")
    assert other.startswith("warning content/index.md:3:1 The link leads to `nowhere.md`, which is not there.")
    assert hint.startswith("    ")
    assert "pages: 1 new finding; in all 4 findings to look at" in counts
    *_, counts = save(late="---\nkind: sop\nid: [late\n---\n")
    assert "pages: 1 new finding; in all 2 findings to look at" in counts
    counts = save(late=late.replace("[one](gone.md)", "1. Do it."), index="# Welcome\n")[-1]
    assert "pages: 3 fixed; in all 2 findings to look at" in counts
    assert save(late=sop("late"))[-1].endswith("pages: 2 fixed; in all 1 note (`handrail check` lists them).")
    (tmp_path / "content" / "late.md").unlink()
    assert save() == ["Handrail read 6 pages: nothing new; nothing is left to fix."]


def test_a_sound_handbook_is_said_to_be_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    build(make_handbook(tmp_path, BASE))
    assert capfd.readouterr().err == "Handrail read 6 pages: nothing to fix.\n"


@pytest.mark.parametrize("level", ["info", "warn"])
def test_a_link_that_leads_nowhere_is_said_once_by_handrail(
    level: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    body = "[gone](gone.md) and ![gone](gone.png) and [[sop:gone]] and [fine](people.md)\n"
    make_handbook(
        tmp_path,
        {**BASE, "content/links.md": body},
        config={"validation": {"not_found": level, "omitted_files": "info"}},
    )
    caplog.set_level(logging.INFO, "mkdocs")
    build(tmp_path)
    said = capfd.readouterr().err
    assert said.count("HB207") == 3
    assert "gone" not in caplog.text


def test_an_entry_of_the_navigation_that_is_not_there_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    make_handbook(tmp_path, BASE, config={"nav": ["index.md", "gone.md"]})
    build(tmp_path)
    assert capsys.readouterr().err.count("gone.md") == 1
    assert "gone.md" not in caplog.text
    make_handbook(tmp_path, {}, {"fail_on": "warning"}, {"nav": ["index.md", "gone.md"]})
    with pytest.raises(Abort, match="BuildError"):
        build(tmp_path)


def test_an_entry_of_the_navigation_that_a_hook_may_make_stays_with_mkdocs(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_handbook(tmp_path, {**BASE, "hook.py": ""}, config={"nav": ["index.md", "gone.md"], "hooks": ["hook.py"]})
    with pytest.raises(Abort, match="strict mode"):
        build(tmp_path)
    assert "gone.md" in caplog.text
    assert "The build failed" not in caplog.text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"audiense": "public"}, "did you mean `audience`?"),
        ({"audience": "everyone"}, "is one of public, internal."),
        ({"today": "31.12.2026"}, "which is no day; write it as 2026-12-31."),
        ({"today": "tomorrow"}, "which is no day; write it as 2026-03-31."),
    ],
)
def test_a_wrong_setting_gets_one_sentence_from_both(
    options: dict[str, str], words: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_handbook(tmp_path, BASE, options)
    assert words in handrail(tmp_path, "check").err
    with pytest.raises((ConfigurationError, Abort)):
        build(tmp_path)
    assert words in caplog.text


def test_a_schema_that_cannot_be_used_stops_the_build_with_its_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_handbook(tmp_path, {**BASE, "schemas/tool.schema.json": "{"})
    outcome = handrail(tmp_path, "check")
    assert outcome.code == 2
    with pytest.raises(Abort):
        build(tmp_path)
    assert outcome.err.strip().removeprefix("Error: ").splitlines()[0][:40] in caplog.text


def test_template_code_is_refused_before_any_runs(tmp_path: Path) -> None:
    code = "{{ cycler.__init__.__globals__.os.mkdir(config.config_file_path ~ '.ran') }}"
    make_handbook(
        tmp_path,
        {
            **BASE,
            "content/a.md": f"# A\n\n{code}\n",
            "content/b.md": f"---\nrender_macros: true\ntitle: B\n---\n{code}\n",
        },
        config={"plugins": ["search", "macros", {"handrail": {"visibility": {".": "public"}, "today": "2026-11-15"}}]},
    )
    stopped = judge(configured(tmp_path))
    assert [line.split()[1].split(":")[0] for line in stopped if "HB802" in line] == ["content/a.md", "content/b.md"]
    assert any("HB804" in line for line in stopped)
    assert not list(tmp_path.glob("*.ran"))


def test_the_plugin_judges_the_day_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_handbook(tmp_path, BASE)
    monkeypatch.setenv("HANDRAIL_TODAY", "2027-06-01")
    config = configured(tmp_path)
    plugin = config.plugins["handrail"]
    judge(config)
    assert check(plugin.judged).today == "2027-06-01"  # type: ignore[attr-defined]
