"""Reads YAML in one pass over libyaml's events: plain data, a position for every key and value, and every problem.

Nothing is constructed but dictionaries with text keys, lists and plain scalars. Aliases, tags, merge keys, duplicate
and non-text keys are refused where they stand and reading goes on; the first syntax error ends it.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from sys import intern
from typing import Any, NamedTuple, NoReturn

import yaml

from handrail.errors import SettingsError
from handrail.text import syntax_errors
from handrail.text.positions import Positions
from handrail.text.problems import DataPath, Problem
from handrail.text.scalars import FIRST_CHARACTERS, SHORT, resolve
from handrail.text.syntax_errors import CLOSING_QUOTES, FOREIGN_LINE_ENDS, OPENING_QUOTES, RESTORED

try:
    from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stub leaves it out
except ImportError as error:  # pragma: no cover - depends on how PyYAML was built
    raise SettingsError(
        "PyYAML on this machine was built without libyaml, which Handrail reads front matter with; "
        "install PyYAML from a ready-made wheel (pip install --force-reinstall PyYAML)."
    ) from error

MAX_DEPTH = 32
MAX_BYTES = 4 * 1024 * 1024
MAX_PROBLEMS = 100
"""Reading stops there: nobody fixes more at once, and each costs time to put into words."""

_FOREIGN = re.compile("[\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdd2\ufffe\uffff]")
_FORBIDDEN_IN_VALUE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CUT_SHORT = re.compile(r"[ \t]+#[^\s#]")
_SWALLOWED = re.compile(r"[\r\n][a-z_][a-z0-9_-]*:[ \t\r\n]")


class Reading(NamedTuple):
    """What one pass over a front matter found; `complete` is false where a syntax error ended it early."""

    data: Any
    positions: Positions
    problems: list[Problem]
    complete: bool


def read_yaml(text: str, base: int = 0) -> Reading:
    """Read one YAML document; `base` is its offset in the file, which every position and problem counts from."""
    if len(text) > MAX_BYTES // 4 and len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return _refused(
            Problem(
                "too-large",
                base,
                f"The front matter is larger than {MAX_BYTES >> 20} MiB and is not read.",
                "Move long text below the closing ---, into the body of the page.",
            )
        )
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        message, hint = syntax_errors.control_character(forbidden[0])
        return _refused(Problem("yaml", base + forbidden.start(), message, hint, end=base + forbidden.end()))
    return _Reader(text, base).read()


def _refused(problem: Problem) -> Reading:
    return Reading(None, Positions(None, array("i"), problem.offset), [problem], complete=False)


class _Stop(Exception):  # noqa: N818 - not an error: it ends a reading whose problem is already noted
    """Ends a reading early."""


class _Reader:
    def __init__(self, text: str, base: int) -> None:
        self.foreign = _FOREIGN.search(text) is not None
        self.text = text.translate(FOREIGN_LINE_ENDS) if self.foreign else text
        self.base = base
        self.marks = array("i")
        self.problems: list[Problem] = []
        self.anchors: dict[str, int] = {}
        self.aliases: dict[str, list[int]] = {}
        self.noted = 0
        self.latest = -1  # the offset of what was noted last
        self.may_escape = "\\" in text
        self.may_be_cut = " #" in text or "\t#" in text
        self.may_be_curly = any(quote in text for quote in OPENING_QUOTES)

    def read(self) -> Reading:
        parser = CParser(self.text)
        self.next_event = parser.get_event
        data = None
        complete = True
        try:
            self.next_event()  # the stream starts
            event = self.next_event()
            if type(event) is yaml.DocumentStartEvent:
                data = self.document()
                event = self.next_event()
                if type(event) is yaml.DocumentStartEvent:
                    hint = "Delete the line that begins with --- inside the front matter."
                    self.report("yaml", event, "The front matter holds a second document.", hint, path=None)
                    complete = False
        except _Stop:
            complete = False
            data = self.root
        except yaml.YAMLError as error:
            complete = False
            data = self.root
            problem = syntax_errors.syntax_problem(self.text, self.base, error)
            if self.latest < self.base + syntax_errors.line_start(self.text, problem.offset - self.base):
                # On a line where something is known to be wrong already, a syntax error is its consequence.
                self.problems.append(problem)
        finally:
            parser.dispose()
        self.report_anchors()
        if self.foreign:
            data = _restore(data)
            self.problems = [replace(problem, path=_restored(problem.path)) for problem in self.problems]
        return Reading(data, Positions(data, self.marks, self.base), self.problems, complete)

    root: Any = None

    def document(self) -> Any:  # noqa: C901, PLR0912, PLR0915 - the hottest loop of all: calls would cost more than they explain
        """Build the data of one document without recursion; containers grow while the events come in."""
        next_event = self.next_event
        marks = self.marks
        scalar_event, mapping_start, sequence_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        stack: list[tuple[Any, Any, int]] = []  # (container, key that waits for its value, node of the container)
        container: Any = None
        key: str | None = None
        wants_key = False
        node = 0
        while True:
            event: Any = next_event()
            kind = type(event)
            if kind is scalar_event:
                value: Any = event.value
                start, end = event.start_mark.index, event.end_mark.index
                if event.anchor is not None or event.tag is not None:
                    self.refuse(event, self.path(stack, container, key))
                if not event.style:
                    if not value or value[0] in FIRST_CHARACTERS:
                        value = resolve(value)
                    value = intern(value) if type(value) is str and len(value) <= SHORT else value
                    if self.may_be_cut:
                        self.look_for_cut(start, end, self.path(stack, container, key))
                    if self.may_be_curly:
                        self.look_for_curly_quotes(value, start, end, self.path(stack, container, key))
                elif self.may_escape and _FORBIDDEN_IN_VALUE.search(value):
                    self.stop(event, *syntax_errors.control_character(_FORBIDDEN_IN_VALUE.findall(value)[0]))
                elif event.start_mark.line < event.end_mark.line and _SWALLOWED.search(self.text, start, end):
                    self.stop(event, *syntax_errors.swallowed(self.text, start))
                if wants_key:
                    if type(value) is not str or (value == "<<" and not event.style):
                        self.bad_key(event, value, self.path(stack, container, None))
                        self.skip(next_event())
                        continue
                    if value[:1].isspace() and not event.style:
                        self.stop(event, *syntax_errors.wrong_indent(value))
                    if value in container:
                        self.duplicate_key(event, value, stack, container)
                        self.skip(next_event())
                        continue
                    marks.append(start)
                    marks.append(end)
                    key = intern(value)  # pages have most of their keys in common
                    wants_key = False
                    continue
                marks.append(start)
                marks.append(end)
                if container is None:
                    self.root = value
                    self.finish_document()
                    return value
                if key is not None:
                    container[key] = value
                    key = None
                    wants_key = True
                else:
                    container.append(value)
                continue
            if kind is mapping_start or kind is sequence_start:
                if wants_key:
                    self.bad_key(event, None, self.path(stack, container, None))
                    self.skip(event)
                    self.skip(next_event())
                    continue
                if event.anchor is not None or event.tag is not None:
                    self.refuse(event, self.path(stack, container, key))
                if len(stack) >= MAX_DEPTH:
                    self.stop_too_deep(event)
                child: Any = {} if kind is mapping_start else []
                if container is None:
                    self.root = child
                elif key is not None:
                    container[key] = child
                else:
                    container.append(child)
                stack.append((container, key, node))
                node = len(marks)
                marks.append(event.start_mark.index)
                marks.append(event.end_mark.index)
                container, key, wants_key = child, None, kind is mapping_start
                continue
            if kind is yaml.AliasEvent:
                self.aliases.setdefault(event.anchor, []).append(self.base + event.start_mark.index)
                self.count(self.base + event.start_mark.index)
                if wants_key:
                    self.skip(next_event())
                    continue
                marks.append(event.start_mark.index)
                marks.append(event.end_mark.index)
                if key is not None:
                    container[key] = None
                    key, wants_key = None, True
                elif container is not None:
                    container.append(None)
                else:
                    self.finish_document()
                    return None
                continue
            # A mapping or a list ends.
            marks[node + 1] = event.end_mark.index
            finished = container
            container, key, node = stack.pop()
            if container is None:
                self.finish_document()
                return finished
            wants_key = type(container) is dict
            key = None

    def finish_document(self) -> None:
        self.next_event()  # the document ends; a syntax error behind it shows in the next event

    def skip(self, event: Any) -> None:
        """Read past a value that is refused, whatever it holds; what is wrong inside it goes with it."""
        depth = 0
        while True:
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
                if depth > MAX_DEPTH:
                    self.stop_too_deep(event)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
            if depth == 0:
                return
            event = self.next_event()

    @staticmethod
    def path(stack: list[tuple[Any, Any, int]], container: Any, key: str | None) -> DataPath:
        """Return the path of the value that comes next; it is in none of the lists yet."""
        steps: list[str | int] = []
        containers = [*stack[1:], (container, key, 0)]
        for holder, waiting, _ in containers:
            if type(holder) is list:
                steps.append(len(holder) - (0 if holder is container else 1))
            elif waiting is not None:
                steps.append(waiting)
        return tuple(steps)

    def report(self, rule: str, event: Any, message: str, hint: str, path: DataPath | None) -> None:
        ends = self.base + event.end_mark.index
        end = ends if isinstance(event, yaml.ScalarEvent) else None
        self.note(Problem(rule, self.base + event.start_mark.index, message, hint, path, end=end))

    def note(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.count(problem.offset)

    def count(self, offset: int) -> None:
        self.latest = offset
        self.noted += 1
        if self.noted >= MAX_PROBLEMS:
            raise _Stop

    def stop(self, event: Any, message: str, hint: str, rule: str = "yaml") -> NoReturn:
        self.report(rule, event, message, hint, path=None)
        raise _Stop

    def stop_too_deep(self, event: Any) -> NoReturn:
        message = f"The front matter is nested more than {MAX_DEPTH} levels deep."
        self.stop(event, message, "Write it flatter; no field needs more than a few levels.", "too-large")

    def line(self, offset: int) -> str:
        return syntax_errors.line_at(self.text, offset)

    def refuse(self, event: Any, path: DataPath) -> None:
        offset = event.start_mark.index
        if event.anchor is not None:
            self.anchors[event.anchor] = len(self.problems)
            self.report(
                "alias",
                event,
                f"`&{event.anchor}` names a value for use elsewhere, which front matter can't do here.",
                syntax_errors.quoted_hint(self.line(offset), "&", "Write the value out in each place"),
                path,
            )
        if event.tag is not None:
            self.report(
                "tag",
                event,
                f"The tag `{syntax_errors.shorten(syntax_errors.source_tag(self.text, offset))}` would run code or change "
                "the type of a value; front matter takes no tags.",
                syntax_errors.quoted_hint(self.line(offset), "!", "Delete the tag"),
                path,
            )

    def report_anchors(self) -> None:
        """Give each refused anchor the places that use it; an alias of nothing is a problem of its own."""
        for name, offsets in self.aliases.items():
            if name in self.anchors:
                index = self.anchors[name]
                problem = self.problems[index]
                related = tuple((offset, f"`*{name}` repeats that value.") for offset in offsets)
                self.problems[index] = replace(problem, path=None, related=related)
                continue
            self.problems += [
                Problem(
                    "alias",
                    offset,
                    f"`*{name}` would repeat a value from elsewhere, which front matter can't do here.",
                    syntax_errors.quoted_hint(self.line(offset - self.base), "*", "Write the value out"),
                    None,
                )
                for offset in offsets
            ]

    def bad_key(self, event: Any, value: Any, path: DataPath) -> None:
        """Note a key that is no text; what stands beside it is fit to be judged, unless fields were to be merged in."""
        inside = (*path, "")
        line = self.line(event.start_mark.index)
        if value == "<<":
            message = "`<<` would merge in fields from elsewhere, which front matter can't do here."
            self.report("merge-key", event, message, "Write the fields out.", path)
        elif isinstance(event, yaml.ScalarEvent):
            shown = "with no name" if value is None else f"`{syntax_errors.shorten(event.value)}`"
            self.report(
                "non-text-key",
                event,
                f"The field {shown} is not named by a word.",
                f'Put quotes round the name if you mean it: "{syntax_errors.shorten(event.value)}".',
                inside,
            )
        else:
            self.report(
                "non-text-key",
                event,
                "A list or a group of fields stands where the name of a field belongs.",
                syntax_errors.quoted_hint(line, "[{", "Begin the line with a name and a colon"),
                path or inside,
            )

    def duplicate_key(self, event: Any, key: str, stack: list[tuple[Any, Any, int]], container: Any) -> None:
        path = self.path(stack, container, key)
        first = Positions(self.root, self.marks, 0).key(path)
        offset = self.base + (first[0] if first else 0)
        self.note(
            Problem(
                "duplicate-key",
                self.base + event.start_mark.index,
                f"`{syntax_errors.shorten(key)}` is given twice; only one of the two values could count.",
                "Keep the line that is right and delete the other.",
                path,
                related=((offset, f"`{syntax_errors.shorten(key)}` is first given here."),),
                end=self.base + event.end_mark.index,
            )
        )

    def look_for_cut(self, start: int, end: int, path: DataPath) -> None:
        if _CUT_SHORT.match(self.text, end):
            message = "This value is cut short: everything from the ` #` on is read as a comment."
            hint = syntax_errors.quoted_hint(self.line(end), "#", "Put a space after the # if it is a comment")
            self.note(Problem("cut-short", self.base + start, message, hint, path, end=self.base + end))

    def look_for_curly_quotes(self, value: Any, start: int, end: int, path: DataPath) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            return
        if isinstance(value, str) and len(value) > 1 and value[0] in OPENING_QUOTES and value[-1] in CLOSING_QUOTES:
            message = "Curly quotes stand round this value and are read as part of it."
            hint = "Use straight quotes, or none."
            problem = Problem("curly-quotes", self.base + start, message, hint, path, end=self.base + end)
            self.problems.append(problem)


def _restored(path: DataPath | None) -> DataPath | None:
    return None if path is None else tuple(_restore(step) for step in path)


def _restore(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.translate(RESTORED): _restore(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_restore(item) for item in value]
    return value.translate(RESTORED) if isinstance(value, str) else value
