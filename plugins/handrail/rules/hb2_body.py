"""HB2: links, pictures and parts of pages that a body names, however they are written, and that readers won't reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.links import Link, is_document_named
from handrail.model.names import folded
from handrail.model.nearest import nearest
from handrail.model.page import Page
from handrail.model.publication import Reason
from handrail.model.references import parse_reference
from handrail.model.site_contents import Destination, Lies
from handrail.rules.extension_hints import to_have_attributes_read
from handrail.rules.finding import Severity
from handrail.rules.hb2_files import published
from handrail.rules.hb2_links import meant
from handrail.rules.hb8_links import leaves_content
from handrail.rules.made_hints import leads_nowhere
from handrail.rules.places import from_page
from handrail.rules.registry import Hit, in_body, rule
from handrail.rules.suggestions import called, names, page_named, suggestion
from handrail.text.markdown import BodyLink
from handrail.text.templates import template_texts
from handrail.words.language import join_words, quoted

_MOST = 1_000
"""So many dead links of one page are named: to look for what each means takes its time, and a baseline knows those that are."""
_MAY_NAME_A_PAGE = re.compile(r"(?![\s-])[^|\[\]{}$=<>;]*(?<!\s)(?:\||\Z)")
"""No condition of a shell."""
_FOR_OTHER_READERS = (Reason.AUDIENCE, Reason.FOLDER, Reason.UNUSED)
"""Why a site lacks what that for other readers has."""
_BEHIND_A_NAME = re.compile(r"[|#\\]")
_LETTER = re.compile(r"[^\W\d_]")
_MAKES_LINKS_OF_BRACKETS = re.compile(r"wiki|roam|ezlinks|obsidian", re.IGNORECASE)


@rule("HB207", "dead-link", Severity.WARNING)
def dead_link(handbook: Handbook) -> Iterator[Hit]:
    """A link or a picture of the body leads to nothing in the handbook, or to what is no address at all.

    The page was renamed, moved or never written. It counts however it is written: in Markdown, in HTML, from the site's root, or
    with the site's whole address; so does a link in whose address template code stands, where nothing runs it, and one to a page
    that Handrail makes only where there is something to show, such as meetings, or of a rule that there is not. Of the links
    of one page the first thousand are named.

    **What to do.** Fix the link. `[[sop:its-id]]` goes on working when a page is moved.
    """
    for page, links in handbook.body_links.items():
        dead = [link for link in links if _is_dead(handbook, link)]
        if handbook.project.runs_templates:
            dead = [link for link in dead if not _holds_code(link.written)]
        else:
            dead = sorted([*dead, *_of_code(page, links)], key=lambda link: link.written.offset)
        for link in dead[:_MOST]:
            what, hint = _why_dead(handbook, page, link)
            yield Hit(in_body(page, link.written.offset, link.written.end), what, hint, subject=link.written.target)
        if len(dead) > _MOST:
            first = dead[_MOST].written
            yield Hit(
                in_body(page, first.offset, first.end),
                f"{len(dead) - _MOST:,} more links of this page lead to nothing.",
                "Fix or delete those before; the next ones are named then.",
            )


def _is_dead(handbook: Handbook, link: Link) -> bool:
    return leads_nowhere(handbook, link) and not (leaves_content(link) or _is_cut_short(link.written))


def _of_code(page: Page, links: list[Link]) -> Iterator[Link]:
    """Yield the links to other sites in whose addresses template code stands: they lead to nothing there."""
    inside = {link.written for link in links}
    for written in page.source.links:
        if written.is_used and written.form != "wiki" and written not in inside and _holds_code(written):
            yield Link(written, Destination(Lies.NOTHING))


def _holds_code(written: BodyLink) -> bool:
    return any(template_texts(written.target, markdown=False))


def _is_cut_short(written: BodyLink) -> bool:
    """Say whether a link is only the beginning of template code, which browsers don't take for one."""
    return written.form == "html" and written.target in ("{%", "{{")


def _why_dead(handbook: Handbook, page: Page, link: Link) -> tuple[str, str]:
    """Return what is wrong with a dead link, and what to do."""
    if link.resolution is not None:
        return _why_no_document(handbook, link.written.target, link.resolution.candidates)
    target = quoted(link.written.target)
    if link.destination.lies is Lies.NO_ADDRESS:
        return (
            f"The link leads to {target}, which is no address.",
            "Fix it, or put it between backticks if it is an example.",
        )
    says, hint = suggestion(handbook, page, link)
    if link.written.is_shown:
        return f"The {called(link.written)} {target} {says or 'is not there'}.", hint
    return f"The link leads to {target}, which {says or 'is not there'}.", hint


def _why_no_document(handbook: Handbook, text: str, candidates: tuple[str, ...]) -> tuple[str, str]:
    """Return what is wrong with double brackets that name no document, or without its kind, and what to do."""
    if ":" not in text:
        return (
            f"[[{text}]] is no link without the kind in front of the id.",
            f"Did you mean {join_words((f'[[{name}]]' for name in candidates), 'or')}?",
        )
    close = nearest(text, filter(parse_reference, candidates or handbook.index.ids()))
    return (
        f"[[{text}]] names no page of the handbook.",
        meant(handbook, text) or (f"Did you mean [[{close}]]?" if close else "Fix the id."),
    )


