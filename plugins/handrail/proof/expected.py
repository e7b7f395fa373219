"""What a finished site of a handbook has to hold, what it may hold beside, and what must be in it nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from handrail.build.build import Build
from handrail.build.manifest import Manifest
from handrail.model.files import file_size, read_bytes
from handrail.model.handbook import Handbook
from handrail.model.publication import Publication
from handrail.model.urls import file_of, page_url
from handrail.pages.generated import finder
from handrail.proof.verify import Expected, by_contents
from handrail.web import calendars, feed, handbook_data, llms, measures_data, robots
from handrail.web.redirects import redirects

_NOT_FOUND = "404.html"
_INDEX = "index.html"


def expected(build: Build, word: Manifest | None) -> Expected:
    """Return what the site of a handbook has to hold, and what it may; `word` is what its build has left of where that went.

    What the build's own plugins and theme made may be there. Of the handbook's files beside pages they may have made others; of its pages
    each has to be somewhere.
    """
    handbook, published, shown, made = build.handbook, build.publication, build.shown, build.generated
    project = handbook.project
    settings = handbook.settings
    data = (*measures_data.places(settings.generated), *handbook_data.places(settings.generated))
    dated = list(calendars.places(shown))  # that of everything first; whom it concerns may change with the day
    always = {finder.INDEX, llms.FILE, robots.FILE, *data, *dated[:1]}
    needed = {
        **dict.fromkeys(
            (path for path in always if project.exclusions.why(path) is None), "the file that Handrail makes"
        ),
        **{
            file_of(page_url(src_uri, directories=project.use_directory_urls)): "the page that Handrail makes"
            for src_uri in made
        },
        **{file_of(page.url): f"the page {page.path}" for page in published.pages},
        **{place: f"the file {project.from_root(path)}" for path, place in _files(build, word)},
    }
    allowed = {*always, feed.FILE, *project.others.files}
    allowed.update(file_of(page_url(page, directories=project.use_directory_urls)) for page in project.others.pages)
    allowed.update(llms.twin_place(page) for page in published.pages if llms.has_twin(shown, page))
    allowed.update(dated)
    allowed.update(one.file for one in redirects(shown, needed, made))
    allowed.update(word.files if word is not None else ())
    return Expected(
        needed,
        frozenset(allowed),
        (*handbook.settings.assets, *project.others.patterns),
        by_contents(_contents(handbook, published)),
        dict(_places(handbook, published)),
        project.config_file.name,
        by_others=word.of_others() - needed.keys() - {_NOT_FOUND} if word is not None else frozenset(),
        nameable={
            f"the file {project.from_root(path)}": path
            for path, reason in published.withheld.items()
            if reason.yields_to_settings
        },
    )


def _files(build: Build, word: Manifest | None) -> Iterator[tuple[str, str]]:
    """Yield the files beside the pages, each with its place on the site, as far as the build left it there."""
    for path in build.publication.assets:
        if word is None:
            yield path, build.handbook.project.others.place_of(path)
        elif path in word.places:
            yield path, word.places[path]


def follow(handbook: Handbook, word: Manifest) -> None:
    """Let pages be known by their addresses on the site, where another plugin has moved them."""
    for page in handbook.pages:
        place = word.places.get(page.src_uri)
        if place is not None and place != file_of(page.url):
            page.url = quote(place.removesuffix(_INDEX) if place.endswith(f"/{_INDEX}") else place)


def _contents(handbook: Handbook, published: Publication) -> Iterator[tuple[str, bytes]]:
    """Yield what is withheld and stands in nothing published, with its bytes."""
    shown = {read_bytes(handbook.project.docs_dir, path) for path in published.assets}
    for path in published.withheld:
        raw = read(handbook, path)
        if raw is not None and raw not in shown:
            yield f"the file {handbook.project.from_root(path)}", raw


def _places(handbook: Handbook, published: Publication) -> Iterator[tuple[str, str]]:
    """Yield the files of the site that what is withheld would be."""
    for path in published.withheld:
        page = handbook.by_src_uri.get(path)
        yield path, f"the file {handbook.project.from_root(path)}"
        if page is not None:
            yield file_of(page.url), f"the page {page.path}"


def read(handbook: Handbook, path: str) -> bytes | None:
    """Read a file of the folder of pages; None where a link stands in its place, for what that shows is not the handbook's."""
    folder = handbook.project.docs_dir
    return read_bytes(folder, path) if file_size(folder, path) is not None else None
