"""A build that fails ends with one sentence that names the page, whoever failed, and never with pages of code."""

from __future__ import annotations

import os
import socket
import subprocess
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from tests.conftest import ROOT
from tests.engines.drawn import BASE
from tests.engines.sites import build, configured, mkdocs
from tests.support.handbooks import make_handbook

HOOK = """
    def on_page_{event}(text, page, **known):
        if page.file.src_uri == "b.md":
            raise TypeError("not like this")
"""
FILES = {**BASE, "content/b.md": "Text.\n"}


@pytest.mark.parametrize("event", ["markdown", "content"])
def test_an_extension_that_fails_at_a_page(event: str, tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {**FILES, "hook.py": HOOK.format(event=event)}, config={"hooks": ["hook.py"]})
    with pytest.raises(PluginError) as caught:
        build(folder)
    assert (
        str(caught.value)
        == {
            "markdown": "The build failed at the page b.md: `hook.py` can't go on (TypeError: not like this, at line 3 of hook.py). Undo what was "
            "written there last. Keep it to the pages that are written for it, as in `notes/`: below `handrail:` in mkdocs.yml, "
            "add `rewrites: {hook.py: [notes/**]}`.",
            "content": "The build failed at the page b.md: MkDocs, or an extension of it, can't make it (TypeError: not like this, at line 3 of "
            "hook.py). Undo what was written there last; until then, `exclude_docs: /b.md` in mkdocs.yml leaves the page out.",
        }[event]
    )


@pytest.mark.parametrize(
    ("name", "value", "at"),
    [
        ("completion.framed", None, " at the page index.md"),
        ("finish.label_landmarks", None, ""),  # of the page for what is not found, which comes first
    ],
)
def test_handrail_failing_at_a_page(
    name: str, value: Any, at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"handrail.engines.{name}", value)
    with pytest.raises(PluginError, match=rf"^The build failed{at}\. Handrail itself has failed.* please report"):
        build(make_handbook(tmp_path, FILES))


def test_a_page_that_goes_while_a_build_is_on_is_published_as_it_was_read(tmp_path: Path) -> None:
    gone = "    import os\n    def on_config(config):\n        os.remove('content/b.md')\n"
    folder = make_handbook(tmp_path, {**FILES, "hook.py": gone}, config={"hooks": ["hook.py"]})
    with chdir(folder):
        site = build(folder)
    assert not (folder / "content/b.md").exists()
    assert "Text." in site.html("b/")


def test_the_command_ends_with_the_sentence(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {**FILES, "hook.py": HOOK.format(event="content")}, config={"hooks": ["hook.py"]})
    run = mkdocs(folder, "build", "--quiet")
    assert run.code == 1
    assert "The build failed at the page b.md" in run.said
    assert "Traceback" not in run.said


def test_a_file_in_the_place_of_the_site(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, FILES)
    (folder / "site").write_text("no folder")
    with pytest.raises(PluginError, match=r"^The build failed: .*site can't be used: Not a directory\.$"):
        build(folder)


def test_a_port_that_is_in_use(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, FILES)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = mkdocs(folder, "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}")
    assert run.code == 1
    assert f"Port {port} is in use; `make serve PORT={port + 1}`" in run.said
    assert "Traceback" not in run.said


def test_an_address_that_is_not_of_this_machine(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, FILES, config={"dev_addr": "192.0.2.1:8000"})
    config = configured(folder)
    config.plugins.on_startup(command="serve", dirty=False)
    with pytest.raises(
        PluginError, match=r"^No preview can be shown at 192\.0\.2\.1:8000 \(.+\); `make serve PORT=8001`"
    ):
        config.plugins.on_config(config)


def test_the_port_can_be_chosen() -> None:
    said = subprocess.run(
        ["make", "--dry-run", "--always-make", "serve", "PORT=8001"],
        cwd=ROOT,
        env={**os.environ, "PORT": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "mkdocs serve --dev-addr 127.0.0.1:8001" in said.stdout


def test_states_of_pages_that_a_site_names_by_no_group_are_left_out(tmp_path: Path) -> None:
    build(make_handbook(tmp_path, FILES, config={"extra": {"status": "x"}}))
