"""The kinds of edits, by the names that the command line knows."""

from __future__ import annotations

from handrail.edit.adopt.fixes.edits import Fix
from handrail.edit.adopt.fixes.front_matter import description, toml
from handrail.edit.adopt.fixes.hints import hints
from handrail.edit.adopt.fixes.links import folder_links, html_links, own_addresses
from handrail.edit.adopt.fixes.placeholders import placeholders
from handrail.edit.adopt.fixes.redirects import redirects
from handrail.edit.adopt.fixes.spellings import backslashes, letter_case
from handrail.edit.adopt.fixes.template_links import template_links
from handrail.edit.adopt.fixes.wiki_links import wiki_links

FIXES = (
    Fix("html-links", "Links to `x.html`, where the handbook has `x.md`, lead there.", html_links, ("HB207",)),
    Fix(
        "folder-links",
        "Links to a folder, or to a page without its ending, name the page's file.",
        folder_links,
        ("HB207", "HB214"),
    ),
    Fix("own-addresses", "Links to whole addresses of the handbook's own site name the page's file.", own_addresses),
    Fix(
        "template-links",
        "Links that template code was to make name the page's file.",
        template_links,
        ("HB207", "HB812"),
    ),
    Fix("backslashes", "Links with backslashes, as Windows writes paths, have slashes.", backslashes, ("HB207",)),
    Fix(
        "letter-case", "Links whose capitals differ from the file's name are written as it is.", letter_case, ("HB207",)
    ),
    Fix(
        "wiki-links",
        "Links in double brackets to one page or picture, as notebooks write them, name its file.",
        wiki_links,
        ("HB215",),
    ),
    Fix("hints", "Boxes of GitBook (`{% hint %}`) and Docusaurus (`:::note`) become admonitions.", hints, ("HB812",)),
    Fix(
        "description",
        "`Description:` at the top of a page becomes `description:`, which is read.",
        description,
        ("HB029",),
    ),
    Fix("redirects", "Old addresses in `.gitbook.yaml` are kept by their pages, under `redirect_from`.", redirects),
    Fix("toml", "Fields between `+++` are written between `---`.", toml),
    Fix(
        "placeholders",
        "Words such as `<Order ID>`, which no reader sees, stand between backticks.",
        placeholders,
        ("HB604",),
    ),
)
"""In the order in which they are best made."""
