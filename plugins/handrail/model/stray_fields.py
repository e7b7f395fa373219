"""Fields at the top of a page that nobody can read as such: one wrong sign has made text of what said who may see it.

`text.frontmatter` names most of those slips to their author. Here it matters only that none of them publishes a private page,
so this looks for the fields themselves, however what stands round them is written.
"""

from __future__ import annotations

import re
import unicodedata

from handrail.model.nearest import nearest
from handrail.model.settings import VISIBILITIES
from handrail.text.markdown import without_code

FENCES = ("---", "+++", "```", "~~~")
"""What fields are fenced by, here and elsewhere, and code."""

_NAMES = frozenset(("kind", "id", "title", "visibility", "state"))
_ENOUGH = 2
"""One such line may stand in any text, such as `Title: …` in a list of books."""

_TOP = 60  # lines; the longest front matter of a page that says who may see it further down would be read as one
_CODE = ("```", "~~~")
_FIELD = re.compile(
    r"(?:^|[,{}])(?:[^\w\n]|_)*+(?P<name>\w++)(?P<sign>(?:[^\w\n]|_)*?(?:[:=]+|[^\S\n])(?:[^\w\n]|_)*+)(?P<value>\w*+)",
    re.MULTILINE,
)
_VISIBILITY = frozenset("visibility")
_ALIKE = 5
"""So many letters of the word are in whatever is nearly it; asking that first is quick."""


def begins_with_fields(text: str) -> bool:
    """Say whether fields of a document stand at the top of a text."""
    top = text.lstrip()
    if not top.startswith(_CODE):  # what begins a page in the place of its fields is no example of them
        # Twice as much, for a code block may end below the top.
        top = without_code("".join(text.splitlines(keepends=True)[: 2 * _TOP]))
    top = "\n".join(top.splitlines()[:_TOP])
    found = set()
    for typed, sign, value in _FIELD.findall(top if top.isascii() else _plain(top)):
        name = typed.casefold()
        if name in _NAMES and (":" in sign or "=" in sign):
            found.add(name)
        if len(_VISIBILITY & set(name)) >= _ALIKE and nearest(name, ("visibility",)) and nearest(value, VISIBILITIES):
            return True
    return len(found) >= _ENOUGH


def _plain(text: str) -> str:
    """Return a text as a reader sees it."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
