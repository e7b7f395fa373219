"""HB4, by digest: which text was signed, and whether a signature says that anyone has looked."""

from __future__ import annotations

from collections.abc import Iterator

from handrail.model.dates import next_day
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.model.repeated_signatures import repeated
from handrail.model.signoff import Signature, SignOff
from handrail.model.text_state import Why
from handrail.rules.finding import Severity
from handrail.rules.hb4_signoff import is_for, judged
from handrail.rules.registry import Hit, at, at_offset, rule
from handrail.rules.subjects import of_field, of_signature
from handrail.text.digest import parse_digest
from handrail.words.language import count_of, in_words, join_words, person_subject, quoted
from handrail.words.signing import asked

_MOST_NAMED = 20


@rule("HB413", "changed-since", Severity.WARNING)
def changed_since(handbook: Handbook) -> Iterator[Hit]:
    """The text has changed since it was signed.

    Whoever signed has not seen what readers now follow. The page stays published, and its line of trust says so.

    **What to do.** Have the new text read and signed, or restore the one that was signed.
    """
    for page, sign_off in judged(handbook):
        if not sign_off.has_changed or sign_off.signed_on is None:
            continue
        what = "shows another file" if sign_off.text is not None and sign_off.text.why is Why.FILE else "has changed"
        yield Hit(
            at(page, ("sign_offs",), key=True),
            f"“{page.title}” {what} since it was signed on {in_words(sign_off.signed_on)}.",
            f"Ask {join_words(map(asked, sign_off.required))} to read and sign it as it stands.",
            tuple(
                (
                    at(page, ("sign_offs", one.superseded.signature.index)),
                    f"{one.superseded.signer.name} signed an earlier text.",
                )
                for one in sign_off.required
                if one.superseded is not None
            ),
            subject=of_field(("sign_offs", "date"), sign_off.signed_on),
        )


@rule("HB414", "repeated-no-note", Severity.INFO)
def repeated_no_note(handbook: Handbook) -> Iterator[Hit]:
    """Someone signed the same text again and did not say what they checked.

    A signature that only moves the date is how reviews become theatre.

    **What to do.** Add a `note` to the entry: what was looked at, and what was found.
    """
    for page, sign_off in judged(handbook):
        for entry in repeated(sign_off.entries, handbook.registry):
            signer = handbook.registry.person(entry.by)
            if signer is not None:
                yield Hit(
                    at(page, ("sign_offs", entry.index)),
                    f"{person_subject(signer)} signed the same text again on {in_words(entry.signed_on)} without a note.",
                    "Add a `note` that says what was checked.",
                    subject=of_signature(entry),
                )


@rule("HB415", "older-than-text", Severity.WARNING)
def older_than_text(handbook: Handbook) -> Iterator[Hit]:
    """A signature that names no text is older than its page.

    Git knows since when the page is there. Whoever signed before that day has signed something else, or the entry bears the
    wrong day; it counts for nothing. Git is believed from the day in the setting `git_since`, else from its first commit
    that holds a page. A signature that names its text by a digest is believed by that.

    **What to do.** Have the text read and signed as it stands; that writes the `digest`.
    """
    for page, sign_off in judged(handbook):
        for entry in sign_off.predating:
            came, signer = handbook.texts.text_came(page, entry), handbook.registry.person(entry.by)
            if came is None or signer is None or _is_outdone(handbook, sign_off, entry):
                continue
            yield Hit(
                at(page, ("sign_offs", entry.index, "date")),
                f"The signature of {signer.name} is dated {in_words(entry.signed_on)}, but the page came to git on "
                f"{in_words(came)}, and no `digest` says which text was meant.",
                "Ask for a new signature, or fix the date. Where git has wrong days, `git_since` says from when to believe it.",
                subject=of_signature(entry),
            )


def _is_outdone(handbook: Handbook, sign_off: SignOff, entry: Signature) -> bool:
    """Say whether a later entry has given the signature that this one was to give."""
    return any(
        one.given is not None and one.given.signature.signed_on > entry.signed_on and is_for(handbook, entry, one)
        for one in sign_off.required
    )


@rule("HB416", "unbound", Severity.INFO, neglect="no digest in their signatures")
def unbound(handbook: Handbook) -> Iterator[Hit]:
    """A signature names no text.

    Where git shows which text stood in the page when the entry came, it is for that one. Else it is recorded and counts for
    its date, but nobody can say whether the text is still the one that was signed.

    **What to do.** Sign the page again with `handrail sign` or its button on the site; that writes the `digest`, which
    names the text. Where the commit that brought the entry was made by the one who signed, `handrail sign --bind` finds it.
    """
    for page, sign_off in judged(handbook):
        given = [one.given for one in sign_off.required if one.given is not None]
        loose = {one.signature.index: one.signer.name for one in given if not one.signature.digest}
        if loose:
            names = join_words(loose.values())
            first, *others = loose
            yield Hit(
                at(page, ("sign_offs", first)),
                f"{names} signed “{page.title}”, and no `digest` says which text.",
                "With the next signature, `handrail sign` writes it.",
                tuple((at(page, ("sign_offs", index)), "This entry has none either.") for index in others),
            )


