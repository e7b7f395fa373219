"""What gives a withheld page away is found in any text, and what an author has published is not called a leak."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest

from handrail.model.page import Page
from handrail.proof.leaks import Secrets, Withheld
from tests.model.building import document, handbook

PAY = "Salaries of engineers rise by four percent on the first of March unless the board objects in writing. Zq7xk-canary-41. Gehaltserhöhungsrunde."
SECRET = document("sop", "salary-bands", "state: draft", title="Salary bands of engineers", body=PAY).replace(
    "visibility: public", "visibility: internal"
)
PUBLIC = document(
    "sop",
    "pay-an-invoice",
    "state: draft",
    title="Pay an invoice",
    body="Pay on the first of March unless the board objects.",
)


def secrets(*files: Withheld, **more: str) -> Secrets:
    book = handbook({"hr/pay/bands.md": SECRET, "finance/pay.md": PUBLIC, **more})
    pages = [Withheld(page.src_uri, page.source.text, page) for page in book.pages if page.visibility != "public"]
    return Secrets([*pages, *files], [said(page) for page in book.pages if page.visibility == "public"])


def said(page: Page) -> str:
    return f"{page.src_uri}\n{page.source.text}"


RUN = "rise by four percent on the first of March"
HELD = [
    ("the title", "See Salary bands of engineers there.", "its title"),
    ("the title in small letters", "salary  bands\nof engineers", "its title"),
    ("the title in an attribute", '<a href="x" title="Salary bands of engineers">x</a>', "its title"),
    ("the title in a script", json.dumps({"title": "Salary bands of engineers"}), "its title"),
    ("the title with marks in it", "<b>Salary</b> bands <i>of</i> engineers", "its title"),
    ("the id", "sop:salary-bands", "its id"),
    ("the path", '<a href="../hr/pay/bands.md">x</a>', "its path"),
    ("the address", '<a href="../../hr/pay/bands/">x</a>', "its address"),
    ("eight words", f"We know that {RUN}.", "8 words of its text in a row"),
    ("eight words over lines", RUN.replace(" ", "\n"), "8 words of its text in a row"),
    (
        "eight words in entities",
        html.escape(RUN.replace("four", "f&#111;ur")).replace("&amp;", "&"),
        "8 words of its text in a row",
    ),
    ("eight words in escapes", json.dumps(RUN).replace("four", "f\\u006fur"), "8 words of its text in a row"),
    ("eight words after escaped line ends", json.dumps(f"x\n{RUN}".replace(" ", "\n")), "8 words of its text in a row"),
    (
        "eight words after escaped tabs",
        f'{{"text": "\\t{RUN.replace(" ", chr(92) + "t")}"}}',
        "8 words of its text in a row",
    ),
    ("an address with escaped slashes", '["hr\\/pay\\/bands\\/"]', "its address"),
    ("eight words in JSON in JSON", json.dumps([json.dumps(RUN.replace(" ", "\n"))]), "8 words of its text in a row"),
    (
        "eight words in JSON in an attribute",
        f"<a data-x='{html.escape(json.dumps(RUN.replace(' ', chr(10))))}'>",
        "8 words of its text in a row",
    ),
    ("eight words in a script", f"var a = 'x\\n{RUN.replace(' ', chr(92) + 'n')}'", "8 words of its text in a row"),
    ("eight words after another backslash", f"C:\\new {RUN}", "8 words of its text in a row"),
    ("eight words in percents", quote(RUN.replace("four", "fo%75r")), "8 words of its text in a row"),
    ("eight words in an address", f'<a href="?q={quote(RUN)}">x</a>', "8 words of its text in a row"),
    (
        "eight words of escaped HTML",
        html.escape(f"<p>{RUN.replace(' four ', ' <b>four</b> ')}</p>"),
        "8 words of its text in a row",
    ),
    ("eight words with soft hyphens", RUN.replace("percent", "per\u00adcent"), "8 words of its text in a row"),
    (
        "eight words with soft hyphens as entities",
        RUN.replace("percent", "per&shy;cent"),
        "8 words of its text in a row",
    ),
    ("eight words with invisible signs", "\u200b".join(RUN), "8 words of its text in a row"),
    ("eight words with accents", RUN.replace("four", "f\u00f6ur"), "8 words of its text in a row"),
    ("eight words with accents apart", RUN.replace("four", "fo\u0308ur"), "8 words of its text in a row"),
    ("the title in an address", '<a href="#salary-bands-of-engineers">x</a>', "its title"),
    ("the title as a name", "salary_bands_of_engineers.pdf", "its title"),
    ("eight words in a comment", f"<!-- {RUN} -->", "8 words of its text in a row"),
    ("a long word that stands nowhere else", "gehaltserhöhungsrunde", "a word that stands only there"),
    ("such a word in other letters", "\uff3a\uff317xk-canary-41", "a word that stands only there"),
    ("a word that stands nowhere else", "Zq7xk-canary-41", "a word that stands only there"),
]


@pytest.mark.parametrize(("text", "what"), [row[1:] for row in HELD], ids=[row[0] for row in HELD])
def test_what_gives_a_page_away_is_found(text: str, what: str) -> None:
    [leak] = secrets().found_in(text)
    assert (leak.path, leak.what) == ("hr/pay/bands.md", what)


SILENT = [
    "Pay on the first of March unless the board objects.",
    "Engineers and salaries; bands of four.",
    "rise by four percent on the first",
    "salary-bandsaw, salary-bands-2026, bands-of-engineers",
    "",
]


@pytest.mark.parametrize("text", SILENT)
def test_words_of_the_language_give_nothing_away(text: str) -> None:
    assert secrets().found_in(text) == []


def test_what_an_author_has_published_gives_nothing_away() -> None:
    said = PUBLIC.replace("Pay on", f"{RUN}. Ask about Salary bands of engineers. Pay on").replace(
        "pay-an", "said-in-public"
    )
    found = secrets(**{"finance/said.md": said})
    assert found.found_in(f"{RUN}. Salary bands of engineers.") == []
    assert found.found_in("the first of March unless the board objects in writing") != []


def test_what_was_seen_once_is_found_once_and_its_neighbours_again() -> None:
    found = secrets()
    lines = RUN.replace(" ", "\n")
    assert found.found_in(f"{lines}\nthe end")
    assert found.found_in(f"{lines}\nthe end") == []
    # A run may begin in a line that many pages have, and end in a new one.
    others = secrets()
    assert others.found_in("rise by\nfour percent") == []
    assert others.found_in("rise by\nfour percent\non the first of March") != []


@pytest.mark.parametrize("before", range(9))
def test_a_run_is_found_wherever_it_begins(before: int) -> None:
    [leak] = secrets().found_in(f"{'word ' * before}{RUN}")
    assert leak.what == "8 words of its text in a row"


@pytest.mark.parametrize("mark", ["'", "\u2019"])
def test_another_apostrophe_hides_no_run_and_no_id(mark: str) -> None:
    found = secrets(**{"hr/no.md": SECRET.replace("salary-bands", "no-rise").replace("rise by", "don't rise by")})
    run = f"engineers don{mark}t rise by four percent on"
    assert "8 words of its text in a row" in {leak.what for leak in found.found_in(f"{run} it")}
    assert [leak.what for leak in found.found_in(f"l{mark}no-rise{mark}s")] == ["its id"]


def test_a_tag_that_stood_alone_in_a_line_is_looked_into() -> None:
    assert secrets().found_in(f'<a title="{RUN}">') != []


def test_accents_of_what_is_withheld_may_be_lost() -> None:
    text = SECRET.replace("rise by four", "erhöhen sich um vier")
    found = secrets(**{"hr/rise.md": text.replace("salary-bands", "salary-rise")})
    run = "salaries of engineers erhohen sich um vier percent"
    assert [leak.path for leak in found.found_in(run)] == ["hr/rise.md"]


def test_a_page_at_the_top_is_given_away_by_its_file() -> None:
    named = {
        "secret.md": SECRET.replace("salary-bands", "pay-of-all"),
        "README.md": SECRET.replace("salary-bands", "a-b"),
    }
    found = secrets(**named)
    assert [(leak.path, leak.what) for leak in found.found_in("see ../secret.md")] == [("secret.md", "its path")]
    assert found.found_in("a secret, an md; top-secret.md; finance/README.md") == []
    public = PUBLIC.replace("pay-an", "tell-an").replace("Pay on", "We call it secret.md. Pay on")
    assert secrets(**named, **{"finance/tell.md": public}).found_in("see ../secret.md") == []


def test_an_address_that_is_not_ascii_is_found_however_it_is_written() -> None:
    more = {"hr/gehälter.md": SECRET.replace("salary-bands", "pay-of-all")}
    for text in ("hr/geh%C3%A4lter/", "hr/gehälter/", "hr/geha\u0308lter/", '"hr\\/geh\\u00e4lter\\/"'):
        [leak] = secrets(**more).found_in(text)
        assert (leak.path, leak.what) == ("hr/gehälter.md", "its address")


def test_a_file_beside_the_pages_is_given_away_by_its_text() -> None:
    rows = Withheld("hr/pay.csv", "name,pay\nMara,81234-eur-x9\nTom,one of the two who got more than the others")
    assert [leak.what for leak in secrets(rows).found_in("81234-EUR-x9")] == ["a word that stands only there"]
    [leak] = secrets(rows).found_in("one of the two who got more than the others")
    assert (leak.path, leak.what) == ("hr/pay.csv", "8 words of its text in a row")
    assert secrets(rows).found_in("hr/pay.csv") == []


def test_what_a_published_file_says_gives_nothing_away() -> None:
    book = handbook({"hr/pay/bands.md": SECRET})
    withheld = [Withheld(page.src_uri, page.source.text, page) for page in book.pages]
    assert Secrets(withheld, [f"a;b\n{RUN};Zq7xk-canary-41"]).found_in(f"{RUN} Zq7xk-canary-41") == []


def test_the_name_of_a_part_of_a_published_page_is_no_secret() -> None:
    """A withheld page that links to a part of a published one, as /pay/#what-s-due…, says no more than that heading."""
    book = handbook({"hr/pay/bands.md": SECRET})
    withheld = [
        Withheld(page.src_uri, f"{page.source.text} /pay/#whats-due-in-re-tied-plans", page) for page in book.pages
    ]
    heading = "## What's due in re-tied plans\n"
    assert Secrets(withheld, [heading]).found_in('<h2 id="whats-due-in-re-tied-plans">') == []
    [leak] = Secrets(withheld, ["## What's due"]).found_in('<h2 id="whats-due-in-re-tied-plans">')
    assert leak.what == "a word that stands only there"


def test_with_nothing_withheld_there_is_nothing_to_look_for() -> None:
    assert not Secrets([], [])


def test_an_address_that_an_author_wrote_down_is_no_secret_and_a_part_of_another_is_none() -> None:
    book = handbook({"hr/pay/bands.md": SECRET, "finance/pay.md": PUBLIC})
    [page] = [page for page in book.pages if page.visibility != "public"]
    held = [Withheld(page.src_uri, page.source.text, page)]
    link = '<a href="../../hr/pay/bands/">x</a>'
    assert Secrets(held, [], tuple, ["See `hr/pay/bands`."]).found_in(link) == []
    [leak] = Secrets(held, [], tuple, ["See xhr/pay/bandstand and hr/pay/bands-of-old."]).found_in(link)
    assert leak.what == "its address"
