"""A template is compiled once, and again when it says something else."""

from __future__ import annotations

from functools import partial
from unittest.mock import Mock, patch

from jinja2 import DictLoader, Environment

from handrail.engines.compiled import Compiled


def test_a_template_that_says_something_else_is_compiled_again() -> None:
    kept, compiled = Compiled(), Mock(side_effect=partial(compile, mode="exec"))
    texts = {"page.html": "<p>{{ words }}</p>"}

    def rendered() -> str:
        env = Environment(loader=DictLoader(texts), bytecode_cache=kept, autoescape=True)
        with patch.object(env, "_compile", compiled):
            return env.get_template("page.html").render(words="Well")

    assert [rendered(), rendered()] == ["<p>Well</p>"] * 2
    assert compiled.call_count == 1
    texts["page.html"] = "<b>{{ words }}</b>"
    assert rendered() == "<b>Well</b>"
    assert compiled.call_count == 2
