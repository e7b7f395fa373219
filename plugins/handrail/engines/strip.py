"""What stands on the pages of `mkdocs serve` and in no published site: what is wrong, and why a page is not there."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.publication import Reason
from handrail.model.urls import file_of
from handrail.report.plain import without_surrogates

_BODY = re.compile(r"<body\b[^>]*>")
_CONTAINER = re.compile(r'<div class="md-container" data-md-component="container">')
"""What the theme Material puts in the place of the old page's when it loads a page without leaving the one before."""
_BEGIN, _END = "<!--handrail-preview-->", "<!--/handrail-preview-->"
_MARK = re.compile(f"{_BEGIN}.*?{_END}", re.DOTALL)
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


def mark(site_dir: Path, strip_of: Callable[[str], str]) -> None:
    """Write its strip onto every page of a site; `strip_of` returns that of a file, or nothing where it has none."""
    for path in site_dir.rglob("*.html"):
        # A site may hold HTML of any encoding, which is only passed through.
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        marked = _MARK.sub("", text)
        if strip := without_surrogates(strip_of(path.relative_to(site_dir).as_posix())):
            at = _CONTAINER.search(marked) or _BODY.search(marked)
            marked = f"{marked[: at.end()]}{_BEGIN}{strip}{_END}{marked[at.end() :]}" if at else marked
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
