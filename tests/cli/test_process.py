"""The command as a process of its own: what it imports, prints to, and survives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.handbooks import make_handbook

PAGES = {
    "content/index.md": "# Grüße 会社\n\n[nothing](nothing.md)\n",
    "content/a.md": '---\nkind: page\nid: a\ntitle: "Über 会社: alles"\nvisibility: nobody\n---\nText.\n',
}
LOADED = """
import json, os, sys
from handrail.cli import run
for folder, arguments in json.loads(sys.argv[1]):
    os.chdir(folder)
    print(run(arguments), *sorted(sys.modules), file=sys.stderr)
"""


def process(
    folder: Path, *arguments: str, program: tuple[str, ...] = ("-m", "handrail"), **variables: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=folder,
        env={**environment, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


COMMANDS = (
    ("check",),
    ("check", "--format", "sarif"),
    ("check", "content/a.md", "--select", "HB1"),
    ("rule",),
    ("rule", "HB301"),
    ("report", "toc"),
    ("report", "stale", "--format", "csv"),
    ("report", "queue", "--format", "md"),
    ("new", "sop", "pay", "--stdout"),
    ("new", "sop", "pay"),
)


def loaded(*commands: tuple[Path, tuple[str, ...]]) -> list[tuple[str, set[str]]]:
    """Run commands in their folders one after another in one process; return the code of each, and what is imported after it."""
    told = json.dumps([(str(folder), arguments) for folder, arguments in commands])
    lines = process(commands[0][0], told, program=("-c", LOADED)).stderr.decode().splitlines()
    return [(code, set(modules)) for code, *modules in map(str.split, lines)]


def test_mkdocs_is_never_imported(tmp_path: Path) -> None:
    # In a folder of its own each command finds nothing that another has kept.
    folders = [make_handbook(tmp_path / str(number), PAGES) for number, _ in enumerate(COMMANDS)]
    found = loaded(*zip(folders, COMMANDS, strict=True))
    for (code, modules), arguments in zip(found, COMMANDS, strict=True):
        assert code in ("0", "1"), arguments
        assert "handrail" in modules
        assert not {"mkdocs", "material", "jinja2", "markdown"} & modules, arguments


def test_a_known_verdict_needs_neither_rules_nor_rich(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, PAGES)
    process(folder, "check")
    [(_, modules)] = loaded((folder, ("check", "--format", "json")))
    assert not {"rich", "handrail.rules.registry", "handrail.model.handbook"} & modules


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_console_that_knows_few_letters(tmp_path: Path, encoding: str) -> None:
    folder = make_handbook(tmp_path, PAGES)
    for format_ in ("text", "json", "sarif", "github", "junit"):
        answer = process(folder, "check", "--format", format_, PYTHONIOENCODING=encoding)
        assert (answer.returncode, answer.stderr) == (1, b""), format_
        assert answer.stdout.decode(encoding)


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, PAGES)
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/content/\xff.md")).write_text("[a](b.md)\n", "utf-8")
    except OSError:
        pytest.skip("this file system takes only text for names")
    for arguments in (("check",), ("check", "--format", "json"), ("check",), ("report", "unlisted")):
        answer = process(folder, *arguments, PYTHONIOENCODING="utf-8")
        assert answer.returncode in (0, 1)
        assert answer.stderr == b""


def test_the_arguments_of_the_process_and_its_exit_code(tmp_path: Path) -> None:
    folder = make_handbook(tmp_path, PAGES)
    answer = process(folder, "chekc")
    assert (answer.returncode, answer.stdout) == (2, b"")
    assert answer.stderr.decode() == f"There is no command `chekc`; did you mean `check`?{os.linesep}"


def test_a_reader_that_has_seen_enough(tmp_path: Path) -> None:
    many = {f"content/{number}.md": "[a](nothing.md)\n" * 20 for number in range(100)}
    folder = make_handbook(tmp_path, many)
    with subprocess.Popen(
        [sys.executable, "-m", "handrail", "check", "--format", "github", "--fail-on", "warning"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 1


def test_nothing_moves_when_it_is_piped(tmp_path: Path) -> None:
    many = {f"content/{number}.md": "# A\n" for number in range(450)}
    answer = process(make_handbook(tmp_path, many), "check")
    assert answer.stderr == b""
    assert b"\r" not in answer.stdout.replace(b"\r\n", b"\n")
    assert b"\x1b" not in answer.stdout


def test_being_stopped_while_the_command_is_still_starting(tmp_path: Path) -> None:
    program = "import handrail.cli as cli\ndef run(_):\n    raise KeyboardInterrupt\ncli.run = run\ncli.main()"
    answer = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr.split()) == (130, b"", [b"Stopped."])


def test_a_process_ends_at_once_with_all_that_it_said(tmp_path: Path) -> None:
    lines = [
        "import atexit, handrail.cli as cli",
        "class Held:",
        "    def __del__(self): print('taken apart')",
        "held = Held()",
        "atexit.register(print, 'ended')",
        "cli.run = lambda _: print('x' * 100_000) or 3",
        "cli.main()",
    ]
    answer = subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=tmp_path, capture_output=True, check=False)
    assert (answer.returncode, answer.stderr) == (3, b"")
    assert answer.stdout.split() == [b"x" * 100_000, b"ended"]
