"""A new handbook stands at once: nothing is found in it, and it says in plain words how to go on."""

from __future__ import annotations

import json
import shlex
import subprocess
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.cli import common, init
from handrail.edit import files, start
from handrail.errors import UsageError
from handrail.model.dates import parse_day
from handrail.model.kinds import load_kinds
from handrail.model.loading import load_handbook
from handrail.model.project import load_project
from handrail.model.settings import validate
from tests.support.commands import handrail

WHO = ("--company", "Acme", "--person", "Ada Roth", "--today", "2026-11-29")
ON_GITHUB = ("--handle", "@adaroth", "--repository", "acme/handbook")
WAYS: dict[str, tuple[str, ...]] = {
    "github": ON_GITHUB,
    "github, without an account": ("--repository", "acme/handbook"),
    "github, asking": (*ON_GITHUB, "--feedback", "issues"),
    "internal": (*ON_GITHUB, "--visibility", "internal"),
    "gitlab": ("--repository", "https://gitlab.com/acme/handbook", "--handle", "adaroth"),
    "codeberg": ("--repository", "https://codeberg.org/acme/handbook"),
    "codeberg, asking": ("--repository", "https://codeberg.org/acme/handbook", "--feedback", "issues"),
    "another forge": ("--repository", "https://git.acme.example/handbook"),
    "no forge": (),
    "a year of its own": ("--fiscal-year-end", "01-31", "--site", "https://handbook.acme.example"),
}


