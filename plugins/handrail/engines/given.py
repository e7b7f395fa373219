"""What a build by MkDocs is made from: the settings that MkDocs has read, the handbook, its past, and where git is hosted."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from handrail.build.build import Given
from handrail.build.today import day_of
from handrail.engines.head import site_of
from handrail.engines.readings import Readings
from handrail.errors import HandrailError
from handrail.forge.forge import Forge
from handrail.forge.forms import forms_of
from handrail.history.root import repository_root
from handrail.model.config_names import USUAL
from handrail.model.handbook import Handbook
from handrail.model.kinds import load_kinds
from handrail.model.project import Project, make_project, written_in
from handrail.model.settings import Settings
from handrail.search.synonyms import read_synonyms


def config_file_of(config: MkDocsConfig) -> Path:
    """Return the file of the site's settings; where the engine has none, the place at which it would look for it."""
    return Path(config.config_file_path or USUAL).resolve()


def project_of(config: MkDocsConfig, settings: Settings) -> Project:
    """Return the project of a configuration; raises HandrailError where its folders would publish something unseen."""
    config_file = config_file_of(config)
    project = make_project({**config}, config_file, settings, written_in(config_file))
    if config.theme.custom_dir and Path(config.theme.custom_dir).resolve().is_relative_to(project.docs_dir):
        raise HandrailError(
            f"{config_file.name}: the theme's `custom_dir` lies in the folder of the pages, and whatever is put there would be "
            "published unseen; move it beside that folder."
        )
    return project


def read(project: Project, readings: Readings) -> Handbook:
    """Read the handbook of a project, as it is to be judged, on the day that it is to be judged on."""
    today = day_of(project.settings)
    return readings.read(project, load_kinds(project.root), today)


def given(judged: Handbook, readings: Readings, config: MkDocsConfig, *, is_preview: bool, with_drafts: bool) -> Given:
    """Return what a build of a handbook that was read is made from; in a preview, pages that can't be read have their last text."""
    project = judged.project
    handbook = readings.legible(judged) if is_preview else judged
    forge = Forge.of(project.repo_url, project.edit_uri)
    root = readings.history.root or repository_root(project.docs_dir) or project.root
    return Given(
        handbook,
        site_of(config),
        readings.history,
        readings.material(handbook),
        forge,
        forms_of(forge, root),
        _synonyms(project, config),
        is_preview=is_preview,
        with_drafts=with_drafts,
    )


def _synonyms(project: Project, config: MkDocsConfig) -> tuple[tuple[str, ...], ...]:
    """Read the words that stand for one another; a preview is made anew when their file changes."""
    found = read_synonyms(project.root, project.settings.synonyms)
    if found and (place := str(project.root / project.settings.synonyms)) not in config.watch:
        config.watch.append(place)
    return found
