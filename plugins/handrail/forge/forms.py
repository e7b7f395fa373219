"""Which of our forms a repository has, so that pages offer no button that leads to an empty issue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handrail.forge.feedback_forms import has_forms, has_read_form
from handrail.forge.forge import Forge
from handrail.forge.signing_links import has_form


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a forge that are there."""

    signs: bool = False
    """Whether a signature can be given on the web by the forge's form, which a workflow answers."""
    feedback: bool = False
    """Whether the repository has the forms by which readers tell how a procedure went."""
    read: bool = False
    """Whether the repository has the form by which somebody confirms that they have read a text."""


NO_FORMS = Forms()


def forms_of(forge: Forge | None, root: Path) -> Forms:
    """Look which forms the repository in `root` has that its forge knows."""
    return Forms(has_form(forge, root), has_forms(forge, root), has_read_form(forge, root))
