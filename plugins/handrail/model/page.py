"""A page of the handbook: a document of some kind, or prose."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from handrail.faults import fault
from handrail.model.items import SECTIONS, Item, read_items, written_out
from handrail.model.kept_back import said_visibility
from handrail.model.kinds import Kind, Phase, State
from handrail.model.nearest import nearest
from handrail.model.rapid import Rapid, read_rapid
from handrail.model.settings import VISIBILITIES, Settings, Visibility, fits
from handrail.model.stray_fields import FENCES, begins_with_fields
from handrail.model.theme_fields import is_kept_out_of_search
from handrail.model.validation import UNKNOWN, Violation
from handrail.model.violations import meant_field, violations
from handrail.text.source import Source, failed_source

_NEARLY_KIND = frozenset(("kind", "kinds", "knd", "kidn", "kin"))


@dataclass(eq=False)
class Page:
    """One page, with what its front matter means.

    `path` is relative to the project's root and `src_uri` to the folder of pages, both with `/`; `url` is relative to
    the site. `kind` is None for prose and for a page whose kind nobody knows. `data` is the front matter with the title
    of the body's only heading, where it has none of its own, with the items of plans written out, and without what is kept
    for other programs.
    """

    path: str
    src_uri: str
    url: str
    source: Source
    kind: Kind | None
    data: dict[str, Any]
    visibility: Visibility | None
    """Who may read it, None where nothing says so: then it is withheld."""

    @property
    def is_prose(self) -> bool:
        return self.source.readable and "kind" not in self.source.data

    @cached_property
    def counted_as(self) -> str:
        """Return what a count of pages calls it."""
        if self.kind is not None:
            return self.kind.name
        return "prose" if self.is_prose else "unknown"

    @cached_property
    def is_valid(self) -> bool:
        """Whether the page can be read and, as a document, satisfies its schema."""
        if self.is_prose:
            return not self.source.problems
        if self.kind is None or not self.source.readable:
            return False
        return self.kind.validator.is_valid(self.data)

    @cached_property
    def has_stray_fields(self) -> bool:
        """Whether what looks like fields begins its text, where nobody reads them: they may say who may see the page.

        A document has said that itself, unless a second front matter stands below the first.
        """
        text = self.source.body if self.source.has_front_matter else self.source.text
        return (self.kind is None or text.lstrip().startswith(FENCES)) and begins_with_fields(text)

    @cached_property
    def violations(self) -> list[Violation]:
        """What its schema refuses; nothing where the page is no document or can't be read."""
        if self.kind is None or self.is_valid:
            return []
        return violations(self.kind, self.data, self.source.distrusts)

    def doubts(self, *path: str | int) -> bool:
        """Say whether something is already known to be wrong with what stands at a path, or was meant to stand there."""
        if self.source.readable and not self.source.problems and self.is_valid:
            return False
        found = [problem.path for problem in self.source.problems if problem.path and problem.rule != "curly-quotes"]
        found += [violation.path for violation in self.violations]
        found += [
            (close,)
            for violation in self.violations
            if violation.keyword == UNKNOWN
            and len(violation.path) == 1
            and self.kind is not None
            and (close := meant_field(self.kind, violation))
        ]
        return self.source.distrusts(path) or any(known[: len(path)] == path[: len(known)] for known in found if known)

    def lacks(self, name: str) -> bool:
        """Say whether a field is simply not there: no finding of its text or its schema explains why."""
        return not self.data.get(name) and not self.doubts(name)

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.src_uri)

    @property
    def is_index(self) -> bool:
        """Whether the page stands for its folder."""
        return _stem(self.src_uri) in ("index", "README")

    @property
    def file_name(self) -> str:
        """Return the name of the file without its ending; of a folder's own page, the folder's."""
        return posixpath.basename(self.folder) if self.is_index and self.folder else _stem(self.src_uri)

    @cached_property
    def id(self) -> str:
        return self.text("id")

    @cached_property
    def title(self) -> str:
        title = self.text("title")
        if title:
            return title
        if self.is_prose and len(self.source.first_headings) == 1 and (heading := self.source.first_headings[0][0]):
            return heading
        return self.id or self.file_name

    @property
    def is_reviewed(self) -> bool:
        return self.kind is not None and self.kind.is_reviewed

    @property
    def bears_views(self) -> bool:
        """Whether views of the handbook may stand in its text: what they show changes, so nobody could sign it."""
        return self.kind is None or not self.kind.signed

    @property
    def serves_plan(self) -> bool:
        """Whether it is to say which plan it serves."""
        return self.kind is not None and self.kind.serves_plans

    @cached_property
    def line_named(self) -> str:
        """The line of plans that it says it serves, as it is typed; empty where it names none."""
        return self.text("vpmom")

    @cached_property
    def state(self) -> str:
        return self.text("state")

    @cached_property
    def phase(self) -> Phase:
        """How it stands: in force where its kind has no states, and nowhere in particular where its state is none of them."""
        if self.kind is None or not self.kind.states:
            return Phase.IN_FORCE
        return self._standing.phase if self._standing is not None else Phase.OTHER

    @property
    def state_word(self) -> str:
        """What readers call its state; empty where it has none that its kind knows."""
        return self._standing.word if self._standing is not None else ""

    @property
    def state_inside(self) -> str:
        """The word for its state as it stands inside a line."""
        return self._standing.inside if self._standing is not None else ""

    @cached_property
    def _standing(self) -> State | None:
        return self.kind.states.get(self.state) if self.kind is not None else None

    @property
    def is_in_force(self) -> bool:
        return self.phase is Phase.IN_FORCE

    @property
    def is_to_come(self) -> bool:
        """Whether it is still on its way to being in force, as a stub and a draft are."""
        return self.kind is not None and self.state in self.kind.states_to_come

    @property
    def is_unwritten(self) -> bool:
        return self.phase is Phase.UNWRITTEN

    @property
    def is_draft(self) -> bool:
        return self.is_to_come and self.phase is Phase.OTHER

    @property
    def is_retired(self) -> bool:
        return self.phase is Phase.RETIRED

    @property
    def is_kept_out_of_search(self) -> bool:
        return is_kept_out_of_search(self.data)

    def text(self, name: str) -> str:
        """Return a field that holds text, without white space round it; empty where it does not."""
        value = self.data.get(name)
        return value.strip() if isinstance(value, str) else ""

    def entries(self, name: str) -> list[dict[str, Any]]:
        """Return a field that holds a list of groups of fields."""
        value = self.data.get(name)
        return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []

    def texts(self, name: str) -> list[str]:
        """Return a field that holds a list of texts, or one."""
        value = self.data.get(name)
        if isinstance(value, str):
            return [value]
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    @cached_property
    def rapid(self) -> Rapid:
        return read_rapid(self.data.get("rapid"))

    @cached_property
    def items(self) -> list[Item]:
        """Every item of a plan's priorities, methods, obstacles and measures; of an objective, its measures."""
        return [item for section in SECTIONS for item in read_items(section, self.data.get(section))]

    def may_be_seen_by(self, audience: Visibility) -> bool:
        """Say whether a build for this audience may publish the page."""
        if self.visibility is None or self.visibility == "confidential":
            return False
        return self.visibility == "public" or audience == "internal"


