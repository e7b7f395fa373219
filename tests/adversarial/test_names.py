"""Names that some disk takes for one, and names that are no text: they open no closed folder, and stop no command."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.names import folded
from handrail.model.project import load_project
from handrail.model.publication import Reason, publication
from handrail.rules.finding import Report
from tests.adversarial.running import TODAY, check_is_sound, copy, kinds, run
from tests.support.handbooks import make_handbook

NFC, NFD = "caf\u00e9", "cafe\u0301"
NO_TEXT = os.fsdecode(b"caf\xe9")
ALIKE = "look alike, and are stored in two forms of Unicode"
PROSE = "Some text.\n"
PNG = b"\x89PNG\r\n\x1a\n"


def put(content: Path, files: dict[str, str | bytes]) -> None:
    """Write files of such names; skip the test where the disk knows no such names."""
    for name, text in files.items():
        try:
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_bytes(text.encode() if isinstance(text, str) else text)
        except (OSError, ValueError):
            pytest.skip("this disk takes only text for names")
    there = [os.path.join(folder, name) for folder, _, names in os.walk(content) for name in names]  # noqa: PTH118 - half the work
    if not {str(content / name) for name in files} <= set(there):
        pytest.skip("this disk takes two of the names for one")


def read(folder: Path, files: dict[str, str | bytes]) -> tuple[Handbook, Report]:
    put(copy(folder), files)
    handbook, report = run(folder)
    check_is_sound(handbook, report)
    return handbook, report


def of_names(report: Report) -> list[tuple[str, str, str, list[str]]]:
    """Return what is said of names: the rule, the path, the weight, the related places."""
    return [
        (
            found.rule,
            found.path.removeprefix("content/"),
            found.severity.value,
            [near.path[8:] for near in found.related],
        )
        for found in report.findings
        if found.name in ("same-name", "name-not-utf-8", "unfit-name")
    ]


# files, what is said
CASES: list[tuple[dict[str, str | bytes], list[tuple[str, str, str, list[str]]]]] = [
    ({"Pay.md": PROSE, "pay.md": PROSE}, [("HB020", "pay.md", "error", ["Pay.md"])]),
    ({f"{NFC}.md": PROSE, f"{NFD}.md": PROSE}, [("HB020", f"{NFC}.md", "error", [f"{NFD}.md"])]),
    (
        {"PAY.md": PROSE, "Pay.md": PROSE, "pay.md": PROSE},
        [("HB020", "Pay.md", "error", ["PAY.md"]), ("HB020", "pay.md", "error", ["PAY.md"])],
    ),
    # Of two folders nothing more is said of what lies in them.
    ({"Int/a.md": PROSE, "int/a.md": PROSE}, [("HB020", "int", "error", ["Int"])]),
    ({"x/Int/a.md": PROSE, "x/int/b.md": PROSE}, [("HB020", "x/int", "error", ["x/Int"])]),
    ({"Int/a.csv": "a\n", "int/b.csv": "b\n"}, [("HB020", "int", "error", ["Int"])]),
    ({"Int/.pages": "title: a\n", "int/b.md": PROSE}, [("HB020", "int", "error", ["Int"])]),
    ({"Int": "a\n", "int/b.md": PROSE}, [("HB020", "int", "error", ["Int"])]),
    # A file that is used.
    ({"a.md": "![](p.png)\n", "p.png": PNG, "P.png": PNG}, [("HB020", "p.png", "error", ["P.png"])]),
    # Others are withheld, and the handbook is told once.
    ({"p.png": PNG, "P.png": PNG}, [("HB022", "P.png", "warning", ["p.png"])]),
    (
        {"p.png": PNG, "P.png": PNG, f"{NO_TEXT}.png": PNG, "Q.csv": "a\n", "q.csv": "b\n"},
        [("HB022", "P.png", "warning", ["Q.csv", f"{NO_TEXT}.png", "p.png", "q.csv"])],
    ),
    ({f"{NO_TEXT}.png": PNG}, [("HB022", f"{NO_TEXT}.png", "warning", [])]),
    # Names that are no text.
    ({f"{NO_TEXT}.md": PROSE}, [("HB021", f"{NO_TEXT}.md", "error", [])]),
    ({f"{NO_TEXT}/a.md": PROSE, f"{NO_TEXT}/b/c.md": PROSE}, [("HB021", NO_TEXT, "error", [])]),
    ({f"{NO_TEXT}/p.png": PNG}, [("HB021", NO_TEXT, "error", [])]),
    ({"a.md": "![](caf%E9.png)\n", f"{NO_TEXT}.png": PNG}, [("HB021", f"{NO_TEXT}.png", "error", [])]),
    # Near misses.
    ({"pay.md": PROSE, "pays.md": PROSE, "x/Pay.md": PROSE, f"{NFD}.md": PROSE}, []),
]


@pytest.mark.parametrize(("files", "said"), CASES, ids=[" ".join(map(ascii, files)) for files, _ in CASES])
def test_what_is_said_of_names(
    files: dict[str, str | bytes], said: list[tuple[str, str, str, list[str]]], tmp_path: Path
) -> None:
    _, report = read(tmp_path, files)
    assert of_names(report) == said


def test_how_it_is_said(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{NFC}.md": PROSE, f"{NFD}.md": PROSE, "Pay.md": PROSE, "pay.md": PROSE}
    _, report = read(tmp_path, {**files, f"{NO_TEXT}.md": PROSE, f"{NO_TEXT}.png": PNG, "p.csv": "a\n", "P.csv": "a\n"})
    said = {found.path.removeprefix("content/"): found.message for found in report.findings if found.rule < "HB1"}
    assert said == {
        f"{NFC}.md": f"This name and `content/{NFD}.md` {ALIKE}; some disks take them for one.",
        "pay.md": "This name and `content/Pay.md` differ only in case; some disks take them for one.",
        f"{NO_TEXT}.md": r"The name `caf\xe9.md` is not UTF-8 text, so nothing of it is published.",
        "P.csv": "This name and that of another file differ only in case, so it is withheld. Such names withhold 2 other "
        "files too.",
    }


def test_what_has_such_a_name_is_withheld(tmp_path: Path) -> None:
    content = copy(tmp_path)
    make_handbook(tmp_path, {}, {"today": TODAY, "assets": ["**"]})
    put(
        content,
        {
            f"{NO_TEXT}.md": PROSE,
            f"{NO_TEXT}/a.md": PROSE,
            f"{NO_TEXT}/.pages": "title: a\n",
            f"{NO_TEXT}.png": PNG,
            "a.md": "![](caf%E9.png)\n[it](caf%E9.md)\n![](u.png)\n",
            "p.png": PNG,
            "P.png": PNG,
            "u.png": PNG,
            "U.png": PNG,
        },
    )
    handbook, _ = run(tmp_path)
    published = publication(handbook, "public")
    assert {path: published.withheld[path] for path in published.withheld} == {
        f"{NO_TEXT}.md": Reason.NAME,
        f"{NO_TEXT}/a.md": Reason.NAME,
        f"{NO_TEXT}/.pages": Reason.NAME,
        f"{NO_TEXT}.png": Reason.NAME,
        "p.png": Reason.NAMESAKE,
        "P.png": Reason.NAMESAKE,
        "U.png": Reason.NAMESAKE,
    }
    assert "u.png" in published.assets


def test_a_link_that_is_right_only_on_some_disks_is_dead_and_told_its_spelling(tmp_path: Path) -> None:
    text = f"[a](Deep/{NFD}.md)\n\n[b](deep/{NFC}.md)\n\n![c](deep/P.PNG)\n\n[d](deep/pay.md)\n"
    _, report = read(tmp_path, {"a.md": text, f"deep/{NFC}.md": PROSE, "deep/p.png": PNG, "deep/pays.md": PROSE})
    said = [(found.line, found.message, found.hint) for found in report.findings if found.rule == "HB207"]
    assert said == [
        (
            1,
            f"The link leads to `Deep/{NFD}.md`, which is there as `deep/{NFC}.md`; the two differ only in case.",
            f"Write deep/{NFC}.md, for servers tell the two apart.",
        ),
        (
            5,
            "The picture `deep/P.PNG` is there as `deep/p.png`; the two differ only in case.",
            "Write deep/p.png, for servers tell the two apart.",
        ),
        (7, "The link leads to `deep/pay.md`, which is not there.", "Did you mean deep/pays.md?"),
    ]


def test_a_link_to_a_name_that_is_no_text_is_not_dead_but_named_for_the_name(tmp_path: Path) -> None:
    _, report = read(tmp_path, {"a.md": "[it](caf%E9.csv), [that](caf%E8.csv)\n", f"{NO_TEXT}.csv": "a\n"})
    said = [(found.rule, found.column) for found in report.findings if found.rule in ("HB021", "HB207")]
    assert said == [("HB207", 19), ("HB021", 1)]


def test_a_setting_that_spells_a_folder_otherwise(tmp_path: Path) -> None:
    content = copy(tmp_path)
    visibility = {".": "internal", "int": "confidential", "pub": "public", NFC: "public", "gone": "internal"}
    make_handbook(tmp_path, {}, {"today": TODAY, "visibility": visibility, "governed": ["Int"]})
    put(content, {"Int/a.md": PROSE, "Pub/a.md": PROSE, f"{NFD}/a.md": PROSE})
    _, report = run(tmp_path)
    said = [(found.rule, found.message, found.hint) for found in report.findings if found.path == "mkdocs.yml"]
    named = "The option `visibility` of the plugin handrail names the folder"
    spelled = "Write it as it is spelled there:"
    # In the order in which the settings name them.
    assert said == [
        (
            "HB904",
            f"{named} `pub`, which is not there; `Pub` is, and the two names differ only in case.",
            f"{spelled} `Pub`.",
        ),
        (
            "HB904",
            f"{named} `{NFC}`, which is not there; `{NFD}` is, and the two names {ALIKE}.",
            f"{spelled} `{NFD}`.",
        ),
        (
            "HB811",
            f"{named} `gone`, which is not there.",
            "Name it as it is called now; if it has gone for good, take the line out.",
        ),
    ]


def test_prose_in_a_folder_that_is_open_only_in_another_spelling_is_told_so(tmp_path: Path) -> None:
    content = copy(tmp_path)
    make_handbook(tmp_path, {}, {"today": TODAY, "visibility": {"pub": "public"}})
    put(content, {"Pub/a.md": PROSE})
    _, report = run(tmp_path)
    assert [found.hint for found in report.findings if found.rule == "HB903" and found.path == "content/Pub/a.md"] == [
        "Below `handrail:` in mkdocs.yml, write `Pub` under `visibility`, where `pub` stands."
    ]


# A folder that the settings close, and other spellings of it.

LETTERS = st.sampled_from("abiks\u00df\u00e9\u00c9\u00f6\u03c3\u03c2\u0131\u0130\u212a\u212b\uac01\u1eb9\u0307'- ")
NAMES = st.text(LETTERS, min_size=1, max_size=6).map(str.strip).filter(lambda name: name.strip(" -.") != "")
FOLDERS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


@st.composite
def spelled(draw: st.DrawFn, path: str) -> str:
    """Draw another spelling of a path that some disk takes for it."""
    path = normalize(draw(st.sampled_from(("NFC", "NFD"))), path)
    cases: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, str.casefold, str.swapcase)
    letters = [draw(st.sampled_from(cases))(letter) if letter not in "\u0131\u0130" else letter for letter in path]
    return normalize(draw(st.sampled_from(("NFC", "NFD"))), "".join(letters))


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, list[str]]:
    folder = draw(FOLDERS)
    return folder, draw(st.lists(spelled(folder), min_size=1, max_size=4, unique=True))


def published(folder: Path, visibility: dict[str, str], folders: list[str]) -> set[str]:
    """Return what a public site would have of folders that hold prose, a document, and files that are used or offered."""
    files: dict[str, str | bytes] = {"content/index.md": PROSE}
    for number, name in enumerate(folders):
        said = f"---\nkind: page\nid: page-{number}\ntitle: Page {number}\nvisibility: public\n---\n![](p.png)\n"
        files[f"content/{name}/prose.md"] = PROSE
        files[f"content/{name}/said.md"] = said
        files |= dict.fromkeys((f"content/{name}/{file}" for file in ("p.png", "offered.png")), PNG)
        files[f"content/use-{number}.md"] = f"![](<{name}/p.png>)\n"
    make_handbook(folder, files, {"today": TODAY, "visibility": visibility, "assets": ["**"]})
    handbook = load_handbook(load_project(folder / "mkdocs.yml"), kinds(), date.fromisoformat(TODAY))
    return set(publication(handbook, "public").paths)


@settings(max_examples=40, deadline=None)
@given(case=spellings())
def test_a_closed_folder_is_closed_in_every_spelling(
    case: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, others = case
    paths = published(tmp_path_factory.mktemp("closed"), {".": "public", folder: "internal"}, others)
    assert "index.md" in paths
    assert not [path for path in paths if folded(path).startswith(f"{folded(folder)}/")]


@settings(max_examples=40, deadline=None)
@given(case=spellings())
def test_an_open_folder_opens_no_other_spelling(
    case: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, others = case
    paths = published(tmp_path_factory.mktemp("open"), {".": "internal", folder: "public"}, others)
    assert {path for path in paths if not path.startswith(f"{folder}/")} <= {"index.md"}
    assert (f"{folder}/prose.md" in paths) == (folder in others)
