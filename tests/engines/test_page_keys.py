"""The setting `page_keys`: templates of the site's own read what it names, and what a page says is no markup in them."""

from __future__ import annotations

import pytest

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build
from tests.support.handbooks import make_handbook

TEMPLATE = """
{% extends "base.html" %}
{% block content %}
{{ super() }}
<div class="ours" data-channel="{{ page.meta.channel }}">{{ page.meta.channel }}|{{ page.meta.channel | e }}|
{%- if page.meta.comments %}talk{% endif %}|{{ page.meta.reviewers | join(", ") }}|{{ (page.meta.links or {}).form }}|{{ page.meta.cost_centre }}|</div>
<a class="form" href="{{ page.meta.form }}">Form</a>
{% endblock %}
"""
KEYS = """
    channel: "<script>run()</script> \\"& co\\""
    comments: true
    reviewers: [Ada, "<b>Tom</b>"]
    links: {form: "<i>x</i>"}
    form: " java\\tscript:run()"
    cost_centre: nobody reads this
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    lines = "\n".join(line.strip() for line in KEYS.strip().splitlines())
    files = {
        **BASE,
        "overrides/main.html": TEMPLATE,
        "content/prose.md": f"---\n{lines}\n---\n# Prose\n\nWords.\n",
        "content/document.md": sop("document").replace("---\n", f"---\n{lines}\n", 1),
        "content/bare.md": "# Bare\n",
    }
    settings = {
        "page_keys": ["channel", "comments", "reviewers", "links", "form", "trigger"],
        "keep": ["channel", "comments", "reviewers", "links", "form", "cost_centre"],
    }
    theme = {"name": "material", "custom_dir": "overrides"}
    return build(make_handbook(tmp_path_factory.mktemp("keys"), files, settings, {"theme": theme}))


@pytest.mark.parametrize("url", ["prose/", "document/"])
def test_templates_read_what_is_named_and_nothing_else(site: Site, url: str) -> None:
    html = site.html(url)
    start = html.index('<div class="ours"')
    said = html[start : html.index("</div>", start)]
    channel = "&lt;script&gt;run()&lt;/script&gt; &quot;&amp; co&quot;"
    assert (
        said
        == f'<div class="ours" data-channel="{channel}">{channel}|{channel}|talk|Ada, &lt;b&gt;Tom&lt;/b&gt;|&lt;i&gt;x&lt;/i&gt;||'
    )
    assert '<a class="form" href="">' in html


def test_a_page_that_says_none_of_them_is_as_before(site: Site) -> None:
    assert '<div class="ours" data-channel="">||||||</div>' in site.html("bare/")
