"""What a site tells crawlers: the addresses in its sitemap, and what its `robots.txt` forbids, as they read it (RFC 9309)."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from urllib.parse import unquote

CRAWLERS = ("*", "googlebot", "bingbot")
"""Those that have to be let in: whoever is not named, and the two whose answers nearly everyone reads."""

_LOC = re.compile(r"<loc>(.*?)</loc>", re.DOTALL)
_LITERAL = re.compile(r"[?\[]")
_Rules = Sequence[tuple[bool, str]]


def locations(sitemap: str) -> list[str]:
    """Return the addresses that a sitemap, or a part of one, names."""
    return [html.unescape(address).strip() for address in _LOC.findall(sitemap)]


def is_forbidden(robots: str, path: str) -> bool:
    """Say whether one of CRAWLERS may not read what lies at a path, such as `/finance/`, of the host."""
    groups = _groups(robots)
    others = groups.get("*", ())
    return any(_forbids(groups.get(name, others), path) for name in CRAWLERS)


def _groups(robots: str) -> Mapping[str, _Rules]:
    """Return whom the rules are for, in small letters, and the rules: whether each allows, and its pattern."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    names: list[str] = []
    is_named = False
    for line in robots.splitlines():
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        match key.lower():
            case "user-agent":
                names = [*names, value.lower()] if is_named else [value.lower()]
                groups.setdefault(value.lower(), [])
                is_named = True
            case "allow" | "disallow":
                for name in names if value else ():
                    groups[name].append((key.lower() == "allow", unquote(value)))
                is_named = False
    return groups


def _forbids(rules: _Rules, path: str) -> bool:
    """Say whether the longest rule that fits a path forbids it; of two as long the kinder one counts."""
    fitting = [(len(pattern), allows) for allows, pattern in rules if _fits(pattern, path)]
    return bool(fitting) and not max(fitting)[1]


def _fits(pattern: str, path: str) -> bool:
    glob = _LITERAL.sub(r"[\g<0>]", pattern)
    return fnmatchcase(path, glob[:-1] if glob.endswith("$") else f"{glob}*")
