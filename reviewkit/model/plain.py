"""Pydantic's complaints in plain words."""

from __future__ import annotations

from typing import Any

LONGEST = 40
_EXPECTED = {
    "string": ("text", "Put it in quotes."),
    "int": ("a whole number", ""),
    "float": ("a number", "Write numbers as 1234.5."),
    "decimal": ("a number", "Write numbers as 1234.5."),
    "bool": ("true or false", ""),
    "date": ("a date", "Write dates as 2025-03-14."),
    "tuple": ("a list", "Write one entry a line, each after '- '."),
    "list": ("a list", "Write one entry a line, each after '- '."),
    "dict": ("a set of keys, each with a value", ""),
    "model": ("a set of keys, each with a value", ""),
}
"""What is expected, by the first word of pydantic's type of error, and the next step."""


def plain(detail: dict[str, Any]) -> tuple[str, str]:
    """Return what is wrong, and the next step, for one of a ``ValidationError``'s errors.

    Examples
    --------
    >>> plain({"type": "float_parsing", "input": "many", "msg": "Input should be a valid number"})
    ("'many' is not a number", 'Write numbers as 1234.5.')
    >>> plain({"type": "value_error", "input": "x", "msg": "Value error, 'x' is no evidence table"})
    ("'x' is no evidence table", '')
    """
    kind, context = str(detail["type"]), detail.get("ctx", {})
    value = detail.get("input")
    given = shown(value)
    if kind == "literal_error":
        return f"{given} is not one of {str(context['expected']).replace(' or ', ', ')}", ""
    if kind in ("greater_than_equal", "greater_than"):
        return f"{given} is too small: at least {context.get('ge', context.get('gt')):g} is expected", ""
    if kind in ("less_than_equal", "less_than"):
        return f"{given} is too great: at most {context.get('le', context.get('lt')):g} is expected", ""
    if kind in ("string_too_short", "string_too_long"):
        least = kind == "string_too_short"
        letters = context["min_length" if least else "max_length"]
        return f"{given} is too {'short' if least else 'long'}: {letters} letter{'s' * (letters > 1)}", ""
    if kind == "finite_number":
        return f"{given} is not a finite number", ""
    expected, fix = _EXPECTED.get(kind.partition("_")[0], ("", ""))
    if expected and value is None:
        return f"is empty, where {expected} is expected", "Fill it in, or take the key out."
    if expected:
        fix = "" if expected == "text" and isinstance(value, dict | list) else fix
        return f"{given} is not {expected}", fix
    return str(detail["msg"]).removeprefix("Value error, "), ""


def shown(value: object) -> str:
    """Return a value of a params file as a message may show it, on one line and not long.

    >>> shown("a" * 50), shown([1, 2]), shown(None), shown(3)
    ("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'", 'a list', 'nothing', '3')
    """
    if value is None:
        return "nothing"
    if isinstance(value, dict | list | tuple):
        return "a list" if not isinstance(value, dict) else "a set of keys"
    text = " ".join(str(value).split())
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return f"'{text}'" if isinstance(value, str) else text
