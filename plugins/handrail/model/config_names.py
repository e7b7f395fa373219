"""The names under which the file of a site's settings is looked for, in the order in which ProperDocs tries them.

ProperDocs is MkDocs under another name, which reads `mkdocs.yml` where nothing else is there; MkDocs knows only its own.
"""

from __future__ import annotations

from pathlib import Path

USUAL = "mkdocs.yml"
"""What the file is called in a handbook that we begin: both engines read it."""
OF_PROPERDOCS = ("properdocs.yml", "properdocs.yaml")
OF_MKDOCS = (USUAL, "mkdocs.yaml")
CONFIG_NAMES = (*OF_PROPERDOCS, *OF_MKDOCS)


def names_over_time(config_name: str) -> tuple[str, ...]:
    """Return what a file of settings may have been called at other times, its name of today first."""
    others = (name for name in CONFIG_NAMES if name != config_name)
    return (config_name, *others) if config_name in CONFIG_NAMES else (config_name,)


def named(text: str, config_name: str) -> str:
    """Return one of our own texts, which all speak of `mkdocs.yml`, with the name that the file has here."""
    return text.replace(USUAL, config_name)


def engine_of(config_name: str) -> str:
    """Return the command that builds a site from a file of settings of this name."""
    return "properdocs" if config_name in OF_PROPERDOCS else "mkdocs"


def configs_in(folder: Path) -> list[Path]:
    """Return the files of settings that lie in a folder; the first is the one that counts."""
    return [place for name in CONFIG_NAMES if (place := folder / name).is_file()]
