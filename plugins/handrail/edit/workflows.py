"""The workflows and the forms that a new handbook gets: this repository's own, for an installed Handrail.

They are read where they run for Handrail itself, so that there is no second text of them. What is changed here: a
handbook installs its `requirements.txt` where this repository installs itself, and tests no program.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from handrail.forge.feedback_forms import FOLDERS, FORMS

FOLDER = ".github"
FORM = "ISSUE_TEMPLATE/sign-off.yml"
_WORKFLOWS = ("check", "compare", "comment", "publish", "nightly", "sign-off", "record-sign-off", "review-queue")
_PUBLISHING = ("publish", "nightly")
_FEEDBACK = ("feedback", "record-feedback")
_OF_HANDRAIL = {
    "check": ("tests", "lowest"),
    "nightly": ("properties", "reading", "forms", "plugins", "properdocs", "zensical"),
}
"""Jobs that try the program."""

_INSTALL = "pip install --quiet --requirement requirements.txt"
_PROVE = ("handrail check", "mkdocs build --strict --quiet", "handrail verify")
_JOB = re.compile(r"(?:^  #.*\n)*^  (?P<name>[\w-]+):\n(?:^(?:    .*)?\n)*", re.MULTILINE)
_MAKE_SITE = re.compile(r"^      - run: (?P<settings>(?:[A-Z_]+=.* )?)make site\n", re.MULTILINE)


def shipped_folder() -> Path:
    """Return the folder of the workflows that belong to Handrail: inside the package, else beside `plugins/`."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "github"
    return inside if inside.is_dir() else package.parents[1] / FOLDER


def workflows(*, publishes: bool, has_owners: bool, asks: bool) -> dict[str, str]:
    """Return the forms and the workflows for GitHub, by path.

    Where nothing `publishes`, no job may write to a site; without owners there is no list of them to hold to. Where no page `asks`
    whether it worked, there is nothing to collect.
    """
    left_out = () if publishes else _PUBLISHING
    names = (*_WORKFLOWS, *(_FEEDBACK if asks else ()))
    files = {f"workflows/{name}.yml": _workflow(name, left_out) for name in names if name not in left_out}
    if not has_owners:
        files["workflows/check.yml"] = re.sub(
            r"(?:      #.*\n)*.*codeowners --check\n", "", files["workflows/check.yml"]
        )
    forms = feedback_forms("github") if asks else {}
    return {**{f"{FOLDER}/{path}": text for path, text in {**files, FORM: _read(FORM)}.items()}, **forms}


def feedback_forms(style: str) -> dict[str, str]:
    """Return the forms by which readers tell how a procedure went, by the paths where a style of forge looks for them; none where it has none."""
    folder = FOLDERS.get(style)
    return {f"{folder}/{form.file}": _read(f"ISSUE_TEMPLATE/{form.file}") for form in FORMS} if folder else {}


def _read(path: str) -> str:
    return (shipped_folder() / path).read_text("utf-8")


def _workflow(name: str, left_out: Collection[str]) -> str:
    text = _without_jobs(_read(f"workflows/{name}.yml"), {*_OF_HANDRAIL.get(name, ()), *left_out})
    text = _MAKE_SITE.sub(_site_made, text)
    return text.replace("make .venv/.site", _INSTALL).replace(".venv/bin/", "")


def _without_jobs(text: str, names: Collection[str]) -> str:
    head, start, jobs = text.partition("\njobs:\n")
    kept = _JOB.sub(lambda job: "" if job["name"] in names else job[0], jobs)
    return f"{head}{start}{kept.rstrip()}\n"


def _site_made(run: re.Match[str]) -> str:
    lines = [f"export {run['settings'].strip()}"] if run["settings"] else []
    steps = "".join(f"          {line}\n" for line in (*lines, *_PROVE))
    return f"      - run: {_INSTALL}\n      - run: |\n{steps}"
