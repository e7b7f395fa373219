"""In other languages than English a procedure is known by its title too, and only in the language of its page; the pages here are our own."""

from __future__ import annotations

import pytest

from handrail.edit.adopt.languages import language_of, word_count
from handrail.edit.adopt.procedures import Candidate, Name, judged
from handrail.edit.adopt.steps_of_text import Steps
from tests.model.building import handbook as handbook_of

TEXTS = {
    "de": "Wer für die Firma etwas auslegt, bekommt das Geld mit dem Lohn zurück. Die Belege sind vollständig, und das Team ist nicht zu fragen. ",
    "fr": "Toute personne qui avance de l\u2019argent pour la société est remboursée avec le salaire du mois. Les reçus sont joints à la demande. ",
    "es": "Quien adelanta dinero para la empresa lo recibe con el sueldo del mes. Los recibos se adjuntan a la solicitud y no se pierden. ",
    "pt": "Quem adianta dinheiro para a empresa recebe o valor com o salário do mês. Os recibos não se perdem e vão com o pedido. ",
    "it": "Chi anticipa denaro per la società lo riceve con lo stipendio del mese. Le ricevute non si perdono e il modulo è in rete. ",
    "nl": "Wie voor het bedrijf geld voorschiet, krijgt het met het loon terug. De bonnen zijn volledig en het team is niet te vragen. ",
    "ja": "会社のために立て替えたお金は、給与と一緒に戻ります。領収書はすべて残してください。経理チームが内容を確かめます。",
    "en": "Whoever lays out money for the company gets it back with the wages of the month. The receipts are kept, and this is all. ",
}
STEPS = {
    "de": "1. Beleg fotografieren\n2. Formular ausfüllen\n3. Absenden\n",
    "ja": "\uff11\uff0e領収書を撮る\n\uff12\uff0eフォームに入力する\n\uff13\uff0e送る\n",
}


def _judged(language: str, title: str, steps: str = "") -> Candidate | None:
    return judged(handbook_of({"a.md": f"# {title}\n\n{TEXTS[language] * 4}\n\n{steps}"}).pages[0])


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Urlaub beantragen"),
        ("de", "Reisekosten im Ausland abrechnen"),
        ("de", "Anleitung: neues Telefon"),
        ("de", "Ablauf der Einarbeitung"),
        ("de", "Bestellprozess"),
        ("de", "Wie man eine Rechnung stellt"),
        ("fr", "Réserver une salle"),
        ("fr", "Demander des congés"),
        ("fr", "Se connecter au réseau sur son téléphone"),
        ("fr", "Comment poser un congé"),
        ("fr", "Procédure de remboursement"),
        ("fr", "La marche à suivre en cas de panne"),
        ("es", "Solicitar vacaciones"),
        ("es", "Cómo pedir un reembolso"),
        ("es", "Procedimiento de compras"),
        ("pt", "Pedir férias"),
        ("pt", "Procedimento de compras"),
        ("it", "Richiedere le ferie"),
        ("it", "Procedura di rimborso"),
        ("nl", "Verlof aanvragen"),
        ("nl", "Stappenplan bij ziekte"),
        ("ja", "経費精算の手順"),
        ("ja", "会議室を予約する方法"),
        ("ja", "休暇申請"),
        ("ja", "請求書の書き方"),
        ("ja", "備品を借りる"),
        ("ja", "会議室を使うには"),
    ],
)
def test_called_a_procedure(language: str, title: str) -> None:
    found = _judged(language, title)
    assert found is not None
    assert (found.name, found.is_otherwise) == (Name.PROCEDURE, False)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Unsere Standorte"),
        ("de", "Die Firma im Überblick"),
        ("de", "Offen für alle"),
        ("fr", "Notre équipe"),
        ("fr", "Les métiers"),
        ("es", "Nuestro equipo"),
        ("es", "Lugar de trabajo"),
        ("pt", "A nossa equipa"),
        ("it", "La squadra"),
        ("nl", "Onze mensen"),
        ("ja", "私たちのチーム"),
        ("ja", "運用方針"),
        ("ja", "私たちの働き方\uff08東京\uff09"),
        ("ja", "開発の方法論"),
        ("ja", "今月のキャッシュフロー"),
        ("ja", "チームを紹介します"),
        ("ja", "申請プロセス改善チーム"),
        ("en", "A comment on pay"),
        ("en", "Where we are seen"),
        ("en", "Hoe and spade"),
    ],
)
def test_not_called_a_procedure(language: str, title: str) -> None:
    found = _judged(language, title)
    assert found is None or found.is_otherwise


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "Prozess: Grundsätze"),
        ("de", "Reiserichtlinie"),
        ("fr", "Processus et valeurs"),
        ("es", "Procesos: preguntas frecuentes"),
        ("ja", "申請ガイドライン"),
    ],
)
def test_a_name_that_speaks_against_it(language: str, title: str) -> None:
    found = _judged(language, title, STEPS["de"])
    assert found is not None
    assert (found.is_otherwise, found.is_sure, found.is_likely) == (True, False, False)


@pytest.mark.parametrize(("language", "title"), [("de", "Urlaub beantragen"), ("ja", "休暇の取り方")])
def test_name_and_steps_agree(language: str, title: str) -> None:
    found = _judged(language, title, STEPS[language])
    assert found is not None
    assert (found.steps, found.is_sure) == (Steps.CLEAR, True)


def test_the_language_of_a_text() -> None:
    found = {name: language_of(text) for name, text in TEXTS.items()}
    assert found.pop("en") is None
    assert None not in found.values()
    assert len({id(one) for one in found.values()}) == len(found)
    assert language_of("") is None
    assert language_of("Lorem ipsum dolor sit amet") is None


def test_words_without_spaces_are_counted_by_their_signs() -> None:
    assert word_count("two words") == 2
    assert word_count("領収書を撮ってください") >= 5
