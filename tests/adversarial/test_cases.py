"""Small handbooks with one nasty thing each: every one ends in a clear finding or a clean read, never in a traceback."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.adversarial.running import HERE, check_is_sound, copy, of, run


@dataclass(frozen=True)
class Case:
    """One row of `expectations.tsv`: what the case gives, in which file and on which line where that matters."""

    case: str
    expect: str
    files: str
    file_line: str
    purpose: str

    @property
    def line(self) -> int | None:
        return int(self.file_line) if self.file_line else None


def read_cases() -> list[Case]:
    with (HERE / "expectations.tsv").open(encoding="utf-8", newline="") as file:
        return [Case(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


CASES = read_cases()


def test_every_case_has_an_expectation() -> None:
    assert [case.case for case in CASES] == sorted(folder.name for folder in (HERE / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=[case.case for case in CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    copy(tmp_path, HERE / "cases" / case.case)
    handbook, report = run(tmp_path)
    check_is_sound(handbook, report)
    for name in case.files.split(";"):
        grave = of(report, name, "error", "warning")
        lines = {finding.line for finding in grave}
        words = f"{case.purpose}: {[(f.rule, f.line, f.message) for f in of(report, name)]}"
        match case.expect:
            case "OK":
                assert not grave, words
                assert handbook.by_src_uri[name].kind is not None, words
            case "NOFM":
                assert not of(report, name, "error"), words
                assert handbook.by_src_uri[name].counted_as == "prose", words
            case "WARN":
                assert {str(finding.severity) for finding in grave} == {"warning"}, words
                assert case.line is None or case.line in lines, words
            case "ERROR":
                assert of(report, name, "error"), words
                assert case.line is None or case.line in lines, words
            case other:
                pytest.fail(f"{other} is no expectation")


def test_the_control_has_no_finding_at_all(tmp_path: Path) -> None:
    copy(tmp_path, HERE / "cases" / "000-control-valid", unbound="info")
    _, report = run(tmp_path)
    assert report.findings == ()
    assert report.by_kind == {"department": 1, "people": 1, "prose": 1, "sop": 1, "vpmom": 1}


# What goes wrong once is said once. Some of these used to be two findings, or more.
ONE_CAUSE = [
    "005", "007", "009", "010", "023", "024", "030", "033", "038", "039", "042", "050", "053", "055", "057", "058", "059", "062",
    "063", "070", "071", "073", "076", "077", "078", "089", "093", "094", "101", "102", "105", "109", "110", "112", "113", "117",
    "119", "123", "124", "130", "133", "135", "137", "143", "145", "149", "154", "156", "158", "159",
]  # fmt: skip


@pytest.mark.parametrize("number", ONE_CAUSE)
def test_one_cause_is_one_finding(number: str, tmp_path: Path) -> None:
    [case] = (HERE / "cases").glob(f"{number}-*")
    copy(tmp_path, case)
    _, report = run(tmp_path)
    assert len(report.findings) == 1


def test_no_tag_runs_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy(tmp_path, HERE / "cases" / "078-python-tag")
    monkeypatch.chdir(tmp_path)
    run(tmp_path)
    assert not list(tmp_path.rglob("PWNED*"))


SMOKE = {"000": 0, "003": 0, "005": 1, "008": 1, "018": 0, "075": 1, "124": 1}


@pytest.mark.parametrize(("number", "code"), SMOKE.items())
def test_the_command_gives_the_verdict_and_no_traceback(number: str, code: int, tmp_path: Path) -> None:
    [case] = (HERE / "cases").glob(f"{number}-*")
    copy(tmp_path, case)
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "handrail", "check"], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "Traceback" not in output
    assert done.returncode == code, output
    assert not [char for char in output if ord(char) < 32 and char not in "\n\r\t"]
