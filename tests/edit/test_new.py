"""Every template begins a page that has no errors, in its place, and never over another's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click
import pytest

from handrail.cli import common
from handrail.edit import new
from handrail.errors import UsageError
from handrail.model.dates import FiscalYearEnd, parse_day
from handrail.model.kinds import load_kinds, shipped_schemas
from handrail.model.settings import VISIBILITIES, validate
from tests.cli.drawing import FILES
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

KINDS = tuple(load_kinds())
WITHOUT_PEOPLE = {path: text for path, text in FILES.items() if not path.endswith(("people.md", "lost.md"))}


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    return make_handbook(tmp_path, WITHOUT_PEOPLE)


def findings(folder: Path, path: str) -> list[tuple[str, str]]:
    report = json.loads(handrail(folder, "check", "--format", "json").out)
    return [(one["severity"], one["rule"]) for one in report["findings"] if one["path"] == path]


def created(outcome: Outcome) -> str:
    match = re.match(r"Created (\S+)\. ", outcome.out)
    assert match is not None, outcome
    assert outcome.code == 0
    return match[1]


def text_of(folder: Path, *arguments: str) -> str:
    outcome = handrail(folder, "new", *arguments, "--stdout")
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("files", [{}, WITHOUT_PEOPLE], ids=["empty", "small"])
def test_a_page_of_every_kind_has_no_errors(tmp_path: Path, kind: str, files: dict[str, str]) -> None:
    folder = make_handbook(tmp_path, files)
    before = json.loads(handrail(folder, "check", "--format", "json").out)["findings"]
    path = created(handrail(folder, "new", kind, "a-new-one", "--in", "new/place"))
    assert not any(severity == "error" for severity, _ in findings(folder, path))
    after = json.loads(handrail(folder, "check", "--format", "json").out)["findings"]
    errors = [one for one in after if one["severity"] == "error"]
    assert errors == [one for one in before if one["severity"] == "error"]
    text = (folder / path).read_text("utf-8")
    assert "$" not in text
    assert f"\nvisibility: {'public' if kind == 'people' else 'internal'}\n" in text


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_template_offers_in_comments_is_right_too(tmp_path: Path, kind: str) -> None:
    """Every line that begins with # and holds a field can be used by taking the sign away."""
    folder = make_handbook(tmp_path, {"content/people.md": FILES["content/people.md"]} if kind != "people" else {})
    text = text_of(folder, kind, "a-new-one")
    switched_on = re.sub(r"^# ?(?=[a-z_]+: |[a-z]+:$| {2,}- | {2,}[a-z_]+:)", "", text, flags=re.MULTILINE)
    (folder / "content" / "x.md").write_text(switched_on, "utf-8")
    errors = {rule for severity, rule in findings(folder, "content/x.md") if severity == "error"}
    assert errors <= {"HB201"}, switched_on  # the examples name pages that this handbook does not have


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (["sop", "pay", "--in", "finance"], "content/finance/pay.md"),
        (["sop", "pay", "--in", "content/finance"], "content/finance/pay.md"),
        (["sop", "pay", "--in", "./finance/"], "content/finance/pay.md"),
        (["sop", "pay", "--in", "."], "content/pay.md"),
        (["sop", "pay"], "content/finance/pay.md"),  # where every procedure lies
        (["mission"], "content/mission.md"),
        (["department", "legal", "--in", "legal"], "content/legal/index.md"),
        (["department", "people-ops", "--in", "hr"], "content/hr/index.md"),
        (["department", "payroll", "--in", "finance"], "content/finance/payroll/index.md"),
        (["department", "legal", "--in", "."], "content/legal/index.md"),
        (["people"], "content/people.md"),
        (["sop", "--title", "Löhne & Gehälter: was tun?"], "content/finance/lohne-gehalter-was-tun.md"),
        (["department", "legal"], "content/legal/index.md"),  # in a folder of its own beside the others
        (["vpmom", "finance"], "content/finance/vpmom-fy28.md"),  # beside the line's other plans
        (["vpmom", "payables"], "content/finance/payables/vpmom-fy28.md"),  # beside its department
        (["vpmom", "finance", "--period", "FY27-H2"], "content/finance/vpmom-fy27-h2.md"),
    ],
)
def test_where_a_page_is_put(handbook: Path, arguments: list[str], path: str) -> None:
    assert created(handrail(handbook, "new", *arguments)) == path
    assert (handbook / path).is_file()


def test_a_folder_is_named_from_where_the_command_runs(handbook: Path) -> None:
    assert created(handrail(handbook / "content" / "company", "new", "sop", "a")) == "a.md"
    assert (handbook / "content/company/a.md").is_file()
    created(handrail(handbook / "content" / "company", "new", "sop", "b", "--in", "deeper"))
    assert (handbook / "content/company/deeper/b.md").is_file()


