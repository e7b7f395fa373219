"""`measures.json`: the measures of what may be seen, for programs, beside the schema that says what stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources

from handrail.model.generated import Data, GeneratedFolder
from handrail.pages.audience import Shown
from handrail.report.plain import without_surrogates
from handrail.report.scorecard import scorecard_data
from handrail.web.metadata import Site


def places(folder: GeneratedFolder) -> tuple[str, str]:
    """Return where the measures and their schema lie on the site."""
    return folder.data(Data.MEASURES), folder.schema(Data.MEASURES)


def files(shown: Shown, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the measures and their schema, each with its place; no document stands there that may not be seen."""
    settings = shown.handbook.settings
    data, schema = places(settings.generated)
    named = {**scorecard_data(shown.scorecard), "handbook": {"name": site.name, "url": site.url}}
    yield data, json.dumps(json.loads(without_surrogates(json.dumps(named, ensure_ascii=False))), indent=1) + "\n"
    yield schema, resources.files("handrail").joinpath("web", "measures.schema.json").read_text("utf-8")
