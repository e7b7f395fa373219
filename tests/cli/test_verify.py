"""A finished site is proved to hold what may be published: every planted leak, lost page and dead link is found."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build

from handrail.model.project import load_project
from tests.engines.drawn import BASE, sop
from tests.engines.sites import configured
from tests.support.commands import handrail
from tests.support.handbooks import SETTINGS, make_handbook

pytestmark = pytest.mark.usefixtures("few_rules")

PRIVATE = "Engineers will get four percent more from the first of March, and nobody is told before the board agrees."
OPEN = "Whoever comes first in the morning opens the windows and waters the plants."
CANARY = "zq7xk-canary-41"
FILES = {
    **BASE,
    "content/hr/salary-bands.md": sop(
        "salary-bands",
        f"{PRIVATE}\n\n{CANARY}\n\n![Bands](bands.png)",
        visibility="internal",
        title="Salary bands of engineers",
    ),
    "content/finance/pay-a-bill.md": sop(
        "pay-a-bill", "See [the form](form.pdf) and [the start](#first).\n\n## First\n\nPay it."
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_handbook(
        tmp_path_factory.mktemp("verify"),
        {
            **FILES,
            "content/hr/bands.png": b"\x89PNG bands",
            "content/hr/bands.csv": b"who,what\nMara,rate-9f3k2\nTom,a raise that nobody else in the company has had\n",
            "content/hr/old.md": "Löhne und Gehälter wurden für alle Größen schöner ausgewürfelt".encode("cp1252"),
            "content/finance/form.pdf": b"%PDF form",
        },
        {"assets": ["blog/**"], "severity": {"HB008": "warning"}},
        {"site_url": "https://example.org/handbook/"},
    )
    build(configured(root, strict=False))
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "project"))


def verified(project: Path) -> tuple[int, str]:
    """Return the exit code, and a line for each finding: its place and what is wrong."""
    done = handrail(project, "verify", "--format", "json")
    found = json.loads(done.out)["findings"]
    return done.code, "".join(f"{one['path'].removeprefix('site/')} {one['message']}\n" for one in found)


def test_a_folder_without_any_page_of_the_handbook_is_no_site(project: Path) -> None:
    (project / "elsewhere").mkdir()
    (project / "elsewhere" / "index.txt").write_text("No site.")
    for more in ([], ["--write-baseline"]):
        done = handrail(project, "verify", "elsewhere", *more)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("elsewhere holds no page of this handbook; build the site first")
    assert not (project / "handrail-baseline.txt").exists()


def test_a_sound_site_holds_what_it_may(project: Path) -> None:
    done = handrail(project, "verify")
    code, said = done.code, done.out
    assert (code, said.splitlines()[:-1]) == (0, [])
    assert said.startswith("The site holds what it may, and nothing else: ")
    assert "4 withheld" in said


def test_what_the_site_s_settings_leave_out_is_not_missed(tmp_path: Path) -> None:
    left_out = {
        f"content/{folder}/{folder}.md": f"# {folder} of ours\n\n{OPEN}\n" for folder in ("old", "soon", "templates")
    }
    config = {"exclude_docs": "/old/*\n!/old/kept.md\n", "draft_docs": "soon*\n"}
    root = make_handbook(tmp_path, {**BASE, **left_out, "content/old/kept.md": "# Kept\n"}, config=config)
    build(configured(root, strict=False))
    assert verified(root) == (0, "")
    with (root / "site/index.html").open("a", encoding="utf-8") as page:
        page.write(f"<p>{OPEN}</p>")  # as a page that puts such a text in has it
    assert verified(root)[0] == 0
    (root / "site/soon/soon").mkdir(parents=True)
    (root / "site/soon/soon/index.html").write_text("soon", "utf-8")
    assert "soon/soon/index.html This is the page content/soon/soon.md, which is withheld." in verified(root)[1]


def test_what_serves_a_page_is_not_taken_for_that_of_another_that_is_left_out(tmp_path: Path) -> None:
    files = {
        **BASE,
        "content/index.md": "# Home\n\n[gone](gone.md)\n",
        "content/README.md": "# Read me\n\nOf the forge.\n",
        "content/area/index.md": "# Area\n\n![gone](gone.png)\n",
        "content/area/README.md": "# Read me\n\nOf the forge.\n",
    }
    root = make_handbook(tmp_path, files, config={"exclude_docs": "README.md\n"})
    build(configured(root, strict=False))
    found = json.loads(handrail(root, "verify", "--format", "json").out)["findings"]
    assert {(one["rule"], one["path"], one["line"]) for one in found} == {
        ("HB207", "content/index.md", 3),
        ("HB207", "content/area/index.md", 3),
    }


def append(path: str, text: str) -> Callable[[Path], None]:
    def plant(site: Path) -> None:
        with (site / path).open("ab") as file:
            file.write(text.encode())

    return plant


def write(path: str, raw: bytes) -> Callable[[Path], None]:
    def plant(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(raw)

    return plant


def link(path: str, target: str) -> Callable[[Path], None]:
    def plant(site: Path) -> None:
        (site / path).unlink(missing_ok=True)
        (site / path).symlink_to(site.parent / target)

    return plant


def delete(path: str) -> Callable[[Path], None]:
    return lambda site: (site / path).unlink()


OF_IT = "of content/hr/salary-bands.md, which is withheld."
PLANTED = [
    ("its title on a page", append("index.html", "<p>Salary bands of engineers</p>"), f"index.html This file holds its title, {OF_IT}"),
    ("its title in the search index", append("search/search_index.json", '{"title": "Salary bands of engineers"}'), "search/search_index.json This file holds its title"),
    ("its words in a comment", append("finance/index.html", f"<!-- {PRIVATE} -->"), "finance/index.html This file holds 8 words of its text in a row"),
    ("its words in capitals and entities", append("404.html", PRIVATE.upper().replace("A", "&#65;")), "404.html This file holds 8 words"),
    ("its words in a feed", append("feed.xml", PRIVATE), "feed.xml This file holds 8 words"),
    ("its words in a package", write("search/more.json.gz", gzip.compress(PRIVATE.encode())), "search/more.json.gz This file holds 8 words"),
    ("its address in a script", append("assets/extra.js", "go('hr/salary-bands/')"), "assets/extra.js This file holds its address"),
    ("its id", append("index.html", "[[sop:salary-bands]]"), "index.html This file holds its id"),
    ("a canary in a picture", write("assets/images/x.png", b"\x89PNG tEXtComment\0" + CANARY.encode() + b"\0"), "assets/images/x.png This file holds a word that stands only there"),
    ("its page", write("hr/salary-bands/index.html", b"<p>x"), "hr/salary-bands/index.html This is the page content/hr/salary-bands.md, which is withheld."),
    ("its picture", write("hr/bands.png", b"\x89PNG bands"), "hr/bands.png This is the file content/hr/bands.png, which is withheld."),
    ("its picture under another name", write("assets/images/y.png", b"\x89PNG bands"), "assets/images/y.png This is the file content/hr/bands.png"),
    ("its source", write("index.md.bak", PRIVATE.encode()), "index.md.bak This file holds 8 words"),
    ("a hidden file", write(".well-known/old.txt", b"x"), ".well-known/old.txt This file is in the site, and no page that is published uses it."),
    ("a page of nobody", write("extra/index.html", b"<p>x"), "extra/index.html This is a page of the site, and none that the handbook publishes"),
    ("a page is lost", delete("finance/pay-a-bill/index.html"), "finance/pay-a-bill/index.html This file is not there, and should be the page content/finance/pay-a-bill.md"),
    ("a file is lost", delete("finance/form.pdf"), "finance/form.pdf This file is not there, and should be the file content/finance/form.pdf"),
    ("the plugin never ran", delete("handbook/stale/index.html"), "handbook/stale/index.html This file is not there, and should be the page that Handrail makes"),
    ("the finder's index is lost", delete("assets/handrail/finder.json"), "assets/handrail/finder.json This file is not there, and should be the file that Handrail makes"),
    ("the list for programs is lost", delete("llms.txt"), "llms.txt This file is not there, and should be the file that Handrail makes"),
    ("words of a page in another encoding", append("index.html", "<p>Löhne und Gehälter wurden für alle Größen schöner"), "index.html This file holds 8 words of its text in a row, of content/hr/old.md"),
    ("a link to a folder", link("more", "content"), "more This is a symbolic link"),
    ("a link leads nowhere", append("index.html", '<a href="finance/gone/">x</a>'), "index.html This page has a link that leads nowhere: `finance/gone/`."),
    ("an anchor is not there", append("index.html", '<a href="finance/pay-a-bill/#second">x</a>'), "index.html This page has a link to a part that its page does not have: `finance/pay-a-bill/#second`."),
    ("an absolute address leads nowhere", append("index.html", "<a href=https://example.org/handbook/gone/>x</a>"), "leads nowhere: `https://example.org/handbook/gone/`."),
]  # fmt: skip


@pytest.mark.parametrize(("plant", "said"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_what_is_planted_is_found(plant: Callable[[Path], None], said: str, project: Path) -> None:
    plant(project / "site")
    code, out = verified(project)
    assert code == 1
    assert said in out
    assert PRIVATE not in out
    assert "Salary bands" not in out


def test_a_folder_that_is_not_there_is_said(project: Path) -> None:
    done = handrail(project, "verify", "nothing")
    assert done.code == 2
    assert "build the site first" in done.err


def test_what_other_plugins_make_is_let_in_by_name_and_looked_through(project: Path) -> None:
    write("blog/2026/index.html", b"<p>News")(project / "site")
    assert verified(project)[0] == 0
    append("blog/2026/index.html", PRIVATE)(project / "site")
    assert "blog/2026/index.html This file holds 8 words of its text in a row" in verified(project)[1]


def test_a_setting_that_lets_files_in_lets_in_nothing_withheld(project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("blog/**", "hr"), "utf-8")
    write("hr/salary-bands/index.html", b"<p>x")(project / "site")
    assert (
        "hr/salary-bands/index.html This is the page content/hr/salary-bands.md, which is withheld."
        in verified(project)[1]
    )


def test_the_site_lies_where_its_settings_say(project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(f"site_dir: out/public\n{settings.read_text('utf-8')}", "utf-8")
    done = handrail(project, "verify")
    assert (done.code, "out/public; build the site first" in done.err) == (2, True)
    (project / "out").mkdir()
    (project / "site").rename(project / "out/public")
    assert verified(project)[0] == 0
    assert handrail(project, "verify", "out").code == 2


def test_a_page_whose_name_is_not_ascii_is_found(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, {**BASE, "content/über uns.md": "# Über uns\n"})
    build(configured(root, strict=False))
    assert verified(root)[0] == 0
    (root / "site/über uns/index.html").unlink()
    assert (
        "über uns/index.html This file is not there, and should be the page content/über uns.md." in verified(root)[1]
    )


def test_a_file_that_the_settings_leave_out_is_not_missed(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, BASE, config={"exclude_docs": "*.txt\n"})
    build(configured(root, strict=False))
    assert not (root / "site/llms.txt").exists()
    assert verified(root)[0] == 0


def test_help_says_what_it_can_not_read(project: Path) -> None:
    said = " ".join(handrail(project, "verify", "--help").out.split())
    assert "It can't read what stands in pictures, PDF and office files, archives (zip) or base64" in said


def test_the_words_of_an_unused_file_are_a_secret_only_where_its_folder_is_one(project: Path) -> None:
    append("index.html", "<p>rate-9f3k2")(project / "site")
    assert verified(project) == (0, "")
    settings = project / "mkdocs.yml"
    said = yaml.safe_load(settings.read_text("utf-8"))
    next(entry["handrail"] for entry in said["plugins"] if "handrail" in entry)["visibility"] = {
        ".": "public",
        "hr": "internal",
    }
    settings.write_text(yaml.safe_dump(said), "utf-8")
    assert "index.html This file holds a word that stands only there, of content/hr/bands.csv" in verified(project)[1]


def test_a_dead_link_of_the_navigation_is_one_finding(tmp_path: Path) -> None:
    root = make_handbook(tmp_path, BASE, config={"nav": ["index.md", {"Chat": "#help"}]})
    build(configured(root, strict=False))
    code, said = verified(root)
    assert code == 1
    [line] = said.splitlines()
    assert "`#help`. So it is in " in line


def test_what_the_site_s_settings_name_is_what_a_check_says_of_it(tmp_path: Path) -> None:
    nav = ["people.md", {"Gone": "gone.md"}, {"Old": "finance.html"}]
    root = make_handbook(
        tmp_path, BASE, config={"nav": nav, "extra_css": ["gone.css"], "extra": {"homepage": "start/"}}
    )
    build(configured(root))
    checked = json.loads(handrail(root, "check", "--format", "json").out)["findings"]
    found = [one for one in checked if one["rule"] == "HB915"]
    assert [one["message"].split("`")[3] for one in found] == ["gone.md", "finance.html", "gone.css", "start/"]
    assert json.loads(handrail(root, "verify", "--format", "json").out)["findings"] == found
    assert handrail(root, "check", "--write-baseline").code == 0
    assert "4 known, 0 new" in handrail(root, "verify").out


@pytest.mark.parametrize("offline", [{}, {"enabled": False}])
def test_what_the_theme_s_plugins_make_is_known(offline: dict[str, bool], tmp_path: Path) -> None:
    plugins = ["search", "tags", {"offline": offline}, {"handrail": dict(SETTINGS)}]
    body = (
        "---\ntags: [Leave]\n---\n# Note\n\n[All](tags.md), [as data](/book/tags.json), [others](finance/index.md).\n"
    )
    files = {**BASE, "content/note.md": body, "content/tags.md": "# Tags\n\n<!-- material/tags -->\n"}
    config = {"plugins": plugins, "site_url": "https://example.org/book/"}
    root = make_handbook(tmp_path, files, config=config)
    build(configured(root, strict=False))
    assert (root / "site/tags.json").is_file()
    assert (root / "site/note/index.html").is_file() is bool(offline)
    assert verified(root) == (0, "")
    assert "HB207" not in handrail(root, "check").out


def test_whether_a_site_is_made_to_be_read_offline_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_handbook(tmp_path, BASE)
    settings = root / "mkdocs.yml"
    settings.write_text(
        f"{settings.read_text('utf-8').partition('plugins:')[0]}plugins:\n  - offline: {{enabled: !ENV [OFFLINE, false]}}\n  - handrail\n"
    )
    assert load_project(settings).use_directory_urls
    monkeypatch.setenv("OFFLINE", "true")
    assert not load_project(settings).use_directory_urls


def test_a_dead_link_of_a_text_is_what_a_check_says_of_it(tmp_path: Path) -> None:
    body = """# Note

