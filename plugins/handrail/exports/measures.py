"""`measures.json`: the measures of what may be seen, for programs, beside the schema that says what stands in it."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from importlib import resources

from handrail.model.generated import GeneratedFolder
from handrail.report.plain import without_surrogates
from handrail.report.scorecard import scorecard_data
from handrail.site.audience import Shown
from handrail.site.metadata import Site

_DATA, _SCHEMA = "measures.json", "measures.schema.json"


def places(folder: GeneratedFolder) -> tuple[str, str]:
    """Return where the measures and their schema lie on the site."""
    return posixpath.join(folder.name, _DATA), posixpath.join(folder.name, _SCHEMA)


def files(shown: Shown, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the measures and their schema, each with its place; no document stands there that may not be seen."""
    settings = shown.handbook.settings
    data, schema = places(settings.generated)
    named = {**scorecard_data(shown.scorecard), "handbook": {"name": site.name, "url": site.url}}
    yield data, json.dumps(json.loads(without_surrogates(json.dumps(named, ensure_ascii=False))), indent=1) + "\n"
    yield schema, resources.files("handrail").joinpath("exports", _SCHEMA).read_text("utf-8")
