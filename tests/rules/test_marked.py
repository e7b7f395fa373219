"""What a finding marks: the whole of what is wrong, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.rules.finding import Finding, Related
from handrail.text.lines import LineIndex
from tests.rules.cases import read_cases, report_of

SOP = "kind: sop\nid: pay\ntitle: Pay an invoice\nvisibility: public\nstate: stub\n"
PAGES = {
    "a value": (f"---\n{SOP}department: finanze # gone\n---\n", "unknown-reference", "finanze"),
    "a value in quotes": (f"---\n{SOP}department: 'finanze'\n---\n", "unknown-reference", "'finanze'"),
    "a field": (f"---\n{SOP}colour: red\n---\n", "unknown-field", "colour"),
    "a field that is missing": ("---\nkind: sop\ntitle: Pay\n---\n", "missing-field", "kind"),
    "a group": (f"---\n{SOP}description:\n  - a\n  - b\nlast: x\n---\n", "wrong-value", "- a\n  - b"),
    "a field given twice": (f"---\n{SOP}state: draft\n---\n", "duplicate-key", "state"),
    "a value cut short": ("---\ntitle: Update #2\n---\n", "cut-short", "Update"),
    "a line that can't be read": ("---\ntitle: a: b c\n---\n", "yaml", "a: b c"),
    "a control character": ("---\ntitle: a\x07b\n---\n", "yaml", "\x07"),
    "a fence": ("----\nkind: sop\n---\n", "fence", "----"),
    "a link": ("See [who\nelse](gone.md 'x') there.\n", "dead-link", "[who\nelse](gone.md 'x')"),
    "a link by id": ("See [[sop:gone|there]].\n", "dead-link", "[[sop:gone|there]]"),
    "template code": ("a {{ b }} c\n", "template-text", "{{ b }}"),
    "an element": ('a <iframe src="x"></iframe> b\n', "script", '<iframe src="x">'),
    "an attribute": ("a <b onclick='x'>c</b>\n", "script", "<b onclick='x'>"),
    "an attribute in brackets": ("a\n{ .x onclick='y' }\n", "script", "onclick"),
    "an address that runs": ("[a](javascript:x)\n", "script", "javascript:x"),
    "an include": ('--8<-- " ../../x.md"\n', "path-outside", "../../x.md"),
}


def marked(text: str, place: Finding | Related) -> str:
    """Return what stands between the two ends of a place, with its lines' ends as LF; both have to lie on their lines."""
    lines = LineIndex(text)
    assert (1, 1) <= (place.line, place.column) <= (place.end_line, place.end_column)
    numbers = range(place.line, place.end_line + 1)
    written = [lines.line(number) for number in numbers]
    assert place.end_line <= len(lines)
    assert place.column <= len(written[0]) + 1
    assert place.end_column <= len(written[-1]) + 1
    written[-1] = written[-1][: place.end_column - 1]
    return "\n".join(written)[place.column - 1 :]


@pytest.mark.parametrize("name", PAGES)
def test_marked(name: str, tmp_path: Path) -> None:
    text, rule, expected = PAGES[name]
    report = report_of(tmp_path, {"content/note.md": text})
    found = [finding for finding in report.findings if (finding.name, finding.path) == (rule, "content/note.md")]
    assert {marked(text, finding) for finding in found} == {expected}


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("hb*.md")), ids=lambda path: path.stem)
def test_every_place_ends_on_its_line(path: Path, tmp_path: Path) -> None:
    for number, case in enumerate(read_cases(path)):
        folder = tmp_path / str(number)
        for finding in case.report(folder).findings:
            places: list[Finding | Related] = [finding, *finding.related]
            for place in places:
                file = folder / place.path
                text = (
                    file.read_bytes().decode("utf-8-sig", "replace")
                    if file.suffix in (".md", ".yml", ".csv") and file.is_file()
                    else ""
                )
                marked(text, place)