See [a](gone.md), <img src="gone.png" alt="b">, [c](/gone/), [d](finance/index.md#gone), [e](#gone) and [f][f].

[f]: gone/
"""
    root = make_handbook(tmp_path, {**BASE, "content/note.md": body})
    build(configured(root, strict=False))
    done = handrail(root, "verify", "--format", "json")
    checked = handrail(root, "check", "--format", "json")
    found = [one for one in json.loads(checked.out)["findings"] if one["rule"] in ("HB207", "HB213")]
    assert len(found) == 6
    assert json.loads(done.out)["findings"] == found
    assert done.code == 0
    assert handrail(root, "verify", "--fail-on", "warning").code == 1
    assert "content/note.md" in handrail(root, "verify").out


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_what_a_theme_brings_is_no_stranger(theme: str, tmp_path: Path) -> None:
    root = make_handbook(tmp_path, BASE, config={"theme": {"name": theme}})
    build(configured(root, strict=False))
    assert [line for line in verified(root)[1].splitlines() if "link" not in line] == []


@pytest.mark.parametrize("title", ["Back to top", "What is waiting to be signed", "Recall to mind"])
def test_words_of_the_theme_and_of_the_program_give_nothing_away(title: str, tmp_path: Path) -> None:
    page = sop(
        "recall", "# The id, kind and title as the template for a new page has them", visibility="internal", title=title
    )
    root = make_handbook(tmp_path, {**BASE, "content/hr/recall.md": page})
    build(configured(root, strict=False))
    assert verified(root) == (0, "")


def test_a_check_and_verify_keep_their_findings_in_one_baseline(tmp_path: Path) -> None:
    note = "# Note\n\nSee [a](gone.md).\n"
    root = make_handbook(
        tmp_path,
        {**BASE, "content/note.md": note},
        {"fail_on": "warning"},
        {"nav": ["index.md", "note.md", {"Chat": "#help"}]},
    )
    config = configured(root, strict=False)
    assert handrail(root, "check", "--write-baseline").code == 0
    build(config)
    assert handrail(root, "verify").code == 1
    assert "Added: 1 finding.\n    . HB216 dead-on-site" in handrail(root, "verify", "--write-baseline").out
    known = (root / "handrail-baseline.txt").read_bytes()
    done = handrail(root, "verify")
    assert done.code == 0
    assert "2 known, 0 new, 0 fixed." in done.out
    assert "0 new, 0 fixed." in handrail(root, "check").out
    for command in ("check", "verify"):
        assert "Nothing was added and nothing taken out." in handrail(root, command, "--write-baseline").out
        assert (root / "handrail-baseline.txt").read_bytes() == known
    (root / "site" / "index.html").write_text(f"<p>{CANARY}</p><a href='gone-too/'>x</a>", "utf-8")
    assert handrail(root, "verify").code == 1


NAMES = {
    "in backticks": "See `s/pay.md`.",
    "as words": "It lies at s/pay.md, and was at s/pay/.",
    "a file of HTML": "[Pay](s/pay.html)",
    "a file of HTML, in HTML": '<a href="../s/pay.html#how">Pay</a>',
    "a shortcode": '[Pay]({{< relref "/s/pay.md" >}}) and {{< ref "s/pay.md" >}}',
    "a tag": "{% link s/pay.md %}",
    "brackets of another program": "[[s/pay]] and [[s/pay.md|Pay]]",
    "a link": "[Pay](s/pay.md), [Pay](s/pay/) and [Pay](s/pay)",
}


def test_an_author_may_name_what_is_withheld_and_no_link_leads_there(tmp_path: Path) -> None:
    pages = {f"content/n{number}.md": f"# Names\n\n{text}\n" for number, text in enumerate(NAMES.values())}
    files = {**pages, "content/s/pay.md": "---\ndraft: true\n---\n# Zebra\n"}
    root = make_handbook(tmp_path, {**BASE, **files})
    build(configured(root, strict=False))
    said = verified(root)[1]
    assert "HB820" not in said
    assert "which is withheld" not in said
    for number, what in enumerate(NAMES):
        page = (root / "site" / f"n{number}" / "index.html").read_text("utf-8")
        assert not re.search(r'href="[^"{]*s/pay', page), what
