"""Rows and values that stand for nothing: tests, placeholders, defaults, limits, empty columns."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from reviewkit.model import TABLES, Column, Engagement

from .suspicion import Suspicion, Tables, filled, percent, shown, some

_MADE_OF = (
    "user|agent|call|site|team|customer|case|account|row|record|data|only|entry|ticket|lead|ignore|delete"
)
TESTS = re.compile(
    rf"(?i)(?:test|dummy|demo|sample)(?:[ _.-]*(?:\d+|please|{_MADE_OF}))*|asdf\w*|qwert\w*|xxx+|foo|bar|"
    r"lorem ipsum.*|(?:please )?(?:ignore|delete)(?: me| this)?|do not use"
)
TEST_IDS = re.compile(r"(?i)[a-z]*[-_ ]?(?:0+|9{4,}|test\w*|dummy\w*)")
PLACEHOLDERS = re.compile(
    r"(?i)not (?:known|applicable|set)|[?.]|-+|n\.?/?a\.?|none|null|nil|nan|un(?:known|assigned|defined)|"
    r"blank|missing|tb[cd]|#(?:n/a|ref!|value!|div/0!|name\?|null!|num!)"
)
NAMES = ("site", "team", "contract", "agent", "channel", "reason", "source", "department", "activity")
DEFAULT_NUMBERS = (99.0, 999.0, 9999.0, 99999.0, 999999.0, 9999999.0, -1.0, -99.0, -999.0)
ANY_NUMBER = ("revenue", "target", "baseline", "benefit", "numerator", "value", "cost")
DEFAULT_DATES = (
    "1900-01-01",
    "1900-01-02",
    "1901-01-01",
    "1970-01-01",
    "1980-01-01",
    "1999-12-31",
    "2099-12-31",
)
ENOUGH, DISTINCT, AT_LIMIT, CROWD = 50, 30, 0.01, 5
NEARLY_EMPTY = 0.05


def test_rows(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find rows made to try a system: names such as test, dummy, asdf; ids such as 0 or 999999.

    An id of noughts or nines that follows or precedes another is one of a row of numbers and no test.
    """
    found = []
    for name, column, values in _texts(tables):
        identifier = column.name in TABLES[name].key or column.name == "customer"
        if not identifier and column.name not in (*NAMES, "text", "name"):
            continue
        distinct = [str(value) for value in values.unique()]
        pattern = TEST_IDS if identifier else TESTS
        made_up = [each for each in distinct if pattern.fullmatch(each.strip())]
        if identifier and made_up:
            ids = set(distinct)
            made_up = [each for each in made_up if not _beside(each, ids)]
        rows = values[values.isin(made_up)]
        if len(rows):
            examples = some([shown(name, column.name, each) for each in rows.unique()[:3]])
            words = f"{len(rows):,} of {len(values):,} rows look like tests ({examples.strip('()')})"
            means = "they were made to try the system, and count like real ones"
            found.append(_of("test_rows", name, column, words, means, "Take them out of the extract.", rows))
    return found


def _beside(identifier: str, ids: set[str]) -> bool:
    """Whether the id before or after this one is there, too."""
    digits = re.search(r"\d+$", identifier.strip())
    if not digits:
        return False
    text = digits.group()
    stem = identifier.strip().removesuffix(text)
    return any(f"{stem}{int(text) + step:0{len(text)}d}" in ids for step in (-1, 1) if int(text) + step >= 0)


