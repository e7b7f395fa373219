"""`handrail codeowners` writes the file, leaves what others wrote, and says whether it is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.forge.codeowners import MARK
from tests.cli.drawing import PEOPLE, sop
from tests.history.repos import Repo
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

FILE = ".github/CODEOWNERS"
PAGES = {
    "content/people.md": PEOPLE,
    "content/pay.md": sop("pay", "Pay", "state: active\nrapid: LBK(D)\n"),
    "content/post.md": sop("post", "Post", "state: active\n"),
}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_handbook(Repo(tmp_path / "repo").root, PAGES, {"maintainers": ["@acme/docs"]})


def written(folder: Path) -> str:
    outcome = handrail(folder, "codeowners")
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def refused(folder: Path, *arguments: str) -> str:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    outcome = handrail(folder, "codeowners", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    return outcome.err


def test_write_and_check(folder: Path) -> None:
    outcome = handrail(folder, "codeowners", "--check")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out == f"There is no {FILE} yet; `handrail codeowners` writes it.\n"
    assert not (folder / ".github").exists()
    text = handrail(folder, "codeowners", "--stdout").out
    assert not (folder / ".github").exists()
    assert written(folder) == f"Wrote {FILE}: {len(text.splitlines())} lines are new.\n"
    assert (folder / FILE).read_bytes() == text.encode()
    assert "\n/content/pay.md @lenabk @acme/docs\n" in text
    assert handrail(folder, "codeowners", "--check").code == 0
    assert written(folder) == f"{FILE} is up to date.\n"


def test_the_first_difference(folder: Path) -> None:
    written(folder)
    file, people = folder / FILE, folder / "content/people.md"
    before = file.read_bytes()
    people.write_text(people.read_text("utf-8").replace("handle: lenabk", "handle: lena-b"), "utf-8")
    number = before.decode().splitlines().index("/content/pay.md @lenabk @acme/docs") + 1
    outcome = handrail(folder, "codeowners", "--check")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.splitlines() == [
        f"{FILE} is not what the settings, the pages and the list of people say now: 1 line is new and 1 line is gone.",
        f"Line {number} is `/content/pay.md @lenabk @acme/docs`, and would be `/content/pay.md @lena-b @acme/docs`.",
        "To do: run `handrail codeowners` and commit the file.",
    ]
    assert file.read_bytes() == before
    assert written(folder) == f"Wrote {FILE}: 1 line is new and 1 line is gone.\n"
    assert "lena-b" in file.read_text("utf-8")


def test_a_program_that_joins_the_build(folder: Path) -> None:
    written(folder)
    make_handbook(folder, {"tools/on page.py": ""}, {"maintainers": ["@acme/docs"]}, {"hooks": ["tools/on page.py"]})
    outcome = handrail(folder, "codeowners", "--check")
    assert outcome.code == 1
    assert f"{FILE} is not what the settings, the pages and the list of people say now: 2 lines are new." in outcome.out
    written(folder)
    text = (folder / FILE).read_text("utf-8")
    assert "\n/mkdocs.yml @acme/docs\n/tools/ @acme/docs\n/tools/on\\ page.py @acme/docs\n" in text
    make_handbook(folder, {}, {"maintainers": ["@acme/docs"]})
    assert handrail(folder, "codeowners", "--check").code == 1


def test_lines_too_many_too_few_and_moved(folder: Path) -> None:
    written(folder)
    file = folder / FILE
    good = file.read_text("utf-8").splitlines(keepends=True)
    count = len(good)
    for lines, said in (
        ([*good, "/x @evil\x1b[2J\n"], f"Line {count + 1} is `/x @evilU+001B[2J`, and would not be there."),
        (good[:-1], f"The file ends before line {count}, which would be `/.github/ @acme/docs`."),
        ([*good[:-2], good[-1], good[-2]], "now: the same lines in another order."),
        ([good[0], "\n", *good[1:]], "Line 2 is empty, and would be `#`."),
    ):
        file.write_text("".join(lines), "utf-8")
        outcome = handrail(folder, "codeowners", "--check")
        assert outcome.code == 1
        assert said in outcome.out
        written(folder)
        assert file.read_text("utf-8") == "".join(good)


def test_a_hand_written_file_is_left_alone(folder: Path) -> None:
    make_handbook(folder, {FILE: "*.js @me\n"}, {"maintainers": ["@acme/docs"]})
    for arguments in ((), ("--check",)):
        assert (
            f"was written by hand and is left as it is. To keep its lines, add this line at its end and run the command again: {MARK}"
            in refused(folder, *arguments)
        )
    assert handrail(folder, "codeowners", "--stdout").out.startswith(MARK)


def test_own_lines_stay_above(folder: Path) -> None:
    make_handbook(folder, {FILE: b"*.js @m\xe9\r\n\r\n" + MARK.encode()}, {"maintainers": ["@acme/docs"]})
    written(folder)
    raw = (folder / FILE).read_bytes()
    assert raw.startswith(b"*.js @m\xe9\n\n" + MARK.encode() + b"\n#\n")
    assert b"\r" not in raw
    (folder / FILE).write_bytes(raw.replace(b"\n", b"\r\n"))  # as a checkout on Windows may write it
    assert handrail(folder, "codeowners", "--check").code == 0


@pytest.mark.parametrize("other", ["CODEOWNERS", "docs/CODEOWNERS"])
def test_a_file_that_would_count_no_more(folder: Path, other: str) -> None:
    make_handbook(folder, {other: "* @me\n"}, {"maintainers": ["@acme/docs"]})
    assert f"There is a file {other}, which would count for nothing" in refused(folder)
    make_handbook(folder, {FILE: MARK}, {"maintainers": ["@acme/docs"]})
    assert written(folder).startswith(f"Wrote {FILE}")


def test_a_link_is_not_written_through(folder: Path) -> None:
    (folder / "elsewhere").write_text(f"{MARK}\n", "utf-8")
    (folder / ".github").mkdir()
    (folder / FILE).symlink_to(folder / "elsewhere")
    assert "is a link, and nothing is written through links." in refused(folder)


def test_a_project_in_a_folder_of_a_repository(folder: Path) -> None:
    make_handbook(folder / "hb", PAGES, {"maintainers": ["@acme/docs"]})
    assert handrail(folder / "hb", "codeowners").code == 0
    text = (folder / FILE).read_text("utf-8")
    assert "\n/hb/content/pay.md @lenabk @acme/docs\n" in text
    assert "\n/hb/mkdocs.yml @acme/docs\n" in text
    assert not (folder / "hb/.github").exists()


def test_without_git_the_project_is_the_root(tmp_path: Path) -> None:
    make_handbook(tmp_path, PAGES, {"maintainers": ["@acme/docs"]})
    written(tmp_path)
    assert "\n/content/pay.md @lenabk" in (tmp_path / FILE).read_text("utf-8")


def test_pages_outside_the_repository(tmp_path: Path) -> None:
    folder = Repo(tmp_path / "repo").root
    (tmp_path / "pages").mkdir()
    make_handbook(folder, {}, {"maintainers": ["@acme/docs"]}, {"docs_dir": "../pages"})
    assert "The folder pages lies outside the repository repo" in refused(folder)


def test_what_can_not_be_said(folder: Path) -> None:
    assert "leave out one of them" in refused(folder, "--check", "--stdout")
    make_handbook(folder, {}, {"maintainers": ["lbkk"]})
    assert "the option `maintainers` of the plugin handrail names `lbkk`" in refused(folder)
    make_handbook(folder, {"content/people.md": PEOPLE.replace("handle: lenabk", "name: x")})
    assert "Something is wrong with the list of people" in refused(folder)
    make_handbook(folder, {"content/people.md": PEOPLE.replace(", handle: lenabk", "")})
    assert "Nobody can be named: no one who signs, owns or leads has a `handle`" in refused(folder, "--check")


def test_the_file_of_this_repository_is_up_to_date() -> None:
    outcome = handrail(ROOT, "codeowners", "--check")
    assert outcome.code == 0, outcome.out


@pytest.mark.parametrize(
    ("repo_url", "file", "name", "line"),
    [
        ("https://gitlab.com/acme/handbook", ".gitlab/CODEOWNERS", "GitLab", "/content/people.md @acme/docs"),
        ("https://codeberg.org/acme/handbook", ".gitea/CODEOWNERS", "Gitea", r"content/people\\.md @acme/docs"),
    ],
)
def test_the_file_goes_where_the_forge_reads_it(tmp_path: Path, repo_url: str, file: str, name: str, line: str) -> None:
    people = "---\nkind: people\nid: people\ntitle: Who is who\nvisibility: public\npeople:\n  - {id: ada, name: Ada, job: Clerk}\n---\n"
    folder = make_handbook(
        tmp_path, {"content/people.md": people}, {"maintainers": ["@acme/docs"]}, {"repo_url": repo_url}
    )
    assert written(folder).startswith(f"Wrote {file}, where {name} reads it: ")
    text = (folder / file).read_text("utf-8")
    assert line in text.splitlines()
    assert ".github" not in text
    (folder / "CODEOWNERS").write_text("* @me\n", "utf-8")
    refused = handrail(folder, "codeowners")
    assert refused.code == 2
    assert f"There is a file CODEOWNERS, which {name} reads instead of {file}" in refused.err
