"""Single cells made safe: no text is a formula, nothing is in it that a file cannot hold."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

LONGEST = 32_767
"""Most characters of a cell of a workbook, counted as Excel does: two for those beyond the basic plane."""
CUT = f"cells cut at {LONGEST:,} characters in the workbook (CSV and Parquet hold them whole)"

# What XML 1.0, and so a workbook, refuses; lone surrogates no file in UTF-8 can hold.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Where a cell may begin anew when a file is opened with another separator than ours.
_BORDERS = re.compile("([;\t\r\n])")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_TRIGGERS = frozenset("=+-@")


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula.

    It does where ``=``, ``+``, ``-`` or ``@`` comes first, in full width as well, whatever white
    space, control or invisible characters and double quotes stand before it; and where a tab or a new line
    does. Source: OWASP, "CSV Injection".

    >>> [is_formula(text) for text in ("=1+1", " ＝1", "\\tx", "−5 points", "a=b")]
    [True, True, True, False, False]
    """
    if text[:1] in ("\t", "\r", "\n"):
        return True
    for letter in text:
        if letter.isspace() or letter == '"' or unicodedata.category(letter)[0] in "CZ":
            continue
        return unicodedata.normalize("NFKC", letter)[0] in _TRIGGERS
    return False


def without_formulas(text: str) -> str:
    """Return a text that is no formula in a CSV file, whichever separator the file is opened with.

    An apostrophe is put before what could be one: at the beginning, and after a semicolon, tab
    or new line in the text.

    >>> without_formulas("=SUM(A1)"), without_formulas("low; -5 points"), without_formulas("3 - 2")
    ("'=SUM(A1)", "low;' -5 points", '3 - 2')
    """
    if not is_formula(text) and not _BORDERS.search(text):
        return text
    pieces = [f"'{piece}" if _starts_formula(piece) else piece for piece in _BORDERS.split(text)]
    safe = "".join(pieces)
    return f"'{safe}" if safe[:1] in ("\t", "\r", "\n") else safe


def for_csv(text: str, told: Counter[str]) -> str:
    """Return a text as a CSV file shall hold it, and count what was done to it."""
    kept, dropped = _REFUSED.subn("", text)
    safe = without_formulas(kept)
    if dropped:
        told["characters dropped from CSV"] += dropped
    if safe != kept:
        told["cells with an apostrophe"] += 1
    return safe


def for_workbook(text: str, told: Counter[str]) -> str:
    """Return a text as a cell of a workbook can hold it, and count what was done to it.

    Line ends become new lines, as XML has them; what looks like an escape of the format
    (``_x0041_``) is kept as it is written.

    >>> told = Counter()
    >>> for_workbook("a" + chr(7) + "_x0041_", told), told["characters dropped from the workbook"]
    ('a_x005F_x0041_', 1)
    """
    kept, dropped = _REFUSED.subn("", text)
    if dropped:
        told["characters dropped from the workbook"] += dropped
    kept = kept.replace("\r\n", "\n").replace("\r", "\n")
    if len(kept) * 2 > LONGEST:
        cut = kept.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
        if cut != kept:
            told[CUT] += 1
        kept = cut
    return _ESCAPED.sub("_x005F_", kept)


def _starts_formula(piece: str) -> bool:
    return bool(piece) and not _BORDERS.fullmatch(piece) and is_formula(piece)
