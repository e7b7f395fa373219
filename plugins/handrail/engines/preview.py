"""One run of `mkdocs serve`, through all its builds."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from handrail.engines import pages_beside
from handrail.engines.absences import explain_absences
from handrail.engines.compiled import Compiled
from handrail.engines.exact import Exact
from handrail.engines.guard import Guard
from handrail.engines.preview_port import require_free
from handrail.engines.readings import Readings
from handrail.engines.strip import StripOf, Stripped
from handrail.model.config_names import USUAL, engine_of
from handrail.model.handbook import Handbook
from handrail.model.publication import Publication
from handrail.model.urls import file_of
from handrail.pages.audience import Shown
from handrail.pages.preview import Strips, failed
from handrail.report.since import Told
from handrail.rules.finding import Report


class Preview:
    """What a preview keeps from build to build, and what it puts on its pages."""

    def __init__(self) -> None:
        self.readings = Readings()
        self.told = Told()
        self.compiled = Compiled()
        self._strip_of: StripOf = lambda _: ""
        self._guard: Guard | None = None

    def begin(self, config: MkDocsConfig) -> None:
        """Refuse an address that somebody else serves, before the first build takes its time."""
        self.readings.remember_texts()
        if self._guard is None:
            require_free(*config.dev_addr, engine_of(Path(config.config_file_path or USUAL).name))

    def finish(self, site_dir: Path, shown: Shown, publication: Publication, report: Report, frame: str) -> None:
        """Have every page of a site say what is wrong, and in the place of those that it lacks, in this frame, why they are not there."""
        explain_absences(site_dir, shown, publication.withheld, frame)
        before = self.readings.before.intersection(publication.paths)
        strips = Strips(shown.handbook, shown.forge, report, before)
        # Where a page has the address of one that is withheld, that is the one which is there.
        files = {file_of(page.url): page for page in (*shown.handbook.pages, *publication.pages)}
        self._strip_of = lambda file: strips.of(files.get(file))

    def strip_of(self, file: str) -> str:
        """Return what a preview says on a file of the site: what is wrong there, or why it is the site of before."""
        if self._guard is not None and self._guard.failure:
            return failed(self._guard.failure)
        return self._strip_of(file)

    def serve(self, server: LiveReloadServer, config: MkDocsConfig, handbook: Handbook, exact: Exact) -> None:
        """Watch what its authors write, build as little as can have changed, and keep the last good site where that fails."""
        server.unwatch(config.docs_dir)
        pages_beside.watch(server, handbook.project)
        self._guard = Guard(server, Path(config.site_dir), exact)
        server.set_app(Stripped(server.get_app(), server.mount_path, self.strip_of))

    def end(self) -> None:
        """Throw away what was put aside of the last good site."""
        if self._guard is not None:
            self._guard.close()
