"""What a change does is told as it is: each kind of change in one repository, with what must be said of it written down here."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.changing import changing, edit
from tests.history.repos import Repo
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

MOVED = ("place", "badge", "pass")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return changing(tmp_path_factory.mktemp("change") / "handbook")


@pytest.fixture
def repo(made: Repo, tmp_path: Path) -> Repo:
    """One that a test may change."""
    shutil.copytree(made.root, tmp_path / "handbook")
    return Repo(tmp_path / "handbook")


def told(folder: Path, *arguments: str, code: int = 0) -> Any:
    run = handrail(folder, "diff", *arguments, "--format", "json")
    assert (run.code, run.err) == (code, "")
    return json.loads(run.out)


@pytest.fixture(scope="module")
def data(made: Repo) -> Any:
    return told(made.root, "base", "HEAD")


def refs(listed: list[dict[str, Any]]) -> list[str]:
    return sorted(one["ref"] for one in listed)


def document(data: Any, ref: str) -> Any:
    return next(one for one in data["documents"] if one["ref"] == ref)


def words(found: Any, kind: str) -> list[str]:
    return [piece["text"] for piece in found["pieces"] if piece["kind"] == kind]


def test_the_shape(data: Any, made: Repo) -> None:
    named = {"version", "base", "head", "findings", "sign_offs", "documents", "became", "measures"}
    assert named <= set(data)
    assert (data["version"], data["base"], data["head"]) == (
        1,
        made.git("rev-parse", "base"),
        made.git("rev-parse", "main"),
    )
    assert data["findings"].keys() == {"new", "gone"}
    assert data["sign_offs"].keys() == {"voided", "reads_the_same"}
    assert data["became"].keys() == {"orphaned", "stale", "unlisted", "exposed"}
    assert all({"ref", "change", "pieces"} <= set(one) for one in data["documents"])
    assert all({"name", "before", "after"} <= set(one) for one in data["measures"])


def test_findings_come_and_go_through_moves(data: Any) -> None:
    new = Counter((one["name"], one["path"]) for one in data["findings"]["new"] if one["severity"] != "info")
    assert new == Counter([
        ("never-signed", "content/added.md"), ("dead-link", "content/added.md"), ("changed-since", "content/pass.md"),
        ("never-signed", "content/hire.md"), ("digest-taken-out", "content/hire.md"), ("digest-taken-out", "content/hire.md"),
        ("changed-since", "content/map.md"), ("changed-since", "content/pay.md"), ("orphan", "content/travel.md"),
        ("stale", "content/yearly.md"), ("changed-since", "content/yearly.md"),
    ])  # fmt: skip
    gone = {(one["name"], one["path"]) for one in data["findings"]["gone"]}
    assert gone == {("dead-link", "content/broken.md"), ("serves-nothing", "content/travel.md")}


def test_signatures_that_count_no_more_and_those_that_still_do(data: Any) -> None:
    voided = {
        one["ref"]: {(lost["role"], lost["by"], lost["why"]) for lost in one["signatures"]}
        for one in data["sign_offs"]["voided"]
    }
    both = [("D", "Lena Brandt"), ("A", "Omar Haddad")]
    changed, file, gone = (
        "what was signed has changed",
        "a file that the text shows is another one",
        "the signature was taken out of the page",
    )
    expected = {"sop:pay": changed, "sop:pass": changed, "sop:yearly": changed, "sop:map": file, "sop:hire": gone}
    assert voided == {ref: {(*whose, why) for whose in both} for ref, why in expected.items()}
    assert {lost["signed_on"] for one in data["sign_offs"]["voided"] for lost in one["signatures"]} == {
        "2026-03-01",
        "2026-03-02",
    }
    assert refs(data["sign_offs"]["reads_the_same"]) == ["sop:claim"]


def test_what_documents_have_become(data: Any) -> None:
    became = data["became"]
    assert refs(became["orphaned"]) == ["sop:travel"]
    assert refs(became["stale"]) == ["sop:added", "sop:hire", "sop:yearly"]
    assert refs(became["unlisted"]) == ["sop:lonely", "sop:travel"]
    assert [(one["ref"], one["why"]) for one in became["exposed"]] == [
        ("sop:secret", "everyone may see it, and before the staff")
    ]


def test_each_document_that_is_touched(data: Any) -> None:
    changes = {one["ref"]: one["change"] for one in data["documents"]}
    moved, added, removed = ("sop:place", "sop:pass"), ("sop:added",), ("notes.md",)
    changed = (
        "sop:pay",
        "sop:claim",
        "sop:travel",
        "sop:hire",
        "sop:yearly",
        "sop:secret",
        "sop:map",
        "sop:broken",
        "index.md",
        "vpmom:company@FY27",
    )
    assert changes == {
        **dict.fromkeys(moved, "moved"), **dict.fromkeys(added, "added"), **dict.fromkeys(removed, "removed"),
        **dict.fromkeys(changed, "changed"),
    }  # fmt: skip
    assert (document(data, "sop:place")["was"], document(data, "sop:place")["path"]) == (
        "content/old/place.md",
        "content/new/place.md",
    )


def test_what_has_changed_as_people_read_it(data: Any) -> None:
    pay = document(data, "sop:pay")
    assert (words(pay, "old"), words(pay, "new"), pay["lines"]) == (["30"], ["14"], [])
    assert words(document(data, "index.md"), "old") == ["Lonely and"]
    assert document(data, "sop:claim")["pieces"] == []
    assert "laid out" in document(data, "sop:claim")["sentence"]
    assert document(data, "sop:map")["lines"] == ["map.png is another file: 8 bytes, now 8 bytes"]
    assert document(data, "sop:pass")["lines"][0] == "It was called sop:badge."
    assert document(data, "sop:secret")["lines"] == ["Visibility: internal → public"]
    assert document(data, "sop:hire")["lines"] == [
        "A signature went: Omar Haddad agrees, 1 March 2026",
        "A signature went: Lena Brandt decides, 2 March 2026",
    ]
    assert document(data, "vpmom:company@FY27")["lines"] == [
        "Priorities stand in another order: 1. Look (was 3), 2. Pay (was 1), 3. Count (was 2)"
    ]


def test_measures_before_and_after_are_those_of_a_scorecard_there(data: Any, repo: Repo) -> None:
    for when, side in (("base", "before"), ("main", "after")):
        repo.git("checkout", "--quiet", when)
        run = handrail(repo.root, "report", "scorecard", "--format", "json")
        counted = {
            one["name"]: (one["value"], [one["numerator"], one["denominator"]])
            for one in json.loads(run.out)["measures"]
        }
        assert {one["name"]: (one[side], one[f"{side}_of"]) for one in data["measures"]} == counted
    tied = next(one for one in data["measures"] if one["name"] == "sops-tied")
    assert (tied["before"], tied["before_of"], tied["after"], tied["after_of"]) == (90, [10, 11], 83, [10, 12])


def test_findings_are_those_of_a_check_there(data: Any, repo: Repo) -> None:
    """Where nothing moved, what comes and goes is the difference of two checks."""

    def findings(when: str) -> Counter[tuple[str, str, str]]:
        repo.git("checkout", "--quiet", when)
        listed = json.loads(handrail(repo.root, "check", "--format", "json").out)["findings"]
        # One rule is said once for the handbook, at a place that is only an example.
        still = [one for one in listed if one["rule"] != "HB418" and Path(one["path"]).stem not in MOVED]
        return Counter((one["path"], one["rule"], one["subject"]) for one in still)

    before, after = findings("base"), findings("main")
    told_of = {
        side: Counter(
            (one["path"], one["rule"], one["subject"]) for one in data["findings"][side] if "pass" not in one["path"]
        )
        for side in ("new", "gone")
    }
    assert told_of == {"new": after - before, "gone": before - after}


def test_the_files_on_disk(repo: Repo) -> None:
    assert told(repo.root, "base")["findings"] == told(repo.root, "base", "HEAD")["findings"]
    assert told(repo.root, "HEAD")["documents"] == []
    edit(repo, "pay.md", "Pay within", "Always pay within")
    repo.write({"new page.md": "# New\n"})
    found = told(repo.root, "HEAD")
    assert found["head"] is None
    assert {one["path"]: one["change"] for one in found["documents"]} == {
        "content/pay.md": "changed",
        "content/new page.md": "added",
    }
    assert found["sign_offs"]["voided"] == []  # it was void before


def test_the_way_back(data: Any, repo: Repo) -> None:
    back = told(repo.root, "HEAD", "base")
    for name, other in (("new", "gone"), ("gone", "new")):
        assert Counter((one["rule"], one["subject"]) for one in back["findings"][name]) == Counter(
            (one["rule"], one["subject"]) for one in data["findings"][other]
        )
    assert [one["ref"] for one in back["documents"] if one["change"] == "added"] == ["notes.md"]


def test_it_fails_only_when_asked_and_on_what_somebody_did(repo: Repo) -> None:
    assert handrail(repo.root, "diff", "base", "HEAD").code == 0
    assert handrail(repo.root, "diff", "base", "HEAD", "--fail-on", "new").code == 1
    assert handrail(repo.root, "diff", "HEAD", "--fail-on", "new").code == 0
    repo.write({"plain.md": "# Plain\n\nNothing is wrong with it.\n"})
    assert handrail(repo.root, "diff", "HEAD", "--fail-on", "new").code == 0
    repo.write({"plain.md": "# Plain\n\n[a](b.md)\n"})
    assert handrail(repo.root, "diff", "HEAD", "--fail-on", "new").code == 1


def test_both_sides_are_judged_on_one_day(repo: Repo) -> None:
    found = told(repo.root, "base", "HEAD", "--today", "2027-06-01")
    assert found["today"] == "2027-06-01"
    # On that day each sign-off had run out before as well.
    assert "sop:yearly" not in refs(found["became"]["stale"])


def test_settings_of_the_base_judge_a_change_that_would_silence_them(repo: Repo) -> None:
    config = repo.root / "mkdocs.yml"
    plain = config.read_text("utf-8")
    strict = plain.replace('"today"', '"severity": {"HB207": "error"}, "fiscal_year_end": "12-31", "today"', 1)
    config.write_text(strict.replace(', "fiscal_year_end": "01-31"', ""), "utf-8")
    base = repo.commit("2026-10-03")
    config.write_text(plain.replace('"today"', '"severity": {"HB207": "off"}, "today"', 1), "utf-8")
    repo.write({"bad.md": "# Bad\n\n[a](b.md)\n"})
    schemas = repo.root / "schemas"
    schemas.mkdir()
    (schemas / "own.schema.json").write_text("{", "utf-8")
    assert handrail(repo.root, "diff", base).code == 2
    repo.commit("2026-10-04")
    for head in ([], ["HEAD"]):
        found = told(repo.root, base, *head, "--settings", "base")
        assert [(one["name"], one["severity"], one["path"]) for one in found["findings"]["new"]] == [
            ("dead-link", "error", "content/bad.md")
        ]
        assert found["findings"]["gone"] == []
        assert [remark[:44] for remark in found["remarks"]] == ["The change edits mkdocs.yml and schemas/own."]
    (schemas / "own.schema.json").unlink()
    assert "dead-link" not in {one["name"] for one in told(repo.root, base)["findings"]["new"]}


def test_the_base_says_which_day_it_is_where_its_settings_judge(repo: Repo) -> None:
    config = repo.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("2026-11-15", "2026-12-24"), "utf-8")
    assert told(repo.root, "base")["today"] == "2026-12-24"
    assert told(repo.root, "base", "--settings", "base")["today"] == "2026-11-15"


def test_settings_that_open_a_folder_expose_its_pages(repo: Repo) -> None:
    config = repo.root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace('"visibility": {', '"visibility": {"old": "confidential", '), "utf-8"
    )
    repo.write({"old/prose.md": "# Prose\n"})
    closed = repo.commit("2026-10-03")
    config.write_text(config.read_text("utf-8").replace('"old": "confidential", ', ""), "utf-8")
    assert refs(told(repo.root, closed)["became"]["exposed"]) == ["old/prose.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone"], "Git knows no commit `gone` here"),
        (["base", "gone"], "Git knows no commit `gone` here"),
        ([], "Say what to compare with"),
        (["base", "--from-json", "x.json"], "leave BASE out"),
        (["--from-json", "x.json"], "There is no file x.json"),
        (["base", "--settings", "bse"], "did you mean `base`?"),
        (["base", "--fail-on", "error"], "it is one of new"),
    ],
)
def test_what_can_not_be_done_is_told_in_one_sentence(made: Repo, arguments: list[str], said: str) -> None:
    run = handrail(made.root, "diff", *arguments)
    assert (run.code, run.out, run.err.count("\n")) == (2, "", 1)
    assert said in run.err


def test_a_base_without_a_handbook(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    first = repo.commit("2026-01-01", {"a.md": "# A\n"})
    make_handbook(repo.root, {"mkdocs.yml": "a: ["})
    (repo.root / "mkdocs.yml").write_text("a: [", "utf-8")
    broken = repo.commit("2026-01-02")
    make_handbook(repo.root, {})
    repo.commit("2026-01-03")
    run = handrail(repo.root, "diff", first)
    assert (run.code, run.err) == (
        2,
        f"The commit {first[:7]} has no mkdocs.yml, so there is no handbook at that place to compare with.\n",
    )
    run = handrail(repo.root, "diff", broken)
    assert run.code == 2
    assert run.err.startswith(f"As the commit {broken[:7]} has it, mkdocs.yml, line")
    shutil.rmtree(repo.root / ".git")
    assert handrail(repo.root, "diff", "HEAD").err.startswith("The folder of pages lies in no git repository.")


def test_one_commit_does_nothing(made: Repo) -> None:
    run = handrail(made.root, "diff", "HEAD", "HEAD")
    assert run.code == 0
    assert "Both are the same commit" in run.out
    assert "Both are the same commit" in handrail(made.root, "diff", "HEAD", "main", "--format", "md").out


def test_names_that_are_code_somewhere_do_nothing(repo: Repo) -> None:
    names = [
        "$(touch owned).md",
        "-x.md",
        "a;b.md",
        "`id`.md",
        "@lena #1.md",
        "<b>x.md",
        "line\nend.md",
        "x\u202ey.md",
        "::error::x.md",
    ]
    repo.write(
        {
            name: f"# {name.splitlines()[0]}\n\n[a](b.md) @lena #12 https://evil.example <script>x</script>\n"
            for name in names
        }
    )
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "--message", "x", day="2026-10-03")
    repo.git("update-ref", "refs/heads/$(touch;owned)", "HEAD")
    for format_ in ("text", "md", "json"):
        run = handrail(repo.root, "diff", "base", "$(touch;owned)", "--format", format_)
        assert (run.code, run.err) == (0, "")
        assert "\u202e" not in run.out
        assert not [line for line in run.out.splitlines() if line.lstrip().startswith("::")]
    markdown = handrail(repo.root, "diff", "HEAD~1", "HEAD", "--format", "md").out
    outside = "".join(markdown.split("```")[::2])
    assert "@lena" not in outside
    assert "<b>" not in outside
    assert "https://" not in outside
    assert not list(repo.root.rglob("owned"))


def test_links_within_a_moved_folder_lead_to_the_same(repo: Repo) -> None:
    long = "Whoever reads this page needs all of it, from its first word to its last one.\n"
    repo.write({"team/d.pdf": b"%PDF"})
    repo.write(
        {
            "team/a.md": f"# A\n\n{long}See [b](b.md), [c](../c.md) and [d](d.pdf).\n",
            "team/b.md": "# B\n",
            "c.md": "# C\n",
        }
    )
    base = repo.commit("2026-10-03")
    (repo.docs / "far").mkdir()
    repo.git("mv", "content/team", "content/far/team")
    edit(repo, "far/team/a.md", "../c.md", "../../c.md")
    repo.commit("2026-10-04")
    found = told(repo.root, base, "HEAD")
    assert {one["path"]: (one["change"], one["lines"], one["pieces"]) for one in found["documents"]} == {
        "content/far/team/a.md": ("moved", [], []),
        "content/far/team/b.md": ("moved", [], []),
    }
    assert found["findings"] == {"new": [], "gone": []}


def test_another_name_of_the_folder_of_pages_moves_nothing(repo: Repo) -> None:
    base = repo.git("rev-parse", "HEAD")
    repo.git("mv", "content", "texts")
    config = repo.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace('"content"', '"texts"'), "utf-8")
    repo.commit("2026-10-03")
    found = told(repo.root, base, "HEAD")
    assert (found["documents"], found["findings"]) == ([], {"new": [], "gone": []})
    assert found["sign_offs"] == {"voided": [], "reads_the_same": []}
    assert not [one for one in found["measures"] if one["before"] != one["after"]]
    run = handrail(repo.root, "diff", base, "HEAD", "--settings", "base")
    assert run.code == 2
    assert run.err.startswith("By the settings of the base the pages lie in `content`, which the change has no more;")


def test_an_old_address_makes_a_page_known(repo: Repo) -> None:
    repo.write({"first.md": "# First\n", "second.md": "# Second\n"})
    base = repo.commit("2026-10-03")
    repo.write({"first.md": None, "second.md": None})
    repo.write(
        {"a.md": "---\nredirect_from: first.md\n---\nOther\n", "b.md": "---\nredirect_from: /second/\n---\nWords\n"}
    )
    found = told(repo.root, base)
    assert {one["path"]: (one["change"], one["was"]) for one in found["documents"]} == {
        "content/a.md": ("moved", "content/first.md"),
        "content/b.md": ("moved", "content/second.md"),
    }


def test_the_command_needs_no_clean_folder_and_leaves_it_alone(repo: Repo) -> None:
    repo.write({"pay.md": "---\nkind: sop\nid: [\n---\n"})
    before = repo.git("status", "--porcelain")
    handrail(repo.root, "diff", "base")
    handrail(repo.root, "diff", "base", "HEAD")
    assert repo.git("status", "--porcelain", "--untracked-files=no") == before
    assert subprocess.run(["git", "stash", "list"], cwd=repo.root, capture_output=True, check=True).stdout == b""
