"""On a site by Zensical nothing runs that an author has written, as on one by MkDocs."""

from __future__ import annotations

import json
import re
from pathlib import Path
from unittest.mock import patch

from handrail.model.handbook import Handbook
from handrail.rules.check import check
from handrail.rules.finding import Report
from handrail.rules.registry import all_rules
from tests.engines import injecting
from tests.engines.sites import Site
from tests.engines.test_injection import dangers
from tests.engines.test_zensical import FORM, zensical
from tests.support.commands import handrail


def _not_refused(handbook: Handbook, _told: object = None) -> Report:
    return check(handbook)


def test_nothing_runs_that_an_author_has_written(tmp_path: Path) -> None:
    files, tried = injecting.handbook()
    # What is tried in the fields of documents never comes to Zensical as Markdown; it is escaped where it is put.
    kept = {path: text for path, text in files.items() if not re.match(r"content/(?:f\d|people)", path)}
    root = injecting.project(tmp_path, {**kept, "content/people.md": "# Nobody\n"})
    # A check would refuse nearly all of it.
    with (
        patch("handrail.engines.verdict.check_or_fail", _not_refused),
        patch("handrail.pages.generated.every.all_rules", lambda: all_rules()[:2]),
    ):
        assert handrail(root, "generate").code == 0
        run = zensical(root, "build", "--strict", "--config-file", str(FORM / "zensical.yml"))
        assert run.code == 0, run.said
        assert handrail(root, "finish").code == 0
    site = Site(root / "site")
    assert sum(site.has(one.url) for one in tried) > 100
    found = {page: dangers((site.root / page).read_text("utf-8")) for page in site.pages()}
    assert {page: what for page, what in found.items() if what} == {}
    # Its search puts these into its results as HTML.
    docs = json.loads((site.root / "search.json").read_text("utf-8"))["items"]
    words = [str(part) for doc in docs for part in (doc["title"], doc["text"], *doc["path"], *doc["tags"])]
    tags = {tag.strip("/ ") for part in words for tag in re.findall(r"<(/?[a-zA-Z!?][^>]*)", part)}
    assert tags <= {"code", "li", "ol", "p", "pre", "sub", "sup", "ul"}
