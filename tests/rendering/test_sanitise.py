"""What goes out of a page's HTML, and what stays."""

from __future__ import annotations

import pytest

from handrail.rendering.sanitise import (
    DIAGRAM,
    OURS,
    REFERENCE,
    SANDBOX,
    free_id,
    is_harmless,
    sanitised,
    sanitised_words,
)
from handrail.text.hosts import LetIn
from tests.support.work import at_most

SAME = [
    '<p class="lead" id="first" lang="de" dir="ltr" title="a">a&nbsp;b</p>',
    '<details class="note" open=""><summary>a</summary><p>b</p></details>',
    '<ul class="task-list"><li class="task-list-item"><label class="task-list-control"><input type="checkbox" disabled="" checked=""><span class="task-list-indicator"></span></label> a</li></ul>',
    '<div class="tabbed-set" data-tabs="1:1"><input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio"><div class="tabbed-labels"><label for="__tabbed_1_1">a</label></div></div>',
    '<p>data-tabs="1:1" <code>&lt;div data-tabs="1:1"&gt;</code></p>',
    '<table><thead><tr><th style="text-align:right" scope="col">a</th></tr></thead><tbody><tr><td colspan="2">b</td></tr></tbody></table>',
    '<span class="twemoji"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M1 2"></path></svg></span>',
    '<a href="../a/?b=1&amp;c=2#d" class="md-button md-button--primary" target="_blank" rel="noopener">a</a>',
    '<a href="mailto:a@b.example">a</a><a href="tel:+1">b</a><a href="//b.example/">c</a><a name="d"></a>',
    '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1" role="doc-noteref">1</a></sup>',
    '<pre><code>a --&gt; b</code></pre><div class="arithmatex">\\[x\\]</div>',
    '<span id="__span-0-1"><a id="__codelineno-0-1" name="__codelineno-0-1" href="#__codelineno-0-1"></a>a</span>',
    '<img alt="a" src="../a%20b.png#only-light" width="3" loading="lazy">',
    '<video controls="" poster="a.png"><source src="a.mp4" type="video/mp4"></video>',
    '<kbd>a</kbd><mark>b</mark><abbr title="c">d</abbr><ins datetime="2026-01-01">e</ins><del>f</del><q>g</q><wbr>',
    '<svg><rect fill="rgb(1, 2, 3)" stroke="url(#a) rgba(1, 2, 3, 0.5)"></rect></svg>',
    '<p id="fn:a.b-c/d_1">a</p><p id="über-कि">b</p>',
]


@pytest.mark.parametrize("markup", SAME)
def test_what_markdown_makes_stays_letter_by_letter(markup: str) -> None:
    assert sanitised(markup) == markup


