"""Whatever stands in front matter, every view of it can be made, and nothing of it becomes markup."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.edit.new_page_links import NewPageLinks
from handrail.engines.macros import Macros
from handrail.engines.meta import meta_of
from handrail.model.publication import publishable
from handrail.pages.audience import Shown
from handrail.pages.frame import theme_status, view_of
from handrail.pages.generated import lists
from handrail.pages.generated.cascade import plans_together
from handrail.pages.generated.queue import queue
from handrail.pages.generated.strategy import strategy
from handrail.text.source import read_source
from handrail.web.published import linked_body
from tests.engines.drawn import BASE, PEOPLE
from tests.pages.test_render import OURS, seen
from tests.pages.views import FORGE, handbook_of, html, kinds, shown

DAYS = ["2026-03-03", "2025-01-01", "2026-12-31", "2026-02-30", "0001-01-01", "9999-12-31"]
WORDS = [
    "", " ", "x", "mok", "MOK", "books", "company", "company@FY27", "finance", "sop:one", "one", "two", "nowhere", "active",
    "stub", "draft", "tba", "retired", "open", "FY27", "FY27-Q3", "Trust", "MOK(D), TLI(A, R)", "MOK(D", "public", "<x-evil>",
    "\"><x-evil '", "#a", "3 months", "14 months", "D", "A", "{{ x }}", "a\nb", "https://example.org/<x-evil>", "javascript:x",
]  # fmt: skip
SCALARS = st.sampled_from([*DAYS, *WORDS]) | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
KEYS = st.sampled_from(
    ["role", "by", "date", "digest", "note", "text", "label", "team", "metric", "target", "result", "name", "from", "to", "id",
     "job", "until", "deputy", "members", "quorum", "owner", "due", "done", "progress", "link", "decide", "agree", "product",
     "states", "transitions", "final", "sla", "when", "donation", "retrospective", "x"]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=4), max_leaves=8
)
KINDS = sorted(kinds())


@cache
def folder() -> Path:
    return Path(mkdtemp(prefix="handrail-test-"))


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Return a document of some kind, with any values in some of its fields."""
    kind = draw(st.sampled_from(KINDS))
    fields = draw(st.lists(st.sampled_from(sorted(kinds()[kind].fields)), max_size=8, unique=True))
    data = {
        "id": draw(st.sampled_from(["one", "two", "company", "finance"])),
        "title": "A title",
        "visibility": "public",
    }
    return {**data, **{name: draw(VALUES) for name in fields}, "kind": kind}


def written(data: dict[str, Any], body: str = "Text.") -> str:
    return f"---\n{json.dumps(data)}\n---\n{body}\n"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(documents(), min_size=1, max_size=3), st.sampled_from(["public", "internal"]))
def test_every_view_of_any_document_can_be_made(found: list[dict[str, Any]], audience: Any) -> None:
    files = {f"content/any/{number}.md": written(data) for number, data in enumerate(found)}
    registry = any(data["kind"] == "people" for data in found)
    base = {path: text for path, text in BASE.items() if not (registry and text == PEOPLE)}
    handbook = handbook_of(folder(), {**base, **files})
    published = publishable(handbook, audience, leniently=True)
    seen_by = Shown(handbook, FORGE, NewPageLinks(handbook, published), published)
    for page in published:
        check(html(view_of(seen_by, page)))
        theme_status(seen_by, page)
        meta = meta_of(page, handbook, (), "")
        for key in ("title", "description"):
            assert "<" not in str(meta.get(key, "")), key
        assert "<" not in "".join(meta.get("tags", ()))
        linked_body(handbook, page, seen_by.shows, lambda target: target.url)
    for view in (lists.contents, lists.orphans, lists.stale, lists.unlisted, queue, strategy, plans_together):
        check(html(view(seen_by)))
    macros = Macros(seen_by, "any/")
    for macro in macros.functions().values():
        check(macro("sop:one") if macro.__name__ == "hb_link" else macro())


def check(markup: str) -> None:
    assert seen(markup).tags <= OURS | {"em", "code", "pre"}


@given(st.text(st.sampled_from('[]()|:<>!`\\{}#\n sopne-company"'), max_size=60))
def test_any_body_can_be_linked(body: str) -> None:
    handbook = handbook_of(
        folder(), {**BASE, "content/one.md": f"---\nkind: page\nid: one\ntitle: One\nvisibility: public\n---\n{body}"}
    )
    [page] = [page for page in handbook.pages if page.src_uri == "one.md"]
    whole = shown(handbook)
    assert linked_body(handbook, page, whole.shows, lambda target: target.url).count("\n") == page.source.body.count(
        "\n"
    )
    none = linked_body(handbook, page, lambda _page: False, lambda target: target.url)
    left = read_source(none.encode())
    assert not [link for link in left.links if link.form == "wiki" and handbook.index.resolve(link.target).page]
