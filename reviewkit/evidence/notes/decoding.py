"""Bytes of a text file as text, whatever program saved them."""

from __future__ import annotations

import codecs
import stat
from pathlib import Path

from reviewkit.model import InputError

LARGEST = 50 * 1024 * 1024
"""Bytes a file of notes may have; a day's transcript has one."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ["cp1252", "iso8859_15", "mac_roman", "cp1250", "cp850"]


def raw_bytes(path: Path) -> bytes:
    """Read a file of notes.

    Raises
    ------
    InputError : it cannot be read, is empty or larger than :data:`LARGEST`.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InputError("is no file", file=path, fix="Name a file of notes, or a folder of them.")
        if found.st_size > LARGEST:
            raise InputError(
                f"is larger than {LARGEST // 1024**2} MB, which no notes are", file=path, fix="Split it."
            )
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file", file=path, fix="Check the path.") from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", file=path) from None
    if not raw.strip():
        raise InputError("is empty", file=path, fix="Take it out, or save it again.")
    return raw


def read_text(path: Path) -> tuple[str, str]:
    """Read a text file: UTF-8, UTF-16 or a Western encoding.

    Returns
    -------
    The text, and the name of the encoding where it was guessed, else ``""``.

    Raises
    ------
    InputError : it cannot be read, or is no text.
    """
    raw = raw_bytes(path)
    try:
        text, guessed = decoded(raw)
    except UnicodeError:
        raise _no_text(path) from None
    if _is_rubbish(text):
        raise _no_text(path)
    return text, guessed


def decoded(raw: bytes) -> tuple[str, str]:
    """Return bytes as text, and the encoding's name where it had to be guessed.

    Raises
    ------
    UnicodeError : it is no text.

    >>> decoded("café".encode("cp1252") + b" on the corner, it\\x92s good")
    ('café on the corner, it’s good', 'cp1252')
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding), ""
    if b"\0" in raw[:4000]:
        return _without_mark(raw)
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _guessed(raw)


def _without_mark(raw: bytes) -> tuple[str, str]:
    """UTF-16 without its mark: every other byte of Western text is nought."""
    even, odd = raw[0:4000:2].count(0), raw[1:4000:2].count(0)
    half = max(len(raw[:4000]) // 2, 1)
    if max(even, odd) > 0.4 * half and min(even, odd) < 0.05 * half:
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        return raw.decode(encoding), encoding
    raise UnicodeError("bytes of nought")


def _guessed(raw: bytes) -> tuple[str, str]:
    # Word and Excel save as cp1252 where they do not save as Unicode; others are asked only then.
    try:
        text = raw.decode("cp1252")
        if _is_likely(text):
            return text, "cp1252"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(raw, cp_isolation=_WESTERN).best()
    if best is None:
        raise UnicodeError("no encoding fits")
    return str(best), best.encoding


def _is_likely(text: str) -> bool:
    """Whether what lies beyond ASCII is letters and the marks of printed text, nearly all of it."""
    beyond = [letter for letter in text if ord(letter) > 127]
    good = sum((letter.isalpha() and letter not in "ƒˆªº") or letter in "’‘“”–—…£€°·•½ " for letter in beyond)
    return good >= 0.8 * len(beyond)


def _is_rubbish(text: str) -> bool:
    """Whether too many characters are none that people write."""
    head = text[:20_000]
    odd = sum((letter < " " and letter not in "\t\n\r\f") or letter == "\ufffd" for letter in head)
    letters = sum(letter.isalnum() or letter.isspace() for letter in head)
    return odd > 0.01 * len(head) + 1 or letters < 0.5 * len(head)


def _no_text(path: Path) -> InputError:
    return InputError("is not text, whatever its name says", file=path, fix="Save it as plain text in UTF-8.")
