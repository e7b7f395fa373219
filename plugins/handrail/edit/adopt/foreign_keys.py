"""What keys of other programs' front matter are called here: what can be said with a field of ours is, and the rest stays as it is.

A key is translated only where nothing of it is lost, and where the page does not say the same itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from handrail.model.handbook import Handbook
from handrail.model.kinds import Kind
from handrail.model.page import Page
from handrail.model.people import Group, Person
from handrail.model.urls import bare_url

_MONTHS = re.compile(r"(?:every\s+)?(?P<count>\d{1,3})?\s*(?P<unit>months?|years?)", re.IGNORECASE)
_OFTEN = {
    "monthly": 1,
    "quarterly": 3,
    "half-yearly": 6,
    "semi-annually": 6,
    "semiannually": 6,
    "yearly": 12,
    "annually": 12,
    "annual": 12,
}
_MOST_MONTHS = 12
_CHANNEL = re.compile(r"[a-z0-9][a-z0-9_-]*", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"[:{}<>*]")
_OWNER = "owner"
"""May hold any name, so that one which nobody knows looks well; it may be somebody's handle."""
_ENDINGS = (".html", ".htm", ".md")


@dataclass(frozen=True, slots=True)
class Translation:
    """The fields that a page gets, the keys that go for them, and those that stay though no field of its kind is called so."""

    put: Mapping[str, Any]
    without: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A key with its value, on a page of a handbook."""

    handbook: Handbook
    page: Page
    key: str
    value: Any

    @property
    def text(self) -> str:
        return self.value.strip() if isinstance(self.value, str) else ""

    @property
    def texts(self) -> list[str]:
        listed = self.value if isinstance(self.value, list) else [self.value]
        texts = [one.strip() for one in listed if isinstance(one, str)]
        return texts if len(texts) == len(listed) else []


def translation(handbook: Handbook, page: Page, kind: Kind) -> Translation:
    """Return what becomes of the keys of a page that is, or is to be, of a kind."""
    put: dict[str, Any] = {}
    gone: list[str] = []
    kept: list[str] = []
    for key, value in page.source.data.items():
        field, read = _KEYS.get(_folded(key), ("", _nothing))
        if key in kind.fields and key != _OWNER and _fits(kind, key, value):
            continue
        found = read(_Said(handbook, page, key, value)) if field in kind.fields else None
        there = page.source.data.get(field) if field not in put else put[field]
        if found is not None and there is not None and key != field:
            found = _together(there, found)
        if found is not None and _fits(kind, field, found):
            put |= {field: found} if found != page.source.data.get(field) else {}
            gone += [key] if key != field else []
        elif key not in kind.fields:
            kept.append(key)
    return Translation(put, tuple(gone), tuple(kept))


def _folded(key: str) -> str:
    return str(key).casefold().replace("-", "_").replace(" ", "_")


def _together(there: Any, more: Any) -> Any:
    """Return a list with more in it; None where the page says something else already."""
    if isinstance(more, list):
        listed = there if isinstance(there, list) else [there]
        return [*listed, *(one for one in more if one not in listed)]
    return more if there == more else None


def _fits(kind: Kind, field: str, value: Any) -> bool:
    """Say whether a kind takes a value for a field."""
    whole = {"kind": kind.name, "id": "a", "title": "A", "visibility": "public", field: value}
    return not any(one.path[:1] == (field,) for one in kind.validator.violations(whole))


def _nothing(_said: _Said) -> None:
    return None


def _months(said: _Said) -> str | None:
    """Read a length of time: `6 months`, `1 year`, `quarterly`."""
    match = _MONTHS.fullmatch(said.text)
    count = _OFTEN.get(said.text.casefold(), 0)
    if match is not None:
        count = int(match["count"] or 1) * (_MOST_MONTHS if match["unit"].casefold().startswith("year") else 1)
    if not 0 < count <= _MOST_MONTHS:
        return None
    return f"{count} month{'' if count == 1 else 's'}"


def _channel(said: _Said) -> str | None:
    """Read a channel, which has its sign before it where readers are to know it for one."""
    if "slack" in said.key.casefold() and _CHANNEL.fullmatch(said.text):
        return f"#{said.text}"
    return said.text or None


def _sentence(said: _Said) -> str | None:
    return " ".join(said.text.split()) or None


def _words(said: _Said) -> list[str] | None:
    """Read search words: a list of them, or some with commas between."""
    listed = [one.strip() for text in said.texts for one in text.split(",")]
    return list(dict.fromkeys(filter(None, listed))) or None


def _addresses(said: _Said) -> list[str] | None:
    """Read old addresses; Obsidian's other names of a page are none."""
    texts = said.texts
    are_addresses = texts and all("/" in one or one.lower().endswith(_ENDINGS) for one in texts)
    if not are_addresses:
        return None
    # Hugo counts those without a slash at their start from the page's folder.
    from_here = said.page.folder if _folded(said.key) == "aliases" else ""
    return [one if one.startswith("/") or not from_here else f"/{posixpath.join(from_here, one)}" for one in texts]


