"""What a `robots.txt` forbids."""

from __future__ import annotations

import pytest

from handrail.proof.crawlers import is_forbidden

PATH = "/finance/expense-claims/"


def for_all(*rules: str) -> str:
    return "\n".join(("User-agent: *", *rules))


@pytest.mark.parametrize(
    "robots",
    [
        for_all("Disallow: /"),
        for_all("disallow : /finance # ours"),
        for_all("Disallow: /*/expense"),
        for_all("Disallow: /*claims/$"),
        for_all("Disallow: /%66inance/"),
        for_all("Allow: /finance/", "Disallow: /finance/expense"),
        "User-agent: Googlebot\nDisallow: /\n",
        "User-agent: a\r\nUser-agent: BingBot\r\nSitemap: x\r\nDisallow: /finance\r\n",
        "User-agent: *\nAllow: /a\n\nUser-agent: b\nAllow: /\n\nUser-agent: *\nDisallow: /finance\n",
    ],
)
def test_a_page_is_forbidden(robots: str) -> None:
    assert is_forbidden(robots, PATH)


@pytest.mark.parametrize(
    "robots",
    [
        "",
        for_all("Disallow:"),
        for_all("Disallow: /finance/$"),
        for_all("Disallow: /sales", "Disallow: /f?nance", "Disallow: /[f]inance", "Disallow: finance"),
        for_all("Disallow: /finance/", "Allow: /finance/expense"),
        for_all("Disallow: /finance/", "Allow: /finance/"),
        "Disallow: /\n",
        "User-agent: elsewhere\nDisallow: /\n",
        "no line of it\nUser-agent\n",
    ],
)
def test_a_page_is_allowed(robots: str) -> None:
    assert not is_forbidden(robots, PATH)


def test_who_is_named_reads_only_what_is_said_to_it() -> None:
    named = "User-agent: googlebot\nUser-agent: bingbot\nAllow: /\n\n"
    assert is_forbidden(f"{named}{for_all('Disallow: /')}", PATH)
    assert not is_forbidden(f"{for_all('Allow: /')}\n{named}", PATH)
