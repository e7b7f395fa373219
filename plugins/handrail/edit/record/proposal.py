"""What a workflow needs to bring new rows to the main branch: the words of a commit and of a pull request, and which of the two it is."""

from __future__ import annotations

from handrail.edit.record.told import Told
from handrail.model.settings import Settings
from handrail.words.language import count_of

_ABOUT = (
    "Readers sent these by the forms below the texts of procedures. Handrail held them against the handbook and its history: rows "
    "hold ids, digits and days, and nothing that anybody wrote. Close an issue as “not planned” to take its report off its page."
)


def proposal(told: Told, settings: Settings) -> dict[str, str]:
    """Return the message of the commit, title and text of the pull request, and `publish`: `push` or `pull-request`.

    No issue is named in any of it, for the forge would note that in each of them.
    """
    number = sum(added.new for added in told.added.values())
    title = f"Record what readers told: {count_of(number, 'new row')}"
    files = "".join(f"- {file.path}: {count_of(one.new, 'new row')}\n" for file, one in told.added.items() if one.new)
    return {"commit": title, "title": title, "comment": f"{_ABOUT}\n\n{files}", "publish": settings.record_sign_offs}
