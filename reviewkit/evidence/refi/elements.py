"""Small questions asked of the project's XML; the namespace is passed over, as versions differ in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from .guids import plain


def kind(element: Element) -> str:
    """Return an element's name without its namespace.

    >>> kind(Element("{urn:QDA-XML:project:1.0}Code"))
    'Code'
    """
    return element.tag.rpartition("}")[2]


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the children called one of ``names``, in order; none of a missing element."""
    yield from (child for child in (element if element is not None else ()) if kind(child) in names)


def child(element: Element, name: str) -> Element | None:
    """Return the first child called ``name``."""
    return next(children(element, name), None)


def within(element: Element, name: str) -> list[Element]:
    """Return everything within the first child called ``name``; nothing without it."""
    found = child(element, name)
    return list(found) if found is not None else []


def words(element: Element, name: str) -> str:
    """Return the text of the first child called ``name``, ``""`` without it."""
    found = child(element, name)
    return (found.text or "") if found is not None else ""


def guid(element: Element) -> str:
    """Return an element's own guid."""
    return plain(element.get("guid"))


def targets(element: Element, name: str) -> tuple[str, ...]:
    """Return the guids that the children called ``name`` refer to."""
    return tuple(plain(each.get("targetGUID")) for each in children(element, name))


def whole(element: Element, name: str) -> int | None:
    """Return an attribute as a whole number; None where it is missing or is none."""
    try:
        return int(element.get(name, ""))
    except ValueError:
        return None


def moment(element: Element, name: str) -> dt.datetime | None:
    """Return an attribute as date and time; None where it is missing or is none."""
    try:
        return dt.datetime.fromisoformat(element.get(name, ""))
    except ValueError:
        return None