@rule("HB417", "sole-author", Severity.INFO)
def sole_author(handbook: Handbook) -> Iterator[Hit]:
    """Whoever decides has written the page alone.

    Nobody else has had a hand in the text or in agreeing to it, as far as git knows: it is signed by its own author.

    **What to do.** Have someone who performs the work read it, and let them agree (A).
    """
    for page, sign_off in judged(handbook):
        facts = handbook.past.facts.pages.get(page.src_uri) if handbook.past.facts.available else None
        decider = sign_off.decider
        if facts is None or decider is None or decider.given is None:
            continue
        signer = decider.given.signer
        authors = [author for author in facts.authors if not author.is_bot]
        if len(sign_off.required) == 1 and authors and all(author.is_person(signer) for author in authors):
            yield Hit(
                at(page, ("sign_offs", decider.given.signature.index, "by")),
                f"{person_subject(signer)} has signed “{page.title}” and is the only one who ever wrote in it.",
                "Have someone who performs the work read it and agree (A).",
                subject=signer.id,
            )


@rule("HB418", "before-git", Severity.INFO, once=True)
def before_git(handbook: Handbook) -> Iterator[Hit]:
    """Some signatures are from before git kept the handbook.

    Nothing can say which text was there on that day, so they count by their date. It is said once for the handbook.

    **What to do.** Nothing; each next signature names its text. Where git holds older texts than it should be believed
    for, such as an import, the setting `git_since` says from which day on.
    """
    since = handbook.git_since
    if since is None:
        return
    early = [
        (page, one.given.signature)
        for page, sign_off in judged(handbook)
        for one in sign_off.required
        if one.given is not None and one.given.signature.signed_on < since
    ]
    if early:
        count = "One signature is" if len(early) == 1 else f"{len(early)} signatures are"
        yield Hit(
            at(early[0][0], ("sign_offs", early[0][1].index)),
            f"{count} from before {in_words(since)}, when git began to keep this handbook, so git can't confirm the dates.",
            "Nothing has to be done; the next signatures can be held against git.",
            tuple((at(page, ("sign_offs", entry.index)), "And this one.") for page, entry in early[1:_MOST_NAMED]),
        )


@rule("HB420", "digest-taken-out", Severity.WARNING)
def digest_taken_out(handbook: Handbook) -> Iterator[Hit]:
    """A signature that named its text is gone, or names it no more.

    Git held an entry with a `digest`, and the page has it no longer, though nobody signed again since. By that, a later
    change could pass for what was signed.

    **What to do.** Put the entry back as git has it. Whoever takes a signature back says so: `handrail sign --withdraw`.
    """
    for page, sign_off in judged(handbook):
        for entry in handbook.past.taken_out(page):
            signer = handbook.registry.person(entry.by)
            name = signer.name if signer is not None else entry.by
            there = next((one for one in sign_off.entries if one.by == entry.by and one.role is entry.role), None)
            what = "names its text no more" if there is not None else "is gone"
            spot = at(page, ("sign_offs", there.index)) if there is not None else at(page, ("rapid",), key=True)
            yield Hit(
                spot,
                f"The signature of {name}, who {entry.role.does}, of {in_words(entry.signed_on)} {what}; git held it with its "
                "`digest`.",
                f"Put it back: {{role: {entry.role}, by: {entry.by}, date: {entry.signed_on}, digest: '{entry.digest}'}}",
                subject=of_signature(entry),
            )


@rule("HB421", "text-later", Severity.INFO, once=True)
def text_later(handbook: Handbook) -> Iterator[Hit]:
    """Some texts came to git later than the signatures that name them.

    The digest proves which text was signed, so that they count. Where changes are merged in one piece (“squashed”), a commit
    bears the day of the merge. It is said once for the handbook.

    **What to do.** Nothing, where changes are squashed. Else ask whoever brought the entry why it bears that day.
    """
    if handbook.git_since is None:
        return
    late = [
        (page, one.given.signature)
        for page, sign_off in judged(handbook)
        for one in sign_off.required
        if one.given is not None and _came_later(handbook, page, one.given.signature)
    ]
    if late:
        page, first = late[0]
        many = count_of(len(late), "signature")
        yield Hit(
            at(page, ("sign_offs", first.index, "date")),
            f"{many[0].upper()}{many[1:]} {'bears' if len(late) == 1 else 'bear'} a day before the text that "
            f"{'it names' if len(late) == 1 else 'they name'} came to git.",
            "Nothing has to be done where changes are merged in one piece (squashed): the digest proves the text.",
            tuple(
                (at(other, ("sign_offs", entry.index, "date")), "And this one.") for other, entry in late[1:_MOST_NAMED]
            ),
        )


def _came_later(handbook: Handbook, page: Page, signature: Signature) -> bool:
    digest, since = parse_digest(signature.digest), handbook.git_since
    if digest is None or since is None or signature.signed_on < since:
        return False
    in_time = next_day(signature.signed_on)
    day = handbook.past.text_since(page, digest.text, in_time)
    return day is not None and day > in_time


@rule("HB422", "file-replaced", Severity.INFO)
def file_replaced(handbook: Handbook) -> Iterator[Hit]:
    """A file that a signed page links to was replaced after the signature.

    A signature is for the text and the pictures that it shows. What a page only links to, such as a form to fill in, can change
    without it, and whoever signed may have seen another.

    **What to do.** Look whether the page still fits the file; its next signature settles it.
    """
    for page, sign_off in judged(handbook):
        if not sign_off.is_signed or sign_off.signed_on is None:
            continue
        shown = set(handbook.texts.files_shown_by(page))
        for link in handbook.body_links.get(page, ()):
            if link.page is None and not link.dead and link.path not in shown:
                day = handbook.past.file_changed_on(link.path)
                if day is not None and day > next_day(sign_off.signed_on):
                    yield Hit(
                        at_offset(page, page.source.body_offset + link.written.offset),
                        f"“{page.title}” was signed on {in_words(sign_off.signed_on)} and links to {quoted(link.path)}, which "
                        f"was replaced on {in_words(day)}.",
                        "Look whether the text still fits the file.",
                        subject=link.path,
                    )
