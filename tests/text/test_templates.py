"""Template code that nothing runs is told where, and only where, readers of the site see it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handrail.rendering.extensions import MarkdownSettings
from handrail.rendering.renderer import Renderer
from handrail.text.templates import Dialect, template_texts

CODE = st.sampled_from((
    '{% page "/x/" %}', "{% link _docs/a.md %}", "{{ page.url }}", "{{page.url}}", '{{ "/x/" | url }}', "{{ site.data['x'] }}",
    '{{< ref "a.md#x" >}}', '{{% notice "a" %}}', "{{ f(x) }}", "{# mind #}", "<%= x %>", "<% if x %>", '<%= link_to "x", y %>',
    "<%# mind %>", "<%- a -%>",
))  # fmt: skip
AROUND = st.sampled_from((
    "See {} there.", "# By {}", "- {}", "> {}", "[a]({})", "![a]({})", "[a]({}#b)", "[a {}](b.md)", "![{}](b.png)",
    "[![a]({})](b.md)", "[a](https://example.org/{})", "[a][b]\n\n[b]: {}", "<a href='{}'>a</a>", '<a href="{}">a</a>', "<div>\n{}\n</div>",
    "<div class='{}'>a</div>", "`{}`", "```\n{}\n```", "    {}", "<!-- {} -->", "[a]({}) and [b](c.md)", "**{}**",
))  # fmt: skip
TAG = re.compile(r"<[^>]*>")
READ_ALOUD = re.compile(r'\s(?:alt|title)="([^"]*)"')
CODE_SPAN = re.compile(r"<code>.*?</code>|<!--.*?-->", re.DOTALL)
RENDERER = Renderer(MarkdownSettings())


def is_seen(body: str, code: str) -> bool:
    """Say whether readers see, or hear, code in what is made of a body, other than as an example."""
    markup = CODE_SPAN.sub("", RENDERER.html(body))
    words = html.unescape(" ".join([TAG.sub("", markup), *READ_ALOUD.findall(markup)])).replace("\u2060", "")
    return code in words


@settings(max_examples=400, deadline=None)
@given(CODE, AROUND)
def test_code_is_told_where_readers_see_it(code: str, around: str) -> None:
    assume(not ("<div class" in around and "'" in code))  # a browser makes a guess of it
    body = f"Before.\n\n{around.format(code)}\n"
    found = [body[one.offset : one.end] for one in template_texts(body)]
    assert found == ([code] if is_seen(body, code) else [])


@pytest.mark.parametrize(
    ("code", "name", "rest"),
    [("<%= x %>", "x", ""), ('<%- partial "a" -%>', "partial", '"a" -'), ("<%\n if x\n%>", "if", "x")],
)
def test_code_between_signs_of_ruby(code: str, name: str, rest: str) -> None:
    [found] = template_texts(f"a {code} b")
    assert (found.dialect, found.name, found.rest) == (Dialect.ERB, name, rest)


def test_signs_alone_are_no_code() -> None:
    assert not list(template_texts("5 <% 6, `<% x %>`, and <%"))
