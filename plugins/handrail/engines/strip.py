"""What stands on the pages of `mkdocs serve` and in no published site: what is wrong, and why a page is not there."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import Reason
from handrail.model.urls import file_of
from handrail.report.plain import without_surrogates

_BODY = re.compile(r"<body\b[^>]*>")
_MARK = re.compile(r"<!--handrail-preview-->.*?<!--/handrail-preview-->", re.DOTALL)
_ABSENT = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not on this site</title></head>
<body style="max-width:40rem;margin:4rem auto;padding:0 1rem;font:16px/1.5 sans-serif">
<h1>Not on this site</h1>
<p>{words}</p>
<p>Only this preview says so; the site itself has no such page.</p>
</body>
</html>
"""
_STYLE = (
    "position:fixed;z-index:100;left:0;right:0;bottom:0;padding:.6rem 1rem;background:#5d1f1a;color:#fff;"
    "font:14px/1.4 sans-serif;max-height:30vh;overflow:auto"
)


def mark(site_dir: Path, words: str) -> None:
    """Write a bar with these words onto every page of a site, or take it away where there are none."""
    bar = (
        f'<!--handrail-preview--><div role="alert" style="{_STYLE}">{html.escape(words)}</div><!--/handrail-preview-->'
        if words
        else ""
    )
    for path in site_dir.rglob("*.html"):
        # A site may hold HTML of any encoding, which is only passed through.
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        marked = _MARK.sub("", text)
        if bar:
            marked = _BODY.sub(lambda match: match[0] + bar, marked, count=1)
        if marked != text:
            path.write_bytes(marked.encode("utf-8", "surrogateescape"))


def explain_absences(site_dir: Path, handbook: Handbook, withheld: Mapping[str, Reason]) -> None:
    """Put a page that says why in the place of each that the site leaves out, for an author who looks for it there."""
    for src_uri, reason in withheld.items():
        page = handbook.by_src_uri.get(src_uri)
        if page is None:
            continue
        place = site_dir / file_of(page.url)
        with suppress(OSError):  # a name that the disk does not take
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                words = without_surrogates(_why_absent(handbook, page, reason))
                place.write_text(_ABSENT.format(words=html.escape(words)), "utf-8")


def _why_absent(handbook: Handbook, page: Page, reason: Reason) -> str:
    if reason is not Reason.AUDIENCE:
        return f"{page.path} is not on this site, because {reason}."
    return (
        f"{page.path} is {page.visibility}, and this site is {handbook.settings.audience}, so it is not here. Who may read it "
        "is said in its line `visibility` and, for its whole folder, under `visibility` below `handrail:` in mkdocs.yml."
    )
