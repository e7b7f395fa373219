"""Zensical: Handrail writes what it reads, works inside it as an extension of Markdown, and finishes what it makes.

Zensical runs no plugin and no hook, and passes over both without a word. What Python it does run is extensions of Markdown; so this
package is one, by the name `handrail.engines.zensical` under `markdown_extensions`. MkDocs may load it too, where it does nothing.
"""

from __future__ import annotations

from typing import Any

from markdown import Extension


def makeExtension(**options: Any) -> Extension:  # noqa: N802 - the name that Markdown asks for
    """Return the extension, as Markdown asks for it."""
    from handrail.engines.zensical.extension import HandrailExtension  # noqa: PLC0415 - who generates needs no extension

    return HandrailExtension(**options)
