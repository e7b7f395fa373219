"""What a procedure asks below its text: the right form with the right page, within what a forge takes, and nothing that readers may not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.forge.forge import Forge
from handrail.forge.forms import NO_FORMS, Forms
from handrail.model.steps import Step
from handrail.pages.audience import Shown
from handrail.pages.feedback import MOST_BYTES, checklist, why_not_asked
from handrail.pages.frame import view_of
from handrail.pages.views import Feedback
from handrail.text.digest import digits
from tests.measures.rows import report, run, write_records
from tests.pages.views import FORGE, handbook_of, html, plain, shown

GITEA = Forge("https://codeberg.org/example/handbook", "main", "content", "gitea")
GITLAB = Forge("https://gitlab.com/example/handbook", "main", "content", "gitlab")
BODY = "\n## Claim\n\n1. Open the *form*.\n2. See [[sop:secret]].\n"
PEOPLE = """
    ---
    kind: people
    id: people
    title: People
    visibility: public
    people:
      - {id: ada, name: Ada Roth, handle: adaroth, deputy: bo}
      - {id: bo, name: Bo Lund, handle: "@bo-lund"}
      - {id: gil, name: Gil Oz, handle: giloz, until: 2026-03-31, deputy: bo}
      - {id: mia, name: Mia Ek, handle: mia_acme}
      - {id: eve, name: Eve Ho, handle: "eve @all"}
    groups:
      - {id: lt, name: Leads, members: [ada], handle: example/leads}
    ---
    """
INTERNAL = "---\nkind: sop\nid: secret\ntitle: Buy the rival\nvisibility: internal\nstate: active\n---\nText\n"


def page(body: str = BODY, **fields: str) -> str:
    known = {"kind": "sop", "id": "pay", "title": "Pay", "visibility": "public", "state": "active", **fields}
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in known.items()) + f"---\n{body}"


def seen(
    folder: Path, text: str, setting: str = "issues", *, files: Mapping[str, str] | None = None, **how: Any
) -> Shown:
    pages = {"content/pay.md": text, "content/people.md": PEOPLE, "content/secret.md": INTERNAL, **(files or {})}
    return shown(handbook_of(folder, pages, {"feedback": setting}), **{"forms": Forms(feedback=True), **how})


def asked(found: Shown, src_uri: str = "pay.md") -> Feedback | None:
    return view_of(found, found.handbook.by_src_uri[src_uri]).feedback


def buttons(found: Shown) -> dict[str, str]:
    feedback = asked(found)
    return {button.words: button.url for button in feedback.buttons} if feedback is not None else {}


def filled(url: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}


def test_links_open_the_forms_with_page_and_digest(tmp_path: Path) -> None:
    found = seen(tmp_path, page(owner="ada"))
    digest = str(found.handbook.texts.digest(found.handbook.by_src_uri["pay.md"]))
    common = {"page": "sop:pay", "digest": digest}
    links = buttons(found)
    assert list(links) == ["It worked", "Something was wrong", "Run it"]
    assert all(url.startswith("https://github.com/example/handbook/issues/new?") for url in links.values())
    assert filled(links["It worked"]) == {"template": "it-worked.yml", "title": "It worked: sop:pay", **common}
    assert filled(links["Something was wrong"]) == {
        "template": "something-wrong.yml", "title": "Something was wrong: sop:pay", **common, "owner": "@adaroth",
    }  # fmt: skip
    assert filled(links["Run it"]) == {
        "template": "run.yml", "title": "Run: sop:pay", **common,
        # A page that readers of this site may not know of is named by no link either.
        "steps": "- [ ] Claim, step 1: Open the form.\n- [ ] Claim, step 2: See an internal page.\n",
    }  # fmt: skip


def test_gitea_has_the_same_forms(tmp_path: Path) -> None:
    links = buttons(seen(tmp_path, page(), forge=GITEA))
    assert filled(links["It worked"])["template"] == ".gitea/ISSUE_TEMPLATE/it-worked.yml"
    assert filled(links["Run it"])["field:steps"].startswith("- [ ] Claim, step 1: ")


@pytest.mark.parametrize(
    ("owner", "called"),
    [("ada", "@adaroth"), ("Bo Lund", "@bo-lund"), ("gil", "@bo-lund"), ("lt", "@example/leads"), ("mia", "@mia_acme"), ("eve", None), ("zoe", None)],
)  # fmt: skip
def test_the_owner_is_called_or_who_stands_in(tmp_path: Path, owner: str, called: str | None) -> None:
    assert filled(buttons(seen(tmp_path, page(owner=owner)))["Something was wrong"]).get("owner") == called


def test_no_handle_is_told_where_the_list_of_people_may_not_be_seen(tmp_path: Path) -> None:
    hidden = PEOPLE.replace("visibility: public", "visibility: internal")
    links = buttons(seen(tmp_path, page(owner="ada"), files={"content/people.md": hidden}))
    assert "adaroth" not in str(links)
    assert len(links) == 3


def test_a_page_without_steps_has_nothing_to_run(tmp_path: Path) -> None:
    assert list(buttons(seen(tmp_path, page("Just ask.\n")))) == ["It worked", "Something was wrong"]


@pytest.mark.parametrize("state", ["stub", "draft", "retired", "nonsense"])
def test_only_what_is_in_force_is_asked_about(tmp_path: Path, state: str) -> None:
    assert asked(seen(tmp_path, page(state=state))) is None


def test_what_is_no_procedure_is_not_asked_about(tmp_path: Path) -> None:
    found = seen(tmp_path, page(kind="department"), files={"content/prose.md": "1. a\n"})
    assert [asked(found, src_uri) for src_uri in ("pay.md", "people.md", "prose.md")] == [None, None, None]


def test_nothing_is_asked_unless_the_settings_say_so(tmp_path: Path) -> None:
    assert asked(seen(tmp_path, page(), "off")) is None
    assert asked(seen(tmp_path, page(), forms=NO_FORMS)) is None
    assert asked(seen(tmp_path, page(), forge=None)) is None


FORM = "https://forms.example/f?page={page}&text={digest}&how={result}"


def test_an_address_is_filled_in_and_needs_no_forge(tmp_path: Path) -> None:
    found = seen(tmp_path, page(), FORM, forge=None, forms=NO_FORMS)
    links = buttons(found)
    assert list(links) == ["It worked", "Something was wrong"]
    assert [filled(url)["how"] for url in links.values()] == ["worked", "wrong"]
    assert filled(links["It worked"]) == {
        "page": "pay", "how": "worked", "text": str(found.handbook.texts.digest(found.handbook.by_src_uri["pay.md"])),
    }  # fmt: skip
    assert ":" not in urlsplit(links["It worked"]).query
    assert asked(found) == Feedback(asked(found).buttons, "These open a form at forms.example.")  # type: ignore[union-attr]


def test_an_address_that_takes_no_result_is_one_link(tmp_path: Path) -> None:
    found = seen(tmp_path, page(), "https://forms.example/{page}")
    assert buttons(found) == {"Say how it went": "https://forms.example/pay"}
    assert "This opens a form at forms.example." in html(view_of(found, found.handbook.by_src_uri["pay.md"]))


def test_it_stands_between_the_text_and_what_is_about_the_page_and_no_search_finds_it(tmp_path: Path) -> None:
    found = seen(tmp_path, page())
    markup = html(view_of(found, found.handbook.by_src_uri["pay.md"]))
    start = markup.index('<div class="hr-worked"')
    assert start < markup.index('<section class="hr-about"')
    assert "data-search-exclude data-pagefind-ignore" in markup[start : markup.index(">", start)]
    assert "hr-button--filled" not in markup[start : markup.index("</div>", start)]


HOSTILE = '1. <b onclick="x">@everyone</b> closes #1 & {{ 7 }}\n2. `a` "><script>x</script> 日本語のてじゅん\n'


def test_words_of_a_page_are_only_words(tmp_path: Path) -> None:
    found = seen(tmp_path, page(HOSTILE))
    listed = filled(buttons(found)["Run it"])["steps"]
    assert "@everyone" not in listed
    assert "closes #1" not in listed
    assert "<" not in listed
    markup = html(view_of(found, found.handbook.by_src_uri["pay.md"]))
    assert "<script" not in markup
    assert not re.search(r'href="[^"]*[<>]', markup)


def test_no_address_is_too_long(tmp_path: Path) -> None:
    long_id = "a" * 4_000
    assert asked(seen(tmp_path, page(id=long_id))) is None
    many = "".join(f"1. 第{number}の手順は長い言葉である\n" for number in range(300))
    links = buttons(seen(tmp_path, page(many)))
    assert len(links) == 3
    assert 3_000 < len(links["Run it"].encode()) <= MOST_BYTES


STEPS = st.lists(
    st.builds(
        lambda heading, typed, text: (heading, typed, text),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
        st.integers(0, 99),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=300) | st.sampled_from(["長" * 400, "@a" * 99, "", "- [ ] x"]),
    ),
    max_size=60,
).map(lambda found: tuple(Step(number, *one) for number, one in enumerate(found, 1)))  # fmt: skip


@given(STEPS, st.integers(0, 5_000))
def test_a_list_fits_and_says_what_it_leaves_out(steps: tuple[Step, ...], room: int) -> None:
    listed = checklist(steps, room)
    assert len(quote(listed, safe="")) <= room
    lines = listed.splitlines()
    boxes = [line for line in lines if line.startswith("- [ ] ")]
    whole = checklist(steps, 10**9)
    assert len([line for line in whole.split("\n") if line.startswith("- [ ] ")]) == len(steps)
    if listed in ("", whole):
        return
    # The n-th box is the n-th step's, whatever is left out.
    assert all(line.startswith(start) for line, start in zip(boxes, ["- [ ] "] * len(steps), strict=False))
    left = len(steps) - len(boxes)
    said = "The steps are shortened here" if not left else "one more step," if left == 1 else f"{left} more steps,"
    assert said in lines[-1]


# What people found


RATE = "12 of 240 runs went wrong in 12 months: 5 %, most likely 2 to 9 %."


def told(found: Shown) -> list[str]:
    feedback = asked(found)
    return [plain(one) for one in feedback.said] if feedback is not None else []


def runs(worked: int, wrong: int, **how: Any) -> list[str]:
    return [run(**how) for _ in range(worked)] + [run("wrong", **how) for _ in range(wrong)]


def eight_digits(folder: Path) -> str:
    book = handbook_of(folder, {"content/pay.md": page()})
    return digits(book.texts.digest(book.by_src_uri["pay.md"]).text)


def test_a_page_says_how_many_runs_went_wrong_and_where_and_what_is_open(tmp_path: Path) -> None:
    text = eight_digits(tmp_path)
    rows = runs(228, 5, text=text) + [run("stopped", text=text, step=2) for _ in range(7)]
    write_records(
        tmp_path,
        runs=rows + runs(70, 30, text="0" * 8),
        reports=[report(key="issue-7"), report("closed"), report("not-planned")],
    )
    found = seen(tmp_path, page())
    assert told(found) == [
        f"{RATE} Of the text before it, 30 of 100. Most often it goes wrong at Claim, step 2 (7 times).",
        "2 reports, one open: #7.",
    ]
    markup = html(view_of(found, found.handbook.by_src_uri["pay.md"]))
    assert '<a href="https://github.com/example/handbook/issues/7">#7</a>' in markup


def test_what_people_found_is_told_also_where_nobody_is_asked(tmp_path: Path) -> None:
    write_records(tmp_path, runs=runs(19, 1, text=eight_digits(tmp_path)), reports=[report("closed")])
    found = seen(tmp_path, page(), "off")
    assert told(found) == ["1 of 20 runs went wrong in 12 months: 5 %, most likely 0 to 24 %.", "One report, closed."]
    markup = html(view_of(found, found.handbook.by_src_uri["pay.md"]))
    assert "Did this work?" not in markup
    assert 'aria-label="What people found"' in markup


def test_few_runs_tell_no_rate(tmp_path: Path) -> None:
    write_records(tmp_path, runs=runs(17, 2, text=eight_digits(tmp_path)))
    assert told(seen(tmp_path, page())) == []


def test_the_public_is_told_apart_unless_it_counts(tmp_path: Path) -> None:
    text = eight_digits(tmp_path)
    write_records(tmp_path, runs=runs(20, 0, text=text) + runs(20, 10, text=text, origin="public"))
    assert told(seen(tmp_path, page())) == [
        "0 of 20 runs went wrong in 12 months: 0 %, most likely 0 to 17 %. The public, counted apart, tells of 10 of 30."
    ]
    book = handbook_of(tmp_path, {"content/pay.md": page()}, {"feedback_counts": "anyone"})
    assert told(shown(book)) == ["10 of 50 runs went wrong in 12 months: 20 %, most likely 11 to 34 %."]


def test_many_reports_are_counted_and_the_newest_linked(tmp_path: Path) -> None:
    write_records(
        tmp_path, reports=[report(key=f"issue-{number}", day=f"2026-10-{number:02}") for number in range(1, 13)]
    )
    assert told(seen(tmp_path, page())) == ["12 reports, 12 open: #12, #11, #10, #9, #8 and 7 more."]
    assert told(seen(tmp_path, page(), forge=None)) == ["12 reports, 12 open."]


# Why nobody is asked


@pytest.mark.parametrize(
    ("forge", "why"),
    [
        (None, "nothing tells where they are opened. Give `repo_url`"),
        (GITLAB, "GitLab has no forms that a link fills in. Write the address"),
        (FORGE, "the repository lacks the forms. Put it-worked.yml, something-wrong.yml and run.yml into .github/ISSUE_TEMPLATE"),
        (GITEA, "into .gitea/ISSUE_TEMPLATE"),
    ],
)  # fmt: skip
def test_a_maintainer_is_told_why_no_page_asks(tmp_path: Path, forge: Forge | None, why: str) -> None:
    project = seen(tmp_path, page()).handbook.project
    said = why_not_asked(project, forge, has_forms=False)
    assert said.startswith("mkdocs.yml: the option `feedback` of the plugin handrail asks for issues, and ")
    assert why in said


def test_of_a_host_that_nobody_knows_it_is_said_how_to_name_its_forge(tmp_path: Path) -> None:
    known = seen(tmp_path, page()).handbook.project
    for edit_uri, style in (("edit/main/content/", None), ("_edit/main/content/", "gitea")):
        project = replace(known, repo_url="https://git.example/acme/handbook", edit_uri=edit_uri)
        forge = Forge.of(project.repo_url, project.edit_uri)
        assert (forge and forge.style) == style
        said = why_not_asked(project, forge, has_forms=False)
        assert ("On Gitea `edit_uri` begins with `_edit/` and the branch" in said) is (style is None)
        assert "Give `repo_url`" not in said


def test_nothing_is_said_where_all_is_as_it_should_be(tmp_path: Path) -> None:
    project = seen(tmp_path, page()).handbook.project
    assert why_not_asked(project, FORGE, has_forms=True) == ""
    for setting in ("off", FORM):
        assert why_not_asked(seen(tmp_path, page(), setting).handbook.project, None, has_forms=False) == ""
