"""What a page's own policy stops is found, with the line to add; what it lets in, and what is data, is none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.theme_files import ThemeFiles
from handrail.proof.built import BuiltSite
from handrail.proof.leaks import Secrets
from handrail.proof.verify import Expected, Verification
from handrail.web.policy import policy, with_policy

_KNOWN = '<script>known()</script><script src="https://cdn.example/lib@1/lib.js"></script>'
_SAID = policy(
    [f'{_KNOWN}<img src="https://pictures.example/a.png"><link rel=stylesheet href="https://*.example/a.css">']
)


def stopped(folder: Path, *bodies: str, said: str = _SAID) -> list[tuple[int, str]]:
    """Return what is said of pages with these bodies below a line of their own, and in which line of the page it stands."""
    for number, body in enumerate(bodies):
        page = with_policy(f"<!doctype html>\n<html>\n<head><title>A page</title></head>\n<body>{_KNOWN}\n{body}", said)
        (folder / f"{number}.html").write_text(page, "utf-8")
    expected = Expected({}, patterns=("**",))
    look = Verification(BuiltSite(folder), expected, Secrets([], []), ThemeFiles(""), lambda *_: True)
    return [(fault.line, f"{fault.message} {fault.hint}") for fault in look.faults()]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<script src=//other.example/a/b.js></script>", "`extra_javascript: [https://other.example/a/b.js]`"),
        ("<SCRIPT SRC='http://cdn.example/lib@1/x.js'></SCRIPT>", "`extra_javascript: [http://cdn.example/lib@1/x.js]`"),
        ("<script>\n  draw( 1 )\n</script>", "begins with `draw( 1 )`"),
        ("<script type=module>draw()</script>", "as in `extra_javascript: [js/own.js]`"),
        ("<p><a href=x onclick='run()'>a</a>", "`onclick`"),
        ("<iframe src=https://films.example/1></iframe>", "below `handrail:` in mkdocs.yml, add `embeds: [films.example]`"),
        ("<iframe src=own.html></iframe>", "Link to it:"),
        ("<img src=https://other.example/a.png>", "add `images: [other.example]`"),
        ("<link href=https://style.test/b.css rel='preload stylesheet'>", "`extra_css: [https://style.test/b.css]`"),
    ],
)  # fmt: skip
def test_what_the_policy_stops_is_said_with_its_line_and_what_to_add(body: str, said: str, tmp_path: Path) -> None:
    [(line, message)] = stopped(tmp_path, f"\n{body}")
    assert line == 6
    assert said.casefold() in message.casefold()


@pytest.mark.parametrize(
    "body",
    [
        "<script src=js/own.js></script><img src=/a.png><img src='data:image/png;base64,xx'>",
        "<script src=https://cdn.example/lib@1/parts/two.js></script>",
        '<script type="application/ld+json">{"a": 1}</script><script type="text/template"><b></script>',
        "<!-- <script>draw()</script> --><p title='<script>draw()</script>'>",
        "<iframe src=about:blank></iframe><script></script>",
        "<img src=mailto:a@other.example><img src='http://[other'><img src=..\\\\a.png><img src='/beside/the/site.png'>",
        "<link rel=stylesheet href=https://a.example/x.css>",
    ],
)
def test_what_may_run_is_not_named(body: str, tmp_path: Path) -> None:
    assert stopped(tmp_path, body) == []


def test_a_page_without_a_policy_stops_nothing(tmp_path: Path) -> None:
    assert stopped(tmp_path, "<script>draw()</script>", said="") == []


def test_what_a_template_writes_into_many_pages_is_said_once(tmp_path: Path) -> None:
    bodies = [f'<script>var page = "{name}", depth = {len(name)};</script>' for name in ("one", "three", "a third")]
    assert len(stopped(tmp_path, *bodies)) == 1
