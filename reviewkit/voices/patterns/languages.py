"""Which language a remark is in, told by its script and its small words; unsure is said as unsure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

LANGUAGES = {
    "en": "English",
    "ar": "Arabic",
    "cy": "Welsh",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian or Ukrainian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "zh": "Chinese",
}
"""Names of the languages told apart; a script with several languages is named for the commonest."""
ENGLISH = "en"
_SCRIPTS = {
    "ARABIC": "ar",
    "GREEK": "el",
    "HEBREW": "he",
    "DEVANAGARI": "hi",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CYRILLIC": "ru",
    "THAI": "th",
    "CJK": "zh",
}
_SMALL_WORDS = {
    "en": "the and to of a i is it was that in for we you they have not with be are this were my our on "
    "at as but so very all no there can had me he she us what when would been from by or if do get",
    "cy": "y yr yn ac mae ar i o am ni nid oedd wedi eu fy hi chi gan bod sydd ond eich dim hynny ein",
    "de": "der die das und ist nicht ich wir sie ein eine zu mit auf für es den von sind war haben wird "
    "aber auch dem im sehr uns kein keine hat bei wenn",
    "es": "el la los las que de y en un una es no por con para se me muy pero lo su del al nos son está "
    "más como fue hay",
    "fr": "le la les des et est une un que qui ne pas pour dans avec ce il elle nous vous je du au sur "
    "mais très sont été plus on était mon",
    "it": "il lo la gli che di e è un una non per con sono mi ci molto ma della del si al nel più hanno "
    "anche stato come questo",
    "nl": "de het een en van is niet ik wij zij met voor op dat te zijn maar ook heel er was wordt aan "
    "ons hebben bij geen naar",
    "pl": "i w na nie się jest z do to że jak ale o po był bardzo dla mnie są nam przez od już tak ich",
    "pt": "o a os as que de e em um uma é não por com para se me muito mas do da na no nos são está mais "
    "foi há eu",
    "ro": "și este nu în la de cu pe pentru un o că se au am foarte dar mai sunt ne fost care din",
    "sv": "och att det är en ett som på inte för med vi jag den av har de till var men mycket om oss kan",
    "tr": "ve bir bu için çok değil de da ile ama ben biz daha gibi var yok ne olarak her sonra kadar",
}
_WORD = re.compile(r"[^\W\d_]+")
_READ = 4000
_FEWEST, _SHARE = 3, 0.2


def language(text: str) -> str:
    """Return the language of a text by its code in ``LANGUAGES``; empty where it cannot be told.

    Another script decides at once where most letters are of it. In Latin letters the small words of
    each language are counted: one is named if at least three of its small words stand there, they
    are a fifth of all words, and they outnumber those of every other language. Short texts
    therefore stay undecided, and undecided texts are treated as English.

    >>> language("Wir haben nicht genug Zeit für die Kunden und das ist schlecht.")
    'de'
    >>> language("Мы не успеваем."), language("Nothing"), language("12 :-)")
    ('ru', '', '')
    """
    words = _WORD.findall(text[:_READ].casefold())
    letters = "".join(words)
    if not letters:
        return ""
    script = _script(letters)
    return script if script else _by_small_words(words)


def no_letters(text: str) -> bool:
    """Return whether a text holds no letter of any script.

    >>> no_letters("🙂 100 %"), no_letters("ok")
    (True, False)
    """
    return not any(character.isalpha() for character in text)


def _script(letters: str) -> str:
    """The language of the script most letters are of, unless that is Latin."""
    if letters.isascii():
        return ""
    found = Counter(_of_script(character) for character in letters)
    del found[""]
    # Japanese is written with Chinese characters among its own.
    name = "ja" if found["ja"] >= 2 and found["ja"] + found["zh"] > len(letters) / 2 else ""
    best, count = found.most_common(1)[0] if found else ("", 0)
    return name or (best if count > len(letters) / 2 else "")


@lru_cache(maxsize=4096)
def _of_script(character: str) -> str:
    return _SCRIPTS.get(unicodedata.name(character, "").split(" ")[0].split("-")[0], "")


def _by_small_words(words: list[str]) -> str:
    counts = Counter(words)
    score = {name: sum(counts[word] for word in small) for name, small in _SETS.items()}
    best = max(score, key=lambda name: (score[name], name == ENGLISH))
    second = max(value for name, value in score.items() if name != best)
    enough = score[best] >= _FEWEST and score[best] >= _SHARE * len(words)
    return best if enough and score[best] > second else ""


_SETS = {name: frozenset(words.split()) for name, words in _SMALL_WORDS.items()}
