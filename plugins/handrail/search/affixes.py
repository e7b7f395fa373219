# ruff: noqa: RUF001 - letters that look like those from a to z are others here
"""Beginnings and endings of the forms of a word, by script, in letters as `words.py` folds them."""

from __future__ import annotations

_CYRILLIC = (
    "иями ами ями иях ием иям ого его ому ему ыми ими ете ите ешь ишь ать ять еть ить уть ала яла ила ела ыла али яли "
    "или ели ов ев еи ии ия ие ию ью ья ье ах ях ам ям ом ем ою ею ая яя ое ее ые ую юю ыи ои ым им ых их ет ют ут ит ат "
    "ят ал ял ил ел ыл ть ти ся сь ів іи ію ія а я о е и ы у ю ь і"
)
# Written with numbers, for a line that runs from right to left is shown in another order than it is read by programs.
_ARTICLES = "\u0648\u0627\u0644 \u0641\u0627\u0644 \u0628\u0627\u0644 \u0643\u0627\u0644 \u0648\u0644\u0644 \u0644\u0644 \u0627\u0644"
_ARABIC = "\u0647\u0627 \u0627\u0646 \u0627\u062a \u0648\u0646 \u064a\u0646 \u064a\u0647 \u0646\u0627 \u0643\u0645 \u0647\u0645 \u0647 \u064a"

AFFIXES = (("\u0430-\u045f", "", _CYRILLIC), ("\u0621-\u064a", _ARTICLES, _ARABIC))
"""The letters of a script, as a class of a pattern, with the beginnings and the endings that go, in the order in which they do:
Russian and its kin, and Arabic with its article and what is written together with it.
"""
