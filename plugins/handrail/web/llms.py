"""The handbook for programs that read text: `llms.txt`, which lists the pages, and a Markdown twin of each of them.

A twin is the page's own text with the links of the page as readers see it. A page whose text others are put into, by
template code or an include, has none: what it says is known only once the site is built.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from html import unescape
from urllib.parse import quote, unquote

from handrail.model.items import SECTIONS
from handrail.model.page import Page
from handrail.model.urls import page_url, relative
from handrail.model.view_lines import without_view_lines
from handrail.pages.audience import OTHER_PAGES, Shown
from handrail.report.plain import without_surrogates
from handrail.text.includes import includes
from handrail.text.markdown import links, without_comments
from handrail.web.metadata import Metadata, Site
from handrail.web.plain_text import unwrapped
from handrail.web.published import linked_body
from handrail.words.language import in_words
from handrail.words.signing import signed_sentence

FILE = "llms.txt"
_MARK = "handrail-page"
_OUR_LINK = re.compile(rf'<a href="{_MARK}-(\d+)">(.*?)</a>')
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|/")
_SIGNS = re.compile(r"([\\`*_\[\]<>#|])")


def llms(shown: Shown, site: Site, metadata: Metadata) -> str:
    """Return `llms.txt`: every page that holds, by department, with what it is about."""
    lines = [f"# {_inert(site.name)}", ""]
    if site.description:
        lines += [f"> {_inert(site.description)}", ""]
    by_department: dict[str, list[Page]] = defaultdict(list)
    for page in shown.pages(shown.handbook.pages):
        if not page.is_retired:
            by_department[_department(shown, page)].append(page)
    for title in sorted(by_department, key=lambda title: (title == OTHER_PAGES, title.casefold(), title)):
        lines += [f"## {_inert(title)}", ""]
        pages = sorted(by_department[title], key=lambda page: (page.title.casefold(), page.src_uri))
        lines += [_listed(shown, site, metadata, page) for page in pages]
        lines.append("")
    return without_surrogates("\n".join(lines))


def _department(shown: Shown, page: Page) -> str:
    department = shown.department_of(page)
    return department.title if department is not None else OTHER_PAGES


def _listed(shown: Shown, site: Site, metadata: Metadata, page: Page) -> str:
    place = quote(twin_place(page), errors="surrogateescape") if has_twin(shown, page) else page.url
    description = metadata.description(page)
    about = f": {_inert(description)}" if description else ""
    return f"- [{_inert(metadata.title(page))}]({site.address(place) or place or './'}){about}"


def has_twin(shown: Shown, page: Page) -> bool:
    """Say whether a page's own text is all of its text."""
    return not shown.handbook.settings.may_run_macros(page.src_uri) and not includes(page.source.body, templates=False)


def twin_place(page: Page) -> str:
    """Return where a page's twin lies on the site: beside the page, with another ending."""
    url = unquote(page.url, errors="surrogateescape")
    return f"{url}index.md" if not url or url.endswith("/") else f"{posixpath.splitext(url)[0]}.md"


def twins(shown: Shown, site: Site, metadata: Metadata, withheld: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """Yield the place and text of each twin; `withheld` are the files that the audience may not see."""
    for page in shown.pages(shown.handbook.pages):
        if has_twin(shown, page):
            yield twin_place(page), without_surrogates(_twin(shown, site, metadata, page, withheld))


def _twin(shown: Shown, site: Site, metadata: Metadata, page: Page, withheld: AbstractSet[str]) -> str:
    body = _body(shown, page, withheld)
    heading = "" if page.source.first_headings else f"# {_inert(page.title)}"
    parts = [_head(shown, site, metadata, page), heading, *_fields(page), body]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(shown: Shown, site: Site, metadata: Metadata, page: Page) -> str:
    sign_off = shown.handbook.sign_off(page) if page.kind is not None else None
    signed = signed_sentence(sign_off) if sign_off is not None else ""
    if signed and page in shown.handbook.plans and sign_off is not None and sign_off.signed_on is not None:
        signed = f"Vetted {in_words(sign_off.signed_on)}."
    known = {
        "title": unwrapped(page.title),
        "description": metadata.description(page),
        "url": site.address(page.url),
        "state": page.state,
        "signed": signed,
    }
    # As JSON a value is YAML whatever it holds.
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in known.items() if value]
    return "\n".join(["---", *lines, "---"])


def _fields(page: Page) -> Iterator[str]:
    """Yield what a page says in its fields, as its readers see it: when it is needed, and the sections of a plan."""
    for name in ("trigger", "statement", "vision"):
        if page.text(name):
            yield _inert(page.text(name))
    for section in SECTIONS:
        items = [item for item in page.items if item.section == section]
        if items:
            yield f"## {section.capitalize()}"
            yield "\n".join(
                f"- {f'**{_inert(item.label)}:** ' if item.label else ''}{_inert(item.text)}" for item in items
            )


def _body(shown: Shown, page: Page, withheld: AbstractSet[str]) -> str:
    targets: list[Page] = []

    def address(target: Page) -> str:
        targets.append(target)
        return f"{_MARK}-{len(targets) - 1}"

    body = linked_body(shown.handbook, page, shown.shows, address, withheld)
    body = without_comments(_with_addresses(shown, page, body))
    body = without_view_lines(body) if page.bears_views else body

    def as_markdown(match: re.Match[str]) -> str:
        number = int(match[1])
        if number >= len(targets):
            return match[0]
        return f"[{_inert(unescape(match[2]))}]({relative(targets[number].url, page.url)})"

    return _OUR_LINK.sub(as_markdown, body).strip("\r\n")


def _with_addresses(shown: Shown, page: Page, body: str) -> str:
    """Return a body whose links to files lead to what the site makes of them."""
    parts: list[str] = []
    at = 0
    for link in sorted(links(body), key=lambda link: link.target_at):
        start, end = link.target_at, link.target_at + len(link.target)
        if link.form != "markdown" or start < at or not link.target or _ELSEWHERE.match(link.target):
            continue
        path, mark, rest = _split(link.target)
        full = posixpath.normpath(posixpath.join(page.folder, unquote(path)))
        url = _url(shown, full)
        if url is not None:
            parts += [body[at:start], relative(url, page.url), mark, rest]
            at = end
    return "".join([*parts, body[at:]])


def _split(target: str) -> tuple[str, str, str]:
    cut = next((index for index, sign in enumerate(target) if sign in "?#"), len(target))
    return target[:cut], target[cut : cut + 1], target[cut + 1 :]


def _url(shown: Shown, path: str) -> str | None:
    """Return the address of what lies at a path in the folder of pages, or None where nothing does."""
    book = shown.handbook
    if path in book.by_src_uri:
        return book.by_src_uri[path].url
    if book.settings.generated.holds(path):
        return page_url(path, directories=book.project.use_directory_urls)
    return quote(path, errors="surrogateescape") if path in book.files.assets else None


def _inert(text: str) -> str:
    """Return a text on one line as Markdown that has no effect."""
    return _SIGNS.sub(r"\\\1", unwrapped(text))
