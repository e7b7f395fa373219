"""What is tried beside Handrail: plugins and themes that people have, alone and together, each with its own settings.

A case says which page of the site shows that the plugin has done its work, and by which words. `setting` is the one thing that a user
has to set for Handrail's sake; what another engine's manual asks of its user anyway stands in the plugin's own settings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handrail.engines.site_key import STEADY_PLUGINS

Plugins = Sequence[str | Mapping[str, Any]]
PROCEDURE = "operations/publish-the-handbook"
_DIAGRAM = {"class": "mermaid", "name": "mermaid", "format": "!!python/name:pymdownx.superfences.fence_code_format"}
_CHART = {"class": "vegalite", "name": "vegalite", "format": "!!python/name:mkdocs_charts_plugin.fences.fence_vegalite"}
_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to try; `needs` is what is to be installed, `files` lie in the folder of pages."""

    name: str
    needs: tuple[str, ...] = ()
    plugins: Plugins = ()
    config: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    setting: Mapping[str, Any] = field(default_factory=dict)
    """Options of the plugin handrail."""
    shows: tuple[tuple[str, str], ...] = ()
    """Pages of the site, by address, and what each has to hold."""
    is_stopped: bool = False
    """Whether the policy stops something that it puts into single pages, as the proof says."""
    is_above: bool = False
    """Whether its plugins stand above handrail in the list, as a message asks where they stand below."""
    open: str = ""
    """Why it does not hold yet, as a sentence; empty where it does."""

    @property
    def names(self) -> frozenset[str]:
        """The names of its plugins."""
        return frozenset(plugin if isinstance(plugin, str) else next(iter(plugin)) for plugin in self.plugins)

    @property
    def is_steady(self) -> bool:
        """Whether its plugins are on the list of those beside which a part of a site can be built."""
        return bool(self.names) and self.names <= STEADY_PLUGINS and "theme" not in self.config


def _page(title: str, text: str) -> str:
    return f"---\ntitle: {title}\n---\n\n{text}\n"