def test_what_is_filled_in(handbook: Path) -> None:
    text = text_of(handbook, "sop", "pay-invoice", "--in", "finance")
    assert "\nid: pay-invoice\ntitle: Pay invoice\n" in text
    assert "\nvpmom: finance\n" in text  # the only line of the department of that folder
    assert "\n# vpmom: " in text_of(handbook, "sop", "pay-invoice", "--in", "company")  # which has two
    plan = text_of(handbook, "vpmom", "finance")
    assert "\nperiod: FY28\ntitle: Finance VPMOM FY28\n" in plan
    assert "\nparent: company\n" in plan
    assert "\n# parent: company\n" in text_of(handbook, "vpmom", "company")
    assert "\nhorizon: {from: 2026-11-15, to: 2031-11-14}\n" in text_of(handbook, "vision", "v")
    assert "\nopened: 2026-11-15\ndue: 2027-05-15\n" in text_of(handbook, "objective", "o")


@pytest.mark.parametrize(
    "title",
    [
        "Pay: now",
        "a # b",
        "- item",
        "yes",
        "12:30",
        "# x",
        "“quoted”",
        "it's",
        'say "hi"',
        "[a]",
        "{b}",
        "a\\b",
        "null",
        "@x",
    ],
)
def test_any_title_survives(handbook: Path, title: str) -> None:
    path = created(handrail(handbook, "new", "sop", "odd", "--title", title))
    assert [rule for severity, rule in findings(handbook, path) if severity == "error"] == []
    contents = json.loads(handrail(handbook, "report", "toc", "--format", "json").out)
    assert title in json.dumps(contents, ensure_ascii=False).replace("\\\\", "\\").replace('\\"', '"')


REFUSED = {
    "the id of another": (["sop", "claims"], "Procedure `claims` is already there, in content/finance/claims.md"),
    "the plan of a period": (["vpmom", "finance", "--period", "FY27"], "VPMOM `finance` of FY27 is already there"),
    "a file": (["page", "note", "--in", "finance"], "note.md is already there in finance, and is left as it is."),
    "an address": (["page", "finance"], "would have the same address on the site as content/finance/index.md"),
    "an address of Handrail": (["page", "orphans", "--in", "handbook"], "is where Handrail makes a page of its own"),
    "a folder in another case": (
        ["sop", "a", "--in", "Finance"],
        "content/finance is there, and some disks take content/Finance",
    ),
    "a folder that is a link": (["sop", "a", "--in", "link"], "The folder link is a link"),
    "a folder in a page": (["sop", "a", "--in", "finance/claims.md/b"], "is a file; name the folder"),
    "a folder that is a page": (["sop", "a", "--in", "finance/claims.md"], "The folder finance/claims.md is a file"),
}


