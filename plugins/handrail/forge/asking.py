"""Whether readers can be asked by the forge's issues how a procedure went, and if not, why and what to do."""

from __future__ import annotations

from pathlib import Path

from handrail.forge.feedback_forms import FEEDBACK_FORMS, FOLDERS, has_forms
from handrail.forge.forge import Forge
from handrail.history.root import repository_root
from handrail.measures.not_asked import NotAsked
from handrail.model.project import Project
from handrail.words.language import join_words

_FORGES = {"github": "GitHub", "gitlab": "GitLab", "gitea": "Gitea"}


def why_not_by_issues(project: Project, forge: Forge | None, *, has_forms: bool) -> NotAsked | None:
    """Return why no page can ask by issues, whatever the settings want; None where it can."""
    file = project.config_file.name
    own_form = f"rite the address of a form of your own as `feedback` in {file}."
    if forge is None and project.repo_url and project.edit_uri:
        because = f"`repo_url` and `edit_uri` in {file} don't tell on which forge they are opened"
        return NotAsked(because, f"On Gitea `edit_uri` begins with `_edit/` and the branch; elsewhere w{own_form}")
    if forge is None:
        do = f"Give `repo_url` and `edit_uri` in {file}, or w{own_form}"
        return NotAsked("nothing tells where they are opened", do)
    if forge.style not in FOLDERS:
        return NotAsked(f"{_FORGES[forge.style]} has no forms that a link fills in", f"W{own_form}")
    if not has_forms:
        names = join_words(form.file for form in FEEDBACK_FORMS)
        do = f"Put {names} into {FOLDERS[forge.style]}; README says where they come from."
        return NotAsked("the repository lacks the forms", do, takes_forms=True)
    return None


def asked_on_disk(project: Project, root: Path | None = None) -> NotAsked | None:
    """Return the same of a handbook as it lies on the disk, in the repository at `root`."""
    forge = Forge.of(project.repo_url, project.edit_uri)
    where = root or repository_root(project.docs_dir) or project.root
    return why_not_by_issues(project, forge, has_forms=has_forms(forge, where))
