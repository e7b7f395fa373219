"""Wrong usage, settings and schemas end with 2 and one plain sentence, never with a traceback."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import click
import pytest

from handrail import cli, faults
from handrail.cli import check, wording
from handrail.cli.app import COMMANDS
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

PAGE = {"content/index.md": "# Welcome\n"}

WRONG_USAGE = {
    "no command": ([], "Say which command to run: init, adopt, check, rule, kind, report, doctor, diff, new"),
    "unknown command": (["chekc"], "did you mean `check`?"),
    "unlike any command": (
        ["frobnicate"],
        "there are init, adopt, check, rule, kind, report, doctor, diff, new, sign, hand-over, record, fetch-images, build, generate, finish, verify, editors, codeowners, export.",
    ),
    "unknown option": (["check", "--fromat", "json"], "did you mean `--format`?"),
    "unlike any option": (["check", "--zzz"], "`handrail check --help` lists the options."),
    "option of the program": (["--zzz"], "There is no option `--zzz`"),
    "option with no value": (["check", "--format"], "requires an argument"),
    "unknown format": (["check", "--format", "jsno"], "--format can't be `jsno`; did you mean `json`?"),
    "unlike any format": (["check", "--format", "pdf"], "it is one of text, json, sarif, github, junit."),
    "unknown level": (["check", "--fail-on", "info"], "--fail-on can't be `info`; it is one of error, warning."),
    "no day": (["check", "--today", "yesterday"], "--today is `yesterday`, which is no day"),
    "an empty day": (["check", "--today", ""], "--today is ``, which is no day"),
    "no such day": (["check", "--today", "2026-02-30"], "--today is `2026-02-30`"),
    "unknown rule": (["check", "--select", "dead-lnk"], "did you mean `dead-link`?"),
    "unlike any rule": (["check", "--ignore", "zzz"], "`handrail rule` lists them all."),
    "no family": (["check", "--select", "HBX"], "There is no rule `HBX`"),
    "every rule": (["check", "--select", "HB"], "There is no rule `HB`"),
    "no rule": (["check", "--select", ""], "An option that names rules is empty"),
    "only commas": (["check", "--select", ","], "An option that names rules is empty"),
    "a rule that is off": (["check", "--select", "HB310"], "HB310 is switched off"),
    "unknown path": (["check", "content/nothing.md"], "content/nothing.md is no page of the handbook"),
    "path outside": (["check", "schemas"], "schemas is no page of the handbook; its pages lie in content/."),
    "path of another project": (["check", "/etc/hosts"], "/etc/hosts is no page of the handbook"),
    "part of a name": (["check", "content/ind"], "content/ind is no page of the handbook"),
    "control characters": (["check", "content/\x1b[31m\n::error::x"], "is no page of the handbook"),
    "no such project": (["check", "--config", "other.yml"], "There is no other.yml in"),
    "a folder as project": (["check", "--config", "content"], "content can't be read"),
    "two rules": (["rule", "HB301", "HB302"], "unexpected extra argument"),
    "rule unknown": (["rule", "zzz"], "There is no rule `zzz`"),
    "no list": (
        ["report"],
        "Say which list to print: scorecard, toc, progress, orphans, stale, queue, agenda, unlisted",
    ),
    "unknown list": (["report", "orphan"], "did you mean `orphans`?"),
    "unknown format of a list": (["report", "toc", "--format", "xml"], "it is one of text, md, json, csv."),
    "nothing to begin": (["new"], "Say what to begin: cadence, department"),
    "unknown kind": (["new", "vpmon"], "did you mean `vpmom`?"),
    "unlike any kind": (["new", "zzzzzzzzz"], "There is no kind `zzzzzzzzz`; there are cadence"),
    "no title": (["new", "sop"], "add --title, or an id."),
    "empty title": (["new", "sop", "--title", " "], "A title is one line"),
    "title on two lines": (["new", "sop", "--title", "a\nb"], "A title is one line"),
    "title that makes no id": (["new", "sop", "--title", "会社"], "No id can be made of this title"),
    "wrong id": (["new", "sop", "Pay_Invoice"], "such as `pay-invoice`"),
    "too long id": (["new", "sop", "a" * 61], "at most 60"),
    "folder outside": (["new", "sop", "a", "--in", "../.."], "lies outside content"),
    "folder elsewhere": (["new", "sop", "a", "--in", "/etc"], "lies outside content"),
    "hidden folder": (["new", "sop", "a", "--in", ".hidden"], "begins with a dot"),
    "period of a procedure": (["new", "sop", "a", "--period", "FY27"], "Only a VPMOM has a period"),
    "no period": (["new", "vpmom", "finance", "--period", "2027"], "`2027` is no period"),
    "no line": (["new", "vpmom"], "Name the line of the plan"),
}


def is_one_sentence(outcome: Outcome) -> bool:
    return (
        outcome.code == 2
        and "Traceback" not in outcome.out + outcome.err
        and re.fullmatch(r"[^\n]+[.?]\n", outcome.err) is not None
        and "\x1b" not in outcome.err
    )


@pytest.mark.parametrize(("arguments", "part"), WRONG_USAGE.values(), ids=WRONG_USAGE)
def test_wrong_usage(tmp_path: Path, arguments: list[str], part: str) -> None:
    outcome = handrail(make_handbook(tmp_path, PAGE), *arguments)
    assert is_one_sentence(outcome), outcome
    assert part in outcome.err
    assert outcome.out == ""


WRONG_FILES = {
    "no project": ({"mkdocs.yml": None}, "There is no mkdocs.yml or properdocs.yml in this folder or above it"),
    "not YAML": ({"mkdocs.yml": "a: [\n"}, "is not readable as YAML"),
    "no mapping": ({"mkdocs.yml": "- a\n"}, "mkdocs.yml must hold settings"),
    "not text": ({"mkdocs.yml": b"\xff"}, "mkdocs.yml can't be read"),
    "no pages": ({"mkdocs.yml": "docs_dir: pages\n"}, "the folder `pages` of the pages is not there"),
    "unknown setting": (
        {"mkdocs.yml": "docs_dir: content\nplugins: [{handrail: {tdoay: 1}}]\n"},
        "did you mean `today`?",
    ),
    "a setting twice": (
        {"mkdocs.yml": "docs_dir: content\nplugins:\n- handrail:\n    audience: public\n    audience: internal\n"},
        "mkdocs.yml, line 5: the plugin handrail is given `audience` twice in its options",
    ),
    "a folder twice": (
        {"mkdocs.yml": "docs_dir: content\nplugins: {handrail: {visibility: {a: public, a: internal}}}\n"},
        "is given `a` twice under its option `visibility`",
    ),
    "a folder with nothing": (
        {"mkdocs.yml": "docs_dir: content\nplugins: {handrail: {visibility: {a: }}}\n"},
        "says nothing for `a`; it is one of public,",
    ),
    "a list for one word": (
        {"mkdocs.yml": "docs_dir: content\nplugins: {handrail: {visibility: {a: [public]}}}\n"},
        "is a list for `a`; it is one of public,",
    ),
    "a tag": (
        {"mkdocs.yml": "docs_dir: content\nplugins: [{handrail: {today: !ENV DAY}}]\n"},
        "uses the tag `!ENV`",
    ),
    "a schema that is no JSON": ({"schemas/sop.schema.json": "{"}, "sop.schema.json can't be read as JSON"),
    "an open schema": (
        {"schemas/x.schema.json": '{"x-kind": {"name": "x", "noun": "x", "plural": "x"}}'},
        "x.schema.json: a kind needs the common fields",
    ),
}


@pytest.mark.parametrize(("files", "part"), WRONG_FILES.values(), ids=WRONG_FILES)
@pytest.mark.parametrize("arguments", [["check"], ["report", "toc"], ["new", "sop", "a"]], ids=" ".join)
def test_wrong_settings_and_schemas(
    tmp_path: Path, files: dict[str, str | bytes | None], part: str, arguments: list[str]
) -> None:
    folder = make_handbook(tmp_path, PAGE)
    for path, content in files.items():
        if content is None:
            (folder / path).unlink()
        else:
            make_handbook_file(folder / path, content)
    outcome = handrail(folder, *arguments)
    assert is_one_sentence(outcome), outcome
    assert part in outcome.err


def test_a_severity_of_no_rule(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, PAGE, {"severity": {"HB999": "error"}})
    outcome = handrail(folder, "check")
    assert is_one_sentence(outcome), outcome
    assert outcome.err.startswith("mkdocs.yml, line ")
    assert "There is no rule `HB999`" in outcome.err


def make_handbook_file(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_wrong_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_handbook(tmp_path, PAGE)
    monkeypatch.setenv("HANDRAIL_TODAY", "soon")
    outcome = handrail(folder, "check")
    assert is_one_sentence(outcome)
    assert "HANDRAIL_TODAY is `soon`" in outcome.err


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help(tmp_path: Path, command: str, option: str) -> None:
    outcome = handrail(tmp_path, *filter(None, (command, option)))
    assert (outcome.code, outcome.err) == (0, "")
    assert f"Usage: handrail {command}".rstrip() in outcome.out


def test_the_short_helps_agree(tmp_path: Path) -> None:
    shown = handrail(tmp_path, "--help").out
    for name, does in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(does)}$", shown, re.MULTILINE)


def test_version(tmp_path: Path) -> None:
    assert handrail(tmp_path, "--version").out.startswith("handrail, version ")


def broken(error: BaseException) -> object:
    def judge(*_: object) -> None:
        raise error

    return judge


def test_a_fault_of_our_own_is_one_sentence_that_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_judge", broken(KeyError("a\nb")))
    outcome = handrail(make_handbook(tmp_path, PAGE), "check")
    assert is_one_sentence(outcome)
    assert outcome.err.startswith("Handrail itself has failed (KeyError: ")
    assert "of test_usage.py); please report" in outcome.err


def test_a_system_that_refuses_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_judge", broken(PermissionError(13, "Permission denied", "content/a.md")))
    outcome = handrail(make_handbook(tmp_path, PAGE), "check")
    assert (outcome.code, outcome.err) == (2, "content/a.md can't be used: Permission denied.\n")
    assert faults.system(OSError("odd")) == "A file can't be used: odd."


def test_a_disk_that_is_full_is_one_sentence_that_names_what_was_being_written() -> None:
    full = (errno.ENOSPC, "No space left on device")
    rest = "; make some, and do the same again."
    assert faults.system(OSError(*full)) == f"There is no room left on the disk{rest}"
    assert faults.system(OSError(*full, "site/a.md")) == f"There is no room left on the disk for site/a.md{rest}"
    copied = OSError(*full, "theme/a.js", None, "site/a.js")
    assert faults.system(copied) == f"There is no room left on the disk for site/a.js{rest}"


def test_being_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "_judge", broken(KeyboardInterrupt()))
    outcome = handrail(make_handbook(tmp_path, PAGE), "check")
    assert (outcome.code, outcome.err.strip()) == (cli._INTERRUPTED, "Stopped.")


def test_what_click_says_is_never_shown_bare() -> None:
    parameter = click.Option(["--number"], type=int)
    context = click.Context(click.Command("check", params=[parameter]), info_name="handrail check")
    for error, sentence in (
        (click.BadParameter("it is odd.", context, parameter), "--number is not usable: it is odd; `handrail check"),
        (click.MissingParameter(None, context, parameter), "--number is missing; `handrail check --help`"),
        (click.MissingParameter(None, context, click.Argument(["what"])), "WHAT is missing; `handrail check --help`"),
        (click.ClickException("Odd."), "Odd; `handrail --help` shows how it is used."),
        (click.BadParameter("odd", None, None), "A part of the command is not usable: odd; `handrail --help`"),
    ):
        assert wording.of_click(error).startswith(sentence)
