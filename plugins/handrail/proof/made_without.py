"""Says of a site that lacks all that Handrail makes that Handrail was not there: one cause, however much is wrong for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from handrail.build.build import Build
from handrail.build.seal import unsealed
from handrail.model.urls import file_of, page_url
from handrail.proof.built import BuiltSite, is_page
from handrail.rules.site_faults import DEAD, MISSING, UNMADE, SiteFault
from handrail.words.language import count_of

_GENERATOR = re.compile(r"<meta\s+name=\"?generator\"?\s+content=\"?([\w .,-]+)", re.IGNORECASE)
_HOME = "index.html"
_ANEW = (
    "Delete it, and take it from the web if it is there. Then build it anew: with MkDocs and the plugin handrail, or with Zensical by "
    "`handrail generate`, the `zensical build` that it names, and `handrail finish`."
)


def made_without(build: Build, site: BuiltSite) -> SiteFault | None:
    """Return what is wrong with a site that Handrail did not make, or did not finish; None where it did both."""
    directories = build.handbook.project.use_directory_urls
    ours = {file_of(page_url(src_uri, directories=directories)) for src_uri in build.generated}
    first = next((path for path in (_HOME, *site.html_files) if path in site.files), "")
    if not first:
        return None
    said = site.raw(first).decode("utf-8", "replace")
    engine = f" by {found[1].strip()}" if (found := _GENERATOR.search(said)) else ""
    if not ours.isdisjoint(site.files):
        if not unsealed(said)[1]:
            return None
        message = f"This site was made{engine} of what `handrail generate` wrote, and is not finished: its pages state no policy, and files are missing."
        return SiteFault(UNMADE, first, message, "Run `handrail finish`, and publish what that writes.", "unfinished")
    message = f"This site was made{engine} without Handrail: none of the pages that Handrail makes is on it{_open(build, site)}."
    return SiteFault(UNMADE, first, message, _ANEW, "without")


def _open(build: Build, site: BuiltSite) -> str:
    handbook = build.handbook
    pages = (handbook.by_src_uri.get(path) for path in build.withheld)
    number = sum(page is not None and file_of(page.url) in site.files for page in pages)
    return f", and {count_of(number, 'page')} that {'is' if number == 1 else 'are'} withheld" if number else ""


def of_one_cause(faults: Iterable[SiteFault], cause: SiteFault | None, site: BuiltSite) -> Iterator[SiteFault]:
    """Yield the faults of a site, and first the cause of them; what only follows from it is left out."""
    if cause is None:
        yield from faults
        return
    yield cause
    for fault in faults:
        follows = fault.rule == DEAD or (
            fault.rule == MISSING and (not is_page(fault.file) or fault.file not in site.files)
        )
        if not follows:
            yield fault