@rule("HB213", "dead-anchor", Severity.WARNING)
def dead_anchor(handbook: Handbook) -> Iterator[Hit]:
    """A link leads to a part of a page that the page does not have.

    Readers arrive at its top and have to look for what was meant. Parts are named by their headings, as the site makes addresses of
    them, and by the ids that authors give.

    **What to do.** Name a heading that is there, or leave out the part behind the `#`.
    """
    for page, links in handbook.body_links.items():
        told = 0
        for link in links:
            target, part = link.page, link.destination.fragment
            if target is None or not part or "{" in part or _is_hidden(page, target):
                continue
            if handbook.site.anchors.has(target, part) is False and told < _MOST:
                told += 1
                yield _dead_part(handbook, page, link, target)


def _dead_part(handbook: Handbook, page: Page, link: Link, target: Page) -> Hit:
    part = link.destination.fragment
    spot = in_body(page, link.written.offset, link.written.end)
    whose, subject = "This page" if target is page else f"“{target.title}”", link.written.target
    unread = handbook.site.anchors.unread(target, part)
    if unread is None:
        message = f"{whose} has no part {quoted(f'#{part}')}."
        return Hit(spot, message, _part_meant(handbook, target, link), subject=subject)
    braces = quoted(target.source.body[slice(*unread)])
    return Hit(
        spot,
        f"{whose} has no part {quoted(f'#{part}')}: {braces} is to name it, and nothing on this site reads that.",
        to_have_attributes_read(handbook.project),
        ((in_body(target, *unread), f"Readers see {braces} here as it stands."),),
        subject=subject,
    )


def _is_hidden(page: Page, target: Page) -> bool:
    """Say whether readers of a page may not see where its link leads: they get its words, and no link."""
    return target.visibility not in ("public", page.visibility)


def _part_meant(handbook: Handbook, target: Page, link: Link) -> str:
    close = nearest(link.destination.fragment, handbook.site.anchors.lasting(target))
    before = link.written.target.partition("#")[0]
    return (
        f"Did you mean {before}#{close}?"
        if close
        else "Name one of its headings, or leave out the part behind the `#`."
    )


@rule("HB214", "by-address", Severity.INFO)
def by_address(handbook: Handbook) -> Iterator[Hit]:
    """A link works by its address on the site, not by the file of the page that it leads to.

    It leads nowhere on the forge and in an editor, nobody notices when the page is moved, and it breaks where the site changes how it
    makes addresses.

    **What to do.** Name the page's file, as it lies beside this one.
    """
    withheld = published(handbook).withheld
    for page, links in handbook.body_links.items():
        for link in links[:_MOST]:
            found = link.destination
            if link.written.form != "markdown" or not found.by_address or found.lies not in (Lies.PAGE, Lies.FILE):
                continue
            if withheld.get(found.path, Reason.AUDIENCE) not in _FOR_OTHER_READERS:
                continue  # the link works on no site
            is_part = found.page is None or handbook.site.anchors.has(found.page, found.fragment) is not False
            part = f"#{found.fragment}" if found.fragment and is_part else ""
            is_within = part and found.page is page
            yield Hit(
                in_body(page, link.written.offset, link.written.end),
                f"{quoted(link.written.target)} works only as long as the address stays as it is.",
                f"Write {part}."
                if is_within
                else f"Write {from_page(page, found.path)}{part}, the file that it leads to.",
                subject=link.written.target,
            )


@rule("HB215", "foreign-link", Severity.WARNING)
def foreign_link(handbook: Handbook) -> Iterator[Hit]:
    """Double brackets stand here as other programs use them for links, and readers see the brackets.

    On the site only `[[kind:id]]` is a link. `[[Page]]`, and the same with a picture's name, come from notebooks and wikis.

    **What to do.** Write the kind and the id, or a link to the file: `[words](page.md)`.
    """
    for page in handbook.pages:
        body = page.source.body
        for written, is_picture in foreign_links(handbook, page):
            yield Hit(
                in_body(page, written.offset - is_picture, written.end),
                f"{quoted(body[written.offset - is_picture : written.end])} is shown with its brackets: it is no link here.",
                page_named(handbook, page, written, is_picture=is_picture),
                subject=written.target,
            )


def foreign_links(handbook: Handbook, page: Page) -> Iterator[tuple[BodyLink, bool]]:
    """Yield what stands in double brackets on a page and is a link for other programs only, and whether it is to be shown."""
    if any(map(_MAKES_LINKS_OF_BRACKETS.search, handbook.project.markdown.extensions)):
        return
    body = page.source.body
    for written in page.source.links:
        inside = body[written.offset + 2 : written.end - 2]
        if written.form != "wiki" or not _MAY_NAME_A_PAGE.match(inside) or is_document_named(written, handbook.index):
            continue
        # Without a letter it is the number of a footnote, or a day on which somebody took notes.
        if not _LETTER.search(inside.partition("|")[0]):
            name = _BEHIND_A_NAME.split(inside, maxsplit=1)[0].strip()
            if body.startswith("(", written.end) or not any(folded(name) in names(other) for other in handbook.pages):
                continue
        yield written, body[: written.offset].endswith("!")
