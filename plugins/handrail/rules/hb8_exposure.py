"""HB8: something could reach readers, or run, that must not."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.kept_back import is_our_word, said_visibility
from handrail.model.page import meant_kind
from handrail.rules.finding import Severity
from handrail.rules.folders import absent, not_there
from handrail.rules.registry import Hit, at, rule
from handrail.rules.subjects import of_field
from handrail.words.language import quoted
from handrail.words.options import adding


@rule("HB801", "symlink", Severity.ERROR)
def symlink(handbook: Handbook) -> Iterator[Hit]:
    """A file or folder of the handbook is a symbolic link.

    It can point at anything on the machine that builds the site, and would publish it. It is not read.

    **What to do.** Put the file itself there.
    """
    for path in handbook.files.symlinks:
        yield Hit(
            handbook.project.from_root(path),
            "This is a symbolic link, which could publish a file from anywhere.",
            "Put the file itself in its place.",
        )


@rule("HB803", "prose-visibility", Severity.ERROR)
def prose_visibility(handbook: Handbook) -> Iterator[Hit]:
    """Prose says who may read it, which only its folder can.

    Nobody could be sure that it is obeyed, so the page is withheld.

    **What to do.** Add `kind: page`, an `id` and a `title`, so that the page speaks for itself; or set the folder's visibility in `mkdocs.yml`.
    """
    for page in handbook.pages:
        if page.is_prose and page.source.data:
            key = None if meant_kind(page.source.data) else said_visibility(page.source.data, handbook.today)
            if key is not None and is_our_word(key):
                yield Hit(
                    at(page, (key,), key=True),
                    f"Prose can't say {quoted(key)}; its folder does, so the page is withheld.",
                    "Add `kind: page`, an `id` and a `title`, or delete the line.",
                    subject=of_field((key,)),
                )


@rule("HB804", "macros-switched-on", Severity.ERROR)
def macros_switched_on(handbook: Handbook) -> Iterator[Hit]:
    """A page switches template code on by itself.

    That is for the settings to say, where those who answer for the site see it.

    **What to do.** Delete the line, or list the page in the setting `macros`.
    """
    for page in handbook.pages:
        if page.is_prose and "render_macros" in page.source.data and page.source.data["render_macros"] is not False:
            yield Hit(
                at(page, ("render_macros",), key=True),
                "This page switches template code on by itself.",
                f"Delete the line; if the page needs macros, {adding(handbook.project, 'macros', page.src_uri)}.",
            )


@rule("HB810", "private-people", Severity.ERROR, gets_out=True)
def private_people(handbook: Handbook) -> Iterator[Hit]:
    """The list of people is not public, and public pages show its names and jobs.

    Who decides, who signed and who is asked stands on every page that is signed: that is what lets readers trust it. A list
    that may not be seen would be told there piece by piece.

    **What to do.** Make the list public, with just the people who stand on public pages; or make those pages internal.
    """
    registry = handbook.registry_page
    shown = [page for page in handbook.pages if page.visibility == "public" and page is not registry]
    if registry is not None and shown and registry.visibility in ("internal", "confidential"):
        yield Hit(
            at(registry, ("visibility",)),
            "This list is not public, and public pages show names and jobs out of it.",
            "Make it public, or make the pages that show its people internal.",
            tuple((at(page), "This page may be seen by everyone.") for page in shown[:1]),
        )


@rule("HB811", "restricted-folder-missing", Severity.ERROR, gets_out=True)
def restricted_folder_missing(handbook: Handbook) -> Iterator[Hit]:
    """A setting keeps a folder from the public that is not there.

    It was renamed or mistyped, and by its new name it may be public: what was to be kept in would be published.

    **What to do.** Name the folder as it is called now, counted from the folder of the pages: `operations`, not
    `content/operations`. If it has gone for good, take the line out.
    """
    for named in absent(handbook):
        if named.option == "visibility" and handbook.settings.visibility[named.folder] != "public":
            yield not_there(handbook, named, "Name it as it is called now; if it has gone for good, take the line out.")