LET_IN = LetIn(frozenset(("img.example", "*.cdn.example")), frozenset(("www.video.example",)))
_SANDBOX = f'sandbox="{SANDBOX}"'
LET = {
    "a picture": ('<img src="https://img.example/a.png">', '<img src="https://img.example/a.png">'),
    "one below a host": ('<img src="https://a.b.cdn.example/a?b=1&amp;c">', '<img src="https://a.b.cdn.example/a?b=1&amp;c">'),
    "one without a scheme": ('<img src="//img.example/a.png" alt="b">', '<img src="https://img.example/a.png" alt="b">'),
    "one by http": ('<img src="http://img.example/a" alt="b">', '<a href="http://img.example/a">b</a>'),
    "one of another port": ('<img src="https://img.example:81/a" alt="b">', '<a href="https://img.example:81/a">b</a>'),
    "one of the host above": ('<img src="https://cdn.example/a" alt="b">', '<a href="https://cdn.example/a">b</a>'),
    "one of a host that ends so": ('<img src="https://xcdn.example/a" alt="b">', '<a href="https://xcdn.example/a">b</a>'),
    "one behind a name": ('<img src="https://img.example@b.example/" alt="b">', '<a href="https://img.example@b.example/">b</a>'),
    "one by other slashes": ('<img src="https:\\\\img.example/" alt="b">', '<a href="https:\\\\img.example/">b</a>'),
    "a film": ('<video src="https://img.example/a.mp4"></video>', "<video></video>"),
    "a frame": (
        '<iframe width="560" height="90%" src="https://www.video.example/a?b=1&amp;c=&amp;amp;d" title="A" allowfullscreen loading="lazy" referrerpolicy="no-referrer">b</iframe>',
        f'<iframe width="560" height="90%" src="https://www.video.example/a?b=1&amp;c=&amp;amp;d" title="A" allowfullscreen="" loading="lazy" referrerpolicy="no-referrer" {_SANDBOX}></iframe>',
    ),
    "one without a name": ('<iframe src="//www.video.example/"></iframe>', f'<iframe src="https://www.video.example/" title="www.video.example" {_SANDBOX}></iframe>'),
    "one that says what it may do": (
        '<iframe src="https://www.video.example/" title="a" sandbox="allow-top-navigation" allow="camera" srcdoc="b" name="c" id="d" class="e" style="position:fixed" onload="f" width="1e9" referrerpolicy="unsafe-url"></iframe>',
        f'<iframe src="https://www.video.example/" title="a" {_SANDBOX}></iframe>',
    ),
    "a frame of another host": ('a<iframe src="https://video.example/">b</iframe>c', "ac"),
    "one by http, once more": ('<iframe src="http://www.video.example/"></iframe>', ""),
    "one of a picture's host": ('<iframe src="https://img.example/"></iframe>', ""),
    "one of nothing": ('<iframe srcdoc="<script>a</script>"></iframe>', ""),
    "what stands in one": ('<iframe src="https://a.example/"><img src=x onerror=a></iframe>b', "b"),
    "one that never ends": ('<iframe src="https://a.example/"><b onclick=a>b</b>', ""),
    "one in a picture": ('<svg><iframe src="https://www.video.example/"><b onclick="a">c</b></iframe></svg>', "<svg></svg><b>c</b>"),
}  # fmt: skip


@pytest.mark.parametrize("what", LET)
def test_of_hosts_that_are_let_in_stays(what: str) -> None:
    written, left = LET[what]
    assert sanitised(written, let_in=LET_IN) == left
    assert "iframe" not in sanitised(written)
    assert sanitised(left, let_in=LET_IN) == left


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp", "avif"])
def test_a_picture_within_the_text_stays(kind: str) -> None:
    picture = f'<img src="data:image/{kind};base64,AA+/==" alt="a">'
    assert sanitised(picture) == picture


@pytest.mark.parametrize(
    "address", ["data:image/svg+xml;base64,AA==", "data:text/html,a", "data:image/png,a", "data:image/png;base64,&lt;"]
)
def test_nothing_else_within_the_text_does(address: str) -> None:
    assert sanitised(f'<img src="{address}">') == "<img>"
    for other in (f'<a href="{address}">', f'<video src="{address}" poster="{address}">'):
        assert "data:" not in sanitised(other, let_in=LET_IN)


