"""Each content that a page ever had is read once, whoever asks for it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from handrail.history.former_contents import FormerContents
from handrail.text.source import read_source
from tests.history.repos import Repo


def test_each_content_is_read_once_and_one_that_still_stands_is_not_read_again(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    for day, text in enumerate(("---\nid: first\n---\n# A\n", "---\nid: second\n---\n# A\n"), 1):
        repo.commit(f"2026-01-0{day}", {"a.md": text})
    former = FormerContents(repo.history)
    newer, older = former.history.revisions["a.md"]
    today = read_source(text.encode())
    with patch("handrail.history.former_contents.read_source", wraps=read_source) as read:
        for _ in range(2):
            found = dict(former.read({newer.blob: today, older.blob: today}))
        assert read.call_count == 1
    assert found[newer.blob] is today
    assert found[older.blob].data["id"] == "first"
    assert [one.blob for one in former.by_id["first"]] == [older.blob]
    assert dict(former.read({"0" * 40: today})) == {}
