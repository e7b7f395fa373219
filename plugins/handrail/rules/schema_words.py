"""Words that several rules use: what a schema asks for, said without the schema's words, and how names differ."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from handrail.model.dates import meant_day
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.unidentified import as_id
from handrail.model.validation import MISFIT, MISSING, NO_FORM, NO_VALUE, UNKNOWN, Violation
from handrail.model.violations import meant_field
from handrail.text.problems import DataPath
from handrail.text.syntax_errors import fixed_line, quote, shorten, shorten_line
from handrail.words.fields import TYPES
from handrail.words.language import field_name, join_words, quoted

_SET_BY_HANDRAIL = {
    "status": "Handrail shows the state itself",
    "template": "Handrail chooses how a page looks by its kind",
    "render_macros": "the setting `macros` lists the pages that may run template code",
    "author": "who answers for a page is its `owner`",
    "subtitle": "a page has a `title` and a `description`",
    "social": "cards for social media are made by the site",
}
_EXAMPLES = {
    "kind": "kind: page",
    "id": "id: pay-an-invoice",
    "title": "title: Pay an invoice",
    "visibility": "visibility: public (or internal, or confidential)",
    "state": "state: draft",
    "period": "period: FY27",
    "statement": "statement: Why, in one sentence",
    "horizon": "horizon: {from: 2026-02-01, to: 2031-01-31}",
    "opened": "opened: 2026-03-01",
    "due": "due: 2026-09-30",
    "closed": "closed: 2026-09-28",
    "outcome": "outcome: {text: What came of it, donation: To whom} (or `retrospective:`)",
    "unit": "unit: days",
    "direction": "direction: down (or up)",
    "frequency": "frequency: monthly",
    "participants": "participants: and the ids of people or groups of the list, between [ and ]",
    "vision": "vision: What we want, in one sentence",
    "priorities": "priorities: [what comes first, what comes next]",
    "methods": "methods: [what is needed from everyone]",
}

_EXAMPLES_IN = {
    "people": "{id: lbk, name: Lena Brandt-Keller, job: Head of finance}",
    "groups": "{id: lt, name: Leadership team, members: [lbk, oha]}",
    "sign_offs": "{role: D, by: lbk, date: 2026-03-31}",
    "updates": "{date: 2026-03-31, progress: 40, note: What happened}",
    "decisions": "{date: 2026-03-31, text: What was decided, owner: lbk, due: 2026-04-30}",
    "previous_versions": "{date: 2025-02-10, link: https://…}",
    "outcome": "{text: What came of it, donation: To whom}",
    "horizon": "{from: 2026-02-01, to: 2031-01-31}",
    "states": "{name: sent, owner: Line manager}",
    "transitions": "{from: sent, to: agreed, when: every line fits}",
    "exceptions": "{when: a receipt is lost, route: whom to ask, approver: Head of finance}",
    "search": "{exclude: true}",
    "ignore": "{rule: HB501, reason: Why it is right as it is}",
}
_DAY = "Write year, month and day: 2026-03-31."
COMPARE = "Compare it with the schema of its kind."
"""The hint where a schema does not say in words what it asks for."""
_NEEDS_QUOTES = re.compile(r"^[\s\[\]{}&*!|>'\"%@`#,?-]|: |:$| #")


def day_hint(path: DataPath, text: str) -> str:
    """Say how to write a day, and the author's own where it is plain which one is meant."""
    day = meant_day(text)
    if day is None:
        return _DAY
    field = path[-1] if path else ""
    return f"Write {field}: {day}" if isinstance(field, str) and field else f"Write {day}"


