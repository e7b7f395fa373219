"""The wheel as users get it: in an environment of its own, with the checkout out of the way."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from what git would hand over, without the network."""
    source = tmp_path_factory.mktemp("source")
    for name in ("plugins", "schemas", ".github"):
        shutil.copytree(_ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(_ROOT / name, source)
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment, which finds its dependencies in ours but not the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    purelib = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(purelib)
    # A path in a .pth file is searched, but the .pth files in it are not read: the checkout stays out of sight.
    (purelib / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """Copy the example to where no checkout is."""
    shutil.copytree(_ROOT / "content", tmp_path / "content")
    for name in ("mkdocs.yml", "synonyms.yml"):
        shutil.copy(_ROOT / name, tmp_path)
    return tmp_path


def _run(environment: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    python = environment / "bin" / "python"
    return subprocess.run([str(python), "-P", "-m", *command], cwd=folder, check=False, capture_output=True, text=True)


def test_the_wheel_ships_what_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "handrail/py.typed" in names

    wanted = {f"handrail/schemas/{path.name}" for path in (_ROOT / "schemas").glob("*.json")}
    for folder in ("pages/templates", "pages/assets", "edit/templates", "edit/start_texts"):
        package = _ROOT / "plugins/handrail"
        wanted |= {f"handrail/{path.relative_to(package)}" for path in (package / folder).rglob("*") if path.is_file()}
    for folder in ("workflows", "ISSUE_TEMPLATE"):
        wanted |= {f"handrail/github/{folder}/{path.name}" for path in (_ROOT / ".github" / folder).iterdir()}
    assert wanted <= names
    assert not [name for name in names if name.startswith(("tests", "content", "plugins"))]


def test_the_installed_program_is_the_wheel(environment: Path, tmp_path: Path) -> None:
    code = "import handrail, pathlib; print(pathlib.Path(handrail.__file__).parent)"
    python = environment / "bin" / "python"
    found = subprocess.run([str(python), "-P", "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)

    assert found.stdout.strip().startswith(str(environment))


def test_it_checks_a_handbook_that_has_no_schemas_of_its_own(environment: Path, handbook: Path) -> None:
    outcome = _run(environment, handbook, "handrail", "check", "--format", "json")

    assert outcome.returncode == 0, outcome.stderr
    procedures = sum(
        page.read_text("utf-8").startswith("---\nkind: sop\n") for page in (handbook / "content").rglob("*.md")
    )
    assert procedures > 1
    assert f'"sop": {procedures}' in outcome.stdout


def test_it_builds_a_site_with_the_pages_that_it_makes(environment: Path, handbook: Path) -> None:
    outcome = _run(environment, handbook, "mkdocs", "build", "--strict", "--quiet")

    assert outcome.returncode == 0, outcome.stderr
    assert "Claim your expenses" in (handbook / "site/handbook/index.html").read_text("utf-8")
    assert (handbook / "site/handbook/rules/hb401/index.html").is_file()


def test_it_begins_a_handbook_that_is_checked_built_and_verified(environment: Path, tmp_path: Path) -> None:
    begun = _run(
        environment, tmp_path, "handrail", "init", "new", "--company", "Acme", "--person", "Ada Roth", "--handle", "ada"
    )
    assert begun.returncode == 0, begun.stderr
    folder = tmp_path / "new"
    assert (folder / ".github/workflows/sign-off.yml").is_file()
    commands = (
        ["handrail", "check", "--fail-on", "warning"],
        ["mkdocs", "build", "--strict", "--quiet"],
        ["handrail", "verify"],
        ["handrail", "codeowners", "--check"],
    )
    for command in commands:
        outcome = _run(environment, folder, *command)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "Nothing to fix." in _run(environment, folder, "handrail", "check").stdout
