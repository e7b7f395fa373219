"""What form tools and spreadsheets export becomes rows, each once, however often and however long the export comes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.model.record_rows import RUNS, SURVEY
from handrail.model.records import parse_records
from tests.edit.record.listing import CLAIM, CLAIM_TEXT, PAGES, book, rows
from tests.support.commands import Outcome, handrail


def zipped(files: Mapping[str, str]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


GOOGLE = """\
Timestamp,Which procedure?,Did this work?,How long did it take?,Anything else?
2026/03/09 11:30:05 PM GMT+1,sop:claim,Yes,25,"Lena, of course,
helped"
2026/03/10 9:00:00 AM GMT+1,A page of hire,no,,
2026/03/10 9:00:00 AM GMT+1,A page of hire,no,,
2026/03/11 9:00:00 AM GMT+1,Nobody knows,no,,
"""
MAPPED = ("--map", "procedure=which  PROCEDURE?", "--map", "Minutes=How long did it take?")
TYPEFORM = """\
#,procedure,score,Start Date (UTC),Submit Date (UTC),Network ID
ab1,claim,10,2026-07-09 23:10:00,2026-07-09 23:30:00,9f
ab2,claim,0,2026-07-10 08:00:00,2026-07-10 08:01:00,9e
ab3,claim,11,2026-07-10 08:00:00,2026-07-10 08:01:00,9d
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    hire = PAGES["content/hire.md"].replace("title: A page", "title: A page of hire")
    return book(tmp_path / "book", {**PAGES, "content/hire.md": hire}, timezone="Europe/Lisbon")


def record(folder: Path, what: str, content: str | bytes, *options: str) -> Outcome:
    file = folder.parent / "export.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return handrail(folder, "record", what, str(file), *options)


def test_an_export_of_google_forms(folder: Path) -> None:
    said = record(folder, "runs", GOOGLE, *MAPPED)
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "export.csv holds 4 rows.\n"
        "records/runs.csv: 3 new rows.\n"
        "Not read: “Anything else?”.\n"
        "Left out: 1.\n"
        "- line 6: names no procedure of this handbook, by its id or its title.\n"
    )
    assert sorted(row[:-1] for row in rows(folder, "runs")) == [
        ["2026-03-09", "claim", "", "worked", "", "25", "import"],
        ["2026-03-10", "hire", "", "wrong", "", "", "import"],
        ["2026-03-10", "hire", "", "wrong", "", "", "import"],
    ]
    assert "Lena" not in (folder / RUNS.path).read_text("utf-8")


def test_an_export_of_typeform(folder: Path) -> None:
    said = record(folder, "survey", TYPEFORM)
    assert sorted(row[:-1] for row in rows(folder, "survey")) == [
        ["2026-07-10", "claim", "", "0", "import"],
        ["2026-07-10", "claim", "", "10", "import"],  # in Lisbon, it is summer
    ]
    assert "- line 4: says `11` where a score from 0 to 10 belongs.\n" in said.out
    assert "Not read: “#”, “Start Date (UTC)” and “Network ID”.\n" in said.out


def test_the_same_again_or_more_of_it_adds_only_what_is_new(folder: Path) -> None:
    record(folder, "runs", GOOGLE, *MAPPED)
    before = (folder / RUNS.path).read_bytes()
    assert "records/runs.csv: nothing new; 3 there already.\n" in record(folder, "runs", GOOGLE, *MAPPED).out
    assert (folder / RUNS.path).read_bytes() == before
    head, _, rest = GOOGLE.partition("\n")
    longer = f"{head},One more question\n" + rest.replace("no,,\n", "no,,,\n").replace('helped"\n', 'helped",\n')
    longer += "2026/03/10 9:00:00 AM GMT+1,A page of hire,no,,,\n"
    assert "one new row; 3 there already" in record(folder, "runs", longer, *MAPPED).out
    reversed_ = "\n".join([GOOGLE.splitlines()[0], *reversed(GOOGLE.splitlines()[3:])]) + "\n"
    assert "nothing new; 2 there already" in record(folder, "runs", reversed_, *MAPPED).out


@pytest.mark.parametrize(
    "encoded",
    [
        GOOGLE.encode("utf-8-sig"),
        GOOGLE.encode("utf-16"),
        GOOGLE.replace("\n", "\r\n").encode(),
        zipped({"Which way? (Responses).csv": GOOGLE, "notes.txt": "x"}),
        "\n".join(";".join(f'"{cell}"' for cell in row) for row in csv.reader(io.StringIO(GOOGLE))).encode(),
        "\n".join("\t".join(f'"{cell}"' for cell in row) for row in csv.reader(io.StringIO(GOOGLE))).encode("utf-16"),
    ],
    ids=["with a mark", "UTF-16", "CRLF", "in a ZIP", "semicolons", "tabs"],
)
def test_whatever_spreadsheet_wrote_it_the_rows_are_the_same(folder: Path, encoded: bytes) -> None:
    record(folder, "runs", GOOGLE.replace("\n", "\r\n") if b"\r\n" in encoded else GOOGLE, *MAPPED)
    before = rows(folder, "runs")
    said = record(folder, "runs", encoded, *MAPPED)
    assert (said.code, said.err) == (0, "")
    assert rows(folder, "runs") == before
    assert "3 there already" in said.out


