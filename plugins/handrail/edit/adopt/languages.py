"""What procedures are called in languages other than English, each known by the small words of a text.

By what is usual there, and tried on pages of our own; the French ones on a public handbook too. A title counts in the language of its page
only, since what one language calls a procedure is a word like any other in the next: “comment” asks how in French.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handrail.search.words import UNSPACED

_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]")
_FEWEST_KANA = 10
_FEWEST_SMALL_WORDS = 5
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 600
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Language:
    """What names a procedure, or says what to do, in a title; and how titles of policies, glossaries and the like end."""

    procedure: re.Pattern[str]
    otherwise: re.Pattern[str]


def language_of(text: str) -> Language | None:
    """Return the language of a text; None for English, and for those that are not known here."""
    if len(_KANA.findall(text)) >= _FEWEST_KANA:
        return _JAPANESE
    words = [word.casefold() for word in _WORD.findall(text)[:_MOST_WORDS]]
    counts = {name: sum(word in small for word in words) for name, small in _SMALL_WORDS.items()}
    name = max(counts, key=lambda one: counts[one])
    return _LANGUAGES.get(name) if counts[name] >= _FEWEST_SMALL_WORDS else None


def word_count(text: str) -> int:
    """Return how many words a text has; where no spaces stand between them, two signs are one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def _language(procedure: str, otherwise: str, before: str = r"(?<!\w)") -> Language:
    return Language(re.compile(procedure, re.IGNORECASE), re.compile(rf"{before}(?:{otherwise})\s*\Z", re.IGNORECASE))


_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "en": "the of and to is in you for that with are your on be this it or as",
        "de": "der die das und ist nicht mit für auf dem den ein eine wird werden sich von zu im wir sie du",
        "fr": "le la les des et est une pour dans que qui sur avec vous du au ce par nous il",
        "es": "el la los las y es una para en que con por del se un su al como lo",
        "pt": "o os as e é uma para em que com por do da não um no na ao se",
        "it": "il la le e è una per in che con di del un non gli si al della i",
        "nl": "de het een en is van voor niet met op zijn te dat je we in wordt",
    }.items()
}
# A German title ends with what is done, the only word there that begins with a small letter: “Urlaub beantragen”.
_GERMAN_DOING = r"\A(?-i:[A-ZÄÖÜ]).*\s(?-i:[a-zäöü]+(?:en|ern|eln))\s*\Z"
# Romance ones begin with it: “Réserver une salle”, “Solicitar vacaciones”.
_FRENCH_DOING = r"\A\W*(?:se |s['\u2019])?[^\W\d_]{2,}(?:er|ir|re)\s+(?:une?|le|la|les|l['\u2019].*|des?|du|d['\u2019].*|au|à|aux|en|son|sa|ses|ton|ta|tes|votre|vos|notre|nos|sur|dans|pour|avec)(?:\s|\Z|(?<=['\u2019]))"
_SPANISH_DOING = r"\A\W*(?!(?:lugar|taller|mujer|hogar|poder|deber|líder|auxiliar|dólar|pilar|saber|ser)\b)[^\W\d_]{2,}(?:ar|er|ir)(?:se|l[oae]s?)?\s+\w"
_PORTUGUESE_DOING = (
    r"\A\W*(?!(?:lugar|mulher|lar|poder|dever|líder|auxiliar|dólar|pilar|saber|ser)\b)[^\W\d_]{2,}(?:ar|er|ir)\s+\w"
)
_ITALIAN_DOING = r"\A\W*[^\W\d_]{2,}(?:are|ere|ire)\s+\w"

_LANGUAGES: Mapping[str, Language] = {
    "de": _language(
        r"(?<!\w)(?:\w*anleitung(?:en)?|\w*abl(?:auf|äufe)|\w*prozesse?s?|\w*checklisten?|vorgehen(?:sweise)?|\w*verfahren|leitfaden|so geht['\u2019]?s?"
        rf"|schritt für schritt|wie (?:man|du|sie|ihr|wir|ich))(?!\w)|{_GERMAN_DOING}",
        r"\w*richtlinien?|\w*leitlinien?|glossar|\w*werte|überblick|übersicht|\w*grundsätze|häufige fragen|rollen",
    ),
    "fr": _language(
        r"(?<!\w)(?:procédures?|processus|marche à suivre|mode d['\u2019]emploi|tutoriels?|comment|étapes|check-?lists?|pas à pas|parcours d['\u2019]\w+)(?!\w)"
        rf"|{_FRENCH_DOING}",
        r"politiques?|glossaire|valeurs|principes|foire aux questions|bonnes pratiques|rôles|définitions?|questions fréquentes|charte",
    ),
    "es": _language(
        r"(?<!\w)(?:procedimientos?|procesos?|cómo|instrucciones|guía para|paso a paso|lista de (?:verificación|comprobación)|pasos para)(?!\w)"
        rf"|{_SPANISH_DOING}",
        r"políticas?|glosario|valores|principios|preguntas frecuentes|definiciones|roles|buenas prácticas|código de conducta",
    ),
    "pt": _language(
        r"(?<!\w)(?:procedimentos?|processos?|como|instruções|guia para|passo a passo|lista de verificação)(?!\w)"
        rf"|{_PORTUGUESE_DOING}",
        r"políticas?|glossário|valores|princípios|perguntas frequentes|definições|boas práticas",
    ),
    "it": _language(
        rf"(?<!\w)(?:procedur[ae]|process[oi]|istruzioni|guida per|passo (?:per|dopo) passo|come|lista di controllo)(?!\w)|{_ITALIAN_DOING}",
        r"politica|politiche|glossario|valori|principi|domande frequenti|definizioni|buone pratiche",
    ),
    "nl": _language(
        r"(?<!\w)(?:\w*process?(?:en)?|procedures?|\w*handleiding(?:en)?|\w*stappenplan(?:nen)?|werkwijze|checklijst(?:en)?|hoe|aanvragen|indienen|boeken"
        r"|aanmaken|instellen|wijzigen|publiceren|melden|bestellen|declareren)(?!\w)",
        r"\w*beleid|woordenlijst|\w*waarden|veelgestelde vragen|principes|definities",
    ),
}
# What is done to something, and how: “備品を借りる”, “備品の借り方”; not how people work, think or are.
_JAPANESE_DOING = (
    r"(?<!働き)(?<!考え)(?<!あり)(?<!在り)(?<!生き)[いきしちにみりぎじびえけせてねべめれげぜで]方(?!針)"
    r"|を[^\s、。を]{1,12}(?:[うくぐつぬぶむる]|(?<!ま)す)\s*\Z|[うくぐすつぬぶむる]には\s*\Z|する\s*\Z"
)
_JAPANESE = _language(
    r"手順|手続き?|方法(?!論)|流れ|(?<!キャッシュ)(?<!オーバー)(?<!データ)フロー|プロセス|チェックリスト|マニュアル|申請"
    rf"|{_JAPANESE_DOING}",
    r"方針|ポリシー|規程|規定|規約|規則|憲章|心得|用語集|よくある質問|価値観|原則|概要|一覧|ガイドライン|役割|とは|働き方|考え方|あり方|在り方|チーム|グループ",
    before="",  # no spaces stand between its words
)