def placeholders(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find names that say there is none: n/a, unknown, -, #REF!."""
    found = []
    for name, column, values in _texts(tables):
        if column.name not in NAMES or column.allowed:
            continue
        rows = values[values.str.strip().str.fullmatch(PLACEHOLDERS)]
        if len(rows):
            words = f"{len(rows):,} of {len(values):,} rows have {shown(name, column.name, rows.iloc[0])}"
            means = f"it would be shown as if it were a {column.name} of that name"
            fix = f"Map it to nothing: 'values: {{{column.name}: {{...: \"\"}}}}' in the params file."
            found.append(_of("placeholders", name, column, words, means, fix, rows))
    return found


def defaults(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find dates and numbers that systems write where they know none: 1900-01-01, 999, -1."""
    found = []
    for name, column, values in _valued(tables):
        if column.kind in ("date", "datetime"):
            rows, form = _default_dates(values), "%Y-%m-%d"
        elif column.kind in ("number", "integer") and column.name not in ANY_NUMBER:
            rows, form = _default_numbers(values), "g"
        else:
            continue
        if len(rows):
            words = f"{len(rows):,} of {len(values):,} values are like {rows.iloc[0]:{form}}"
            words += f", where about {values.median():{form}} is usual"
            means = "systems write this where they know nothing"
            found.append(_of("defaults", name, column, words, means, "Ask, and leave them empty.", rows))
    return found


def _default_dates(values: pd.Series) -> pd.Series:
    # A review of the year 1999 may well have its last day.
    far = abs(values - values.median()) > pd.Timedelta(days=5 * 365)
    rows: pd.Series = values[far & values.dt.normalize().isin(pd.to_datetime(list(DEFAULT_DATES)))]
    return rows


def _default_numbers(values: pd.Series) -> pd.Series:
    """Numbers such as 999 far above all others, or such as -1 where no other is below nought."""
    numbers = values.astype("float64")
    default = numbers.isin(DEFAULT_NUMBERS)
    rest = numbers[~default]
    if not default.any() or rest.empty:
        return values[:0]
    return values[default & ((numbers > 3 * rest.max()) | ((numbers < 0) & (rest.min() >= 0)))]


def piled(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find numbers of which oddly many lie at the greatest or smallest value there is.

    At least 1 % of 50 values or more, of 30 different ones, and five times as many as at any other of
    the ten values next to it.
    """
    found = []
    for name, column, values in _valued(tables):
        if column.kind not in ("number", "integer") or len(values) < ENOUGH:
            continue
        counts = values.value_counts().sort_index()
        if len(counts) < DISTINCT:
            continue
        for limit, beside in ((counts.index[-1], counts.iloc[-11:-1]), (counts.index[0], counts.iloc[1:11])):
            at = int(counts[limit])
            if at >= max(AT_LIMIT * len(values), CROWD) and at >= CROWD * beside.max():
                words = f"{at:,} of {len(values):,} values ({percent(at, len(values))}) are exactly {limit:g}"
                end = "greatest" if limit == counts.index[-1] else "smallest"
                means = f"it is the {end} there is: a limit of the system, or what it writes for nothing"
                fix = "Ask what it stands for; leave it empty where it is no figure."
                found.append(_of("piled", name, column, words, means, fix, values[values == limit]))
    return found


def nearly_empty(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find columns of which no more than 5 % of the rows are filled in."""
    found = []
    for name, frame in tables.items():
        if name not in (
            "contacts",
            "resources",
            "leads",
            "journey",
            "outcomes",
            "remarks",
            "customer_feedback",
        ):
            continue
        for column in TABLES[name].columns:
            values = filled(frame, column.name)
            if len(frame) >= ENOUGH and 0 < len(values) <= NEARLY_EMPTY * len(frame):
                share = percent(len(values), len(frame))
                words = f"only {len(values):,} of {len(frame):,} rows ({share}) have it"
                means = "what is made of it speaks for few, and perhaps not for the usual"
                fix = "Ask why it is empty; leave the column out if it is not used."
                found.append(_of("nearly_empty", name, column, words, means, fix, values))
    return found


def _of(
    rule: str, table: str, column: Column, words: str, means: str, fix: str, rows: pd.Series
) -> Suspicion:
    return Suspicion(
        rule, table, words, means, fix, column=column.name, count=len(rows), row=int(rows.index[0])
    )


def _texts(tables: Tables) -> Iterator[tuple[str, Column, pd.Series]]:
    for name, column, values in _valued(tables):
        if column.kind == "text":
            yield name, column, values


def _valued(tables: Tables) -> Iterator[tuple[str, Column, pd.Series]]:
    """Columns that have values, with the values that are there."""
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            values = filled(frame, column.name)
            if len(values):
                yield name, column, values
