"""Whatever pages say and are called, a handbook is checked, built and verified, and every command ends in plain sentences.

Hundreds of pages in each run, and thousands each night (`--hypothesis-profile=nightly`): several of them make a handbook.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from mkdocs.structure.files import Files

from handrail.report.formats import FORMATS
from handrail.rules.finding import Severity
from handrail.rules.registry import all_rules
from tests.engines.drawn import BASE
from tests.engines.sites import build
from tests.support.any_pages import SITES, Drawn, handbooks
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook

PAGES = 16
"""In each handbook, at the most; a build costs as much as a dozen of pages."""
BUILDS = max(25, 3 * settings().max_examples // 10)
_FAULT = "Handrail itself has failed"
# A page with an error stops the build, and the others would never be tried.
_LENIENT = {rule.code: "warning" for rule in all_rules() if rule.severity is Severity.ERROR}


@contextmanager
def quickly() -> Iterator[None]:
    """Copy no file of the theme: they are the same in every build."""
    with patch.object(Files, "add_files_from_theme", lambda _files, _env, _config: None):
        yield


def write(folder: Path, drawn: Drawn) -> None:
    """Write files into a folder of pages; a name that the disk or another file doesn't allow is left out."""
    for path, raw in drawn.files.items():
        with suppress(OSError, ValueError):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(raw)


def trouble(drawn: Drawn, site: dict[str, Any], format_: str, command: str) -> str:
    """Check, build and verify a handbook; return how that ended where it should not."""
    said = StringIO()
    with TemporaryDirectory(prefix="handrail-any-") as place, redirect_stdout(said), redirect_stderr(said):
        folder = make_handbook(Path(place), BASE, {"severity": _LENIENT}, site)
        write(folder / "content", drawn)
        for arguments in (("check", "--format", format_), (), ("verify",)):
            if arguments:
                done = handrail(folder, *arguments)
                if done.code not in (0, 1) or _FAULT in done.out:
                    return f"handrail {arguments[0]}: {done.err or done.out}"
            else:
                try:
                    build(folder, strict=False, command=command)
                except (Exception, SystemExit):  # noqa: BLE001 - whatever it is, a page must not be the cause of it
                    return traceback.format_exc()
    return ""


@settings(
    max_examples=BUILDS,
    phases=[Phase.reuse, Phase.generate],
    verbosity=Verbosity.quiet,
    suppress_health_check=list(HealthCheck),
    deadline=None,
)
@given(handbooks(PAGES), SITES, st.sampled_from(list(FORMATS)), st.sampled_from(["build", "serve"]))
def test_any_pages_are_checked_built_and_verified(
    drawn: Drawn, site: dict[str, Any], format_: str, command: str
) -> None:
    with quickly():
        said = trouble(drawn, site, format_, command)
        if said:
            least = drawn.least(lambda fewer: bool(trouble(fewer, site, format_, command)))
            pytest.fail(f"{trouble(least, site, format_, command)}\nA site with {site} and these files:\n{least}")
