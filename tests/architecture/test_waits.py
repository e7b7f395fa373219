"""What tests in a browser wait for is asked from without: the policy of a page refuses whoever asks within it."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT


def test_no_test_asks_a_page_from_within_whether_something_holds() -> None:
    here = Path(__file__)
    texts = {path: path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py") if path != here}
    asking = [str(path) for path, text in texts.items() if ".wait_for_function(" in text]
    assert asking == [], "`until` of tests/e2e/conftest.py asks from without"
