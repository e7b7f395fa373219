"""What a stranger's job may have written is read as data: held to the schema, cut, escaped, and refused in one sentence."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.errors import UsageError
from handrail.report.diff import wording
from handrail.report.diff.data import MOST, as_json, read, schema_text
from handrail.report.diff.markdown import MOST as MOST_OF_A_COMMENT
from handrail.report.diff.markdown import as_markdown
from handrail.report.diff.model import (
    Became,
    Change,
    Diff,
    Document,
    Findings,
    Found,
    Lost,
    Measured,
    Named,
    SignOffs,
    Turned,
    Voided,
)
from handrail.report.diff.text import as_text
from handrail.rules.finding import Severity
from handrail.text.worddiff import Piece

SIGNS = "`~@#$<>[]()!*_\\|&{}:/.-GHhw \n\t\r\u2028\u202e\x00\x1ba1\ud800é"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=40)
SCHEMA = json.loads(schema_text())


def diff(text: str) -> Diff:
    """Return a difference that says a text wherever one may stand."""
    named = text, text, text
    turned = (Turned(*named, text),)
    return Diff(
        "2026-11-15",
        "a" * 40,
        None,
        "base",
        (text,),
        Findings(*[(Found("HB207", "dead-link", Severity.ERROR, text, 3, text, text, text, by_time=False),)] * 2),
        SignOffs((Voided(*named, (Lost("D", text, "2026-03-01", text),)),), (Named(*named),)),
        tuple(
            Document(*named, change, text, text, (Piece("old", text, " "), Piece("new", text, "\n")), (text,))
            for change in Change
        ),
        Became(turned, turned, turned, turned),
        (Measured("sops-tied", text, "%", 80, None, (8, 10), (9, None)),),
    )


def file_of(folder: Path, content: bytes | str | Any) -> Path:
    raw = content if isinstance(content, (bytes, str)) else json.dumps(content)
    file = folder / "diff.json"
    file.write_bytes(raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass"))
    return file


@given(TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_what_is_written_is_read_back_and_is_what_the_schema_says(tmp_path: Path, text: str) -> None:
    found = diff(text)
    written = as_json(found)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(written))
    back = read(file_of(tmp_path, written))
    assert as_json(back) == written
    if "\ud800" not in text:
        assert back == found


@given(TEXTS)
@settings(max_examples=150)
def test_no_text_notifies_leads_or_builds_anything(text: str) -> None:
    markdown = as_markdown(diff(text))
    outside = re.sub(r"^(`{3,})text\n.*?^\1$", "", markdown, flags=re.DOTALL | re.MULTILINE)
    plain = re.sub(r"\\.", "", outside)
    assert not re.search(
        r"[<>\[\]]|@(?!&#8203;)|(?<!&)(?<!^)(?<!#)#(?![# ])(?!&#8203;)|://|www\.(?!&#8203;)|GH-\d",
        plain,
        re.IGNORECASE | re.MULTILINE,
    )
    assert "`" not in plain
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e\u2028\ud800]", markdown)
    for line in as_text(diff(text)).splitlines():
        assert not re.search(r"[\x00-\x1f\u202e\u2028\ud800]", line)


def test_a_comment_has_room_whatever_stands_in_it(tmp_path: Path) -> None:
    for text in ("@" * 2000, "word " * 400, "`" * 2000, "\n".join("x" * 999)):
        one = diff(text)
        many = replace(
            one,
            remarks=(text,) * 20,
            findings=Findings(one.findings.new * 300, one.findings.gone * 300),
            sign_offs=SignOffs(one.sign_offs.voided * 50, one.sign_offs.reads_the_same * 50),
            documents=one.documents * 40,
            became=Became(*(getattr(one.became, part.name) * 50 for part in fields(Became))),
            measures=one.measures * 100,
        )
        markdown = as_markdown(many)
        assert len(markdown) <= MOST_OF_A_COMMENT
        written = as_json(many)
        assert len(written) <= MOST
        again = read(file_of(tmp_path, written))
        assert sum(vars_of(again.left_out)) > 0
        assert next(wording.left_out(again)).startswith("Left out")
        assert len(as_markdown(again)) <= MOST_OF_A_COMMENT


def vars_of(found: Any) -> list[int]:
    return [getattr(found, part.name) for part in fields(found)]


def test_documents_that_have_no_room_are_counted() -> None:
    one = diff("x")
    words = tuple(Piece("new", "word " * 300, " ") for _ in range(3))
    documents = tuple(replace(one.documents[3], title=f"Page {number}", pieces=words) for number in range(40))
    markdown = as_markdown(replace(one, documents=documents))
    shown = len(re.findall(r"\*\*Page \d+\*\*", markdown))
    assert 0 < shown < 40
    assert f"{40 - shown} pages are left out here" in markdown


def with_(path: str, value: Any) -> Any:
    """Return good data with another value at a path."""
    data = deepcopy(json.loads(as_json(diff("x"))))
    *way, last = path.split(".")
    place = data
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return data


WRONG: dict[str, Any] = {
    "nothing": "",
    "no JSON": "{",
    "no object": [],
    "null": None,
    "a number": 12,
    "not UTF-8": b'{"version": "\xff"}',
    "UTF-16": '{"version": 1}'.encode("utf-16"),
    "a page of HTML": "<html><script>alert(1)</script></html>",
    "NaN": '{"version": NaN}',
    "a number without end": '{"version": 1' + "0" * 5000 + "}",
    "a number too large": with_("findings.new.0.line", 10**30),
    "deep lists": "[" * 200_000,
    "deep groups": '{"a":' * 100_000,
    "deep, and closed": "[" * 100_000 + "]" * 100_000,
    "another version": with_("version", 2),
    "a version as text": with_("version", "1"),
    "a text too long": with_("remarks", ["x" * 2001]),
    "too many remarks": with_("remarks", ["x"] * 21),
    "a text that is a list": with_("documents.0.title", ["x"]),
    "a list that is a text": with_("documents", "x"),
    "a group that is a list": with_("findings", []),
    "a commit that is a sentence": with_("base", "../../x"),
    "a commit with an end of line": with_("base", "a" * 40 + "\n"),
    "a rule that is a link": with_("findings.new.0.rule", "[x](https://evil.example)"),
    "a severity nobody knows": with_("findings.new.0.severity", "fatal"),
    "a line below zero": with_("findings.new.0.line", -1),
    "true as a number": with_("findings.new.0.line", value=True),
    "a fraction": with_("measures.0.before", 1.5),
    "a day that is none": with_("today", "yesterday"),
    "a kind of words nobody knows": with_("documents.0.pieces", [{"kind": "html", "text": "x", "before": ""}]),
    "white space too long": with_("documents.0.pieces", [{"kind": "old", "text": "x", "before": " " * 11}]),
    "too many words": with_("documents.0.pieces", [{"kind": "old", "text": "x", "before": " "}] * 501),
    "a part that is missing": {"version": 1},
    "ten megabytes": json.dumps(with_("remarks", ["x"]))[:-1] + " " * (10 << 20) + "}",
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_what_the_schema_does_not_allow_is_refused_in_one_sentence(tmp_path: Path, content: Any) -> None:
    file = file_of(tmp_path, content)
    with pytest.raises(UsageError) as refused:
        read(file)
    said = str(refused.value).removeprefix(str(file))
    assert re.fullmatch(r"[^\n<>@#]{10,200}\.", said), said
    assert "evil" not in said


def test_no_link_and_no_folder_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        read(tmp_path / "gone.json")
    with pytest.raises(UsageError, match="can't be read"):
        read(tmp_path)


def test_what_a_later_release_adds_is_no_fault(tmp_path: Path) -> None:
    data = with_("documents.0.colour", "red") | {"more": [1]}
    assert read(file_of(tmp_path, data)) == diff("x")


def test_an_empty_one_is_one_line() -> None:
    nothing = Diff("2026-11-15", "a" * 40, None, "base")
    assert as_markdown(nothing).count("\n") == 1
    assert not nothing.fails
