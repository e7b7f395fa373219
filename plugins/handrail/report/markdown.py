"""Text of a handbook or of strangers made fit for a forge: it notifies nobody, links nowhere, closes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from handrail.model.page import Page
from handrail.model.project import Project
from handrail.report.tables import in_markdown
from handrail.text.visible import one_line

_NOTHING = "&#8203;"
_FORMULA = {ord("$"): "&#36;"}
# Where a forge would make a link or a notice of a plain text: people, issues, addresses. Our own `&#…;` are none.
_REFERENCE = re.compile(r"@|(?<!&)#|(?<=[Gg][Hh])-(?=\d)|:(?=//)|(?<=[Ww]{3})\.")
_HANDLE = re.compile(r"@?([A-Za-z0-9_-]+(?:/[A-Za-z0-9._-]+)?)")
_RUN = re.compile("`+")
_LEAST_FENCE = 3
_UNFIT = re.compile(r"[^\w ,;.:!?'’“”()/&+–—-]|(?<=[Gg][Hh])-(?=\d)|:(?=//)|(?<=[Ww]{3})\.")  # noqa: RUF001 - the marks are meant
_BLANKS = re.compile(" {2,}")


def said(text: str) -> str:
    """Return a text as Markdown on one line that says just that and refers to nobody and nothing."""
    return _REFERENCE.sub(lambda match: match[0] + _NOTHING, in_markdown(text).translate(_FORMULA))


def page_link(project: Project, page: Page) -> str:
    """Return a link to a page on the site, or its title and path where it is on none."""
    if project.site_url and page.may_be_seen_by(project.settings.audience):
        return f"[{said(page.title)}]({address_in_link(project.site_url, page.url)})"
    return f"{said(page.title)} ({said(page.path)})"


def address_in_link(site: str, url: str) -> str:
    """Return the whole address of what the site has at `url`, so that it ends no link."""
    # The site's address is someone's to type, and a bracket or a blank in it would end the link.
    return quote(f"{site.rstrip('/')}/{url}", safe="/:%@?=&~+,;", errors="replace")


def mention(handle: str) -> str:
    """Return a handle, with its @ or without, as a forge calls whoever has it; empty where it can be no handle."""
    found = _HANDLE.fullmatch(handle.strip())
    return f"@{found[1]}" if found else ""


def fenced(lines: Sequence[str], most: int) -> str:
    """Return lines as a block of code that nothing in them can close; at most about `most` characters of them."""
    shown, left = [], most
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            shown.append(f"{line[: left + len(line) + 1]}…")
            break
        shown.append(line)
    longest = max((len(run) for line in shown for run in _RUN.findall(line)), default=0)
    fence = "`" * max(_LEAST_FENCE, longest + 1)
    return "\n".join([f"{fence}text", *shown, fence])


def headline(text: str) -> str:
    """Return a text for the title of a pull request or commit: words and common marks, on one line, no reference."""
    return _BLANKS.sub(" ", _UNFIT.sub(" ", one_line(text))).strip()
