"""`handrail sign --from-event`: sign as an issue asks, and write down what to answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from handrail.cli import common
from handrail.edit.answer import IGNORED
from handrail.edit.answer import answer as answered
from handrail.edit.event import read_event
from handrail.edit.files import replace
from handrail.model.handbook import Handbook
from handrail.model.page import Page
from handrail.report.plain import without_surrogates

_SAID = {
    "recorded": "The signature is recorded.",
    "refused": "The signature is refused.",
    "already": "The signature was recorded before.",
    "ignored": "The event is no request for a signature.",
}


def answer(handbook: Handbook, event_file: str, answer_file: str, read: Callable[[Handbook, Page], bytes]) -> None:
    """Answer an event; the page is written before the answer that says so."""
    event = read_event(Path(event_file))
    found = IGNORED if event is None else answered(handbook, event, partial(read, handbook))
    if found.signed is not None:
        page = found.signed.page
        replace(handbook.project.docs_dir, page.src_uri, found.before, found.signed.raw)
    text = without_surrogates(json.dumps(found.data(), ensure_ascii=False, indent=2))
    Path(answer_file).write_text(text + "\n", "utf-8", newline="\n")
    common.write(f"{_SAID[found.outcome]}\n")