CHANGED = {
    "a program": ("<p>a<script>b</script>c</p>", "<p>ac</p>"),
    "a handler": ('<p onclick="a">b</p>', "<p>b</p>"),
    "a link that runs": ('<a href=" java&#9;script:a">b</a>', "<a>b</a>"),
    "a link to a program on the reader's machine": ('<a href="vscode://a">b</a>', "<a>b</a>"),
    "a style": ('<p style="position:fixed">a</p>', "<p>a</p>"),
    "a style beside another": ('<td style="text-align: left; position: fixed">a</td>', "a"),
    "a form": ('<form action="/a"><input name="b"><input type="password"><button>c</button></form>', "c"),
    "a box outside the tabs' groups": ('<input type="radio" name="__palette">', '<input type="radio">'),
    "a frame with its text": ('<iframe src="a">b</iframe>c', "c"),
    "a comment": ("a<!-- b -->c", "ac"),
    "an id of the theme's": ('<b id="__config">a</b>', '<b id="text-__config">a</b>'),
    "a link to such an id": ('<a href="#__config">a</a>', '<a href="#text-__config">a</a>'),
    "an id of Handrail's": ('<b id="hr-search">a</b>', '<b id="text-hr-search">a</b>'),
    "the look of the theme's frame": ('<b class="md-overlay x">a</b>', '<b class="x">a</b>'),
    "the look of what Handrail says": ('<div class="hr-banner hr-banner--info">Vetted</div>', "<div>Vetted</div>"),
    "the parts that the theme's programs look for": ('<b data-md-component="search">a</b>', "<b>a</b>"),
    "an image's name": ('<img name="forms" src="a">', '<img src="a">'),
    "an image of another site": ('<img src="https://a.example/b.png" alt="A &lt;b&gt;">', '<a href="https://a.example/b.png">A &lt;b&gt;</a>'),
    "one without words": ('<img src="//a.example/b.png">', '<a href="//a.example/b.png">Image</a>'),
    "one by another sign": ('<img src="/\\a.example/b.png" alt="b">', '<a href="/\\a.example/b.png">b</a>'),
    "one behind signs that browsers step over": ('<img src="\t\x01//a.example/b.png" alt="b">', '<a href="\t\x01//a.example/b.png">b</a>'),
    "one within a link": ('<a href="c"><img src="https://a.example/b.png" alt="b"></a>', '<a href="c">b</a>'),
    "one of a pictogram": ('<img class="twemoji" src="https://a.example/b.svg" alt="😄">', "😄"),
    "a film of another site": ('<video src="https://a.example/b.mp4" poster="https://a.example/c"></video>', "<video></video>"),
    "several sizes of an image": ('<img src="a.png" srcset="https://a.example/b.png 2x">', '<img src="a.png">'),
    "a picture that moves a link": ('<svg><a><animate attributeName="href" to="javascript:a"></animate></a></svg>', "<svg><a></a></svg>"),
    "a picture in a picture": ('<svg><use href="data:a"></use><image href="b"></image></svg>', "<svg></svg>"),
    "a tag in a title": ('<abbr title="a &lt;img src=x&gt; < b">c</abbr>', '<abbr title="a &lt;\u2060img src=x&gt; &lt;\u2060 b">c</abbr>'),
    "signs that mean something to a program in an id": ("<b id='a\"]\\%2'>c</b>", '<b id="a----2">c</b>'),
    "the same in a link": ("<a href='#a%22]\\%252'>c</a>", '<a href="#a----2">c</a>'),
    "an id that the theme gives its blocks of code": ('<pre id="__code_0">a</pre>', '<pre id="text-__code_0">a</pre>'),
    "what the theme would load before a click": ('<a href="../a/" data-preview="">b</a>', '<a href="../a/">b</a>'),
    "tabs that are none": ('<div data-tabs="1:1">a</div>', "<div>a</div>"),
    "tabs without a label": (
        '<div class="tabbed-set" data-tabs="1:1"><input id="__tabbed_1_1" type="radio"><div class="tabbed-labels"></div></div>',
        '<div class="tabbed-set"><input id="__tabbed_1_1" type="radio"><div class="tabbed-labels"></div></div>',
    ),
    "tabs without a place for labels": (
        '<div data-tabs="1:1" class="a"><input id="b" type="radio"><label for="b">c</label></div>',
        '<div class="a"><input id="b" type="radio"><label for="b">c</label></div>',
    ),
    "a colour that loads": ('<svg><rect fill="url(https://a.example/b#c)" stroke="u\\72l(a)"></rect></svg>', "<svg><rect></rect></svg>"),
    "a colour that loads, behind another": ('<svg fill="url(#a) image-set(\'//a.example/b\' 1x)"></svg>', "<svg></svg>"),
    "a diagram where none is drawn": ('<pre class="mermaid a">b</pre>', '<pre class="a">b</pre>'),
    "what looks like Handrail's word": ('<b class="hr-state">Vetted</b><p class="hr-action hr-note">a</p>', "<b>Vetted</b><p>a</p>"),
    "what the theme shows again in a tooltip": ('<b class="md-ellipsis">a</b>', "<b>a</b>"),
    "a target of a name": ('<a href="a" target="opener">b</a>', '<a href="a">b</a>'),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "left"), CHANGED.values(), ids=CHANGED)
