"""Links to the place where the handbook is edited: GitHub, GitLab, Gitea and its kin."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_EDIT = re.compile(
    r"(?P<before>.*?)(?P<style>/?(?:-/)?(?:edit|blob|tree|_edit|src/branch)/)(?P<branch>[^/]+)/?(?P<folder>.*?)/?$"
)
_SIGNS_OF_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"


def with_quoted_name(address: str, path: str) -> str:
    """Return the address of a file whose name may have any signs, made by someone who put its path there as it is."""
    before, there, after = address.rpartition(path)
    if there:
        address = before + quote(path, errors="surrogateescape") + after
    return quote(address, safe=_SIGNS_OF_ADDRESSES, errors="surrogateescape")


def style_of(repo_url: str, way: str = "") -> str | None:
    """Return what kind of forge a repository lies on, by its host and the way to edit a file; None where neither tells."""
    host = (urlsplit(repo_url).hostname or "").lower()
    if "-/" in way or "gitlab" in host:
        return "gitlab"
    if "_edit" in way or "src/branch" in way or host in ("codeberg.org", "gitea.com"):
        return "gitea"
    return "github" if host == "github.com" or host.startswith("github.") else None


@dataclass(frozen=True, slots=True)
class Forge:
    """Where a repository is edited on the web; `folder` is that of the pages, relative to the repository."""

    repo_url: str
    branch: str
    folder: str
    style: str

    @staticmethod
    def of(repo_url: str, edit_uri: str) -> Forge | None:
        """Work it out from MkDocs' settings, or return None where they don't tell."""
        if not repo_url or not edit_uri:
            return None
        match = _EDIT.fullmatch(edit_uri.removeprefix(repo_url.rstrip("/") + "/"))
        if match is None:
            return None
        style = style_of(repo_url, match["style"])
        if style is None:
            return None
        return Forge(repo_url.rstrip("/"), match["branch"], match["folder"].strip("/"), style)

    def edit(self, path: str) -> str:
        """Return where a file, given relative to the repository, is edited."""
        verb = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}[self.style]
        return f"{self.repo_url}/{verb}/{self.branch}/{quote(path, errors='surrogateescape')}"

    def at_commit(self, commit: str, path: str) -> str:
        """Return where a file, given relative to the repository, is read as a commit holds it."""
        verb = {"github": "blob", "gitlab": "-/blob", "gitea": "src/commit"}[self.style]
        return f"{self.repo_url}/{verb}/{commit}/{quote(path, errors='surrogateescape')}"

    def compare(self, commit: str, path: str) -> str:
        """Return where what a file holds is compared with what it held at a commit."""
        if self.style == "github":
            # The forge names a file's part of the page by the hash of its path.
            return (
                f"{self.repo_url}/compare/{commit}...{self.branch}#diff-{hashlib.sha256(os.fsencode(path)).hexdigest()}"
            )
        verb = {"gitlab": "-/compare", "gitea": "compare"}[self.style]
        return f"{self.repo_url}/{verb}/{commit}...{self.branch}"

    def issue(self, number: str) -> str:
        """Return where an issue is read."""
        return f"{self.repo_url}/{'-/' if self.style == 'gitlab' else ''}issues/{number}"

    def new(self, path: str, text: str) -> str:
        """Return where a new file is written, with its name and, where the forge takes it, its text filled in."""
        folder, _, name = path.rpartition("/")
        if self.style == "gitlab":
            return f"{self.repo_url}/-/new/{self.branch}/{quote(folder)}?file_name={quote(name, safe='')}"
        if self.style == "gitea":
            return f"{self.repo_url}/_new/{self.branch}/{quote(folder)}?filename={quote(name, safe='')}"
        query = f"filename={quote(name, safe='')}&value={quote(text, safe='')}"
        return f"{self.repo_url}/new/{self.branch}/{quote(folder)}?{query}"

    @property
    def fills_in(self) -> bool:
        """Whether a new file's text can be filled in by an address."""
        return self.style == "github"

    def page(self, src_uri: str) -> str:
        """Return a page's path in the repository."""
        return f"{self.folder}/{src_uri}" if self.folder else src_uri