def one(folder: Path, *options: str, **values: str) -> str:
    """Record a table of one row; return what the row says, or why it was left out."""
    given = {"date": "2026-03-09", "procedure": "claim", "result": "ok", **values}
    text = io.StringIO()
    csv.writer(text).writerows([given.keys(), given.values()])
    said = record(folder, "runs", text.getvalue(), *options)
    assert (said.code, said.err) == (0, "")
    found = rows(folder, "runs")
    return ",".join(found[0][:-2]) if found else said.out.partition("- line 2: ")[2].rstrip("\n")


@pytest.mark.parametrize(
    ("values", "row"),
    [
        ({"result": " Done "}, "2026-03-09,claim,,worked,,"),
        ({"result": "SUCCESS"}, "2026-03-09,claim,,worked,,"),
        ({"result": "It worked"}, "2026-03-09,claim,,worked,,"),
        ({"result": "error"}, "2026-03-09,claim,,wrong,,"),
        ({"result": "issue"}, "2026-03-09,claim,,wrong,,"),
        ({"result": "stopped"}, "2026-03-09,claim,,stopped,,"),
        ({"result": "maybe"}, "says `maybe` where one of worked, wrong, stopped belongs."),
        ({"procedure": "sop:claim"}, "2026-03-09,claim,,worked,,"),
        ({"procedure": "old-claim"}, "2026-03-09,claim,,worked,,"),
        ({"procedure": "a page  OF hire"}, "2026-03-09,hire,,worked,,"),
        ({"procedure": "../../x"}, "names no procedure of this handbook, by its id or its title."),
        ({"procedure": "department:finance"}, "names no procedure of this handbook, by its id or its title."),
        ({"procedure": "=cmd|x"}, "names no procedure of this handbook, by its id or its title."),
        ({"text": CLAIM}, f"2026-03-09,claim,{CLAIM_TEXT},worked,,"),
        ({"digest": CLAIM_TEXT.upper()}, f"2026-03-09,claim,{CLAIM_TEXT},worked,,"),
        ({"text": "no digest"}, "2026-03-09,claim,,worked,,"),
        ({"step": "Pay, step 2"}, "2026-03-09,claim,,worked,4,"),
        ({"step": "7", "text": "00000000"}, "2026-03-09,claim,00000000,worked,7,"),
        ({"step": "the last"}, "2026-03-09,claim,,worked,,"),
        ({"minutes": "90 minutes"}, "2026-03-09,claim,,worked,,90"),
        ({"minutes": "ages"}, "says `ages` where a number of minutes up to 10000 belongs."),
        ({"minutes": "9" * 5000}, f"says `{'9' * 40}…` where a number of minutes up to 10000 belongs."),
        ({"date": "9 March 2026"}, "2026-03-09,claim,,worked,,"),
        ({"date": "09.03.2026 23:59"}, "2026-03-09,claim,,worked,,"),
        ({"date": "31/03/2026"}, "2026-03-31,claim,,worked,,"),
        ({"date": "3/31/2026 10:00:00"}, "2026-03-31,claim,,worked,,"),
        ({"date": "2026-03-09T23:59:00-05:00"}, "2026-03-10,claim,,worked,,"),
        ({"date": ""}, "says nothing where a day or a time belongs."),
        ({"result": ""}, "says nothing where one of worked, wrong, stopped belongs."),
        ({"date": "soon"}, "says `soon` where a day or a time belongs."),
        ({"date": "2026-02-30"}, "says `2026-02-30` where a day or a time belongs."),
        ({"date": "2026-03-09 10:00 XYZ"}, "says the time zone `XYZ`, which is not known here."),
    ],
)
def test_what_cells_are_taken_for(folder: Path, values: dict[str, str], row: str) -> None:
    assert one(folder, **values) == row


