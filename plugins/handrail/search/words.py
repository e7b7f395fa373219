"""The words of a text as the finder sees them: folded, cut apart, and by their stems.

`pages/assets/finder.js` does the same with what is typed; the tests hold the two together. The lists of this module are
sent to it with the index, so that only the rules are written twice:

1. Fold: compatibility decomposition (NFKD); marks of Latin, Cyrillic and Greek letters (U+0300 to U+036F), of Hebrew and of
   Arabic ones go, and the stroke that stretches an Arabic word; kana are put together with theirs again; small letters; then
   the letters of FOLDS are replaced. Apostrophes go, so that “doctor's” is “doctors”.
2. Cut: a word is a run of letters, digits and marks. In a script that is written without spaces, a word is each pair of
   neighbouring characters; a character that stands alone is a word.
3. Stem: a word of FORMS becomes what stands there for it. In one of letters of a script of AFFIXES (`affixes.py`) the first of its beginnings
   goes, and then, as often as there is one, the first of its endings, if three letters are left. Another with anything but
   letters from a to z is its own stem. In one of more than three letters `ies` and `ied` after two letters become `y`; else
   `es` goes after s, x, z, ch, sh; else `s` goes, but not after s, u or i. Then, as often as there is one, the first ending
   of ENDINGS goes that leaves as many letters as stand with it, one of them a vowel (a, e, i, o, u, y), `ed` not after e;
   then a last `e`, if more than three letters are left with it. Of any word a last `y` after a consonant becomes `i`, and a
   double consonant at the end single.
4. Spelling: the stem, in which `e` goes after a, o and u: “Kuendigung” is “Kündigung”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from handrail.search.affixes import AFFIXES

FOLDS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "\u0131": "i",
    "\u03c2": "\u03c3",
    "\u0649": "\u064a",
    "\u0629": "\u0647",
    "\u0671": "\u0627",
    "\u06a9": "\u0643",
    "\u06cc": "\u064a",
}
"""Letters that have no decomposition, with what is typed for them elsewhere."""

ENDINGS = {"ment": 3, "ness": 3, "ing": 3, "ed": 3, "ion": 4, "al": 4, "er": 4, "or": 4}
"""Endings of forms of one word, each with the number of letters that have to stand before it."""

FORMS = {
    "agreed": "agree", "bought": "buy", "broke": "break", "broken": "break", "brought": "bring",
    "children": "child", "chose": "choose", "chosen": "choose", "daily": "day", "fallen": "fall", "fell": "fall",
    "forgot": "forget", "forgotten": "forget", "found": "find", "gave": "give", "given": "give", "gone": "go",
    "got": "get", "gotten": "get", "held": "hold", "kept": "keep", "knew": "know", "known": "know", "left": "leave",
    "lent": "lend", "loss": "lose", "lost": "lose", "made": "make", "meant": "mean", "men": "man", "met": "meet",
    "monthly": "month", "paid": "pay", "people": "person", "quarterly": "quarter", "ran": "run", "said": "say",
    "sent": "send", "shown": "show", "sold": "sell", "speech": "speak", "spent": "spend", "spoke": "speak",
    "spoken": "speak", "stole": "steal", "stolen": "steal", "taken": "take", "taught": "teach", "theft": "steal",
    "told": "tell", "took": "take", "used": "use", "uses": "use", "using": "use", "went": "go", "woke": "wake",
    "woken": "wake", "women": "woman", "written": "write", "wrote": "write", "yearly": "year",
}  # fmt: skip
"""Forms that no ending tells."""

STOP = frozenset(
    """
a about am an and another any are as at be been by can could did do does for from had has have he her here him
his how i if im in into is it its ive just many may me much my need needs no not of on or our out please shall
she should so some somebody someone something than that the their them then there these they this those to up us
want wants was we were what whats when where which who whom why will with would you your
""".split()  # noqa: SIM905 - a hundred words in quotes would be harder to read
)
"""Words that tell nothing of what is looked for, unless there are no others."""

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""The characters of scripts without spaces, as a class of a pattern: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""

_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670'\u2019\u02bc]")
_APOSTROPHES = "'\u2019\u02bc"
_KANA = re.compile("[\u3040-\u30ff][\u3099\u309a]")
_HIRAGANA = re.compile("[\u3041-\u309f]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_RUN = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
_LATIN = re.compile("[a-z]+")
_DOUBLE = re.compile(r"([^aeiou])\1$")
_PLURAL = (
    (re.compile("(?<=..)ie[sd]$"), "y"),
    (re.compile("(?<=[sxz])es$|(?<=[cs]h)es$"), ""),
    (re.compile("(?<![sui])s$"), ""),
)
_VOWEL = re.compile("[aeiouy]")
_SHORT = 3
_SCRIPTS = tuple(
    (re.compile(f"[{letters}]+"), beginnings.split(), endings.split()) for letters, beginnings, endings in AFFIXES
)


def folded(text: str) -> str:
    """Return a text in small letters without accents."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    plain = _KANA.sub(lambda kana: unicodedata.normalize("NFC", kana[0]), plain)
    return "".join(FOLDS.get(letter, letter) for letter in plain)


