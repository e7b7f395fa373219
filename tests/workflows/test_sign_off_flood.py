"""Who asks is found in the list of people however it is written, and no number of strangers holds up a signature."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handrail.text.source import read_source
from tests.cli.signing import PAGES, PATH, PEOPLE
from tests.history.repos import Repo, bare_environment
from tests.support.commands import handrail
from tests.support.handbooks import make_handbook
from tests.workflows.test_sign_off import GATE, GH, JOBS, SCRIPT, TRIES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the scripts are for Linux")

EVENT = Path(__file__).parents[1] / "cli/events/decides.json"


def bash(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env={**bare_environment(folder), **environment}, check=False, capture_output=True,
    )  # fmt: skip


def lets_through(folder: Path, login: str) -> bool:
    """Run the gate's script in a folder with `content/`."""
    temp = folder / "gate"
    temp.mkdir(exist_ok=True)
    output = temp / "output"
    output.unlink(missing_ok=True)
    run = bash(GATE, folder, RUNNER_TEMP=str(temp), GITHUB_OUTPUT=str(output), LOGIN=login, LC_ALL="C")
    assert run.returncode == 0, run.stderr
    said = output.read_text("utf-8")
    assert said in ("known=true\n", "known=false\n")
    return said == "known=true\n"


HEAD = "---\nkind: people\nid: people\ntitle: Who is who\nvisibility: public\n"
STYLES = {
    "flow": HEAD + "people:\n  - {id: lbk, name: Lena, handle: Lena-BK, deputy: x}\n---\n",
    "flow, last": HEAD + "people:\n  - {id: lbk, name: Lena, handle: lena-bk}\n---\n",
    "block": HEAD + "people:\n  - id: lbk\n    name: Lena\n    handle: lena-bk\n---\n",
    "block, with a comment": HEAD + "people:\n  - id: lbk\n    name: Lena\n    handle: lena-bk # her own\n---\n",
    "with an @": HEAD + 'people:\n  - {id: lbk, name: Lena, handle: "@lena-bk"}\n---\n',
    "in single quotes": HEAD + "people:\n  - {id: lbk, name: Lena, handle: '@Lena-bk'}\n---\n",
    "with blanks": HEAD + 'people:\n  - {id: lbk, name: Lena, handle:   " lena-bk " }\n---\n',
    "JSON": '---\n{"kind": "people", "id": "people", "people": [{"id":"lbk","name":"Lena","handle":"lena-bk"}]}\n---\n',
    "on the next line": HEAD + "people:\n  - id: lbk\n    name: Lena\n    handle:\n      lena-bk\n---\n",
    "folded": HEAD + "people:\n  - id: lbk\n    name: Lena\n    handle: >-\n      lena-bk\n---\n",
    "with a tag": HEAD + "people:\n  - {id: lbk, name: Lena, handle: !!str lena-bk}\n---\n",
    "with an anchor": HEAD + "people:\n  - {id: lbk, name: Lena, handle: &h lena-bk}\n---\n",
    "escaped": HEAD + 'people:\n  - {id: lbk, name: Lena, handle: "lena\\u002dbk"}\n---\n',
    "Windows": (HEAD + "people:\n  - id: lbk\n    name: Lena\n    handle: lena-bk\n---\n").replace("\n", "\r\n"),
    "old Mac": (HEAD + "people:\n  - id: lbk\n    name: Lena\n    handle: lena-bk\n---\n").replace("\n", "\r"),
    "quoted keys": HEAD.replace("kind: people", "\"kind\": 'people'")
    + "people:\n  - {'id': lbk, 'name': Lena, 'handle': lena-bk}\n---\n",
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_whom_our_own_reader_knows_is_let_through(text: str, tmp_path: Path) -> None:
    source = read_source(text.encode())
    handles = [person["handle"].strip().removeprefix("@").lower() for person in source.data["people"]]
    assert handles == ["lena-bk"]
    (tmp_path / "content/who is").mkdir(parents=True)
    (tmp_path / "content/who is/people.md").write_bytes(text.encode())
    (tmp_path / "content/other.md").write_bytes(b"\xff\0 other\n")
    for login in ("lena-bk", "Lena-BK"):
        assert lets_through(tmp_path, login)


BODY = """
Write `handle: somebody` for a new colleague; Ada Roth's account is ada.
"""
STRANGERS = ["lena", "bk", "lbk", "Lena-B", "lena-bk2", "xlena-bk", "lena-b-k", "lena_bk", "acme", "lt", "people", "ada",
             "handle", "name", "lena-bk[bot]", "lena.bk", ".*", "-v", "a' || true; echo known=true #", "$(touch owned)"]  # fmt: skip


@pytest.mark.parametrize("login", STRANGERS)
def test_a_stranger_is_not(login: str, tmp_path: Path) -> None:
    people = 'people:\n  - {id: lbk, name: Lena Ada, handle: "@lena-bk"}\ngroups:\n  - {id: lt, handle: acme/lt}\n---\n'
    (tmp_path / "content").mkdir()
    (tmp_path / "content/people.md").write_text(HEAD + people + BODY, "utf-8")
    (tmp_path / "content/pay.md").write_text(f"---\nkind: sop\nhandle: {login}\n---\n", "utf-8")
    assert not lets_through(tmp_path, login)
    assert not list(tmp_path.rglob("owned"))


@pytest.mark.parametrize("text", ["", "---\nkind: people\npeople: []\n---\n", "no fields\n"])
def test_a_list_that_knows_nobody(text: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/people.md").write_text(text, "utf-8")
    assert not lets_through(tmp_path, "lenabk")


class Forge:
    """A repository on a forge, with the workflow as its files say it runs: what follows what, and who stands in the line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.main = Repo(folder / "main")
        make_handbook(self.main.root, PAGES, {"record_sign_offs": "push", "git_since": "2026-11-01"})
        self.main.commit("2026-11-13")
        self.main.git("config", "receive.denyCurrentBranch", "updateInstead")
        self.bin, self.log = folder / "bin", folder / "log"
        for place in (self.bin, self.log):
            place.mkdir()
        (self.bin / "gh").write_text(GH, "utf-8")
        (self.bin / "gh").chmod(0o755)
        self.line: list[int] = []
        self.installations = 0
        self.strangers = 0
        self.meanwhile: list[Callable[[], Any]] = []

    def opened(self, number: int, login: str) -> None:
        """Let a form come in and be dealt with to the end."""
        outputs = {"gate": {"known": str(lets_through(self.main.root, login)).lower()}}
        for job in ("stranger", *TRIES):
            needed, _, wanted = JOBS[job]["if"].removeprefix("needs.").partition(" == ")
            before, _, name = needed.replace(".outputs.", " ").partition(" ")
            if outputs.get(before, {}).get(name) != wanted.strip("'"):
                continue
            if JOBS[job].get("concurrency", {}).get("queue") == "max":
                self.line.append(number)
            if job == "stranger":
                self.strangers += 1
                outputs[job] = {}
            else:
                outputs[job] = self.tried(number, login, last=JOBS[job]["with"]["last"])

    def tried(self, number: int, login: str, *, last: bool) -> dict[str, str]:
        """Judge and record, in checkouts of their own, as record-sign-off.yml does."""
        self.installations += 1
        place = self.folder / f"try-{self.installations}"
        judging, temp = place / "judge", place / "temp"
        (temp / "answer").mkdir(parents=True)
        self.main.git("clone", "--quiet", str(self.main.root), str(judging))
        event = json.loads(EVENT.read_text("utf-8"))
        event["issue"]["number"], event["issue"]["user"]["login"], event["sender"]["login"] = number, login, login
        event["issue"]["html_url"] = f"{event['repository']['html_url']}/issues/{number}"
        (temp / "event.json").write_text(json.dumps(event), "utf-8")
        arguments = ("--from-event", str(temp / "event.json"), "--answer", str(temp / "answer/answer.json"))
        assert handrail(judging, "sign", *arguments).code == 0
        patch = bash(
            'git diff --binary --output="$1/page.patch"; git rev-parse HEAD'.replace("$1", f"{temp}/answer"), judging
        )
        commit = patch.stdout.decode().strip()
        if self.meanwhile:
            self.meanwhile.pop(0)()
        recording = place / "record"
        self.main.git("clone", "--quiet", str(self.main.root), str(recording))
        bash(f"git checkout --quiet --detach {commit}", recording)
        output = temp / "output"
        run = bash(
            SCRIPT, recording,
            PATH=f"{self.bin}{os.pathsep}{os.environ['PATH']}", LOG=str(self.log), RUNNER_TEMP=str(temp),
            GITHUB_OUTPUT=str(output), ISSUE=str(number), MAIN="main", LAST=str(last).lower(),
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        said = output.read_text("utf-8").split() if output.exists() else []
        return dict(line.split("=") for line in said)

    @property
    def calls(self) -> list[str]:
        return (self.log / "calls").read_text("utf-8").splitlines()

    @property
    def signers(self) -> list[str]:
        entries = read_source((self.main.root / PATH).read_bytes()).data.get("sign_offs", [])
        return [entry["by"] for entry in entries]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return Forge(tmp_path)


def test_two_hundred_strangers_hold_up_nobody(forge: Forge) -> None:
    near = ["lena", "lenab", "lenabk-", "lenabk2", "acme", "lbk", "oha"]
    strangers = [near[index] if index < len(near) else f"stranger-{index}" for index in range(200)]
    # While the form is judged, somebody else changes another page, and then the list of people.
    people = PEOPLE.replace("Operations manager", "Operations lead")
    forge.meanwhile = [
        lambda: forge.main.commit("2026-11-14", {"other.md": "# Other\n"}),
        lambda: forge.main.commit("2026-11-14", {"people.md": people}),
    ]
    for number, login in enumerate([*strangers[:100], "LenaBK", *strangers[100:]], 1):
        forge.opened(number, login)
    assert forge.line == [101, 101, 101]
    assert (forge.strangers, forge.installations) == (200, 3)
    assert [call for call in forge.calls if call.startswith("issue")] == [
        f"issue comment 101 --body-file {forge.folder}/try-3/temp/comment.md",
        "issue close 101 --reason completed",
    ]
    assert (forge.log / "comment").read_text("utf-8").startswith("Thank you. Lena Brandt-Keller decides on")
    assert forge.signers == ["lbk"]
    subjects = forge.main.git("log", "--format=%s").splitlines()
    assert subjects[0].startswith("Record the sign-off of issue 101: ")
    assert len(subjects) == 4


def test_what_is_judged_again_may_be_refused(forge: Forge) -> None:
    text = PAGES[PATH].replace("\n---\n", "\n---\nAnother beginning.\n\n", 1)
    assert text != PAGES[PATH]
    forge.meanwhile = [lambda: forge.main.commit("2026-11-14", {"pay.md": text})]
    forge.opened(12, "lenabk")
    assert forge.installations == 2
    assert "is no longer the text that you read" in (forge.log / "comment").read_text("utf-8")
    assert forge.calls[-1] == "issue close 12 --reason not planned"
    assert forge.signers == []


def test_signers_who_come_together_are_all_recorded(forge: Forge) -> None:
    for number, login in enumerate(("lenabk", "priya-nair", "lenabk"), 12):
        forge.opened(number, login)
    assert forge.line == [12, 13, 14]
    assert forge.installations == 3
    assert forge.signers == ["lbk", "pna", "lbk"]