def test_dates_that_may_be_two_days_are_asked_about(folder: Path) -> None:
    table = "date,procedure,result\n3/4/2026,claim,ok\n"
    said = record(folder, "runs", table)
    assert "says `3/4/2026`, which may be two days; add `--dates day-first` or `--dates month-first`" in said.out
    assert "one new row" in record(folder, "runs", f"{table}3/31/2026,nobody,ok\n").out  # another date tells
    (folder / RUNS.path).unlink()
    record(folder, "runs", table, "--dates", "day-first")
    assert rows(folder, "runs")[0][0] == "2026-04-03"


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("", (), "export.csv holds no table."),
        ("\n\n", (), "export.csv holds no table."),
        (
            "a,b\n1,2\n",
            (),
            "No column says the date, procedure or result. Name it, such as `--map date=…`, with one of",
        ),
        ("date,Date,procedure,result\n", (), "2 columns are called “date”; give all but one another name."),
        (
            GOOGLE,
            ("--map", "minutes=Nowhere"),
            "No column is called “Nowhere”; there are “Timestamp”, “Which procedure?”",
        ),
        (
            GOOGLE,
            ("--map", "speed=Timestamp"),
            "`--map speed=Timestamp` names no column; write one of date, procedure,",
        ),
        (GOOGLE, ("--map", "minutes"), "`--map minutes` names no column"),
        (GOOGLE, ("--dates", "mdy"), "--dates can't be `mdy`"),
        ("d\u00e9but,b\n".encode("latin-1"), (), "export.csv is not in UTF-8"),
        (b"PK\x03\x04...", (), "export.csv can't be read as a ZIP; export it again."),
        (zipped({"xl/workbook.xml": "<a/>"}), (), "export.csv holds no table; export it as CSV."),
        (zipped({"a.csv": GOOGLE, "b.csv": GOOGLE}), (), "export.csv holds 2 tables; unpack it, and name the one"),
    ],
)
def test_what_is_no_such_table_is_told(folder: Path, content: str | bytes, options: Sequence[str], said: str) -> None:
    outcome = record(folder, "runs", content, *options)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
    assert not list(folder.glob("records/*.csv"))


def test_nothing_behind_a_quote_out_of_place_is_taken_for_a_row(folder: Path) -> None:
    table = (
        'date,procedure,result,said\n2026-03-09,claim,ok,fine\n2026-03-09,claim,ok,"it"s\n2026-03-10,claim,wrong,x\n'
    )
    said = record(folder, "runs", table)
    assert [row[0] for row in rows(folder, "runs")] == ["2026-03-09"]
    assert (
        "- line 3: has quotes that open or close in the middle of a value, so nothing from here on is read." in said.out
    )


def test_ten_megabytes_in_a_field_change_nothing(folder: Path) -> None:
    inner = "2026-03-09,claim,wrong,\n" * 400_000
    table = f'date,procedure,result,said\n2026-03-09,claim,ok,"{inner}"\n2026-03-10,{"x" * 10**7},ok,\n2026-03-11,claim,ok,\n'
    said = record(folder, "runs", table)
    assert [(row[0], row[3]) for row in rows(folder, "runs")] == [("2026-03-09", "worked"), ("2026-03-11", "worked")]
    assert len(said.out) < 1000
    assert csv.field_size_limit() == 131_072


VALUES = st.one_of(
    st.sampled_from(
        [
            "claim",
            "sop:claim",
            "ok",
            "no",
            "2026-03-09",
            "3/4/2026",
            "10",
            "5",
            "",
            "=cmd|x",
            "../../x",
            "a\nb",
            '"',
            ";",
            "\0",
            "\ud800",
        ]
    ),
    st.text(max_size=12),
)
TABLES = st.lists(st.lists(VALUES, max_size=6), max_size=6)
HEADS = st.lists(
    st.sampled_from(["date", "procedure", "result", "score", "minutes", "Text", "x", "Timestamp"]), max_size=7
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    heads=HEADS,
    table=TABLES,
    raw=st.one_of(st.none(), st.binary(max_size=80)),
    what=st.sampled_from(["runs", "survey"]),
)
def test_no_export_writes_anything_but_rows_of_its_own_file(
    folder: Path, heads: list[str], table: list[list[Any]], raw: bytes | None, what: str
) -> None:
    file = RUNS if what == "runs" else SURVEY
    (folder / file.path).unlink(missing_ok=True)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
    text = io.StringIO()
    csv.writer(text).writerows([heads, *table])
    said = record(folder, what, raw if raw is not None else text.getvalue().encode("utf-8", "surrogatepass"))
    assert said.code == 0 or (said.code == 2 and said.err.count("\n") == 1), said
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
    written = after.pop(folder / file.path, None)
    assert after == before
    found, unreadable = parse_records(file, written) if written is not None else ([], [])
    assert not unreadable
    assert {row.procedure for row in found} <= {"claim", "hire"}
    assert {str(row.origin) for row in found} <= {"import"}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(
        st.tuples(
            st.sampled_from(["2026-03-09", "2026-03-10"]),
            st.sampled_from(["claim", "hire"]),
            st.sampled_from(["ok", "no", "?"]),
        ),
        max_size=8,
    ),
    at=st.integers(0, 8),
)
def test_an_export_in_two_parts_gives_what_it_gives_at_once(
    folder: Path, table: list[tuple[str, ...]], at: int
) -> None:
    def written(*parts: int) -> set[tuple[str, ...]]:
        (folder / RUNS.path).unlink(missing_ok=True)
        for end in parts:
            record(folder, "runs", "date,procedure,result\n" + "".join(f"{','.join(row)}\n" for row in table[:end]))
        return {tuple(row) for row in rows(folder, "runs")}

    whole = written(len(table))
    assert written(at, len(table), at, len(table)) == whole
    assert len(whole) == sum(row[2] != "?" for row in table)
