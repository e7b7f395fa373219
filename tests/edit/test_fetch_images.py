"""Pictures of other hosts come into the handbook, from a server of this machine: nothing else of a page changes."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from handrail.cli import fetch_images
from handrail.edit import downloads
from handrail.edit.downloads import DownloadError, download, make_opener, picture_of, public_connection
from tests.support.commands import Outcome, handrail
from tests.support.handbooks import make_handbook

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OTHER = PNG + b"another"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'x';a{b:c}</style></svg>"
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/a.png": (200, {}, PNG),
    "/b/a.png?x=1&y=2": (200, {}, OTHER),
    "/drawn": (200, {}, SVG),
    "/CON": (200, {}, PNG),
    "/moved": (302, {"Location": "/a.png"}, b""),
    "/away": (302, {"Location": "file:///etc/passwd"}, b""),
    "/inside": (302, {"Location": "http://10.0.0.1/a.png"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/page": (200, {"Content-Type": "image/png"}, b"<!doctype html><p>Sign in"),
    "/script.svg": (200, {}, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    "/cut": (200, {"Content-Length": "999"}, PNG),
    "/large": (200, {}, PNG + b"x" * 2_000),
}


class _Pictures(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, content = ANSWERS.get(self.path, (404, {}, b""))
        self.server.asked.append(f"{self.headers['Host']}{self.path}")  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


class _Web(ThreadingHTTPServer):
    """A server of this machine, which every host of the web leads to; it remembers what it was asked for."""

    asked: list[str]

    def connect(self, _place: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server_port), timeout, source)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Web]:
    """Let every host of the web be a server of this machine."""
    server = _Web(("127.0.0.1", 0), _Pictures)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(fetch_images, "make_opener", lambda: make_opener(server.connect))
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(web: _Web) -> list[str]:
    """Return what the web was asked for."""
    return web.asked


def fetch(folder: Path, *arguments: str) -> Outcome:
    return handrail(folder, "fetch-images", *arguments)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in (folder / "content").rglob("*") if path.is_file()}


def read(folder: Path, page: str = "a.md") -> str:
    return (folder / "content" / page).read_bytes().decode()


def test_pictures_lie_beside_the_page_and_just_their_addresses_change(tmp_path: Path, asked: list[str]) -> None:
    page = (
        "\ufeff---\r\ntitle: A # http://img.example/a.png\r\n---\r\n# A\r\n\r\n"
        '![one](http://img.example/a.png "T") [a link](http://img.example/a.png) `![code](http://img.example/a.png)`\r\n'
        "![two](<http://img.example/b/a.png?x=1&amp;y=2>) <img alt=\"three\" src='http://img.example/drawn' width=3>\r\n\r\n"
        "![four][f] ![again](http://img.example/a.png)\r\n\r\n[f]: http://other.example/moved 'é'\r\n![own](b.png)"
    )
    make_handbook(tmp_path, {"content/team/a.md": page.encode(), "content/team/b.png": PNG})
    outcome = fetch(tmp_path, "content/team/a.md")
    assert outcome.code == 0
    assert outcome.out == ("content/team/a.md: 4 pictures lie beside it: a.png, a-2.png, moved.png and drawn.svg.\n")
    assert files(tmp_path) == {
        f"content/team/{name}" for name in ("a.md", "b.png", "a.png", "a-2.png", "moved.png", "drawn.svg")
    }
    assert read(tmp_path, "team/a.md") == (
        page.replace("![one](http://img.example/a.png", "![one](a.png")
        .replace("http://img.example/b/a.png?x=1&amp;y=2", "a-2.png")
        .replace("http://img.example/drawn", "../drawn.svg")
        .replace("![again](http://img.example/a.png", "![again](a.png")
        .replace("http://other.example/moved", "moved.png")
    )
    assert (tmp_path / "content/team/a-2.png").read_bytes() == OTHER
    assert (tmp_path / "content/team/drawn.svg").read_bytes() == SVG.replace(b"@import 'x';", b"")
    assert asked.count("img.example/a.png") == 1
    assert "HB813" not in handrail(tmp_path, "check").out
    assert fetch(tmp_path, "content/team/a.md").out == "content/team/a.md shows no picture of another host.\n"


def test_a_page_of_which_one_picture_is_missing_stays_as_it_is(tmp_path: Path, asked: list[str]) -> None:
    page = "![one](http://img.example/a.png)\n\n![two](http://img.example/gone.png)\n"
    make_handbook(tmp_path, {"content/a.md": page, "content/b.md": "![one](http://img.example/a.png)\n"})
    outcome = fetch(tmp_path, "content/a.md", "content/b.md")
    assert outcome.code == 1
    assert outcome.out.splitlines() == [
        "content/a.md, line 3: http://img.example/gone.png can't be fetched: img.example says 404 (Not Found).",
        "content/a.md is left as it is.",
        "content/b.md: one picture lies beside it: a.png.",
    ]
    assert read(tmp_path) == page
    assert read(tmp_path, "b.md") == "![one](a.png)\n"
    assert files(tmp_path) == {"content/a.md", "content/b.md", "content/a.png"}
    assert asked


def test_a_dry_run_shows_the_difference_and_writes_nothing(tmp_path: Path, asked: list[str]) -> None:
    make_handbook(tmp_path, {"content/a.md": "# A\n\n![one](http://img.example/a.png)\n"})
    outcome = fetch(tmp_path, "--dry-run", "a.md")
    assert outcome.code == 0
    assert "-![one](http://img.example/a.png)\n+![one](a.png)\n" in outcome.out
    assert "one picture would lie beside it: a.png." in outcome.out
    assert files(tmp_path) == {"content/a.md"}
    assert asked


def test_names_are_never_taken_twice_and_a_picture_is_not_stored_twice(tmp_path: Path, asked: list[str]) -> None:
    pages = {f"content/{name}.md": "![A](http://img.example/a.png) ![C](http://img.example/CON)\n" for name in "xy"}
    make_handbook(tmp_path, {**pages, "content/A.png": OTHER, "content/picture.md": "# P\n"})
    assert fetch(tmp_path, "x.md", "y.md").code == 0
    assert files(tmp_path) == {*pages, "content/A.png", "content/a-2.png", "content/picture.md", "content/picture.png"}
    assert read(tmp_path, "x.md") == read(tmp_path, "y.md") == "![A](a-2.png) ![C](picture.png)\n"
    assert len(asked) == len(set(asked))


def test_one_page_that_is_signed_says_that_its_text_changes(tmp_path: Path, asked: list[str]) -> None:
    head = "---\nkind: sop\nid: pay\ntitle: Pay\nvisibility: public\nstate: active\n"
    entry = "sign_offs:\n  - {role: D, by: lbk, date: 2026-01-01}\n"
    make_handbook(tmp_path, {"content/a.md": f"{head}{entry}---\n![one](http://img.example/a.png)\n"})
    assert "content/a.md is signed, and will say that its text has changed since" in fetch(tmp_path, "a.md").out
    assert asked


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("gone", "img.example says 404 (Not Found)"),
        ("away", "leads on too often, or to what is no address of the web"),
        ("round", "leads on too often"),
        ("page", "what came is no picture of a kind that is published"),
        ("script.svg", "it holds `<script>`, which could run or load something"),
        ("cut", "it broke off before its end"),
    ],
)
def test_what_is_no_picture_is_not_taken(path: str, why: str, tmp_path: Path, asked: list[str]) -> None:
    make_handbook(tmp_path, {"content/a.md": f"![one](http://img.example/{path})\n"})
    outcome = fetch(tmp_path, "a.md")
    assert outcome.code == 1
    assert why in outcome.out
    assert files(tmp_path) == {"content/a.md"}
    assert asked


def test_what_is_too_large_is_not_read_to_its_end(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "LARGEST", 1_000)
    make_handbook(tmp_path, {"content/a.md": "![one](http://img.example/large)\n"})
    assert "it is larger than" in fetch(tmp_path, "a.md").out
    assert asked


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]"]
)  # fmt: skip
def test_what_only_this_machine_can_reach_is_not_asked(host: str) -> None:
    with pytest.raises(DownloadError, match="lies in a network of its own"):
        download(f"http://{host}:9/a.png", make_opener())


def test_a_redirect_to_such_a_host_is_not_followed(web: _Web) -> None:
    opened: list[str] = []

    def connect(place: tuple[str, int], timeout: float, source: Any = None) -> socket.socket:
        opened.append(place[0])
        return (web.connect if len(opened) == 1 else public_connection)(place, timeout, source)

    with pytest.raises(DownloadError, match="lies in a network of its own"):
        download("http://img.example/inside", make_opener(connect))
    assert opened == ["img.example", "10.0.0.1"]
    assert web.asked == ["img.example/inside"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://img.example/a.png", "data:image/png;base64,AA=="])
def test_no_other_scheme_is_opened(address: str) -> None:
    with pytest.raises(DownloadError):
        download(address, make_opener())


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (PNG, ".png"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"GIF89a", ".gif"),
        (b"RIFF\0\n\0\0WEBPVP8 ", ".webp"),
        (b"\0\0\0\x1cftypavif", ".avif"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", ".svg"),
    ],
)
def test_a_picture_is_known_by_its_bytes(content: bytes, suffix: str) -> None:
    assert picture_of(content).suffix == suffix


def test_pages_are_named(tmp_path: Path) -> None:
    make_handbook(tmp_path, {"content/a.md": "# A\n"})
    assert "Say which page" in fetch(tmp_path).err
    assert "b.md is no page of the handbook; its pages lie in content/." in fetch(tmp_path, "b.md").err
    assert "no page of the handbook" in fetch(tmp_path, "../a.md").err