def say_name(path: str) -> str:
    """Return the name of a file or folder fit for a message, whatever its bytes."""
    return quoted(path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def how_alike(one: str, other: str) -> str:
    """Say, as the rest of a sentence, how two names differ that some disks take for one."""
    is_one = normalize("NFC", one) == normalize("NFC", other)
    return "look alike, and are stored in two forms of Unicode" if is_one else "differ only in case"


def refusal(violation: Violation, page: Page) -> tuple[str, str]:
    """Say what is wrong with a value, and what to do."""
    name = field_name(violation.path)
    if violation.keyword == NO_VALUE:
        return f"{name} has no value.", "Fill it in or delete the line."
    if violation.keyword == UNKNOWN:
        return _unknown(violation, page, name)
    if violation.keyword == MISSING:
        return _missing(violation, page)
    return _wrong(violation, page, name)


def explained_by(page: Page, path: DataPath) -> str:
    """Return the sentence that leads to what a kind says of a field, or of all its fields; empty where a page has no kind."""
    if page.kind is None:
        return ""
    field = str(path[0]) if path else ""
    if field not in page.kind.fields:
        return f"`handrail kind {page.kind.name}` explains each field."
    return f"`handrail kind {page.kind.name} {field}` explains it."


def why_not_set(key: str) -> str:
    """Say, as the rest of a sentence, who sets what a page can't; empty where nobody does."""
    return _SET_BY_HANDRAIL.get(key, "")


def _unknown(violation: Violation, page: Page, name: str) -> tuple[str, str]:
    key = str(violation.path[-1])
    if why_not_set(key) and len(violation.path) == 1:
        return f"{name} can't be set on a page.", f"Delete the line; {why_not_set(key)}."
    close = meant_field(page.kind, violation) if page.kind is not None else nearest(key, violation.asked)
    message = f"There is no field {name} here."
    if key == "aliases" and len(violation.path) == 1:
        return message, "If these are old addresses, call the field `redirect_from`."
    if close:
        return message, f"Did you mean `{close}`?"
    if violation.asked and len(violation.asked) <= 12:  # noqa: PLR2004 - more names than that help nobody
        return message, f"Known are {join_words(f'`{field}`' for field in violation.asked)}."
    advice = "Delete the line, or write it into the body of the page."
    return message, f"{advice} {explained_by(page, violation.path)}".rstrip() if len(violation.path) > 1 else advice


def _missing(violation: Violation, page: Page) -> tuple[str, str]:
    field = str(violation.asked)
    noun = page.kind.noun if page.kind else "page"
    state = (
        page.state if page.kind and "state" in page.kind.fields and field not in ("id", "title", "visibility") else ""
    )
    subject = f"{'An' if (state or noun)[:1] in 'aeiou' else 'A'} {state} {noun}".replace("  ", " ")
    asking = _asking(violation.schema, field)
    if len(violation.path) > 1:
        why = f", which goes with {asking}" if asking else ""
        return f"{field_name(violation.path[:-1])} lacks `{field}`{why}.", f"Add `{field}`."
    if asking:
        subject += f" with {asking}"
    example = _EXAMPLES.get(field, f"{field}: …")
    if field == "title":
        example += ", or begin the body with one heading `# …`"
    return f"{subject} needs the field `{field}`.", f"Add a line such as {example}"


def _asking(schema: dict[str, Any], field: str) -> str:
    """Return the fields because of which another one is asked for; nothing where it is asked for anyway."""
    if field in schema.get("required", ()):
        return ""
    rules = {**schema.get("dependencies", {}), **schema.get("dependentRequired", {})}
    return join_words(f"`{key}`" for key, fields in rules.items() if isinstance(fields, list) and field in fields)


def _wrong(violation: Violation, page: Page, name: str) -> tuple[str, str]:
    name = name or "The front matter"
    if violation.keyword == "type":
        return _wrong_type(violation, page, name)
    if violation.keyword == "pattern":
        return _wrong_pattern(violation, page, name)
    if violation.keyword == NO_FORM:
        hints = dict.fromkeys(_wrong(form, page, field_name(form.path))[1] for form in violation.asked)
        return f"{name} is {quoted(violation.value)}, which fits none of the forms that it may have.", " Or: ".join(
            hints
        )
    from handrail.rules.keywords import SAID_BY  # noqa: PLC0415 - made of the words here, and needed where something is wrong

    message, hint = SAID_BY.get(violation.keyword, SAID_BY[MISFIT])(violation, name)
    return message, (explained_by(page, violation.path) or hint) if hint == COMPARE else hint


def _wrong_type(violation: Violation, page: Page, name: str) -> tuple[str, str]:
    value = violation.value
    types = violation.asked if isinstance(violation.asked, list) else [violation.asked]
    wanted = join_words((TYPES.get(str(kind), str(kind)) for kind in types), "or")
    if isinstance(value, (int, float)) and "string" in types:
        return (
            f"{name} must be {wanted}, but {quoted(value)} is read as {'true or false' if isinstance(value, bool) else 'a number'}.",
            _as_text(violation, page),
        )
    given = TYPES["array"] if isinstance(value, list) else TYPES["object"] if isinstance(value, dict) else quoted(value)
    message = f"{name} must be {wanted}, not {given}."
    if violation.path and violation.path[-1] == "decide" and isinstance(value, list):
        return (
            "`decide` names one person, and here stands a list.",
            "Choose the one who decides; the others agree, or give input.",
        )
    return message, _in_its_type(violation, page, types) or str(
        violation.schema.get("description") or f"Write {wanted}."
    )


def _in_its_type(violation: Violation, page: Page, types: list[Any]) -> str:
    """Say how to write a value as what it should be; nothing where only its author can know."""
    value, field = violation.value, violation.path[-1] if violation.path else ""
    if isinstance(value, str) and "array" in types:
        return f"Write it as a list: {field}: [{shorten(_typed(value))}]"
    node = page.kind.root.fields.get(str(field)) if page.kind and len(violation.path) == 1 else None
    if isinstance(value, list) and len(value) > 1 and node is not None and (node.who or node.ref):
        return "Name one."
    if isinstance(value, list) and types == ["string"] and value and all(isinstance(item, str) for item in value):
        advice = "Write it as one text" if len(value) > 1 else "Write it without brackets"
        return f"{advice}: {field}: {shorten(_typed(', '.join(value)))}"
    form = next((_EXAMPLES_IN[str(step)] for step in reversed(violation.path) if step in _EXAMPLES_IN), "")
    return f"Write it in the form {form}" if form and "object" in types else ""


def _as_text(violation: Violation, page: Page) -> str:
    """Say how to write a number where a text is asked: in quotes, where that is all that is wrong with it."""
    field, text = violation.path[-1], str(violation.value)
    if isinstance(violation.value, bool):
        text = text.lower()
    if violation.schema.get("format") == "date":
        return day_hint(violation.path, text)
    if not _would_do(page, violation.path, text):
        months = f"{text} months"
        if _would_do(page, violation.path, months):
            return f"Write {field}: {months}"
        return str(violation.schema.get("description") or f"Write {TYPES['string']}.")
    line = page.source.lines.line(page.source.place(violation.path).line)
    fixed = fixed_line(line) if line.lstrip(" -").startswith(f"{field}:") else None
    return f"Put quotes round it: {shorten_line(fixed) if fixed else quote(text)}"


def _would_do(page: Page, path: DataPath, value: str) -> bool:
    """Say whether a value would satisfy the schema in the place of the one that stands there."""
    if page.kind is None:
        return True
    place = tuple(0 if isinstance(step, int) else step for step in path)
    tried = page.kind.validator.violations(_with(page.data, path, value))
    return not any(violation.path == place for violation in tried)


def _with(data: Any, path: DataPath, value: str) -> Any:
    """Return data with a value in a place and, of all that stands around it, only the short: a list may be endless."""
    if not path:
        return value
    step, *below = path
    changed = _with(data[step], tuple(below), value)
    if isinstance(data, list):
        return [changed]
    return {key: item for key, item in data.items() if not isinstance(item, (dict, list))} | {step: changed}


def _typed(text: str) -> str:
    """Return a text as it is typed in front matter."""
    return quote(text) if _NEEDS_QUOTES.search(text) else text


def _wrong_pattern(violation: Violation, page: Page, name: str) -> tuple[str, str]:
    value = str(violation.value)
    if not any(char.isprintable() and not char.isspace() for char in value):
        return f"{name} holds no visible character.", "Fill it in or delete the line."
    foreign = sorted({char for char in value if not char.isascii()})
    message = f"{name} is {quoted(value)}, which can't stand there"
    if foreign and violation.path[-1:] in (("id",), ("kind",)):
        signs = join_words(
            f"{char if char.isprintable() else 'an invisible sign'} (U+{ord(char):04X})" for char in foreign[:3]
        )
        message += f": it holds {signs}"
    description = str(violation.schema.get("description") or explained_by(page, violation.path) or COMPARE)
    slug = as_id(value)
    field = violation.path[-1] if violation.path else ""
    # A reference that only has capitals may well be there without them; a name in words is a guess, but for a new id.
    if (
        slug
        and slug != value
        and (field == "id" or (slug == value.casefold() and _would_do(page, violation.path, slug)))
    ):
        return f"{message}.", f"{description} Write {field}: {slug}"
    return f"{message}.", description
