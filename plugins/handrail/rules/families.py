"""Imports every family, which registers its rules."""

from __future__ import annotations

from handrail.rules import (  # noqa: F401
    hb0_text,
    hb1_schema,
    hb2_links,
    hb3_objectives,
    hb3_plans,
    hb3_procedures,
    hb4_people,
    hb4_signoff,
    hb4_text,
    hb5_findability,
    hb6_writing,
    hb8_exposure,
    hb9_settings,
)
