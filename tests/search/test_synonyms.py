"""The file of words that stand for one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.errors import SettingsError
from handrail.model.settings import validate
from handrail.search.synonyms import read_synonyms


def read(folder: Path, text: str) -> tuple[tuple[str, ...], ...]:
    """Read a file with this text."""
    (folder / "synonyms.yml").write_text(text, "utf-8")
    return read_synonyms(folder, "synonyms.yml")


def test_a_group_is_a_line(tmp_path: Path) -> None:
    assert read(tmp_path, "# ours\n- [holiday, vacation, PTO]\n- [no, 'off', 12]\n") == (
        ("holiday", "vacation", "PTO"),
        ("no", "off", "12"),
    )


def test_there_may_be_none(tmp_path: Path) -> None:
    assert read_synonyms(tmp_path, "") == ()
    assert read(tmp_path, "# nothing yet\n") == ()


WRONG = [
    (
        "- [time off, holiday]\n",
        "synonyms.yml, line 1 has `time off` where one word is meant; phrases belong under `asked_as`",
    ),
    ("- [a, b]\n- [only]\n", "synonyms.yml, line 2 has only one word; write a group on a line"),
    ("- [a, a]\n", "synonyms.yml, line 1 has only one word"),
    ("- [a, b]\n- holiday\n", "synonyms.yml, line 2 is no group of words; write a group"),
    ("holiday: vacation\n", "synonyms.yml, line 1 is no group of words"),
    ("- [a, [b, c]]\n", "synonyms.yml, line 1 has a list where one word"),
    ("- [a, b\n- c\n", "can't be read; write a group"),
    ("- [a, '']\n", "line 1 has `` where one word"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read(tmp_path, text)
    assert sentence in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"words\.yml, which the option `synonyms` names, can't be read"):
        read_synonyms(tmp_path, "words.yml")


def test_a_file_of_other_letters_is_named(tmp_path: Path) -> None:
    (tmp_path / "s.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"s\.yml is not UTF-8"):
        read_synonyms(tmp_path, "s.yml")


@pytest.mark.parametrize(
    "value", ["", " ", "/etc/words.yml", "../words.yml", "a/../../words.yml", ["words.yml"], 12, "~/words.yml"]
)
def test_the_option_is_the_path_of_a_file_beside_the_settings(value: object) -> None:
    with pytest.raises(
        SettingsError, match="the option `synonyms` must be the path of a file beside the site's settings"
    ):
        validate({"synonyms": value}, lambda name: f"the option `{name}`")


def test_the_option_for_whole_texts_is_one_of_two() -> None:
    assert validate({"search": "pagefind"}, str).search == "pagefind"
    with pytest.raises(SettingsError, match="the option `search` is `pagefinde`; did you mean `pagefind`"):
        validate({"search": "pagefinde"}, lambda name: f"the option `{name}`")
