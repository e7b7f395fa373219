"""HB2: files beside the pages that readers will miss, or that nobody reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from handrail.model.handbook import Handbook
from handrail.model.publication import Publication, Reason, publication, uses, why_left_out
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, at, in_body, rule
from handrail.words.language import quoted

_WHAT_TO_DO = {
    Reason.FOLDER: "Move it to a folder that the readers of this page may see, or delete the link.",
    Reason.COPY: "Give it a name of its own, or delete it.",
    Reason.KIND: "Save it as a PDF, a picture or a table, or name it in the option `assets` of the plugin handrail.",
    Reason.SIZE: "Make it smaller, or keep it elsewhere and link to it there.",
    Reason.ACTIVE: "Save it as a picture without scripts and without links, such as PNG.",
    Reason.UNREADABLE: "Let the one who runs the check read it.",
}
"""The reasons that an author can do something about; a symbolic link is a finding of its own."""


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
        if reason is Reason.LEFT_OUT and (exclusion := why_left_out(handbook, use.path)) is not None:
            why, hint = f"it {exclusion.why}", exclusion.hint
        if use.path in handbook.files.assets and hint and (use.page, use.path) not in told:
            told.add((use.page, use.path))
            spot = at(use.page, ("data",)) if use.span is None else in_body(use.page, *use.span)
            yield Hit(spot, f"{quoted(use.path)} is not on the site: {why}.", hint, subject=use.path)


@rule("HB212", "unused-file", Severity.INFO)
def unused_file(handbook: Handbook) -> Iterator[Hit]:
    """Files lie beside the pages, and no page uses them.

    They are not on the site. Often the page that showed them has gone, or it names them by another spelling.

    **What to do.** Delete them, or let a page use them. What the site needs without a page, such as `CNAME`, is named in the
    setting `assets`.
    """
    withheld = published(handbook).withheld
    used = {use.path for use in uses(handbook, handbook.pages)}
    folders: dict[str, list[str]] = defaultdict(list)
    for path in handbook.files.assets:
        # What the site's own settings leave out, somebody has decided on.
        if withheld.get(path) is Reason.UNUSED and path not in used and path not in handbook.files.left_out:
            folders[path.rpartition("/")[0]].append(path)
    for paths in folders.values():
        first, *others = sorted(paths)
        count = "another file" if len(others) == 1 else f"{len(others)} other files"
        more = f" The same holds for {count} of its folder." if others else ""
        yield Hit(
            handbook.project.from_root(first),
            f"No page uses this file, so it is not on the site.{more}",
            "Delete it, or name it in the option `assets` of the plugin handrail.",
        )
