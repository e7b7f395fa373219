"""The roles of RAPID, and each one's words."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Role(StrEnum):
    """What somebody has to do with a document, by the letter of RAPID.

    `field` is its name in `rapid`, `does` what its holder does as a sentence says it, `acts_on` the same with the word that
    leads to the document, `infinitive` that after "to"; `explained` says what it means.
    """

    field: str
    does: str
    acts_on: str
    infinitive: str
    explained: str

    DECIDE = (
        "D", "decide", "decides", "decides on", "decide on",
        "Decides: one person, who signs last and answers for the text",
    )  # fmt: skip
    AGREE = (
        "A", "agree", "agrees", "agrees to", "agree to",
        "Agrees: has to sign before the text is in force",
    )  # fmt: skip
    RECOMMEND = (
        "R", "recommend", "recommends", "recommends", "recommend",
        "Recommends: writes the proposal and gathers what others know",
    )  # fmt: skip
    PERFORM = (
        "P", "perform", "performs", "performs", "perform",
        "Performs: does the work once it is decided",
    )  # fmt: skip
    INPUT = (
        "I", "input", "gives input", "gives input on", "give input on",
        "Input: is asked, and may be overruled",
    )  # fmt: skip

    def __new__(cls, letter: str, field: str, does: str, acts_on: str, infinitive: str, explained: str) -> Self:
        role = str.__new__(cls, letter)
        role._value_ = letter
        role.field, role.does, role.acts_on, role.infinitive, role.explained = (
            field, does, acts_on, infinitive, explained,
        )  # fmt: skip
        return role

    @property
    def heading(self) -> str:
        """What stands before those who hold it."""
        return self.does[0].upper() + self.does[1:]


SIGNING = (Role.DECIDE, Role.AGREE)
"""Those whose holders sign."""


def read_role(value: object) -> Role | None:
    """Return the role that signs by its letter, None where it is none."""
    return next((role for role in SIGNING if role.value == value), None)