CASES = (
    Case("nothing", shows=(("handbook/find/", "Find a procedure"),)),
    Case("awesome-nav", ("mkdocs-awesome-nav",), ("awesome-nav",), files={".nav.yml": "nav:\n  - index.md\n  - handbook\n  - '*'\n"},
         shows=(("", "About this handbook"),)),
    Case("awesome-pages", ("mkdocs-awesome-pages-plugin",), ("awesome-pages",), files={".pages": "nav:\n  - index.md\n  - handbook\n  - ...\n"},
         shows=(("", "About this handbook"),)),
    Case("git-revision-date-localized", ("mkdocs-git-revision-date-localized-plugin",),
         ({"git-revision-date-localized": {"enable_creation_date": True, "strict": False}},),
         shows=(("how/write-an-sop/", "2026"),)),
    Case("git-authors", ("mkdocs-git-authors-plugin",),
         ({"git-authors": {"exclude": ["handbook/*", "handbook/rules/*", "handbook/measures/*"]}},),
         shows=(("how/write-an-sop/", "Nora"),)),
    Case("minify", ("mkdocs-minify-plugin",), ({"minify": {"minify_html": True}},), shows=(("", "finder-worker.js"),)),
    Case("minify-files", ("mkdocs-minify-plugin",),
         ({"minify": {"minify_js": True, "minify_css": True, "js_files": ["js/own.js"], "css_files": ["css/own.css"]}},),
         {"extra_javascript": ["js/own.js"], "extra_css": ["css/own.css"]},
         {"js/own.js": "var a = 1;\n", "css/own.css": "a { color: red }\n"}),
    Case("redirects", ("mkdocs-redirects",), ({"redirects": {"redirect_maps": {"old/page.md": "index.md"}}},)),
    Case("rss", ("mkdocs-rss-plugin",), ({"rss": {"match_path": "(?!handbook/).*", "use_git": True}},)),
    Case("glightbox", ("mkdocs-glightbox",), ("glightbox",)),
    Case("section-index", ("mkdocs-section-index",), ("section-index",)),
    Case("literate-nav", ("mkdocs-literate-nav",), ("literate-nav",), {"exclude_docs": "SUMMARY.md"},
         {"SUMMARY.md": "* [Home](index.md)\n* [Procedures](handbook/index.md)\n* [How to](how/)\n"}),
    Case("gen-files", ("mkdocs-gen-files",), ({"gen-files": {"scripts": ["gen.py"]}},),
         files={"../gen.py": "import mkdocs_gen_files\nwith mkdocs_gen_files.open('gen/made.md', 'w') as f:\n    print('# Made\\n\\nMade by a script.', file=f)\n"},
         shows=(("gen/made/", "Made by a script."),)),
    Case("include-markdown", ("mkdocs-include-markdown-plugin",), ("include-markdown",),
         files={"inc.md": _page("Including", '{% include-markdown "part.md" %}'), "part.md": _page("A part", "Part of another page.")},
         setting={"macros": ["inc.md"]}, shows=(("inc/", "Part of another page."),)),
    Case("static-i18n", ("mkdocs-static-i18n",),
         ({"i18n": {"docs_structure": "suffix", "reconfigure_material": False, "languages": [{"locale": "en", "default": True, "name": "English", "build": True},
                                                              {"locale": "fr", "name": "Français", "build": True}]}},),
         files={"how/write-an-sop.fr.md": _page("Écrire une procédure", "Une page en français.")}, is_above=True,
         shows=(("how/write-an-sop/", "How to write an SOP"), ("fr/how/write-an-sop/", "Une page en français."))),
    Case("ezlinks", ("mkdocs-ezlinks-plugin",), ("ezlinks",)),
    Case("roamlinks", ("mkdocs-roamlinks-plugin",), ("roamlinks",), files={"notes/one.md": _page("A note", "See [[glossary]].")},
         setting={"rewrites": {"roamlinks": ["notes/**"]}}, shows=(("notes/one/", "glossary</a>"),)),
    Case("autorefs", ("mkdocs-autorefs",), ("autorefs",),
         files={"refs.md": _page("References", "## A heading of mine\n\nSee [the other][a-heading-of-mine].")},
         shows=(("refs/", '#a-heading-of-mine">the other</a>'),)),
    Case("mkdocstrings", ("mkdocstrings[python]",), ("autorefs", "mkdocstrings"),
         files={"api.md": _page("API", "::: json.JSONDecoder\n\nSee [the class][json.JSONDecoder].")},
         shows=(("api/", "the class</a>"),)),
    Case("jupyter", ("mkdocs-jupyter",), ("mkdocs-jupyter",),
         files={"nb.ipynb": '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# A notebook\\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'},
         setting={"assets": ["nb.ipynb"]}, shows=(("nb/", "A notebook"),)),
    Case("table-reader", ("mkdocs-table-reader-plugin",), ("table-reader",),
         files={"tab.md": _page("A table", "{{ read_csv('t.csv') }}"), "t.csv": "a,b\n1,2\n"},
         setting={"macros": ["tab.md"], "assets": ["t.csv"]}, shows=(("tab/", "<td"),)),
    Case("video", ("mkdocs-video",), ("mkdocs-video",)),
    Case("print-site", ("mkdocs-print-site-plugin",), ("print-site",), shows=(("print_page/", "Claim your expenses"),)),
    Case("minify-html", ("mkdocs-minify-html-plugin",), ("minify_html",), shows=(("", "finder-worker.js"), ("", "Content-Security-Policy"))),
    Case("mermaid2", ("mkdocs-mermaid2-plugin",), ("mermaid2",), is_stopped=True,
         files={"d.md": _page("A drawing", "```mermaid\ngraph LR\n  a --> b\n```")}, shows=(("d/", "mermaid"),)),
    Case("drawio", ("mkdocs-drawio",), ("drawio",),
         files={"d.md": _page("A drawing", "![](d.drawio)"), "d.drawio": "<mxfile><diagram name='a'><mxGraphModel><root/></mxGraphModel></diagram></mxfile>"}),
    Case("swagger-ui-tag", ("mkdocs-swagger-ui-tag",), ("swagger-ui-tag",),
         files={"api.md": _page("API", '<swagger-ui src="api.json"/>'), "api.json": '{"openapi": "3.0.0", "info": {"title": "x", "version": "1"}, "paths": {}}'}),
    Case("open-in-new-tab", ("mkdocs-open-in-new-tab",), ("open-in-new-tab",)),
    Case("exclude", ("mkdocs-exclude",), ({"exclude": {"glob": ["how/drafts/*"]}},), files={"how/drafts/one.md": "# A draft\n"}),
    Case("file-filter", ("mkdocs-file-filter-plugin",), ({"file-filter": {"exclude_glob": ["how/drafts/*"]}},), files={"how/drafts/one.md": "# A draft\n"}),
    # It writes its scripts into the folder that MkDocs reads, before a build.
    Case("copy-to-llm", ("mkdocs-copy-to-llm",), ("copy-to-llm",), shows=(("", "copy-to-llm.js"),)),
    # It copies the file that it shows beside the page.
    Case("render-swagger", ("mkdocs-render-swagger-plugin",), ("render_swagger",),
         files={"api.md": _page("API", "!!swagger api.json!!"), "api.json": '{"openapi": "3.0.0", "info": {"title": "x", "version": "1"}, "paths": {}}'},
         setting={"assets": ["api.json"]}),
    Case("exclude-search", ("mkdocs-exclude-search",), ({"exclude-search": {"exclude": ["how/*"]}},)),
    Case("enumerate-headings", ("mkdocs-enumerate-headings-plugin",), ("enumerate-headings",)),
    Case("caption", ("mkdocs-caption",), ("caption",), files={"cap.md": _page("Captions", "Table: One {#one}\n\n| a |\n|---|\n| b |\n")}),
    Case("callouts", ("mkdocs-callouts",), ("callouts",), {"markdown_extensions": ["admonition"]},
         {"co.md": _page("Callouts", "> [!note] Title\n> Text")}, shows=(("co/", "admonition"),)),
    Case("monorepo", ("mkdocs-monorepo-plugin",), ("monorepo",)),
    Case("monorepo-including", ("mkdocs-monorepo-plugin",), ("monorepo",), {"nav": [{"Home": "index.md"}, {"Other": "!include other/mkdocs.yml"}]},
         {"../other/mkdocs.yml": "site_name: other\nnav:\n  - Start: index.md\n", "../other/docs/index.md": "# The other\n\nText of another folder.\n"},
         shows=(("other/", "Text of another folder."),)),
    Case("codeinclude", ("mkdocs-codeinclude-plugin",), ("codeinclude",)),
    Case("bibtex", ("mkdocs-bibtex",), ({"bibtex": {"bib_file": "refs.bib"}},),
         files={"../refs.bib": "@book{a, title={T}, author={B}, publisher={P}, address={C}, year={2020}}\n", "b.md": _page("References", "See [@a].\n\n\\bibliography")}),
    Case("charts", ("mkdocs-charts-plugin",), ("charts",), {"markdown_extensions": [{"pymdownx.superfences": {"custom_fences": [_CHART]}}]},
         {"chart.md": _page("A chart", '```vegalite\n{"mark": "bar"}\n```')}, shows=(("chart/", "<vegachart"),),
         open="The site leaves out its element `<vegachart>`, whose program needs `eval`; the build says so."),
    Case("badges", ("mkdocs-badges",), ("badges",)),
    Case("alias", ("mkdocs-alias-plugin",), ("alias",),
         files={"notes/one.md": _page("A note", "See [[words]]."), "notes/two.md": "---\ntitle: Words\nalias: words\n---\n\nText.\n"},
         setting={"rewrites": {"alias": ["notes/**"]}, "page_keys": ["alias"]}, shows=(("notes/one/", "Words</a>"),)),
    Case("autolinks", ("mkdocs-autolinks-plugin",), ("autolinks",), files={"notes/one.md": _page("A note", "See [words](glossary.md).")},
         setting={"rewrites": {"autolinks": ["notes/**"]}}, shows=(("notes/one/", "../../how/glossary"),)),
    Case("img2fig", ("mkdocs-img2fig-plugin",), ("img2fig",), files={"notes/index.md": _page("Notes", "![A drawing](a.svg)"), "notes/a.svg": _DRAWING},
         setting={"rewrites": {"img2fig": ["notes/**"]}}, shows=(("notes/", "<figcaption>A drawing"),)),
    # The policy stops the script by which a page is opened, as the proof says.
    Case("encryptcontent", ("mkdocs-encryptcontent-plugin",), ({"encryptcontent": {"password_inventory": {"staff": "b6JW-w8!qzPxT4vn-uL2c"}}},),
         files={"notes/one.md": "---\ntitle: A note\nlevel: staff\n---\n\nA text that is locked.\n"},
         setting={"rewrites": {"encryptcontent": ["notes/**"]}, "page_keys": ["level"]}, is_stopped=True, shows=(("notes/one/", "encryptcontent"),)),
    Case("api-autonav", ("mkdocs-api-autonav", "mkdocstrings[python]"), ("mkdocstrings", {"api-autonav": {"modules": ["package"]}}),
         files={"../package/__init__.py": '"""A package."""\n', "../package/one.py": '"""One module."""\n'},
         shows=(("reference/package/one/", "One module."),)),
    Case("git-latest-changes", ("mkdocs-git-latest-changes-plugin",), ("git-latest-changes",), files={"log.md": _page("Log", "{{ latest_changes }}")},
         setting={"macros": ["log.md"]}, open="It lists every file that git knows, withheld ones too, so the build refuses its list."),
    Case("stablelinks", ("mkdocs-stablelinks-plugin",), ("stablelinks",),
         open="It takes `id` for a field of its own, and documents of two kinds may have the same."),
    Case("document-dates", ("mkdocs-document-dates",), ("document-dates",), setting={"rewrites": {"document-dates": ["how/**"]}}),
    Case("markdownextradata", ("mkdocs-markdownextradata-plugin",), ("markdownextradata",), files={"extra.md": _page("Values", "It is {{ site_name }}.")},
         setting={"macros": ["extra.md"]}, shows=(("extra/", "It is Marlstone"),)),
    Case("external-markdown", ("mkdocs-embed-external-markdown",), ("external-markdown",)),
    Case("statistics", ("mkdocs-statistics-plugin",), ("statistics",), setting={"rewrites": {"statistics": ["how/**"]}}),
    Case("permalinks", ("mkdocs-permalinks-plugin",), ("permalinks",), setting={"rewrites": {"permalinks": ["how/**"]}}),
    # It puts its programs into the text of every page.
    Case("quiz", ("mkdocs-quiz",), ("mkdocs_quiz",), files={"q.md": _page("Questions", "<quiz>\nWhat?\n- [x] Yes\n- [ ] No\n</quiz>")}),
    Case("htmlproofer", ("mkdocs-htmlproofer-plugin",), ({"htmlproofer": {"validate_external_urls": False}},),
         open="It notes the files of a site before those are there that are made beside pages, and takes links to them for dead."),
    Case("llmstxt", ("mkdocs-llmstxt",), ({"llmstxt": {"sections": {"How": ["how/*.md"]}}},)),
    Case("mermaid", config={"markdown_extensions": [{"pymdownx.superfences": {"custom_fences": [_DIAGRAM]}}]},
         files={"d.md": _page("A drawing", "```mermaid\ngraph LR\n  a --> b\n```")}, shows=(("d/", "mermaid"),)),
    Case("blog", plugins=("blog",),
         files={"blog/index.md": "# Blog\n", "blog/posts/one.md": "---\ndate: 2026-01-02\n---\n\n# A first post\n\nText of it.\n"},
         shows=(("blog/", "A first post"),)),
    Case("tags", plugins=("tags",)),
    Case("meta", plugins=("meta",)),
    Case("projects", plugins=("projects",)),
    Case("typeset", plugins=("typeset",)),
    Case("offline", plugins=("offline",), config={"use_directory_urls": False}),
    Case("group", plugins=({"group": {"enabled": True, "plugins": ["meta"]}},)),
    Case("theme-mkdocs", config={"theme": {"name": "mkdocs"}}, shows=(("how/write-an-sop/", "<h1"),)),
    Case("theme-readthedocs", config={"theme": {"name": "readthedocs"}}, shows=(("how/write-an-sop/", "<h1"),)),
    Case("theme-terminal", ("mkdocs-terminal",), config={"theme": {"name": "terminal"}}),
    Case("theme-cinder", ("mkdocs-cinder",), config={"theme": {"name": "cinder"}}),
    Case("theme-ivory", ("mkdocs-ivory",), config={"theme": {"name": "ivory"}}, shows=(("how/write-an-sop/", "<h1"),)),
    Case("theme-shadcn", ("mkdocs-shadcn",), config={"theme": {"name": "shadcn"}}, shows=(("how/write-an-sop/", "<h1"),)),
    Case("theme-dracula", ("mkdocs-dracula-theme",), config={"theme": {"name": "dracula"}}),
    Case("theme-bootstrap", ("mkdocs-bootstrap",), config={"theme": {"name": "bootstrap"}}),
    # It writes the headings of a page into the script that its frame needs.
    Case("theme-windmill", ("mkdocs-windmill",), config={"theme": {"name": "windmill"}}, is_stopped=True),
    # Its templates of the navigation have the names of Material's, and other contents.
    Case("theme-primer", ("mkdocs-primer",), config={"theme": {"name": "primer"}}),
    Case("theme-bootswatch", ("mkdocs-bootswatch",), config={"theme": {"name": "cerulean"}}),
    Case("theme-simple-blog", ("mkdocs-simple-blog",), config={"theme": {"name": "simple-blog"}}, shows=(("how/write-an-sop/", "<h1"),)),
    Case("theme-rtd-dropdown", ("mkdocs-rtd-dropdown",), config={"theme": {"name": "rtd-dropdown"}}, shows=(("how/write-an-sop/", "<h1"),)),
    Case("theme-gitbook", ("mkdocs-gitbook",), config={"theme": {"name": "gitbook"}}, shows=(("how/write-an-sop/", "<h1"),)),
    Case("combination-a", ("mkdocs-awesome-nav", "mkdocs-git-revision-date-localized-plugin", "mkdocs-glightbox", "mkdocs-redirects", "mkdocs-minify-plugin"),
         ("awesome-nav", {"git-revision-date-localized": {"strict": False}}, "glightbox",
          {"redirects": {"redirect_maps": {"old/page.md": "index.md"}}}, {"minify": {"minify_html": True}}),
         shows=(("", "finder-worker.js"),)),
    Case("combination-steady", ("mkdocs-awesome-nav", "mkdocs-glightbox", "mkdocs-redirects", "mkdocs-minify-plugin", "mkdocs-open-in-new-tab"),
         ("awesome-nav", "glightbox", {"redirects": {"redirect_maps": {"old/page.md": "index.md"}}}, "open-in-new-tab", {"minify": {"minify_html": True}})),
    Case("combination-b", ("mkdocs-rss-plugin",), ("blog", "tags", "meta", {"rss": {"match_path": "blog/posts/.*"}}),
         files={"blog/index.md": "# Blog\n", "blog/posts/one.md": "---\ndate: 2026-01-02\ndescription: One.\n---\n\n# A first post\n\nText.\n"}),
    Case("combination-c", ("mkdocs-gen-files", "mkdocs-literate-nav", "mkdocs-section-index", "mkdocstrings[python]"),
         ({"gen-files": {"scripts": ["gen.py"]}}, "literate-nav", "section-index", "autorefs", "mkdocstrings"),
         {"exclude_docs": "SUMMARY.md"},
         {"SUMMARY.md": "* [Home](index.md)\n* [How to](how/)\n* [API](gen/api.md)\n",
          "../gen.py": "import mkdocs_gen_files\nwith mkdocs_gen_files.open('gen/api.md', 'w') as f:\n    print('# API\\n\\n::: json.JSONDecoder\\n\\nSee [the class][json.JSONDecoder].', file=f)\n"},
         shows=(("gen/api/", "the class</a>"),)),
    Case("combination-d", ("mkdocs-rss-plugin", "mkdocs-glightbox", "mkdocs-redirects", "mkdocs-minify-plugin"),
         ("blog", "tags", "glightbox", {"rss": {"match_path": "blog/posts/.*"}}, {"redirects": {"redirect_maps": {"old.md": "index.md"}}},
          {"minify": {"minify_html": True}}),
         files={"blog/index.md": "# Blog\n", "blog/posts/one.md": "---\ndate: 2026-01-02\ndescription: One.\n---\n\n# A first post\n\nText.\n"},
         shows=(("", "finder-worker.js"), ("blog/", "A first post"))),
    Case("combination-e", ("mkdocs-awesome-pages-plugin", "mkdocs-mermaid2-plugin", "mkdocs-table-reader-plugin", "mkdocs-redirects", "mkdocs-git-revision-date-localized-plugin"),
         ("awesome-pages", "mermaid2", "table-reader", {"redirects": {"redirect_maps": {"old.md": "index.md"}}}, {"git-revision-date-localized": {"strict": False}}),
         files={"tab.md": _page("A table", "{{ read_csv('t.csv') }}"), "t.csv": "a,b\n1,2\n"},
         setting={"macros": ["tab.md"], "assets": ["t.csv"]}, shows=(("tab/", "<td"),)),
    Case("combination-f", ("mkdocs-redirects", "mkdocs-minify-plugin", "mkdocs-glightbox"),
         ({"redirects": {"redirect_maps": {"old/page.md": "how/write-an-sop.md"}}},
          {"minify": {"minify_html": True, "minify_js": True, "minify_css": True, "cache_safe": True, "js_files": ["js/own.js"],
                      "css_files": ["css/own.css"], "htmlmin_opts": {"remove_comments": True, "remove_optional_attribute_quotes": True}}},
          "glightbox"),
         {"extra_javascript": ["js/own.js"], "extra_css": ["css/own.css"]}, {"js/own.js": "var a = 1;\n", "css/own.css": "a { color: red }\n"},
         shows=(("", "finder-worker.js"), ("", "GLightbox("))),
    Case("combination-g", ("mkdocs-awesome-nav", "mkdocs-exclude", "mkdocs-git-authors-plugin", "mkdocs-git-revision-date-localized-plugin"),
         ({"exclude": {"glob": ["how/drafts/*"]}}, "awesome-nav", {"git-revision-date-localized": {"strict": False}},
          {"git-authors": {"exclude": ["handbook/*", "handbook/rules/*", "handbook/measures/*"]}}),
         files={"how/drafts/one.md": "# A draft\n", ".nav.yml": "nav:\n  - index.md\n  - '*'\n"}, shows=(("how/write-an-sop/", "Nora"),)),
)  # fmt: skip
