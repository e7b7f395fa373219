"""What a check says of links is what the finished site shows: every form of link to every sort of target, on a built site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mkdocs.commands.build import build

from tests.engines.drawn import BASE
from tests.engines.sites import configured
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

TARGETS = (
    "../plain.md", "../plain.md#part", "../plain.md#gone", "../plain/", "../plain", "../plain.html", "../../plain/", "../../plain",
    "plain.md", "other.md", "other/", "../other/", "other.html", "index.md", "./", "../", "../../", ".", "..", "#part", "#gone",
    "./#part", "?q=1", "?q=1#gone", "/plain/", "/book/plain/", "/book/plain", "/book/plain.html", "/book/", "/book/gone/", "/gone/",
    "https://example.org/book/plain/", "https://example.org/book/plain/#gone", "https://example.org/book/gone/",
    "https://example.org/gone/", "//example.org/book/gone/", "http://example.org/book/other/", "https://elsewhere.example/gone/",
    "mailto:a@example.org", "a@example.org", "../chart.png", "../../chart.png", "../gone.png", "/book/chart.png", "two%20words.md",
    "two%20gone.md", "../plain.md#P%61rt", "../plain.md#top", "../handbook/stale.md", "../../handbook/stale/", "../handbook/gone.md",
    "../handbook/meetings.md", "../../handbook/meetings/", "/book/handbook/map/", "../handbook/map.md#part", "../handbook/cascade.md",
    "../handbook/measures/sops-tied.md", "../handbook/measures/goals-complete.md", "../../handbook/measures/gone/", "../handbook/rules/hb207.md",
    "../handbook/reports.md", "../handbook/reports.md#part", "../../handbook/reports/", "../handbook/stale.html", "../handbook/stale", "../handbook/rules/gone.md", "../handbook/rules/hb999.md", "../../handbook/rules/hb999/",
    "/book/handbook/measures.json", "/book/handbook/handbook.schema.json", "/book/handbook/gone.json", "/book/handbook/calendars/gone.ics",
    "../old-name/", "/book/old-name/", "/book/old-name/#part", "../feed.xml", "/book/sitemap.xml", "/book/twice/", "/book/alias/", "/book/both/", "%", "../plain.md?a=1#gone", "..//plain.md", "#",
    "../assets/gone.png", "/book/assets/gone.png", "../img/gone.png", "../css/gone.pdf", "../js/gone.md", "../fonts/gone/",
    "../search/gone.html", "/book/img/favicon.ico", "/book/assets/images/favicon.png", "/book/search/search_index.json", "../assets/own.png",
    "/book/look.png", "/book/README.txt", "/book/.hidden/look.png", "/book/main.html",
    "..\\plain.md", "..\\chart.png", "sub\\own.png", "..\\gone.md", "sub\\gone.png",
)  # fmt: skip
FORMS = (
    "[words]({})", '[words]({} "A title")', "[words](<{}>)", "![words]({})", "[words][n]\n\n[n]: {}", "![words][n]\n\n[n]: {}",
    '<a href="{}">words</a>', "<a href='{}' class=x>words</a>", '<img alt="words" src="{}">', '<p>words <a\nhref="{}">words</a></p>',
    "- words\n\n    [words]({})", "> [words]({})", "| a |\n|---|\n| [words]({}) |", "[![words](../chart.png)]({})",
    "**[words]({})**, *words*", "## Words [words]({})",
)  # fmt: skip
SILENT = (
    "`[words]({})`",
    "```\n[words]({})\n```",
    "    [words]({})",
    "<!-- [words]({}) -->",
    "\\[words]({})",
    "[n]: {}",
)
FILES: dict[str, str | bytes] = {
    "content/plain.md": "# Plain\n\n## Part\n\nText.\n",
    "content/area/index.md": "# Area\n\nText.\n",
    "content/area/other.md": "---\nredirect_from: [/old-name/, /twice/, /both/]\naliases: [/alias/]\n---\n# Other\n\nText.\n",
    "content/area/rival.md": "---\nredirect_from: /twice/\n---\n# Rival\n\nText.\n",
    "content/area/both.md": "---\nkind: page\nid: both\ntitle: Both\nvisibility: public\nredirect_from: [/both/]\n---\nText.\n",
    "content/area/two words.md": "# Two words\n\nText.\n",
    "content/chart.png": b"\x89PNG chart",
    "content/area/sub/own.png": b"\x89PNG own too",
    "content/assets/own.png": b"\x89PNG own",
    **dict.fromkeys(("look/look.png", "look/README.txt", "look/.hidden/look.png"), b"\x89PNG look"),
}


def page(form: str) -> str:
    """Return a page with a link of one form to each target."""
    links = (form.format(target).replace("[n]", f"[n{number}]") for number, target in enumerate(TARGETS))
    return "\n\n".join(("# Case", "## Part", *(f"Text.\n\n{link}" for link in links))) + "\n"


@pytest.mark.parametrize("directories", [True, False])
def test_a_check_and_the_finished_site_say_the_same(tmp_path: Path, *, directories: bool) -> None:
    pages = {f"content/area/case-{number}.md": page(form) for number, form in enumerate((*FORMS, *SILENT))}
    theme = {"name": "material", "custom_dir": "look"}
    config = {"site_url": "https://example.org/book/", "use_directory_urls": directories, "theme": theme}
    root = make_handbook(tmp_path, {**BASE, **FILES, **pages}, config=config)
    build(configured(root, strict=False))
    seen = json.loads(handrail(root, "verify", "--format", "json").out)["findings"]
    said = json.loads(handrail(root, "check", "--format", "json").out)["findings"]
    dead = {(one["path"], one["line"], one["column"]) for one in said if one["rule"] in ("HB207", "HB213", "HB807")}
    proved = {(one["path"], one["line"], one["column"]) for one in seen if one["path"].startswith("content/")}
    unsaid = [f"{one['path']} {one['message']}" for one in seen if not one["path"].startswith("content/")]
    unproved = [(pages[path].splitlines()[line - 1], column) for path, line, column in sorted(dead - proved)]
    assert (unsaid, unproved) == ([], [])
    assert len(proved) > len(FORMS)
