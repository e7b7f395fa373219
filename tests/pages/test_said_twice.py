"""What the handbook says twice, on a page of its own and on the pages that say it; nobody learns of a page that is withheld."""

from __future__ import annotations

from pathlib import Path

from handrail.model.handbook import Handbook
from handrail.model.settings import Visibility
from handrail.pages.audience import Link
from handrail.pages.frame import view_of
from handrail.pages.generated.said_twice import said_twice
from handrail.pages.views import Row, View
from tests.engines.drawn import BASE, sop
from tests.pages.views import handbook_of, html, plain, shown

STEPS = (
    "Photograph each receipt on the day, for ink fades. Open one claim a journey in the tool for expenses. Write for each line what it was "
    "for, when, and in which currency you paid. Send it before the month is over, and keep the number that you get."
)
MEALS = "\n\n## What we pay\n\n| What | Up to | What to keep |\n|---|---|---|\n| Meals on a journey within Europe | {} | nothing |\n"


def book(folder: Path, **visibility: str) -> Handbook:
    """Return a handbook with two procedures that say nearly the same, and a third that says otherwise than one of them."""
    names = {
        "claim": STEPS + MEALS.format("45 EUR a day"),
        "copy": STEPS,
        "travel": "Book early." + MEALS.format("**50 EUR** a day"),
    }
    files = {
        f"content/{name}.md": sop(name, body, trigger=f"Time for {name}", visibility=visibility.get(name, "public"))
        for name, body in names.items()
    }
    return handbook_of(folder, {**BASE, **files})


def page_view(handbook: Handbook, name: str, audience: Visibility = "public") -> View:
    seen = shown(handbook, audience)
    return view_of(seen, handbook.by_src_uri[f"{name}.md"])


def said_otherwise(view: View) -> str:
    return " ".join(plain(row.words) for row in rows_on_others(view))


def rows_on_others(view: View) -> list[Row]:
    return [row for section in view.after if section.anchor == "said-otherwise" for row in section.rows]


def also_in(view: View) -> str:
    assert view.about is not None
    return " ".join(plain(row.words) for row in view.about.rows if row.name == "Also written in")


def test_both_pages_say_what_the_other_says(tmp_path: Path) -> None:
    handbook = book(tmp_path)
    claim, travel = (page_view(handbook, name) for name in ("claim", "travel"))
    assert said_otherwise(claim) == "Here 45 EUR a day; Travel says 50 EUR a day."
    assert said_otherwise(travel) == "Here 50 EUR a day; Claim says 45 EUR a day."
    [row] = rows_on_others(claim)
    [link] = [word for word in row.words if isinstance(word, Link)]
    assert link.address("claim/") == "../travel/#what-we-pay"
    assert not row.is_searched
    assert said_otherwise(page_view(handbook, "copy")) == ""


def test_pages_that_say_nearly_the_same_name_each_other(tmp_path: Path) -> None:
    handbook = book(tmp_path)
    assert also_in(page_view(handbook, "claim")) == "Copy says nearly the same: see what differs"
    assert also_in(page_view(handbook, "copy")) == "Claim says nearly the same: see what differs"
    assert also_in(page_view(handbook, "travel")) == ""


def test_pages_that_say_the_same_otherwise_stand_together(tmp_path: Path) -> None:
    files = {
        f"content/{name}.md": sop(
            name, f"{name} first. Finance pays a claim within {days} days of getting it.", trigger=f"Time for {name}"
        )
        for name, days in (("a", 5), ("b", 5), ("c", 10))
    }
    handbook = handbook_of(tmp_path, {**BASE, **files})
    assert said_otherwise(page_view(handbook, "c")) == "Here 10 days; A and B say 5 days."
    assert said_otherwise(page_view(handbook, "a")) == "Here 5 days; C says 10 days."


def test_of_a_page_that_is_not_in_force_its_state_is_said(tmp_path: Path) -> None:
    handbook = book(tmp_path)
    files = {page.src_uri: page.source.text for page in handbook.pages}
    draft = files["travel.md"].replace("state: active", "state: draft")
    again = handbook_of(tmp_path, {f"content/{name}": text for name, text in {**files, "travel.md": draft}.items()})
    assert said_otherwise(page_view(again, "claim")) == "Here 45 EUR a day; Travel (draft) says 50 EUR a day."


def test_no_page_that_is_withheld_is_named_anywhere(tmp_path: Path) -> None:
    handbook = book(tmp_path, travel="internal", copy="internal")
    claim = page_view(handbook, "claim")
    assert (said_otherwise(claim), also_in(claim)) == ("", "")
    assert said_otherwise(page_view(handbook, "claim", "internal")) == "Here 45 EUR a day; Travel says 50 EUR a day."
    markup = html(said_twice(shown(handbook)))
    assert "Travel" not in markup
    assert "Copy" not in markup
    assert "Nothing is said twice" in markup


def test_the_page_has_pairs_side_by_side_and_what_differs(tmp_path: Path) -> None:
    handbook = book(tmp_path)
    view = said_twice(shown(handbook))
    titles = [section.title for section in view.sections]
    assert titles == ["Values that differ", "Nearly the same", "Claim and Copy"]
    [conflict] = view.sections[0].entries
    assert plain(conflict.words) == "Travel says 50 EUR a day; Claim says 45 EUR a day."
    assert conflict.note == "Meals on a journey within Europe | 50 EUR a day | nothing"
    [pair] = view.sections[1].entries
    assert plain(pair.words) == "Claim and Copy"
    assert pair.note == "48 of the 48 words of the shorter one stand in the other."
    markup = html(view)
    assert "<del>What we pay" in markup
    assert 'data-search-exclude data-pagefind-ignore><p class="hr-difference">' in markup


def test_triggers_and_deciders_stand_there_until_a_reason_is_given(tmp_path: Path) -> None:
    exception = '{{exceptions: [{{when: The vendor is "<b>new</b>", route: Ask, approver: {}}}]}}'
    files = {
        "content/a.md": sop("lose", trigger="Someone has lost a laptop", process=exception.format("Head of sales")),
        "content/b.md": sop(
            "replace", trigger="Someone has lost a laptop", rapid="TLI(D)", process=exception.format("Head of finance")
        ),
    }
    view = said_twice(shown(handbook_of(tmp_path, {**BASE, **files})))
    assert [section.title for section in view.sections] == [
        "Needed when the same thing happens",
        "One thing, two who decide",
    ]
    decider, approver = view.sections[1].entries
    assert plain(decider.words) == "Lose: Mara Okafor, chief executive; Replace: Tom Lindqvist, head of finance."
    assert plain(approver.words) == "Lose: Head of sales; Replace: Head of finance."
    assert "<b>" not in html(view)
    reasons = "[{rule: same-trigger, reason: Two cases}, {rule: two-deciders-one-decision, reason: Two cases}]"
    files["content/b.md"] = files["content/b.md"].replace("kind: sop", f"kind: sop\nignore: {reasons}")
    assert said_twice(shown(handbook_of(tmp_path, {**BASE, **files}))).sections == ()
