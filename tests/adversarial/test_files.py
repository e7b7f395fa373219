"""Files that are nasty by their name, their sort or their size; they are made here, for no git holds them well."""

from __future__ import annotations

import os
import tracemalloc
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from handrail.errors import HandrailError
from handrail.model.files import hash_file, list_files
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.names import is_utf_8
from handrail.model.project import load_project
from handrail.rules.check import check
from handrail.rules.finding import Report
from handrail.search.synonyms import read_synonyms
from tests.adversarial.running import CONTROL, check_is_sound, copy, of, run
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook
from tests.support.work import at_most

NAMES = [
    "with a space.md", "ünïcödé.md", unicodedata.normalize("NFD", "é.md"), "日本語.md", "🧾.md", "a\nb.md", "a\tb.md", 'q"uo\'te.md',
    "<script>.md", "a#b.md", "a?b.md", "a%20b.md", "a%zz.md", "a&b.md", "a:b.md", "a\\b.md", "{{ a }}.md", "$(a).md", "-rf.md",
    "con.md", "a.b.c.md", "A.MD", "a.markdown", "a.mdown", "a.mkdn", "a.mkd", "x" * 240 + ".md", "\u202egnp.md", "a\x1b[31mb.md",
    os.fsdecode(b"\xff\xfe.md"), "deep/" * 40 + "a.md",
]  # fmt: skip


def own(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings if finding.severity != "info"]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_any_name_is_read_and_reported(name: str, tmp_path: Path) -> None:
    content = copy(tmp_path)
    try:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_bytes(CONTROL.replace(b"state: active", b"state: actve"))
    except (OSError, ValueError):
        pytest.skip("this file system knows no such name")
    handbook, report = run(tmp_path)
    check_is_sound(handbook, report)
    assert len(handbook.pages) == 5
    assert own(report) == (["HB103"] if is_utf_8(name) else ["HB021", "HB103"])
    assert all(finding.path.startswith("content/") for finding in report.findings)


def test_hidden_files_are_not_there(tmp_path: Path) -> None:
    content = copy(tmp_path, files={".hidden.md": CONTROL})
    (content / ".git").mkdir()
    (content / ".git" / "a.md").write_bytes(CONTROL)
    handbook, report = run(tmp_path)
    assert len(handbook.pages) == 4
    assert report.findings == ()


def test_a_folder_with_the_name_of_a_page(tmp_path: Path) -> None:
    content = copy(tmp_path)
    (content / "claims.md").mkdir()
    (content / "claims.md" / "pay.md").write_bytes(CONTROL)
    handbook, report = run(tmp_path)
    check_is_sound(handbook, report)
    assert handbook.by_src_uri["claims.md/pay.md"].kind is not None
    assert report.findings == ()


@pytest.mark.parametrize("target", ["index.md", "../mkdocs.yml", "nowhere.md", "self.md", "."])
def test_a_symbolic_link_is_an_error_and_is_not_followed(target: str, tmp_path: Path) -> None:
    content = copy(tmp_path)
    (content / "self.md").symlink_to(target)
    handbook, report = run(tmp_path)
    check_is_sound(handbook, report)
    assert len(handbook.pages) == 4
    assert [(finding.rule, finding.path) for finding in report.findings] == [("HB801", "content/self.md")]


def test_a_named_pipe_is_no_page_and_holds_nothing_up(tmp_path: Path) -> None:
    content = copy(tmp_path)
    os.mkfifo(content / "pipe.md")
    handbook, report = run(tmp_path)
    assert "pipe.md" not in handbook.by_src_uri
    assert report.findings == ()


TWINS = [
    ("claims.md", "claims/index.md", "HB013"),
    ("claims/index.md", "claims/README.md", "HB013"),
    ("claims.md", "claims.markdown", "HB013"),
]


@pytest.mark.parametrize(("first", "second", "rule"), TWINS)
def test_two_files_with_one_address(first: str, second: str, rule: str, tmp_path: Path) -> None:
    content = copy(tmp_path)
    for number, name in enumerate((first, second)):
        (content / name).parent.mkdir(exist_ok=True)
        # The id is part of the signed text.
        unsigned = CONTROL.partition(b"sign_offs:")[0].replace(b"active", b"draft") + b"---\nText\n"
        (content / name).write_bytes(unsigned.replace(b"sop-001", b"sop-00%d" % number))
    handbook, report = run(tmp_path)
    assert own(report) == [rule]
    assert len(handbook.pages) == 6


@pytest.mark.parametrize("name", ["handbook/index.md", "handbook/orphans.md", "handbook/rules/hb301.md"])
def test_a_file_in_the_place_of_a_page_that_handrail_makes(name: str, tmp_path: Path) -> None:
    content = copy(tmp_path)
    (content / name).parent.mkdir(parents=True, exist_ok=True)
    (content / name).write_bytes(CONTROL)
    _, report = run(tmp_path)
    assert own(report) == ["HB013"]


def field(line: bytes) -> bytes:
    return CONTROL.replace(b"state: active\n", b"state: active\n" + line + b"\n")


