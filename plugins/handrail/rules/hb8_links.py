"""HB8: links that leave the handbook where they must not, or lead to what only the staff can open."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from handrail.model.handbook import Handbook
from handrail.model.links import Link
from handrail.model.site_contents import Lies
from handrail.rules.finding import Severity
from handrail.rules.hb8_includes import inclusions
from handrail.rules.registry import Hit, at, in_body, rule
from handrail.rules.subjects import of_field
from handrail.text.markdown import BodyLink, without_code
from handrail.text.problems import DataPath
from handrail.words.language import quoted

_ON_A_MACHINE = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\", re.IGNORECASE)
_HOST = re.compile(r"//(?P<host>[^\s/?#<>()\[\]\"'`|\\]++)")
_SCHEME = re.compile(r"\A(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_PORT = re.compile(r":\d*\Z")
_NAME_IT = "Name it as the page's `internal_version`, or delete the link."


def leaves_content(link: Link) -> bool:
    """Say whether a link names a file outside the folder of pages.

    A relative link that is right as an address on the site is only written in another way; one that ends as addresses do was so.
    """
    if link.destination.lies is not Lies.NOTHING or link.written.form != "markdown":
        return False
    if link.written.target.partition("#")[0].endswith("/"):
        return False
    return posixpath.normpath(link.path.replace("\\", "/")).split("/")[0] == ".."


def _is_on_a_machine(written: BodyLink) -> bool:
    """Say whether a link names a file on its author's machine or network."""
    return written.form != "wiki" and _ON_A_MACHINE.match(html.unescape(unquote(written.target)).strip()) is not None


@rule("HB807", "path-outside", Severity.ERROR)
def path_outside(handbook: Handbook) -> Iterator[Hit]:
    """A link, an image or an include names something outside the handbook by its path.

    Readers have nothing but the site: a file beside the handbook, or on its author's machine, is not on it. And where such a
    path is followed while the site is made, it would publish whatever lies there.

    **What to do.** Put the file into the handbook, or link to its address on the web.
    """
    for page in handbook.pages:
        outside = {link.written for link in handbook.body_links.get(page, ()) if leaves_content(link)}
        for written in page.source.links:
            if written in outside or _is_on_a_machine(written):
                yield Hit(
                    in_body(page, written.offset, written.end),
                    f"The link leads to {quoted(written.target)}, outside the handbook.",
                    "Put the file into the handbook, or link to its address on the web.",
                    subject=written.target,
                )
    for found in inclusions(handbook):
        if found.leads_out:
            yield Hit(
                found.spot,
                f"{quoted(found.include.path)} is put into this page from outside the handbook.",
                "Put the text into the handbook, or link to its address on the web.",
                subject=found.subject,
            )


@rule("HB809", "private-host", Severity.WARNING)
def private_host(handbook: Handbook) -> Iterator[Hit]:
    """A public page links to a host that the settings call private.

    Readers from outside can't open it, and learn its name. `internal_version` is the place for such a link: it is shown as
    one for the staff.

    **What to do.** Name it as the page's `internal_version`, or delete the link.
    """
    is_private = _private(handbook.settings.private_hosts)
    if is_private is None:
        return
    for page in handbook.pages:
        if page.visibility != "public":
            continue
        for path, value in _texts(page.data, ()) if page.kind is not None else ():
            host = next((match["host"] for match in _HOST.finditer(value) if is_private(match["host"])), "")
            if host:
                yield Hit(at(page, path), _opened_by_staff(host), _NAME_IT, subject=of_field(path, _bare(host)))
        body = page.source.body
        for match in _HOST.finditer(without_code(body) if "//" in body else ""):
            if is_private(match["host"]):
                yield Hit(
                    in_body(page, *match.span("host")),
                    _opened_by_staff(match["host"]),
                    _NAME_IT,
                    subject=_bare(match["host"]),
                )


def _opened_by_staff(host: str) -> str:
    return f"Everyone may read this page, and only the staff can open {quoted(_bare(host))}."


def _private(patterns: Iterable[str]) -> Callable[[str], bool] | None:
    """Return what says whether a host is private; None where no host is."""
    hosts = {_bare(_SCHEME.sub("", pattern.strip()).split("/", maxsplit=1)[0]) for pattern in patterns}
    below = tuple(host.removeprefix("*") for host in hosts if host.startswith("*."))
    return (lambda host: (name := _bare(host)) in hosts or name.endswith(below)) if hosts else None


def _bare(host: str) -> str:
    """Return a host's name without a user before it, a port behind it, and capitals."""
    return _PORT.sub("", host.rpartition("@")[2].rstrip(".,;:!*_")).rstrip(".").casefold()


def _texts(value: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    """Yield every text of a document's front matter, less the link that is for the staff."""
    if isinstance(value, str):
        if "//" in value:
            yield path, value
    elif isinstance(value, dict):
        for key, below in value.items():
            if path or key != "internal_version":
                yield from _texts(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _texts(below, (*path, index))