def begun(folder: Path, *arguments: str) -> Path:
    outcome = handrail(folder, "init", "new", *WHO, *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    return folder / "new"


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def found(folder: Path) -> list[Any]:
    report: dict[str, list[Any]] = json.loads(handrail(folder, "check", "--format", "json").out)
    return report["findings"]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_found_in_it(tmp_path: Path, way: str) -> None:
    folder = begun(tmp_path, *WAYS[way])
    assert found(folder) == []
    if "--handle" in WAYS[way]:
        assert handrail(folder, "codeowners", "--check").code == 0


COMPANIES = [
    "No",
    "123",
    "A: B #1",
    '"Quoted" & Sons',
    "<b>Bold</b> & {x}",
    "*a* _b_ [c](d) `e` | f",
    "会社",
    "!ENV X",
    "Acme, $HOME",
    "# 1",
    "?0",
    "-",
]
PEOPLE = [
    "Nick O",
    "Yes",
    "Roth, Ada",
    "[Ada]",
    "李小龍",
    "Ada 'A' Roth: #1",
    "O",
    "Łukasz",
    "Roth {Ada}",
    "- Ada",
    "?0",
    "a:",
]


@pytest.mark.parametrize(("company", "person"), list(zip(COMPANIES, PEOPLE, strict=True)))
def test_companies_and_people_may_be_called_anything(tmp_path: Path, company: str, person: str) -> None:
    folder = begun(tmp_path, "--company", company, "--person", person, *ON_GITHUB)
    assert found(folder) == []
    project = load_project(folder / "mkdocs.yml")
    handbook = load_handbook(project, load_kinds(), date(2026, 11, 29))
    assert [one.name for one in handbook.registry.people.values()] == [person]
    assert [page.title for page in handbook.departments] == [company]


@settings(max_examples=30, deadline=None)
@given(company=st.text(max_size=40), person=st.text(max_size=40))
def test_whatever_they_are_called_it_stands_or_the_name_is_refused(company: str, person: str) -> None:
    with TemporaryDirectory() as folder:
        outcome = handrail(Path(folder), "init", "new", *WHO, "--company", company, "--person", person)
        if outcome.code == 0:
            assert found(Path(folder, "new")) == []
        else:
            assert "name" in outcome.err
            assert not list(Path(folder).iterdir())


def test_what_is_written_on_github(tmp_path: Path) -> None:
    folder = begun(tmp_path, *ON_GITHUB)
    assert written(folder) == {
        ".github/CODEOWNERS",
        ".github/ISSUE_TEMPLATE/sign-off.yml",
        *(
            f".github/workflows/{name}.yml"
            for name in (
                "check",
                "comment",
                "compare",
                "nightly",
                "publish",
                "record-sign-off",
                "review-queue",
                "sign-off",
            )
        ),
        ".gitignore",
        ".vscode/handbook.schema.json",
        ".vscode/settings.json",
        ".vscode/tasks.json",
        "content/company/change-the-handbook.md",
        "content/company/index.md",
        "content/company/vpmom-fy27.md",
        "content/index.md",
        "content/people.md",
        "mkdocs.yml",
        "requirements.txt",
    }
    written_settings = (folder / "mkdocs.yml").read_text("utf-8")
    assert (
        "site_url: https://acme.github.io/handbook/\nrepo_url: https://github.com/acme/handbook\nedit_uri: edit/main/"
        in written_settings
    )
    assert "{id: aro, name: Ada Roth, handle: adaroth}" in (folder / "content/people.md").read_text("utf-8")
    assert "@adaroth" in (folder / ".github/CODEOWNERS").read_text("utf-8")


def test_nothing_publishes_what_is_for_ones_own_people(tmp_path: Path) -> None:
    folder = begun(tmp_path, *WAYS["internal"])
    workflows = {path.name: path.read_text("utf-8") for path in (folder / ".github/workflows").iterdir()}
    named = ("check", "comment", "compare", "record-sign-off", "review-queue", "sign-off")
    assert sorted(workflows) == [f"{name}.yml" for name in named]
    assert not [name for name, text in workflows.items() if "pages: write" in text or "publish.yml" in text]
    assert "site_url" not in (folder / "mkdocs.yml").read_text("utf-8")
    assert "\nvisibility: internal\n" in (folder / "content/company/index.md").read_text("utf-8")


@pytest.mark.parametrize("way", ["gitlab", "codeberg", "another forge"])
def test_other_forges_get_no_workflows_that_they_would_not_run(tmp_path: Path, way: str) -> None:
    folder = begun(tmp_path, *WAYS[way])
    assert not (folder / ".github").exists()
    assert (folder / ".gitlab/CODEOWNERS").exists() == (way == "gitlab")
    written_settings = (folder / "mkdocs.yml").read_text("utf-8")
    edited = {"gitlab": "edit_uri: -/edit/main/content/", "codeberg": "edit_uri: _edit/main/content/"}.get(way, "")
    assert edited in written_settings
    assert ("edit_uri" in written_settings) == bool(edited)
    steps = (folder / "content/company/change-the-handbook.md").read_text("utf-8")
    assert ("Press the pencil" in steps) == bool(edited)


FORMS = {"it-worked.yml", "something-wrong.yml", "run.yml", "read.yml"}


def test_whoever_asks_readers_gets_the_forms_and_what_collects_them(tmp_path: Path) -> None:
    outcome = handrail(tmp_path, "init", "new", *WHO, *WAYS["github, asking"])
    folder = tmp_path / "new"
    assert {path.name for path in (folder / ".github/ISSUE_TEMPLATE").iterdir()} == {*FORMS, "sign-off.yml"}
    assert {"feedback.yml", "record-feedback.yml"} < {path.name for path in (folder / ".github/workflows").iterdir()}
    assert load_project(folder / "mkdocs.yml").settings.feedback == "issues"
    assert "Once a day a workflow proposes what they answered" in outcome.out


def test_on_gitea_they_are_recorded_by_hand(tmp_path: Path) -> None:
    outcome = handrail(tmp_path, "init", "new", *WHO, *WAYS["codeberg, asking"])
    assert {path.name for path in (tmp_path / "new/.gitea/ISSUE_TEMPLATE").iterdir()} == FORMS
    assert not (tmp_path / "new/.github").exists()
    assert "recorded by `handrail record issues`" in outcome.out


@pytest.mark.parametrize("way", ["gitlab", "another forge", "no forge"])
def test_where_no_form_can_be_filled_in_nobody_can_be_asked(tmp_path: Path, way: str) -> None:
    outcome = handrail(tmp_path, "init", "new", *WHO, *WAYS[way], "--feedback", "issues")
    assert (outcome.code, outcome.out) == (2, "")
    assert "only where the repository is known to lie on GitHub or Gitea" in outcome.err
    assert not (tmp_path / "new").exists()


def test_it_says_how_to_go_on(tmp_path: Path) -> None:
    said = handrail(tmp_path, "init", "a b/new", *WHO, *ON_GITHUB).out
    assert said.startswith(
        "The handbook of Acme has begun in new, with Ada Roth to decide on its pages:\n  .github/CODEOWNERS\n"
    )
    assert "\nTo go on:\n  cd 'a b/new'\n  git init --initial-branch main\n  git add . && git commit " in said
    assert "Nobody is asked to review" not in said
    assert "Nobody is asked to review" in handrail(tmp_path, "init", "other", *WHO).out
    on_codeberg = handrail(tmp_path, "init", "third", *WHO, *WAYS["codeberg"]).out
    assert ("Nobody is asked to review" in on_codeberg, "check.yml" in on_codeberg) == (True, False)


def test_the_next_commands_that_it_names_work(tmp_path: Path) -> None:
    folder = begun(tmp_path, *ON_GITHUB)
    said = handrail(tmp_path, "init", "other", *WHO, *ON_GITHUB).out
    commands = [shlex.split(line)[1:] for line in said.splitlines() if line.startswith("  handrail ")]
    assert [command[0] for command in commands] == ["check", "new", "new"]
    for command in commands:
        assert handrail(folder, *command).code == 0
    assert "\nvisibility: public\n" in (folder / "content/finance/index.md").read_text("utf-8")
    assert not [one for one in found(folder) if one["severity"] == "error"]


def test_its_first_procedure_is_signed_in_two_steps(tmp_path: Path) -> None:
    folder = begun(tmp_path, *ON_GITHUB)
    page = folder / "content/company/change-the-handbook.md"
    page.write_text(page.read_text("utf-8").replace("\nstate: draft\n", "\nstate: active\n"), "utf-8")
    signed = handrail(
        folder, "sign", "change-the-handbook", "--as", "D", "--by", "aro", "--note", "Tried.", "--today", "2026-11-29"
    )
    assert signed.code == 0, signed.err
    assert not [one for one in found(folder) if one["severity"] == "error"]


@pytest.mark.parametrize(
    ("told", "brought"),
    [
        ({"url": "file:///WHERE/handrail-0.1.0-py3-none-any.whl"}, True),
        ({"url": "file:///WHERE/gone.whl"}, False),
        ({"url": "file:///WHERE", "dir_info": {"editable": True}}, False),
        ({"url": 7}, False),
        (None, False),
    ],
)
def test_the_wheel_that_is_installed_goes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: object, *, brought: bool
) -> None:
    wheel = tmp_path / "a b" / "handrail-0.1.0-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"\0wheel")
    text = json.dumps(told).replace("/WHERE", wheel.parent.as_uri().removeprefix("file://"))
    monkeypatch.setattr(init, "distribution", lambda _: SimpleNamespace(read_text=lambda _: text if told else None))
    outcome = handrail(tmp_path, "init", "new", *WHO)
    copy = tmp_path / "new/wheels" / wheel.name
    assert copy.exists() == brought
    assert ("Put Handrail's wheel into" in outcome.out) != brought
    if brought:
        assert copy.read_bytes() == b"\0wheel"
        assert f"\n  wheels/{wheel.name}\n" in outcome.out


