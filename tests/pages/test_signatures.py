"""What a page says of its signatures, with a repository behind it: the words that changed, earlier texts, how to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from handrail.forge.forge import Forge
from handrail.forge.forms import Forms
from handrail.history.repository import read_history
from handrail.history.texts import look_back
from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.page import Page
from handrail.model.project import Project
from handrail.model.publication import publishable
from handrail.model.signed_content import text_of
from handrail.pages.about import about
from handrail.pages.audience import Link, Shown
from handrail.pages.trust_line import trust_line
from handrail.pages.views import About, Difference, Fold, Folded, Row, Signing, TrustLine, View
from tests.history.repos import Repo, signed, sop
from tests.model.building import TODAY, document, kinds, settings
from tests.pages.views import FORGE, html, plain

PEOPLE = document(
    "people",
    "people",
    "people: [{id: lbk, name: Lena Brandt-Keller, job: Head of finance}, {id: oha, name: Omar Haddad}]",
)
GITLAB = Forge.of("https://gitlab.com/example/handbook", "-/edit/main/content/")
SIGNED_BODY = "1. Open the post.\n2. Pay within ten days.\n"
NEW_BODY = "1. Open the post.\n2. Pay within five days, or ask.\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("2026-01-01", {"people.md": PEOPLE})
    return repo


def entries_for(repo: Repo, page: str, *roles: str) -> str:
    repo.write({"a.md": page})
    book = repo.handbook
    return signed(text_of(book.by_src_uri["a.md"], book.registry), *roles)


def moved_on(repo: Repo, before: str = "", **said: str) -> str:
    """Commit a page that both signed, then change its text; return the commit of the text that was signed."""
    entries = entries_for(repo, sop(SIGNED_BODY), "D", "A")
    first = sop(SIGNED_BODY, entries)
    commit = repo.commit("2026-03-01", {"a.md": before or first})
    repo.commit("2026-06-01", {"a.md": sop(said.get("body", NEW_BODY), entries)})
    return commit


def shown(book: Handbook, forge: Forge | None = FORGE, *, has_form: bool = True) -> Shown:
    published = publishable(book, book.settings.audience)
    history = read_history(book.project.docs_dir)
    return Shown(book, forge, lambda _kind, _folder: None, published, history=history, forms=Forms(signs=has_form))


@dataclass(frozen=True)
class Signatures:
    """What a page says of its signatures: above its text, and below it."""

    trust: TrustLine | None
    about: About

    @property
    def signing(self) -> Signing | None:
        return self.about.signing

    @property
    def line(self) -> TrustLine:
        assert self.trust is not None
        return self.trust

    @property
    def fold(self) -> Fold:
        assert self.line.fold is not None
        return self.line.fold

    @property
    def changed(self) -> Difference | None:
        return self.fold.changed

    @property
    def said(self) -> str:
        """The line of trust, and the sentences that it opens to."""
        return " ".join((self.line.begins, plain(self.line.words), *map(plain, self.fold.said))).replace("\u00a0", " ")

    @property
    def text(self) -> Row:
        """The fact about the text as it stands and those before it."""
        return next(row for row in self.about.rows if row.name.startswith("Text"))

    @property
    def view(self) -> View:
        return View(trust=self.trust, about=self.about)


def signatures(shown: Shown, page: Page) -> Signatures:
    return Signatures(trust_line(shown, page), about(shown, page))


def seen(repo: Repo, forge: Forge | None = FORGE, *, has_form: bool = True) -> Signatures:
    book = repo.handbook
    return signatures(shown(book, forge, has_form=has_form), book.by_src_uri["a.md"])


def compared_since(found: Signatures) -> str:
    assert found.changed is not None
    return found.changed.title


def buttons(found: Signatures) -> list[str]:
    """Return the buttons of a page in their order, the filled one between stars, each with its note in brackets."""
    if found.signing is None:
        return []
    words = [f"*{one.words}*" if one.is_filled else one.words for one in found.signing.buttons]
    return [
        f"{text} ({one.note})" if one.note else text for text, one in zip(words, found.signing.buttons, strict=True)
    ]


def to_paste(found: Signatures) -> Folded:
    assert found.signing is not None
    assert found.signing.to_paste is not None
    return found.signing.to_paste


def asks(found: Signatures) -> str:
    """Return the line above the buttons."""
    assert found.signing is not None
    return plain(found.signing.words)


def links(found: Signatures) -> list[Link]:
    return [part for words in found.fold.said for part in words if isinstance(part, Link)]


def test_the_line_of_trust_says_how_many_words_changed_and_leads_to_the_text_that_was_signed(repo: Repo) -> None:
    commit = moved_on(repo)
    found = seen(repo)
    assert (found.line.state, found.line.more) == ("changed", "What changed")
    assert found.said == (
        "Changed since it was signed on 1 March 2026. Nobody has signed the newer text yet; it stays published. "
        "Since then 4 words came in and 2 words went out. Read the text that was signed."
    )
    assert [link.url for link in links(found)] == [f"https://github.com/example/handbook/blob/{commit}/content/a.md"]


def test_the_difference_is_folded_and_marked(repo: Repo) -> None:
    moved_on(repo, body="1. Open the post.\n2. Pay within &lt;b&gt;five&lt;/b&gt; days, or ask.\n")
    found = seen(repo)
    markup = html(View(trust=found.trust, lead=("The lead.",), text_title="Commentary", about=found.about))
    parts = ("<details", "hr-changed", "hr-lead", "Commentary", "hr-buttons", "For the plan")
    places = [markup.index(part) for part in parts]
    assert places == sorted(places)
    assert "<strong>What has changed since 1 March 2026</strong>" in markup
    assert "<del>ten days.</del> <ins>&lt;b&gt;five&lt;/b&gt; days, or ask.</ins>" in markup
    assert "<details open" not in markup


def test_a_text_that_was_laid_out_anew_is_signed_and_says_so(repo: Repo) -> None:
    moved_on(repo, body="1.  Open the\n    post.\n2.  Pay within ten days.\n")
    found = seen(repo)
    assert (found.line.state, found.line.warns, found.signing) == ("signed", False, None)
    assert found.said == "Signed by Lena Brandt-Keller · good until 1 March 2027 Laid out anew since, reads the same."
    rows = found.fold.rows
    assert plain(rows[0].words) == (
        "Lena Brandt-Keller, head of finance, 1 March 2026: this text, laid out anew since, reads the same."
    )


def test_a_text_whose_words_are_only_marked_otherwise_says_so(repo: Repo) -> None:
    moved_on(repo, body="1. Open the post.\n2. Pay within **ten** days.\n")
    found = seen(repo)
    assert (
        "No word has changed since the text that was signed on 1 March 2026. "
        "What has changed is how something is laid out or marked."
    ) in found.said
    assert found.changed is None


def test_what_was_internal_when_it_was_signed_is_not_shown(repo: Repo) -> None:
    secret = sop(SIGNED_BODY, entries_for(repo, sop(SIGNED_BODY), "D", "A")).replace(
        "visibility: public", "visibility: internal"
    )
    moved_on(repo, before=secret)
    found = seen(repo)
    assert "What has changed since can't be shown." in found.said
    assert links(found) == []
    assert found.changed is None
    assert "ten days" not in html(found.view)
    assert "signed before" not in plain(found.text.words)


def test_without_the_history_nothing_is_claimed(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    moved_on(repo)
    monkeypatch.setenv("PATH", "")
    found = seen(repo)
    assert "What has changed since can't be shown." in found.said
    assert "this site was built without the whole history" in plain(found.text.words)


def test_earlier_signed_texts_are_linked_newest_first(repo: Repo) -> None:
    first = entries_for(repo, sop("Once.\n"), "D", "A")
    one = repo.commit("2026-03-01", {"a.md": sop("Once.\n", first)})
    second = entries_for(repo, sop("Twice.\n"), "D", "A").partition("\n")[2].replace("2026-03-01", "2026-04-01")
    two = repo.commit("2026-04-01", {"a.md": sop("Twice.\n", f"{first}\n{second}")})
    third = entries_for(repo, sop("Thrice.\n"), "D", "A").partition("\n")[2].replace("2026-03-01", "2026-05-01")
    now = repo.commit("2026-05-01", {"a.md": sop("Thrice.\n", f"{first}\n{second}\n{third}")})
    found = seen(repo)
    row = found.text
    assert plain(row.words).endswith("signed before: 1 April 2026, 1 March 2026")
    base = "https://github.com/example/handbook/blob"
    assert [part.url for part in row.words if isinstance(part, Link)] == [
        f"{base}/{id_}/content/a.md" for id_ in (now, two, one)
    ]


def permanent(found: Signatures) -> list[str]:
    return [
        part.url for part in found.text.words if isinstance(part, Link) and part.text == "permanent link to this text"
    ]


@pytest.mark.parametrize("options", [(), ("--object-format=sha256",)], ids=["ids of SHA-1", "ids of SHA-256"])
def test_a_text_has_an_address_at_which_it_stays_as_it_is(tmp_path: Path, options: tuple[str, ...]) -> None:
    repo = Repo(tmp_path / "repo", "content", *options)
    repo.commit("2026-01-01", {"people.md": PEOPLE})
    commit = repo.commit("2026-03-01", {"a.md": sop("Pay café.\n")})
    repo.commit("2026-03-02", {"people.md": PEOPLE + "\n"})
    assert permanent(seen(repo)) == [f"https://github.com/example/handbook/blob/{commit}/content/a.md"]
    assert permanent(seen(repo, None)) == []
    repo.write({"a.md": sop("Pay tea.\n")})
    assert permanent(seen(repo)) == []


def test_who_signed_what_with_their_words(repo: Repo) -> None:
    entries = entries_for(repo, sop(SIGNED_BODY), "D").replace(
        "date: 2026-03-01,", "date: 2026-03-01, note: Tried it twice., evidence: 'https://example.org/7',"
    )
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, entries)})
    rows = seen(repo).fold.rows
    said = "Lena Brandt-Keller, head of finance, 1 March 2026: this text. “Tried it twice.” Where it was agreed"
    assert [(row.name, plain(row.words)) for row in rows] == [
        ("Decides", said),
        ("Agrees", "Not signed yet by Omar Haddad."),
    ]
    assert all(row.explained for row in rows)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "mailto:a@example.org"])
def test_only_addresses_of_the_web_become_links(repo: Repo, address: str) -> None:
    entries = entries_for(repo, sop(SIGNED_BODY), "D").replace(
        "date: 2026-03-01,", f"date: 2026-03-01, evidence: '{address}',"
    )
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, entries)})
    assert address.partition(":")[0] + ":" not in html(seen(repo).view)


def test_an_unbound_signature_is_said_and_can_be_given_again(repo: Repo) -> None:
    unbound = "sign_offs: [{role: D, by: lbk, date: 2026-03-01}, {role: A, by: oha, date: 2026-03-01}]"
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, unbound)})
    found = seen(repo)
    assert "text not bound" in plain(found.fold.rows[0].words)
    assert asks(found).startswith(
        "For Omar Haddad and Lena Brandt-Keller, whose signatures don't say which text they are for. Signing again does."
    )
    assert buttons(found) == ["*Omar Haddad: agree to this page*", "Lena Brandt-Keller: decide on this page"]
    said = "Recorded, text not bound: which text was signed is not on record. The next signature names it."
    assert said in found.said


def test_the_button_carries_page_role_and_digest(repo: Repo) -> None:
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, entries_for(repo, sop(SIGNED_BODY), "A"))})
    found = seen(repo)
    book = repo.handbook
    digest = text_of(book.by_src_uri["a.md"], book.registry)
    assert found.signing is not None
    [button] = found.signing.buttons
    assert button.words == "Lena Brandt-Keller: decide on this page"
    assert button.url.startswith("https://github.com/example/handbook/issues/new?template=sign-off.yml&")
    assert f"page=sop%3Apay&role=D%3A%20decides&digest={digest.replace(':', '%3A')}" in button.url


def test_a_page_that_waits_for_nothing_has_no_button(repo: Repo) -> None:
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, entries_for(repo, sop(SIGNED_BODY), "D", "A"))})
    assert seen(repo).signing is None
    assert seen(repo, GITLAB, has_form=False).signing is None


def test_without_the_form_the_page_unfolds_the_line_to_add(repo: Repo) -> None:
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY)})
    found = seen(repo, GITLAB, has_form=False)
    assert buttons(found) == []
    paste = to_paste(found)
    assert [part.url for part in paste.words if isinstance(part, Link)] == [
        "https://gitlab.com/example/handbook/-/edit/main/content/a.md"
    ]
    # Pasted as it says, it signs.
    page = sop(SIGNED_BODY, *paste.lines)
    repo.write({"a.md": page})
    book = repo.handbook
    assert book.sign_off(book.by_src_uri["a.md"]).is_signed
    markup = html(View(about=About("about", Signing("hr-sign", (), (), paste))))
    assert markup.count("&#10;") == len(paste.lines) - 1
    assert "<pre><code>sign_offs:&#10;&#32;&#32;-&#32;{role:&#32;A," in markup


def test_with_no_place_to_edit_the_line_to_add_is_there_and_leads_nowhere(repo: Repo) -> None:
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY)})
    found = seen(repo, None, has_form=False)
    assert buttons(found) == []
    paste = to_paste(found)
    assert plain(paste.words).startswith("Edit the page and put the first line and yours")
    assert "<a " not in html(View(about=About("about", Signing("hr-sign", (), (), paste))))
    repo.write({"a.md": sop(SIGNED_BODY, *paste.lines)})
    book = repo.handbook
    assert book.sign_off(book.by_src_uri["a.md"]).is_signed


def test_a_draft_asks_for_nothing(repo: Repo) -> None:
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY).replace("state: active", "state: draft")})
    assert (seen(repo).line.state, seen(repo).signing) == ("unwritten", None)


def test_what_lay_in_an_internal_folder_when_it_was_signed_is_not_shown(repo: Repo) -> None:
    entries = entries_for(repo, sop(SIGNED_BODY), "D", "A")
    repo.commit("2026-03-01", {"a.md": None, "private/a.md": sop(SIGNED_BODY, entries)})
    again = entries.partition("\n")[2].replace("2026-03-01", "2026-03-09")
    repo.commit("2026-06-01", {"private/a.md": None, "a.md": sop(NEW_BODY, f"{entries}\n{again}")})
    folders = {".": "public", "private": "internal"}
    project = Project(repo.root, repo.root / "mkdocs.yml", repo.docs, settings(visibility=folders))
    book = load_handbook(project, kinds(), date.fromisoformat(TODAY), look_back=look_back)
    found = signatures(shown(book), book.by_src_uri["a.md"])
    markup = html(found.view)
    assert "What has changed since can&#39;t be shown." in markup
    assert "ten days" not in markup
    assert "private" not in markup
    assert "signed before" not in markup


def test_nobody_but_those_who_sign_says_since_when_it_is_compared(repo: Repo) -> None:
    entries = entries_for(repo, sop(SIGNED_BODY), "D", "A")
    between = "1. Leave the post.\n2. Pay within five days, or don't.\n"
    own = signed(text_of(repo_page(repo, sop(between)), repo.handbook.registry), "A").partition("\n")[2]
    own = own.replace("role: A", "role: D").replace("2026-03-01", "2026-05-01")  # by one who does not decide
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, entries)})
    repo.commit("2026-05-01", {"a.md": sop(between, entries)})
    repo.commit("2026-06-01", {"a.md": sop(NEW_BODY, f"{entries}\n{own}")})
    assert compared_since(seen(repo)) == "What has changed since 1 March 2026"


def test_a_later_signature_of_one_who_agrees_hides_nothing_from_the_one_who_decides(repo: Repo) -> None:
    entries = entries_for(repo, sop(SIGNED_BODY), "D", "A")
    between = "1. Leave the post.\n2. Pay within five days, or don't.\n"
    later = signed(text_of(repo_page(repo, sop(between)), repo.handbook.registry), "A").partition("\n")[2]
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, entries)})
    repo.commit("2026-05-01", {"a.md": sop(between, f"{entries}\n{later.replace('2026-03-01', '2026-05-02')}")})
    repo.commit("2026-06-01", {"a.md": sop(NEW_BODY, f"{entries}\n{later.replace('2026-03-01', '2026-05-02')}")})
    assert compared_since(seen(repo)) == "What has changed since 1 March 2026"


def repo_page(repo: Repo, text: str) -> Page:
    repo.write({"a.md": text})
    return repo.page("a.md")


def test_the_difference_names_no_page_that_is_withheld(repo: Repo) -> None:
    metric = document("metric", "secret-merger", "unit: EUR", "direction: up", "frequency: monthly")
    open_one = document("metric", "open-rate", "unit: EUR", "direction: up", "frequency: monthly")
    repo.commit("2026-02-01", {"m.md": metric.replace("public", "internal"), "o.md": open_one})
    serves = "process: {inputs: [%s], measures: [%s]}"
    before, after = serves % ("Post", "secret-merger, open-rate"), serves % ("Mail", "open-rate")
    entries = entries_for(repo, sop(SIGNED_BODY, before), "D", "A")
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, before, entries)})
    repo.commit("2026-06-01", {"a.md": sop(SIGNED_BODY, after, entries)})
    markup = html(seen(repo).view)
    assert "<dt>What goes in</dt> <dd>Post → Mail</dd>" in markup
    assert "secret-merger" not in markup
    assert "Measure" not in markup
    # Where nothing else has changed, it isn't said that nothing has.
    repo.commit("2026-06-02", {"a.md": sop(SIGNED_BODY, after.replace("Mail", "Post"), entries)})
    found = seen(repo)
    assert "What has changed since can't be shown." in found.said
    assert found.changed is None


def test_a_note_hides_nothing_and_turns_no_line(repo: Repo) -> None:
    entries = entries_for(repo, sop(SIGNED_BODY), "D").replace(
        "date: 2026-03-01,", 'date: 2026-03-01, note: "Read \u202eand tried",'
    )
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, entries)})
    assert "“Read U+202Eand tried”" in html(seen(repo).view)


def test_an_address_that_is_none_stops_no_preview(repo: Repo) -> None:
    entries = entries_for(repo, sop(SIGNED_BODY), "D").replace(
        "date: 2026-03-01,", "date: 2026-03-01, evidence: 'http://[',"
    )
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, entries)})
    assert [row.name for row in seen(repo).fold.rows] == ["Decides", "Agrees"]


def test_the_lines_to_add_are_those_that_count(repo: Repo) -> None:
    people = (
        "people: [{id: lbk, name: Lena Brandt-Keller}, {id: oha, name: Omar Haddad, until: 2026-05-31, deputy: ita}, "
        "{id: ita, name: Ida Tanaka}, {id: bse, name: Ben Serra, until: 2026-05-31}]"
    )
    groups = "groups: [{id: books, name: Bookkeeping, members: [lbk, bse, ita]}]"
    page = sop(SIGNED_BODY).replace("OHA(A)", "OHA(A), BOOKS(A)")
    repo.commit("2026-03-01", {"people.md": document("people", "people", people, groups), "a.md": page})
    paste = to_paste(seen(repo, GITLAB, has_form=False))
    assert [line.partition(", date")[0] for line in paste.lines[1:]] == [
        "  - {role: A, by: ita",
        "  - {role: A, by: ita",
        "  - {role: D, by: lbk",
    ]
    repo.write({"a.md": sop(SIGNED_BODY, *paste.lines).replace("OHA(A)", "OHA(A), BOOKS(A)")})
    book = repo.handbook
    sign_off = book.sign_off(book.by_src_uri["a.md"])
    assert (sign_off.is_signed, sign_off.unauthorised) == (True, ())


def test_the_difference_shows_the_words_of_links_and_no_signs(repo: Repo) -> None:
    moved_on(repo, body="1. Open [[sop:pay]] or [[sop:pay|the page]].\n2. See [this one](people.md) and ![a](b.png).\n")
    changed = seen(repo).changed
    assert changed is not None
    text = " ".join(piece.text for piece in changed.pieces if piece.kind != "old")
    assert "1. Open Pay or the page." in text
    assert "2. See this one and [picture: a]." in text
    assert "[[" not in text


def test_a_name_hides_nothing(repo: Repo) -> None:
    repo.commit("2026-01-02", {"people.md": PEOPLE.replace("Omar Haddad", '"Omar \\u202eddadaH"')})
    repo.commit("2026-03-01", {"a.md": sop(SIGNED_BODY, entries_for(repo, sop(SIGNED_BODY), "D"))})
    found = seen(repo)
    assert "\u202e" not in html(found.view)
    assert "Omar U+202EddadaH" in html(found.view)


# Who is asked

CREW = document(
    "people",
    "people",
    "people:",
    "  - {id: lbk, name: Lena Brandt-Keller, job: Head of finance, deputy: oha}",
    "  - {id: oha, name: Omar Haddad, job: Head of operations}",
    "  - {id: yos, name: Yara Osei}",
    "  - {id: gil, name: Gil Lin, until: 2026-03-31, deputy: oha}",
    "groups:",
    "  - {id: lt, name: Leadership team, members: [lbk, oha, yos]}",
    "  - {id: all-of-us, name: All of us, members: [lbk, oha, yos], quorum: all}",
)


def asking(repo: Repo, rapid: str, *more: str, body: str = SIGNED_BODY) -> Signatures:
    page = sop(body, "contact: '#ask-finance'", *more).replace("rapid: LBK(D), OHA(A)", f"rapid: {rapid}")
    repo.commit("2026-03-01", {"people.md": CREW, "a.md": page})
    return seen(repo)


def test_those_who_agree_come_first_and_one_button_at_most_is_filled(repo: Repo) -> None:
    found = asking(repo, "LBK(D), YOS(A), LT(A)")
    assert buttons(found) == [
        "*Yara Osei: agree to this page*",
        "Someone of the leadership team: agree to this page",
        "Lena Brandt-Keller: decide on this page (once Yara Osei and someone of the leadership team have agreed)",
    ]
    assert asks(found) == (
        "For Yara Osei, someone of the leadership team and Lena Brandt-Keller, who are asked to sign this text. "
        "Everyone else asks in #ask-finance. "
        "Whoever does not agree writes “I do not agree:” and the reason into the form."
    )


def test_whoever_decides_is_alone_once_all_have_agreed(repo: Repo) -> None:
    entries = entries_for(repo, sop(SIGNED_BODY, "contact: '#ask-finance'"), "A")
    found = asking(repo, "LBK(D), OHA(A)", entries)
    assert buttons(found) == ["*Lena Brandt-Keller: decide on this page*"]
    assert asks(found).startswith("For Lena Brandt-Keller, who is asked to sign this text. Everyone else asks in #ask-")


def test_whoever_decides_waits_for_who_agrees(repo: Repo) -> None:
    assert buttons(asking(repo, "LBK(D), YOS(A)")) == [
        "*Yara Osei: agree to this page*",
        "Lena Brandt-Keller: decide on this page (once Yara Osei has agreed)",
    ]


def test_the_deputy_of_one_who_has_left_is_asked_for_them(repo: Repo) -> None:
    found = asking(repo, "GIL(D), YOS(A)")
    assert buttons(found)[-1] == "Omar Haddad, for Gil Lin: decide on this page (once Yara Osei has agreed)"
    assert asks(found).startswith("For Yara Osei and Omar Haddad, for Gil Lin, who are asked to sign this text.")


def test_whoever_is_named_alone_and_in_a_group_has_one_button(repo: Repo) -> None:
    wanted = ["*Omar Haddad: agree to this page*", "Yara Osei: agree to this page"]
    assert buttons(asking(repo, "LBK(D), ALL-OF-US(A), OHA(A)"))[:-1] == wanted
    given = (("A", "oha"), ("A", "yos"), ("D", "lbk"))
    unbound = "\n".join(["sign_offs:", *(f"  - {{role: {role}, by: {by}, date: 2026-03-01}}" for role, by in given)])
    assert buttons(asking(repo, "LBK(D), ALL-OF-US(A), OHA(A)", unbound)) == [
        *wanted,
        "Lena Brandt-Keller: decide on this page",
    ]


def refusal(repo: Repo, page: str, reason: str = "Two days are too short.") -> str:
    entries = entries_for(repo, page, "A")
    return entries.replace("digest:", f"withdrawn: {{date: 2026-03-01, reason: {reason}}}, digest:")


def test_after_a_refusal_whoever_decides_is_asked_and_nobody_else(repo: Repo) -> None:
    entries = refusal(repo, sop(SIGNED_BODY, "contact: '#ask-finance'"))
    found = asking(repo, "LBK(D), OHA(A)", entries)
    assert buttons(found) == ["*Lena Brandt-Keller: decide on this page*"]
    assert found.said == "Not signed. In use, and Omar Haddad does not agree, said on 1 March 2026."
    rows = {row.name: plain(row.words) for row in found.fold.rows}
    assert rows["Agrees"].strip() == ("Omar Haddad does not agree, said on 1 March 2026. “Two days are too short.”")


def test_the_reason_of_a_refusal_is_text_and_nothing_else(repo: Repo) -> None:
    entries = refusal(repo, sop(SIGNED_BODY, "contact: '#ask-finance'"), '"<b>No</b> \\u202e](javascript:x)"')
    markup = html(asking(repo, "LBK(D), OHA(A)", entries).view)
    assert "“&lt;b&gt;No&lt;/b&gt; U+202E](javascript:x)”" in markup


def test_where_nobody_can_be_asked_nothing_is_to_press(repo: Repo) -> None:
    assert asking(repo, "XYZ(D)").signing is None
    assert buttons(asking(repo, "XYZ(D), YOS(A)")) == ["*Yara Osei: agree to this page*"]


# What has changed, for people who don't write Markdown


def process(fast: str, goes_in: str = "Post") -> str:
    return (
        f"process: {{inputs: [{goes_in}], states: [{{name: Asked, owner: bookkeeper, sla: {fast}}}, "
        "{name: Paid, final: true}]}"
    )


def moved(repo: Repo, before: str, after: str, *fields: str, body: str = SIGNED_BODY) -> Difference:
    entries = entries_for(repo, sop(body, before), "D", "A")
    repo.commit("2026-03-01", {"a.md": sop(body, before, entries)})
    repo.commit("2026-06-01", {"a.md": sop(body, after, *fields, entries)})
    changed = seen(repo).changed
    assert changed is not None
    return changed


def test_a_field_is_called_by_the_name_that_the_page_shows(repo: Repo) -> None:
    changed = moved(repo, process("2 working hours"), process("1 working hour"), "trigger: An invoice comes")
    assert [(row.name, plain(row.words)) for row in changed.rows] == [
        ("When it is needed", "An invoice comes (new)"),
        ("How fast", "2 working hours → 1 working hour (“Asked”)"),
    ]
    assert changed.pieces == ()


def test_a_picture_that_changed_is_named_with_its_size_and_leads_to_the_forge(repo: Repo) -> None:
    body = "Fill in this:\n\n![The form](form.png)\n"
    commit = repo.commit("2026-02-01", {"form.png": b"x" * 2048, "a.md": sop(body)})
    book = repo.handbook
    entries = signed(str(book.texts.digest(book.by_src_uri["a.md"])), "D", "A")
    repo.commit("2026-03-01", {"a.md": sop(body, entries)})
    repo.commit("2026-06-01", {"form.png": b"y" * 5_000_000})
    found = seen(repo)
    assert "Since then one file changed." in found.said
    changed = found.changed
    assert changed is not None
    [row] = changed.rows
    assert (row.name, plain(row.words)) == (
        "Picture or recording",
        "form.png is another file: 2 KB, now 4.8 MB. Compare",
    )
    [link] = [part for part in row.words if isinstance(part, Link)]
    assert link.url.startswith(f"https://github.com/example/handbook/compare/{commit}...main#diff-")


def test_a_link_that_leads_elsewhere_says_where_to(repo: Repo) -> None:
    repo.commit("2026-02-01", {"b.md": sop("Once.\n", id_="b").replace("title: Pay", "title: Claim"),
                               "c.md": sop("Once.\n", id_="c").replace("title: Pay", "title: Travel")})  # fmt: skip
    body = "See [the other page]({}) and [the form](https://a.example/{}).\n"
    entries = entries_for(repo, sop(body.format("b.md", "7")), "D", "A")
    repo.commit("2026-03-01", {"a.md": sop(body.format("b.md", "7"), entries)})
    repo.commit("2026-06-01", {"a.md": sop(body.format("c.md#top", "8"), entries)})
    changed = seen(repo).changed
    assert changed is not None
    assert [(row.name, plain(row.words)) for row in changed.rows] == [
        ("Link", "“the other page” leads to “Travel” instead of “Claim”"),
        ("Link", "“the form” leads to https://a.example/8 instead of https://a.example/7"),
    ]
