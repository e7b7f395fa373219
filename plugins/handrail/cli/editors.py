"""`handrail editors`: write what editors need to help with the fields of a page."""

from __future__ import annotations

import click

from handrail.cli import common
from handrail.edit.editors import SCHEMA, SETTINGS, TASKS, editor_files
from handrail.edit.files import create, put
from handrail.words.language import join_words


@click.command(short_help="Write what editors need to help with a page's fields.")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 where the schema is out of date.")
@click.option("--config", metavar="FILE", help=common.CONFIG_HELP)
def command(*, check: bool, config: str | None) -> int:
    """Write one JSON Schema for the front matter of all pages, made of the schemas of all kinds, and for VS Code where to find it.

    A task in VS Code, “Check the handbook”, lists the findings under Problems. Settings and tasks that are there are left as they are.
    """
    project = common.open_project(config)
    files = editor_files(project)
    there = {path for path in files if (project.root / path).is_file()}
    if check:
        is_new = SCHEMA in there and (project.root / SCHEMA).read_text("utf-8") == files[SCHEMA]
        common.write(f"{SCHEMA} is up to date.\n" if is_new else f"{SCHEMA} is out of date; run `handrail editors`.\n")
        return 0 if is_new else 1
    put(project.root / SCHEMA, files[SCHEMA])
    for path in (SETTINGS, TASKS):
        if path not in there:
            create(project.root / path, files[path])
    written = [f"{SCHEMA}", *(path for path in (SETTINGS, TASKS) if path not in there)]
    common.write(f"Wrote {join_words(written)}.\n")
    for path in (SETTINGS, TASKS):
        if path in there and (project.root / path).read_text("utf-8", "replace") != files[path]:
            common.write(
                f"{path} is there and is left as it is; to have what Handrail would write, add to it:\n{files[path]}"
            )
    return 0
