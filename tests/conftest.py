"""What tests of several folders start from."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from tests.support import engine
from tests.support.browser import started
from tests.support.shared import shared

engine.take()

if TYPE_CHECKING:
    from tests.engines.injecting import Injected

# In CI the same examples are tried each time, so that a change is judged and not the dice.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
# `pytest --hypothesis-profile=nightly` tries others each time, and ten times as many where a test goes by the profile.
settings.register_profile("nightly", deadline=None, max_examples=1_000, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Have one more worker than there are cores: tests wait for browsers, previews and commands."""
    cores = yield
    return cores + 1


ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Let each worker begin to collect in another folder, and so find compiled what the others collected before it.

    Where nothing is compiled yet, as in CI, all of them would else compile the same tests at the same time.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if worker and [Path(argument).resolve() for argument in config.args] == [ROOT / "tests"]:
        found = sorted(path for path in (ROOT / "tests").iterdir() if path.is_dir() or path.name.startswith("test_"))
        begin = int(worker) * len(found) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        config.args[:] = [str(path) for path in (*found[begin:], *found[:begin])]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests in a browser, the longest of all: what is left for the end, workers can share."""
    items.sort(key=lambda item: (item.get_closest_marker("browser") is None, item.path))


@pytest.fixture(autouse=True)
def no_plugin_of_an_earlier_site() -> None:
    """Have MkDocs forget the plugins that it keeps for the next build in a process: tests come in any order."""
    mkdocs = sys.modules.get("mkdocs.config.defaults")
    if mkdocs is not None:
        dict(mkdocs.MkDocsConfig._schema)["plugins"].plugin_cache.clear()


@pytest.fixture(scope="module")
def few_rules() -> Iterator[None]:
    """Let the sites of a module's tests have the pages of two rules only: those of all are most of a small site."""
    from handrail.rules.registry import all_rules  # noqa: PLC0415 - imports every rule

    rules = all_rules()[:2]
    with patch("handrail.pages.generated.every.all_rules", lambda: rules):
        yield


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all sites be built in one moment: some themes write it on the first page, and MkDocs the day into the list of all."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser once, for all tests that look at something."""
    with started() as found:
        yield found


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the handbook that comes with Handrail, strictly, once for all tests that look at it."""
    from tests.engines.sites import mkdocs  # noqa: PLC0415 - only tests that want a site import a site generator

    def make(folder: Path) -> None:
        run = mkdocs(ROOT, "build", "--strict", "--site-dir", str(folder / "site"), every_rule=True)
        assert run.code == 0, run.said

    return shared(tmp_path_factory, "example", make) / "site"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Injected:
    """Build the handbook of someone who means harm, as a preview shows it, once for all tests that look at it."""
    from tests.engines.injecting import injected, preview  # noqa: PLC0415 - the same

    return injected(shared(tmp_path_factory, "injected", preview))