@pytest.mark.parametrize(("arguments", "part"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(handbook: Path, arguments: list[str], part: str) -> None:
    (handbook / "content/finance/note.md").write_bytes(b"")
    (handbook / "content/link").symlink_to(handbook / "content/finance")
    before = sorted(handbook.rglob("*"))
    outcome = handrail(handbook, "new", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert part in outcome.err
    assert outcome.err.count("\n") == 1
    assert sorted(handbook.rglob("*")) == before
    assert (handbook / "content/finance/note.md").read_bytes() == b""


def test_a_second_list_of_people_is_refused(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"content/people.md": FILES["content/people.md"]})
    outcome = handrail(folder, "new", "people", "more")
    assert outcome.err == "The handbook has its list of people already, in content/people.md; add people there.\n"


def test_several_folders_need_a_word(handbook: Path) -> None:
    created(handrail(handbook, "new", "sop", "a", "--in", "company"))
    outcome = handrail(handbook, "new", "sop", "b")
    assert (outcome.code, outcome.err) == (2, "Say where to put it, with --in: procedures lie in several folders.\n")
    assert "id: b" in text_of(handbook, "sop", "b")


def test_stdout_writes_nothing(handbook: Path) -> None:
    before = sorted(handbook.rglob("*"))
    assert text_of(handbook, "sop", "a").startswith("---\nkind: sop\n")
    assert sorted(handbook.rglob("*")) == before


def test_a_terminal_is_asked_for_what_is_missing(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: dict[str, Any] = {
        "Kind of page": "department",
        "Title": "Legal",
        "Id": None,
        "Folder in content": "legal",
        "Who may read it": "public",
        "Who leads it": "lbk",
    }
    asked: list[str] = []

    def prompt(text: str, default: str | None = None, **_: object) -> str:
        (question,) = (known for known in answers if text.startswith(known))
        asked.append(question)
        answer = answers[question] or default
        assert isinstance(answer, str)
        return answer

    monkeypatch.setattr(common, "is_asked", lambda: True)
    monkeypatch.setattr("click.prompt", prompt)
    assert created(handrail(handbook, "new")) == "content/legal/index.md"
    assert asked == list(answers)
    text = (handbook / "content/legal/index.md").read_text("utf-8")
    assert "\nid: legal\ntitle: Legal\nvisibility: public\n" in text
    assert "\nlead: lbk\n" in text


INTERNAL_FINANCE = {"visibility": {".": "public", "finance": "internal", "finance/payables": "confidential"}}


def test_a_page_that_the_site_leaves_out_says_so_and_what_would_change_it(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, WITHOUT_PEOPLE, INTERNAL_FINANCE)
    said = handrail(folder, "new", "sop", "a", "--in", "company").out
    assert said.endswith(
        " It is internal, so it is not on the public site; to have it there, write `visibility: public` in the page.\n"
    )
    said = handrail(folder, "new", "sop", "b", "--in", "finance").out
    assert said.endswith("; the setting `visibility` keeps its whole folder internal.\n")
    for arguments in (["sop", "c", "--in", "company", "--visibility", "public"], ["people"]):
        assert "site" not in handrail(folder, "new", *arguments).out
    assert "\nvisibility: public\n" in (folder / "content/company/c.md").read_text("utf-8")


def test_nobody_else_may_read_a_page_than_its_folder_allows(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, WITHOUT_PEOPLE, INTERNAL_FINANCE)
    arguments = ("new", "sop", "a", "--in", "finance/payables", "--visibility")
    outcome = handrail(folder, *arguments, "internal")
    assert outcome.err == (
        "The setting `visibility` says that finance/payables is confidential, so no page in it can be internal; put the "
        "page into another folder, or change the setting.\n"
    )
    assert not (folder / "content/finance/payables/a.md").exists()
    assert text_of(folder, *arguments[1:5]).count("\nvisibility: confidential\n") == 1
    assert "did you mean `internal`?" in handrail(folder, *arguments, "intern").err


@pytest.mark.parametrize(
    ("named", "choices", "usual"),
    [
        ("company", ["public", "internal", "confidential"], "public"),
        ("finance", ["internal", "confidential"], "internal"),
        ("finance/payables", ["confidential"], "confidential"),
    ],
)
def test_a_terminal_offers_what_the_folder_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, choices: list[str], usual: str
) -> None:
    folder = make_handbook(tmp_path, WITHOUT_PEOPLE, INTERNAL_FINANCE)
    offered: list[tuple[list[str], object]] = []

    def prompt(_text: str, default: object, type: click.Choice[str], **_: object) -> object:  # noqa: A002 - click's name
        offered.append((list(type.choices), default))
        return default

    monkeypatch.setattr(common, "is_asked", lambda: True)
    monkeypatch.setattr("click.prompt", prompt)
    created(handrail(folder, "new", "sop", "a", "--title", "A", "--in", named))
    assert offered == [(choices, usual)]


def test_nothing_says_who_may_read_a_folder() -> None:
    settings = validate({}, str)
    assert new.usual_visibility(settings, "finance") == "internal"
    assert new.possible_visibilities(settings, "finance") == VISIBILITIES


def test_a_slip_in_a_folders_name_makes_no_folder(handbook: Path) -> None:
    outcome = handrail(handbook, "new", "sop", "a", "--in", "fiannce/payables")
    assert outcome.err == (
        "There is no folder content/fiannce/payables; did you mean content/finance/payables? If it is to be a new one, make "
        "it first.\n"
    )
    assert not (handbook / "content/fiannce").exists()
    (handbook / "content/financer").mkdir()
    assert created(handrail(handbook, "new", "sop", "a", "--in", "financer")) == "content/financer/a.md"


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ([True], "content/finance/a.md"),
        ([False, True], "content/finanec/a.md"),
        ([False, False], None),
    ],
)
def test_a_terminal_is_offered_the_folder_that_was_meant(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, answers: list[bool], path: str | None
) -> None:
    asked = iter(answers)
    monkeypatch.setattr(common, "is_asked", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, default, **__: default)
    monkeypatch.setattr("click.confirm", lambda *_, **__: next(asked))
    outcome = handrail(handbook, "new", "sop", "a", "--title", "A", "--in", "finanec")
    if path is None:
        assert outcome.err == "Stopped.\n"
    else:
        assert created(outcome) == path
    assert not list(asked)


