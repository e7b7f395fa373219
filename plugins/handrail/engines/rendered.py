"""What MkDocs makes of a page's Markdown, as data that another process can give to the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc


@dataclass(frozen=True, slots=True)
class Rendered:
    """All that `Page.render` sets: `toc` are the headings as MkDocs reads them of Markdown, `links` those to parts of pages, by path."""

    content: str | None
    toc: list[dict[str, Any]]
    title: str | None
    anchors: list[str | None] | None
    links: dict[str, dict[str, str]] | None

    @classmethod
    def of(cls, page: Page) -> Rendered:
        """Return what MkDocs has made of a page a moment ago."""
        anchors, links = page.present_anchor_ids, page.links_to_anchors
        return cls(
            page.content,
            list(map(_token, page.toc)),
            page._title_from_render,  # noqa: SLF001 - what `render` sets, and no one else
            list(anchors) if anchors is not None else None,
            {file.src_uri: found for file, found in links.items()} if links is not None else None,
        )

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Rendered:
        """Return what was written as data; raises ValueError where it is of another shape."""
        if not _is_sound(data):
            raise ValueError(data)
        return cls(**data)

    def as_data(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def give(self, page: Page, files: Files) -> bool:
        """Give it to a page; say whether that was done, as all is there to which it leads."""
        linked = {path: files.get_file_from_path(path) for path in self.links or ()}
        if None in linked.values():
            return False
        page.content, page.toc = self.content, get_toc(self.toc)  # type: ignore[arg-type]
        page._title_from_render = self.title  # noqa: SLF001 - as above
        page.present_anchor_ids = set(self.anchors) if self.anchors is not None else None  # type: ignore[arg-type]
        page.links_to_anchors = (
            {linked[path]: found for path, found in self.links.items()} if self.links is not None else None  # type: ignore[misc]
        )
        return True


def _is_sound(data: Any) -> bool:
    """Say whether each part is what MkDocs takes it for."""
    anchors = [] if data["anchors"] is None else data["anchors"]
    links = {} if data["links"] is None else data["links"]
    toc = data["toc"]
    return (
        isinstance(anchors, list)
        and all(isinstance(text, str | None) for text in (data["content"], data["title"], *anchors))
        and isinstance(toc, list)
        and all(map(_is_token, toc))
        and isinstance(links, dict)
        and all(isinstance(found, dict) and _are_texts(found.values()) for found in links.values())
    )


def _is_token(token: Any) -> bool:
    return (
        isinstance(token, dict)
        and isinstance(token["level"], int)
        and _are_texts((token["id"], token["name"]))
        and isinstance(token["children"], list)
        and all(map(_is_token, token["children"]))
    )


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _token(heading: AnchorLink) -> dict[str, Any]:
    return {
        "level": heading.level,
        "id": heading.id,
        "name": heading.title,
        "children": list(map(_token, heading.children)),
    }
