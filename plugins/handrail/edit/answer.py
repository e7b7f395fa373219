"""Answers somebody who signs by an issue of the forge: records the signature, or says why not and what to do.

An answer names the page and shows what has changed in it, also of a page that the site withholds: it stands in the
repository that the page stands in, and whoever may read the one may read the other. The note is never repeated; it
stands in the issue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal
from zoneinfo import ZoneInfo

from handrail.edit.event import Event, Form, read_form
from handrail.edit.sign import Signed, Wish, find, gave, sign
from handrail.edit.withdraw import took_back, withdraw
from handrail.errors import UsageError
from handrail.forge.forge import Forge
from handrail.forge.signing_links import DISAGREES, issue_form_url
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.people import Person
from handrail.model.references import parse_reference
from handrail.report.changes import change
from handrail.report.difference import difference_lines
from handrail.report.markdown import fenced, headline, said
from handrail.text.digest import parse_digest
from handrail.words.language import in_words, join_words
from handrail.words.signing import holds, who_may

Outcome = Literal["recorded", "refused", "already", "ignored"]
_MOST_SHOWN = 20_000
"""How many characters of a difference an answer shows; a forge takes about three times as many."""
_NOTHING = "Nothing is recorded."


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of an issue: a comment in Markdown, and for a recorded signature the page, not yet written.

    `before` is that page as it was read.
    """

    outcome: Outcome
    comment: str = ""
    number: int = 0
    publish: str = ""
    signed: Signed | None = None
    before: bytes = b""
    is_withdrawal: bool = False

    def data(self) -> dict[str, Any]:
        """Return what those who write to the forge have to know; paths are relative to the project's folder."""
        signed = self.signed
        said = took_back if self.is_withdrawal else gave
        given = headline(said(signed)).rstrip(".") if signed is not None else ""
        return {
            "outcome": self.outcome,
            "comment": self.comment,
            "close": self.outcome != "ignored",
            "paths": [signed.page.path] if signed is not None else [],
            "branch": f"sign-off/issue-{self.number}" if signed is not None else "",
            "title": f"Sign-off: {given}" if given else "",
            "commit": f"Record the sign-off of issue {self.number}: {given}" if given else "",
            "publish": self.publish,
        }


IGNORED = Answer("ignored")


def answer(handbook: Handbook, event: Event, read: Callable[[Page], bytes]) -> Answer:
    """Answer an issue that was opened; `read` returns the bytes of a page."""
    form = read_form(event.body)
    if form is None or parse_reference(form.page) is None:
        return _refused(
            event, "The form is not as the page's button fills it in; go back to the page and use the button again."
        )
    if form.disagrees and not form.reason:
        return _refused(
            event, f"Say why you do not agree: open the form again, and write the reason after “{DISAGREES}”."
        )
    try:
        page = find(handbook, form.page)
        if any(entry.get("evidence") == event.address for entry in page.entries("sign_offs")):
            recorded = f"The signature of this issue is in {page.path} already; nothing is recorded a second time."
            return Answer("already", said(recorded), event.number)
        day = event.opened.astimezone(ZoneInfo(handbook.settings.timezone)).date()
        signer = _signer(handbook, event, page, form, day)
        is_other = form.digest != str(handbook.texts.digest(page))
        # Of another text than the one that was read, only whether they may sign it at all is asked.
        wish = Wish(form.role, signer.id, handbook.today if is_other else day, form.note, event.address)
        before = read(page)
        if form.disagrees:
            signed = withdraw(handbook, page, before, replace(wish, note=""), form.reason)
        else:
            signed = sign(handbook, page, before, wish)
    except UsageError as error:
        return _refused(event, str(error))
    if is_other:
        return _of_another_text(handbook, event, page, form)
    publish = handbook.settings.record_sign_offs
    return Answer("recorded", _thanks(handbook, form, signed), event.number, publish, signed, before, form.disagrees)