_LINES_OF_A_CHECK = 1_000_000
"""Of a small handbook, twice over: most of them to compile the schemas."""
LARGE: dict[str, tuple[bytes, str]] = {
    "unknown fields": (field(b"\n".join(b"k%d: x" % number for number in range(2000))), "HB102"),
    "wrong items": (field(b"tags: [" + b"1," * 20_000 + b"]"), "HB103"),
    "items with no value": (field(b"tags: [" + b"~," * 20_000 + b"]"), "HB105"),
    "wrong groups": (field(b"ignore: [" + b"{a: 1}," * 4000 + b"]"), "HB102"),
    "too many references": (field(b"replaces: [" + b"abc," * 5000 + b"]"), "HB103"),
    "short rapid of spaces": (CONTROL.split(b"rapid:")[0] + b'rapid: "a(' + b" " * 40_000 + b'"\n---\nText\n', "HB103"),
    "short rapid of letters": (CONTROL.split(b"rapid:")[0] + b'rapid: "' + b"a " * 20_000 + b'"\n---\nText\n', "HB103"),
    "id without end": (CONTROL.replace(b"id: sop-001", b"id: " + b"a-" * 25_000), "HB103"),
    "reference without end": (field(b'replaces: "' + b"a-" * 25_000 + b'!"'), "HB103"),
    "address without end": (field(b'internal_version: "https://' + b"a" * 50_000 + b'"'), "HB103"),
    "signatures": (CONTROL.replace(b"sign_offs:\n", b"sign_offs:\n" + b"  - {role: D, by: IJ, date: 2025-03-01}\n" * 1200), "HB103"),
    "key without end": (field(b"k" * 50_000 + b": x"), "HB001"),
    "front matter over 4 MiB": (field(b"needs_update: " + b"a" * (4 << 20)), "HB009"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "rule"), LARGE.values(), ids=LARGE)
def test_large_front_matter_is_judged_with_bounded_work_and_briefly(raw: bytes, rule: str, tmp_path: Path) -> None:
    copy(tmp_path, files={"sop.md": raw})
    with at_most(_LINES_OF_A_CHECK + 400 * len(raw)):
        handbook, report = run(tmp_path)
    check_is_sound(handbook, report)
    assert rule in own(report)
    assert len(report.findings) <= 110


