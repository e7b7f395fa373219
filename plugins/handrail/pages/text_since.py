"""What has become of a page's text since it was signed last, as far as its readers may know."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.model.page import Page
from handrail.model.past import Former
from handrail.model.publication import may_be_in
from handrail.model.signoff import Given, SignOff
from handrail.pages.audience import Link, Shown
from handrail.pages.views import Difference, Row, Words
from handrail.report.changes import Change, change_to_show
from handrail.words.language import in_words


@dataclass(frozen=True, slots=True)
class TextSince:
    """A page's text since it was last signed: the signature, the text as it was, and what has changed."""

    given: Given
    former: Former | None
    change: Change | None


def text_since(shown: Shown, page: Page, sign_off: SignOff) -> TextSince | None:
    """Return what has become of a text that was signed and has changed since; None where none was."""
    given = sign_off.changed_since
    if given is None:
        return None
    former = given.text.former
    if former is not None and not may_be_seen(shown, former):
        return TextSince(given, None, None)
    change = change_to_show(shown.handbook, page, given, lambda target: target is not None and shown.may_name(target))
    return TextSince(given, former, change)


def may_be_seen(shown: Shown, former: Former) -> bool:
    """Say whether a former text may be shown: a page that is public today may have been internal, or in such a folder."""
    audience = shown.handbook.settings.audience
    return former.page.may_be_seen_by(audience) and may_be_in(shown.handbook.past.widest(former), audience)


def difference(shown: Shown, moved: TextSince | None) -> Difference | None:
    """Return what has changed: words, fields, links and files."""
    if moved is None or moved.change is None or moved.change.is_empty:
        return None
    change = moved.change
    title = f"What has changed since {in_words(moved.given.signature.signed_on)}"
    rows = [Row(one.name, (one.words,)) for one in change.fields]
    rows += [Row("Link", (str(one),)) for one in change.links]
    for one in change.files:
        compare: Words = ()
        if one.commit and shown.forge is not None:
            compare = (". ", Link("Compare", url=shown.forge.compare(one.commit, one.path)))
        rows.append(Row("Picture or recording", (str(one), *compare)))
    return Difference(title, change.pieces, tuple(rows))


def counted(moved: TextSince) -> str:
    """Say how many words have changed, or why nobody knows."""
    if moved.change is None:
        return " What has changed since can't be shown."
    if moved.former is None:
        # What git says when it fails may hold paths of the machine that builds the site.
        why = moved.change.unknown if not moved.given.text.git_reason else ""
        return f" What has changed since can't be shown.{' ' + why if why else ''}"
    if moved.change.is_empty:
        return f" {moved.change.sentence}"
    return f" Since then {moved.change.in_figures()}."
