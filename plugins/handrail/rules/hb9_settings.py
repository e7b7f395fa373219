"""HB9: settings and ignores that don't do what someone meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from handrail.model.handbook import Handbook
from handrail.model.kept_back import said_visibility
from handrail.model.names import folded
from handrail.model.nearest import nearest
from handrail.model.page import Page, meant_kind
from handrail.model.project import PLUGIN
from handrail.model.setting_places import FilePlace
from handrail.model.settings import fits
from handrail.model.signoff import bears_signatures
from handrail.rules.finding import Severity
from handrail.rules.folders import absent, not_there
from handrail.rules.ignores import Ignore, Ignores
from handrail.rules.registry import Hit, Spot, at, find_rule, rule, unknown_rule
from handrail.words.language import count_of, in_words, quoted
from handrail.words.options import adding_folder, at_beginning, in_place_of


def _spot(handbook: Handbook, ignore: Ignore) -> Spot | FilePlace | str:
    if ignore.page is None:
        return handbook.project.place_of("ignore", ignore.index)
    return at(ignore.page, ("ignore", ignore.index))


def _subject(ignore: Ignore) -> str:
    return f"{ignore.rule} {ignore.pattern}".strip()


@rule("HB905", "append-left-out", Severity.INFO, once=True)
def append_left_out(handbook: Handbook) -> Iterator[Hit]:
    """What the setting `auto_append` puts at the end of pages is left out of those that are signed.

    Nobody signs what stands in another file, such as a glossary of abbreviations, so signed pages are shown without it.

    **What to do.** Nothing; or explain an abbreviation in the page where it is used.
    """
    appended = handbook.project.markdown.options.get("pymdownx.snippets", {}).get("auto_append")
    signed = [page for page in handbook.documents if bears_signatures(page)]
    if appended and signed:
        yield Hit(
            handbook.project.config_file.name,
            f"`auto_append` of the extension snippets is left out of {count_of(len(signed), 'page')} that "
            f"{'is' if len(signed) == 1 else 'are'} signed.",
            "Nothing has to be done; nobody has signed what it would append.",
        )


@rule("HB901", "unjustified-ignore", Severity.WARNING, judges_ignores=True)
def unjustified_ignore(handbook: Handbook, ignores: Ignores) -> Iterator[Hit]:
    """A finding is asked to be ignored without a reason, or for longer than was said.

    Such a request ignores nothing. Whoever reads it later has to know why it is there.

    **What to do.** Add a `reason`; if it still holds, move `until`.
    """
    for ignore in ignores.all:
        where = "" if ignore.page else f" in {quoted(ignore.pattern)}"
        if not ignore.reason:
            yield Hit(
                _spot(handbook, ignore),
                f"Ignoring {quoted(ignore.rule)}{where} gives no reason, so nothing is ignored.",
                "Add `reason:` with one sentence.",
                subject=_subject(ignore),
            )
        elif ignore.until is not None and ignore.has_run_out(handbook.today):
            yield Hit(
                _spot(handbook, ignore),
                f"Ignoring {quoted(ignore.rule)}{where} ran out on {in_words(ignore.until)}, so nothing is ignored.",
                "Fix the cause, or move `until` if the reason still holds.",
                subject=_subject(ignore),
                by_time=True,
            )


def _lies_there(handbook: Handbook, ignore: Ignore) -> bool:
    """Say whether an ignore is a page's own, or one of the settings that fits anything there is."""
    there = (*handbook.by_src_uri, *handbook.files.assets, handbook.project.config_file.name)
    return ignore.page is not None or any(fits(ignore.pattern, path) for path in there)


@rule("HB902", "unused-ignore", Severity.INFO, judges_ignores=True)
def unused_ignore(handbook: Handbook, ignores: Ignores) -> Iterator[Hit]:
    """A finding is asked to be ignored that is not there.

    It was fixed, or the rule's name is mistyped. Or it can't be ignored: what could get out to readers, or run in their
    browsers, and errors for which a page is withheld.

    **What to do.** Delete the entry, or fix the name. What can't be ignored may be given another severity for the whole
    handbook, in the setting `severity`; what it names stays withheld.
    """
    for ignore in ignores.all:
        if ignore.used or not ignore.reason or ignore.has_run_out(handbook.today):
            continue
        said = f"Nothing is found that {quoted(ignore.rule)} would be ignored for."
        if ignore.refused:
            said = f"{quoted(ignore.rule)} can't be ignored here: what it finds could get out, or the page is withheld for it."
        yield Hit(_spot(handbook, ignore), said, _instead_of_ignoring(handbook, ignore), subject=_subject(ignore))


