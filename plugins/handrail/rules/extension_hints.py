"""What to write where an extension of Markdown has to read it, and how it is switched on where it is not."""

from __future__ import annotations

from handrail.model.project import Project

_ATTRIBUTES = "attr_list"
_NOTES = "admonition"
_IN_HTML = "md_in_html"
_TABS = "pymdownx.tabbed: {alternate_style: true}"


def as_note(project: Project, kind: str, *, mark: str = "") -> str:
    """Return how a note is written in the place of another program's; `mark` is what begins its lines there."""
    behind = f"with four spaces in the place of `{mark}`" if mark else "each line behind four spaces"
    written = f"Write `!!! {kind}` in its place and the text below it, {behind}"
    return (
        f"{written}." if project.markdown.draws_notes else f"{written}; to make a note of it, {_add(project, _NOTES)}"
    )


def as_tab(project: Project, title: str) -> str:
    """Return how a tab is written in the place of another program's."""
    written = f'Write `=== "{title}"` in its place and the text below it, each line behind four spaces'
    return f"{written}." if project.markdown.draws_tabs else f"{written}; to make a tab of it, {_add(project, _TABS)}"


def to_have_attributes_read(project: Project) -> str:
    """Return how what stands in braces behind a heading comes to be read."""
    return f"To have it read, {_add(project, _ATTRIBUTES)}"


def to_have_html_read(project: Project, element: str, *, asks: bool) -> str:
    """Return how what stands in an element of HTML comes to be read as Markdown; `asks` says that it has the attribute for that."""
    written = f'Write `<{element} markdown="1">` in the place of `<{element}>`, on a line of its own'
    if project.markdown.reads_html:
        return f"{written}."
    return f"To have it read, {_add(project, _IN_HTML)}" if asks else f"{written}; and {_add(project, _IN_HTML)}"


def _add(project: Project, entry: str) -> str:
    if project.markdown.are_listed:
        return f"add to `markdown_extensions` in {project.config_file.name}: {entry}"
    listed = f"{{{entry}}}" if ":" in entry else entry
    return f"add this line to {project.config_file.name}: markdown_extensions: [{listed}]"
