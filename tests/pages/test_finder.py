"""What the finder knows of the pages that an audience may see, and the form of its page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from handrail.pages.audience import Shown
from handrail.pages.generated.finder import entries, finder_index, form
from handrail.search.index import Entry
from handrail.search.ranking import Finder
from handrail.text.headings import headings
from tests.engines.drawn import BASE, sop
from tests.history import repos
from tests.history.repos import Repo
from tests.pages.views import handbook_of, shown

SECRET = sop(
    "zebra-payouts", "## Zebra bonus", visibility="confidential", asked_as="[zebra money]", trigger="Zebras call"
)
INTERNAL = sop("yak-payouts", visibility="internal", asked_as="[yak money]")
BODY = """# Title

## Claim it [here](../secret/zebra.md) {#anchor .x}

```
## not a heading
```

Money & more
------------

### Ask [[sop:zebra-payouts]] or [[sop:zebra-payouts|a colleague]] ###
"""


def test_nothing_of_what_is_withheld_is_in_the_index(tmp_path: Path) -> None:
    files = {**BASE, "content/finance/secret.md": SECRET, "content/finance/inner.md": INTERNAL}
    book = handbook_of(tmp_path, files)
    public = json.dumps(finder_index(shown(book), ()))
    assert "zebra" not in public.casefold()
    assert "yak" not in public.casefold()
    internal = json.dumps(finder_index(shown(book, "internal"), ()))
    assert "zebra" not in internal.casefold()
    assert "yak" in internal.casefold()


def test_a_department_that_may_not_be_seen_lends_neither_its_name_nor_its_people(tmp_path: Path) -> None:
    hidden = BASE["content/finance/index.md"].replace("visibility: public", "visibility: internal")
    stub = sop("later", "", state="stub", department="finance", sign_offs="", description="", trigger="")
    files = {**BASE, "content/finance/index.md": hidden, "content/finance/later.md": stub}
    found = {entry.id: entry for entry in entries(shown(handbook_of(tmp_path, files)))}
    assert (found["later"].department, found["later"].owner, found["later"].ask) == ("", "", "")


def test_a_page_says_its_department_owner_state_and_whom_to_ask(tmp_path: Path) -> None:
    stub = sop("later", "", state="stub", department="finance", sign_offs="", description="", trigger="")
    found = {
        entry.id: entry for entry in entries(shown(handbook_of(tmp_path, {**BASE, "content/finance/later.md": stub})))
    }
    claims, later = found["expense-claims"], found["later"]
    assert (claims.state, claims.department, claims.owner, claims.ask) == (
        "signed",
        "Finance & Books",
        "Tom Lindqvist",
        "",
    )
    assert (later.state, later.standing, later.ask) == ("known, not written yet", 2, "#ask-finance")
    assert claims.others["jobs"].splitlines() == ["Head of finance"]


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({"sign_offs": "[{role: D, by: mok, date: 2025-01-15}]"}, "run out"),
        ({"review_every": "9 months"}, "signed"),
        ({"needs_update": "No."}, "needs an update"),
        ({"state": "draft"}, "draft"),
        ({"state": "retired"}, "retired"),
    ],
)
def test_an_answer_says_how_far_a_page_can_be_relied_on(changed: dict[str, str], state: str, tmp_path: Path) -> None:
    book = handbook_of(tmp_path, {**BASE, "content/a.md": sop("a", **changed)})
    [found] = [one for one in entries(shown(book)) if one.id == "a"]
    assert found.state == state


def test_headings_are_read_as_their_reader_sees_them() -> None:
    assert [" ".join(heading.split()) for heading in headings(BODY)] == [
        "Title",
        "Claim it here",
        "Money & more",
        "Ask or a colleague",
    ]


def test_a_page_that_is_kept_out_of_search_is_kept_out_of_the_finder(tmp_path: Path) -> None:
    files = {**BASE, "content/finance/x.md": sop("hidden-one", search="{exclude: true}")}
    assert "hidden-one" not in [entry.id for entry in entries(shown(handbook_of(tmp_path, files)))]


def test_pages_that_handrail_makes_are_known_where_they_are_made(tmp_path: Path) -> None:
    meeting = "---\nkind: cadence\nid: weekly\ntitle: Weekly\nvisibility: internal\nfrequency: weekly\nparticipants: [ada]\n---\nWe meet.\n"
    book = handbook_of(tmp_path, {**BASE, "content/weekly.md": meeting})
    public, internal = (
        {entry.id: entry for entry in entries(shown(book, audience)) if entry.kind == "overview"}
        for audience in ("public", "internal")
    )
    assert internal.keys() - public.keys() == {"meetings"}
    assert (internal["meetings"].title, internal["meetings"].url) == (
        "Meetings and what they decided",
        "handbook/meetings/",
    )
    assert {"queue", "changes", "scorecard", "kinds"} <= public.keys()
    assert not {"strategy", "map", "rules", "orphans"} & internal.keys()


def test_the_form_leads_to_the_table_of_contents_and_the_index_to_a_new_page(tmp_path: Path) -> None:
    book = handbook_of(tmp_path, BASE)
    html = form(shown(book), "handbook/find/")
    assert 'data-site="../../"' in html
    assert 'src="../../assets/handrail/finder.js"' in html
    assert '<a href="../">the list of all procedures</a>' in html
    assert "<script>" not in html
    index = finder_index(shown(book), ())
    assert index["page"] == "handbook/find/"
    assert index["new"].startswith("https://github.com/example/handbook/new/main/content?filename=new.md")


def test_without_a_forge_nothing_is_proposed(tmp_path: Path) -> None:
    assert finder_index(shown(handbook_of(tmp_path, BASE), forge=None), ())["new"] == ""


def test_hostile_fields_change_nothing_but_their_own_words(tmp_path: Path) -> None:
    nasty = sop(
        "nasty", title='"<img src=x onerror=alert(1)>|{{ 7*7 }}"', asked_as='["</script><script>alert(1)</script>"]'
    )
    book = handbook_of(tmp_path, {**BASE, "content/finance/x.md": nasty})
    index = finder_index(shown(book, leniently=True), ())
    finder = Finder(index)
    hit = finder.search("img src x onerror").hits[0]
    assert finder.titles[hit.page] == "<img src=x onerror=alert(1)>|{{ 7*7 }}"


def _of_pages(seen_by: Shown) -> list[Entry]:
    """Return what the finder knows of the pages that authors wrote."""
    return [one for one in entries(seen_by) if one.kind != "overview"]


def _replaced(folder: Path, before: str) -> Entry:
    """Return what the finder knows of a page whose text was replaced."""
    repo = Repo(folder / "repo")
    repo.commit("2026-02-01", {"x.md": before})
    repo.commit("2026-03-05", {"x.md": repos.sop("1. Do it at once.")})
    [found] = _of_pages(shown(repo.handbook, leniently=True))
    return found


def test_a_page_is_known_by_the_digits_of_its_text_and_of_those_before(tmp_path: Path) -> None:
    today, earlier = _replaced(tmp_path, repos.sop("1. Do it.")).texts
    assert re.fullmatch("[0-9a-f]{8}", today)
    assert re.fullmatch(f"(?!{today})[0-9a-f]{{8}} 5 March 2026", earlier)


def test_no_day_after_today_is_told(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("2026-02-01", {"x.md": repos.sop("1. Do it.")})
    repo.commit("2030-03-05", {"x.md": repos.sop("1. Do it at once.")})
    [found] = _of_pages(shown(repo.handbook, leniently=True))
    assert [len(text) for text in found.texts] == [8, 8]


@pytest.mark.parametrize("was", ["internal", "confidential"])
def test_a_text_that_could_not_be_seen_is_known_by_no_digits(tmp_path: Path, was: str) -> None:
    before = repos.sop("1. Do it.").replace("visibility: public", f"visibility: {was}")
    assert len(_replaced(tmp_path, before).texts) == 1


def test_a_page_that_nobody_signs_has_no_digits(tmp_path: Path) -> None:
    found = {entry.id: entry for entry in entries(shown(handbook_of(tmp_path, BASE)))}
    assert found["expense-claims"].texts
    assert not found["finance"].texts
