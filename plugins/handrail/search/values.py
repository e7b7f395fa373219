"""What may differ between two sentences that are otherwise the same: numbers, amounts, lengths of time, days, addresses, names.

A number that names something is none of these: a step, a section, a version, a year, what follows a name such as Windows 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from handrail.model.dates import MONTHS
from handrail.search.words import words

_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip
_UNITS = {
    "second": (1, "seconds"), "sec": (1, "seconds"), "minute": (60, "seconds"), "min": (60, "seconds"),
    "hour": (3600, "seconds"), "hr": (3600, "seconds"), "day": (86400, "seconds"), "week": (604800, "seconds"),
    "month": (1, "months"), "quarter": (3, "months"), "year": (12, "months"),
}  # fmt: skip
_CURRENCIES = {
    "€": "eur",
    "euro": "eur",
    "$": "usd",
    "dollar": "usd",
    "£": "gbp",
    "pound": "gbp",
    "¥": "jpy",
    "₹": "inr",
}
_CODES = "EUR|USD|GBP|CHF|CAD|AUD|NZD|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|SGD|HKD"
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"

_MONTHS = {month[:3].casefold(): number for number, month in enumerate(MONTHS, 1)}

_COUNT = "|".join(word for word in _COUNTS if word not in ("a", "an", "one"))
_NUMBER = r"\d++(?:[.,' \u00a0\u202f]\d++)*+"
_SPAN = rf"{_NUMBER}(?:\s?(?:-|\u2013|to|or)\s?{_NUMBER})?"
_ADDRESS = r"https?://[^\s<>()\"|]*[^\s<>()\"|.,;:!?*_\]]|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
_QUANTITY = rf"(?:(?<![\w.,/\#-]){_SPAN}|\b(?:{_COUNT})(?:\s(?:to|or)\s(?:{_COUNT}))?\b)"
_MONTH = "|".join(rf"{month}|{month[:3]}\b\.?" for month in MONTHS) + r"|Sept\b\.?"
_UNIT = "(?:" + "|".join(_UNITS) + ")s?"
_PER = rf"(?:\s?/\s?|\s(?:an?|per|each|every)\s)(?:{_UNIT}|night|person|head|seat|user|kilometre|kilometer|km|mile)\b"
_NAMES_SOMETHING = (
    "annex|appendix|article|band|build|chapter|class|figure|footnote|form|grade|gate|iso|issue|item|level|line|lesson|module|no|"
    "number|option|page|paragraph|part|phase|point|priority|question|release|rfc|room|row|rule|scenario|section|sections|severity|"
    "sheet|slide|stage|step|steps|table|tier|title|version|volume"
)
_FOUND = rf"""
      (?P<address>{_ADDRESS})
    | (?P<named>\b(?:{_NAMES_SOMETHING})\.?\s(?:\#\s?)?\d[\d.]*+(?:(?:,|\s?[-\u2013]|\sto|\sand|\sor)\s?\d[\d.]*+)*+
        |(?<=[a-z,]\s)(?-i:(?!(?:{_CODES}|{_MONTH})\b)[A-Z][A-Za-z]++)\s\d[\d.]*+(?![\w%])
        |(?<![\w.,])\d++/\d++(?![\w/]))
    | (?P<day>\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}\b
        |\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?(?-i:{_MONTH})(?:,?\s\d{{4}}\b)?
        |\b(?-i:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s\d{{4}}\b)?|\b(?-i:{_MONTH})\s\d{{4}}\b
        |\b(?-i:{_WEEKDAYS})s?\b|\b\d{{1,2}}(?:st|nd|rd|th)\b)
    | (?P<version>(?<![\d.])\d++(?:\.\d++){{2,}})
    | (?P<clock>\b\d{{1,2}}(?::\d\d)?\s?[ap]\.?m\b\.?|\b\d{{1,2}}:\d\d\b)
    | (?P<amount>(?:\b(?:{_CODES})\s?|(?:US|CA|A)?[€$£¥₹]\s?){_SPAN}(?:\s?(?:k|m|million|thousand)\b)?(?:\s?(?:{_CODES})\b)?(?:{_PER})?
        |{_QUANTITY}\s?(?:k|m|million|thousand)?\s?(?:€|%|(?:{_CODES}|euros?|dollars?|pounds?|per\s?cent|percent)\b)(?:{_PER})?)
    | (?P<time>(?:{_QUANTITY}|\b(?:an?|one))[\s-](?:(?:working|business|calendar|full|consecutive)\s)?{_UNIT}\b)
    | (?P<phone>(?<!\w)\+\d[\d\s()/-]{{6,}}\d)
    | (?P<year>(?<![\w.,-])(?:19|20)\d\d(?![\w%]|[.,]\d))
    | (?P<number>{_QUANTITY}(?![\w/-]))
    """
_KEPT = ("named", "version", "year")
_MAY_BE_TAKEN = frozenset(
    [
        "", "st", "nd", "rd", "th", "am", "pm", *_COUNTS, *_CURRENCIES, *_CODES.casefold().split("|"), *(month.casefold() for month in MONTHS),
        *(month[:3].casefold() for month in MONTHS), "sept", *_WEEKDAYS.casefold().split("|"),
        *(f"{day}s" for day in _WEEKDAYS.casefold().split("|")), *(form for unit in _UNITS for form in (unit, f"{unit}s")),
        "euros", "dollars", "pounds", "cent", "percent", "per", "each", "every", "to", "or", "of", "us", "ca", "k", "m", "p", "million",
        "thousand", "working", "business", "calendar", "full", "consecutive", "night", "person", "head", "seat", "user",
        "kilometre", "kilometer", "km", "mile",
    ]
)  # fmt: skip
"""Words that may go with a value, or be one."""
_ADDRESSES = re.compile(_ADDRESS, re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NO_DIGITS = {ord(digit): None for digit in "0123456789"}
"""The same in a fifth of the time, where there are no other digits."""
_MARKS = re.compile(r"[*`\[\]]|(?<!\w)_|_(?!\w)")
_PLACE = " # "
_WEEKDAY = re.compile(rf"(?:{_WEEKDAYS})s?", re.IGNORECASE)
_DAY_IN_WORDS = re.compile(r"[^\W\d_]++|\d++")
_OF_NUMBER = re.compile(rf"{_NUMBER}|\b(?:{_COUNT}|an?|one)\b", re.IGNORECASE)
_CODE = re.compile(rf"(?:{_CODES})\b", re.IGNORECASE)
_SIGN_AS_UNIT = re.compile(r"euro|dollar|pound|[€$£¥₹%]|per\s?cent", re.IGNORECASE)
_TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
_LARGE = re.compile(r"(?<=[\d\s])(?P<word>k|m|thousand|million)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """What was taken out of a sentence: its sort, as it was written, in the form in which it is compared, and an amount's currency."""

    sort: str
    said: str
    same_as: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Bare:
    """A sentence without its values: the words that are left, each value's place marked, and the values in order."""

    words: str
    values: tuple[Value, ...]

    @property
    def same_as(self) -> tuple[str, ...]:
        return tuple(value.same_as for value in self.values)


