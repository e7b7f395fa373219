"""HB3, of procedures: each serves a plan, and says which part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from handrail.model.cascade import parent_of
from handrail.model.handbook import Handbook
from handrail.model.items import fold_label
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.plans import Line
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, rule
from handrail.rules.subjects import of_field
from handrail.words.language import in_words, join_words, quoted


def is_in_doubt(handbook: Handbook, line: Line) -> bool:
    """Say whether something is known to be wrong with a plan of the line that may decide which plan is in force."""
    return line.id in handbook.unidentified or any(
        plan.page.doubts(name) for plan in line.plans for name in ("period", "state", "rapid", "sign_offs")
    )


def procedures(handbook: Handbook) -> Iterator[Page]:
    """Yield what is to say which plan it serves, less those whose plan can't be read."""
    return (page for page in handbook.reviewed if page.serves_plan and not page.doubts("vpmom"))


@rule("HB301", "orphan", Severity.WARNING, neglect="no plan")
def orphan(handbook: Handbook) -> Iterator[Hit]:
    """An active procedure names no plan that it serves.

    “All procedures are clearly tied to a plan” is the first measure of a handbook: a procedure that serves no strategy is
    followed because it has always been there.

    **What to do.** Add `vpmom:` with the line of the plan that the work is for, and `serves:` with labels of its items. If
    no plan wants it, retire it.
    """
    for page in procedures(handbook):
        if handbook.orphan_reason(page) == "no plan named":
            yield Hit(
                at(page, ("kind",), key=True),
                f"“{page.title}” names no plan that it serves.",
                _plan_to_name(handbook, page),
            )


def _plan_to_name(handbook: Handbook, page: Page) -> str:
    department = handbook.department_of(page)
    line = handbook.lines.get(department.id) if department else None
    if line is None and not handbook.lines:
        return "Write the plan first (`handrail new vpmom`), and name its line here under `vpmom`."
    if line is None:
        return f"Add a line such as vpmom: {next(iter(handbook.lines))}"
    return f"Add the line vpmom: {line.id}, if it is that plan's work."


@rule("HB304", "draft-without-plan", Severity.WARNING, neglect="no plan")
def draft_without_plan(handbook: Handbook) -> Iterator[Hit]:
    """A draft of a procedure names no plan.

    It is the one thing to settle before the steps are written: what for?

    **What to do.** Add `vpmom:` with the line of the plan that the work is for.
    """
    for page in procedures(handbook):
        if page.is_draft and not page.text("vpmom"):
            yield Hit(
                at(page, ("kind",), key=True),
                f"The draft “{page.title}” names no plan that it will serve.",
                _plan_to_name(handbook, page),
            )


@rule("HB305", "served-label-gone", Severity.WARNING)
def served_label_gone(handbook: Handbook) -> Iterator[Hit]:
    """A procedure, an objective or a plan serves a label that the plan in force does not have.

    Plans change every period, and a priority may have been renamed or dropped; then it is worth asking whether what serves it is
    still wanted.

    **What to do.** Name a label of the plan in force, or take the entry out.
    """
    for page, line in _serving(handbook):
        if line is None or line.in_force is None or page.doubts("serves") or is_in_doubt(handbook, line):
            continue
        labels = {item.key: item.label for item in line.in_force.page.items if item.label}
        for index, label in enumerate(page.texts("serves")):
            if fold_label(label) not in labels:
                close = nearest(label, labels.values())
                hint = (
                    f"Did you mean `{close}`?"
                    if close
                    else f"Its labels are {join_words(labels.values())}."
                    if labels
                    else "The plan has no labels."
                )
                plan = line.in_force.page
                yield Hit(
                    at(page, ("serves", index)),
                    f"The plan in force of {line.id} has no item labelled {quoted(label)}.",
                    hint,
                    ((at(plan, ("priorities",), key=True), "The plan in force is here."),),
                    subject=of_field(("serves",), label),
                    by_time=_was_there(line, label),
                )


