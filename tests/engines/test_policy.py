"""The policy: every script of the theme is in it whatever the page's depth, what the site asks for works, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort

from handrail.web.policy import policy, with_policy
from tests.engines.drawn import BASE
from tests.engines.injecting import calm, policy_of
from tests.engines.sites import Site, build
from tests.support.handbooks import make_handbook

_INLINE = re.compile(r"<script(?![^>]*(?:src=|json))[^>]*>(.*?)</script>", re.DOTALL)
_REDIRECT = '<meta http-equiv="refresh"'
_FONTLESS = {"name": "material", "font": False}


def directives(said: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in said.split("; "))}


def hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def refused(site: Site) -> list[str]:
    """Return the scripts in pages that the pages' own policy refuses, and pages with none."""
    found = []
    for page in site.pages():
        text = (site.root / page).read_text("utf-8")
        if "Content-Security-Policy" not in text:
            found.append(f"{page} has no policy")
            continue
        said = policy_of(text)
        found += [f"{page}: {script[:60]}" for script in _INLINE.findall(text) if hash_of(script) not in said]
    return found


def drawn(folder: Path, files: dict[str, str] | None = None, **config: Any) -> Path:
    return make_handbook(folder, {**BASE, **(files or {})}, config={"theme": _FONTLESS, **config})


