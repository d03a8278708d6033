"""Numbers, money and lists as a sentence writes them: what every part of the package that writes shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

CURRENCIES: Mapping[str, str] = {"GBP": "£", "EUR": "€", "USD": "$", "AUD": "A$", "NZD": "NZ$", "CAD": "C$"}
AFTER: Mapping[str, str] = {"percent": "%", "seconds": " seconds", "minutes": " minutes", "days": " days"}
"""What a sentence puts after a figure of a unit."""
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def currency_mark(currency: str) -> str:
    """Return what stands before a sum: a symbol, or the code of a currency that has none here.

    >>> currency_mark("GBP"), currency_mark("CHF")
    ('£', 'CHF ')
    """
    return CURRENCIES.get(currency, f"{currency} ")


def plain(value: float, decimals: int = 0) -> str:
    """Return a number with thousands marked and a true minus sign.

    >>> plain(-1234.5, 1), plain(-0.001, 1)
    ('−1,234.5', '0.0')
    """
    text = f"{value:,.{decimals}f}"
    if not any(digit in text for digit in "123456789"):
        text = text.lstrip("-")
    return text.replace("-", "−")


def money(value: float, currency: str = "GBP") -> str:
    """Return money rounded to what a reader can use: three significant figures from 1,000 up.

    >>> money(123456), money(8906), money(2500000, "EUR"), money(950), money(999_999)
    ('£123,000', '£8,910', '€2.5 million', '£950', '£1 million')
    """
    sign, size = ("−" if round(value) < 0 else ""), abs(value)
    mark = currency_mark(currency)
    if size >= 1_000:
        size = float(f"{size:.3g}")
    if size >= 1_000_000:
        return f"{sign}{mark}{size / 1_000_000:.2f}".rstrip("0").rstrip(".") + " million"
    return f"{sign}{mark}{size:,.0f}"


def inline(name: str) -> str:
    """Return a name as it stands inside a sentence: small letters, abbreviations left as they are.

    >>> inline("Handle time"), inline("Systems and IT"), inline("A&E attendances")
    ('handle time', 'systems and IT', 'A&E attendances')
    """
    return " ".join(word if len(word) > 1 and word.isupper() else word.lower() for word in name.split())


def begin_lower(text: str) -> str:
    """Return a title or a name as it stands inside a sentence: an abbreviation keeps its capitals.

    >>> begin_lower("Train on five reasons"), begin_lower("IT on the floor")
    ('train on five reasons', 'IT on the floor')
    """
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def listing(items: Iterable[object], last: str = "and", limit: int | None = None) -> str:
    """Join items as a sentence does, at most ``limit`` of them by name.

    >>> listing(["a", "b", "c"]), listing(["a", "b"], "or"), listing([]), listing("abcde", limit=2)
    ('a, b and c', 'a or b', '', 'a, b and 3 others')
    """
    texts = [str(item) for item in items]
    if limit is not None and len(texts) > limit + 1:
        texts = [*texts[:limit], f"{len(texts) - limit} others"]
    return (
        texts[0] if len(texts) == 1 else f" {last} ".join([", ".join(texts[:-1]), texts[-1]] if texts else [])
    )


def plural(n: int, one: str, many: str | None = None, *, spell: bool = False) -> str:
    """Return a count with its noun; ``spell`` writes counts under ten as words.

    >>> plural(1, "gap"), plural(2, "gap"), plural(2, "analysis", "analyses"), plural(3, "site", spell=True)
    ('1 gap', '2 gaps', '2 analyses', 'three sites')
    """
    noun = one if n == 1 else (many or plural_of(one))
    return f"{_SMALL[n] if spell and 0 <= n < len(_SMALL) else f'{n:,}'} {noun}"


def plural_of(noun: str) -> str:
    """Return the plural of a noun that is formed by rule.

    >>> [plural_of(one) for one in ("site", "branch", "company", "day", "class")]
    ['sites', 'branches', 'companies', 'days', 'classes']
    """
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def sentence(text: str) -> str:
    """Return ``text`` with a capital first letter and a full stop.

    >>> sentence("handle time rose"), sentence("Why?")
    ('Handle time rose.', 'Why?')
    """
    text = " ".join(text.split())
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "?", "!", "…", ":")) else f"{text}."
