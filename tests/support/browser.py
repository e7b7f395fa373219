"""The browser of the tests: finds one, or installs one.

`make test` runs this module first, so that the tests only have to find what is there. A test that needs a
browser fails without one; it is never skipped.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

VARIABLE = "HANDRAIL_BROWSER"
PATIENCE = 120_000
"""So many milliseconds a test waits: what it waits for comes at once, but not on a machine that does something else."""
PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
SENTENCE = (
    "The browser tests found no browser and could not install one: "
    f"install Chromium, Chrome or Edge, or name the program in {VARIABLE}."
)


class BrowserMissingError(Exception):
    """One plain sentence on what is missing and what to do."""


@functools.cache
def find() -> Path | None:
    """Give the browser that is here: the one named in the environment, one on the PATH, or Playwright's."""
    if named := os.environ.get(VARIABLE):
        program = shutil.which(named)
        if program is None:
            message = f"{VARIABLE} names {named}, which is no program here: correct it, or unset it."
            raise BrowserMissingError(message)
        return Path(program)
    on_path = (Path(program) for name in PROGRAMS if (program := shutil.which(name)))
    return next((program for program in on_path if _starts(program)), None) or _playwrights_own()


def require() -> Path:
    """Give the browser, or raise with the sentence that says what to do."""
    if browser := find():
        return browser
    raise BrowserMissingError(SENTENCE)


def launch_arguments() -> list[str]:
    """Give the arguments that keep the browser quiet: no graphics card, no first run, no calls home, and no network at all."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    # Chromium refuses to run as root inside its sandbox; everyone else keeps it.
    return ["--no-sandbox", *arguments] if _is_root() else arguments


@contextmanager
def started() -> Iterator[Browser]:
    """Start the browser; of one process only one may run at a time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require(), args=launch_arguments())
        browser.on("context", _be_patient)
        yield browser
        browser.close()


def _be_patient(context: BrowserContext) -> None:
    context.set_default_timeout(PATIENCE)


def prepare() -> Path:
    """Give the browser, installing one by Playwright or by the system's packages where there is none."""
    for install in (_install_by_playwright, _install_by_apt):
        if browser := find():
            return browser
        install()
        find.cache_clear()
    return require()


def _playwrights_own() -> Path | None:
    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return program if program.exists() and _starts(program) else None


def _install_by_playwright() -> None:
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _install_by_apt() -> None:
    if _is_root() and shutil.which("apt-get"):
        _run("apt-get", "--quiet", "update")
        _run("apt-get", "--quiet", "--yes", "install", "chromium")


def _starts(program: Path) -> bool:
    """Tell whether the program runs at all: a download may lack libraries, a launcher its program."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _run(*command: str) -> None:
    """Run an installer and say how it went; `find` tells whether there is a browser now."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    ending = "done" if answer.returncode == 0 else f"failed: {_first_error(answer.stderr)}"
    said = " ".join(command).removeprefix(f"{sys.executable} -m ")
    sys.stderr.write(f"Looking for a browser, by `{said}`: {ending}\n")


def _first_error(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("E:", "Error"))]
    return next(iter(errors or lines), "it said nothing")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def main() -> int:
    """Prepare a browser and name it."""
    try:
        browser = prepare()
    except BrowserMissingError as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    sys.stdout.write(f"Browser of the tests: {browser}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
