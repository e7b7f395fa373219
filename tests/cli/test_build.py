"""`handrail build` says where the site is and how much of it was made, and what stops it."""

from __future__ import annotations

from pathlib import Path

from tests.engines.drawn import BASE, sop
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook


def test_it_says_what_it_made_and_what_stops_it(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, BASE)
    first = handrail(folder, "build", "--site-dir", "public", "--quiet")
    assert (first.code, first.out, first.err) == (0, "", "")
    again = handrail(folder, "build", "--site-dir", "public")
    assert again.code == 0
    assert again.out.startswith("The site is in public/: ")
    assert again.out.endswith(" pages, none of them made anew.\n")
    assert "nothing to fix" in again.err

    home = (folder / "public/index.html").read_bytes()
    (folder / "content/wrong.md").write_text(sop("wrong", state="nearly"), "utf-8")
    wrong = handrail(folder, "build", "--site-dir", "public")
    assert wrong.code == 1
    assert "content/wrong.md" in wrong.err
    assert (folder / "public/index.html").read_bytes() == home


def test_settings_that_cannot_be_used_are_no_finding(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, BASE, config={"plugins": ["search"]})
    without = handrail(folder, "build")
    assert without.code == 2
    assert "mkdocs.yml does not switch on the plugin `handrail`" in without.err
    (folder / "mkdocs.yml").write_text("site_name: [\n", "utf-8")
    assert handrail(folder, "build").code == 2


def test_a_wrong_setting_is_said_with_where_to_look(tmp_path: Path) -> None:
    wrong = handrail(make_handbook(tmp_path, BASE, {"feedbak": "issues"}), "build")
    assert wrong.code == 2
    assert wrong.err.endswith("mkdocs.yml can't be used as it is; what is wrong stands above.\n")
