"""Which pages are probably procedures, and which plans: candidates for a person to look through, never more.

Of 70 pages of a handbook that a person had judged, name or steps found every procedure, and 69 of 100 candidates were some.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass

from handrail.model.page import Page
from handrail.text.markdown import without_code

_NAMES = re.compile(
    r"(?<![a-z])(?:how[ _-]?to|how (?:do|we)|process(?:es)?|procedures?|checklists?|runbooks?|playbooks?|sops?|guides? to"
    r"|releas(?:e|es|ing)|request(?:s|ing)?|apply(?:ing)?|claim(?:s|ing)?|book(?:ing)?|order(?:s|ing)?|submit(?:ting)?"
    r"|creat(?:e|ing)|add(?:ing)?|remov(?:e|ing)|deploy(?:ing|ment)?|set(?:ting)?[ _-]?up|install(?:ing|ation)?|rotat(?:e|ing)"
    r"|onboard(?:ing)?|offboard(?:ing)?|hir(?:e|ing)|interview(?:s|ing)?|review(?:s|ing)?|incident(?:s)?|report(?:ing)? an?"
    r"|workflow|steps)(?![a-z])",
    re.IGNORECASE,
)
_NO_PROCEDURE = re.compile(
    r"(?<![a-z])(?:polic(?:y|ies)|faqs?|questions|metrics|levels?|values|glossary|about|history|overview|changelog|roles)(?![a-z])",
    re.IGNORECASE,
)
_STEP = re.compile(r"(?:(?<=[\r\n])|\A) {0,3}\d{1,3}[.)][ \t]+\S")
_FEWEST_STEPS = 3
_PLAN_WORDS = ("vision", "priorities", "methods", "obstacles", "measures")
_FEWEST_PLAN_WORDS = 4
_PLAN_LABEL = re.compile(
    r"(?:(?<=[\r\n])|\A)[ \t>|*_#+-]*(?:<(?:t[rhd]|strong|b|h\d)[^<>]*>)*[ \t*_]*(vision|priorities|methods|obstacles|measures)\b"
    r"[ \t*_]*(?:[:|<]|(?=[\r\n]|\Z))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be a procedure, by its name, by its steps or by both."""

    page: Page
    by_name: bool
    by_steps: bool
    doubtful: bool

    @property
    def order(self) -> tuple[bool, bool, bool, str]:
        """What candidates are sorted by, the surest first."""
        return (self.doubtful, not (self.by_name and self.by_steps), not self.by_name, self.page.src_uri)


def candidates(pages: Iterable[Page]) -> list[Candidate]:
    """Return the pages that may be procedures, the surest first."""
    found = (_judged(page) for page in pages if page.is_prose)
    return sorted((one for one in found if one.by_name or one.by_steps), key=lambda one: one.order)


def _judged(page: Page) -> Candidate:
    name = posixpath.basename(page.file_name).replace("-", " ").replace("_", " ")
    said = f"{name} / {page.title}"
    steps = len(_STEP.findall(without_code(page.source.body))) >= _FEWEST_STEPS
    by_name = _NAMES.search(said) is not None
    doubtful = _NO_PROCEDURE.search(said) is not None or (page.is_index and not by_name)
    return Candidate(page, by_name, steps, doubtful)


def plans(pages: Iterable[Page]) -> list[Page]:
    """Return the pages in whose text a plan's five parts stand, or four of them, as labels or headings."""
    return [page for page in pages if page.is_prose and _parts(page.source.body) >= _FEWEST_PLAN_WORDS]


def _parts(body: str) -> int:
    return len({match[1].casefold() for match in _PLAN_LABEL.finditer(without_code(body))} & set(_PLAN_WORDS))
