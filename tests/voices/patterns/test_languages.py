"""Languages are told where they can be told, and English is never taken for another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.voices import language

TEXTS = {
    "en": "We have asked for this and nobody has told us what they want from the team.",
    "de": "Wir warten oft eine halbe Stunde, und das ist für die Kunden nicht gut.",
    "fr": "Nous avons une bonne équipe mais les appels ne sont pas assez longs pour la vente.",
    "es": "Los clientes no saben con quién hablar y la espera es muy larga.",
    "it": "Il sistema è molto lento e non sono sicuro che la colpa sia del computer.",
    "pt": "Não temos tempo para os clientes e a formação é muito curta.",
    "nl": "Wij hebben te weinig tijd en het systeem is niet goed voor de klanten.",
    "pl": "Nie mamy czasu i system jest bardzo wolny, a to jest dla mnie problem.",
    "sv": "Det är för mycket att göra och vi har inte tid med kunderna.",
    "ro": "Nu avem timp și sistemul este foarte lent pentru noi, dar colegii sunt buni.",
    "tr": "Çok bekledik ve bu bizim için iyi değil, ama personel çok iyi.",
    "cy": "Mae'r staff yn garedig iawn ond mae gormod o waith ac nid oes amser gan y tîm.",
    "ru": "Мы ждали очень долго.",
    "ar": "انتظرنا وقتا طويلا",
    "he": "חיכינו הרבה זמן",
    "el": "Περιμέναμε πολύ.",
    "zh": "等了很久没有人接电话",
    "ja": "とても長い間待ちました",
    "ko": "오래 기다렸습니다",
    "hi": "हमने बहुत इंतज़ार किया",
    "th": "รอนานมาก",
}


@pytest.mark.parametrize(("name", "text"), TEXTS.items(), ids=list(TEXTS))
def test_language_is_told(name: str, text: str) -> None:
    assert language(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nothing",
        "Nil",
        "No comment",
        "12/10",
        "🙂🙂",
        "$x^$",
        "Trust A - Q1",
        "Die Hard",
        "Clean, warm",
        "n/a",
    ],
)
def test_language_of_a_few_words_stays_undecided_or_english(text: str) -> None:
    assert language(text) in ("", "en")


def test_language_follows_the_greater_part_of_a_text() -> None:
    assert language("The word for it is Καλημέρα, and we use it in the morning with them.") == "en"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_language_of_any_text_is_known_or_empty(text: str) -> None:
    assert isinstance(language(text), str)
