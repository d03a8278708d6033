"""Identifiers that are the same each time the same thing is written."""

from __future__ import annotations

import uuid

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:reviewkit:refi")


def guid_of(kind: str, *parts: str) -> str:
    """Return the guid of one of our things: a ``code``, a ``remark``, a ``coder``.

    >>> guid_of("code", "morale") == guid_of("code", "morale") != guid_of("remark", "morale")
    True
    """
    return str(uuid.uuid5(_OURS, "\0".join((kind, *parts)))).upper()


def plain(guid: str | None) -> str:
    """Return a guid as programs differ in writing it, in one way: capitals, no braces.

    >>> plain("{0d62985d-b147-5d01-a9b5-cae5dcd98342}")
    '0D62985D-B147-5D01-A9B5-CAE5DCD98342'
    """
    return (guid or "").strip().strip("{}").upper()
