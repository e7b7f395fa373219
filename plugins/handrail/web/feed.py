"""The site's feed (Atom): the last changes of procedures and other pages that more than a signature was behind."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from handrail.pages.audience import Shown
from handrail.pages.generated.changes import Told, in_numbers, state, told
from handrail.text.visible import one_line
from handrail.web.metadata import Site

FILE = "feed.xml"
_MOST = 50


def feed(shown: Shown, site: Site) -> str:
    """Return the feed; nothing where there is no change, nobody knows of any, or nobody knows where the site stands."""
    found = list(islice((one for one in told(shown) if one.change.is_material), _MOST))
    host = urlsplit(site.url).hostname
    if not found or not host:
        return ""
    newest = max((one.change.time for one in found), key=datetime.fromisoformat)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <title>{_text(site.name)}: what changed</title>",
        f"  <id>{_text(site.url)}</id>",
        f'  <link rel="self" type="application/atom+xml" href={_attribute(site.address(FILE))}/>',
        f'  <link rel="alternate" type="text/html" href={_attribute(site.url)}/>',
        f"  <updated>{newest}</updated>",
        f"  <author><name>{_text(site.name)}</name></author>",
        *(line for one in found for line in _entry(shown, site, host, one)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(shown: Shown, site: Site, host: str, one: Told) -> list[str]:
    change = one.change
    name = shown.handbook.identity(one.page) if one.page.kind is not None else one.page.src_uri
    # The id outlives a change of the page's title and address.
    id_ = f"tag:{host},{change.day}:{quote(name, safe=':@/', errors='surrogateescape')}/{change.commit[:12]}"
    words = ": ".join(filter(None, (state(change).capitalize(), in_numbers(change))))
    department = [f"    <category term={_attribute(one.department.title)}/>"] if one.department is not None else []
    return [
        "  <entry>",
        f"    <title>{_text(one.page.title)}</title>",
        f"    <id>{_text(id_)}</id>",
        f'    <link rel="alternate" type="text/html" href={_attribute(site.address(one.page.url))}/>',
        f"    <updated>{change.time}</updated>",
        *department,
        f"    <summary>{_text(words)}.</summary>",
        "  </entry>",
    ]


def _text(text: str) -> str:
    """Return a text as XML; what no XML may hold is shown as its number."""
    return escape(one_line(text))


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))
