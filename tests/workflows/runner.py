"""Runs the jobs of a workflow as the forge would: each on a machine of its own, step by step, every script as it is written.

Actions of the forge are stood in for, what they fetch comes from this machine, and an installer links what it is asked to install.
Anything that a workflow does and that is not known here is refused, so that it is not passed over.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

import handrail
from tests.history.repos import bare_environment
from tests.workflows.forge import GH, REPOSITORY, Forge, unzip_carelessly, zipped

_MEMBER = re.compile(r"\$\{\{ ([\w.-]+) \}\}")
_TERM = re.compile(r"([\w.]+) == '([^']*)'")
# Installs nothing from elsewhere: a checkout's program is the one in it, any other handbook's is the one under test. What a
# requirement leads to in the checkout is run, as a package is that is built.
_INSTALLER = """#!/usr/bin/env bash
set -e
[ "$1" = --version ] && { echo stand-in; exit; }
if [ "$1" = venv ]; then mkdir -p .venv/bin; touch .venv/pyvenv.cfg; exit; fi
bin=$(dirname "$0"); path=$PROGRAM
for given in "$@"; do
  [ "$given" = . ] && { bin=.venv/bin; path=$PWD/plugins; }
  [ "$given" = requirements.txt ] && grep --only-matching '^\\./.*' "$given" | while read -r package; do sh "$package/setup.sh"; done
