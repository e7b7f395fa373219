"""What a finished page says of itself to search engines, and which pages a reader gets to from it."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from typing import Any

from handrail.text.html_page import Tag, tags

_JSON = "application/ld+json"


@dataclass
class Head:
    """One HTML page; `links` are those that a reader can follow, as written. `data` is None where it can't be read."""

    language: str = ""
    title: str = ""
    description: str = ""
    robots: str = ""
    canonicals: list[str] = field(default_factory=list)
    headings: int = 0
    social: dict[str, str] = field(default_factory=dict)
    data: list[Any] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def is_left_out(self) -> bool:
        """Whether the page asks search engines to leave it out."""
        return bool({"noindex", "none"} & set(self.robots.replace(",", " ").lower().split()))


def read_head(text: str) -> Head:
    """Read a page."""
    head = Head()
    drawings = 0
    for tag, _, _ in tags(text):
        if tag.name == "svg":
            drawings = max(0, drawings - 1) if tag.is_end else drawings + 1
        if tag.is_end:
            continue
        match tag.name:
            case "html":
                head.language = tag.value("lang").strip()
            case "meta":
                _take_meta(head, tag)
            case "link" if "canonical" in tag.value("rel").lower().split():
                head.canonicals.append(tag.value("href").strip())
            case "a" if address := tag.value("href").strip():
                head.links.append(address)
            case "h1":
                head.headings += 1
            case "title" if not drawings and not head.title:
                head.title = " ".join(html.unescape(tag.content).split())
            case "script" if tag.value("type").strip().lower() == _JSON:
                head.data.append(_read(tag.content))
    return head


def _take_meta(head: Head, meta: Tag) -> None:
    content = meta.value("content").strip()
    match meta.value("name").strip().lower():
        case "description":
            head.description = head.description or " ".join(content.split())
        case "robots" | "googlebot":
            head.robots += f" {content}"
    if (name := meta.value("property").strip()).startswith("og:"):
        head.social.setdefault(name, content)


def _read(script: str) -> Any:
    """Return what a script of data holds; None where it can't be read."""
    try:
        return json.loads(script)
    except (ValueError, RecursionError):
        return None