OWN_KIND = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "x-kind": {"name": "risk", "noun": "risk", "plural": "risks"},
    "allOf": [{"$ref": "common.schema.json#/$defs/document"}],
    "properties": {
        "state": {
            "enum": ["draft", "closed"],
            "x-state": {
                "draft": {"phase": "other", "word": "Draft"},
                "closed": {"phase": "in force", "word": "Closed"},
            },
        },
        "weight": {"type": "integer", "minimum": 3},
        "share": {"type": "number", "exclusiveMinimum": 0},
        "since": {"$ref": "common.schema.json#/$defs/day"},
        "link": {"$ref": "common.schema.json#/$defs/link"},
        "what": {"$ref": "common.schema.json#/$defs/text"},
        "slug": {"$ref": "common.schema.json#/$defs/slug"},
        "sure": {"type": "boolean"},
        "always": {"const": 7},
        "who": {"type": "array", "minItems": 2, "items": {"$ref": "common.schema.json#/$defs/name"}},
        "span": {"$ref": "common.schema.json#/$defs/span"},
        "mail": {"type": "string", "format": "email", "minLength": 5},
        "story": {"type": "string", "minLength": 40},
        "maybe": {"type": "string"},
    },
    "required": [
        "state",
        "weight",
        "share",
        "since",
        "link",
        "what",
        "slug",
        "sure",
        "always",
        "who",
        "span",
        "mail",
        "story",
    ],
    "unevaluatedProperties": False,
}


def with_schema(folder: Path, name: str, schema: dict[str, Any]) -> Path:
    return make_handbook(folder, {**WITHOUT_PEOPLE, f"schemas/{name}.schema.json": json.dumps(schema)})


def test_a_kind_of_ones_own(tmp_path: Path) -> None:
    folder = with_schema(tmp_path, "risk", OWN_KIND)
    path = created(handrail(folder, "new", "risk", "flood"))
    assert path == "content/flood.md"
    assert findings(folder, path) == []
    text = (folder / path).read_text("utf-8")
    assert '\nstate: "draft"\n' in text
    assert "maybe" not in text


def test_a_kind_of_ones_own_that_asks_for_the_unguessable(tmp_path: Path) -> None:
    odd = {**OWN_KIND, "properties": {"number": {"type": "string", "pattern": "^R-[0-9]{4}$"}}, "required": ["number"]}
    outcome = handrail(with_schema(tmp_path, "risk", odd), "new", "risk", "flood")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "A page of the kind `risk` needs a value for `number` that Handrail can't make up; copy a page of that kind.\n"
    )


def test_a_shipped_kind_that_a_project_makes_stricter(tmp_path: Path) -> None:
    stricter = json.loads((shipped_schemas() / "sop.schema.json").read_text("utf-8"))
    stricter["required"] = ["state", "trigger"]
    folder = with_schema(tmp_path, "sop", stricter)
    path = created(handrail(folder, "new", "sop", "pay"))
    assert not any(severity == "error" for severity, _ in findings(folder, path))
    assert 'trigger: "Fill this in"' in (folder / path).read_text("utf-8")
    stricter["properties"]["state"] = {
        "enum": ["active"],
        "x-state": {"active": {"phase": "in force", "word": "In use"}},
    }
    outcome = handrail(with_schema(tmp_path, "sop", stricter), "new", "sop", "other")
    assert (outcome.code, outcome.out) == (2, "")
    assert "a value for `state` that Handrail can't make up" in outcome.err


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Pay an invoice", "pay-an-invoice"),
        ("  What's new?  ", "whats-new"),
        ("Straße zum Café", "strasse-zum-cafe"),
        ("C++ & C#", "c-c"),
        ("会社", ""),
        ("a" * 70, "a" * 60),
        (" ".join(["word"] * 20), "-".join(["word"] * 12)),
    ],
)
def test_ids_made_of_titles(title: str, id_: str) -> None:
    assert new.slug(title) == id_
    if id_:
        assert new.check_id(id_) == id_


@pytest.mark.parametrize("id_", ["", "A", "a b", "a--b", "-a", "a-", "a\n", "ä"])
def test_what_is_no_id(id_: str) -> None:
    with pytest.raises(UsageError, match="can't be an id"):
        new.check_id(id_)


@pytest.mark.parametrize(
    ("today", "month", "day", "period"),
    [
        ("2026-11-15", 1, 31, "FY28"),
        ("2026-01-31", 1, 31, "FY27"),
        ("2026-02-01", 1, 31, "FY28"),
        ("2026-12-31", 12, 31, "FY27"),
        ("2027-01-01", 12, 31, "FY28"),
        ("2099-06-01", 12, 31, "FY00"),
    ],
)
def test_the_next_period(today: str, month: int, day: int, period: str) -> None:
    parsed = parse_day(today)
    assert parsed is not None
    assert new.next_period(parsed, FiscalYearEnd(month, day)) == period
