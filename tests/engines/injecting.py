"""A handbook written by someone who means harm: each page tries to run something in another way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from handrail.web.policy import with_policy
from tests.engines.drawn import BASE
from tests.engines.sites import Site, build
from tests.support.handbooks import make_handbook

HERE = Path(__file__).parent / "injections"
KEPT = "what-the-machine-keeps-to-itself"
_EXTENSIONS: list[Any] = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", {"toc": {"permalink": True}},
    {"pymdownx.arithmatex": {"generic": True}}, "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details",
    {"pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True}},
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark", "pymdownx.progressbar",
    "pymdownx.smartsymbols", "pymdownx.snippets",
    {"pymdownx.superfences": {"custom_fences": [{"name": "mermaid", "class": "mermaid", "format": "FENCE"}]}},
    {"pymdownx.tabbed": {"alternate_style": True}}, {"pymdownx.tasklist": {"custom_checkbox": True}}, "pymdownx.tilde",
]  # fmt: skip
_THEME = {
    "name": "material",
    "font": False,
    "palette": [
        {"scheme": "default", "toggle": {"icon": "material/weather-night", "name": "Dark"}},
        {"scheme": "slate", "toggle": {"icon": "material/weather-sunny", "name": "Light"}},
    ],
    "features": [
        "announce.dismiss", "content.action.edit", "content.action.view", "content.code.annotate", "content.code.copy", "content.footnote.tooltips", "content.tabs.link",
        "content.tooltips", "header.autohide", "navigation.footer", "navigation.indexes", "navigation.instant",
        "navigation.instant.progress", "navigation.path", "navigation.sections", "navigation.tabs", "navigation.top",
        "navigation.tracking", "search.highlight", "search.share", "search.suggest", "toc.follow",
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Injection:
    """One attempt: its number, what is tried, and where its page lies on the site."""

    number: int
    what: str
    url: str

    @property
    def address(self) -> str:
        """What a browser asks for."""
        return quote(self.url)


@dataclass(frozen=True)
class Injected:
    """The site that came of it, and one of the same theme that means no harm, with a page of all that a page may hold."""

    site: Site
    calm: Site
    injections: tuple[Injection, ...]

    @cached_property
    def policy(self) -> str:
        """What a build of this theme says, as a preview has none."""
        return policy_of(self.calm.html(""))

    def guarded(self, page: str) -> str:
        return with_policy(page, self.policy)


def markdown() -> list[tuple[str, str]]:
    """Return the attempts in Markdown: what is tried, and the text."""
    parts = (HERE / "markdown.txt").read_text("utf-8").split("%% ")[1:]
    return [(what, text) for what, _, text in (part.partition("\n") for part in parts)]


def front_matter() -> list[tuple[str, dict[str, Any]]]:
    """Return the attempts in front matter: what is tried, and the fields, with RUN still to be put in."""
    kinds = json.loads((HERE / "documents.json").read_text("utf-8"))
    contexts = (HERE / "contexts.txt").read_text("utf-8").splitlines()
    return [
        (f"{kind}, context {at}", _filled(fields, {"VALUE": context, "PERSON": f"p{at}", "GROUP": f"g{at}"}))
        for kind, fields in kinds.items()
        for at, context in enumerate(contexts)
    ]


def templates() -> list[str]:
    """Return the attempts in template code."""
    return (HERE / "templates.txt").read_text("utf-8").splitlines()


def fields_tried() -> int:
    """Return how many pairs of a field and a context there are."""
    return sum(json.dumps(fields).count("RUN") > 0 and _leaves(fields) for _, fields in front_matter())


def _leaves(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_leaves, value.values()))
    if isinstance(value, list):
        return sum(map(_leaves, value))
    return int(isinstance(value, str) and "RUN" in value)


def _filled(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {_filled(key, words): _filled(below, words) for key, below in value.items()}
    if isinstance(value, list):
        return [_filled(below, words) for below in value]
    if isinstance(value, str):
        for sign, word in words.items():
            value = value.replace(sign, word)
    return value


def _runs(number: int) -> str:
    return f"window.__pwned={number}"


def project(folder: Path, files: dict[str, str], *plugins: str, nav: Iterable[str] = ()) -> Path:
    """Write a project whose site uses about all that Material and its extensions offer."""
    config = {
        "theme": _THEME,
        "site_url": "https://handbook.example/",
        "repo_url": "https://github.com/a/handbook/",
        "edit_uri": "edit/main/content/",
        "markdown_extensions": _EXTENSIONS,
        **({"nav": list(nav)} if nav else {}),
    }
    root = make_handbook(folder, files, config=config)
    text = (root / "mkdocs.yml").read_text("utf-8")
    text = text.replace('"FENCE"', "!!python/name:pymdownx.superfences.fence_code_format ''")
    more = "".join(f'"{name}", ' for name in ("tags", *plugins))
    (root / "mkdocs.yml").write_text(text.replace('plugins: ["search", ', f'plugins: ["search", {more}'), "utf-8")
    return root


def handbook() -> tuple[dict[str, str], tuple[Injection, ...]]:
    """Return the files of the handbook and what each tries."""
    files, tried = dict(BASE), []
    for number, what, path, text in _pages():
        files[f"content/{path}.md"] = text
        tried.append(Injection(number, what, f"{path}/"))
    for number, what, path in _names():
        files[f"content/{path}.md"] = f"Zebra {number} has no heading.\n"
        tried.append(Injection(number, what, f"{path}/"))
    contexts = (HERE / "contexts.txt").read_text("utf-8").splitlines()
    people = [
        {
            "id": f"p{at}",
            "name": context.replace("RUN", _runs(900 + at)),
            "job": context.replace("RUN", _runs(920 + at)),
        }
        for at, context in enumerate(contexts)
    ]
    groups = [
        {
            "id": f"g{at}",
            "name": context.replace("RUN", _runs(940 + at)),
            "members": [f"p{at}"],
            "contact": context.replace("RUN", _runs(960 + at)),
        }
        for at, context in enumerate(contexts)
    ]
    known = [{"id": id_, "name": id_.upper(), "job": "x"} for id_ in ("mok", "tli", "aro")]
    registry = {"kind": "people", "id": "people", "title": "Who is who", "visibility": "public"}
    files["content/people.md"] = _document({**registry, "people": [*known, *people], "groups": groups}, "")
    return files, (*tried, *(Injection(900 + at, f"people, context {at}", "people/") for at in range(len(contexts))))


def _pages() -> Iterator[tuple[int, str, str, str]]:
    for number, (what, text) in enumerate(markdown(), 1):
        path = f"m{number}"
        front = _document({"kind": "page", "id": path, "title": f"Zebra {number}", "visibility": "public"}, "")
        # A page's own first heading becomes its title in many places.
        front = "" if text.startswith("# ") else front
        yield number, what, path, front + text.replace("RUN", _runs(number))
    for number, (what, fields) in enumerate(front_matter(), 200):
        path = f"f{number}"
        words = {"RUN": _runs(number), "ID": path}
        yield (
            number,
            what,
            path,
            _document(_filled(fields, words), f"Zebra {number} has a text.\n\n## A heading\n\nMore.\n"),
        )


_NAMED = 800


def _names() -> Iterator[tuple[int, str, str]]:
    """Return files and folders whose names are markup: the number of each, what it tries, and its path."""
    names = (HERE / "names.txt").read_text("utf-8").splitlines()
    for number, name in enumerate(names, _NAMED):
        named = name.replace("RUN", _runs(number))
        yield number, f"name of a file, {name}", named
        yield number + 50, f"name of a folder, {name}", f"{name.replace('RUN', _runs(number + 50))}/deep/a"


def _document(fields: dict[str, Any], body: str) -> str:
    return f"---\n{json.dumps(fields)}\n---\n{body}"


def injected(folder: Path) -> Injected:
    """Return what `preview` has built in a folder."""
    return Injected(Site(folder / "preview/site"), Site(folder / "calm/site"), handbook()[1])


def preview(folder: Path) -> None:
    """Build both sites."""
    built(folder / "preview")
    calm(folder / "calm")


def built(folder: Path) -> Site:
    """Build the handbook as a preview, which shows what a build would refuse."""
    files, tried = handbook()
    # All of them would make each page slow: those that may differ in how their title is written are enough.
    titled = [
        one
        for one in tried
        if one.what.startswith(("first heading", "attribute list", "name of a file", "sop,", "vpmom,", "prose,"))
    ]
    nav = ["index.md", "company/index.md", *(f"{one.url.strip('/')}.md" for one in titled)]
    return build(project(folder, files, nav=nav), command="serve", strict=False)


def calm(folder: Path) -> Site:
    """Build a site with the same theme that means no harm, and a page of all that a page may hold."""
    harmless = (HERE / "harmless.md").read_text("utf-8")
    return build(
        project(folder, {**BASE, "content/harmless.md": harmless, "content/a/b/index.md": "# B\n"}), strict=False
    )


def policy_of(page: str) -> str:
    """Return the policy that a page states."""
    begin = page.index('content="', page.index('http-equiv="Content-Security-Policy"')) + len('content="')
    return page[begin : page.index('"', begin)].replace("&quot;", '"')
