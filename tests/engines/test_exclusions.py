"""What the site's own settings leave out or let in: Handrail publishes, withholds and links what MkDocs does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engines.drawn import BASE, sop
from tests.engines.sites import Site, build
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

pytestmark = pytest.mark.usefixtures("few_rules")

PNG = b"\x89PNG a picture"


def built(folder: Path, files: dict[str, Any], **given: Any) -> Site:
    """Build a handbook, in strict mode, and prove it."""
    settings = given.pop("settings", {})
    root = make_handbook(folder, {**BASE, **files}, settings, given)
    site = build(root)
    done = handrail(root, "verify")
    assert done.code == 0, done.out
    return site


@pytest.mark.parametrize(
    "others", [{}, {"content/private.md": sop("private", visibility="internal")}], ids=["all", "some"]
)
def test_a_hidden_folder_that_is_let_in_is_part_of_the_handbook(tmp_path: Path, others: dict[str, str]) -> None:
    files = {
        **others,
        "content/a.md": "# A\n\n![Map](.gitbook/assets/map.png), [a part](.gitbook/parts/pay.md), [secret](.gitbook/secret.md)\n",
        "content/.gitbook/parts/pay.md": "# Pay\n\nTo pay.\n",
        "content/.gitbook/secret.md": sop("zephyrine", visibility="internal"),
        "content/.gitbook/assets/map.png": PNG,
        "content/.gitbook/assets/unused.png": PNG + b"unused",
        "content/.other/b.md": "# Other\n",
        "content/.gitbook/.pages": "title: Parts\n",
    }
    site = built(tmp_path, files, exclude_docs="!.gitbook\n")
    assert site.says(".gitbook/parts/pay/").endswith("To pay.")
    assert (site.root / ".gitbook/assets/map.png").read_bytes() == PNG
    assert 'src="../.gitbook/assets/map.png"' in site.html("a/")
    assert site.links("a/")["a part"] == ".gitbook/parts/pay/"
    assert not site.naming("zephyrine")
    assert not [
        path
        for path in (".gitbook/assets/unused.png", ".gitbook/.pages", ".other/b/index.html")
        if (site.root / path).exists()
    ]
    done = handrail(tmp_path, "check")
    assert "HB207" not in done.out


def test_a_readme_that_is_left_out_takes_nothing_from_the_index(tmp_path: Path) -> None:
    files = {"content/team/README.md": "# For readers of the files\n", "content/team/index.md": "# Team\n\nHello.\n"}
    site = built(tmp_path, files, exclude_docs="README.md\n")
    assert site.says("team/").endswith("Hello.")
    assert "HB013" not in handrail(tmp_path, "check").out


def test_a_readme_that_an_index_drives_out_is_found_once_and_stops_no_strict_build(tmp_path: Path) -> None:
    files = {
        "content/team/README.md": "# For readers of the files\n\nHow to edit.\n",
        "content/team/index.md": "# Team\n\nHello.\n",
        "content/a.md": "# A\n\n[The team](../team/)\n",
    }
    site = built(tmp_path, files, settings={"severity": {"HB013": "warning"}})
    assert site.says("team/").endswith("Hello.")
    assert site.links("a/")["The team"] == "team/"
    found = [
        line for line in handrail(tmp_path, "check", "--format", "github").out.splitlines() if "same address" in line
    ]
    assert len(found) == 1
    assert "file=content/team/README.md" in found[0]


def test_what_is_left_out_is_named_and_counted_for_what_it_is(tmp_path: Path) -> None:
    files = {
        "content/templates/offer.md": sop("offer", title="Write an offer"),
        "content/a.md": "# A\n\n[[sop:offer]] and [it](templates/offer.md), [[sop:private]]\n",
        "content/private.md": sop("private", visibility="internal"),
    }
    site = built(tmp_path, files, site_url="https://example.org/")
    assert site.says("a/").endswith("Write an offer and it, an internal page")
    said = handrail(tmp_path, "verify").out
    assert "(1 withheld, 1 left out by the site's own settings)" in said
    assert "HB906" in handrail(tmp_path, "check").out
    found = handrail(tmp_path, "report", "findability").out
    assert "The site's own settings leave it out." in found
    assert "Build the site again" not in found
    assert "Write an offer (signed off 3 March 2026, left out of the site)" in handrail(tmp_path, "report", "toc").out


def test_a_folder_templates_that_is_let_in_is_published(tmp_path: Path) -> None:
    files = {
        "content/templates/offer.md": sop("offer", "Dear reader.", title="Write an offer"),
        "content/a.md": "# A\n\n[[sop:offer]]\n",
    }
    site = built(tmp_path, files, exclude_docs="!templates/\n")
    assert site.links("a/")["Write an offer"] == "templates/offer/"
    assert "HB906" not in handrail(tmp_path, "check").out


@pytest.mark.parametrize(
    "others", [{}, {"content/private.md": sop("private", visibility="internal")}], ids=["all", "some"]
)
def test_text_that_is_left_out_may_be_put_into_pages(tmp_path: Path, others: dict[str, str]) -> None:
    files = {
        **others,
        "content/parts/hours.md": "From nine to five.\n",
        "content/a.md": '# A\n\n--8<-- "parts/hours.md"\n',
    }
    snippets = ["pymdownx.snippets"]
    site = built(tmp_path, files, exclude_docs="parts/\n", markdown_extensions=snippets)
    assert site.says("a/").endswith("From nine to five.")
    assert not site.has("parts/hours/")


def test_settings_of_folders_are_published_by_no_pattern(tmp_path: Path) -> None:
    site = built(
        tmp_path, {"content/team/index.md": "# Team\n", "content/team/.pages": "title: Team\n"}, exclude_docs="!.*\n"
    )
    assert not (site.root / "team" / ".pages").exists()


def test_the_navigation_names_nothing_that_is_left_out(tmp_path: Path) -> None:
    files = {"content/old/a.md": "# Old\n", "content/index.md": "# Home\n"}
    site = built(tmp_path, files, exclude_docs="old/\n", nav=["index.md", {"Old": "old/a.md"}])
    assert "Old" not in dict(site.nav(""))
    assert site.dead_links() == []


def test_a_picture_that_is_left_out_is_taken_off_the_page_and_named(tmp_path: Path) -> None:
    files = {"content/a.md": "# A\n\n![The sketch](sketch.png)\n", "content/sketch.png": PNG}
    site = built(tmp_path, files, exclude_docs="sketch.png\n")
    assert site.says("a/").endswith("The sketch")
    assert "HB211" in handrail(tmp_path, "check").out
