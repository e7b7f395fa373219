"""The page with the forms runs only what was tried, and reaches only the forge."""

from __future__ import annotations

import json

from handrail.web.cms.backend import backend_of
from handrail.web.cms.config import configuration
from handrail.web.cms.page import SCRIPTS, files, policy
from tests.model.building import handbook

BACKEND = backend_of("https://git.example/acme/handbook", "gitlab", "main")
TOLD = configuration(handbook({}), "content", BACKEND)


def allowed(directive: str) -> list[str]:
    return policy(BACKEND.hosts).split(f"{directive} ")[1].split(";")[0].split()


def test_the_page_loads_only_what_was_tried() -> None:
    page = files(TOLD, BACKEND.hosts)["index.html"]
    for script in SCRIPTS:
        assert f'<script src="{script.address}" integrity="{script.digest}" crossorigin="anonymous">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert [one for one in allowed("script-src") if one.startswith("https:")] == [script.address for script in SCRIPTS]
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(allowed("script-src"))


def test_the_page_reaches_only_the_forge() -> None:
    assert [one for one in allowed("connect-src") if "://" in one] == ["https://git.example"]
    assert policy(()).count("https://git.example") == 0


def test_the_configuration_is_json() -> None:
    assert json.loads(files(TOLD, BACKEND.hosts)["config.json"]) == TOLD
