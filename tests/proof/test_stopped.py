"""What a page's own policy stops is found, with the line to add; what it lets in, and what is data, is none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.model.theme_files import ThemeFiles
from handrail.proof.built import BuiltSite, read_page
from handrail.proof.leaks import Secrets
from handrail.proof.stopped import is_stopped
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
        ("<img srcset='a.png, https://other.example/w_1,h_2/a.png 2x'>", "add `images: [other.example]`"),
        ("<video src=a.mp4 poster=//other.example/a.png></video>", "add `images: [other.example]`"),
        ("<svg><image xlink:href='https://other.example/a.png'/></svg>", "add `images: [other.example]`"),
        ("<link rel='shortcut icon' href=https://other.example/a.ico>", "add `images: [other.example]`"),
        ("<link href=https://style.test/b.css rel='preload stylesheet'>", "`extra_css: [https://style.test/b.css]`"),
        ("<script type=Application/X-JavaScript>draw()</script>", "begins with `draw()`"),
        ("<script language=JavaScript1.2>draw()</script>", "begins with `draw()`"),
        ("<script type=importmap>{}</script>", "begins with `{}`"),
        ("<svg><script xlink:href=//other.example/a.js></script></svg>", "`extra_javascript: [https://other.example/a.js]`"),
        ("<svg/OnLoad=run()>", "`onload`"),
        ("<body\n onload = 'run()'>", "`onload`"),
        ("<a href='java\tscript:run()'>a</a>", "a link that is a program"),
        ("<form action=JavaScript:run()>", "a link that is a program"),
        ("<form action=https://lists.example/add>", "sends what is filled in to `lists.example`"),
        ("<audio><source src=https://films.example/a.mp3></audio>", "plays `https://films.example/a.mp3`"),
        ("<object data=own.pdf></object>", "shows `own.pdf` as an object"),
        ("<base href=/else/where/>", "begin at `/else/where/`"),
    ],
)  # fmt: skip
def test_what_the_policy_stops_is_said_with_its_line_and_what_to_add(body: str, said: str, tmp_path: Path) -> None:
    [(line, message)] = stopped(tmp_path, f"\n{body}")
    assert line == 6
    assert said.casefold() in message.casefold()


@pytest.mark.parametrize(
    "body",
    [
        '<script type="text/javascript; charset=utf-8">draw()</script><script type="text/x-template"><b></script>',
        "<noscript><script>draw()</script><b onclick=run()></noscript><script src=>draw()</script><b onclick=' '>",
        "<a href='javascript:void(0)'>a</a><a href='javascript:;'>b</a><base target=_top><form action=found.html>",
        "<img src=a.png srcset='b.png 2x,https://pictures.example/w_1,h_2/a.png 3x'><video src=a.mp4></video>",
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
    bodies = [
        f'<script>var page = "{name}", depth = {len(name)}, twin = `{name}.md`;</script>' for name in ("one", "three")
    ]
    assert len(stopped(tmp_path, *bodies)) == 1


def test_programs_of_the_theme_run_wherever_they_stand_and_however_lines_end() -> None:
    theme = "<script>\r\nknown()\r</script><a onclick='a(&quot;b&quot;)'><form action=https://lists.example/add><base href=/>"
    said = policy([theme])
    page = read_page(f"{theme}<a onclick=other()>".replace("\r\n", "\n").replace("\r", "\n"))
    stopped = [asked.name or asked.kind for asked in page.asked if is_stopped(asked, said, lambda at: at == "/")]
    assert stopped == ["onclick"]
    assert not is_stopped(page.asked[1], said, lambda _: True)


def test_links_lead_from_where_a_page_says_as_far_as_its_policy_lets_it() -> None:
    page = "<base href=../up/x><a href=a.html><a href=#b><a href=https://other.example/>"
    assert read_page(page).links == ("../up/x", "../up/a.html", "../up/x#b", "https://other.example/")
    assert read_page(with_policy(f"<!doctype html>{page}", _SAID)).links[1:3] == ("a.html", "#b")