BODIES = {
    "links": b"[[a]] [x](index.md) " * 5_000,
    "headings": b"# x\n" * 100_000,
    "one line": b"x" * 3_000_000,
    "brackets": b"[" * 200_000,
    "backticks": b"`` ` " * 50_000,
    "spaces": b"# " + b" " * 200_000 + b"x",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_large_bodies_are_read_with_bounded_work(body: bytes, tmp_path: Path) -> None:
    copy(tmp_path, files={"sop.md": CONTROL + b"\n" + body})
    with at_most(_LINES_OF_A_CHECK + 25 * len(body)):
        handbook, report = run(tmp_path)
    check_is_sound(handbook, report)
    assert {finding.rule for finding in of(report, "sop.md", "error")} <= {"HB018"}


DAYS = ["0001-01-01", "0000-01-01", "9999-12-31", "1900-02-29", "2000-02-29"]


@pytest.mark.parametrize("day", DAYS)
def test_days_at_the_ends_of_the_calendar(day: str, tmp_path: Path) -> None:
    raw = day.encode()
    period = b"period: {name: FY26, from: " + raw + b", to: " + raw + b"}"
    plan = (copy(tmp_path, files={"sop.md": CONTROL.replace(b"2025-03-01", raw)}) / "vpmom.md").read_bytes()
    other = plan.replace(b"id: company", b"id: other").replace(
        b"period: {name: FY26, from: 2025-02-01, to: 2026-01-31}", period
    )
    (tmp_path / "content" / "other.md").write_bytes(other.replace(b"state: active", b"state: active\nparent: company"))
    vision = (
        b"---\nkind: vision\nid: v\ntitle: V\nvisibility: public\nstatement: a\nhorizon: {from: "
        + raw
        + b", to: 9999-12-31}\n---\n"
    )
    (tmp_path / "content" / "v.md").write_bytes(vision)
    goal = (
        b"---\nkind: objective\nid: o\ntitle: O\nvisibility: public\nstate: open\nopened: "
        + raw
        + b"\ndue: 9999-12-31\n---\n"
    )
    (tmp_path / "content" / "o.md").write_bytes(goal)
    handbook, report = run(tmp_path)
    assert len(handbook.documents) == 7
    assert report.read == 8


def test_a_file_that_goes_while_the_handbook_is_read_is_named(tmp_path: Path) -> None:
    project = load_project(
        make_handbook(tmp_path, {"content/index.md": "Hello.\n", "content/gone.md": "Bye.\n"}) / "mkdocs.yml"
    )
    files = list_files(project.docs_dir, project.exclusions)
    (project.docs_dir / "gone.md").unlink()

    report = check(load_handbook(project, load_kinds(), date(2026, 11, 15), files=files))

    assert [(finding.rule, finding.path) for finding in report.findings] == [("HB017", "content/gone.md")]


def test_a_control_character_written_as_an_escape_is_refused(tmp_path: Path) -> None:
    page = '---\nkind: page\nid: bell\ntitle: "a\\x07b"\nvisibility: public\n---\n'
    project = load_project(make_handbook(tmp_path, {"content/bell.md": page}) / "mkdocs.yml")

    report = check(load_handbook(project, load_kinds(), date(2026, 11, 15)))

    assert [(finding.rule, finding.line) for finding in report.findings] == [("HB001", 4)]


ONE_GIBIBYTE = 1 << 30


def make_sparse(file: Path) -> None:
    """Make a file that says it is large and takes up no room."""
    file.parent.mkdir(exist_ok=True)
    with file.open("wb") as hollow:
        hollow.truncate(ONE_GIBIBYTE)


@contextmanager
def at_most_held(mebibytes: int) -> Iterator[None]:
    """Fail where Python held more memory than this at any time."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < mebibytes << 20
    finally:
        tracemalloc.stop()


def test_no_file_of_any_size_is_held_in_memory(tmp_path: Path) -> None:
    picture = "---\nkind: page\nid: shows\ntitle: Shows\nvisibility: public\n---\n![It](large.png) ![It](large.svg)\n"
    content = copy(tmp_path, files={"shows.md": picture.encode()})
    for name in ("large.md", "large.png", "large.svg", "large.csv", "large.bin"):
        make_sparse(content / name)
    with at_most_held(64):
        said = handrail(tmp_path, "check", "--format", "github")
    assert said.code == 1
    [line] = [line for line in said.out.splitlines() if "large.md" in line]
    assert "The page is larger than 8 MiB, so it was not read." in line
    assert said.out.count("it is larger than 25 MB") == 2


def test_a_digest_covers_a_file_of_any_size(tmp_path: Path) -> None:
    make_sparse(tmp_path / "large.mp4")
    with at_most_held(8):
        before = hash_file(tmp_path, "large.mp4")
    with (tmp_path / "large.mp4").open("r+b") as hollow:
        hollow.seek(ONE_GIBIBYTE - 1)
        hollow.write(b"x")
    assert hash_file(tmp_path, "large.mp4") != before


SETTINGS_FILES = ["mkdocs.yml", "schemas/own.schema.json", "words.yml"]


def read_all(folder: Path) -> None:
    """Read what tells how a handbook is to be taken."""
    project = load_project(folder / "mkdocs.yml")
    load_kinds(project.root)
    read_synonyms(project.root, project.settings.synonyms)


@pytest.mark.parametrize("name", SETTINGS_FILES)
def test_a_file_of_settings_is_not_read_before_its_size_is_known(name: str, tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "Hello.\n"}, {"synonyms": "words.yml"})
    (folder / "words.yml").write_text("- [holiday, vacation]\n")
    make_sparse(folder / name)
    with at_most_held(64), pytest.raises(HandrailError, match=rf"{Path(name).name}.* can't be read: File too large\.$"):
        read_all(folder)


@pytest.mark.parametrize("name", SETTINGS_FILES)
def test_a_folder_in_the_place_of_settings(name: str, tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "Hello.\n"}, {"synonyms": "words.yml"})
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir(parents=True)
    with pytest.raises(HandrailError, match=rf"{Path(name).name}.* can't be read: "):
        read_all(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system knows no pipes")
@pytest.mark.parametrize("name", SETTINGS_FILES)
def test_a_pipe_in_the_place_of_settings_holds_nothing_up(name: str, tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "Hello.\n"}, {"synonyms": "words.yml"})
    (folder / name).unlink(missing_ok=True)
    (folder / name).parent.mkdir(exist_ok=True)
    os.mkfifo(folder / name)
    with pytest.raises(HandrailError, match=r"can't be read: "):
        read_all(folder)


NESTED = [50, 101, 400, 100_000]


@pytest.mark.parametrize("levels", NESTED)
def test_a_schema_may_be_nested_as_deeply_as_people_write_and_no_deeper(levels: int, tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "Hello.\n"})
    (folder / "schemas").mkdir()
    schema = '{"properties":' * levels + "{}" + "}" * levels
    (folder / "schemas" / "own.schema.json").write_text(schema)
    said = handrail(folder, "check")
    assert said.code == (0 if levels < 100 else 2)
    if said.code:
        assert said.err == "own.schema.json can't be used: its parts stand in one another more than 100 deep.\n"


@pytest.mark.parametrize("text", ["a: " + "[" * 100_000, "a: " + "{a: " * 100_000, "- " * 100_000])
def test_settings_nested_too_deeply_are_one_sentence(text: str, tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/index.md": "Hello.\n"})
    (folder / "mkdocs.yml").write_text(text)
    said = handrail(folder, "check")
    assert (said.code, said.err.count("\n"), "itself" in said.err) == (2, 1, False)
    with pytest.raises(HandrailError):
        read_synonyms(folder, "mkdocs.yml")
