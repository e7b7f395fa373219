"""The action and the hook that other repositories name: what they run is pinned, gives nobody a way in, and checks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.handbooks import make_handbook
from tests.workflows.test_linted import lint

_ROOT = Path(__file__).resolve().parents[2]
_ACTION: dict[str, Any] = yaml.safe_load((_ROOT / "action.yml").read_text("utf-8"))
_PAGE = "---\nkind: page\nid: a\ntitle: A\nvisibility: {}\n---\nText.\n"
# Makes an environment whose program installs nothing, writes down what it was asked for, and else is the one under test.
_PYTHON = """#!/usr/bin/env bash
set -e
[ "$1 $2" = "-m venv" ] || { echo "not known: $*"; exit 9; }
mkdir -p "$3/bin"
cat > "$3/bin/python" <<'END'
#!/usr/bin/env bash
if [ "$1 $2" = "-m pip" ]; then echo "$*" > "$RUNNER_TEMP/asked"; exit; fi
exec "$REAL" "$@"
END
chmod +x "$3/bin/python"
"""


def run(folder: Path, temp: Path, fail_on: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script of the action in a folder as the forge does."""
    (_, step) = _ACTION["runs"]["steps"]
    assert step["shell"] == "bash"
    assert step["env"] == {"FAIL_ON": "${{ inputs.fail-on }}"}
    place = temp / "tools"
    place.mkdir(parents=True, exist_ok=True)
    (place / "python").write_text(_PYTHON, "utf-8")
    (place / "python").chmod(0o755)
    environment = {
        "PATH": f"{place}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(temp),
        "RUNNER_TEMP": str(temp),
        "GITHUB_ACTION_PATH": str(_ROOT),
        "REAL": sys.executable,
        "FAIL_ON": fail_on,
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_nothing_is_found_in_the_action() -> None:
    found = lint(_ROOT / "action.yml")
    assert (found.returncode, found.stderr) == (0, "")
    assert "No findings to report" in found.stdout


def test_it_names_other_actions_by_commit_and_no_secret() -> None:
    text = (_ROOT / "action.yml").read_text("utf-8")
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"]) for step in _ACTION["runs"]["steps"][:1])
    assert "secrets" not in text
    assert "token" not in text.split("runs:")[1]
    (_, step) = _ACTION["runs"]["steps"]
    assert "${{" not in step["run"]


@pytest.mark.parametrize(
    ("visibility", "fail_on", "code"), [("public", "", 0), ("pubic", "", 1), ("pubic", "error", 1), ("public", "warning", 1)]
)  # fmt: skip
def test_what_it_finds_stands_at_its_line_and_fails_it(
    tmp_path: Path, visibility: str, fail_on: str, code: int
) -> None:
    handbook = make_handbook(tmp_path / "a handbook", {"content/a.md": _PAGE.format(visibility)})
    done = run(handbook, tmp_path / "temp", fail_on)
    assert done.returncode == code, done.stderr
    is_wrong = "::error file=content/a.md,line=5," in done.stdout
    assert is_wrong is (visibility == "pubic")
    asked = (tmp_path / "temp/asked").read_text("utf-8")
    assert "--require-hashes --only-binary :all:" in asked
    assert asked.split()[-1] == str(_ROOT / "requirements/site.txt")
    assert Path(asked.split()[-1]).is_file()


def test_a_value_that_means_no_good_is_only_a_value(tmp_path: Path) -> None:
    handbook = make_handbook(tmp_path / "handbook", {"content/a.md": _PAGE.format("public")})
    done = run(handbook, tmp_path / "temp", f"error; touch {tmp_path}/done")
    assert done.returncode == 2
    assert not (tmp_path / "done").exists()


def test_the_hook_checks_the_whole_handbook_whatever_has_changed() -> None:
    (hook,) = yaml.safe_load((_ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["entry"], hook["language"]) == ("handrail", "handrail check", "python")
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)
