"""The cache gives the verdict that a check would give, whatever has happened to the handbook or to the cache."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import handrail
from handrail.cli import check
from handrail.model import cache
from handrail.model.kinds import shipped_schemas
from handrail.report import check_cache
from tests.cli.drawing import FILES
from tests.support.commands import handrail as command
from tests.support.handbooks import SETTINGS, make_handbook

LOOK = {"theme": {"name": "material", "custom_dir": "look"}}
FORMATS = ("text", "json", "sarif", "github", "junit")


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    return make_handbook(
        tmp_path,
        {
            **FILES,
            "content/days.csv": "date,value\n",
            "content/plan.png": b"\x89PNG",
            "look/img/a.png": b"\x89PNG",
            "records/runs.csv": "",
        },
        config=LOOK,
    )


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the checks that really ran."""
    runs: list[str] = []
    judge = check._judge

    def counted(*arguments: object) -> check_cache.Verdict:
        runs.append("judged")
        return judge(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(check, "_judge", counted)
    return runs


def cache_of(folder: Path) -> Path:
    (found,) = (folder / ".cache" / "handrail").glob("*.json")
    return found


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    "more", [(), ("content/finance",), ("--select", "HB2"), ("--ignore", "HB4", "--fail-on", "warning")]
)
def test_the_same_words_with_and_without_a_cache(
    handbook: Path, judged: list[str], format_: str, more: tuple[str, ...]
) -> None:
    first = command(handbook, "check", "--format", format_, *more)
    assert command(handbook, "check", "--format", format_, *more) == first
    assert len(judged) == 1


def test_filters_work_on_a_cache_of_everything(handbook: Path, judged: list[str]) -> None:
    command(handbook, "check", "content/index.md", "--select", "HB2")
    remembered = command(handbook, "check", "--format", "json").out
    assert len(judged) == 1
    shutil.rmtree(handbook / ".cache")
    assert command(handbook, "check", "--format", "json").out == remembered


