"""The texts of pages that a build does not make anew: nobody has read them, and only a template that shows other pages would ask for one."""

from __future__ import annotations

from typing import NoReturn

from handrail.errors import HandrailError


class NotRead:
    """Stands for the text of a page that was not made anew. Only a template that shows the texts of other pages asks for it."""

    def _refuse(self, *_: object) -> NoReturn:
        raise AskedForTextError

    __str__ = __html__ = __iter__ = __len__ = __contains__ = __bool__ = __getitem__ = __eq__ = __hash__ = _refuse


class AskedForTextError(HandrailError):
    """A template of the site shows texts of other pages than its own."""

    def __init__(self) -> None:
        super().__init__("A template of the site shows the text of another page than its own.")
