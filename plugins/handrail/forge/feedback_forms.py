"""The forms by which readers tell how a procedure went: what each asks, once for the links and for those who read the answers.

The forms are `it-worked.yml`, `something-wrong.yml`, `run.yml` and, by which they confirm that they have read a text, `read.yml` in `.github/ISSUE_TEMPLATE`, on Gitea in its own folder. A
form is known by its first heading, for labels are set only where a repository has them and titles can be typed over. All
fields but the last hold one line, so that nothing typed there can pass for a heading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode

from handrail.forge.forge import Forge

FOLDERS: Mapping[str, str] = {"github": ".github/ISSUE_TEMPLATE", "gitea": ".gitea/ISSUE_TEMPLATE"}
"""Where forms lie in a repository, by the style of its forge; others know none."""
SCORES = tuple(str(score) for score in range(11))
"""What the list of scores offers, the worst first."""

Widget = Literal["input", "textarea", "dropdown"]


@dataclass(frozen=True, slots=True)
class Field:
    """A question of a form; `kind` is the forge's word for how it is answered.

    No link may fill in a `dropdown`: GitHub drops the whole form then.
    """

    id: str
    heading: str
    kind: Widget = "input"
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """A form: its file, the label it sets, what the title of an issue begins with, and its fields in order."""

    file: str
    label: str
    title: str
    fields: tuple[Field, ...]

    def url(self, forge: Forge, reference: str, digest: str, filled: Mapping[str, str] | None = None) -> str:
        """Return where the form opens with page and digest filled in; empty where the forge has no such forms.

        `reference` names a document (`sop:expense-claims`), `filled` what else is known, by the ids of fields that take text.
        """
        if forge.style not in FOLDERS:
            return ""
        fields = {"page": reference, "digest": digest, **(filled or {})}
        if forge.style == "gitea":
            fields = {f"field:{id_}": text for id_, text in fields.items()}
        template = self.file if forge.style == "github" else f"{FOLDERS[forge.style]}/{self.file}"
        given = {"template": template, "title": f"{self.title}: {reference}", **fields}
        return f"{forge.repo_url}/issues/new?{urlencode(given, quote_via=quote, safe='')}"


_DIGEST = Field("digest", "Digest of the text")

IT_WORKED = FeedbackForm(
    "it-worked.yml",
    "it-worked",
    "It worked",
    (
        Field("page", "The page that worked"),
        _DIGEST,
        Field("score", "Would you recommend this way of doing it, from 0 to 10?", "dropdown", SCORES),
        Field("minutes", "How many minutes did it take?"),
    ),
)
SOMETHING_WRONG = FeedbackForm(
    "something-wrong.yml",
    "something-wrong",
    "Something was wrong",
    (
        Field("page", "The page where something was wrong"),
        _DIGEST,
        Field("owner", "Who looks after the page"),
        Field("step", "At which step?"),
        Field("happened", "What happened?", "textarea"),
    ),
)
RUN = FeedbackForm(
    "run.yml",
    "run",
    "Run",
    (
        Field("page", "The page that you follow"),
        _DIGEST,
        Field("steps", "Steps", "textarea"),
    ),
)
"""Its steps are a task list, `- [ ] Claim, step 3: …`, one item for each step of the page in order."""
FEEDBACK_FORMS = (IT_WORKED, SOMETHING_WRONG, RUN)
READ = FeedbackForm("read.yml", "read", "Read", (Field("page", "The page that you have read"), _DIGEST))
"""By it somebody confirms that they have read a text, with the account that is their handle; nobody does for another."""
FORMS = (*FEEDBACK_FORMS, READ)


def has_forms(forge: Forge | None, root: Path) -> bool:
    """Say whether a forge knows such forms, and a repository has them all."""
    return all(_is_there(form, forge, root) for form in FEEDBACK_FORMS)


def has_read_form(forge: Forge | None, root: Path) -> bool:
    """Say whether a forge knows such forms, and a repository has the one by which somebody confirms that they have read a text."""
    return _is_there(READ, forge, root)


def _is_there(form: FeedbackForm, forge: Forge | None, root: Path) -> bool:
    folder = FOLDERS.get(forge.style) if forge is not None else None
    return folder is not None and (root / folder / form.file).is_file()
