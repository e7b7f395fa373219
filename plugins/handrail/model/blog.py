"""The posts of Material's plugin `blog`, which get other addresses than pages do, and the pages that it makes to lead to them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handrail.model.dates import parse_day
from handrail.model.page import Page
from handrail.model.urls import page_url
from handrail.rendering.extensions import Tagged
from handrail.rendering.slugs import small_slug

_FORMATS = {
    "post_url_format": "{date}/{slug}",
    "archive_url_format": "archive/{date}",
    "categories_url_format": "category/{slug}",
    "authors_profiles_url_format": "author/{slug}",
    "pagination_url_format": "page/{page}",
}
_DATE = re.compile(r"(?<![A-Za-z])(?:yyyy|MM|dd)(?![A-Za-z])|[^A-Za-z']")
_STRFTIME = {"yyyy": "%Y", "MM": "%m", "dd": "%d"}
_DAY = len("2026-11-15")


@dataclass(frozen=True)
class Blog:
    """One blog: the folders of it and of its posts, from that of the pages, and how it makes addresses."""

    folder: str = "blog"
    posts: str = "blog/posts"
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def index(self) -> str:
        """The page that shows the newest posts; the plugin writes it where nobody has."""
        return self._at("index.md")

    @property
    def patterns(self) -> tuple[str, ...]:
        """What fits the files that it makes pages of, beside those of its posts and its own."""
        made = [self._format(name) for name in _FORMATS if name != "post_url_format"]
        starts = (self._at(one.partition("{")[0]) for one in made)
        return tuple(f"{start}/**" for start in starts)

    def address(self, page: Page, *, directories: bool) -> str | None:
        """Return the address of a post; None of what is none, and where a function makes it that nobody here knows."""
        path = self._path(page) if page.src_uri.startswith(f"{self.posts}/") else None
        return None if path is None else page_url(self._at(f"{path}.md"), directories=directories)

    def place_of(self, asset: str) -> str:
        """Return where a file of the folder of pages lies on the site: those beside posts lie beside the blog."""
        inside = asset.removeprefix(f"{self.posts}/")
        return asset if inside == asset else self._at(inside)

    def _at(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder, path))

    def _path(self, page: Page) -> str | None:
        said = page.source.data.get("date")
        day = parse_day(str(said.get("created") if isinstance(said, Mapping) else said)[:_DAY])
        shape = self.options.get("post_url_date_format", "yyyy/MM/dd")
        slug, listed = page.source.data.get("slug"), page.source.data.get("categories")
        names = [self._slug("categories", str(name)) for name in (listed if isinstance(listed, list) else ())]
        words = str(slug) if slug else self._slug("post", page.title)
        if day is None or words is None or None in names or "".join(_DATE.findall(str(shape))) != shape:
            return None
        most = self.options.get("post_url_max_categories", 1)
        path = self._format("post_url_format").format(
            categories="/".join(map(str, names[: most if isinstance(most, int) else 1])),
            date=day.strftime(_DATE.sub(lambda part: _STRFTIME.get(part[0], part[0]), str(shape))),
            file=posixpath.splitext(posixpath.basename(page.src_uri))[0],
            slug=words,
        )
        return posixpath.normpath(path.strip("/"))

    def _slug(self, what: str, words: str) -> str | None:
        """Return words as a part of an address, as the plugin makes it unless it is told another function."""
        if isinstance(self.options.get(f"{what}_slugify"), Tagged):
            return None
        return small_slug(words, str(self.options.get(f"{what}_slugify_separator", "-")))

    def _format(self, name: str) -> str:
        return str(self.options.get(name, _FORMATS[name]))


def read_blog(options: Any) -> Blog:
    """Read the options of the plugin."""
    said = options if isinstance(options, Mapping) else {}
    folder = posixpath.normpath(str(said.get("blog_dir", "blog")))
    posts = posixpath.normpath(str(said.get("post_dir", "{blog}/posts")).replace("{blog}", folder))
    return Blog(folder, posts, dict(said))
