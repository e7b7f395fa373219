"""The day by which a process judges a handbook: the only place that looks at the clock for it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from handrail.model.settings import Settings, resolve_today


def day_of(settings: Settings, option: str | None = None) -> date:
    """Return the day that everything is judged by with these settings; `option` is what a command was told. Raises UsageError."""
    return resolve_today(settings, option, os.environ, lambda: datetime.now(UTC))
