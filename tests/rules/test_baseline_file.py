"""A baseline is read as it was written, whatever pages are called and rules name; a broken line is told by its number."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.errors import SettingsError
from handrail.rules.baseline_file import read, text_of
from handrail.rules.finding import Entry

ANY = st.text(st.characters(codec=None) | st.sampled_from("\\ \t\r\n#<|=>\udce9\u2028\x85\x00x"), max_size=30)
ENTRIES = st.lists(
    st.builds(
        Entry,
        path=ANY.filter(bool),
        rule=st.sampled_from(["HB001", "HB207", "HB999"]),
        name=st.sampled_from(["", "dead-link"]),
        subject=ANY,
        count=st.integers(1, 999_999_999),
        until=st.none() | st.dates(),
    ),
    unique_by=lambda entry: entry.key,
    max_size=8,
)
LINE = "content/a.md\tHB207 dead-link\t1\tgone.md\n"


def as_an_editor_leaves_it(text: str) -> str:
    """Return a text with the line ends of Windows, and no blanks at the ends of lines."""
    return "".join(f"{line.rstrip()}\r\n" for line in text.split("\n"))


@given(ENTRIES)
def test_what_was_written_is_read(entries: list[Entry]) -> None:
    text = text_of(entries)
    ordered = sorted(entries, key=lambda entry: entry.key)
    assert list(read(text, "known.txt")) == ordered
    assert list(read(as_an_editor_leaves_it(text), "known.txt")) == ordered
    assert text.encode("utf-8").decode("utf-8").isprintable() or set(text) - {"\t", "\n"} == set(
        filter(str.isprintable, text)
    )


@given(ENTRIES, st.randoms())
def test_the_order_in_which_things_are_found_does_not_show(entries: list[Entry], random: object) -> None:
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert text_of(shuffled) == text_of(entries)


def test_a_line_says_page_rule_number_and_what_is_named() -> None:
    text = text_of([Entry("content/a b.md", "HB207", "dead-link", "gone.md", 2, date(2027, 3, 31))])
    assert text.splitlines()[-1] == "content/a b.md\tHB207 dead-link\t2 until 2027-03-31\tgone.md"


def test_the_file_explains_itself() -> None:
    header = [line for line in text_of([]).splitlines() if line.startswith("#")]
    assert any("handrail check --write-baseline" in line for line in header)
    assert any("until 2027-03-31" in line for line in header)


def test_people_may_write_into_it() -> None:
    text = "# A remark.\n\n  \ncontent/a.md\tHB301\t 1 until 2027-01-31 \n"
    assert list(read(text, "known.txt")) == [Entry("content/a.md", "HB301", "", "", 1, date(2027, 1, 31))]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("content/a.md HB207 1 gone.md", "can't be read; page, rule, number and what is named"),
        ("a\tHB207\t1\tb\tc", "can't be read; page, rule, number and what is named"),
        ("a\tdead-link\t1\tb", "names `dead-link` where a rule is meant, such as HB207."),
        ("a\tHB207\t0\tb", "says `0` where a number of findings is meant"),
        ("a\tHB207\t-1\tb", "says `-1` where a number of findings is meant"),
        ("a\tHB207\t1 until\tb", "says `1 until` where a number of findings is meant"),
        ("a\tHB207\t1 until 2027-02-30\tb", "says `2027-02-30`, which is no day; write it as 2027-03-31."),
        ("a\tHB207\t1\tb\\q", "holds `\\q`, which stands for nothing; write a backslash as \\\\."),
        ("a\tHB207\t1\tb\\", "holds `\\`, which stands for nothing"),
        ("a\tHB207\t1\t\\Uffffffff", "holds `\\Uffffffff`, which stands for nothing"),
        ("<<<<<<< HEAD", "is left from a merge in git; keep the lines of both sides and delete this one."),
        ("=======", "is left from a merge in git"),
    ],
)
def test_a_broken_line_is_told_in_a_sentence(line: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        list(read(f"# Known.\n{LINE}{line}\n", "known.txt"))
    assert str(error.value).startswith(f"known.txt, line 3 {said}")
    assert str(error.value).endswith(".")
