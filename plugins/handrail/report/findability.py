"""How well the public procedures can be found: two shares, then what is missed and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handrail.measures.findability import Findability, Ratio
from handrail.report.lists import Table, called, place
from handrail.report.tables import in_markdown, render_table
from handrail.text.visible import one_line

BY_SEARCH = "found by the site's own search"
BY_WEB = "ready to be found by a web search"
NOTHING_PUBLIC = "The handbook has no active procedure that everyone may read."
NOTHING_MISSED = "Every one of them is found."


def findability_data(found: Findability) -> dict[str, Any]:
    """Return the shares, and every procedure with what it misses, as plain data."""
    return {
        "by_search": _share(found.by_search),
        "by_web": _share(found.by_web),
        "dead_addresses": list(found.dead),
        "procedures": [
            {**place(one.page), "missed": list(one.missed), "lost": list(one.lost)} for one in found.procedures
        ],
    }


def _share(ratio: Ratio) -> dict[str, int | None]:
    return {"met": ratio.met, "of": ratio.whole, "per_cent": ratio.per_cent, "target": ratio.target}


def shares_table(found: Findability) -> Table:
    """Return the two shares as a table."""
    pages = [one.page for one in found.procedures]
    columns = (f"active public {called(pages) or 'procedures'}", "share", "target")
    return columns, [
        (name, _words(ratio), f"{ratio.target} %")
        for name, ratio in ((BY_SEARCH, found.by_search), (BY_WEB, found.by_web))
    ]


def _words(ratio: Ratio) -> str:
    if ratio.per_cent is None:
        return "unknown"
    return f"{ratio.met} of {ratio.whole} ({ratio.per_cent} %)"


def findability_table(found: Findability) -> Table:
    """Return what is missed as a table, one row a miss."""
    columns = ("id", "title", "missed", "what is missed", "what to do", "path")
    return columns, [
        (one.page.id, one.page.title, name, said, advice, one.page.path)
        for one in found.procedures
        for name, said, advice in one.misses
    ]


def _sentences(found: Findability) -> Iterator[str]:
    if not found.procedures:
        yield NOTHING_PUBLIC
    elif not any(one.misses for one in found.procedures):
        yield NOTHING_MISSED
    for address in found.dead:
        yield f"The sitemap names an address that leads to no page: {address}."


def findability_lines(found: Findability) -> Iterator[str]:
    """Yield the shares and what is missed as lines for a terminal."""
    yield from render_table(*shares_table(found), "text").splitlines()
    for sentence in _sentences(found):
        yield ""
        yield one_line(sentence)
    for one in found.procedures:
        if one.misses:
            yield ""
            yield one_line(f"{one.page.path} “{one.page.title}”")
            yield from (f"  {one_line(f'{said} {advice}')}" for _, said, advice in one.misses)


def findability_markdown(found: Findability) -> str:
    """Return the shares and what is missed as Markdown."""
    parts = [render_table(*shares_table(found), "md"), *(f"{in_markdown(said)}\n" for said in _sentences(found))]
    columns, rows = findability_table(found)
    if rows:
        parts.append(render_table(columns, rows, "md"))
    return "\n".join(parts)