class Values:
    """Takes values out of sentences; the names are those of the people whom a handbook knows."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        known = sorted({name for name in names if len(name.split()) > 1}, key=lambda name: (-len(name), name))
        self._may_be_taken = _MAY_BE_TAKEN.union(word for name in known for word in words(name))
        self._names = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, known)) + r")(?![\w-])") if known else None

    def roughly_bare(self, sentences: Sequence[str], folded: Sequence[str]) -> list[str]:
        """Return, quickly, of each sentence words that are no values: the same for all whose words without values are the same.

        `folded` are all the words of each with a blank between each two.
        """
        lines = [
            " ".join(words(_ADDRESSES.sub(" ", text))) if "@" in text or "://" in text else line
            for text, line in zip(sentences, folded, strict=True)
        ]
        together = " \n ".join(("", *lines, ""))
        together = together.translate(_NO_DIGITS) if together.isascii() else _DIGITS.sub("", together)
        may_be_taken = self._may_be_taken
        return " ".join([word for word in together.split(" ") if word not in may_be_taken]).split("\n")[1:-1]

    def taken_out(self, text: str) -> Bare | None:
        """Return a sentence without its values; None of one that has none."""
        text = _MARKS.sub("", text)
        found = [match for match in _found().finditer(text) if match.lastgroup not in _KEPT]
        spans = [(*match.span(), _value(match.lastgroup or "", match[0])) for match in found]
        for match in self._names.finditer(text) if self._names is not None else ():
            if not any(start < match.end() and match.start() < end for start, end, _ in spans):
                spans.append((*match.span(), Value("name", match[0], match[0].casefold())))
        if not spans:
            return None
        left, at = [], 0
        for start, end, _ in sorted(spans, key=lambda span: span[0]):
            left.append(" ".join(words(text[at:start])))
            at = end
        left.append(" ".join(words(text[at:])))
        return Bare(_PLACE.join(left).strip(), tuple(value for *_, value in sorted(spans, key=lambda span: span[0])))


@cache
def _found() -> re.Pattern[str]:
    """Return the pattern of all values: to compile it takes longer than to check a small handbook that needs it nowhere."""
    return re.compile(_FOUND, re.VERBOSE | re.IGNORECASE)


def _value(sort: str, said: str) -> Value:
    said = " ".join(said.split())
    currency = ""
    match sort:
        case "address":
            same = said.casefold().rstrip("/")
        case "day":
            same = _day(said)
        case "amount":
            same, currency = _amount(said)
        case "time":
            same = _time(said)
        case "clock" | "phone":
            same = re.sub(r"[\s.()/-]", "", said.casefold())
        case _:
            same = " ".join(f"{number:.15g}" for number in _numbers(said))
    return Value(sort, said, same, currency)


def _numbers(text: str) -> list[float]:
    return [
        float(_COUNTS[found.casefold()]) if found.casefold() in _COUNTS else _number(found)
        for found in _OF_NUMBER.findall(text)
    ]


def _number(text: str) -> float:
    """Return a number as people type it: what stands in groups of three is whole, and a last sign before others none."""
    parts = re.split(r"[.,' \u00a0\u202f]", text)
    is_grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:])  # noqa: PLR2004 - digits of a group
    if len(parts) == 1 or is_grouped:
        return float("".join(parts))
    return float("".join(parts[:-1]) + "." + parts[-1])


def _amount(said: str) -> tuple[str, str]:
    """Return an amount in one form, and its currency, or the sign of per cent."""
    large = _LARGE.search(said)
    times = _TIMES[large["word"].casefold()] if large is not None else 1
    head = re.split(_PER, said, maxsplit=1, flags=re.IGNORECASE)[0]
    sign = _CODE.search(said) or _SIGN_AS_UNIT.search(said)
    unit = sign[0].casefold() if sign is not None else ""
    rest = " ".join(words(said[len(head) :].replace("/", " "))[-1:])
    unit = "%" if "cent" in unit else _CURRENCIES.get(unit, unit)
    return " ".join([*(f"{number * times:.15g}" for number in _numbers(head)), unit, rest]).strip(), unit


def _time(said: str) -> str:
    *before, unit = re.split(r"[\s-]+", said.casefold())
    size, of = _UNITS[unit.removesuffix("s")]
    kind = "working" if {"working", "business"} & {*before} else ""
    return " ".join([*(f"{number * size:.15g}" for number in _numbers(said)), of, kind]).strip()


def _day(said: str) -> str:
    """Return a day as its parts in one order, whoever writes the month first; where nobody can tell, as it was written."""
    if "/" in said:
        return said
    parts = [part for part in _DAY_IN_WORDS.findall(said.casefold()) if part not in ("st", "nd", "rd", "th", "of")]
    if _WEEKDAY.fullmatch(said):
        return said.casefold().removesuffix("s")
    if all(part.isdecimal() for part in parts) and len(parts) > 1:
        year, month, day = parts if len(parts[0]) > 2 else reversed(parts)  # noqa: PLR2004 - digits of a day
        return f"{int(day)} month {int(month)} {int(year)}"
    months = [f"month {_MONTHS[part[:3]]}" for part in parts if part.isalpha()]
    numbers = [str(int(part)) for part in parts if part.isdecimal()]
    return " ".join([*numbers[:1], *months, *numbers[1:]])
