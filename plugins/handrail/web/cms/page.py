"""The files of the page on which authors edit: it loads the CMS, tells it of the handbook, and reads and writes pages itself.

The two scripts of others are loaded in exactly the version that was tried, which their digests hold them to; the page's policy
lets no other script run, and nothing be reached but the forge.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

_STATIC = Path(__file__).with_name("static")
_HOST = "https://unpkg.com"
_FONTS = "https://cdn.jsdelivr.net/fontsource/"
MARK = "<!-- Made by: handrail export cms -->"
_FIRST = "window.CMS_MANUAL_INIT = true;"


@dataclass(frozen=True, slots=True)
class Script:
    """A script of others: its package, version and file, and the digest that a browser holds it to."""

    package: str
    version: str
    file: str
    digest: str

    @property
    def address(self) -> str:
        return f"{_HOST}/{self.package}@{self.version}/{self.file}"


SCRIPTS = (
    Script(
        "js-yaml",
        "4.3.2",
        "dist/js-yaml.min.js",
        "sha384-uwLg6oO8ZhFG2SuQfgmkMtosjtrFYlkPspa/cXS+b3D8GLRTHMDl/mTwqImdlKQO",
    ),
    Script(
        "@sveltia/cms",
        "0.221.1",
        "dist/sveltia-cms.js",
        "sha384-JQ+XsKx/UzwdTiNnFStza3XtqqQoVtyNPApkfvwlzZDfhe7giE9CnfQrpHqgv3k6",
    ),
)
"""Under the MIT licence both."""


def files(told: Mapping[str, Any], hosts: tuple[str, ...]) -> dict[str, str]:
    """Return the files of the page by name; `told` is what the CMS is told, `hosts` are those of the forge."""
    own = {path.name: path.read_text("utf-8") for path in sorted(_STATIC.iterdir())}
    config = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return own | {"index.html": _page(hosts), "config.json": config}


def policy(hosts: tuple[str, ...]) -> str:
    """Return what the page may run and reach."""
    first = base64.b64encode(hashlib.sha256(_FIRST.encode()).digest()).decode()
    reached = " ".join(hosts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'sha256-{first}' {' '.join(script.address for script in SCRIPTS)}",
            f"connect-src 'self' blob: data: {reached}".rstrip(),
            f"img-src 'self' blob: data: {reached}".rstrip(),
            f"font-src {_FONTS}",
            "style-src 'self' 'unsafe-inline'",
            "media-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _page(hosts: tuple[str, ...]) -> str:
    loaded = "\n".join(
        f'<script src="{script.address}" integrity="{script.digest}" crossorigin="anonymous"></script>'
        for script in SCRIPTS
    )
    return f"""<!doctype html>
{MARK}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy(hosts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>Edit the handbook</title>
</head>
<body>
<noscript>The forms need JavaScript. Without it, pages are edited on the forge that holds them.</noscript>
<script>{_FIRST}</script>
{loaded}
<script type="module" src="start.js"></script>
</body>
</html>
"""
