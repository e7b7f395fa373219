"""After the first check only what is new is told, with how much of the rest is fixed."""

from __future__ import annotations

from handrail.report.since import Since, Told
from handrail.rules.finding import Finding, Severity


def found(path: str, subject: str, message: str = "It is not there.", line: int = 1) -> Finding:
    return Finding(
        "HB207", "dead-link", Severity.WARNING, path, line, 1, line, 2, message, "Mend or delete it.", subject=subject
    )


ONE, TWO = found("a.md", "one.md"), found("b.md", "two.md")


def everywhere(_: Finding) -> bool:
    return True


def test_of_a_first_check_nothing_is_said_to_be_new() -> None:
    assert Told().since([ONE], everywhere) is None


def test_only_what_nobody_was_told_of_is_new() -> None:
    told = Told()
    told.since([ONE], everywhere)
    assert told.since([ONE, TWO], everywhere) == Since((TWO,), 0)
    assert told.since([ONE, TWO], everywhere) == Since((), 0)
    assert told.since([TWO], everywhere) == Since((), 1)
    assert told.since([ONE, TWO], everywhere) == Since((ONE,), 0)


def test_a_finding_that_only_moves_is_not_new() -> None:
    told = Told()
    told.since([ONE], everywhere)
    assert told.since([found("a.md", "one.md", line=7)], everywhere) == Since((), 0)


def test_a_second_one_of_the_same_is_new() -> None:
    told = Told()
    told.since([ONE], everywhere)
    again = found("a.md", "one.md", line=7)
    assert told.since([ONE, again], everywhere) == Since((again,), 0)
    assert told.since([ONE], everywhere) == Since((), 1)


def test_another_fault_in_the_same_place_is_told_and_fixes_nothing() -> None:
    told = Told()
    told.since([ONE], everywhere)
    other = found("a.md", "one.md", "It is no address.")
    assert told.since([other], everywhere) == Since((other,), 0)


def test_what_could_not_be_found_again_is_neither_fixed_nor_new_later() -> None:
    told = Told()
    broken = found("a.md", "", "A quotation mark opens here and is never closed.")
    told.since([ONE, TWO], everywhere)
    assert told.since([broken], lambda finding: finding.path != "a.md") == Since((broken,), 1)
    assert told.since([broken], lambda finding: finding.path != "a.md") == Since((), 0)
    assert told.since([ONE], everywhere) == Since((), 1)
