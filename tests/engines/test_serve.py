"""`mkdocs serve`, for real: whatever an author types, the preview goes on and says what is wrong."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.engines.drawn import BASE, CLAIMS, sop
from tests.engines.sites import command, environment, words_of
from tests.support.handbooks import SETTINGS, make_handbook

PATIENCE = 300.0
HOOK = """
from pathlib import Path
from mkdocs.exceptions import PluginError

def on_env(env, config, files):
    says = (Path(__file__).parent / "says.txt").read_text("utf-8").strip()
    if says:
        raise PluginError(says) if says.startswith("plugin") else RuntimeError(says)
"""
UNREADABLE = "---\nkind: sop\nid: [late\n---\nNew and broken text.\n"
LATIN_1 = "---\ntitle: Caf\xe9\n---\nText in another encoding.\n".encode("latin-1")


class Served:
    """A running `mkdocs serve`."""

    def __init__(self, process: subprocess.Popen[str], address: str, log: Path) -> None:
        self._process = process
        self._address = address
        self._log = log

    def get(self, url: str) -> str:
        """Return a page's HTML; nothing while the server does not answer."""
        try:
            with urlopen(self._address + url, timeout=5) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode("utf-8"))
        except (URLError, TimeoutError, ConnectionError):
            return ""

    def until(self, url: str, wanted: Callable[[str], bool]) -> str:
        """Ask for a page until it is as wanted; return what it says."""
        end = time.monotonic() + PATIENCE
        says = ""
        while time.monotonic() < end:
            assert self._process.poll() is None, self._log.read_text("utf-8")
            says = words_of(self.get(url))
            if says and wanted(says):
                return says
            time.sleep(0.1)
        pytest.fail(f"/{url} says {says!r}\n{self._log.read_text('utf-8')}")


@contextmanager
def serve(folder: Path, *arguments: str) -> Iterator[Served]:
    """Serve a project on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "log.txt"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command("serve", "--dev-addr", f"127.0.0.1:{port}", *arguments),
            cwd=folder,
            env={**environment(), "PYTHONWARNINGS": "ignore"},
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield Served(process, f"http://127.0.0.1:{port}/", log)
        finally:
            process.terminate()
            process.wait(30)


def draw(folder: Path) -> Path:
    make_handbook(
        folder,
        {**BASE, "content/secret.md": sop("secret", visibility="confidential"), "hook.py": HOOK, "says.txt": ""},
        config={
            "theme": "mkdocs",
            "hooks": ["hook.py"],
            "plugins": [{"handrail": dict(SETTINGS)}],
        },
    )
    return folder


def has(*words: str) -> Callable[[str], bool]:
    return lambda says: all(word in says for word in words)


def lacks(*words: str) -> Callable[[str], bool]:
    return lambda says: not any(word in says for word in words)


@pytest.mark.parametrize("arguments", [[], ["--clean"], ["--dirty"]], ids=["plain", "clean", "dirty"])
def test_a_preview_goes_on_whatever_an_author_types(arguments: list[str], tmp_path: Path) -> None:
    folder = draw(tmp_path)
    claims, late = folder / "content" / "finance" / "expense-claims.md", folder / "content" / "late.md"
    late.write_text(UNREADABLE, "utf-8")
    (folder / "content" / "encoded.md").write_bytes(LATIN_1)
    with serve(folder, *arguments) as served:
        # The first build shows a stub in the place of what can't be read, and every page says so.
        says = served.until("late/", has("This page can't be read yet."))
        assert "content/late.md, line 3" in says
        for url in ("", "finance/expense-claims/", "handbook/"):
            served.until(url, has("This preview has 2 errors", "None is on this page.", "content/late.md, line"))
        served.until("encoded/", bool)
        served.until("secret/", has("Secret Not on this site.", "It is confidential"))

        # A rebuild keeps the last text that could be read.
        (folder / "content" / "encoded.md").unlink()
        late.write_text(sop("late", "Good text."), "utf-8")
        served.until("late/", has("Good text."))
        served.until("late/", lacks("This page has", "This preview has"))
        late.write_text(UNREADABLE, "utf-8")
        served.until("late/", has("Good text.", "You see the text of before.", "content/late.md, line 3"))

        # A document with a wrong value is shown with its new text.
        late.unlink()
        claims.write_text(
            _drawn(CLAIMS).replace("state: active", "state: nearly").replace("receipt", "ticket"), "utf-8"
        )
        served.until("finance/expense-claims/", has("photograph of the ticket", "This page has 1 error", "nearly"))

        claims.write_text(_drawn(CLAIMS), "utf-8")
        served.until("finance/expense-claims/", has("photograph of the receipt"))
        served.until("finance/expense-claims/", lacks("This page has", "This preview has"))

        # A page that becomes internal goes away, and its address says why.
        claims.write_text(_drawn(CLAIMS).replace("visibility: public", "visibility: internal"), "utf-8")
        served.until("finance/", lacks("Expense claims"))
        served.until("finance/expense-claims/", has("Not on this site"))
        assert "photograph" not in served.get("finance/expense-claims/")


def test_when_something_else_fails_the_last_good_site_stays(tmp_path: Path) -> None:
    folder = draw(tmp_path)
    page, says, config = folder / "content" / "index.md", folder / "says.txt", folder / "mkdocs.yml"
    with serve(folder) as served:
        served.until("", lambda words: "This is how we work." in words)
        for number, failing in enumerate(("plugin trouble", "trouble of another kind")):
            says.write_text(failing, "utf-8")
            page.write_text(f"# Welcome\n\nChanged {number}.\n", "utf-8")
            served.until("", has("The last build failed; this is the site before it.", failing))
            served.until("finance/expense-claims/", bool)
            says.write_text("", "utf-8")
            page.write_text(f"# Welcome\n\nFixed {number}.\n", "utf-8")
            served.until("", has(f"Fixed {number}."))
            served.until("", lacks("The last build failed"))

        good = config.read_text("utf-8")
        config.write_text(good.replace("2026-11-15", "15.11.2026"), "utf-8")
        served.until("", has("The last build failed; this is the site before it.", "Fixed 1."))
        config.write_text(good.replace("A handbook", "Our handbook"), "utf-8")
        served.until("", lambda words: "Our handbook" in words and "The last build failed" not in words)


def _drawn(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.strip("\n").splitlines()) + "\n"
