"""What the Search Console exports becomes rows, in whatever language; what an archive may hold besides is told or ignored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.model.record_rows import SEARCH
from handrail.model.records import parse_records
from tests.edit.record.listing import PAGES, rows
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

SITE = "https://www.example.org/handbook/"
PAGES_TABLE = f"""\
Top pages,Clicks,Impressions,CTR,Position
{SITE}claim/,12,340,3.53%,4.2
{SITE},3,90,3.33%,11.456
{SITE}claim/?utm=1#top,0,1,0%,50
https://other.example.org/claim/,1,1,100%,1
"""
GERMAN = f"Die häufigsten Seiten;Klicks;Impressionen;CTR;Position\n{SITE}claim/;1.012;2'340;3,53 %;4,25\n"
CHART = "Date,Clicks,Impressions,CTR,Position\n2026-03-02,1,2,50%,3\n2026-02-28,1,2,50%,3\n2026-03-01,1,2,50%,3\n"
FILTERS = "Filter,Value\nSearch type,Web\nDate,Last 3 months\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_handbook(tmp_path / "book", PAGES, config={"site_url": SITE})


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return raw.getvalue()


def record(folder: Path, content: str | bytes, *options: str) -> Outcome:
    file = folder.parent / "export.zip"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return handrail(folder, "record", "search", str(file), *options)


def test_the_archive_says_pages_and_days(folder: Path) -> None:
    export = zipped(
        {
            "Chart.csv": CHART,
            "Queries.csv": "Top queries,Clicks\nx,1\n",
            "Pages.csv": PAGES_TABLE,
            "Filters.csv": FILTERS,
        }
    )
    said = record(folder, export)
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        "export.zip holds 4 pages, from 28 February 2026 to 2 March 2026.\n"
        "records/search.csv: 3 new rows.\n"
        "Left out: 1.\n"
        "- line 5: is about an address of another site.\n"
    )
    assert sorted(row[:-1] for row in rows(folder, "search")) == [
        ["2026-02-28", "2026-03-02", "", "90", "3", "11.46"],
        ["2026-02-28", "2026-03-02", "claim/", "1", "0", "50"],
        ["2026-02-28", "2026-03-02", "claim/", "340", "12", "4.2"],
    ]
    assert "nothing new; 3 there already" in record(folder, export).out


def test_other_languages_have_their_own_heads_names_and_numbers(folder: Path) -> None:
    export = zipped({"Diagramm.csv": CHART.replace("Date", "Datum").replace(",", ";"), "Seiten.csv": GERMAN})
    assert record(folder, export).code == 0
    assert [row[:-1] for row in rows(folder, "search")] == [
        ["2026-02-28", "2026-03-02", "claim/", "2340", "1012", "4.25"]
    ]


def test_heads_that_are_known_count_in_any_order(folder: Path) -> None:
    table = f"Position,Impressions,Page,Clicks\n4.2,340,{SITE}claim/,12\n"
    # The first column of an export has the addresses.
    assert "holds no table of pages" in record(folder, table, "--from", "2026-01-01", "--to", "2026-01-31").err
    table = f"Page,Position,Impressions,Clicks\n{SITE}claim/,4.2,340,12\n"
    record(folder, table, "--from", "2026-01-01", "--to", "2026-01-31")
    assert [row[:-1] for row in rows(folder, "search")] == [["2026-01-01", "2026-01-31", "claim/", "340", "12", "4.2"]]


def test_equal_rows_of_two_spans_are_two(folder: Path) -> None:
    assert "add --from and --to" in record(folder, PAGES_TABLE).err
    record(folder, PAGES_TABLE, "--from", "2026-01-01", "--to", "2026-01-31")
    record(folder, PAGES_TABLE, "--from", "2026-02-01", "--to", "2026-02-28")
    assert len(rows(folder, "search")) == 6
    assert "nothing new" in record(folder, PAGES_TABLE, "--from", "2026-02-01", "--to", "2026-02-28").out


def bomb() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            with archive.open(f"{number}.csv", "w") as file:
                for _ in range(40):
                    file.write(b"\0" * 2**20)
    return raw.getvalue()


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (zipped({"Queries.csv": "Top queries,Clicks\nx,1\n"}), (), "holds no table of pages"),
        (zipped({}), (), "holds no table of pages"),
        (zipped({"Pages.csv": PAGES_TABLE}), (), "does not say which days it is about; add --from and --to"),
        (zipped({"Pages.csv": PAGES_TABLE}), ("--from", "2026-01-01"), "does not say which days it is about"),
        (zipped({"Pages.csv": PAGES_TABLE}), ("--from", "soon"), "--from can't be `soon`; write a day"),
        (zipped({"Pages.csv": PAGES_TABLE}), ("--from", "2026-02-01", "--to", "2026-01-01"), "lies behind the last"),
        (zipped({"Pages.csv": f"a,b\n{SITE},1\n"}), ("--from", "2026-01-01", "--to", "2026-01-02"), "has 2 columns"),
        (zipped({"Pages.csv": PAGES_TABLE})[:-30], (), "can't be read as a ZIP"),
        (zipped({"Pages.csv": PAGES_TABLE})[:60] + b"\0" * 200, (), "can't be read as a ZIP"),
        (b"\x89PNG\xff", (), "is not in UTF-8"),
    ],
)
def test_what_is_no_export_is_told(folder: Path, content: bytes, options: tuple[str, ...], said: str) -> None:
    outcome = record(folder, content, *options)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert any(one in outcome.err for one in said.split("|"))
    assert not list(folder.glob("records/*.csv"))


def test_an_archive_that_would_fill_the_memory_is_told(folder: Path) -> None:
    outcome = record(folder, bomb())
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "holds more than 67,108,864 bytes; no export does" in outcome.err
    assert not list(folder.glob("records/*.csv"))


def test_without_the_address_of_the_site_nothing_can_be_told(tmp_path: Path) -> None:
    said = record(make_handbook(tmp_path / "book", PAGES), zipped({"Pages.csv": PAGES_TABLE}))
    assert said.code == 2
    assert "does not say `site_url`" in said.err


def test_names_in_an_archive_lead_nowhere(folder: Path) -> None:
    names = {"../../Pages.csv": PAGES_TABLE, "/etc/Chart.csv": CHART, "records/runs.csv": "date\nx\n"}
    assert record(folder, zipped(names)).code == 0
    assert sorted(path.name for path in (folder / "records").iterdir()) == [".lock", "search.csv"]
    assert sorted(path.name for path in folder.parent.iterdir()) == ["book", "export.zip"]


CELLS = st.one_of(
    st.sampled_from(
        [f"{SITE}claim/", f"{SITE}=cmd|x", f"{SITE}a\nb", f'{SITE}"', SITE[:-1], "12", "1,234", "3.5", "-1", "1e9", ""]
    ),
    st.text(max_size=8),
    st.text(max_size=8).map(lambda text: SITE + text),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=5),
    raw=st.binary(max_size=120),
    damaged=st.booleans(),
)
def test_no_export_writes_anything_but_rows_of_its_own_file(
    folder: Path, table: list[list[str]], raw: bytes, *, damaged: bool
) -> None:
    (folder / SEARCH.path).unlink(missing_ok=True)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [["a"] * 5, *table])
    export = zipped({"Pages.csv": quoted.encode("utf-8", "surrogatepass")})
    if damaged:
        at = len(raw) % len(export)
        export = export[:at] + raw + export[at + len(raw) :]
    said = record(folder, export, "--from", "2026-01-01", "--to", "2026-01-31")
    assert said.code == 0 or (said.code == 2 and said.err.count("\n") == 1), said
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
    written = after.pop(folder / SEARCH.path, None)
    assert after == before
    assert parse_records(SEARCH, written)[1] == [] if written is not None else True
