"""`handrail report findability`: each of its checks finds what is wrong, and nothing else does."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build

from handrail.measures.findability import CHECKS, TARGET, Findability, Found, Ratio
from handrail.proof.findability import with_a_slip
from handrail.report.findability import NOTHING_MISSED, NOTHING_PUBLIC
from tests.engines.drawn import BASE, CLAIMS, sop
from tests.engines.sites import configured
from tests.history.repos import Repo
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

pytestmark = pytest.mark.usefixtures("few_rules")

PAGE = "finance/expense-claims/index.html"
LONG = "How you get the money back that you paid for something that the company needs."
FILES = {
    **BASE,
    "content/finance/expense-claims.md": CLAIMS.replace("How you get your money back.", LONG),
    "content/finance/pay-a-bill.md": sop("pay-a-bill", description=f"{LONG} Not this."),
    "content/finance/later.md": sop("later", state="draft"),
    "content/finance/inner.md": sop("inner", visibility="internal"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("findability")
    return built_at("https://example.org/", root)


def built_at(site_url: str, folder: Path) -> Path:
    """Return the project, in a repository, with its finished site."""
    root = make_handbook(folder, FILES, config={"site_url": site_url})
    Repo(root).commit("2026-11-03")
    build(configured(root, strict=False))
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "project"))


def found(project: Path) -> dict[str, Any]:
    done = handrail(project, "report", "findability", "--format", "json")
    assert (done.code, done.err) == (0, "")
    data = json.loads(done.out)["findability"]
    assert isinstance(data, dict)
    return data


def test_a_sound_site_misses_nothing(project: Path) -> None:
    data = found(project)
    assert data["by_search"] == data["by_web"] == {"met": 2, "of": 2, "per_cent": 100, "target": 90}
    assert [(one["id"], one["missed"], one["lost"]) for one in data["procedures"]] == [
        ("expense-claims", [], []),
        ("pay-a-bill", [], []),
    ]
    assert data["dead_addresses"] == []
    for format_ in ("text", "md"):
        assert NOTHING_MISSED in handrail(project, "report", "findability", "--format", format_).out


Fault = Callable[[Path], None]


def edit(path: str, pattern: str, instead: str) -> Fault:
    def plant(site: Path) -> None:
        text = (site / path).read_text("utf-8")
        edited = re.sub(pattern, lambda _: instead, text, count=1, flags=re.DOTALL)
        assert edited != text
        (site / path).write_text(edited, "utf-8")

    return plant


def into_head(tag: str) -> Fault:
    return edit(PAGE, "</head>", f"{tag}</head>")


def far_away(site: Path) -> None:
    for path in site.rglob("*.html"):
        path.write_text(
            path.read_text("utf-8").replace("expense-claims/", "#"), "utf-8"
        ) if path != site / PAGE else None


def left_out(site: Path) -> None:
    make_handbook(
        site.parent, {}, config={"site_url": "https://example.org/", "exclude_docs": "/finance/expense-claims.md\n"}
    )


FAULTS: dict[str, Fault] = {
    "left out": left_out,
    "address": lambda site: (site / PAGE).unlink(),
    "sitemap": edit("sitemap.xml", r"<url>\s*<loc>[^<]*/expense-claims/</loc>.*?</url>", ""),
    "indexed": into_head('<meta name="robots" content="noindex, nofollow">'),
    "dated": edit("sitemap.xml", r"(?<=/expense-claims/</loc>)\s*<lastmod>[^<]*", "<lastmod>2026-11-04"),
    "crawled": edit("robots.txt", "Disallow:\n", "Disallow: /*/expense\n"),
    "canonical": into_head('<link rel="canonical" href="https://example.org/">'),
    "title": edit("index.html", r"<title>.*?</title>", "<title>Expense  claims - A handbook</title>"),
    "description": edit("index.html", r'<meta name="description" content="[^"]*"', f'<meta name="description" content="{LONG}"'),
    "length": edit(PAGE, r'<meta name="description" content="[^"]*"', '<meta name="description" content="Money."'),
    "heading": edit(PAGE, "</h1>", "</h1><h1>Again</h1>"),
    "language": edit(PAGE, r'<html lang="en"', "<html"),
    "in search": edit("assets/handrail/finder.json", '"expense-claims/"', '"other/"'),
    "clicks": far_away,
    "data": edit(PAGE, r'<script type="application/ld\+json">.*?</script>', ""),
    "readable": edit(PAGE, r'<script type="application/ld\+json">', '<script type="application/ld+json">,'),
    "preview": edit(PAGE, r'<meta property="og:title"[^>]*>', ""),
}  # fmt: skip


def test_there_is_a_fault_for_each_check() -> None:
    assert set(FAULTS) == set(CHECKS)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_and_no_other_is_claimed(name: str, project: Path) -> None:
    FAULTS[name](project / "site")
    data = found(project)
    assert [(one["id"], one["missed"], one["lost"]) for one in data["procedures"]] == [
        ("expense-claims", [name], []),
        ("pay-a-bill", [], []),
    ]
    shares = (data["by_search"]["met"], data["by_web"]["met"])
    assert shares == {"in search": (1, 2), "left out": (1, 1)}.get(name, (2, 1))
    assert data["dead_addresses"] == (["https://example.org/finance/expense-claims/"] if name == "address" else [])
    said, advice = CHECKS[name]
    text = handrail(project, "report", "findability").out
    assert f"content/finance/expense-claims.md “Expense claims”\n  {said} {advice}\n" in text


@pytest.mark.parametrize(("length", "missed"), [(49, ["length"]), (50, []), (160, []), (161, ["length"])])
def test_a_description_may_have_so_many_characters(length: int, missed: list[str], project: Path) -> None:
    words = ("How you get back what you paid for work. " * 5)[: length - 1] + "."
    edit(PAGE, r'<meta name="description" content="[^"]*"', f'<meta name="description" content="{words}"')(
        project / "site"
    )
    assert found(project)["procedures"][0]["missed"] == missed


@pytest.mark.parametrize(("clicks", "missed"), [(3, []), (4, ["clicks"])])
def test_a_page_may_be_so_many_clicks_away(clicks: int, missed: list[str], project: Path) -> None:
    site = project / "site"
    far_away(site)
    way = ["index.html", *(f"step-{number}.html" for number in range(1, clicks)), PAGE]
    for here, there in pairwise(way):
        with (site / here).open("a", encoding="utf-8") as page:
            page.write(
                f'<meta name="robots" content="noindex"><a href="/{there}">on</a>'
                if here != way[0]
                else f'<a href="/{there}">on</a>'
            )
    assert found(project)["procedures"][0]["missed"] == missed


def test_in_a_folder_of_a_host_nobody_reads_what_crawlers_are_told(tmp_path: Path) -> None:
    root = built_at("https://example.org/handbook/", tmp_path / "project")
    FAULTS["crawled"](root / "site")
    assert found(root)["by_web"]["met"] == 2


def test_without_git_no_day_is_wrong(project: Path) -> None:
    FAULTS["dated"](project / "site")
    shutil.rmtree(project / ".git")
    assert found(project)["by_web"]["met"] == 2


def test_own_words_that_find_other_pages_are_named(project: Path) -> None:
    path = project / "site/assets/handrail/finder.json"
    index = json.loads(path.read_text("utf-8"))
    at = index["titles"].index("Expense claims")
    index["titles"][at], index["ids"][at] = "Zebra crossings", "zebra"
    path.write_text(json.dumps(index), "utf-8")
    data = found(project)
    assert data["procedures"][0]["lost"][0] == "Expense claims"
    assert (data["by_search"]["met"], data["by_web"]["met"]) == (1, 2)
    for format_ in ("text", "md"):
        said = handrail(project, "report", "findability", "--format", format_).out
        assert "does not find it by “Expense claims”" in said
        assert "1 of 2 (50 %)" in said
    rows = list(csv.reader(io.StringIO(handrail(project, "report", "findability", "--format", "csv").out)))
    assert [(row[0], row[2]) for row in rows[1:]] == [("expense-claims", "own words")]


@pytest.mark.parametrize("broken", ["", "[]", '{"version": 1}', '{"titles": 3}'])
def test_an_index_that_cannot_be_read_finds_nothing(broken: str, project: Path) -> None:
    (project / "site/assets/handrail/finder.json").write_text(broken, "utf-8")
    assert [one["missed"] for one in found(project)["procedures"]] == [["in search"], ["in search"]]


def test_without_an_address_nothing_is_ready_and_what_to_do_is_said(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, FILES)
    build(configured(root, strict=False))
    data = found(root)
    assert (data["by_search"]["met"], data["by_web"]["met"]) == (2, 0)
    assert "Set `site_url` in mkdocs.yml" in handrail(root, "report", "findability").out


def test_of_nothing_nothing_is_known(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, {"content/index.md": "# Welcome\n", "public/index.html": "<p>x"})
    done = handrail(root, "report", "findability", "--site", "public")
    assert (done.code, done.out.count("unknown")) == (0, 2)
    assert NOTHING_PUBLIC in done.out


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, {"content/index.md": "# Welcome\n"})
    done = handrail(root, "report", "findability")
    assert (done.code, done.out) == (2, "")
    assert "There is no folder site; build the site first" in done.err
    done = handrail(root, "report", "toc", "--site", "site")
    assert done.code == 2
    assert "`toc` does not look at" in done.err


def test_a_share_is_rounded_down() -> None:
    assert [Ratio(met, 1000).per_cent for met in (899, 900, 999, 1000)] == [89, 90, 99, 100]
    assert Findability(()).by_web.per_cent is None


def test_what_the_sites_own_search_misses_does_not_count_for_the_web() -> None:
    page: Any = object()
    assert Found(page, ("in search",)).by_web
    assert not Found(page, ("in search",)).by_search
    assert Found(page, ("title",)).by_search
    assert not Found(page, lost=("a",)).by_search


def test_slips_are_the_same_every_time() -> None:
    assert with_a_slip("Pay an invoice") == ["Pay an invice", "Pay an invooice", "Pay an inovice"]
    assert with_a_slip("Book a room") == ["Book a room".replace("Book", word) for word in ("Bok", "Boook")]
    assert with_a_slip("Go 12345 to it") == []


@pytest.mark.parametrize(
    "title", ["経費精算の手続き", "报销差旅费用", "경비정산하기", "المطالبة بالمصاريف", "เบิกค่าใช้จ่าย", "החזר הוצאות"]
)
def test_nobody_makes_such_a_slip_in_scripts_that_are_not_typed_letter_by_letter(title: str) -> None:
    assert with_a_slip(title) == []
    assert with_a_slip(f"{title} Expenses")[0] == f"{title} Expeses"


def test_the_handbook_that_comes_with_handrail_is_found(example_site: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    data = json.loads(handrail(root, "report", "findability", "--site", str(example_site), "--format", "json").out)
    for share in (data["findability"]["by_search"], data["findability"]["by_web"]):
        assert share["of"] > 40
        assert share["per_cent"] >= TARGET


def test_the_scorecard_says_what_a_finished_site_lacks_where_it_is_asked(project: Path) -> None:
    (project / "site/sitemap.xml").unlink()
    ready = []
    for more in ((), ("--site", "site")):
        data = json.loads(handrail(project, "report", "scorecard", "--format", "json", *more).out)
        [measure] = [one for one in data["measures"] if one["name"] == "sops-found"]
        ready += [(one["numerator"], one["denominator"]) for one in measure["beside"]]
        assert re.fullmatch("[0-9a-f]{40}", data["commit"])
    assert ready == [(2, 2), (None, 2), (2, 2), (0, 2)]
