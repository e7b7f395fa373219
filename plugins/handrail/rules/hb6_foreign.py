"""HB6: signs that mean something to another program, and stand on the site as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from handrail.model.handbook import Handbook
from handrail.model.publication import why_withheld
from handrail.rules.extension_hints import as_note, to_have_html_read
from handrail.rules.finding import Severity
from handrail.rules.registry import Hit, in_body, rule
from handrail.text.frontmatter import shown_fields
from handrail.text.html_blocks import asks_for_markdown, html_blocks, markdown_in
from handrail.text.markdown import without_code
from handrail.words.language import quoted

_MOST = 20
_KINDS = "note|tip|info|important|warning|caution|danger|question|quote|example|abstract|success|failure|bug|todo"
_COMMENT = re.compile(r"(?<![%\w])%%(?!%)(?:[^%]|%(?!%)){1,2000}+%%(?![%\w])")
_NOTE = re.compile(
    rf"(?:(?<=[\r\n])|\A) {{0,3}}(?::::+[ \t]*+(?P<fence>{_KINDS})\b|>[ \t]*+\[!(?P<alert>{_KINDS})\])", re.IGNORECASE
)
_READ_BY = ("obsidian", "callout", "admonition-blocks")
"""Parts of the names of plugins that take such signs for what they were meant as."""


@rule("HB605", "foreign-signs", Severity.INFO)
def foreign_signs(handbook: Handbook) -> Iterator[Hit]:
    """A comment or a note is written as another program reads it, and is shown as it was typed.

    To Obsidian `%% … %%` is a comment that only its author sees; here everyone reads it. The site knows neither `:::note`, as
    Docusaurus has it, nor GitHub's alerts in quotations.

    **What to do.** Write the comment, or the note, as the hint says.
    """
    project = handbook.project
    if project.markdown.unknown or any(part in name for name in project.plugins for part in _READ_BY):
        return
    for page in handbook.pages:
        body = page.source.body
        if page.source.readable and ("%%" in body or ":::" in body or "[!" in body):
            text = without_code(body)
            for match in islice(_COMMENT.finditer(text), _MOST):
                yield Hit(
                    in_body(page, match.start(), match.end()),
                    "What stands between %% and %% is a comment to Obsidian only; here everyone reads it.",
                    "Put it between <!-- and -->, or delete it.",
                    subject="%%",
                )
            for match in islice(_NOTE.finditer(text), _MOST):
                kind = (match["fence"] or match["alert"]).lower()
                yield Hit(
                    in_body(page, match.start(), match.end()),
                    f"This begins a note to another program, and is shown as it was typed: `{match[0].strip()}`.",
                    as_note(project, kind, mark=">" if match["alert"] else ""),
                    subject=kind,
                )


@rule("HB606", "foreign-fields", Severity.WARNING)
def foreign_fields(handbook: Handbook) -> Iterator[Hit]:
    """Fields of another program begin a page without a line `---` above them, and readers see them as text.

    **What to do.** Put a line `---` above the first field, and one below the last where there is none.
    """
    for page in handbook.pages:
        if (
            not page.is_prose
            or page.source.has_front_matter
            or why_withheld(page, handbook.settings.audience) is not None
        ):
            continue  # fields of our own names may have said who may see the page, which is the graver finding
        found = shown_fields(page.source.body)
        if found is not None:
            more = "" if found.has_end else " and one below the last"
            yield Hit(
                in_body(page, found.offset, found.offset + len(found.name)),
                f"The page begins with the field `{found.name}` but without the line --- above it, so readers see its fields as text.",
                f"Put a line of three hyphens (---) above the first field{more}.",
                subject=found.name,
            )


@rule("HB607", "markdown-in-html", Severity.WARNING)
def markdown_in_html(handbook: Handbook) -> Iterator[Hit]:
    """Markdown stands in an element of HTML, such as `<details>`, and readers see it as it was typed.

    GitHub and many other programs read Markdown below an empty line there. This site does where the element has the attribute
    `markdown`, and the extension `md_in_html` is switched on. It is told once for each element.

    **What to do.** Give the element the attribute, as the hint says; or write what stands in it as HTML.
    """
    markdown = handbook.project.markdown
    if markdown.unknown:
        return  # another extension may read it
    for page in handbook.pages:
        body = page.source.body
        if not page.source.readable or "<" not in body:
            continue
        text = without_code(body)
        for start, end in islice(html_blocks(text, by_attribute=markdown.reads_html), _MOST):
            found = markdown_in(text, start, end)
            if found is not None:
                sign = body[slice(*found.span)]
                yield Hit(
                    in_body(page, *found.span),
                    f"Readers see {quoted(sign)} as it stands, for nothing on this site reads Markdown in `<{found.element}>`.",
                    to_have_html_read(handbook.project, found.element, asks=asks_for_markdown(found.attributes)),
                    subject=sign,
                )
