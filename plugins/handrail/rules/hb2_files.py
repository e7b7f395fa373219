"""HB2: files beside the pages that readers will miss, or that nobody reads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache

from handrail.model.contents import contents_of
from handrail.model.handbook import Handbook
from handrail.model.occupied import SITE_FILES
from handrail.model.other_uses import WEB_PAGES, named_by, used_in_repository
from handrail.model.publication import KINDS, Publication, Reason, publication, uses, why_left_out
from handrail.model.svg import fault_of
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, in_body, rule
from handrail.words.language import quoted
from handrail.words.options import adding

_WHAT_TO_DO = {
    Reason.FOLDER: "Move it to a folder that the readers of this page may see, or delete the link.",
    Reason.COPY: "Give it a name of its own, or delete it.",
    Reason.KIND: "Save it as a PDF, a picture or a table",
    Reason.SIZE: "Make it smaller, or keep it elsewhere and link to it there.",
    Reason.ACTIVE: "Save it as PNG.",
    Reason.UNREADABLE: "Let the one who runs the check read it.",
}
"""The reasons that an author can do something about; a symbolic link is a finding of its own."""

_MADE_BY_SITES = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""What a theme or MkDocs makes, whatever lies beside the pages."""
_TEMPLATES = (
    ".ejs", ".erb", ".haml", ".hbs", ".j2", ".jinja", ".jinja2", ".liquid", ".mustache", ".njk", ".pug", ".slim", ".twig",
)  # fmt: skip
"""How names of files end that a program of another site makes something of."""
_ASKED_BY_ADDRESS = re.compile(
    r"\.well-known/.+|CNAME|(?:ads|app-ads|humans|security)\.txt|favicon\.ico|apple-touch-icon[\w-]*\.png|browserconfig\.xml"
    r"|BingSiteAuth\.xml|google[0-9a-f]+\.html|(?:yandex_|pinterest-)[0-9a-f]+\.html|_headers|_redirects"
)
"""What browsers, hosts, search engines and others ask for at the top of a site, though no page leads to it."""


@lru_cache(maxsize=1)  # for all rules that ask: every file is looked at, and drawings are read
def published(handbook: Handbook) -> Publication:
    """Return what a build for the audience of the settings publishes."""
    return publication(handbook, handbook.settings.audience)


@rule("HB211", "file-not-published", Severity.WARNING)
def file_not_published(handbook: Handbook) -> Iterator[Hit]:
    """A page leads to a file that is there, and not on the site.

    Files are published when a page uses them, their kind is harmless, and readers of the page may see their folder. Others
    could run in a browser, or give away what is private; the link is taken off the page.

    **What to do.** Save the file as a PDF, a picture or a table; or name it in the setting `assets`.
    """
    found = published(handbook)
    told = set()
    for use in uses(handbook, found.pages):
        reason = found.withheld.get(use.path)
        why, hint = (str(reason), _WHAT_TO_DO.get(reason, "")) if reason is not None else ("", "")
        if reason is Reason.KIND:
            hint = f"{hint}; or, {adding(handbook.project, 'assets', use.path)}."
        if reason is Reason.ACTIVE and (fault := fault_of(contents_of(handbook).read(use.path) or b"")):
            why, hint = fault
        if reason is Reason.LEFT_OUT and (exclusion := why_left_out(handbook, use.path)) is not None:
            why, hint = f"it {exclusion.why}", exclusion.hint
        if use.path in handbook.files.assets and hint and (use.page, use.path) not in told:
            told.add((use.page, use.path))
            spot = at(use.page, ("data",)) if use.span is None else in_body(use.page, *use.span)
            yield Hit(spot, f"{quoted(use.path)} is not on the site: {why}.", hint, subject=use.path)


@rule("HB212", "unused-file", Severity.INFO, neglect="no page that uses them")
def unused_file(handbook: Handbook) -> Iterator[Hit]:
    """A file lies beside the pages, and no page uses it.

    It is not on the site. Often the page that showed it has gone, or it names it by another spelling.

    **What to do.** Delete it, or let a page use it. What the site needs without a page, such as `CNAME`, is named in the
    setting `assets`. Where HTML, a style or a script beside the pages uses the file, the finding names it: look there first.
    """
    withheld = published(handbook).withheld
    used = {use.path for use in uses(handbook, handbook.pages)}
    # What the site's own settings leave out, somebody has decided on.
    unused = [
        path
        for path in handbook.files.assets
        if _is_unused(path, withheld.get(path)) and path not in used and path not in handbook.files.left_out
    ]
    elsewhere = used_in_repository(handbook, unused)
    named = named_by(handbook) if unused else {}
    for path in unused:
        if path not in elsewhere and not _is_of_the_repository(handbook, path):
            message = "No page uses this file, so it is not on the site."
            yield Hit(handbook.project.from_root(path), message, _with_unused(handbook, path, named.get(path, "")))


def _is_of_the_repository(handbook: Handbook, path: str) -> bool:
    """Say whether a file is no matter of the handbook's, whose pages lie at the root: `LICENSE` or `package.json`, say."""
    at_root = handbook.project.docs_dir == handbook.project.root and "/" not in path
    for_readers = path.casefold().endswith((*KINDS, *WEB_PAGES, *_TEMPLATES)) or path in (*_MADE_BY_SITES, *SITE_FILES)
    return at_root and not for_readers and _ASKED_BY_ADDRESS.fullmatch(path) is None


def _is_unused(path: str, reason: Reason | None) -> bool:
    """Say whether nothing but use is missing; a page of another program, such as `leave.md.erb`, is no copy of an editor's."""
    return reason is Reason.UNUSED or (reason is Reason.COPY and path.casefold().endswith(_TEMPLATES))


def _with_unused(handbook: Handbook, path: str, user: str) -> str:
    """Return what to do with a file that no page uses, by what it seems to be for; `user` is what uses it all the same."""
    publish = adding(handbook.project, "assets", path)
    first = "this folder" if posixpath.dirname(path) else "the site"
    if_wanted = f"If it is to be on the site, {publish}; otherwise delete it."
    is_template = path.casefold().endswith(_TEMPLATES)
    made = posixpath.splitext(path)[0] if is_template else path
    ways = (
        (made in _MADE_BY_SITES, "Delete it; the site makes one of its own."),
        (
            is_template,
            "It is a template, which another program fills in. Write into a page what readers need of it, and delete it.",
        ),
        (
            path in SITE_FILES,
            f"Delete it, for the site makes one of its own; or, to have this one in its place, {publish}.",
        ),
        (
            _ASKED_BY_ADDRESS.fullmatch(path) is not None,
            f"Other programs ask for it by its address; so that they get it, {publish}.",
        ),
        (bool(user), f"{handbook.project.from_root(user)} seems to use it. {if_wanted}"),
        (
            _stands_for_a_page(handbook, path),
            f"Write its text into an index.md beside it, which becomes the first page of {first}, and delete it.",
        ),
        (path.casefold().endswith(WEB_PAGES), if_wanted),
    )
    otherwise = f"Delete it; or, if it is to be on the site all the same, {publish}."
    return next((hint for is_so, hint in ways if is_so), otherwise)


def _stands_for_a_page(handbook: Handbook, path: str) -> bool:
    """Say whether a file is the first page of its folder on sites of HTML, and the folder, or the site, has no other."""
    folder, name = posixpath.split(path)
    beside = [page for page in handbook.pages if page.folder == folder]
    is_needed = not any(page.is_index for page in beside) and (not folder or bool(beside))
    return is_needed and name.casefold() in ("index.html", "index.htm")
