"""`handrail kind`: explain a kind of page and its fields, or list all kinds."""

from __future__ import annotations

from collections.abc import Mapping

import click

from handrail.cli import common
from handrail.errors import UsageError
from handrail.model.kinds import Kind, load_kinds
from handrail.model.nearest import nearest
from handrail.report.kinds import KindWords, as_markdown, explained, field_as_markdown, summary
from handrail.report.plain import disarmed
from handrail.report.tables import render_table
from handrail.text.visible import one_line, visible_lines


@click.command(short_help="Explain a kind of page, or list them all.")
@click.argument("kind", required=False)
@click.argument("field", required=False)
@click.option("--config", metavar="FILE", help=common.CONFIG_HELP)
def command(kind: str | None, field: str | None, config: str | None) -> int:
    """Explain a KIND of page (sop, vpmom, department, …) with its fields, one FIELD of it, or list all kinds.

    A company's own kinds are explained too, by the schemas beside its mkdocs.yml.
    """
    place = common.config_file(config) if config is not None else common.nearest_config()
    kinds = load_kinds(place.parent if place is not None else None)
    if kind is None:
        common.write(_listed(kinds))
        return 0
    words = explained(_find(kinds, kind), kinds)
    if field is None:
        common.write(_shown(f"{words.name} ({words.noun})", as_markdown(words)))
    else:
        common.write(_field(words, field))
    return 0


def _find(kinds: Mapping[str, Kind], name: str) -> Kind:
    if name in kinds:
        return kinds[name]
    by_noun = {word.casefold(): kind for kind in kinds.values() for word in (kind.name, kind.noun, kind.plural)}
    if name.casefold() in by_noun:
        return by_noun[name.casefold()]
    close = nearest(name, kinds)
    raise UsageError(f"There is no kind `{name}`; {_advice(close, '`handrail kind` lists them all.')}")


def _field(words: KindWords, name: str) -> str:
    found = words.field(name)
    if found is None:
        known = [field.name for part in words.parts for field in part.fields]
        advice = _advice(nearest(name, known), f"`handrail kind {words.name}` lists them all.")
        raise UsageError(f"A page of the kind `{words.name}` has no field `{name}`; {advice}")
    return _shown(f"{found.name}: {found.called} ({words.noun})", field_as_markdown(found))


def _advice(close: str | None, otherwise: str) -> str:
    return f"did you mean `{close}`?" if close else otherwise


def _listed(kinds: Mapping[str, Kind]) -> str:
    rows = [(kind.name, summary(kind)) for kind in sorted(kinds.values(), key=lambda kind: kind.name)]
    return render_table(("kind", "what it is"), rows, "text")


def _shown(head: str, text: str) -> str:
    said = "".join(f"{disarmed(line)}\n" for line in visible_lines(text))
    return common.explained(disarmed(one_line(head)), said)
