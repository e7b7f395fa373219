"""Keys of other programs become fields of ours where nothing is lost by it."""

from __future__ import annotations

import pytest

from handrail.edit.adopt.foreign_keys import Translation, translation
from tests.model.building import handbook

PEOPLE = (
    "---\nkind: people\nid: people\ntitle: Who is who\nvisibility: public\npeople: [{id: lbk, name: Lena Brandt-Keller, handle: lenabk}]\n"
    "groups: [{id: ops, name: Operations, handle: '@corp/ops'}]\n---\n"
)
SALES = "---\nkind: department\nid: sales\ntitle: Sales\nvisibility: public\n---\nWhat it does.\n"


def of(fields: str, path: str = "sales/quotes/a.md", **more: str) -> Translation:
    book = handbook({path: f"---\n{fields}\n---\nText.\n", "people.md": PEOPLE, "sales/index.md": SALES, **more})
    return translation(book, book.by_src_uri[path], book.kinds["sop"])


TRANSLATED = {
    "months": ("review_in: 6 months", "review_every", "6 months"),
    "one month as many write it": ("review_in: 6 month", "review_every", "6 months"),
    "a year": ("review-cycle: 1 year", "review_every", "12 months"),
    "a word": ("Review Frequency: Quarterly", "review_every", "3 months"),
    "one": ("review_in: every month", "review_every", "1 month"),
    "a channel": ('owner_slack: "#ask-sales"', "contact", "#ask-sales"),
    "a channel without its sign": ("slack: ask-sales", "contact", "#ask-sales"),
    "an address": ("support_channel: sales@corp.example", "contact", "sales@corp.example"),
    "a summary": ("excerpt: >\n  Who may\n  ask.", "description", "Who may ask."),
    "search words": ("keywords: quote, offer , quote", "asked_as", ["quote", "offer"]),
    "a list of them": ("keywords: [quote, offer]", "asked_as", ["quote", "offer"]),
    "tags with commas": ("tags: money, law", "tags", ["money", "law"]),
    "old addresses": ("aliases: [/old/a/, /b.html]", "redirect_from", ["/old/a/", "/b.html"]),
    "one of them": ("old_paths: /old/a.html", "redirect_from", ["/old/a.html"]),
    "one as Hugo counts it": ("aliases: [older/a]", "redirect_from", ["/sales/quotes/older/a"]),
    "an address of its own": ("permalink: /quote/", "redirect_from", ["/quote/"]),
    "a person by name": ("dri: Lena Brandt-Keller", "owner", "lbk"),
    "a person by handle": ("maintainers: ['@LenaBK']", "owner", "lbk"),
    "a team": ("owner: '@corp/ops'", "owner", "ops"),
    "the department above": ("parent: /sales.html", "department", "sales"),
    "the department above, from here": ("parent: ../index.md", "department", "sales"),
}


@pytest.mark.parametrize(("fields", "name", "value"), TRANSLATED.values(), ids=TRANSLATED)
def test_what_a_key_becomes(fields: str, name: str, value: object) -> None:
    found = of(fields)
    assert found.put == {name: value}
    assert len(found.without) == (0 if fields.startswith(name) else 1)
    assert found.kept == ()


KEPT = {
    "longer than a sign-off holds": "review_in: 24 months",
    "no length of time": "review_in: soon",
    "a number of nobody knows what": "review_in: 6",
    "other names of a page": "aliases: [Quotes, Offers]",
    "an address with something to fill in": "permalink: /:year/a/",
    "the address that it has": "permalink: /sales/quotes/a/",
    "an address elsewhere": "url: https://corp.example/a",
    "a name that nobody knows": "dri: Somebody",
    "several": "maintainers: [lbk, ops]",
    "a page above that is no department": "parent: /sales/quotes.html",
    "an address that could be none": "aliases: ['/a?b']",
    "too many words": f"keywords: {', '.join(f'w{number}' for number in range(13))}",
    "a key of nobody's": "weight: 10",
    "a day": "last_reviewed_on: 2026-03-01",
}


@pytest.mark.parametrize("fields", KEPT.values(), ids=KEPT)
def test_what_stays_as_it_is(fields: str) -> None:
    assert of(fields) == Translation({}, (), (fields.partition(":")[0],))


def test_a_page_that_says_it_already_keeps_both() -> None:
    assert of('contact: "#a"\nowner_slack: "#b"') == Translation({}, (), ("owner_slack",))
    assert of('contact: "#a"\nowner_slack: "#a"') == Translation({}, ("owner_slack",), ())


def test_old_addresses_come_together() -> None:
    found = of("redirect_from: /a/\naliases: [/b/, /a/]\npermalink: /c/")
    assert found.put == {"redirect_from": ["/a/", "/b/", "/c/"]}
    assert found.without == ("aliases", "permalink")


@pytest.mark.parametrize("fields", ["redirect_from: /a/", "tags: [a]", "owner: somebody", "asked_as: [a]"])
def test_a_field_that_stands_as_it_may_is_left_alone(fields: str) -> None:
    assert of(fields) == Translation({}, (), ())