done
printf '#!/bin/sh\\nPYTHONPATH=%s exec %s -m handrail "$@"\\n' "$path" "$PYTHON" > "$bin/handrail"
chmod +x "$bin/handrail"
"""


@dataclass
class Machine:
    """What one job has run on: its folders, and how it ended."""

    root: Path
    token: str
    ended: int = 0
    said: str = ""

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def temp(self) -> Path:
        return self.root / "temp"

    @property
    def home(self) -> Path:
        return self.root / "home"


@dataclass
class Runner:
    """Runs workflows of the repository at `origin`; `from_fork` says that the change comes from one, whose runs may write nothing."""

    folder: Path
    origin: Path
    forge: Forge
    from_fork: bool = True
    machines: dict[str, Machine] = field(default_factory=dict)

    def run(self, commit: str, workflow: str, event: dict[str, Any], run_id: int) -> bool:
        """Run a workflow as it stands in a commit, and say whether all of its jobs went well."""
        text = self._git(self.origin, "show", f"{commit}:.github/workflows/{workflow}")
        written: dict[str, Any] = yaml.safe_load(text)
        done: dict[str, bool] = {}
        for name, job in written["jobs"].items():
            needed = job.get("needs", [])
            if not all(done.get(one) for one in ([needed] if isinstance(needed, str) else needed)):
                continue
            if self._holds(job.get("if", ""), event):
                permissions = job.get("permissions", written["permissions"])
                done[name] = self._job(name, job, permissions, event, (run_id, commit))
        return bool(done) and all(done.values())

    def _job(
        self, name: str, job: dict[str, Any], permissions: dict[str, str], event: dict[str, Any], run: tuple[int, str]
    ) -> bool:
        if self.from_fork and "pull_request" in event:
            permissions = dict.fromkeys(permissions, "read")
        machine = Machine(self.folder / name, f"token-of-{name}")
        self.machines[name] = machine
        shutil.rmtree(machine.root, ignore_errors=True)
        for part in ("work", "temp", "home", "bin"):
            (machine.root / part).mkdir(parents=True)
        for program, text in (("gh", GH), ("uv", _INSTALLER), ("pip", _INSTALLER)):
            (machine.root / "bin" / program).write_text(text, "utf-8")
            (machine.root / "bin" / program).chmod(0o755)
        self.forge.tokens[machine.token] = permissions
        context = {"github": {"event": event, "token": machine.token}, "runner": {"temp": str(machine.temp)}}
        for step in job["steps"]:
            if unknown := set(step) - {"uses", "with", "run", "env", "shell", "name"}:
                raise NotImplementedError(unknown)
            if "uses" in step:
                given = {key: self._filled(value, context) for key, value in step.get("with", {}).items()}
                self._action(step["uses"].partition("@")[0], given, machine, run)
            else:
                self._script(step, machine, context)
            if machine.ended:
                return False
        return True

    def _script(self, step: dict[str, Any], machine: Machine, context: dict[str, Any]) -> None:
        options = {"": ["-e"], "bash": ["--noprofile", "--norc", "-eo", "pipefail"]}[step.get("shell", "")]
        environment = bare_environment(
            machine.home, RUNNER_TEMP=str(machine.temp), GITHUB_REPOSITORY=REPOSITORY, GITHUB_API_URL=self.forge.url,
            PROGRAM=str(Path(handrail.__file__).parents[1]), PYTHON=sys.executable,
            **{key: self._filled(value, context) for key, value in step.get("env", {}).items()},
        )  # fmt: skip
        environment["PATH"] = f"{machine.root / 'bin'}:{environment['PATH']}"
        (machine.temp / "script.sh").write_text(step["run"], "utf-8")
        run = subprocess.run(
            ["bash", *options, str(machine.temp / "script.sh")],
            cwd=machine.work, env=environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        machine.ended, machine.said = run.returncode, machine.said + run.stdout + run.stderr

    def _action(self, name: str, given: dict[str, Any], machine: Machine, run: tuple[int, str]) -> None:
        run_id, commit = run
        match name:
            case "actions/checkout":
                self._check_out(str(given.get("ref", commit)), given, machine)
            case "actions/setup-python":
                for program in ("python", "python3"):
                    (machine.root / "bin" / program).symlink_to(sys.executable)
            case "actions/upload-artifact":
                file = Path(given["path"])
                self.forge.artifacts[run_id, given["name"]] = zipped({file.name: file.read_bytes()})
            case "actions/download-artifact":
                other = int(given.get("run-id", run_id))
                if other != run_id and self.forge.tokens[given["github-token"]].get("actions") != "read":
                    machine.ended = 1
                    return
                unzip_carelessly(self.forge.artifacts[other, given["name"]], Path(given["path"]))
            case _:
                raise NotImplementedError(name)

    def _check_out(self, ref: str, given: dict[str, Any], machine: Machine) -> None:
        shutil.rmtree(machine.work)  # what lies there and is no checkout is swept out
        machine.work.mkdir()
        depth = [] if str(given.get("fetch-depth", 1)) == "0" else ["--depth=1"]
        self._git(machine.work, "init", "--quiet")
        self._git(machine.work, "fetch", "--quiet", *depth, self.origin.as_uri(), ref)
        self._git(machine.work, "checkout", "--quiet", "--detach", "FETCH_HEAD")
        if str(given.get("persist-credentials", True)) != "False":
            self._git(machine.work, "config", "http.extraheader", machine.token)

    def _git(self, folder: Path, *arguments: str) -> str:
        run = subprocess.run(
            ["git", *arguments], cwd=folder, env=bare_environment(self.folder), capture_output=True, text=True, check=True
        )  # fmt: skip
        return run.stdout

    @staticmethod
    def _filled(value: Any, context: dict[str, Any]) -> Any:
        """Return a value with what its expressions name; any but the name of something is refused."""
        if not isinstance(value, str):
            return value
        text = _MEMBER.sub(lambda named: str(_member(named[1], context)), value)
        if "${{" in text:
            raise NotImplementedError(value)
        return text

    @staticmethod
    def _holds(condition: str, event: dict[str, Any]) -> bool:
        terms = [_TERM.fullmatch(term) for term in condition.split(" && ")] if condition else []
        if None in terms:
            raise NotImplementedError(condition)
        return all(_member(term[1], {"github": {"event": event}}) == term[2] for term in terms if term)


def _member(name: str, context: dict[str, Any]) -> Any:
    found: Any = context
    for part in name.split("."):
        found = found[part]
    return found