def _signer(handbook: Handbook, event: Event, page: Page, form: Form, day: date) -> Person:
    """Return whose account opened the issue; raises UsageError where that is nobody who could sign."""
    may = f"Who may sign: {who_may(handbook.sign_off(page), form.role)}"
    if event.moved or event.sender.lower() != event.login.lower():
        raise UsageError(
            "This issue was not opened here by the one it names, so nobody can tell whose words it holds; "
            "go back to the page and use the button there."
        )
    if not event.is_person:
        raise UsageError(f"The account {event.login} is a program's, and a person signs. {may}")
    known = [one for one in handbook.registry.people.values() if _handle(one) == event.login.lower()]
    here = [one for one in known if one.is_here(day)]
    if len(here) > 1:
        names = join_words(one.name for one in here)
        raise UsageError(f"The list of people gives the account {event.login} to {names}; it has to be one person's.")
    if here:
        return here[0]
    if known and known[0].until:
        raise UsageError(f"{known[0].name} left on {in_words(known[0].until)}, and can't sign any more. {may}")
    raise UsageError(
        f"The list of people knows no account {event.login}. {may} "
        "If you are one of them, have your account added to the list of people as your “handle”, and sign again."
    )


def _handle(person: Person) -> str:
    return person.handle.strip().removeprefix("@").lower()


def _of_another_text(handbook: Handbook, event: Event, page: Page, form: Form) -> Answer:
    """Say that the text is no longer the one that was read, and what has changed in it since."""
    others = (one for one in handbook.documents if one is not page and one.kind is not None and one.kind.signed)
    other = next((one for one in others if str(handbook.texts.digest(one)) == form.digest), None)
    digest = parse_digest(form.digest)
    blocks = []
    if other is not None:
        blocks = [
            said(
                f"The form names “{page.title}” ({handbook.identity(page)}), and the digest in it is that of "
                f"“{other.title}” ({handbook.identity(other)}); they have to be of one page."
            )
        ]
    elif digest is not None and (verdict := handbook.texts.verdict_on(page, digest)).former is not None:
        found = change(handbook, page, "the text that you read", verdict)
        blocks = [said(f"“{page.title}” is no longer the text that you read. {found.sentence}")]
        blocks += [f"- {said(line)}" for line in found.lines]
        if found.pieces:
            blocks.append(fenced(difference_lines(found.pieces), _MOST_SHOWN))
    else:
        reason = handbook.past.facts.reason
        why = f" {reason}" if reason else ""
        blocks = [said(f"The digest in the form is that of no text that “{page.title}” is known to have had.{why}")]
    forge = Forge(event.repository, event.branch, "", "github")
    link = issue_form_url(forge, handbook.identity(page), form.role, str(handbook.texts.digest(page)))
    again = f"Read the page as it is now; then [sign it as the one who {form.role.does}]({link})."
    return Answer("refused", "\n\n".join([_NOTHING, *blocks, again]), event.number)


def _refused(event: Event, sentence: str) -> Answer:
    return Answer("refused", f"{_NOTHING} {said(sentence)}", event.number)


def _thanks(handbook: Handbook, form: Form, signed: Signed) -> str:
    """Say what was recorded, and until when the sign-off holds or who is still missing."""
    path, until = signed.page.path, holds(handbook, signed.page, signed.sign_off)
    until = "Whoever decides on the page is asked to settle it." if form.disagrees else until
    sentences = [f"Thank you. {took_back(signed) if form.disagrees else gave(signed)}"]
    if form.shortened:
        sentences.append("The note is cut where it grew too long for an entry; this issue keeps all of it.")
    if handbook.settings.record_sign_offs == "push":
        sentences += [f"That is written into {path} now.", until]
    else:
        what = "it" if form.disagrees else "the signature"
        sentences += [f"A pull request writes that into {path}. Once it is merged, {what} counts.", until]
    return "\n\n".join(map(said, sentences))