def test_goes(markup: str, left: str) -> None:
    assert sanitised(markup) == left


def test_what_the_site_draws_and_what_the_macros_make_stays_where_it_may_be() -> None:
    markup = '<pre class="mermaid"><code>a</code></pre><b class="hr-state md-header">b</b>'
    assert sanitised(markup, OURS | {DIAGRAM}) == '<pre class="mermaid"><code>a</code></pre><b class="hr-state">b</b>'
    assert sanitised(markup, OURS) == '<pre><code>a</code></pre><b class="hr-state">b</b>'


@pytest.mark.parametrize("markup", [*SAME, *(markup for markup, _ in CHANGED.values())])
def test_a_second_time_nothing_changes(markup: str) -> None:
    once = sanitised(markup)
    assert sanitised(once) == once


@pytest.mark.parametrize(
    "name",
    [
        "applet",
        "canvas",
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "template",
        "textarea",
        "title",
    ],
)
def test_what_is_no_text_for_readers_goes_with_what_stands_in_it(name: str) -> None:
    assert sanitised(f"<p>a</p><{name}>b</{name}><p>c</p>") == "<p>a</p><p>c</p>"


def test_words_of_a_heading_lose_their_tags() -> None:
    assert sanitised_words("a &lt;b&gt; &amp; c") == "a &lt;b&gt; &amp; c"
    assert sanitised_words("<img src=x onerror=a>b<script>c</script>") == "b"


@pytest.mark.parametrize("name", ["config", "__init__", "__tabbed_1_1", "search", "a:b/c"])
def test_an_id_that_nobody_looks_for_is_the_authors(name: str) -> None:
    assert free_id(name) == name


@pytest.mark.parametrize(
    ("address", "harmless"),
    [
        ("https://a.example/", True),
        ("HTTP://a.example/", True),
        ("../a/", True),
        ("a/b:c", True),
        ("#a", True),
        ("mailto:a@b.example", True),
        ("", False),
        ("javascript:a", False),
        ("\x01Java\tScript:a", False),
        ("\t\x01javascript:a", False),
        ("data:text/html,a", False),
        ("file:///etc/passwd", False),
    ],
)
def test_where_a_link_may_lead(address: str, harmless: bool) -> None:  # noqa: FBT001
    assert is_harmless(address) is harmless


AGAIN = ["<b>", "<div>", "<p><b>", "<table>", "<a href=x>", "<svg>", "&", "<", "<!--", '<img src="//']


@pytest.mark.parametrize("markup", AGAIN)
def test_markup_again_and_again_leaves_what_stands_before_it(markup: str) -> None:
    """How many may stand open on a page is bounded elsewhere, and what that costs measured by `make bench`."""
    with at_most(2_000 + 10 * 4000):
        assert sanitised("<p>Before.</p>" + markup * 4000).startswith("<p>Before.</p>")


def test_references_of_autorefs_stay_where_that_plugin_is_on_and_hold_nothing_that_runs() -> None:
    reference = '<autoref identifier="a-heading" optional="" onclick="x()"><code>a</code></autoref>'
    assert sanitised(reference) == "<code>a</code>"
    kept = sanitised(reference, frozenset((REFERENCE,)))
    assert kept == '<autoref identifier="a-heading" optional=""><code>a</code></autoref>'