def _instead_of_ignoring(handbook: Handbook, ignore: Ignore) -> str:
    known = find_rule(ignore.rule)
    if known is None:
        return unknown_rule(ignore.rule)
    if ignore.refused:
        return "Fix the cause, or give the rule another severity for the whole handbook."
    if known.family == "HB8" and ignore.page is not None:
        return "A page can't ignore findings of exposure; fix the cause."
    if not _lies_there(handbook, ignore):
        close = nearest(ignore.pattern, {*handbook.files.folders, *handbook.by_src_uri})
        return f"Nothing lies at {quoted(ignore.pattern)}; {f'did you mean {quoted(close)}?' if close else 'delete the entry.'}"
    return "Delete the entry."


@rule("HB903", "folder-without-visibility", Severity.WARNING, once=True)
def folder_without_visibility(handbook: Handbook) -> Iterator[Hit]:
    """No setting says who may read the prose of a folder, so it is withheld.

    Prose takes its visibility from its folder, so that nothing is published by accident.

    **What to do.** Name the folder, or one above it, under `visibility` below `handrail:` in `mkdocs.yml`.
    """
    folders: dict[str, list[Page]] = defaultdict(list)
    for page in handbook.pages if handbook.project.is_switched_on else ():
        if (
            page.is_prose
            and page.visibility is None
            and not (said_visibility(page.source.data, handbook.today) or meant_kind(page.source.data))
        ):
            folders[page.folder].append(page)
    for folder, pages in folders.items():
        name = folder or "."
        alike = next((named for named in handbook.settings.visibility if folded(named) == folded(name)), None)
        count = "one page" if len(pages) == 1 else f"{len(pages)} pages"
        yield Hit(
            at(pages[0]),
            f"No setting says who may read the prose in {quoted(name)}, so {count} of it {'is' if len(pages) == 1 else 'are'} withheld.",
            at_beginning(in_place_of(handbook.project, "visibility", name, alike))
            if alike
            else at_beginning(adding_folder(handbook.project, name, "public")),
            tuple((at(page), "This page is withheld too.") for page in pages[1:20]),
            subject=name,
        )


@rule("HB904", "folder-not-there", Severity.WARNING)
def folder_not_there(handbook: Handbook) -> Iterator[Hit]:
    """A setting names a folder that is not there.

    It was renamed or mistyped. What a setting says of a folder by the wrong name holds for nothing: a folder that was meant
    to be internal may be public.

    **What to do.** Fix the name in `mkdocs.yml`. It counts from the folder of the pages: `operations`, not
    `content/operations`.
    """
    for named in absent(handbook):
        if named.option == "governed" or handbook.settings.visibility[named.folder] == "public":
            yield not_there(handbook, named, "Fix the name, or take it out.")


@rule("HB910", "no-plugin", Severity.WARNING)
def no_plugin(handbook: Handbook) -> Iterator[Hit]:
    """The site has no plugin `handrail`, so a build heeds none of its settings and withholds nothing.

    A handbook can be checked before that, as one without settings. Often the plugin's name is only mistyped.

    **What to do.** Add a line `- handrail:` below `plugins:` in `mkdocs.yml`, and the settings below it.
    """
    project = handbook.project
    if project.is_switched_on:
        return
    number, slip = next(((at, name) for at, name in enumerate(project.plugins) if nearest(name, [PLUGIN])), (0, ""))
    if slip:
        yield Hit(
            project.place_of("plugins", number),
            f"There is no plugin {quoted(slip)}, so what is written below it counts for nothing here.",
            f"Did you mean `{PLUGIN}`?",
            subject=slip,
        )
        return
    added = f"Add a line below plugins:   - {PLUGIN}:" if project.plugins else f"Add a line plugins: [search, {PLUGIN}]"
    yield Hit(
        project.place_of("plugins"),
        f"The site has no plugin `{PLUGIN}`, so the handbook is checked as one without settings, and a build would withhold nothing.",
        added,
    )
