"""What an author does who has never seen git, in Sveltia CMS itself: `python -m tests.web.an_author`.

A new procedure, a changed amount and a department under another, each filled in by the words of the form. It fails where anything else
comes to the files, where a check finds more than that the signed text has changed, and where a signature on another page stands otherwise.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from handrail.text.source import read_source
from tests.support.browser import started
from tests.web.sveltia import Forms, copy_of_the_handbook, judged, packages, say, write

FINANCE, PARTNERS = "content/operations/finance", "content/operations/partners/index.md"
NEW, CLAIM = f"{FINANCE}/order-new-chairs.md", f"{FINANCE}/expense-claims.md"
BEFORE, AFTER = "| Flight, economy | 600 EUR,", "| Flight, economy | 650 EUR,"
WORDS = "No page of this kind lies in this folder itself."
TRIGGER = "A chair is broken, or somebody joins who has none."


def a_new_procedure(forms: Forms) -> Iterator[str]:
    """Fill in a new procedure, and yield what misleads on the way."""
    page = forms.page
    forms.go("sop")
    page.get_by_text(WORDS).wait_for()
    forms.begin("sop", "operations/finance")
    page.get_by_role("button", name="Save", exact=True).click()
    missing = page.get_by_text("This field is required.")
    missing.first.wait_for()
    if missing.count() != len(("title", "visibility")):
        yield "a new procedure can't be saved without more than a title and who may read it"
    forms.fill("title", "Order new chairs")
    page.get_by_text("Everyone (public)").click()
    forms.field("trigger").fill(TRIGGER)
    forms.choose("vpmom", "Finance VPMOM")
    forms.save()


def a_changed_amount(forms: Forms) -> Iterator[str]:
    """Change one amount in a signed text."""
    forms.open("sop", CLAIM)
    text = forms.field("body").input_value()
    if BEFORE not in text:
        yield f"{CLAIM} no longer says “{BEFORE}”"
    forms.fill("body", text.replace(BEFORE, AFTER))
    forms.save()


def a_moved_department(forms: Forms) -> Iterator[str]:
    """Put a department under another, and yield whether it might have been put under itself."""
    forms.open("department", PARTNERS)
    own = forms.field("title").input_value()
    listed = forms.choose("parent", "Sales")
    if any(one.strip() == own for one in listed):
        yield f"{PARTNERS}: its own name, {own}, is among the departments that it may lie under"
    forms.save()


def faults(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Yield what came to the files beside what the author did."""
    wanted = {
        CLAIM: before[CLAIM].replace(BEFORE, AFTER),
        PARTNERS: before[PARTNERS].replace("lead: pzi\n", "lead: pzi\nparent: sales\n"),
    }
    for path, text in after.items():
        if path.endswith(".md") and path != NEW and text != wanted.get(path, before.get(path)):
            yield f"{path}: it says something else than what was filled in"
    fields = {
        "kind": "sop", "id": "order-new-chairs", "title": "Order new chairs", "visibility": "public", "state": "draft",
        "trigger": TRIGGER, "vpmom": "finance",
    }  # fmt: skip
    if dict(read_source(after.get(NEW, "").encode()).data) != fields:
        yield f"{NEW}: it doesn't say what was filled in"


def verdicts(before: tuple[list[Any], Any], after: tuple[list[Any], Any]) -> Iterator[str]:
    """Yield findings and signatures that an author's changes should not have changed."""
    for path, rule, message in after[0]:
        # How many signatures git can't confirm changes with each that no longer holds.
        if (path, rule, message) not in before[0] and (path, rule) != (CLAIM, "HB413") and rule != "HB418":
            yield f"a check finds in {path}: {rule}, {message}"
    if (CLAIM, "HB413") not in {(path, rule) for path, rule, _ in after[0]}:
        yield f"{CLAIM}: nothing says that it has changed since it was signed"
    others = [[one for one in told[1]["signatures"] if one["path"] != CLAIM] for told in (before, after)]
    if others[0] != others[1]:
        yield "signatures of other pages stand otherwise than before"


def main() -> int:
    """Run it and say how it went."""
    with packages() as node_modules, tempfile.TemporaryDirectory() as folder, started() as browser:
        handbook: Path = copy_of_the_handbook(folder)
        was = judged(handbook)
        forms = Forms(browser, handbook, node_modules)
        before = forms.files()
        wrong = [said for task in (a_new_procedure, a_changed_amount, a_moved_department) for said in task(forms)]
        after = forms.files()
        write(handbook, {path: text for path, text in after.items() if path.endswith(".md")})
        wrong += [*faults(before, after), *verdicts(was, judged(handbook)), *forms.errors]
    say("\n".join(wrong) or "What an author fills in is what the pages say, and nothing else.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
