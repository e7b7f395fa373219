"""HB2: lines that ask for a view of the handbook, and will not get it."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.nearest import nearest
from handrail.model.view_lines import ViewName, view_lines
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, in_body, rule
from handrail.words.language import join_words, quoted


@rule("HB217", "unknown-view", Severity.WARNING)
def unknown_view(handbook: Handbook) -> Iterator[Hit]:
    """A page asks for a view that there is not, or in the middle of a text, so that readers see its brackets.

    `[[view:search]]` is a field to search in, `[[view:departments]]` a card for each department, `[[view:changed]]` what has
    changed lately, `[[view:state]]` a sentence on how the procedures stand, `[[view:objectives]]` what is to be reached.

    **What to do.** Write one of these names, on a line of its own with an empty line before and behind it.
    """
    for page in handbook.pages:
        if page.bears_views:
            body = page.source.body
            for line in view_lines(body):
                written = body[line.offset : line.end]
                if line.name not in tuple(ViewName):
                    close = nearest(line.name, ViewName)
                    every = join_words((f"[[view:{name}]]" for name in ViewName), "or")
                    yield Hit(
                        in_body(page, line.offset, line.end),
                        f"{quoted(written)} asks for a view that there is not.",
                        f"Did you mean [[view:{close}]]?" if close else f"Write {every}.",
                        subject=line.name,
                    )
                elif not line.is_alone:
                    yield Hit(
                        in_body(page, line.offset, line.end),
                        f"{quoted(written)} is shown with its brackets, for it does not stand on a line of its own.",
                        "Put it on a line of its own, with an empty line before and behind it.",
                        subject=line.name,
                    )
