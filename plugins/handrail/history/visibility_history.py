"""What settings kept from readers once: a text that stood only then is not shown because its folder is open by now.

`mkdocs.yml` is read as each commit left it. Where it can't be read so, because it is broken or inherits from another
file, everything was kept in. Commits on branches stand in the order of their days, so that a text which a branch wrote
while the folder was closed elsewhere counts as closed.
"""

from __future__ import annotations

from functools import cached_property

from handrail.errors import SettingsError
from handrail.history.repository import History
from handrail.model.handbook import Handbook
from handrail.model.project import options_in
from handrail.model.settings import VISIBILITIES, Settings, Visibility, validate

_SHUT = Settings(visibility={".": VISIBILITIES[-1]})


class VisibilityHistory:
    """What the settings of a handbook's history let readers see."""

    def __init__(self, history: History, handbook: Handbook) -> None:
        self._history = history
        self._handbook = handbook

    def widest(self, path: str, begin: str, end: str | None) -> Visibility:
        """Return the visibility that a path in the repository had at its widest from one commit until before another.

        It is no wider than today's. Without an `end` the text still stands.
        """
        order = self._history.order
        if begin not in order:
            return VISIBILITIES[-1]  # git can't tell
        today = self._ceiling(path, self._handbook.settings)
        last = -1 if end is None else order.get(end, -1)
        first = order[begin]
        found = [today] if end is None else []
        for place, settings in self._settings:
            if place > last:
                found.append(self._ceiling(path, settings))
            if place >= first:
                break  # these were the settings when the first commit was made
        else:
            found.append("public")  # there were none yet
        return max(today, min(found, key=VISIBILITIES.index), key=VISIBILITIES.index)

    def _ceiling(self, path: str, settings: Settings) -> Visibility:
        prefix = self._history.prefix
        if path.startswith(prefix):
            return settings.folder_visibility(path.removeprefix(prefix)) or "public"
        # Of a folder outside, nobody can say which of them is meant.
        return max(settings.visibility.values(), key=VISIBILITIES.index, default="public")

    @cached_property
    def _settings(self) -> list[tuple[int, Settings]]:
        """The settings that commits made, newest first, each with its place in the order of commits."""
        made: dict[str, str] = {}
        for commit, blob in self._history.changes_of(self._handbook.project.config_file):
            made.setdefault(commit, blob)
        texts = dict(self._history.blobs.read(set(made.values())))
        known = {blob: _settings_in(raw) for blob, raw in texts.items()}
        nowhere, order = Settings(), self._history.order
        placed = [
            (order[commit], known.get(blob, _SHUT) if blob.strip("0") else nowhere)
            for commit, blob in made.items()
            if commit in order
        ]
        return sorted(placed, key=lambda one: one[0])


def _settings_in(raw: bytes) -> Settings:
    options = options_in(raw.decode("utf-8-sig", "replace"))
    try:
        return _SHUT if options is None else validate({"visibility": options.get("visibility") or {}}, str)
    except SettingsError:
        return _SHUT