def _own_address(said: _Said) -> list[str] | None:
    """Read the address at which another program had the page, where that is another than ours."""
    address = said.text
    if not address.startswith("/") or _PLACEHOLDER.search(address) or bare_url(address) == bare_url(said.page.url):
        return None
    return [address]


def _who(said: _Said) -> str | None:
    """Read a person or group, which the list of people has to know."""
    names = said.texts
    registry = said.handbook.registry
    if len(names) != 1 or not registry.exists or (said.key == _OWNER and registry.find(names[0]) is not None):
        return None
    everyone: list[Person | Group] = [*registry.groups.values(), *registry.people.values()]
    handle = names[0].removeprefix("@").casefold()
    by_handle = (one for one in everyone if one.handle and one.handle.removeprefix("@").casefold() == handle)
    found = registry.find(names[0]) or next(by_handle, None)
    return found.id if found is not None else None


def _department(said: _Said) -> str | None:
    """Read the page above, where that is a department's."""
    path = posixpath.normpath(posixpath.join("/", said.page.folder, said.text)) if said.text else ""
    for ending in _ENDINGS:
        path = path.removesuffix(ending)
    address = bare_url(posixpath.dirname(path) if posixpath.basename(path) in ("index", "README") else path)
    above = said.handbook.site.by_address.get(address)
    return above.id if above is not None and above.counted_as == "department" else None


_Reader = Callable[[_Said], Any]


def _named(field: str, read: _Reader, names: Iterable[str]) -> dict[str, tuple[str, _Reader]]:
    return dict.fromkeys(names, (field, read))


_KEYS: Mapping[str, tuple[str, _Reader]] = {
    **_named("review_every", _months, ("review_in", "review_every", "review_cycle", "review_frequency", "review_interval", "review_period")),
    **_named("contact", _channel, ("owner_slack", "slack", "slack_channel", "contact_slack", "channel", "support_channel", "contact_email")),
    **_named("description", _sentence, ("summary", "excerpt", "abstract", "meta_description", "seo_description")),
    **_named("asked_as", _words, ("keywords", "search_terms", "synonyms", "also_known_as")),
    **_named("tags", _words, ("tags", "tag", "labels")),
    **_named("redirect_from", _addresses, ("aliases", "old_paths", "old_urls", "redirects", "redirect_from")),
    **_named("redirect_from", _own_address, ("permalink", "url", "slug")),
    **_named("owner", _who, ("owner", "owners", "dri", "maintainer", "maintainers", "responsible", "page_owner", "content_owner")),
    **_named("department", _department, ("parent",)),
}  # fmt: skip
"""By a key in small letters, with `_` for what joins words: the field that says the same, and what reads the value."""