# What is there stays


def test_a_folder_that_holds_a_handbook_is_refused(tmp_path: Path) -> None:
    begun(tmp_path)
    before = written(tmp_path)
    outcome = handrail(tmp_path, "init", "new", *WHO)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "A handbook has begun here already: new holds mkdocs.yml. Nothing was written; `handrail adopt` looks at a handbook "
        "that is there.\n"
    )
    assert written(tmp_path) == before


@pytest.mark.parametrize(
    ("there", "said"),
    [
        ("mkdocs.yaml", "A handbook has begun here already: new holds mkdocs.yaml."),
        ("content/old.md", "new holds something in content already"),
        ("requirements.txt", "Already there, and left as they are: requirements.txt. Nothing was written."),
        (".github/workflows/check.yml", "Already there, and left as they are: .github/workflows/check.yml."),
    ],
)
def test_nothing_is_overwritten_and_nothing_half_done(tmp_path: Path, there: str, said: str) -> None:
    file = tmp_path / "new" / there
    file.parent.mkdir(parents=True)
    file.write_text("mine", "utf-8")
    outcome = handrail(tmp_path, "init", "new", *WHO)
    assert outcome.code == 2
    assert said in outcome.err
    assert written(tmp_path / "new") == {there}
    assert file.read_text("utf-8") == "mine"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("", "utf-8")
    assert handrail(tmp_path, "init", "new", *WHO).err == "new is a file; name a folder.\n"


def test_a_clone_with_a_readme_and_a_gitignore_is_begun_in(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    (folder / ".git").mkdir(parents=True)
    (folder / "content").mkdir()
    for name in ("README.md", "LICENSE", ".gitignore"):
        (folder / name).write_text("mine", "utf-8")
    outcome = handrail(folder, "init", *WHO)
    assert outcome.code == 0
    assert ".gitignore" not in outcome.out
    assert {(folder / name).read_text("utf-8") for name in ("README.md", "LICENSE", ".gitignore")} == {"mine"}
    assert found(folder) == []


@pytest.mark.parametrize("before_it_fails", [0, 1, 7, 15])
def test_where_a_write_fails_all_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before_it_fails: int
) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new/README.md").write_text("mine", "utf-8")
    write, left = files.create, iter(range(before_it_fails))

    def failing(path: Path, text: str | bytes) -> None:
        if next(left, None) is None:
            raise OSError(28, "No space left on device", str(path))
        write(path, text)

    monkeypatch.setattr("handrail.edit.all_or_none.create", failing)
    outcome = handrail(tmp_path, "init", "new", *WHO, *ON_GITHUB)
    assert outcome.code == 2
    assert "There is no room left on the disk for" in outcome.err
    assert [path.name for path in (tmp_path / "new").rglob("*")] == ["README.md"]


# What is asked, and what is usual


