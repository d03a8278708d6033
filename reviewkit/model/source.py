"""Where a table comes from, and how the client's names and units become ours."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Literal
from urllib.parse import parse_qsl

from pydantic import AfterValidator, Field, model_validator

from .errors import InputError
from .strict import Strict

ClientUnit = Literal["seconds", "minutes", "hours", "days", "share", "percent"]
FORMATS = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), "workbook"),
    ".parquet": "parquet",
}
"""How a file is read, by its ending."""
_SECRET_KEY = re.compile(r"pass|secret|token|key|credential", re.IGNORECASE)
_SECRET = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")


def _address(*schemes: str) -> AfterValidator:
    def check(text: str) -> str:
        if not text.startswith(schemes):
            raise ValueError(f"this is no address here: it begins with {' or '.join(schemes)}")
        password = re.search(r"://[^/@:]*:(.*)@", text)
        if password and not _SECRET.fullmatch(password[1]):
            raise ValueError("this address holds a password: write ${NAME} in its place and set NAME outside")
        for key, value in parse_qsl(text.partition("?")[2], keep_blank_values=True):
            if _SECRET_KEY.search(key) and not _SECRET.fullmatch(value):
                raise ValueError(
                    f"this address holds a {key}: write ${{NAME}} in its place and set NAME outside"
                )
        return text

    return AfterValidator(check)


Database = Annotated[str, _address("duckdb:", "postgresql://", "spark:")]
"""Address of a database, such as ``postgresql://reviewer:${WAREHOUSE_PASSWORD}@db.example/ops``."""
Store = Annotated[str, _address("sqlite:", "postgresql://")]
"""Address of an evidence store."""


class Source(Strict):
    """Where a table comes from, and how the client's names become ours.

    A file (CSV, a workbook or Parquet, told by its ending) or a table of a database.
    """

    file: str | None = Field(default=None, description="File in the data folder; a pattern for Parquet")
    sheet: str | None = Field(default=None, description="Sheet of a workbook; the first where left out")
    header: int = Field(default=1, ge=1, description="Row of the heading")
    footer: int = Field(default=0, ge=0, description="Rows at the end that are no data, such as totals")
    encoding: str | None = Field(default=None, description="Encoding of a CSV file, such as cp1252")
    separator: str = Field(
        default=",", min_length=1, max_length=1, description="What parts a CSV file's values"
    )
    decimal: Literal[".", ","] = "."
    dates: str | None = Field(default=None, description="How dates are written, such as %d/%m/%Y")
    database: str | None = Field(default=None, description="Database, by its name under 'databases'")
    table: str | None = Field(default=None, description="Table there, with its schema where it has one")
    stays: bool = Field(default=False, description="Rows stay in the database; only aggregates are read")
    columns: dict[str, str] = Field(default_factory=dict, description="our column: the client's column")
    values: dict[str, dict[str, str]] = Field(
        default_factory=dict, description="our column: the client's value: our value"
    )
    units: dict[str, ClientUnit] = Field(default_factory=dict, description="our column: the client's unit")

    @model_validator(mode="after")
    def _file_or_table(self) -> Source:
        if (self.file is None) == (self.database is None):
            raise ValueError("a source is a 'file', or a 'database' with its 'table'")
        if (self.database is None) != (self.table is None):
            raise ValueError("'database' and 'table' go together")
        if self.stays and self.database is None:
            raise ValueError("'stays' is for tables of a database")
        if self.file is not None and self.format not in FORMATS.values():
            raise ValueError(f"'{self.file}' ends in none of {', '.join(FORMATS)}")
        if self.sheet is not None and self.format != "workbook":
            raise ValueError("'sheet' is for workbooks")
        if self.file is not None and _leaves(self.file):
            raise ValueError(f"'{self.file}' is not below the data folder")
        if self.file is not None and not _is_a_name(self.file):
            raise ValueError("this is no name of a file: it is too long, or holds what cannot be printed")
        if self.dates is not None and not _is_a_form(self.dates):
            raise ValueError(f"'{self.dates}' does not say how dates are written: write %d/%m/%Y or the like")
        return self

    @property
    def format(self) -> str:
        """``csv``, ``workbook``, ``parquet`` or ``database``; empty for a file of another kind.

        >>> Source(file="a.xlsx", sheet="May").format
        'workbook'
        """
        if self.file is None:
            return "database"
        return FORMATS.get(PurePosixPath(self.file.lower()).suffix, "")


def _leaves(file: str) -> bool:
    path = PurePosixPath(file.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or bool(re.match(r"[A-Za-z]:", file))


def _is_a_name(file: str) -> bool:
    return file.isprintable() and all(len(os.fsencode(part)) <= 255 for part in PurePosixPath(file).parts)


def _is_a_form(dates: str) -> bool:
    """Whether dates written so can be read again."""
    day = dt.datetime(2025, 11, 23)
    try:
        return dt.datetime.strptime(day.strftime(dates), dates).year == day.year
    except ValueError:
        return False


def named_secrets(address: str) -> tuple[str, ...]:
    """Return the names of the environment variables that an address names.

    >>> named_secrets("postgresql://a:${DB_PASSWORD}@db/x")
    ('DB_PASSWORD',)
    """
    return tuple(_SECRET.findall(address))


def with_secrets(address: str, environment: Mapping[str, str] | None = None) -> str:
    """Return an address with the values of the environment variables it names; never show it.

    Raises
    ------
    InputError : a variable is not set.

    Examples
    --------
    >>> with_secrets("postgresql://a:${DB_PASSWORD}@db/x", {"DB_PASSWORD": "s/1"})
    'postgresql://a:s%2F1@db/x'
    """
    from urllib.parse import quote

    known = os.environ if environment is None else environment

    def value(match: re.Match[str]) -> str:
        if match[1] not in known:
            problem = f"the environment variable {match[1]}, which an address names, is not set"
            raise InputError(problem, fix="Set it where reviewkit is started.")
        return quote(known[match[1]], safe="")

    return _SECRET.sub(value, address)


def without_secrets(
    words: str, addresses: Iterable[str], environment: Mapping[str, str] | None = None
) -> str:
    """Return words with ``${NAME}`` for the value of every environment variable that addresses name.

    The value goes as it is and as it stands in an address, percent-encoded.

    Examples
    --------
    >>> said = "no host 'a:s%2F1@db', no password 's/1'"
    >>> without_secrets(said, ["postgresql://a:${DB_PASSWORD}@db/x"], {"DB_PASSWORD": "s/1"})
    "no host 'a:${DB_PASSWORD}@db', no password '${DB_PASSWORD}'"
    """
    from urllib.parse import quote, quote_plus

    known = os.environ if environment is None else environment
    forms: dict[str, str] = {}
    for name in (name for address in addresses for name in named_secrets(address)):
        if value := known.get(name):
            for form in (value, quote(value, safe=""), quote(value), quote_plus(value)):
                forms.setdefault(form, f"${{{name}}}")
    if not forms:
        return words
    # The longest first, and all at once: one value may be part of another, or of a name put in.
    pattern = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    return re.sub(pattern, lambda match: forms[match[0]], words)
