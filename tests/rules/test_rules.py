"""Holds every rule to its Markdown file, and the rules to what is promised of all of them.

After a wanted change, `HANDRAIL_WRITE_GOLDEN=1 pytest tests/rules/test_rules.py` writes the findings anew; read each
difference before you keep it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from handrail.rendering.sanitise import sanitised
from handrail.rules.finding import Finding, Severity
from handrail.rules.registry import Rule, all_rules
from tests.rules.cases import HERE, Case, read_cases, report_of, rewrite, written

FILES = {path.stem: path for path in sorted(HERE.glob("hb*.md"))}
CASES = {stem: read_cases(path) for stem, path in FILES.items()}
NOT_DRAWN = frozenset(("hb017-unopened", "hb020-same-name", "hb021-name-not-utf-8", "hb022-unfit-name"))
"""Rules about files that no Markdown file can draw; tests/adversarial/test_files.py and test_names.py make them."""

RULES = {f"{rule.code.lower()}-{rule.name}": rule for rule in all_rules()}
CODES = HERE / "codes.tsv"
_QUOTED = re.compile(r"“[^”]*”|`[^`]*`")
_TAG = re.compile(r"<[^>]*>")
_HARSH = re.compile(r"[Ii]nvalid|[Ii]llegal|[Ff]orbidden|[Mm]ust not|\bnull\b|\bNone\b|[Ff]atal|[Ff]ail")


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{stem}: {case.title}") for stem, cases in CASES.items() for case in cases]
)
def test_case(case: Case, tmp_path: Path) -> None:
    rule = RULES[case.rule]
    findings = case.report(tmp_path).findings
    said = "".join(written(finding) for finding in findings if finding.rule == rule.code)
    if os.environ.get("HANDRAIL_WRITE_GOLDEN"):
        rewrite(FILES[case.rule], case.title, said)
    else:
        assert said == case.expected.text
    assert case.purpose.endswith("."), "a case says in a sentence what it is for"
    others = {_short(found) for found in findings if found.severity is Severity.ERROR and found.rule != rule.code}
    allowed = case.block("errors")
    assert others == set(allowed.text.splitlines() if allowed else ())
    for finding in findings:
        _assert_tone(finding)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{stem}: {case.title}")
        for stem, cases in CASES.items()
        for case in cases
        # Where a page is in another encoding the number of a byte is said, and each line has one more.
        if not any(block.info.startswith("latin-1 ") for block in case.blocks)
    ],
)
def test_lines_that_end_as_windows_ends_them(case: Case, tmp_path: Path) -> None:
    findings = case.report(tmp_path, "\r\n").findings
    assert (
        "".join(written(finding) for finding in findings if finding.rule == RULES[case.rule].code) == case.expected.text
    )


def _short(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}:{finding.column} {finding.rule} {finding.name}"


def _assert_tone(finding: Finding) -> None:
    """Hold what is said to a calm voice: a sentence of plain words, and what to do."""
    sentences = [finding.message, *(near.message for near in finding.related)]
    for words in (*sentences, finding.hint):
        # What authors wrote may hold anything; it stands between quotation marks or backticks, or ends a hint.
        ours = _QUOTED.sub("", words)
        assert not _HARSH.search(ours), words
        assert "!" not in ours or words == finding.hint, words
    assert finding.message.endswith("."), finding.message
    assert all(near.message.endswith(".") for near in finding.related)
    assert finding.hint or finding.severity is Severity.INFO, finding.message


def test_base_is_clean(tmp_path: Path) -> None:
    assert report_of(tmp_path, {}).findings == ()


def test_every_rule_has_a_file_and_every_file_a_rule() -> None:
    # What only a finished site can break is tested where sites are built: tests/cli/test_verify.py.
    assert sorted(FILES) == sorted(stem for stem, rule in RULES.items() if not rule.of_site)


@pytest.mark.parametrize("stem", FILES)
def test_file(stem: str) -> None:
    title, _, rest = FILES[stem].read_text("utf-8").partition("\n")
    assert title == f"# {RULES[stem].name}"
    assert rest.partition("## ")[0].strip().endswith("."), "a file begins with what the rule is for"
    titles = [case.title for case in CASES[stem]]
    assert len(titles) == len(set(titles))
    assert stem in NOT_DRAWN or any(case.expected.text for case in CASES[stem]), "no case finds anything"
    assert any(not case.expected.text for case in CASES[stem]), "no case is silent"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_documentation(rule: Rule) -> None:
    first, _, rest = rule.documentation.partition("\n\n")
    assert first.endswith("."), "a rule's documentation begins with a sentence"
    assert "!" not in _QUOTED.sub("", rule.documentation)
    assert "**What to do.** " in rest


@pytest.mark.parametrize("name", ["script", "iframe", "frameset", "object", "applet", "form"])
def test_readers_see_of_what_is_taken_out_what_its_finding_says(name: str, tmp_path: Path) -> None:
    body = f"Before <{name}>within</{name}>\n"
    [found] = (one for one in report_of(tmp_path, {"content/note.md": body}).findings if one.rule == "HB806")
    said = "within" if "only the words" in found.message else ""
    assert "nothing in its place" in found.message or said
    assert _TAG.sub(" ", sanitised(f"<p>{body.strip()}</p>")).split() == ["Before", *([said] if said else [])]


def test_codes_are_kept() -> None:
    listed = dict(line.split("\t") for line in CODES.read_text("utf-8").splitlines())
    known = {rule.code: rule.name for rule in RULES.values()}
    new = {code: name for code, name in known.items() if code not in listed}
    assert not new, f"New rules: add a line `code<TAB>name` for each of {sorted(new)} to tests/rules/codes.tsv."
    assert known == listed, "Codes and names are kept for ever: settings, ignores and links to the pages name them."
