"""What Handrail raises: never about content, only about what it was told to do and how it was set up."""

from __future__ import annotations


class HandrailError(Exception):
    """One plain sentence for the person who runs Handrail; `exit_code` is what the command ends with."""

    exit_code = 2


class SettingsError(HandrailError):
    """A setting, or the machine it runs on, is wrong."""


class SchemaError(HandrailError):
    """A schema in `schemas/` can't be used."""


class UsageError(HandrailError):
    """The command was called in a way that can't work."""
