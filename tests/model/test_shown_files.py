"""Which pictures, sounds and films a body shows: one too many costs a signature, one too few could be exchanged unseen."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.model.shown_files import Home, ShownFiles

HOME = Home("money", "money/pay")
FILES = [
    "money/form.png", "money/in/form.png", "other.png", "money/två ord.png", "money/a b/c d.svg", "money/talk.mp3",
    "money/form.pdf", "money/page.md", "money/Large.PNG", "money/pay/near.png", "img/root.webp", "money/form2.png",
]  # fmt: skip
SHOWN = {
    "a picture": ("![A](form.png)", ["money/form.png"]),
    "in a folder": ("![A](in/form.png)", ["money/in/form.png"]),
    "from the folder": ("![A](./form.png)", ["money/form.png"]),
    "from above": ("![A](../other.png)", ["other.png"]),
    "from the root": ("![A](/other.png)", ["other.png"]),
    "from the root of a site in a folder": ("![A](/handbook/other.png)", ["other.png"]),
    "at the site's own host": ("![A](https://handbook.example/img/root.webp)", ["img/root.webp"]),
    "from the page's address": ("![A](../form.png)", ["money/form.png"]),
    "below the page's address": ('<img src="near.png">', ["money/pay/near.png"]),
    "percent-encoded": ("![A](f%6frm%2Epng)", ["money/form.png"]),
    "in entities": ('<img src="f&#111;rm&period;png">', ["money/form.png"]),
    "percent-encoded in entities": ('<img src="f&#37;6frm.png">', ["money/form.png"]),
    "with a blank": ("![A](<a b/c d.svg>)", ["money/a b/c d.svg"]),
    "with a blank, encoded": ("![A](a%20b/c%20d.svg)", ["money/a b/c d.svg"]),
    "in large letters": ("![A](large.png)", ["money/Large.PNG"]),
    "in another form of Unicode": (f"![A]({unicodedata.normalize('NFD', 'två ord.png')})", ["money/två ord.png"]),
    "by a definition": ("![A]\n\n[A]: form.png", ["money/form.png"]),
    "by a definition on the next line": ("![A]\n\n[A]:\n    form.png 'x'", ["money/form.png"]),
    "in code": ("`form.png`", ["money/form.png"]),
    "in a block of code": ("```\n<img src=form.png>\n```", ["money/form.png"]),
    "in a comment": ("<!-- form.png -->", ["money/form.png"]),
    "in words": ("See form.png.", ["money/form.png"]),
    "with an escape": (r"![A](form\.png)", ["money/form.png"]),
    "with a line end within": ('<img src="fo\nrm.png">', ["money/form.png"]),
    "with a question behind": ("![A](form.png?raw=1#only-light)", ["money/form.png"]),
    "several in a srcset": ('<img srcset="form.png 1x, form2.png 2x">', ["money/form.png", "money/form2.png"]),
    "a sound": ('<audio src="talk.mp3">', ["money/talk.mp3"]),
    "in a style": ("{ style='background: url(form.png)' }", ["money/form.png"]),
    "twice": ("![A](form.png) ![B](form.png)", ["money/form.png"]),
    "two that might be meant": ("![A](nowhere/form.png)", []),
    "no such file": ("![A](none.png)", []),
    "the end of another's name": ("![A](reform.png)", []),
    "what is only linked to": ("[A](form.pdf) [B](page.md)", []),
    "nothing": ("Text", []),
}


@pytest.mark.parametrize(("body", "paths"), SHOWN.values(), ids=SHOWN)
def test_a_file_counts_wherever_its_path_stands(body: str, paths: list[str]) -> None:
    assert ShownFiles(FILES).shown_by(body, HOME) == paths


def test_where_it_can_not_be_told_which_is_meant_all_are() -> None:
    files = ShownFiles(["a/x.png", "b/x.png"])
    assert files.shown_by("![A](x.png)", Home("c", "c/d")) == ["a/x.png", "b/x.png"]
    assert files.shown_by("![A](x.png)", Home("a", "a/d")) == ["a/x.png"]


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(FILES), max_size=3), st.sampled_from(["({})", "`{}`", "<{}>", '"{}"', "\n{}\n", " {} "])
)
def test_each_path_from_the_root_is_found_in_any_company(paths: list[str], around: str) -> None:
    body = "x".join(around.format(f"/{path}") for path in paths)
    shown = ShownFiles(FILES).shown_by(body, HOME)
    assert {path for path in paths if not path.endswith((".pdf", ".md"))} <= set(shown)
