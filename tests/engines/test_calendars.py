"""Calendars on a built site: there for those whom they concern, led to, and gone with them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.engines.drawn import BASE, PEOPLE, sop
from tests.engines.sites import Site, build
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook
from tests.web.test_calendars import MEETING

FILES = {
    **BASE,
    "content/company/review.md": MEETING,
    "content/pay.md": sop("pay", rapid="aro(D)", sign_offs=""),
    "content/hush.md": sop("zephyrine-bands", visibility="internal", rapid="MOK(D)"),
}


def names(site: Site) -> list[str]:
    return sorted(path.name for path in site.root.rglob("*.ics"))


def test_a_site_has_calendars_that_its_pages_lead_to(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, FILES))
    assert names(site) == ["all.ics", "aro.ics", "mok.ics", "tli.ics"]
    assert site.links("handbook/meetings/")["everything"] == "handbook/calendars/all.ics"
    assert site.links("handbook/queue/")["everything"] == "handbook/calendars/all.ics"
    people = site.html("people/")
    assert all(f'href="../handbook/calendars/{name}.ics"' in people for name in ("aro", "mok", "tli"))
    assert site.dead_links() == []
    assert site.naming("zephyrine") == []


def test_what_is_gone_leaves_no_calendar_behind_in_a_dirty_build(tmp_path: Path) -> None:
    settings = {"generated": "made"}
    build(make_handbook(tmp_path, FILES, settings))
    people = PEOPLE.replace("job: Bookkeeper}", "job: Bookkeeper, until: 2026-01-31}")
    site = build(make_handbook(tmp_path, {**FILES, "content/people.md": people}, settings), strict=False, dirty=True)
    assert names(site) == ["all.ics", "mok.ics", "tli.ics"]
    assert {path.parent.name for path in site.root.rglob("*.ics")} == {"calendars"}
    assert (site.root / "made/calendars/all.ics").is_file()


def test_verify_knows_the_calendars_and_looks_through_them(tmp_path: Path) -> None:
    site = build(make_handbook(tmp_path, FILES))
    found = site.root / "handbook/calendars/all.ics"
    found.write_bytes(found.read_bytes().replace(b"SUMMARY:Monthly review", b"SUMMARY:Zephyrin\r\n e bands"))
    (site.root / "handbook/calendars/nobody.ics").write_bytes(b"")
    said = handrail(tmp_path, "verify", "--format", "json").out
    faults = {(one["path"].rpartition("/")[2], one["message"]) for one in json.loads(said)["findings"]}
    assert ("all.ics", "This file holds its title, of content/hush.md, which is withheld.") in faults
    assert {name for name, _ in faults if name.endswith(".ics")} == {"all.ics", "nobody.ics"}
    found.unlink()
    (found.parent / "mok.ics").unlink()
    said = handrail(tmp_path, "verify", "--format", "json").out
    missing = [one["message"] for one in json.loads(said)["findings"] if one["path"].endswith("all.ics")]
    assert missing == ["This file is not there, and should be the file that Handrail makes."]
