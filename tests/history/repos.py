"""Repositories for tests, made by git itself with fixed people and days."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from handrail.history.repository import History, read_history
from handrail.history.texts import look_back
from handrail.model.handbook import Handbook
from handrail.model.loading import load_handbook
from handrail.model.page import Page
from handrail.model.project import Project
from tests.model.building import TODAY, kinds, settings

LENA = "Lena <lena@example.org>"
OMAR = "Omar <omar@example.org>"


def bare_environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment in which git knows nobody and no settings."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **more}


class Repo:
    """A repository in `root` whose handbook lies in the folder `docs` of it."""

    def __init__(self, root: Path, docs: str = "content", *options: str) -> None:
        self.root, self.docs = root, root / docs
        self.docs.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *arguments: str, by: str = LENA, day: str = "2026-01-01", given: bytes = b"") -> str:
        """Run git as somebody on some day; the committer is another, on a later one."""
        name, _, email = by.partition(" <")
        who = {
            "GIT_AUTHOR_NAME": name,
            "GIT_AUTHOR_EMAIL": email.rstrip(">"),
            "GIT_AUTHOR_DATE": f"{day}T23:30:00-0500",
            "GIT_COMMITTER_NAME": "Merger",
            "GIT_COMMITTER_EMAIL": "merger@example.org",
            "GIT_COMMITTER_DATE": "2026-12-31T12:00:00+0000",
        }
        run = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=bare_environment(self.root.parent, **who),
            input=given,
            capture_output=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr.decode("utf-8", "replace")
        return os.fsdecode(run.stdout).strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write pages by path in the folder of pages; None deletes one."""
        for path, content in files.items():
            file = self.docs / path
            if content is None:
                file.unlink()
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self, day: str, files: Mapping[str, str | bytes | None] | None = None, by: str = LENA, said: str = "Write"
    ) -> str:
        """Commit everything as it is after writing; return the commit's id."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", said, by=by, day=day)
        return self.git("rev-parse", "HEAD")

    @property
    def history(self) -> History:
        return read_history(self.docs)

    @property
    def handbook(self) -> Handbook:
        project = Project(self.root, self.root / "mkdocs.yml", self.docs, settings())
        return load_handbook(project, kinds(), date.fromisoformat(TODAY), look_back=look_back)

    def page(self, path: str) -> Page:
        return self.handbook.by_src_uri[path]


def sop(body: str, *more: str, id_: str = "pay") -> str:
    """Write an active procedure that Lena decides and Omar agrees to."""
    head = ["kind: sop", f"id: {id_}", "title: Pay", "visibility: public", "state: active", "rapid: LBK(D), OHA(A)"]
    return "\n".join(["---", *head, *more, "---", body, ""])


def signed(digest: str, *roles: str) -> str:
    """Write the entries by which Lena (D) and Omar (A) signed a text."""
    by = {"D": "lbk", "A": "oha"}
    return "\n".join(
        ["sign_offs:", *(f"  - {{role: {r}, by: {by[r]}, date: 2026-03-01, digest: '{digest}'}}" for r in roles)]
    )


def stream(commits: Iterable[tuple[str, Mapping[str, bytes]]]) -> bytes:
    """Write many commits, each a day and its pages, as `git fast-import` reads them."""

    def lines() -> Iterator[bytes]:
        for day, files in commits:
            stamp = f"Lena <lena@example.org> {(date.fromisoformat(day) - date(1970, 1, 1)).days * 86400} +0000"
            yield f"commit refs/heads/main\nauthor {stamp}\ncommitter {stamp}\ndata 1\n.\n".encode()
            for path, content in files.items():
                yield f"M 100644 inline content/{path}\ndata {len(content)}\n".encode() + content + b"\n"

    return b"".join(lines())