def words(text: str) -> list[str]:
    """Return the words of a text in order."""
    if text.isascii():  # the same in a tenth of the time
        return text.translate(_SIGN_BY_SIGN).split()
    if unicodedata.is_normalized("NFKC", text) and not _UNSPACED.search(text):
        return text.translate(_SIGN_BY_SIGN).split()  # no sign hangs on its neighbours
    found: list[str] = []
    for run in _RUN.findall("".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in folded(text))):
        if is_of_pairs(run):
            found += [run[at : at + 2] for at in range(max(1, len(run) - 1))]
        else:
            found += run.split()
    return found


def words_of_each(texts: Sequence[str]) -> list[str]:
    """Return the words of each text with a blank between each two, as `words` finds them; many short texts take half the time so."""
    together = _BETWEEN.join(texts)
    is_plain = together.isascii() or (unicodedata.is_normalized("NFKC", together) and not _UNSPACED.search(together))
    if not is_plain or together.count(_MARK) != len(texts) - 1:
        return [" ".join(words(text)) for text in texts]
    return [text.strip(" ") for text in " ".join(together.translate(_TEXT_BY_TEXT).split()).split(_MARK)]


class _SignBySign(dict[int, str]):
    """What each sign becomes that a word may hold; others become blanks."""

    def __missing__(self, code: int) -> str:
        signs = (c if unicodedata.category(c)[0] in "LNM" else " " for c in folded(chr(code)))
        self[code] = "".join(signs)
        return self[code]


_SIGN_BY_SIGN = _SignBySign()
_MARK = "\x01"
"""Stands between texts: no page holds it, no word does, and it is no blank."""
_BETWEEN = f" {_MARK} "
_TEXT_BY_TEXT = _SignBySign({ord(_MARK): _MARK})


def as_written(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text that are written otherwise than they are folded, with how they are, in small letters."""
    parts = "".join(c if unicodedata.category(c)[0] in "LNM" or c in _APOSTROPHES else " " for c in text).split()
    for part in () if text.isascii() and "'" not in text else parts:
        found, written = words(part), part.lower()
        if len(found) == 1 and found[0] != written and not is_of_pairs(found[0]):
            yield found[0], written


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return what the forms of a word have in common."""
    word = FORMS.get(word, word)
    if not _LATIN.fullmatch(word):
        return _without_affixes(word)
    if len(word) > _SHORT:
        for ending, instead in _PLURAL:
            shorter = ending.sub(instead, word)
            if shorter != word:
                word = shorter
                break
        while (rest := _without_ending(word)) != word:
            word = rest
        if len(word) > _SHORT and word.endswith("e"):
            word = word[:-1]
    return _DOUBLE.sub(r"\1", re.sub("(?<=[^aeiou])y$", "i", word))


@lru_cache(maxsize=65536)
def spelling(word: str) -> str:
    """Return what the forms of a word have in common, however its umlauts are spelled."""
    return re.sub("(?<=[aou])e", "", stem(word)) if _LATIN.fullmatch(word) else stem(word)


def tells_nothing(word: str) -> bool:
    """Say whether a word tells nothing of what is looked for: one of STOP, or the grammar that Japanese writes in hiragana."""
    return word in STOP or _HIRAGANA.fullmatch(word) is not None


def is_of_pairs(word: str) -> bool:
    """Say whether a word is a pair of characters, in a script without spaces."""
    return _UNSPACED.match(word) is not None


def _without_affixes(word: str) -> str:
    for letters, beginnings, endings in _SCRIPTS:
        if letters.fullmatch(word):
            begin = next((one for one in beginnings if word.startswith(one) and len(word) - len(one) >= _SHORT), "")
            word = word[len(begin) :]
            while end := next((one for one in endings if word.endswith(one) and len(word) - len(one) >= _SHORT), ""):
                word = word[: -len(end)]
    return word


def _without_ending(word: str) -> str:
    for suffix, least in ENDINGS.items():
        rest = word.removesuffix(suffix)
        if rest != word and len(rest) >= least and _VOWEL.search(rest) and not word.endswith("eed"):
            return rest
    return word
