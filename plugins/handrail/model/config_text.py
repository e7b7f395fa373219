"""The text of a configuration file, such as `mkdocs.yml`, before anybody reads it as YAML."""

from __future__ import annotations

from pathlib import Path

from handrail.errors import SettingsError
from handrail.model.files import read_whole
from handrail.text.yaml_depth import DEEPEST, is_too_deep


def text_of(path: Path, above: tuple[Path, ...]) -> str:
    """Return the text of a configuration file, or raise SettingsError with what is wrong with it."""
    try:
        text = read_whole(path).decode("utf-8-sig")
    except FileNotFoundError as error:
        message = (
            f"There is no {path.name} in {path.parent}; run the command in the project's folder, or name the file "
            "with --config."
            if not above
            else f"{above[-1].name}: INHERIT names {path}, which is not there."
        )
        raise SettingsError(message) from error
    except OSError as error:
        message = f"{path.name} can't be read: {error.strerror}."
        raise SettingsError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path.name} can't be read: it is not UTF-8 text; save it again as UTF-8."
        raise SettingsError(message) from error
    if is_too_deep(text):
        raise SettingsError(
            f"{path.name} can't be used: its lists and groups stand in one another more than {DEEPEST} deep."
        )
    return text
