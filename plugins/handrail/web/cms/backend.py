"""Where the CMS saves: the forge of the repository, and the hosts that its page has to reach for that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from handrail.errors import UsageError

_REVIEWED = ("github", "gitlab")
"""Forges on which the CMS proposes a change instead of making it."""


@dataclass(frozen=True, slots=True)
class Backend:
    """What the CMS is told of the forge, whether it proposes changes there, and the hosts that it talks to."""

    options: dict[str, Any]
    proposes: bool
    hosts: tuple[str, ...]


def backend_of(repo_url: str, style: str, branch: str, sign_in: str = "", app_id: str = "") -> Backend:
    """Return the backend for a repository; `sign_in` is the address that signs people in to GitHub, `app_id` what GitLab and Gitea call us.

    Without either, people sign in with an access token of their own.
    """
    address = urlsplit(repo_url)
    origin, repo = f"{address.scheme}://{address.netloc}", address.path.strip("/")
    options: dict[str, Any] = {"name": style, "repo": repo} | ({"branch": branch} if branch else {})
    if (app_id and style == "github") or (sign_in and style != "github"):
        wanted = "--sign-in with the address that signs people in" if style == "github" else "--app-id"
        raise UsageError(f"The repository lies on {origin}; say {wanted}.")
    if not sign_in and not app_id:
        options["auth_methods"] = ["token"]
    if sign_in:
        options["base_url"] = sign_in.rstrip("/")
    if app_id:
        options |= {"app_id": app_id} | ({"auth_type": "pkce"} if style == "gitlab" else {})
    hosts = [*_api(style, origin, options)]
    return Backend(options, style in _REVIEWED, tuple(dict.fromkeys(hosts)))


def _api(style: str, origin: str, options: dict[str, Any]) -> list[str]:
    """Return the hosts of a forge, and tell the CMS of those that it would not guess."""
    if style == "github":
        if origin == "https://github.com":
            return ["https://api.github.com", "https://*.githubusercontent.com"]
        options["api_root"] = f"{origin}/api/v3"
        return [origin]
    if origin not in ("https://gitlab.com", "https://gitea.com"):
        options |= {"api_root": f"{origin}/api/{'v4' if style == 'gitlab' else 'v1'}"}
        options.setdefault("base_url", origin)
    return [origin]
