"""Below the text of a procedure in use: whether it worked for whoever followed it, and what others found. No page sends anything by itself.

Where the setting `feedback` is `issues`, links open the forge's forms with page and digest filled in, and one opens a checklist of the
page's steps; where it is an address, links lead there. What is asked becomes known to nobody but by the reader who sends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, urlsplit

from handrail.forge.asking import why_not_by_issues
from handrail.forge.feedback_forms import IT_WORKED, RUN, SOMETHING_WRONG
from handrail.forge.forge import Forge
from handrail.model.page import Page
from handrail.model.project import Project
from handrail.model.steps import Step
from handrail.pages.audience import Shown
from handrail.pages.experience import found_by_people
from handrail.pages.views import Button, Feedback
from handrail.report.experience import who_answers
from handrail.report.markdown import mention, said

OFF, ISSUES = "off", "issues"
"""The values of the setting `feedback` that are no address."""
MOST_BYTES = 4_000
"""So long may an address be. Forges take twice that, and one that asks a reader to log in first escapes it once more."""
_LONGEST_WORDS = 200
_CUT = "…"


def feedback(shown: Shown, page: Page) -> Feedback | None:
    """Return what a page asks those who followed it, and what others found; None where neither is anything.

    Only procedures in use ask and tell.
    """
    if not (page.is_reviewed and page.is_in_force and page.id):
        return None
    setting = shown.handbook.settings.feedback
    asks = () if setting == OFF else _forms(shown, page) if setting == ISSUES else _addresses(shown, page, setting)
    buttons = tuple(asks)
    said = tuple(found_by_people(shown, page))
    if not buttons and not said:
        return None
    return Feedback(buttons, _note(buttons, by_issues=setting == ISSUES), said)


def _note(buttons: tuple[Button, ...], *, by_issues: bool) -> str:
    """Say what pressing one of some buttons does."""
    if not buttons:
        return ""
    these = "These open a form" if len(buttons) > 1 else "This opens a form"
    account = ", filled in; you send it with your account there" if by_issues else ""
    return f"{these} at {urlsplit(buttons[0].url).hostname}{account}."


def why_not_asked(project: Project, forge: Forge | None, *, has_forms: bool) -> str:
    """Say why no page asks although the settings want issues to be opened, and what to do; empty where they ask, or are not to."""
    if project.settings.feedback != ISSUES:
        return ""
    why = why_not_by_issues(project, forge, has_forms=has_forms)
    if why is None:
        return ""
    asks = f"{project.words_for('feedback')} asks for issues, and {why.because}."
    return f"{asks} {why.do} Until then no page asks whether it worked."


# By the forge's forms


def _forms(shown: Shown, page: Page) -> Iterator[Button]:
    """Yield what opens each form, as far as its address is not too long."""
    if shown.forge is None or not shown.forms.feedback:
        return
    reference, digest = shown.handbook.identity(page), str(shown.handbook.texts.digest(page))
    owner = _owner(shown, page)
    for form, known in ((IT_WORKED, {}), (SOMETHING_WRONG, {"owner": owner} if owner else {})):
        url = form.url(shown.forge, reference, digest, known)
        if len(url.encode()) <= MOST_BYTES:
            yield Button(form.title, url)
    steps = shown.steps.of(page)
    open_run = partial(RUN.url, shown.forge, reference, digest)
    room = MOST_BYTES - len(open_run({"steps": ""}).encode())
    if steps and (listed := checklist(steps, room)):
        yield Button("Run it", open_run({"steps": listed}))


def _owner(shown: Shown, page: Page) -> str:
    """Return the handle of whoever looks after a page, with its @, so that the forge calls them; empty where nobody may know it."""
    people = shown.handbook.registry_page
    found = who_answers(shown.handbook, [shown.owner_of(page)]) if people is not None and shown.shows(people) else None
    return mention(found.handle) if found is not None else ""


def checklist(steps: tuple[Step, ...], room: int) -> str:
    """Return steps as a list to tick, its n-th box the n-th step's, that takes at most so many bytes in an address.

    Where all of it would take more, first the words of each step are cut, then the last steps are left out, and it says so; empty
    where there is no room for one step.
    """
    whole = _listed(steps, None)
    if len(_quoted(whole)) <= room:
        return whole
    shortest, longest = 0, _LONGEST_WORDS
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        if len(_quoted(_listed(steps, middle))) <= room:
            shortest = middle
        else:
            longest = middle - 1
    listed = _listed(steps, shortest)
    return listed if len(_quoted(listed)) <= room else _first(steps, room)


def _listed(steps: tuple[Step, ...], longest: int | None) -> str:
    """Return steps as a list to tick, with at most so many characters of each one's words."""
    lines = [_line(step, longest) for step in steps]
    note = "" if longest is None else "\nThe steps are shortened here; the page has all their words.\n"
    return "".join(f"{line}\n" for line in lines) + note


def _first(steps: tuple[Step, ...], room: int) -> str:
    """Return the first steps as a list to tick without their words, and how many are left out."""
    lines: list[str] = []
    room -= len(_quoted(_left_out(len(steps))))
    for step in steps:
        line = f"{_line(step, 0)}\n"
        room -= len(_quoted(line))
        if room < 0:
            break
        lines.append(line)
    return "".join(lines) + _left_out(len(steps) - len(lines)) if lines else ""


def _left_out(number: int) -> str:
    more = "one more step" if number == 1 else f"{number} more steps"
    return f"\nThe page has {more}, for which there is no room here.\n"


def _line(step: Step, longest: int | None) -> str:
    name = step.name if step.heading else step.name.capitalize()
    words = step.text
    if longest is not None and len(words) > longest:
        words = words[:longest].rstrip() + _CUT if longest else ""
    return f"- [ ] {said(f'{name}: {words}' if words else name)}"


def _quoted(text: str) -> str:
    return quote(text, safe="")


# By an address


def _addresses(shown: Shown, page: Page, template: str) -> Iterator[Button]:
    """Yield what leads to a form elsewhere: one for each result where its address takes one, else one for both."""
    known = {"page": page.id, "digest": str(shown.handbook.texts.digest(page))}
    results = {"worked": IT_WORKED.title, "wrong": SOMETHING_WRONG.title}
    offered = results if "{result}" in template else {"": "Say how it went"}
    for result, words in offered.items():
        url = template
        for name, value in {**known, "result": result}.items():
            url = url.replace(f"{{{name}}}", quote(value, safe=""))
        if len(url.encode()) <= MOST_BYTES:
            yield Button(words, url)