def _edit(path: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda folder: (folder / path).write_text((folder / path).read_text("utf-8").replace(old, new), "utf-8")


def _settings(**more: object) -> Callable[[Path], object]:
    return lambda folder: make_handbook(folder, {}, {**SETTINGS, **more}, LOOK)


def _config(**more: object) -> Callable[[Path], object]:
    return lambda folder: make_handbook(folder, {}, config={**LOOK, **more})


def _schema(folder: Path) -> None:
    (folder / "schemas").mkdir()
    schema = json.loads((shipped_schemas() / "page.schema.json").read_text("utf-8"))
    schema["x-kind"]["noun"] = "leaf"
    (folder / "schemas" / "page.schema.json").write_text(json.dumps(schema), "utf-8")


def _inherit(folder: Path) -> None:
    (folder / "mkdocs.yml").rename(folder / "base.yml")
    (folder / "mkdocs.yml").write_text("INHERIT: base.yml\nuse_directory_urls: false\n", "utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page": _edit("content/index.md", "nothing.md", "people.md"),
    "the body of a page": _edit("content/index.md", "Welcome", "Welcomf"),
    "a page more": lambda folder: (folder / "content/z.md").write_text("# Z\n", "utf-8"),
    "a page fewer": lambda folder: (folder / "content/finance/lost.md").unlink(),
    "a page of another name": lambda folder: (folder / "content/index.md").rename(folder / "content/indey.md"),
    "two pages that change places": lambda folder: (
        (folder / "content/index.md").rename(folder / "content/x.md"),
        (folder / "content/people.md").rename(folder / "content/index.md"),
        (folder / "content/x.md").rename(folder / "content/people.md"),
    ),
    "an asset more": lambda folder: (folder / "content/nothing.md.png").write_bytes(b""),
    "an asset fewer": lambda folder: (folder / "content/plan.png").unlink(),
    "a picture of the same size": lambda folder: (folder / "content/plan.png").write_bytes(b"\x89PNH"),
    "an extension of the site's Markdown": _config(markdown_extensions=["footnotes"]),
    "measurements": lambda folder: (folder / "content/days.csv").write_text("date,value\n2026-01-01,3\n", "utf-8"),
    "a record": lambda folder: (folder / "records/runs.csv").write_text("date\n", "utf-8"),
    "a record that is empty": lambda folder: (folder / "records/read.csv").write_bytes(b""),
    "a file of the theme": lambda folder: (folder / "look/img/a.png").rename(folder / "look/img/b.png"),
    "another theme": _config(theme="mkdocs"),
    "a link": lambda folder: (folder / "content/link").symlink_to(folder),
    "a setting": _settings(severity={"HB207": "error"}),
    "the day": _settings(today="2026-11-16"),
    "who may read": _settings(visibility={}),
    "the navigation": _config(nav=[{"Home": "index.md"}, "finance/lost.md"]),
    "the addresses": _config(use_directory_urls=False),
    "a schema of the project": _schema,
    "what the settings inherit": _inherit,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_change_is_judged_anew(handbook: Path, judged: list[str], change: Callable[[Path], object]) -> None:
    command(handbook, "check")
    command(handbook, "check")
    assert len(judged) == 1
    change(handbook)
    changed = command(handbook, "check", "--format", "json")
    assert len(judged) == 2
    shutil.rmtree(handbook / ".cache")
    assert command(handbook, "check", "--format", "json") == changed


def test_another_day_is_judged_anew(handbook: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    command(handbook, "check")
    command(handbook, "check", "--today", "2026-11-16")
    assert len(judged) == 2
    monkeypatch.setenv("HANDRAIL_TODAY", "2026-11-17")
    command(handbook, "check")
    assert len(judged) == 3


def test_another_version_is_judged_anew(handbook: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    command(handbook, "check")
    monkeypatch.setattr(check_cache, "__version__", handrail.__version__ + ".1")
    command(handbook, "check")
    assert len(judged) == 2


def test_handrails_own_files_count(
    handbook: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    package = tmp_path_factory.mktemp("package")
    (package / "rule.py").write_text("a = 1\n", "utf-8")
    monkeypatch.setattr(cache, "_PACKAGE", package)
    command(handbook, "check")
    command(handbook, "check")
    assert len(judged) == 1
    (package / "rule.py").write_text("a = 22\n", "utf-8")
    command(handbook, "check")
    assert len(judged) == 2


def _spoiled(folder: Path, **changes: object) -> None:
    path = cache_of(folder)
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def _forged(folder: Path) -> None:
    stored = json.loads(cache_of(folder).read_text("utf-8"))
    verdict = json.loads(stored["verdict"])
    verdict["findings"] = []
    _spoiled(folder, verdict=json.dumps(verdict))


def _a_folder(folder: Path) -> None:
    path = cache_of(folder)
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "deleted": lambda folder: shutil.rmtree(folder / ".cache"),
    "empty": lambda folder: cache_of(folder).write_bytes(b""),
    "cut short": lambda folder: cache_of(folder).write_bytes(cache_of(folder).read_bytes()[:-40]),
    "not JSON": lambda folder: cache_of(folder).write_bytes(b"\xff\xfe{"),
    "another shape": lambda folder: cache_of(folder).write_text("[1, 2]", "ascii"),
    "nested beyond reason": lambda folder: cache_of(folder).write_text("[" * 100_000, "ascii"),
    "no verdict": lambda folder: _spoiled(folder, verdict=None),
    "another verdict": _forged,
    "another sum": lambda folder: _spoiled(folder, sum="0" * 64),
    "another key": lambda folder: _spoiled(folder, key="0" * 64),
    "a folder": _a_folder,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_cache_is_ignored(handbook: Path, judged: list[str], damage: Callable[[Path], object]) -> None:
    first = command(handbook, "check")
    damage(handbook)
    assert command(handbook, "check") == first
    assert len(judged) == 2


def test_a_verdict_of_another_shape_is_no_verdict(handbook: Path) -> None:
    command(handbook, "check")
    stored = json.loads(cache_of(handbook).read_text("utf-8"))
    for verdict in ("{}", "[]", '{"findings": [[1]]}', '{"findings": 3}'):
        _spoiled(handbook, verdict=verdict, sum=cache.seal([verdict.encode()]), key=stored["key"])
        assert command(handbook, "check").err == ""


def test_where_nothing_can_be_written_nothing_is_remembered(handbook: Path, judged: list[str]) -> None:
    (handbook / ".cache").write_text("in the way", "utf-8")
    first = command(handbook, "check")
    assert (first.err, command(handbook, "check")) == ("", first)
    assert len(judged) == 2


def test_one_cache_a_project_kept_out_of_git_and_backups(handbook: Path) -> None:
    command(handbook, "check")
    command(handbook, "check", "--today", "2026-11-16")
    folder = handbook / ".cache" / "handrail"
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "CACHEDIR.TAG", "check-mkdocs.json"]
    assert (folder / ".gitignore").read_text("ascii") == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text("ascii").startswith("Signature: 8a477f597d28d172789f06886806bc55\n")


def test_the_cache_is_no_part_of_the_handbook(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, {"index.md": "# A\n"}, config={"docs_dir": "."})
    first = command(folder, "check", "--format", "json")
    assert command(folder, "check", "--format", "json") == first
