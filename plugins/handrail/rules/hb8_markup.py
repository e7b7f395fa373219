"""HB8: what a page's text holds that would run in the browsers of its readers, or load and send things for them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.let_in import let_in, own_host
from handrail.model.page import Page
from handrail.model.signoff import bears_signatures
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, in_body, rule
from handrail.text.hosts import web_address
from handrail.text.markdown import without_code
from handrail.text.tags import Tag, as_browsers_read, tags
from handrail.words.language import quoted
from handrail.words.options import adding

_ELEMENTS = re.compile(
    r"<(?P<name>script|iframe|frame|frameset|object|embed|applet|form|base)(?=[\s/>]|\Z)", re.IGNORECASE
)
_TAG = re.compile(r"<[A-Za-z]")
_HANDLER = re.compile(r"on[a-z]{3,}")
_HANDLER_IN_BRACKETS = re.compile(r"(?<![\w.-])(?P<name>on[a-z]{3,})[ \t]*+=", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]++")
_LINK_TARGET = re.compile(r"\][(:][ \t\r\n]*+<?(?P<target>[^)>\r\n]{1,400})")
_ADDRESSES = re.compile(
    r"action|background|by|cite|code|codebase|data|formaction|from|href|longdesc|manifest|ping|poster|src|srcset|to|values"
    r"|xlink:href"
)
_RUNS = re.compile(
    r"(?:javascript|vbscript|livescript):"
    r"|data:\s*(?:text/(?:html|xml|javascript)|application/(?:xhtml\+xml|xml|javascript))",
    re.IGNORECASE,
)
_ABRUPT_COMMENT = re.compile(r"<!--(?=-?>)")
_INSTEAD = {**dict.fromkeys(("form", "frameset"), "readers see only the words in it"), "base": "it is taken out"}
_DELETE = "Delete it, or put it between backticks if it is an example."


@rule("HB806", "script", Severity.ERROR)
def script(handbook: Handbook) -> Iterator[Hit]:
    """A page holds something that would run in the browsers of its readers, or load or send things for them.

    These are the elements for programs, frames and forms; attributes such as `onclick`, also in curly brackets behind an
    element; and links that begin with `javascript:`. Who may write a page of the handbook may not act in the name of those
    who read it, so the site leaves all of it out. In code spans and code blocks it is text. Frames of the hosts that the
    setting `embeds` names are let in, but on no page that is signed.

    **What to do.** Delete it; put an example between backticks. What the whole site needs belongs into its templates.
    """
    for page in handbook.pages:
        body = page.source.body
        for offset, (end, message, frame) in sorted(_running(body).items()):
            if frame is None or frame.name == "script":
                hint = _DELETE if frame is None else _instead_of_script(handbook, frame)
                yield Hit(in_body(page, offset, end), message, hint, subject=body[offset:end])
            elif not _is_let_in(handbook, page, frame):
                hint = _instead_of_frame(handbook, page, frame)
                yield Hit(in_body(page, offset, end), message, hint, subject=body[offset:end])


def _is_let_in(handbook: Handbook, page: Page, frame: Tag) -> bool:
    found = web_address(_source(frame))
    return found is not None and found.is_safe and found.is_of(let_in(handbook, page).frames)


def _instead_of_frame(handbook: Handbook, page: Page, frame: Tag) -> str:
    found = web_address(_source(frame))
    if found is None or found.host == own_host(handbook):
        return _DELETE
    if bears_signatures(page):
        return f"This page is signed, so it shows no frame; write a link in its place: <{found.secure}>"
    if found.is_of(handbook.settings.embeds):
        return f"Write its address so that it is asked for by https: https://{found.host}/…"
    allow = adding(handbook.project, "embeds", found.host)
    return f"Write a link in its place: <{found.secure}>; or let its host show frames: {allow}."


def _instead_of_script(handbook: Handbook, script: Tag) -> str:
    found = web_address(_source(script))
    if found is None or not found.is_safe:
        return _DELETE
    name_it = f"in {handbook.project.config_file.name}, add `extra_javascript: [{found.secure}]`"
    return f"{_DELETE[:-1]}; a program that the whole site is to run belongs into the settings: {name_it}."


def _source(frame: Tag) -> str:
    return next((html.unescape(one.value) for one in frame.attributes if one.name == "src"), "")


def _running(body: str) -> dict[int, tuple[int, str, Tag | None]]:
    """Return where what would run ends, what it is, and the frame or script that it is, by where it begins; of one tag only the first."""
    if not _may_run(body):
        return {}  # looking past code takes longer
    text = without_code(_with_settled_comments(body))
    found: dict[int, tuple[int, str, Tag | None]] = {}
    known: dict[int, Tag] = {}
    if "<" in text:
        for tag in tags(text):
            known[tag.offset] = tag
            message = _of_tag(tag)
            if message:
                found.setdefault(tag.offset, (tag.end, message, None))
    for match in _ELEMENTS.finditer(text):
        element = known.get(match.start())
        name = match["name"].lower()
        has_address = name in ("iframe", "script") and match.start() not in found
        instead = _INSTEAD.get(name, "readers see nothing in its place")
        message = f"`<{name}>` could run, load or send what no reader asked for, so {instead}."
        found[match.start()] = (element.end if element else match.end(), message, element if has_address else None)
    if "{" in text:
        found |= _in_brackets(text)
    for match in _LINK_TARGET.finditer(text):
        if scheme := _running_scheme(match["target"]):
            found.setdefault(match.start("target"), (match.end("target"), _of_link(scheme), None))
    return found


def _may_run(body: str) -> bool:
    """Say whether anything would run, were there no code in the body."""
    return (
        ("<" in body and _TAG.search(body) is not None)
        or ("{" in body and _HANDLER_IN_BRACKETS.search(body) is not None)
        or any(_running_scheme(match["target"]) for match in _LINK_TARGET.finditer(body))
    )


def _with_settled_comments(body: str) -> str:
    """Return a body whose comments end where Markdown ends them, every character in its place."""
    if "<!--" not in body:
        return body
    text = _ABRUPT_COMMENT.sub("....", body.replace("--!>", "--> "))
    closed = text.rfind("-->") + 1
    return text[:closed] + text[closed:].replace("<!--", "....")


def _of_tag(tag: Tag) -> str:
    for attribute in tag.attributes:
        if _HANDLER.fullmatch(attribute.name):
            return f"{quoted(attribute.name)} of {quoted(f'<{tag.name}>')} would run in readers' browsers, so it is taken out."
        if tag.name == "meta" and attribute.name == "http-equiv":
            return "`<meta http-equiv>` could send readers elsewhere, so it is taken out."
        if attribute.name == "srcdoc":
            return "`srcdoc` would put a page of its own into this one, so it is taken out."
        if _ADDRESSES.fullmatch(attribute.name) and (scheme := _running_scheme(attribute.value)):
            return _of_link(scheme)
    return ""


def _in_brackets(text: str) -> dict[int, tuple[int, str, None]]:
    """Find handlers in lists of attributes: `{ onclick="…" }` behind an element, or on a line of its own."""
    found = {}
    for line in _LINE.finditer(text):
        opened, closed = text.find("{", *line.span()), text.rfind("}", *line.span())
        match = _HANDLER_IN_BRACKETS.search(text, opened, closed) if 0 <= opened < closed else None
        if match:
            message = f"{quoted(match['name'])} in curly brackets would run in readers' browsers, so it is taken out."
            found[match.start()] = (match.end("name"), message, None)
    return found


def _running_scheme(address: str) -> str:
    """Return the beginning of an address that runs, as browsers read it; nothing where it does not."""
    match = _RUNS.match(as_browsers_read(html.unescape(address)))
    return match[0].lower() if match else ""


def _of_link(scheme: str) -> str:
    return f"A link that begins with {quoted(scheme)} would run in readers' browsers, so its address is taken out."
