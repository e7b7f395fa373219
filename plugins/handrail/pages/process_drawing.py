"""Draws a process: its states as boxes, the ways between them as numbered arrows. Where each lies, Graphviz works out.

Graphviz comes with the extra `handrail[diagrams]`; without it nothing is drawn, and the table beside the drawing, which holds the
same, stands alone. It is told how large each box is and given no letter to set, so that a drawing is the same on every machine,
whatever its fonts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Any

from handrail.model.items import fold_label
from handrail.model.processes import Exceptional, Process, State, Transition
from handrail.text.letter_widths import width as length
from handrail.text.letter_widths import wrapped

SIZE, LINE = 13, 17
"""How high letters are and lines stand apart, in pixels."""
_ROOM = 9.0
"""So many times its letters' height may a line be long: two boxes beside each other fit a phone."""
_AROUND, _SIDE = 10, 12  # pixels between the words of a box and its edge
_GAP = 10  # pixels between two boxes of exceptions
_LABEL = 22  # pixels of the round thing that holds a number
_INCH = 72  # pixels to Graphviz
_EMPTY = (
    f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" FIXEDSIZE="TRUE" WIDTH="{_LABEL}" HEIGHT="{_LABEL}">'
    "<TR><TD></TD></TR></TABLE>>"
)


@dataclass(frozen=True, slots=True)
class Box:
    """A state, or where an exception goes: `words` are its lines, the first `name_lines` of them its name. All places are in pixels from the top left."""

    left: float
    top: float
    width: float
    height: float
    words: tuple[str, ...]
    name_lines: int = 0
    is_final: bool = False
    is_exception: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way: its curve as an SVG path, its head as three points, and the place of the middle of its number."""

    path: str
    head: str
    number: str
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole process; `said` tells those who don't see it what it shows."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    said: str


def exception_number(index: int) -> str:
    """Return by which number a table and a drawing name an exception."""
    return f"E{index + 1}"


def draw(process: Process) -> Drawing | None:
    """Return the drawing of a process; None where it can't be drawn, or nothing here can draw."""
    if not process.is_sound or _graphviz() is None:
        return None
    return _drawn(process.states, process.transitions, process.exceptions, process.role("decides_exceptions"))


@lru_cache(maxsize=2_048)
def _drawn(
    states: Sequence[State], transitions: Sequence[Transition], exceptions: Sequence[Exceptional], decides: str
) -> Drawing:
    """Return the drawing of a process by all that shows in it; a preview asks for most of them again and again."""
    graph = _graphviz().AGraph(directed=True, strict=False, rankdir="TB", nodesep="0.2", ranksep="0.25")
    lines = {state.key: _lines(_words(state)) for state in states}
    names = {key: f"s{number}" for number, key in enumerate(lines)}
    for key, name in names.items():
        width, height = _size(lines[key])
        graph.add_node(name, label="", shape="box", fixedsize="true", width=width / _INCH, height=height / _INCH)
    ways = [(names[fold_label(one.start)], names[fold_label(one.end)], str(one.number)) for one in transitions]
    for start, end, number in ways:
        graph.add_edge(start, end, key=number, label=_EMPTY, arrowsize="0.7")
    graph.layout("dot")
    right, height = (float(part) for part in graph.graph_attr["bb"].split(",")[2:])
    boxes = [_box(graph.get_node(names[state.key]), height, lines[state.key], state) for state in states]
    below = list(_exceptions(exceptions, decides, right, height))
    return Drawing(
        # In whole pixels, so that a browser doesn't make it a little smaller.
        ceil(max(right, *(box.left + box.width for box in (*boxes, *below)))),
        ceil(max(height, *(box.top + box.height for box in (*boxes, *below)))),
        (*boxes, *below),
        tuple(_arrow(graph.get_edge(start, end, number), height, number) for start, end, number in ways),
        f"How the work moves from {states[0].name} on; the table below says the same in words.",
    )


def _exceptions(exceptions: Iterable[Exceptional], decides: str, right: float, down: float) -> Iterator[Box]:
    """Yield where exceptions go, one below the other: they may arise in any state."""
    for exception in exceptions:
        approver = exception.approver or decides
        said = f"Exception {exception_number(exception.index)}: {approver or 'nobody approves it'}"
        lines = tuple(wrapped(said, max(_ROOM, (right - 2 * _SIDE) / SIZE)))
        width, height = _size(lines)
        down += _GAP
        yield Box(0, down, max(width, right), height, lines, is_exception=True)
        down += height


def _graphviz() -> Any:
    """Return the library that draws; None where it is not installed."""
    try:
        import pygraphviz  # type: ignore[import-untyped] # noqa: PLC0415 - an extra, and large
    except ImportError:
        return None
    return pygraphviz


def _words(state: State) -> Iterator[str]:
    """Yield what a box says: the state, who acts in it, and within which time."""
    yield state.name
    if state.owner:
        yield state.owner
    if state.within:
        yield state.within


def _lines(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for text in words for line in wrapped(text, _ROOM))


def _size(lines: tuple[str, ...]) -> tuple[float, float]:
    widest = max(length(line) for line in lines) * SIZE
    return widest + 2 * _SIDE, len(lines) * LINE + 2 * _AROUND


def _box(node: Any, whole: float, lines: tuple[str, ...], state: State) -> Box:
    across, up = (float(part) for part in node.attr["pos"].split(","))
    width, height = _size(lines)
    left, top, names = across - width / 2, whole - up - height / 2, len(wrapped(state.name, _ROOM))
    return Box(round(left, 1), round(top, 1), round(width, 1), height, lines, names, is_final=state.is_final)


def _arrow(edge: Any, whole: float, number: str) -> Arrow:
    """Read a way as Graphviz writes it: where its head ends, then the points of a curve, all from the bottom left."""
    ends, *points = edge.attr["pos"].replace("\\\n", "").split()
    tip = _place(ends.removeprefix("e,"), whole)
    curve = [_place(point, whole) for point in points]
    first, *others = curve
    path = f"M{_said(first)}C{' '.join(_said(point) for point in others)}"
    across, down = _place(edge.attr["lp"], whole)
    return Arrow(path, _head(curve[-1], tip), number, round(across, 1), round(down, 1))


def _place(written: str, whole: float) -> tuple[float, float]:
    across, up = written.split(",")
    return float(across), whole - float(up)


def _head(start: tuple[float, float], tip: tuple[float, float]) -> str:
    """Return the three points of an arrow's head, which begins where its curve ends."""
    across, down = (tip[0] - start[0]) / 2.5, (tip[1] - start[1]) / 2.5
    sides = ((start[0] - down, start[1] + across), (start[0] + down, start[1] - across))
    return " ".join(_said(point) for point in (tip, *sides))


def _said(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
