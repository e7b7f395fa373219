"""How sure it is that a text goes through steps: numbered lists, numbered headings, commands, and what is done at a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from handrail.edit.adopt.action_words import action, asks_for_action, is_done_on_a_screen, tells_of_activity
from handrail.edit.adopt.languages import word_count
from handrail.text.markdown import without_code

_plain = lru_cache(maxsize=8)(without_code)
"""Of a page all questions are asked one after the other."""

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>.*)")
_NUMBER = r"\d{1,3}[.)][ \t]+|\d{1,3}[\uff0e、\uff09]|[①-⑳]"
_ITEM = re.compile(rf"[ \t]*(?:(?P<number>{_NUMBER})|[-*+•][ \t]+)[ \t]*(?:\[[ xX]\][ \t]+)?(?P<text>\S.*)")
_HAS_A_NAME = re.compile(r"(?:\*\*|__)[^*_]+(?:\*\*|__)[ \t]*(?:[:.\u2013\u2014-]|\Z)|(?:\*\*|__)[^*_]+[:.](?:\*\*|__)")
"""What a point begins with that is called something, as principles are; a step begins with what is done."""
_NUMBERED_HEADING = re.compile(
    r"[*_]*(?:(?:step|schritt|étape|paso|passo|stap)\b|\d{1,2}\\?[.)/:\uff0e、]|(?:手順|ステップ) ?\d)", re.IGNORECASE
)
_HEADING_OF_STEPS = re.compile(
    r"(?<!\w)(?:process|procedure|steps?|checklist|workflow|instructions|ablauf|schritte|vorgehen|étapes|pasos|passos|passi|stappen)(?!\w)|手順|ステップ|流れ",
    re.IGNORECASE,
)
_HOW = re.compile(r"(?<!\w)(?:how (?:to|do)|wie (?:man|du|sie|wir)|comment|cómo)(?!\w)|方法|やり方", re.IGNORECASE)
_ANNOUNCED = re.compile(
    r"(?:(?<!\w)(?:steps?|tasks|process|procedure|checklist|workflow|instructions|do the following|schritten?|ablauf|vorgehen|wie folgt|folgendermaßen"
    r"|étapes?|procédure|marche à suivre|comme suit|pasos?|procedimiento|siguiente manera|passos?|passi|stappen)(?!\w)|(?:以下|次)の(?:手順|ステップ|流れ|とおり|通り)|手順は)"
    rf"[^\n]{{0,60}}[:\uff1a。][ \t*_]*\n(?:[ \t]*\n)*[ \t]*(?:{_NUMBER}|[-*+•][ \t])",
    re.IGNORECASE,
)
"""A sentence that says that steps follow, and the first of them."""
_FOLLOWED = re.compile(
    r"(?<!\w)(?:follow|complete)(?:s|ing)?[ \r\n]+(?:(?:all|the|these|following|next)[ \r\n]+)*steps(?!\w)"
    r"|(?<!\w)tak(?:es?|ing)[ \r\n]+(?:these|the[ \r\n]+following)[ \r\n]+steps(?!\w)"
    r"|(?<!\w)steps[ \r\n]+(?:(?:are|outlined|described|listed|set out|shown)[ \r\n]+)*(?:below|as follows)(?!\w)",
    re.IGNORECASE,
)
"""What says that a page is to be followed, however its steps are written."""
_CALLED_STEPS = re.compile(r"(?<!\w)(?:steps?|schritte|étapes|pasos|passos|passi|stappen)\s*:?\s*\Z", re.IGNORECASE)
_COMMANDS = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*(?:sh|bash|shell|console|powershell|ruby|sql)\b", re.MULTILINE)
_FEWEST_WORDS = 60
_FEWEST = 3
_FEWEST_ON_A_SCREEN = 4
_FEWEST_ACTIONS = 7
_WORDS_A_STEP = 200


class Steps(Enum):
    """How sure it is that a text goes through steps."""

    NONE = 0
    MAYBE = 1
    CLEAR = 2


@dataclass(slots=True)
class _Count:
    """What was counted in a text."""

    numbered: int = 0
    numbered_actions: int = 0
    in_a_row: int = 0
    longest: int = 0
    below_such_a_heading: bool = False
    points: int = 0
    points_actions: int = 0
    on_a_screen: int = 0
    headings: int = 0
    numbered_headings: int = 0
    headings_of_steps: int = 0
    called_steps: int = 0
    action_headings: int = 0
    activity_headings: int = 0


def is_text(body: str) -> bool:
    """Say whether a text says something: one of a few words only leads elsewhere."""
    return word_count(_plain(body)) >= _FEWEST_WORDS


def steps_of(body: str) -> Steps:
    """Say how sure it is that a text goes through steps."""
    text = _plain(body)
    count = _counted(text)
    if _is_clear(count, word_count(text), len(_COMMANDS.findall(body))):
        return Steps.CLEAR
    may_be = (
        count.longest >= _FEWEST
        or (count.points_actions >= _FEWEST_ACTIONS and count.points_actions * 2 >= count.points)
        or (count.activity_headings >= _FEWEST and count.activity_headings * 2 >= count.headings)
        or count.headings_of_steps
    )
    return Steps.MAYBE if may_be else Steps.NONE


def announces_steps(body: str) -> bool:
    """Say whether a sentence says that steps follow: points do, as in “Before you leave, see to these tasks:”, or “follow the steps below”."""
    text = _plain(body)
    return any(pattern.search(text) for pattern in (_ANNOUNCED, _FOLLOWED))


def first_step(body: str) -> str:
    """Return the first numbered point of a text as it is typed, else the first that asks for an action; empty where there is neither."""
    items = [match for line in _plain(body).splitlines() if (match := _ITEM.match(line))]
    numbered = next((item["text"] for item in items if item["number"]), "")
    return numbered or next((item["text"] for item in items if action(item["text"])), "")


def _is_clear(count: _Count, words: int, commands: int) -> bool:
    is_numbered = count.longest >= _FEWEST
    return (
        (is_numbered and count.numbered * _WORDS_A_STEP >= words)
        or (is_numbered and count.numbered_actions >= _FEWEST and count.numbered_actions * 2 >= count.numbered)
        or count.below_such_a_heading
        or count.numbered_headings >= _FEWEST
        or count.on_a_screen >= _FEWEST_ON_A_SCREEN
        or commands > 1
        or (count.action_headings >= _FEWEST and count.action_headings * 2 >= count.headings)
        or count.called_steps > 0
    )


def _counted(text: str) -> _Count:
    count, heading = _Count(), ""
    for line in text.splitlines():
        if match := _HEADING.match(line):
            heading, count.in_a_row = match["text"].strip(), 0
            _count_heading(count, heading)
        elif item := _ITEM.match(line):
            _count_item(count, item, heading)
    return count


def _count_heading(count: _Count, heading: str) -> None:
    count.headings += 1
    count.numbered_headings += _NUMBERED_HEADING.match(heading) is not None
    count.headings_of_steps += _HEADING_OF_STEPS.search(heading) is not None
    count.called_steps += _CALLED_STEPS.search(heading) is not None
    count.action_headings += asks_for_action(heading)
    count.activity_headings += tells_of_activity(heading)


def _count_item(count: _Count, item: re.Match[str], heading: str) -> None:
    verb = action(item["text"])
    if item["number"] and (verb or not _HAS_A_NAME.match(item["text"])):
        count.numbered += 1
        count.numbered_actions += bool(verb)
        count.in_a_row += 1
        count.longest = max(count.longest, count.in_a_row)
        count.below_such_a_heading |= count.in_a_row >= _FEWEST and _says_how(heading)
    elif not item["number"]:
        count.points += 1
        count.points_actions += bool(verb)
        count.on_a_screen += is_done_on_a_screen(verb)


def _says_how(heading: str) -> bool:
    return _HEADING_OF_STEPS.search(heading) is not None or _HOW.search(heading) is not None
