"""HB8: lines that ask for a view of the handbook on a page that people sign."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.view_lines import view_lines
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, in_body, rule
from handrail.words.language import quoted


@rule("HB814", "view-on-signed-page", Severity.ERROR)
def view_on_signed_page(handbook: Handbook) -> Iterator[Hit]:
    """A page that people sign asks for a view of the handbook.

    What a view shows changes by itself, so nobody could have signed it. Readers see its brackets instead.

    **What to do.** Link to a page that shows the view, such as the home page.
    """
    for page in handbook.pages:
        if not page.bears_views:
            body = page.source.body
            for line in view_lines(body):
                written = body[line.offset : line.end]
                yield Hit(
                    in_body(page, line.offset, line.end),
                    f"{quoted(written)} would change by itself what people sign here, so it is shown as it stands.",
                    "Take it out, and link to a page that shows it.",
                    subject=line.name,
                )
