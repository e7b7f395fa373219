"""Options are added to a `mkdocs.yml` of any form, or not at all: nothing of what stands there changes."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handrail.edit.adopt.configuration import joined, with_extension, with_home, with_options
from handrail.model.project import plugin_options, values_in

PUBLIC = {"visibility": {".": "public"}}
LOWERED = {"severity": {"HB806": "warning"}}

FORMS = {
    "a list": "plugins:\n  - search\n",
    "a list without indent": "plugins:\n- search\nnav:\n- a.md\n",
    "comments": "# Ours\nplugins:\n  - search  # finds\n  # - tags\n\n# The rest\nnav: []\n",
    "no final newline": "site_name: A\nplugins:\n  - search",
    "no plugins": "site_name: A\n",
    "no plugins, no final newline": "site_name: A",
    "plugins with nothing": "plugins:\nnav: []\n",
    "brackets": "plugins: [search]\n",
    "empty brackets": "plugins: []\n",
    "brackets over lines": "plugins: [\n  search,  # finds\n  tags,\n]\nsite_name: A\n",
    "a mapping": "plugins:\n  search: {}\n  tags:\n    enabled: true\n",
    "braces": "plugins: {search: {lang: en}}\n",
    "bare": "plugins:\n  - handrail\n  - search\n",
    "bare with a comment": "plugins:\n  - search\n  - handrail  # ours\nnav: []\n",
    "bare without a newline": "plugins:\n  - handrail",
    "bare in brackets": "plugins: [search, handrail]\n",
    "a colon and nothing": "plugins:\n  - search\n  - handrail:\n  - tags\n",
    "a mapping with nothing": "plugins:\n  search:\n  handrail:\n  tags:\n",
    "options": "plugins:\n  - handrail:\n      timezone: UTC\n      # audience: internal\n  - search\n",
    "options in braces": 'plugins:\n  - handrail: {timezone: "UTC", }\n  - search\n',
    "severity in braces": "plugins:\n  - handrail:\n      severity: {HB301: error}\n",
    "severity below": "plugins:\n  - handrail:\n      severity:\n        HB301: error # must\n      timezone: UTC\n",
    "an environment variable": "site_name: !ENV [NAME, A]\nplugins:\n  - search:\n      enabled: !ENV [CI, false]\n",
    "a name of Python": "plugins:\n  - search\nmarkdown_extensions:\n  - x:\n      y: !!python/name:material.to_svg\n",
    "anchors": "x: &a {lang: en}\nplugins:\n  - search: *a\n",
    "a document mark": "---\nplugins:\n  - search\n",
    "INHERIT without plugins": "INHERIT: base.yml\nsite_name: A\n",
    "INHERIT and a list": "INHERIT: base.yml\nplugins:\n  - search\n",
}
REFUSED = {
    "an alias": "x: &a\n  - search\nplugins: *a\n",
    "a merged mapping": "x: &a {search: {}}\nplugins:\n  <<: *a\n  handrail: *a\n",
    "a tab": "plugins:\n\t- search\n",
    "no mapping": "- plugins\n",
    "two documents": "plugins: []\n---\nplugins: []\n",
    "plugins that are a word": "plugins: search\n",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    "options", [PUBLIC, {**LOWERED, **PUBLIC, "assets": [".gitbook/assets"]}], ids=["one", "three"]
)
def test_added(text: str, line_end: str, options: dict[str, Any]) -> None:
    before = text.replace("\n", line_end)
    after = with_options(before, options)
    assert after is not None
    says_the_same_and_ours(before, after, options)
    assert with_options(after, options) == after
    if "\r\n" in before:
        assert "\n" not in after.replace("\r\n", "")


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_refused(text: str) -> None:
    assert with_options(text, PUBLIC) is None


def says_the_same_and_ours(before: str, after: str, options: dict[str, Any]) -> None:
    was, now = values_in(before), values_in(after)
    assert was is not None
    assert now is not None
    assert plugin_options(now) == joined(plugin_options(was), options)
    assert repr({**now, "plugins": 0}) == repr({**was, "plugins": 0})
    others = [entry for entry in entries(was.get("plugins", ["search"])) if entry[0] != "handrail"]
    assert [entry for entry in entries(now["plugins"]) if entry[0] != "handrail"] == others
    assert is_within(before, after)


def entries(plugins: Any) -> list[tuple[str, str]]:
    if isinstance(plugins, dict):
        return [(name, repr(options)) for name, options in plugins.items()]
    return [next((name, repr(one)) for name in (one if isinstance(one, dict) else [one])) for one in plugins or []]


def is_within(before: str, after: str) -> bool:
    """Say whether a text stands in another with additions only."""
    rest = iter(after)
    return all(sign in rest for sign in before)


def test_the_form_is_the_one_of_the_file() -> None:
    text = "plugins:\n  - search\n  - handrail:\n      timezone: UTC\n  # - tags\nnav: []\n"
    assert with_options(text, {**PUBLIC, "assets": ["CNAME"]}) == (
        "plugins:\n  - search\n  - handrail:\n      timezone: UTC\n      visibility:\n        .: public\n"
        "      assets:\n        - CNAME\n  # - tags\nnav: []\n"
    )
    assert with_options("plugins: [search]\n", PUBLIC) == (
        'plugins: [search, "handrail": {"visibility": {".": "public"}}]\n'
    )


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_setting_of_the_site(text: str) -> None:
    after = with_home(text, "a/")
    if "INHERIT" in text:
        assert after is None
        return
    assert after is not None
    assert after.startswith(text)
    assert repr(values_in(after)) == repr({**(values_in(text) or {}), "extra": {"homepage": "a/"}})
    assert with_home(after, "b/") is None


EXTENSIONS = {
    "none": ("site_name: A\n", "site_name: A\nmarkdown_extensions:\n  - x.y\n"),
    "none, no final newline": ("site_name: A", "site_name: A\nmarkdown_extensions:\n  - x.y\n"),
    "nothing": ("markdown_extensions:\nnav: []\n", "markdown_extensions:\n  - x.y\nnav: []\n"),
    "a list": (
        "markdown_extensions:\n  - toc:\n      permalink: true # yes\n  # - meta\n\nnav: []\n",
        "markdown_extensions:\n  - toc:\n      permalink: true # yes\n  - x.y\n  # - meta\n\nnav: []\n",
    ),
    "a list without indent": ("markdown_extensions:\n- toc", "markdown_extensions:\n- toc\n- x.y\n"),
    "brackets": ("markdown_extensions: [toc]\n", 'markdown_extensions: [toc, "x.y"]\n'),
    "empty brackets": ("markdown_extensions: []\n", 'markdown_extensions: ["x.y"]\n'),
    "a mapping": (
        "markdown_extensions:\n  toc: {}\nnav: []\n",
        "markdown_extensions:\n  toc: {}\n  x.y: {}\nnav: []\n",
    ),
    "a name of Python": (
        "markdown_extensions:\n  - x:\n      y: !!python/name:material.to_svg\n",
        "markdown_extensions:\n  - x:\n      y: !!python/name:material.to_svg\n  - x.y\n",
    ),
    "INHERIT and a list": (
        "INHERIT: b.yml\nmarkdown_extensions: [toc]\n",
        'INHERIT: b.yml\nmarkdown_extensions: [toc, "x.y"]\n',
    ),
    "there": ("markdown_extensions: [x.y]\n", "markdown_extensions: [x.y]\n"),
    "there with options": ("markdown_extensions:\n  - x.y: {a: 1}\n", "markdown_extensions:\n  - x.y: {a: 1}\n"),
    # A list of its own would take the place of the one that it inherits.
    "INHERIT": ("INHERIT: b.yml\nsite_name: A\n", None),
    "an alias": ("x: &a [toc]\nmarkdown_extensions: *a\n", None),
    "a word": ("markdown_extensions: toc\n", None),
}


@pytest.mark.parametrize(("text", "after"), EXTENSIONS.values(), ids=EXTENSIONS)
def test_an_extension_of_markdown(text: str, after: str | None) -> None:
    assert with_extension(text, "x.y") == after
    if after is not None:
        assert with_extension(after, "x.y") == after


def test_what_is_set_already_stays() -> None:
    text = "plugins:\n  - handrail:\n      visibility: {finance: internal}\n      severity: {HB806: error}\n"
    after = with_options(text, {**LOWERED, "visibility": {"finance": "public", ".": "public"}})
    assert after is not None
    assert plugin_options(values_in(after) or {}) == {
        "visibility": {"finance": "internal", ".": "public"},
        "severity": {"HB806": "error"},
    }


SCALARS = st.one_of(
    st.booleans(), st.integers(-9, 99), st.sampled_from(["", "a", "handrail", "- x", "#", "a: b", "ä", "1.0"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
OURS = st.fixed_dictionaries(
    {},
    optional={
        "timezone": st.just("UTC"),
        "severity": st.dictionaries(st.sampled_from(["HB301", "HB806", "orphan"]), st.just("error"), max_size=2),
        "assets": st.lists(st.sampled_from(["CNAME", "a b"]), max_size=2, unique=True),
        "visibility": st.dictionaries(st.sampled_from([".", "a"]), st.just("internal"), max_size=2),
    },
)
ENTRIES = st.sampled_from(["search", "tags"]) | st.builds(
    lambda name, value: {name: value}, st.sampled_from(["search", "tags"]), VALUES
)
OUR_ENTRY = st.just("handrail") | st.builds(lambda options: {"handrail": options}, st.none() | OURS)


@st.composite
def configurations(draw: st.DrawFn) -> str:
    plugins: Any = draw(st.lists(ENTRIES, max_size=3))
    if draw(st.booleans()):
        plugins.insert(draw(st.integers(0, len(plugins))), draw(OUR_ENTRY))
    config = {"site_name": draw(SCALARS), "plugins": plugins, "extra": draw(VALUES)}
    keys = draw(st.permutations(list(config)))
    flow, indent, width = (
        draw(st.sampled_from([None, True, False])),
        draw(st.integers(2, 5)),
        draw(st.sampled_from([20, 999])),
    )
    text: str = yaml.safe_dump(
        {key: config[key] for key in keys}, default_flow_style=flow, indent=indent, width=width, sort_keys=False
    )
    remarks = st.sampled_from(["", "", "", " # note", "\n", "\n    # far", "\n# near"])
    lines = [line + draw(remarks) for line in text.splitlines()]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return "\n".join([*lines, ""]).replace("\n", end) if draw(st.booleans()) else "\n".join(lines).replace("\n", end)


@given(configurations(), OURS)
def test_any_configuration_says_the_same_and_ours_or_is_left(text: str, options: dict[str, Any]) -> None:
    was = values_in(text)
    after = with_options(text, options)
    if after is None or was is None:
        return
    says_the_same_and_ours(text, after, options)
    assert with_options(after, options) == after
