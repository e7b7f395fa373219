"""What settings kept from readers once: a text that stood only then is not shown because its folder is open by now.

`mkdocs.yml` is read as each commit left it. Where it can't be read so, because it is broken or inherits from another
file, everything was kept in. Commits on branches stand in the order of their days, so that a text which a branch wrote
while the folder was closed elsewhere counts as closed. So does one where two files of settings lay side by side, and either
closed it: the file was called otherwise before, and nobody can say which of them a site was built from.
"""

from __future__ import annotations

from functools import cached_property

from handrail.errors import SettingsError
from handrail.history.repository import History
from handrail.model.config_names import names_over_time
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
        for place, standing in self._settings:
            if place > last:
                ceilings = (self._ceiling(path, settings) for settings in standing)
                found.append(max(ceilings, key=VISIBILITIES.index))
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
    def _settings(self) -> list[tuple[int, tuple[Settings, ...]]]:
        """The settings that stood since commits which changed them, newest first, each with its place in the order of commits."""
        file, order = self._handbook.project.config_file, self._history.order
        made: dict[str, dict[str, str]] = {}
        for commit, name, blob in self._history.changes_of(*map(file.with_name, names_over_time(file.name))):
            if commit in order:
                made.setdefault(commit, {}).setdefault(name, blob)
        texts = dict(self._history.blobs.read({blob for blobs in made.values() for blob in blobs.values()}))
        known = {blob: _settings_in(raw) for blob, raw in texts.items()}
        standing: dict[str, Settings] = {}
        placed = []
        for commit in sorted(made, key=order.__getitem__, reverse=True):
            standing |= {name: known.get(blob, _SHUT) for name, blob in made[commit].items()}
            gone = {name for name, blob in made[commit].items() if not blob.strip("0")}
            standing = {name: settings for name, settings in standing.items() if name not in gone}
            placed.append((order[commit], tuple(standing.values()) or (Settings(),)))
        return placed[::-1]


def _settings_in(raw: bytes) -> Settings:
    options = options_in(raw.decode("utf-8-sig", "replace"))
    try:
        return _SHUT if options is None else validate({"visibility": options.get("visibility") or {}}, str)
    except SettingsError:
        return _SHUT