def test_every_page_of_the_example_states_one_policy_that_names_all_its_scripts(example_site: Path) -> None:
    site = Site(example_site)
    assert refused(site) == []
    texts = [(site.root / page).read_text("utf-8") for page in site.pages()]
    assert len({policy_of(text) for text in texts if _REDIRECT not in text}) == 1
    said = directives(policy_of(site.html("")))
    assert {name: sources for name, sources in said.items() if name != "script-src"} == {
        "default-src": ["'none'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    assert said["script-src"][0] == "'self'"
    assert all(source.startswith("'sha256-") for source in said["script-src"][1:])


@pytest.mark.parametrize("directories", [True, False])
def test_pages_at_any_depth_may_run_the_themes_scripts(directories: bool, tmp_path: Path) -> None:  # noqa: FBT001
    files = {f"content/{'d/' * depth}page.md": f"# Page {depth}\n" for depth in range(5)}
    for base in ("https://handbook.example/", "https://company.example/how/we/work/"):
        site = build(drawn(tmp_path, files, use_directory_urls=directories, site_url=base))
        assert refused(site) == []


def test_a_site_with_about_all_that_the_theme_offers_runs_what_it_brings(tmp_path: Path) -> None:
    site = calm(tmp_path)
    assert refused(site) == []
    assert "https://unpkg.com/mermaid@11/dist/" in directives(policy_of(site.html("")))["script-src"]


def test_a_preview_has_none(tmp_path: Path) -> None:
    site = build(drawn(tmp_path), command="serve")
    assert "Content-Security-Policy" not in site.html("")


def test_what_the_sites_own_settings_and_templates_ask_for_works(tmp_path: Path) -> None:
    overrides = {
        "overrides/main.html": '{% extends "base.html" %}{% block extrahead %}<script>const own = 1</script>{% endblock %}'
        "{% block libs %}{{ super() }}{% if page.meta and page.meta.comments %}<script>const seldom = 2</script><b onclick='seldom()'>a</b>{% endif %}"
        "<script>const typed = '{{ page.meta.title if page.meta }}'</script>{% endblock %}",
    }
    site = build(
        drawn(
            tmp_path,
            overrides,
            theme={"name": "material", "custom_dir": str(tmp_path / "overrides"), "logo": "https://logo.example/l.png"},
            extra_javascript=["https://cdn.example/lib@1/dist/lib.js", "//other.example/o.js"],
            extra_css=["https://style.example/a.css"],
            extra={"analytics": {"provider": "google", "property": "G-1"}},
        )
    )
    said = directives(policy_of(site.html("finance/expense-claims/")))

    assert {hash_of("const own = 1"), hash_of("const seldom = 2"), hash_of("seldom()"), "'unsafe-hashes'"} <= set(
        said["script-src"]
    )
    assert hash_of("const typed = 'Expense claims'") not in said["script-src"]
    assert {"https://cdn.example/lib@1/dist/", "https://other.example/", "https://www.googletagmanager.com"} <= set(
        said["script-src"]
    )
    assert {"https://style.example", "https://fonts.googleapis.com"} <= set(said["style-src"])
    assert {"https://style.example", "https://fonts.gstatic.com"} <= set(said["font-src"])
    assert {"https://cdn.example", "https://*.google-analytics.com"} <= set(said["connect-src"])
    assert "https://logo.example" in said["img-src"]
    assert "https://style.example" not in said["script-src"]


def test_what_other_plugins_add_to_every_page_works_also_beside_one_that_fails_at_pages_it_does_not_know(
    tmp_path: Path,
) -> None:
    hooks = {
        "fails.py": "seen = set()\ndef on_page_content(html, page, **_):\n    seen.add(page.url)\n"
        "def on_post_page(output, page, **_):\n    assert page.url in seen\n",
        "content.py": "import logging\ndef on_page_content(html, page, **_):\n    if 'probe' in page.url:\n"
        "        logging.getLogger('mkdocs.plugins.x').warning('what is that')\n    return html + '<script>const inside = 1</script>'\n",
        "adds.py": "def on_post_page(output, page, **_):\n"
        "    return output.replace('</body>', '<script>const added = 1</script><script>const on = ' + repr(page.url) + '</script></body>')\n",
    }
    site = build(drawn(tmp_path, hooks, hooks=["fails.py", "content.py", "adds.py"]))
    said = directives(policy_of(site.html("finance/expense-claims/")))["script-src"]
    assert {hash_of("const added = 1"), hash_of("const inside = 1")} <= set(said)
    assert hash_of("const on = 'finance/expense-claims/'") not in said


def test_a_page_can_add_nothing_to_it(tmp_path: Path) -> None:
    plain = policy_of(build(drawn(tmp_path / "a")).html(""))
    page = (
        "---\nstatus: new\n---\n# Page\n\n<script>run()</script><script src=https://elsewhere.example/a.js></script>\n"
    )
    named = "---\ntitle: '</title><script>run()</script>'\ndescription: '\"><script>run()</script>'\n---\nText.\n"
    folder = make_handbook(
        tmp_path / "b",
        {**BASE, "content/page.md": page, "content/named.md": named},
        {"severity": {"script": "off"}},  # a build would refuse the page
        {"theme": _FONTLESS},
    )
    site = build(folder)
    assert site.has("page/")
    assert policy_of(site.html("")) == plain


def test_a_template_that_needs_a_text_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    overrides = {"overrides/main.html": '{% extends "base.html" %}{% block libs %}{{ page.meta.a.b }}{% endblock %}'}
    theme = {**_FONTLESS, "custom_dir": str(tmp_path / "overrides")}
    with pytest.raises(Abort):
        build(drawn(tmp_path, overrides, theme=theme))
    assert "A template of the site can't show a page of no text" in caplog.text


def test_pictures_of_a_template_are_shown_in_each_size() -> None:
    page = '<img src=a.png srcset="https://a.example/a,b.png 2x, //b.example/b.png 3x"><source src=https://c.example/c.mp4 srcset=d.png>'
    assert directives(policy([page]))["img-src"] == ["'self'", "data:", "https://a.example", "https://b.example"]


def test_data_in_a_page_is_no_script() -> None:
    page = '<script type="application/json">{"a": "https://a.example"}</script><script type="application/ld+json">{}</script>'
    assert directives(policy([page]))["script-src"] == ["'self'"]


def test_it_stands_before_all_that_it_governs() -> None:
    tag = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
    said = "default-src 'none'"
    assert with_policy("<head lang=en>\n<title>", said) == f"<head lang=en>{tag}\n<title>"
    assert with_policy('<head>\n <meta charset="utf-8"><title>', said) == f'<head>\n <meta charset="utf-8">{tag}<title>'
    assert with_policy("<p>a part of a page</p>", said) == "<p>a part of a page</p>"
    assert with_policy("<head><title>", "") == "<head><title>"
