"""The browser that judges pairs of texts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.rendering.oracle import Oracle


@pytest.fixture(scope="session")
def oracle(browser: Browser) -> Oracle:
    """Open a page to judge with, once."""
    return Oracle(browser)
