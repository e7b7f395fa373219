"""The report as JUnit XML: one suite, one test for what was read, and one a page with findings."""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree as ET

from handrail.report.summary import WORDS, Nouns, counted, found_sentence, known_sentence, read_sentence
from handrail.rules.finding import Finding, Report, Severity
from handrail.text.visible import one_line, visible, visible_lines

_NAME = "handrail"


def render(report: Report, *, nouns: Nouns | None = None) -> str:
    """Return the report as XML in ASCII; a report of nothing read has a failing test."""
    suites = ET.Element("testsuites", name=_NAME)
    suite = ET.SubElement(suites, "testsuite", name="handbook")
    _read(suite, report, nouns)
    for path, group in groupby(report.everything, key=lambda told: told[0].path):
        listed = list(group)
        _page(
            suite,
            path,
            [finding for finding, is_known in listed if not is_known],
            [one for one, known in listed if known],
        )
    counts = {
        "tests": len(suite),
        "failures": len(suite.findall("testcase/failure")),
        "errors": 0,
    }
    for element in (suites, suite):
        element.attrib |= {name: str(number) for name, number in counts.items()}
    suite.set("skipped", "0")  # Jenkins refuses it on the element above
    ET.indent(suites)
    written: bytes = ET.tostring(suites, encoding="us-ascii", xml_declaration=True)
    return written.decode("ascii") + "\n"


def _read(suite: ET.Element, report: Report, nouns: Nouns | None) -> None:
    """Add the test which makes that a clean run is not an empty suite."""
    sentence = read_sentence(report, nouns)
    case = ET.SubElement(suite, "testcase", classname=_NAME, name=f"{counted(report.read, 'page')} read")
    if report.read:
        said = filter(None, (sentence, found_sentence(report), known_sentence(report)))
        ET.SubElement(case, "system-out").text = " ".join(said)
    else:
        ET.SubElement(case, "failure", message=sentence, type="error").text = sentence


def _page(suite: ET.Element, path: str, findings: list[Finding], known: list[Finding]) -> None:
    case = ET.SubElement(suite, "testcase", classname=_NAME, name=visible(path))
    failing = [finding for finding in findings if finding.severity is not Severity.INFO]
    notes = [finding for finding in findings if finding.severity is Severity.INFO]
    if failing:
        numbers = (
            (sum(finding.severity is severity for finding in failing), WORDS[severity])
            for severity in (Severity.ERROR, Severity.WARNING)
        )
        message = ", ".join(counted(number, word) for number, word in numbers if number)
        worst = "error" if any(finding.severity is Severity.ERROR for finding in failing) else "warning"
        ET.SubElement(case, "failure", message=message, type=worst).text = _told(failing)
    said = [_told(notes), f"Known, and listed in the baseline:\n\n{_told(known)}" if known else ""]
    if any(said):
        ET.SubElement(case, "system-out").text = "\n\n".join(filter(None, said))


def _told(findings: list[Finding]) -> str:
    return "\n\n".join("\n".join(_lines(finding)) for finding in findings)


def _lines(finding: Finding) -> list[str]:
    first = f"{WORDS[finding.severity]} {finding.line}:{finding.column} {finding.message}"
    related = (f"See {place.path}:{place.line}:{place.column}: {place.message}" for place in finding.related)
    rule = f"{finding.rule} {finding.name}"
    return [one_line(first), *visible_lines(finding.hint), *map(one_line, related), one_line(rule)]
