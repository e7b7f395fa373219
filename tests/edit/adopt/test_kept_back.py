"""What a handbook's own program made no page of is left out by the settings that the handbook gets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from handrail.edit.adopt.kept_back import kept_back
from handrail.edit.adopt.origin import origin_of
from handrail.edit.adopt.tree import read_tree
from tests.edit.adopt import drawing
from tests.edit.adopt.drawing import draw

TODAY = date(2026, 11, 15)
PAGES = {"index.md": "# Home\n", "a.md": "# A\n"}
TO_COME = "---\ntitle: A\ndate: 2026-11-16 08:00\n---\nText.\n"


def below(folder: str, files: Mapping[str, str]) -> dict[str, str]:
    return {f"{folder}/{path}": text for path, text in files.items()}


CASES: dict[str, tuple[Mapping[str, str], list[str]]] = {
    "Jekyll's names": (
        PAGES
        | {"_config.yml": "title: A\n"}
        | dict.fromkeys(("_drafts/a.md", "hr/_includes/b/c.md", "hr/_d.md", "hr/e.md"), ""),
        ["/_drafts/", "/hr/_d.md", "/hr/_includes/"],
    ),
    "collections that Jekyll writes": (
        PAGES
        | {"_config.yml": "include: [_pages]\ncollections:\n  hr: {output: true}\n  notes: {}\n"}
        | dict.fromkeys(("_hr/a.md", "_notes/b.md", "_pages/c.md"), ""),
        ["/_notes/"],
    ),
    "what Jekyll is told to leave out": (
        PAGES
        | {"_config.yml": "exclude: [README.md, pay/, 'old*', gone.md, 7]\n"}
        | dict.fromkeys(("README.md", "pay/[1].md", "old/a.md", "old-b.md", "hr/old.md", "hr/README.md"), ""),
        ["/README.md", "/old-b.md", "/old/", "/pay/"],
    ),
    "one name that Jekyll is told, of a source": (
        drawing.JEKYLL | {"_config.yml": "source: src\nexclude: staff\n", "src/staff/a.md": "", "staff/b.md": ""},
        ["/staff/"],
    ),
    "what is left out of a folder that holds others": (
        PAGES | {"_config.yml": "exclude: [pay/b*]\n", "pay/a.md": "", "pay/b[1].md": ""},
        ["/pay/b\\[1\\].md"],
    ),
    "Jekyll's posts": (
        PAGES
        | {"_config.yml": "title: A\n", "a.md": TO_COME, "_posts/2026-11-15-a.md": "", "_posts/2026-11-16-b.md": ""}
        | {"hr/_posts/2026-11-14-c.md": TO_COME, "_posts/2026-11-17-d.md": TO_COME.replace("16", "14")},
        ["/_posts/2026-11-16-b.md", "/hr/_posts/2026-11-14-c.md"],
    ),
    "posts to come that Jekyll writes": (PAGES | {"_config.yml": "future: true\n", "_posts/2026-11-16-b.md": ""}, []),
    "Hugo's days": (
        drawing.HUGO
        | below(
            "content", {"b.md": TO_COME, "c.md": "+++\ndate = 2026-11-16\n+++\n", "d.md": TO_COME.replace("16", "15")}
        )
        | below(
            "content", {"e.md": TO_COME.replace("title: A", "publishDate: 2026-11-01"), "f.md": "---\n\n" + TO_COME[4:]}
        )
        | below("content", {"g.md": "Text.\n" + TO_COME}),
        ["/b.md", "/c.md", "/f.md"],
    ),
    "days to come that Hugo writes": (
        drawing.HUGO | {"hugo.toml": "buildFuture = true\n", "content/b.md": TO_COME},
        [],
    ),
    "Docusaurus": (
        drawing.DOCUSAURUS
        | below("docs", {"_a.md": "", "how-to/_partials/b.md": "", "how-to/a_b.md": "", "c.md": TO_COME}),
        ["/_a.md", "/how-to/_partials/"],
    ),
    "Eleventy": (
        drawing.ELEVENTY | below("pages", {"_includes/a.md": "", "_posts/b.md": "", "_parts/c.md": ""}),
        ["/_includes/"],
    ),
    "Eleventy's own names": (
        drawing.ELEVENTY
        | {".eleventy.js": 'module.exports = () => ({ dir: { input: "pages", includes: "./_parts" } });\n'}
        | below("pages", {"_posts/b.md": "", "_parts/c.md": ""}),
        ["/_parts/"],
    ),
    "what Eleventy is told to leave out": (
        drawing.ELEVENTY
        | {".eleventyignore": "# not these\npages/old\nREADME.md\n!pages/a.md\n", "pages/.eleventyignore": "n*/*.md\n"}
        | {".eleventy.js": 'c.ignores.add("./pages/b.md"); module.exports = () => ({ dir: { input: "pages" } });\n'}
        | below("pages", {"old/a.md": "", "README.md": "", "new/a.md": "", "new/x/a.md": "", "b.md": "", "c/b.md": ""}),
        ["/b.md", "/new/a.md", "/old/"],
    ),
    "Eleventy's data of folders": (
        drawing.ELEVENTY
        | below("pages", {"hr/hr.json": '{"permalink": false}', "hr/a.md": "", "hr/b.md": "---\npermalink: /b/\n---\n"})
        | below(
            "pages", {"x/x.11tydata.json": '{"eleventyExcludeFromCollections": true}', "x/y/c.md": "", "z/z.json": "["}
        ),
        ["/hr/a.md", "/x/"],
    ),
    "Hugo's cascade": (
        drawing.HUGO
        | below("content/hr", {"_index.md": "---\ncascade:\n  draft: true\n---\n", "a.md": "", "deep/b.md": "Text.\n"})
        | below(
            "content/hr", {"c.md": "---\nDraft: false\n---\n", "open/_index.md": "+++\n[cascade]\ndraft = false\n+++\n"}
        )
        | below("content/hr", {"open/d.md": ""})
        | below("content/ops", {"_index.md": "+++\n[[cascade]]\n[cascade.build]\nrender = 'never'\n+++\n", "a.md": ""}),
        ["/hr/_index.md", "/hr/a.md", "/hr/deep/", "/ops/"],
    ),
    "Hugo's cascade for some pages": (
        drawing.HUGO
        | {"hugo.toml": "[[cascade]]\n[cascade.params]\naudience = 'internal'\n[cascade.target]\npath = '/hr/**'\n"}
        | below("content", {"hr/a.md": "", "hr/x/b.md": "", "team/c.md": "---\n: [\n---\n"}),
        ["/hr/"],
    ),
    "Jekyll's defaults": (
        PAGES
        | {
            "_config.yml": "defaults:\n- {scope: {path: hr}, values: {published: false}}\n- {scope: {path: '', type: posts}, values: {draft: true}}\n- x\n"
        }
        | {"hr/a.md": "", "hr/b.md": "---\npublished: true\n---\n", "hrx.md": "", "_posts/2026-01-01-a.md": ""},
        ["/_posts/", "/hr/a.md"],
    ),
    "Jekyll's defaults of a source": (
        drawing.JEKYLL
        | {
            "_config.yml": "source: src\ndefaults: [{scope: {path: 'staff/*'}, values: {visibility: internal, layout: x}}]\n"
        }
        | {"src/staff/a.md": "", "staff/b.md": ""},
        ["/staff/"],
    ),
    "others": (below("docs", PAGES | {"_drafts/a.md": "", "b.md": TO_COME}), []),
}


@pytest.mark.parametrize(("files", "lines"), CASES.values(), ids=CASES)
def test_what_is_left_out(tmp_path: Path, files: Mapping[str, str], lines: list[str]) -> None:
    tree = read_tree(draw(tmp_path, files))
    assert kept_back(tree, origin_of(tree), TODAY) == lines
