"""The rules: what each is called, how grave it is, what it says, and the function that finds it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from handrail.errors import SettingsError, UsageError
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.project import Project
from handrail.model.setting_places import FilePlace
from handrail.rules.finding import Severity
from handrail.text.problems import DataPath


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a page: by path in its front matter (the value, or its key) or by offsets in its text.

    Without an `end`, it goes to the end of the line.
    """

    page: Page
    path: DataPath = ()
    key: bool = False
    offset: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule says of one place; severity and ignores are not its business.

    `spot` is a place in a page or another file, or the path of a file, relative to the project's root, of which no place is known.
    `subject` is what is named there as data: the target of a link, a field and its value, an id. By it a finding is known
    again, so it is never a sentence, a number that counts something, or a place; it is empty where the page itself is meant.
    `by_time` says that nobody need have changed anything for it: only days went by.
    """

    spot: Spot | FilePlace | str
    message: str
    hint: str = ""
    related: tuple[tuple[Spot | FilePlace | str, str], ...] = field(default=())
    subject: str = field(default="", kw_only=True)
    by_time: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Rule:
    """One rule. `severity` is its severity unless a setting says otherwise; None means off.

    `judges_ignores` marks the rules about ignores themselves, which run when all others have; `of_site` those that only a finished
    site can break, which `verify` asks. Where `withholds`, a page of which the rule has something to say may be withheld for it.
    `once` marks what is said once for the handbook, at a place that is only an example. What it finds `gets_out` where that is
    published also when the rule only warns; of all other rules of exposure it stays withheld, or out of the page.
    `neglect` is what a page lacks, such as "no plan", where it is likely that many lack the same.
    """

    code: str
    name: str
    severity: Severity | None
    find: Callable[..., Iterable[Hit]]
    judges_ignores: bool = False
    of_site: bool = False
    withholds: bool = False
    once: bool = False
    gets_out: bool = False
    neglect: str = ""

    @property
    def exposes(self) -> bool:
        """Whether what it finds could reach readers, or run, that must not."""
        return self.family == "HB8" and self.severity is Severity.ERROR

    @property
    def family(self) -> str:
        return self.code[:3]

    @property
    def documentation(self) -> str:
        """The rule's docstring, in Markdown: what it says, why it matters, what to do."""
        return inspect.getdoc(self.find) or ""

    @property
    def summary(self) -> str:
        return " ".join(self.documentation.split("\n\n", maxsplit=1)[0].split())


FAMILIES = {
    "HB0": "Text: can the page be read",
    "HB1": "Schema: does a document have the fields of its kind",
    "HB2": "Links: does what is named exist",
    "HB3": "Alignment: does the work serve a plan",
    "HB4": "Sign-off: has everyone agreed, lately",
    "HB5": "Findability: is the page found by those who need it",
    "HB6": "Writing: is it as finished as it says",
    "HB7": "Process: does every way lead to an end",
    "HB8": "Exposure: does nothing private or dangerous get out",
    "HB9": "Settings: do the exceptions still make sense",
}
"""What the rules of each family ask, by the beginning of their codes."""

_rules: dict[str, Rule] = {}


def rule(  # noqa: PLR0913 - one argument a fact
    code: str,
    name: str,
    severity: Severity | None,
    *,
    judges_ignores: bool = False,
    of_site: bool = False,
    withholds: bool = False,
    once: bool = False,
    gets_out: bool = False,
    neglect: str = "",
) -> Callable[[Callable[..., Iterator[Hit]]], Callable[..., Iterator[Hit]]]:
    """Register a function as a rule; its docstring is the rule's documentation."""

    def register(find: Callable[..., Iterator[Hit]]) -> Callable[..., Iterator[Hit]]:
        if code in _rules or any(known.name == name for known in _rules.values()):
            message = f"{code} {name} is registered twice"
            raise ValueError(message)
        _rules[code] = Rule(code, name, severity, find, judges_ignores, of_site, withholds, once, gets_out, neglect)
        return find

    return register


def all_rules() -> list[Rule]:
    """Return every rule, by code."""
    from handrail.rules import families  # noqa: F401, PLC0415 - importing the families is what registers their rules

    return [_rules[code] for code in sorted(_rules)]


def find_rule(text: str) -> Rule | None:
    """Return the rule of a code or name, in any case."""
    wanted = text.strip().casefold()
    return next((known for known in all_rules() if wanted in (known.code.casefold(), known.name)), None)


def matching(selector: str) -> list[Rule]:
    """Return the rules that a code, a name or the beginning of a code names; raises UsageError where there are none."""
    wanted = selector.strip().casefold()
    found = [
        known for known in all_rules() if known.name == wanted or (wanted and known.code.casefold().startswith(wanted))
    ]
    if not found or wanted in ("h", "hb"):
        raise UsageError(unknown_rule(selector))
    return found


def unknown_rule(text: str) -> str:
    """Say that there is no such rule, and which one was probably meant."""
    family = next((known for known in all_rules() if known.family == text.strip().upper()), None)
    if family is not None:
        return f"`{text}` is a family of rules; name one of them, such as {family.code}."
    names = [name for known in all_rules() for name in (known.code, known.name)]
    close = nearest(text, names)
    advice = f"did you mean `{close}`?" if close else "`handrail rule` lists them all."
    return f"There is no rule `{text}`; {advice}"


def severities(project: Project) -> Mapping[str, Severity | None]:
    """Return each rule's severity by code, None for off; raises SettingsError where a setting names no rule."""
    found: dict[str, Severity | None] = {known.code: known.severity for known in all_rules()}
    for number, (text, level) in enumerate(project.settings.severity.items()):
        known = find_rule(text)
        if known is None:
            raise SettingsError(f"{project.words_for('severity', number)}: {unknown_rule(text)}")
        found[known.code] = None if level == "off" else Severity(level)
    for number, ignore in enumerate(project.settings.ignore):
        if find_rule(ignore.rule) is None:
            raise SettingsError(f"{project.words_for('ignore', number)}: {unknown_rule(ignore.rule)}")
    return found


def at(page: Page, path: DataPath = (), *, key: bool = False) -> Spot:
    """Return the place of a value in a page's front matter, or of its key."""
    return Spot(page, path, key)


def at_offset(page: Page, offset: int, end: int | None = None) -> Spot:
    """Return the place of what stands in a page from `offset` to before `end`, or to the end of the line."""
    return Spot(page, offset=offset, end=end)


def in_body(page: Page, start: int, end: int | None = None) -> Spot:
    """Return the place of what stands in the body of a page from `start` to before `end`, or to the end of the line."""
    begin = page.source.body_offset
    return at_offset(page, begin + start, None if end is None else begin + end)