def _stem(src_uri: str) -> str:
    return posixpath.splitext(posixpath.basename(src_uri))[0]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a page is read by: the kinds that are known, the settings and the day."""

    kinds: dict[str, Kind]
    settings: Settings
    today: date


def make_page(path: str, src_uri: str, url: str, source: Source, terms: Terms) -> Page:
    """Make a page of a source; nothing about its content raises."""
    make = partial(_page_of, path, src_uri, url, terms=terms)
    try:
        return make(source)
    except Exception as error:  # noqa: BLE001 - a fault of ours at one page must not keep the others from being read
        return make(failed_source(fault(error)))


def _page_of(path: str, src_uri: str, url: str, source: Source, terms: Terms) -> Page:
    settings = terms.settings
    name = source.data.get("kind")
    kind = terms.kinds.get(name) if isinstance(name, str) else None
    data = _effective(source, kind, settings)
    visibility = _visibility(source, data, settings.folder_visibility(src_uri), terms.today)
    return Page(path, src_uri, url, source, kind, data, visibility)


def _effective(source: Source, kind: Kind | None, settings: Settings) -> dict[str, Any]:
    data = source.data
    if kind is None:
        return data
    if settings.keep and not data.keys() <= kind.fields.keys():
        data = {key: value for key, value in data.items() if key in kind.fields or not _is_kept(key, kind, settings)}
    if "title" not in data and len(source.first_headings) == 1 and not source.distrusts(("title",)):
        text, offset = source.first_headings[0]
        if text and not source.text[source.body_offset : offset].strip():
            data = {**data, "title": text}
    for section in SECTIONS:
        listed = data.get(section)
        if isinstance(listed, list) and section in kind.fields and any(isinstance(item, dict) for item in listed):
            data = {**data, section: [written_out(item) for item in listed]}
    return data


def _is_kept(key: str, kind: Kind, settings: Settings) -> bool:
    """Say whether a page carries a key for other programs."""
    patterns = [pattern for pattern in settings.keep if fits(pattern, key)]
    meant = nearest(key, kind.fields) if patterns and key not in patterns else None
    # One that would keep the field itself as well, such as `*`, was not written for its slips.
    return any(meant is None or not fits(pattern, meant) for pattern in patterns)


def meant_kind(data: dict[str, Any]) -> str | None:
    """Return the key by which a page without `kind` nearly says one, such as `Kind`: it is no prose, and withheld."""
    if "kind" in data:
        return None
    return next((key for key in data if "".join(filter(str.isalnum, key.casefold())) in _NEARLY_KIND), None)


def _visibility(source: Source, data: dict[str, Any], folder: Visibility | None, today: date) -> Visibility | None:
    """Return the narrower of what the page says and what its folder allows; what can't be read is seen by nobody."""
    if not source.readable:
        return None
    if "kind" not in data:
        return None if said_visibility(data, today) or meant_kind(data) else folder
    said = data.get("visibility")
    if said not in VISIBILITIES or source.distrusts(("visibility",)):
        return None
    ceiling = folder or "public"
    return max(said, ceiling, key=VISIBILITIES.index)