def _serving(handbook: Handbook) -> Iterator[tuple[Page, Line | None]]:
    """Yield what is in force and may say what it serves, each with the line whose items are meant."""
    for page in (*procedures(handbook), *handbook.of_kind("objective")):
        if page.is_in_force:
            yield page, handbook.line_of(page)
    for line in handbook.lines.values():
        if line.in_force is not None and line.in_force.page.data.get("serves"):
            yield line.in_force.page, parent_of(handbook, line)


def _was_there(line: Line, label: str) -> bool:
    """Say whether an earlier plan of the line had a label: then the day on which the next one began has taken it away."""
    before = line.earlier(line.in_force) if line.in_force is not None else ()
    return any(item.key == fold_label(label) for plan in before for item in plan.page.items if item.label)


def has_followed(line: Line) -> bool:
    """Say whether the plan in force has followed another, as plans do on the day on which their period begins."""
    return line.in_force is not None and bool(line.earlier(line.in_force))


@rule("HB306", "review-after-plan-change", Severity.INFO)
def review_after_plan_change(handbook: Handbook) -> Iterator[Hit]:
    """Procedures were signed before the plan that they serve was.

    Whoever decides them has not yet looked at them with the new plan in mind.

    **What to do.** Read the procedure against the plan in force, fix what it `serves`, and sign it again.
    """
    for line in handbook.lines.values():
        plan = line.in_force
        if plan is None or plan.sign_off.text_signed_on is None or is_in_doubt(handbook, line):
            continue
        # Signing the same plan once more asks nothing new of its procedures.
        vetted = plan.sign_off.text_signed_on
        older = [
            page
            for page in handbook.tied_to(line)
            if page.is_in_force and (signed := handbook.sign_off(page).signed_on) is not None and signed < vetted
        ]
        if older:
            count = f"One {_noun(older[0])} was" if len(older) == 1 else f"{len(older)} {_plural(older)} were"
            yield Hit(
                at(plan.page, ("sign_offs",), key=True),
                f"{count} signed before this plan was, on {in_words(vetted)}.",
                "Read each against the plan and sign it again.",
                tuple(
                    (at(page, ("sign_offs",), key=True), f"“{page.title}” was signed earlier.") for page in older[:20]
                ),
                by_time=has_followed(line),
            )


def _noun(page: Page) -> str:
    return page.kind.noun if page.kind is not None else "page"


def _plural(pages: Iterable[Page]) -> str:
    return join_words(sorted({page.kind.plural for page in pages if page.kind is not None}))


@rule("HB307", "stub-without-plan", Severity.INFO, neglect="no plan")
def stub_without_plan(handbook: Handbook) -> Iterator[Hit]:
    """A procedure that is known but not written names no plan.

    **What to do.** Add `vpmom:`, so that it stands where its readers look for it.
    """
    for page in procedures(handbook):
        if page.is_unwritten and not page.text("vpmom"):
            yield Hit(
                at(page, ("kind",), key=True),
                f"“{page.title}” is known but not written, and names no plan.",
                _plan_to_name(handbook, page),
            )


@rule("HB313", "serves-nothing", Severity.INFO, neglect="no item of their plan")
def serves_nothing(handbook: Handbook) -> Iterator[Hit]:
    """An active procedure does not say which items of its plan it serves.

    **What to do.** Add `serves:` with labels of the plan's priorities or methods.
    """
    for page in procedures(handbook):
        line = handbook.line_of(page) if page.is_in_force else None
        if line is not None and page.kind is not None and "serves" in page.kind.fields and page.lacks("serves"):
            labels = [item.label for item in line.face.page.items if item.label]
            hint = (
                f"Its labels are {join_words(labels)}."
                if labels
                else "Give the plan's items labels first: `Label: sentence`."
            )
            yield Hit(at(page, ("vpmom",)), f"“{page.title}” does not say which items of the plan it serves.", hint)
