"""Imports every family, which registers its rules."""

from __future__ import annotations

from handrail.rules import (  # noqa: F401
    hb0_names,
    hb0_text,
    hb1_schema,
    hb2_body,
    hb2_files,
    hb2_links,
    hb2_redirects,
    hb3_objectives,
    hb3_plans,
    hb3_procedures,
    hb4_people,
    hb4_signoff,
    hb4_text,
    hb5_findability,
    hb5_words,
    hb6_foreign,
    hb6_placeholders,
    hb6_writing,
    hb8_exposure,
    hb8_includes,
    hb8_links,
    hb8_markup,
    hb8_pictures,
    hb8_templates,
    hb9_exclusions,
    hb9_names,
    hb9_settings,
    site_faults,
)
