"""Reads what stands in the forms by which readers tell how a procedure went; a text that is none of them is somebody's own."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from handrail.forge.feedback_forms import FORMS, FeedbackForm
from handrail.model.steps import Step
from handrail.text.lines import LINE_END

MOST_CHARACTERS = 200_000
"""A forge takes fewer in one issue."""

_EMPTY = ("_No response_", "None", "")
_TASK = re.compile(r"[-*+] \[(?P<mark>[ xX])\](?:\s|$)")
_STEP = re.compile(r"(?:(?P<heading>.*?),?\s*)?(?:step|#|no\.?)?\s*(?P<number>[1-9][0-9]{0,3})\.?", re.IGNORECASE)
_LONGEST_STEP = 300
_MINUTES = re.compile(r"(?P<minutes>[0-9]{1,5})\s*(?:m|min|mins|minutes?)?\.?", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


class NoAnswerError(ValueError):
    """Why a text that begins as one of the forms can't be read as one."""


@dataclass(frozen=True, slots=True)
class Answers:
    """A form that somebody sent, with what stands in its fields by their ids; empty where nothing does."""

    form: FeedbackForm
    fields: Mapping[str, str]

    @property
    def ticks(self) -> list[bool]:
        """Whether each item of the list of tasks is ticked."""
        return [match["mark"] != " " for line in _lines(self.fields["steps"]) if (match := _TASK.match(line))]


def form_of(body: str) -> FeedbackForm | None:
    """Return the form that a text begins as; None where it is none of ours."""
    first = body[:MOST_CHARACTERS].lstrip().partition("\n")[0].rstrip()
    return next((form for form in FORMS if first == _heading(form, 0)), None)


def read_answers(form: FeedbackForm, body: str) -> Answers:
    """Return what stands in a text that begins as a form; raises NoAnswerError where it isn't as the form left it.

    Each field but the last is one line, so that nothing in it can be a heading; the last is all that is left.
    """
    if len(body) > MOST_CHARACTERS:
        raise NoAnswerError("longer than any form that a forge takes")
    lines = deque(_lines(body))
    values: dict[str, str] = {}
    for at, field in enumerate(form.fields):
        if _next(lines) != _heading(form, at):
            raise NoAnswerError("not as the form left it: a field is missing, moved, or has several lines")
        if at + 1 == len(form.fields):
            value = "\n".join(lines).strip()
        else:
            _skip_blanks(lines)
            value = "" if lines and lines[0] == _heading(form, at + 1) else _next(lines)
        values[field.id] = "" if value in _EMPTY else value
    return Answers(form, values)


def step_meant(said: str, steps: tuple[Step, ...]) -> int | None:
    """Return the number of a step through its page, as somebody named it: “3”, or “Claim, step 3”.

    None where it is no step of the text, or several have that number before them. Where the text's steps are not known,
    a number stands for itself.
    """
    plain = _BLANKS.sub(" ", said[: _LONGEST_STEP + 1]).strip().casefold()
    match = _STEP.fullmatch(plain) if len(plain) <= _LONGEST_STEP else None
    by_name = [step for step in steps if step.name.casefold() == plain]
    if len(by_name) == 1:
        return by_name[0].number
    if match is None or match["heading"]:
        return None
    number = int(match["number"])
    if not steps:
        return number
    by_number = [step.number for step in steps if step.typed == number]
    if not by_number:  # counted through the page
        return number if number <= len(steps) else None
    return by_number[0] if len(by_number) == 1 else None


def minutes_meant(said: str, most: int) -> int | None:
    """Return the minutes that somebody typed as a number, with the word behind it or without; None for anything else."""
    match = _MINUTES.fullmatch(said.strip())
    return int(match["minutes"]) if match and int(match["minutes"]) <= most else None


def _heading(form: FeedbackForm, at: int) -> str:
    return f"### {form.fields[at].heading}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in LINE_END.split(text)]


def _skip_blanks(lines: deque[str]) -> None:
    while lines and not lines[0]:
        lines.popleft()


def _next(lines: deque[str]) -> str:
    """Take the next line that says something; empty where none is left."""
    _skip_blanks(lines)
    return lines.popleft() if lines else ""
