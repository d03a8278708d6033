"""Every case."""

from __future__ import annotations

from . import cases_books, cases_keys, cases_paths, cases_sense, cases_text, cases_values, cases_yaml
from .world import Case

CASES: list[Case] = [
    *cases_yaml.CASES,
    *cases_keys.CASES,
    *cases_sense.CASES,
    *cases_text.CASES,
    *cases_values.CASES,
    *cases_paths.CASES,
    *cases_books.CASES,
]
