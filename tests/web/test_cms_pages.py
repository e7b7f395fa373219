"""How the forms' page reads and saves pages, in a browser: what no form changed is letter for letter as it stood.

The page has YAML read by another program, which its address brings. Here Handrail's own reader stands in for it, so that each test
says as well that Handrail reads what was written as it was meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from handrail.text.source import read_source
from handrail.text.yaml_reader import read_yaml
from handrail.web.cms import page as files_of_page
from handrail.web.cms.backend import backend_of
from handrail.web.cms.config import configuration
from tests.model.building import handbook

ROOT = Path(__file__).parents[2]
SITE = "https://handbook.example"
EXAMPLE = sorted((ROOT / "content").rglob("*.md"))
_READER = """() => {
  const load = (text) => {
    const ask = new XMLHttpRequest();
    ask.open("POST", "/yaml", false);
    ask.send(text);
    if (ask.status !== 200) throw new Error(ask.responseText);
    return JSON.parse(ask.responseText);
  };
  globalThis.jsyaml = { load, CORE_SCHEMA: null };
}"""
_FORMAT = "async (forms) => { globalThis.pages = (await import('/pages.js')).format(forms); }"
_SAVE = """([text, changes]) => {
  const shown = text === null ? {} : globalThis.pages.fromFile(text);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    let place = shown;
    for (const key of keys.slice(0, -1)) place = place[key] ??= {};
    place[keys.at(-1)] = value;
  }
  return globalThis.pages.toFile(structuredClone(shown));
}"""


def _own(route: Route) -> None:
    path = route.request.url.removeprefix(f"{SITE}/")
    if path == "yaml":
        reading = read_yaml(route.request.post_data or "")
        if reading.problems:
            route.fulfill(status=400, body=reading.problems[0].message)
        else:
            route.fulfill(body=json.dumps(reading.data), content_type="application/json")
    elif path == "config.json":
        route.fulfill(json={"cms": {}, "forms": {}})
    elif path:
        static = Path(files_of_page.__file__).with_name("static") / path
        route.fulfill(body=static.read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>Forms</title>", content_type="text/html")


@pytest.fixture(scope="module")
def forms(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.route("**/*", _own)
    page = context.new_page()
    page.goto(f"{SITE}/")
    page.evaluate(_READER)
    told = configuration(handbook({}), "content", backend_of("https://github.com/acme/handbook", "github", "main"))
    page.evaluate(_FORMAT, told["forms"])
    yield page
    context.close()


def saved(forms: Page, text: str | None, **changes: Any) -> str:
    """Return a page as it is saved once its form was changed so; a path into a field is written with two underscores."""
    result: str = forms.evaluate(_SAVE, [text, {path.replace("__", "."): value for path, value in changes.items()}])
    return result


def shown(forms: Page, text: str) -> dict[str, Any]:
    result: dict[str, Any] = forms.evaluate("(text) => globalThis.pages.fromFile(text)", text)
    return result


def page(*lines: str, kind: str = "sop", body: str = "Pay.\n") -> str:
    head = [f"kind: {kind}", "id: pay", "title: Pay", "visibility: public", *lines]
    return "\n".join(["---", *head, "---", body])


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that are gone and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_every_page_of_the_example_is_the_same_file_when_nothing_was_changed(forms: Page) -> None:
    texts = [path.read_text("utf-8") for path in EXAMPLE]
    again = forms.evaluate(
        "(texts) => texts.map((text) => globalThis.pages.toFile(structuredClone(globalThis.pages.fromFile(text))))",
        texts,
    )
    assert [str(path) for path, text, saved in zip(EXAMPLE, texts, again, strict=True) if text != saved] == []
    assert len(texts) > 100


def test_a_changed_field_changes_its_line_alone(forms: Page) -> None:
    before = page(
        "state: draft   # soon more",
        "# What has happened when someone needs it.",
        'trigger: "A bill: arrives."',
        "sign_offs: [{role: D, by: lbk, date: 2026-03-03, digest: 't2:0'}]",
        "x-owner_slack: '#ask'",
    )
    after = saved(forms, before, trigger="A bill # 7 arrives.")
    assert changed_lines(before, after) == (['trigger: "A bill: arrives."'], ['trigger: "A bill # 7 arrives."'])
    assert changed_lines(before, saved(forms, before, state="active")) == (
        ["state: draft   # soon more"],
        ["state: active   # soon more"],
    )


def test_a_field_that_is_emptied_goes_and_one_that_is_filled_in_comes_to_its_place(forms: Page) -> None:
    before = page("state: draft", "vpmom: finance", "asked_as: [pay a bill]")
    after = saved(forms, before, vpmom="", trigger="A bill arrives.")
    assert after.splitlines()[4:9] == [
        "visibility: public",
        "state: draft",
        "trigger: A bill arrives.",
        "asked_as: [pay a bill]",
        "---",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Pay: the bill"),
        ("title", "- pay"),
        ("title", "no"),
        ("title", "12:30"),
        ("title", "7"),
        ("title", "true"),
        ("title", 'He said "pay"'),
        ("title", "Pay\u00a0it"),
        ("title", "*Pay*"),
        ("title", "@pay"),
        ("title", "{{ pay }}"),
        ("title", "Pay # all"),
        ("title", "pay:"),
        ("trigger", "One line.\nAnother: with a colon.\n  And a space before."),
        ("trigger", "One.\n\nTwo."),
        ("asked_as", ["a, b", "c: d", "[e]", "#f", "2026-03-02", "null"]),
        ("asked_as", ["a text that is long enough to need lines of its own"] * 5),
    ],
)
def test_what_is_typed_in_a_form_is_what_handrail_reads(forms: Page, field: str, value: Any) -> None:
    before = page("state: draft", "trigger: A bill arrives.", "asked_as: [pay a bill]")
    read = read_source(saved(forms, before, **{field: value}).encode())
    assert not read.problems
    assert read.data == {**read_source(before.encode()).data, field: value}


def test_roles_in_the_short_form_stay_in_it_and_names_are_spelled_as_they_were(forms: Page) -> None:
    before = page("rapid: LBK(D), OHA(A), PNA(R & P), Wen Li(I)")
    assert shown(forms, before)["rapid"] == {
        "decide": "lbk", "agree": ["oha"], "recommend": ["pna"], "perform": ["pna"], "input": ["Wen Li"],
    }  # fmt: skip
    after = saved(forms, before, rapid__decide="oha", rapid__agree=["lbk", "sli"])
    assert "rapid: LBK(A), OHA(D), PNA(R & P), Wen Li(I), sli(A)" in after.splitlines()


def test_what_can_not_be_read_is_shown_empty_and_kept(forms: Page) -> None:
    before = page("rapid: LBK(D), OHA", "replaces: {old: page}")
    assert "rapid" not in shown(forms, before)
    after = saved(forms, before, trigger="A bill arrives.")
    assert changed_lines(before, after) == ([], ["trigger: A bill arrives."])


def test_items_of_a_plan_keep_the_form_in_which_they_were_typed(forms: Page) -> None:
    before = page(
        "period: FY27",
        "priorities:",
        "  # Argued about.",
        "  - Two pairs of eyes: no payment leaves on one person's word",
        "  - (Planning) Publish the forecast",
        "methods:",
        '  - {label: One queue, team: Payables, text: "Bills wait in one place, in one tool"}',
        "measures: [{text: Paid in 10 days, target: 10}]",
        kind="vpmom",
    )
    form = shown(forms, before)
    assert form["priorities"][0] == {"label": "Two pairs of eyes", "text": "no payment leaves on one person's word"}
    assert form["priorities"][1] == {"text": "Publish the forecast", "team": "Planning"}
    assert form["measures"][0]["target"] == "10"
    first = [{"label": "Two pairs of eyes", "text": "nobody pays alone"}, form["priorities"][1]]
    after = saved(forms, before, priorities=first)
    assert changed_lines(before, after)[1] == ["  - Two pairs of eyes: nobody pays alone"]
    assert "  # Argued about." in after.splitlines()
    other = saved(
        forms,
        before,
        measures=[{"text": "Paid in 10 days", "target": "12"}],
        methods=[*form["methods"], {"text": "Ask: twice"}],
    )
    assert read_source(other.encode()).data["measures"] == [{"text": "Paid in 10 days", "target": 12}]
    assert changed_lines(before, other)[1] == [
        '  - "Ask: twice"',
        "measures:",
        "  - {text: Paid in 10 days, target: 12}",
    ]


def test_one_person_of_a_list_is_one_line_of_it(forms: Page) -> None:
    before = page(
        "people:",
        "  - {id: lbk, name: Lena Brandt, job: Head of finance}",
        "  - {id: oha, name: Omar Haddad}  # since May",
        "  - id: pna",
        "    name: Priya Nair",
        "    until: 2026-03-02",
        kind="people",
    )
    people = shown(forms, before)["people"]
    after = saved(forms, before, people=[people[0] | {"job": "Chief, finance"}, *people[1:]])
    assert changed_lines(before, after)[1] == ['  - {id: lbk, name: Lena Brandt, job: "Chief, finance"}']
    left = saved(forms, before, people=[*people[:2], people[2] | {"until": ""}])
    assert changed_lines(before, left) == (["    until: 2026-03-02"], [])
    fewer = saved(forms, before, people=[people[0], people[2], {"id": "wli", "name": "Wen Li"}])
    assert changed_lines(before, fewer) == (
        ["  - {id: oha, name: Omar Haddad}  # since May"],
        ["  - {id: wli, name: Wen Li}"],
    )


def test_other_pages_choose_from_people_who_are_here_and_from_labels(forms: Page) -> None:
    people = page(
        "people:",
        "  - {id: lbk, name: Lena Brandt, job: Head of finance}",
        "  - {id: jwe, name: Jonas Weil, until: 2020-08-31}",
        "groups:",
        "  - {id: lt, name: Leadership team, members: [lbk]}",
        kind="people",
    )
    form = shown(forms, people)
    assert form["people_"] == [{"id": "lbk", "name": "Lena Brandt, Head of finance"}]
    assert form["who_"][1:] == [{"id": "lt", "name": "Leadership team (group)"}]
    plan = page("period: FY27", "priorities: ['Calm: no hurry']", "methods: [{label: Calm, text: x}, y]", kind="vpmom")
    assert shown(forms, plan)["plan_"] == "pay@FY27"
    assert shown(forms, plan)["labels_"] == [{"id": "Calm", "name": "Calm"}]


def test_a_new_page_has_its_id_from_its_title(forms: Page) -> None:
    new = {
        "kind": "sop",
        "title": "Rückgabe: a rented car",
        "visibility": "public",
        "state": "draft",
        "serves": [],
        "body": "Go.\n",
    }
    assert saved(forms, None, **new).splitlines() == [
        "---", "kind: sop", "id: ruckgabe-a-rented-car", 'title: "Rückgabe: a rented car"', "visibility: public",
        "state: draft", "---", "Go.",
    ]  # fmt: skip


def test_a_title_in_the_text_is_shown_and_not_written_twice(forms: Page) -> None:
    before = page("state: draft", body="# Pay a bill\n\nGo.\n").replace("title: Pay\n", "")
    assert shown(forms, before)["title"] == "Pay a bill"
    assert saved(forms, before) == before
    assert "title: Pay it" in saved(forms, before, title="Pay it").splitlines()


@pytest.mark.parametrize(
    "body", ["", "\n\nTwo lines above.\n", "Two blanks  \nat an end.  ", "---\n\nA rule.\n", "| a |\n|---|\n"]
)
def test_a_text_is_byte_for_byte_as_it_was(forms: Page, body: str) -> None:
    before = page("state: draft", body=body)
    assert saved(forms, before) == before
    assert saved(forms, before, state="active") == before.replace("state: draft", "state: active")


def test_prose_is_kept_and_may_have_no_front_matter(forms: Page) -> None:
    assert saved(forms, "# Home\n\nHello.\n", body="# Home\n\nGood day.\n") == "# Home\n\nGood day.\n"
    before = "---\ntitle: Home\nhide: [toc]\n---\nHello.\n"
    assert saved(forms, before, title="Start") == before.replace("title: Home", "title: Start")


def test_front_matter_whose_lines_say_more_than_one_thing_is_written_whole(forms: Page) -> None:
    before = "---\n{kind: sop, id: pay, title: Pay, visibility: public, state: draft}\n---\nGo.\n"
    read = read_source(saved(forms, before, state="active").encode())
    assert read.data == {"kind": "sop", "id": "pay", "title": "Pay", "visibility": "public", "state": "active"}


def test_broken_front_matter_is_not_taken_for_an_empty_one(forms: Page) -> None:
    with pytest.raises(Exception, match="Error"):
        shown(forms, page("state: [draft"))


_START = """async (words) => {
  globalThis.CMS = { registerCustomFormat() {}, init() {} };
  await import("/start.js");
  document.body.innerHTML = `<div><p> ${words} </p><p>Create New Entry</p></div>`;
  await new Promise(requestAnimationFrame);
  return [...document.querySelectorAll("p")].map((one) => one.textContent);
}"""


def test_a_folder_without_pages_of_its_own_is_not_called_an_empty_collection(forms: Page) -> None:
    first, second = forms.evaluate(_START, "This collection has no entries yet.")
    assert first.startswith("No page of this kind lies in this folder itself. Open a folder below it")
    assert second == "Create New Entry"
