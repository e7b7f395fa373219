"""What formatters make of the handbook's pages, and what a reader gets of that.

`python -m tests.rendering.formatters` fetches the formatters into a folder that is thrown away, lays out a copy of every page
with each, judges the pages that changed (`oracle.py`), says which don't read the same, and keeps some of each in
`formatted/`: `page.old.md`, `page.new.md` and the verdict. `--check` keeps nothing, and fails where a formatter makes of the old
texts that are kept something else than is kept.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from handrail.text.frontmatter import split
from tests.rendering.oracle import Oracle, Verdict
from tests.rendering.renderer import Extensions, render
from tests.support.browser import started

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FORMATTED = HERE / "formatted"
VERDICTS = FORMATTED / "verdicts.tsv"
_FROM_NPM = ("prettier@3.10.1", "markdownlint-cli2@0.22.1")
_FROM_PYPI = ("mdformat==1.0.0", "mdformat-frontmatter==2.2.0", "mdformat-gfm==1.0.0", "mdformat-mkdocs==5.3.0")
_PRETTIER = "{tools}/node_modules/.bin/prettier --log-level=warn --write"
_MDFORMAT = "{tools}/python/bin/mdformat --extensions=frontmatter --extensions=gfm --extensions=tables"
_FORMATTERS = {
    "prettier": f"{_PRETTIER} --no-editorconfig",
    "prettier-editorconfig": _PRETTIER,
    "mdformat": _MDFORMAT,
    "mdformat-mkdocs": f"{_MDFORMAT} --extensions=mkdocs",
    "markdownlint": "{tools}/node_modules/.bin/markdownlint-cli2 --fix",
}
# These stop at the first page that they refuse.
_ONE_BY_ONE = frozenset(("mdformat", "mdformat-mkdocs"))
_KEPT_OF_EACH = 4


@dataclass(frozen=True)
class Formatted:
    """A page before and after a formatter."""

    formatter: str
    page: str
    old: str
    new: str

    @property
    def name(self) -> str:
        """Return what the page and the formatter are called together."""
        return f"{self.formatter}/{self.page}"

    @property
    def fields_are_equal(self) -> bool:
        """Say whether the front matter says the same, its values folded."""
        return bool(_front_matter(self.old) == _front_matter(self.new))

    def body(self, oracle: Oracle) -> Verdict:
        """Judge the body."""
        return oracle.compare(_rendered(self.old), _rendered(self.new))


def kept() -> Iterator[Formatted]:
    """Return the pages that are kept, in order."""
    for old in sorted(FORMATTED.glob("*/*.old.md")):
        page = old.name.removesuffix(".old.md")
        new = old.with_name(f"{page}.new.md")
        yield Formatted(old.parent.name, page, old.read_text("utf-8"), new.read_text("utf-8"))


def stored() -> dict[str, tuple[bool, Verdict]]:
    """Return of each page that is kept whether its fields are equal, and the verdict on its body."""
    rows = (line.split("\t") for line in VERDICTS.read_text("utf-8").splitlines()[1:])
    verdicts = ((name, [word == "equal" for word in words]) for name, *words in rows)
    return {name: (equal, Verdict(*body)) for name, (equal, *body) in verdicts}


def body_of(text: str) -> str:
    """Return what stands below a page's front matter."""
    return text[split(text).body :]


def _rendered(text: str) -> str:
    return render(body_of(text), Extensions.FEW)


def _front_matter(text: str) -> Any:
    found = split(text)
    return _folded(yaml.load(text[found.start or 0 : found.end], Loader=yaml.BaseLoader))  # noqa: S506 - it makes words only


def _folded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _folded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_folded(item) for item in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def _fetch(tools: Path) -> None:
    _run(tools, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(tools), *_FROM_NPM)
    _run(tools, sys.executable, "-m", "venv", str(tools / "python"))
    _run(tools, str(tools / "python" / "bin" / "pip"), "install", "--quiet", *_FROM_PYPI)


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def _lay_out(formatter: str, folder: Path, tools: Path) -> None:
    """Run a formatter on every page in a folder; what it wrote counts, also where it complains of what it can't put right."""
    pages = [page.name for page in sorted(folder.glob("*.md"))]
    for some in [[page] for page in pages] if formatter in _ONE_BY_ONE else [pages]:
        command = _FORMATTERS[formatter].format(tools=tools).split()
        subprocess.run([*command, *some], cwd=folder, check=False, capture_output=True)


