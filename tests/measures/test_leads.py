"""Where the one thing is done that makes a measure known."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.measures.leads import to_made, to_settings
from handrail.model.generated import Made
from tests.pages.views import handbook_of

REPO = "https://github.com/example/handbook"


@pytest.mark.parametrize(
    ("config", "address"),
    [
        ({"repo_url": REPO, "edit_uri": "edit/main/content/"}, f"{REPO}/edit/main/mkdocs.yml"),
        ({"repo_url": f"{REPO}/", "edit_uri": "edit/main/content"}, f"{REPO}/edit/main/mkdocs.yml"),
        ({"repo_url": REPO, "edit_uri": f"{REPO}/-/edit/main/a/content/"}, f"{REPO}/-/edit/main/a/mkdocs.yml"),
        ({"repo_url": REPO, "edit_uri": "javascript:alert(1)/content/"}, "handbook/"),
        ({"repo_url": REPO}, "handbook/"),
        ({"edit_uri": "edit/main/content/"}, "handbook/"),
        ({"use_directory_urls": False}, "handbook/index.html"),
    ],
)
def test_the_settings_are_edited_where_the_pages_are(tmp_path: Path, config: dict[str, object], address: str) -> None:
    assert to_settings(handbook_of(tmp_path, {}, None, config)) == address


def test_pages_of_ours_lie_where_the_settings_say(tmp_path: Path) -> None:
    assert to_made(handbook_of(tmp_path, {}, {"generated": "about/us"}), Made.QUEUE) == "about/us/queue/"