def test_a_terminal_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {
        "Name of the company": "Acme",
        "Your name": "Ada Roth",
        "Address of its repository": "git@github.com:acme/handbook.git",
        "Your account": "",
        "Who may read it": "public",
        "Address of the site": None,
        "Last day of the fiscal year": "01-31",
    }
    asked: list[str] = []

    def prompt(text: str, default: str, value_proc: Any = str, **_: object) -> object:
        (question,) = (known for known in answers if text.startswith(known))
        asked.append(question)
        answer = answers[question]
        return value_proc(default if answer is None else answer)

    monkeypatch.setattr(common, "is_asked", lambda: True)
    monkeypatch.setattr("click.prompt", prompt)
    assert handrail(tmp_path, "init", "new", "--today", "2026-11-29").code == 0
    assert asked == list(answers)
    said = (tmp_path / "new/mkdocs.yml").read_text("utf-8")
    assert "site_url: https://acme.github.io/handbook/\n" in said
    assert 'fiscal_year_end: "01-31"\n' in said


def test_whoever_answers_wrongly_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["13-45", "0131", "01-31"])
    monkeypatch.setattr(common, "is_asked", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(typed))
    assert (
        init._answered("Last day", None, "12-31", init._year_end)
        == validate({"fiscal_year_end": "01-31"}, str).fiscal_year_end
    )


def test_what_is_usual_comes_from_git_and_from_the_folders_name(tmp_path: Path) -> None:
    folder = tmp_path / "north-pole handbook"
    folder.mkdir()
    for command in (
        ["init", "--quiet"],
        ["config", "user.name", "Ada Roth"],
        ["remote", "add", "origin", "git@github.com:acme/handbook.git"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    said = handrail(folder, "init", "--today", "2026-11-29").out
    assert said.startswith(
        "The handbook of North pole has begun in north-pole handbook, with Ada Roth to decide on its pages:"
    )
    assert "git init" not in said
    assert "repo_url: https://github.com/acme/handbook\n" in (folder / "mkdocs.yml").read_text("utf-8")
    inside = handrail(folder, "init", "sub", "--today", "2026-11-29").out
    assert "inside another repository" in inside
    assert "repo_url" not in (folder / "sub/mkdocs.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--company", " "), "A name is one line"),
        (("--person", "a\nb"), "A name is one line"),
        (("--company", "A {{ b }}"), "The name `A {{ b }}` holds signs that templates take for code"),
        (("--handle", "Ada Roth"), "`Ada Roth` can't be the name of an account"),
        (("--repository", "my computer"), "`my computer` is not the address of a repository"),
        (("--repository", "https://github.com/a/b?x"), "is not the address of a repository"),
        (("--site", "handbook.acme.example"), "is not the address of a site; write it like https://"),
        (("--fiscal-year-end", "31-01"), "`31-01` is no last day of a year; write it as month and day, such as 01-31."),
        (("--visibility", "publik"), "did you mean `public`?"),
        (("--today", "soon"), "which is no day"),
    ],
)
def test_what_is_refused(tmp_path: Path, arguments: tuple[str, str], said: str) -> None:
    outcome = handrail(tmp_path, "init", "new", *WHO, *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("typed", "address", "site"),
    [
        ("acme/handbook", "https://github.com/acme/handbook", "https://acme.github.io/handbook/"),
        (
            "https://github.com/Acme/acme.github.io/",
            "https://github.com/Acme/acme.github.io",
            "https://acme.github.io/",
        ),
        (
            "https://github.com/acme/handbook.git",
            "https://github.com/acme/handbook",
            "https://acme.github.io/handbook/",
        ),
        ("ssh://git@gitlab.com:22/acme/h.git", "https://gitlab.com/acme/h", ""),
        ("git@codeberg.org:acme/h", "https://codeberg.org/acme/h", ""),
    ],
)
def test_addresses_of_repositories(typed: str, address: str, site: str) -> None:
    assert start.check_repository(typed) == address
    assert start.site_of(address) == site


@pytest.mark.parametrize(
    "typed", ["", "x", "ftp://a/b", "https://", "https://a b/c", "https://u:p@a/b", "https://a/b:", "//a/b"]
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a repository"):
        start.check_repository(typed)


@pytest.mark.parametrize(
    ("today", "year_end", "period"),
    [
        ("2026-06-01", "12-31", "FY26"),
        ("2026-09-30", "12-31", "FY26"),
        ("2026-10-01", "12-31", "FY27"),
        ("2026-02-01", "01-31", "FY27"),
    ],
)
def test_the_first_plan_is_for_this_year_unless_it_is_nearly_over(today: str, year_end: str, period: str) -> None:
    ends = validate({"fiscal_year_end": year_end}, str).fiscal_year_end
    day = parse_day(today)
    assert day is not None
    texts = start.files_of(start.Beginning("Acme", "Ada Roth", year_end=ends), day)
    assert f"content/company/vpmom-{period.casefold()}.md" in texts
