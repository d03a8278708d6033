"""Pseudonyms that stay the same within an engagement and mean nothing outside it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets


def new_key() -> str:
    """Return a new random key for one engagement; keep it with the engagement's evidence, never in a page."""
    return secrets.token_hex(32)


def pseudonym(identifier: str, key: str, *, prefix: str = "P") -> str:
    """Return a stable pseudonym for an identifier.

    A keyed hash (HMAC-SHA-256): the same identifier and key always give the same pseudonym,
    and without the key nobody can try identifiers until one fits.

    Raises
    ------
    ValueError : the key is empty.

    >>> pseudonym("s17", "key-of-this-engagement")
    'P-NC33CZ3B'
    >>> pseudonym("s17", "another") == pseudonym("s17", "key-of-this-engagement")
    False
    """
    if not key:
        raise ValueError("a pseudonym needs the engagement's key")
    digest = hmac.new(key.encode(), identifier.encode(), hashlib.sha256).digest()
    return f"{prefix}-{base64.b32encode(digest)[:8].decode()}"