def _made(formatter: str, pages: dict[str, str], tools: Path) -> Iterator[Formatted]:
    """Return what a formatter makes of pages by their names, of those that it changes."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copy(ROOT / ".editorconfig", folder)
        for name, text in pages.items():
            (folder / f"{name}.md").write_text(text, "utf-8")
        _lay_out(formatter, folder, tools)
        for name, text in pages.items():
            new = (folder / f"{name}.md").read_text("utf-8")
            if new != text:
                yield Formatted(formatter, name, text, new)


def _keep(made: list[tuple[Formatted, Verdict]]) -> None:
    shutil.rmtree(FORMATTED, ignore_errors=True)
    head = "\t".join(("page", "fields", *(field.name for field in fields(Verdict))))
    lines = [head]
    for formatted, verdict in made:
        path = FORMATTED / formatted.formatter / f"{formatted.page}.old.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(formatted.old, "utf-8")
        path.with_name(f"{formatted.page}.new.md").write_text(formatted.new, "utf-8")
        words = ("equal" if equal else "differ" for equal in (formatted.fields_are_equal, *astuple(verdict)))
        lines.append("\t".join((formatted.name, *words)))
    VERDICTS.write_text("\n".join((*lines, "")), "utf-8")


def _some(judged: list[tuple[Formatted, Verdict]]) -> list[tuple[Formatted, Verdict]]:
    """Choose what is kept of a formatter: as many pages that read the same as others, from all over the handbook."""
    same = _spread([one for one in judged if one[1].same], _KEPT_OF_EACH // 2)
    others = _spread([one for one in judged if not one[1].same], _KEPT_OF_EACH - len(same))
    return [*others, *same]


def _spread(judged: list[tuple[Formatted, Verdict]], wanted: int) -> list[tuple[Formatted, Verdict]]:
    return judged[:: max(1, len(judged) // wanted)][:wanted]


def _check(tools: Path) -> int:
    """Say where a formatter does something else to the old texts that are kept than what is kept."""
    wrong = []
    for formatter in _FORMATTERS:
        pages = [page for page in kept() if page.formatter == formatter]
        made = {page.page: page.new for page in _made(formatter, {page.page: page.old for page in pages}, tools)}
        wrong += [page.name for page in pages if made.get(page.page) != page.new]
    sys.stdout.writelines(f"Another layout: {name}\n" for name in wrong)
    return 1 if wrong else 0


def _remake(tools: Path) -> int:
    """Lay out and judge the whole handbook, say how it went, and keep a few pages of each formatter."""
    content = ROOT / "content"
    named = {str(path.relative_to(content).with_suffix("")).replace("/", "-"): path for path in content.rglob("*.md")}
    pages = {name: path.read_text("utf-8") for name, path in sorted(named.items())}
    keeping = []
    with started() as browser:
        oracle = Oracle(browser)
        for formatter in _FORMATTERS:
            judged = [(one, one.body(oracle)) for one in _made(formatter, pages, tools)]
            bodies = [one.page for one, verdict in judged if not verdict.same]
            others = [one.page for one, _ in judged if not one.fields_are_equal]
            sys.stdout.write(
                f"{formatter}: {len(judged)} of {len(pages)} changed; not the same: {bodies}; fields: {others}\n"
            )
            keeping += _some(judged)
    _keep(keeping)
    return 0


def main() -> int:
    """Fetch the formatters, and remake or check what they do."""
    with tempfile.TemporaryDirectory() as fetched:
        tools = Path(fetched)
        _fetch(tools)
        return _check(tools) if "--check" in sys.argv else _remake(tools)


if __name__ == "__main__":
    sys.exit(main())
