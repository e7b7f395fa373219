"""Stands for the forge in tests of workflows: a repository with pull requests, its API over HTTP, and artifacts as zip files."""

from __future__ import annotations

import io
import json
import stat
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

BOT = "github-actions[bot]"
REPOSITORY = "acme/handbook"
_LONGEST_COMMENT = 65_536
# The forge's program as far as workflows use it: each page of an answer goes through the filter, as there.
GH = """#!/usr/bin/env bash
set -eo pipefail
method=GET; fields=(); filter=.; pages=1; given=()
shift # api
while [ $# -gt 0 ]; do
  case "$1" in
    --method) method=$2; shift ;;
    --raw-field) fields+=(--data-urlencode "$2"); shift ;;
    --jq) filter=$2; shift ;;
    --input) given=(--data-binary "@$2"); shift ;;
    --paginate) pages=99 ;;
    --silent) filter=empty ;;
    *) path=$1 ;;
  esac
  shift
done
ask() { curl --silent --show-error --fail --request "$method" --header "Authorization: Bearer $GH_TOKEN" "$@" "$GITHUB_API_URL/$path"; }
if [ "$method" != GET ]; then ask "${given[@]}" | jq --raw-output "$filter"; exit; fi
for ((page = 1; page <= pages; page++)); do
  answer=$(ask --get "${fields[@]}" --data-urlencode "page=$page")
  jq --raw-output "$filter" <<< "$answer"
  [ "$(jq length <<< "$answer")" -gt 0 ] || break
done
"""


@dataclass
class Forge:
    """What the forge holds and what was asked of it; a token may only do what the job may that it was given to."""

    pulls: list[dict[str, Any]] = field(default_factory=list)
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    tokens: dict[str, Mapping[str, str]] = field(default_factory=dict)
    artifacts: dict[tuple[int, str], bytes] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, method: str, address: str, token: str, given: bytes) -> tuple[int, Any]:
        """Return the status and the answer to one request."""
        path, asked = urlsplit(address).path.removeprefix(f"/repos/{REPOSITORY}/"), parse_qs(urlsplit(address).query)
        if method != "GET" and self.tokens.get(token, {}).get("pull-requests") != "write":
            self.refused.append(f"{method} {path}")
            return 403, {}
        match method, path.split("/"):
            case "GET", ["pulls"]:
                found = [one for one in self.pulls if [one["head"]["label"]] == asked["head"]]
                return 200, self._page(found, asked)
            case "GET", ["issues", number, "comments"]:
                return 200, self._page(self.comments.get(int(number), []), asked)
            case "POST", ["issues", number, "comments"]:
                new = {"id": 100 + len(self.written), "user": {"login": BOT}, "body": json.loads(given)["body"]}
                self.comments.setdefault(int(number), []).append(new)
                return self._written(method, path, new)
            case "PATCH", ["issues", "comments", id_]:
                old = next(one for listed in self.comments.values() for one in listed if one["id"] == int(id_))
                old["body"] = json.loads(given)["body"]
                return self._written(method, path, old)
        return 404, {}

    def _written(self, method: str, path: str, comment: dict[str, Any]) -> tuple[int, Any]:
        self.written.append(f"{method} {path}")
        return (200, comment) if len(comment["body"]) <= _LONGEST_COMMENT else (422, {})

    @staticmethod
    def _page(found: list[Any], asked: Mapping[str, list[str]]) -> list[Any]:
        size, page = int(asked["per_page"][0]), int(asked["page"][0])
        return found[size * (page - 1) : size * page]

    @contextmanager
    def served(self) -> Iterator[None]:
        """Answer over HTTP."""
        forge = self

        class Handler(BaseHTTPRequestHandler):
            def _do(self) -> None:
                given = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                token = self.headers["Authorization"].removeprefix("Bearer ")
                status, answer = forge.answer(self.command, self.path, token, given)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            do_GET = do_POST = do_PATCH = _do  # noqa: N815 - the server's own names

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()


def zipped(files: Mapping[str, bytes | str], links: Mapping[str, str] | None = None) -> bytes:
    """Return a zip file with some files, whatever their names, and symbolic links."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        for name, target in (links or {}).items():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, target)
    return raw.getvalue()


def unzip_carelessly(raw: bytes, folder: Path) -> None:
    """Unpack a zip file as the worst of programs would: links become links, and names lead wherever they lead."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for entry in archive.infolist():
            place = folder / entry.filename
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
            if stat.S_ISLNK(entry.external_attr >> 16):
                place.symlink_to(archive.read(entry).decode())
            else:
                place.write_bytes(archive.read(entry))
                place.chmod(0o755)
