"""Every page of the handbook, opened, changed and saved in Sveltia CMS itself, and changed back: `python -m tests.web.sveltia`.

The packages are fetched into a folder that is thrown away, in the versions of the exported page, which the browser holds to their
digests. The page is the exported one with its policy; only where it saves is another place: the CMS's own test backend, which
keeps files in the browser. It fails where a file has anything else changed than the field, where the handbook is not judged as it
was, where a signature stands otherwise, and where a page that was changed back is not the same file. `--packages FOLDER`
takes those of a folder, and `--pages N` only the first pages of each kind.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from playwright.sync_api import Browser, Locator, Page, Route
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from handrail.cli.app import app
from handrail.text.source import read_source
from handrail.web.cms.page import SCRIPTS
from tests.support.browser import started

ROOT = Path(__file__).parents[2]
SITE = "https://handbook.example"
SAID = "Said in the form: once, and # no more."
_PATIENCE, _SOON, _TRIES = 120_000, 20_000, 5
_KEPT = "sveltia-cms-test"
_FILL = f"""async (files) => {{
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("{_KEPT}", {{ create: true }});
  for (const [path, text] of files) {{
    const parts = path.split("/");
    let folder = root;
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, {{ create: true }});
    const file = await (await folder.getFileHandle(parts.at(-1), {{ create: true }})).createWritable();
    await file.write(text);
    await file.close();
  }}
}}"""
_READ = f"""async () => {{
  const found = {{}};
  const walk = async (folder, above) => {{
    for await (const [name, one] of folder.entries()) {{
      if (one.kind === "directory") await walk(one, above + name + "/");
      else found[above + name] = await (await one.getFile()).text();
    }}
  }};
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("{_KEPT}"), "");
  return found;
}}"""


@contextmanager
def packages() -> Iterator[Path]:
    """Give the folder of the packages, fetched where nobody says where they are."""
    if "--packages" in sys.argv:
        yield Path(sys.argv[sys.argv.index("--packages") + 1])
        return
    with tempfile.TemporaryDirectory() as folder:
        named = [f"{script.package}@{script.version}" for script in SCRIPTS]
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, *named], check=True)
        yield Path(folder, "node_modules")


class Forms:
    """The exported page in a browser, with a handbook to edit."""

    def __init__(self, browser: Browser, handbook: Path, node_modules: Path) -> None:
        self._site = handbook / "content" / "admin"
        self._filled: tuple[str, str] | None = None
        self._modules = node_modules
        self.errors: list[str] = []
        context = browser.new_context(viewport={"width": 1200, "height": 7000}, reduced_motion="reduce")
        context.route(f"{SITE}/**", self._own)
        context.route(lambda address: not address.startswith(SITE), self._others)
        context.set_default_timeout(_PATIENCE)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{SITE}/admin/config.json")
        texts = [
            [path.relative_to(handbook).as_posix(), path.read_text("utf-8")]
            for path in (handbook / "content").rglob("*.md")
        ]
        self.page.evaluate(_FILL, texts)
        self.page.goto(f"{SITE}/admin/")
        self.page.get_by_role("button", name="Work with Test Repository").click()
        self.page.get_by_role("treeitem").first.wait_for()

    def go(self, address: str) -> None:
        """Go to a place of the CMS."""
        self._filled = None
        self.page.evaluate("(hash) => { location.hash = hash; }", f"#/collections/{address}")

    def open(self, kind: str, path: str) -> None:
        """Open the form of a page."""
        self.go(f"{kind}/entries/{path.removeprefix('content/').removesuffix('.md')}")
        self.page.locator("section[data-key-path=title] input").wait_for()

    def begin(self, kind: str, folder: str) -> None:
        """Open the form of a new page of a kind in a folder."""
        self.go(f"{kind}/filter/{folder}")
        self.page.get_by_role("button", name="New").first.click()
        self.page.locator("section[data-key-path=title] input").wait_for()

    def choose(self, path: str, words: str) -> list[str]:
        """Choose what a list of a field has, and return all that it has."""
        self.page.locator(f"section[data-key-path='{path}']").get_by_role("combobox").first.click()
        options = self.page.locator("[role=option]")
        wanted = options.filter(has_text=words).first
        wanted.wait_for()
        listed = options.all_inner_texts()
        wanted.click()
        return listed

    def field(self, path: str) -> Locator:
        """Return where a field of the open form is filled in."""
        return self.page.locator(f"section[data-key-path='{path}']").locator("input, textarea").first

    def fill(self, path: str, value: str) -> None:
        """Fill in a field; one that was filled in before the CMS listened is filled in once more."""
        self._filled = path, value
        for _ in range(_TRIES):
            self.field(path).fill("-")
            self.field(path).fill(value)
            with suppress(PlaywrightTimeout):
                return self._button.and_(self.page.locator(":enabled")).wait_for(timeout=_SOON)
        raise AssertionError(f"The form of {self.page.url} can't be saved.")

    @property
    def _button(self) -> Locator:
        return self.page.get_by_role("button", name="Save", exact=True)

    def save(self) -> None:
        """Save the open form, and wait until the CMS has closed it; one that it began anew meanwhile is filled in once more."""
        for _ in range(_TRIES):
            # On a busy machine a click may come through and be told of too late: only a form that stays open was not saved.
            with suppress(PlaywrightTimeout):
                self._button.click(timeout=_SOON)
            with suppress(PlaywrightTimeout):
                return self._wait_until_closed()
            with suppress(PlaywrightTimeout, AssertionError):
                if self._filled is not None:
                    self.fill(*self._filled)
        raise AssertionError(f"The form of {self.page.url} stays open.")

    def _wait_until_closed(self) -> None:
        # It goes back to the list by the browser's history, from a new page by way of the saved one, and would take whatever was opened
        # meanwhile for what to leave.
        left = re.compile(r"#/collections/(?!.*/(?:entries/|new\b)).*")
        self.page.wait_for_url(left, timeout=_SOON)
        self.page.locator("section[data-key-path=title]").wait_for(state="detached", timeout=_SOON)

    def files(self) -> Mapping[str, str]:
        """Return the texts of all pages as they are now."""
        found: dict[str, str] = self.page.evaluate(_READ)
        return found

    def _own(self, route: Route) -> None:
        path = self._site / (route.request.url.removeprefix(f"{SITE}/admin/").partition("?")[0] or "index.html")
        if path.name != "config.json":
            route.fulfill(path=path)
            return
        told = json.loads(path.read_text("utf-8"))
        told["cms"] |= {"backend": {"name": "test-repo"}, "publish_mode": "simple"}
        route.fulfill(json=told)

    def _others(self, route: Route) -> None:
        script = next((one for one in SCRIPTS if one.address == route.request.url), None)
        if script is None:
            route.abort()
        else:
            route.fulfill(
                path=self._modules / script.package / script.file, headers={"Access-Control-Allow-Origin": "*"}
            )


def judged(handbook: Path) -> tuple[list[Any], Any]:
    """Return what a check finds in a handbook, and how each signature stands."""
    config = str(handbook / "mkdocs.yml")
    runs = [
        CliRunner().invoke(app, [*command, "--format", "json", "--config", config], standalone_mode=False)
        for command in (("check",), ("report", "signatures"))
    ]
    return [
        (finding["path"], finding["rule"], finding["message"]) for finding in json.loads(runs[0].output)["findings"]
    ], json.loads(runs[1].output)


def faults_of(before: str, after: str) -> str:
    """Say what a page has that it should not have after its description was changed; empty where all is well."""
    old, new = read_source(before.encode()), read_source(after.encode())
    was = {name: value for name, value in old.data.items() if name != "description"}
    now = {name: value for name, value in new.data.items() if name != "description"}
    lines = [line for line in after.splitlines() if line not in before.splitlines()]
    if new.data.get("description") != SAID:
        return "the description is not what was typed"
    if was != now or old.body != new.body or len(lines) != 1:
        return "more than the description has changed"
    return ""


def copy_of_the_handbook(folder: str) -> Path:
    """Copy the handbook with its history, and write the page into it."""
    place = Path(folder, "handbook")
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(place)], check=True)
    result = CliRunner().invoke(app, ["export", "cms", "--config", str(place / "mkdocs.yml")], standalone_mode=False)
    assert (place / "content/admin/index.html").is_file(), result.output
    return place


def documents(handbook: Path) -> list[tuple[str, str]]:
    """Return the kind and the path of each page that has a form."""
    most = int(sys.argv[sys.argv.index("--pages") + 1]) if "--pages" in sys.argv else None
    found: dict[str, list[str]] = {}
    for path in sorted((handbook / "content").rglob("*.md")):
        kind = read_source(path.read_bytes()).data.get("kind", "")
        found.setdefault(kind or "prose", []).append(path.relative_to(handbook).as_posix())
    return [(kind, path) for kind, paths in found.items() for path in paths[:most]]


def write(handbook: Path, texts: Mapping[str, str]) -> None:
    """Write what the forms saved into the handbook."""
    for path, text in texts.items():
        (handbook / path).write_text(text, "utf-8")


def there_and_back(handbook: Path, forms: Forms) -> Iterator[str]:
    """Yield what is wrong once each page was changed, and once each was changed back."""
    pages = documents(handbook)
    before = {path: text for path, text in forms.files().items() if path.endswith(".md")}
    verdict = judged(handbook)
    was: dict[str, str] = {}
    for number, (kind, path) in enumerate(pages, 1):
        forms.open(kind, path)
        was[path] = forms.field("description").input_value()
        forms.fill("description", SAID)
        forms.save()
        say(f"{number} of {len(pages)}: {path}")
    changed = forms.files()
    yield from (f"{path}: {said}" for _, path in pages if (said := faults_of(before[path], changed[path])))
    yield from (
        f"{path}: changed, though nobody opened it"
        for path in before
        if path not in was and before[path] != changed[path]
    )
    write(handbook, changed)
    findings, signatures = judged(handbook)
    yield from (f"a check finds: {one}" for one in findings if one not in verdict[0] and "description" not in one[2])
    if signatures != verdict[1]:
        yield "signatures stand otherwise than before"
    for kind, path in pages:
        forms.open(kind, path)
        forms.fill("description", was[path])
        forms.save()
        say(f"{path}: changed back")
    back = forms.files()
    yield from (
        f"{path}: not the same file, though it was changed back" for path in before if before[path] != back[path]
    )
    yield from (f"the page raised: {error}" for error in forms.errors)


def say(line: str) -> None:
    """Say how far it is, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run it and say how it went."""
    with packages() as node_modules, tempfile.TemporaryDirectory() as folder, started() as browser:
        handbook = copy_of_the_handbook(folder)
        wrong = list(there_and_back(handbook, Forms(browser, handbook, node_modules)))
    say("\n".join(wrong) or "Each page was saved as it should be, and is the same file once it was changed back.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
