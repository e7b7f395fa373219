"""Fields at the top of a page that nobody can read as such: one wrong sign has made text of what said who may see it.

`text.fences` names most of those slips to their author. Here it matters only that none of them publishes a private page,
so this looks for the fields themselves, however what stands round them is written.
"""

from __future__ import annotations

import re
import unicodedata

from handrail.model.nearest import nearest
from handrail.model.settings import VISIBILITIES
from handrail.text.markdown import without_code

_NAMES = frozenset(("kind", "id", "title", "visibility", "state"))
_ENOUGH = 2
"""One such line may stand in any text, such as `Title: …` in a list of books."""

_TOP = 60  # lines; the longest front matter of a page that says who may see it further down would be read as one
_CODE = ("```", "~~~")
_FIELD = re.compile(r"[\W_]*+(?P<name>\w++)[\W_]*?(?:[:=]+|\s)[\W_]*+(?P<value>\w*+)")


def begins_with_fields(text: str) -> bool:
    """Say whether fields of a document stand at the top of a page that has no front matter."""
    top = text.lstrip()
    if not top.startswith(_CODE):  # what begins a page in the place of its fields is no example of them
        top = without_code(text)
    found = set()
    for line in unicodedata.normalize("NFKC", "\n".join(top.splitlines()[:_TOP])).splitlines():
        seen = "".join(sign for sign in line if unicodedata.category(sign) != "Cf")
        for part in re.split(r"[,{}]", seen):
            match = _FIELD.match(part)
            if match is None:
                continue
            name, value = match["name"].casefold(), match["value"]
            is_field = ":" in match[0] or "=" in match[0]
            if is_field and name in _NAMES:
                found.add(name)
            if nearest(name, ("visibility",)) and nearest(value, VISIBILITIES):
                return True
    return len(found) >= _ENOUGH
