"""An engagement: one client's review, as written in ``params/<id>.yaml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from .brand import Brand
from .interviewing import Interviewing
from .own_cause import OwnCause, known
from .schedule import Schedule
from .source import Database, Source, Store, named_secrets
from .strict import Strict
from .tables import TABLES
from .words import plural_of

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Variable = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
Unit = Literal["percent", "seconds", "minutes", "count", "score", "money", "days"]
Direction = Literal["increase", "decrease", "neutral"]
MAY_STAY = ("contacts", "kpis")
"""Tables of which only measures are made, so that their rows need not leave a database."""


class Contract(Strict):
    """A contract the client delivers; several make a portfolio."""

    id: Identifier
    name: str
    purpose: str
    starts: dt.date | None = None
    ends: dt.date | None = None
    value_per_year: float | None = Field(default=None, ge=0)


class Measure(Strict):
    """A measure as data: what is counted, out of what, and what a unit of it is worth.

    ``numerator`` and ``denominator`` are aggregates over ``table``, such as ``sum(resolved)``
    and ``count(resolved)``; without a denominator the numerator is the figure. Percentages
    are shown times 100. ``minimum_effect`` is the smallest change worth acting on, in the
    measure's unit (percentage points for ``percent``); ``value_per_unit`` is what one unit of
    improvement is worth a year in the engagement's currency.
    """

    id: Identifier
    name: str
    unit: Unit
    direction: Direction
    table: str
    numerator: str
    denominator: str | None = None
    at: str | None = Field(
        default=None, description="Column that holds the date; taken from the table where left out"
    )
    where: str | None = Field(default=None, description="Condition a row must meet to count")
    period: Literal["week", "month"] | None = Field(
        default=None, description="Period it is counted by; the engagement's where left out"
    )
    minimum_effect: float = Field(default=0, ge=0)
    value_per_unit: float | None = None
    value_basis: str = ""
    contract_kpi: bool = False
    lag_weeks: int = Field(
        default=0,
        ge=0,
        le=104,
        description="Weeks until what is done can show: 26 where people count 26 weeks after their start",
    )
    decimals: int = Field(default=1, ge=0, le=4)
    bounds: tuple[float | None, float | None] | None = Field(
        default=None,
        description="Lowest and highest figure there can be; 0 and 100 for percentages, 0 for counts and "
        "times where left out and all figures lie within",
    )
    season: Literal["as_is", "adjust"] = Field(
        default="as_is",
        description="'adjust' takes the calendar month out before limits are worked out (two years or more)",
    )
    caveat: str = ""
    codes: tuple[str, ...] = Field(default=(), description="Codes in the codebook it speaks to")

    @field_validator("table")
    @classmethod
    def _known_table(cls, table: str) -> str:
        if table not in TABLES:
            raise ValueError(f"'{table}' is no evidence table; there are {', '.join(TABLES)}")
        return table


class Disclosure(Strict):
    """Thresholds that keep what was said in confidence. A lower one needs a written reason."""

    minimum_survey: int = Field(default=5, ge=1)
    minimum_comments: int = Field(default=10, ge=1)
    minimum_pool: int = Field(default=5, ge=1)
    reason: str = ""

    @model_validator(mode="after")
    def _reason_for_less(self) -> Disclosure:
        lower = self.minimum_survey < 5 or self.minimum_comments < 10 or self.minimum_pool < 5
        if lower and not self.reason.strip():
            raise ValueError("a threshold below 5, 10 or 5 needs a written reason")
        return self


class Attribution(Strict):
    """Who owns data that are shown, and under which licence."""

    source: str
    licence: str
    changes: str = ""


class Engagement(Strict):
    """One client's review.

    Read one with :func:`read_engagement`, which names file, line and key of whatever is wrong.
    """

    id: Identifier
    name: str
    client: str
    purpose: str = Field(description="What the contract or portfolio is for, in a sentence")
    simulated: bool = False
    language: str = "en"
    currency: str = "GBP"
    data_as_of: dt.date
    period: Literal["week", "month"] = "month"
    contracts: tuple[Contract, ...] = ()
    data: str = Field(description="Folder of the data files, relative to this file")
    sources: dict[str, Source] = Field(default_factory=dict)
    databases: dict[str, Database] = Field(
        default_factory=dict,
        description="Databases that sources name: an address, ${NAME} for what is secret",
    )
    store: Store | None = Field(
        default=None,
        description="Address of the evidence store; evidence.sqlite in the data folder where left out",
    )
    keep_until: dt.date | None = Field(default=None, description="Date by which evidence is to be deleted")
    measures: tuple[Measure, ...] = ()
    causes: tuple[OwnCause, ...] = Field(default=(), description="Likely causes of the client's own")
    site_label: str = "site"
    customer_label: str = Field(default="customer", description="What one of those served is called")
    journey: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="contract id (or 'all'): the steps of the journey it asks for, in order",
    )
    baseline_points: int | None = Field(default=None, ge=12, description="First points that fix the limits")
    ascent_basis: Literal["contract", "gap"] = "gap"
    plan_starts: dt.date | None = None
    plan_ends: dt.date | None = None
    disclosure: Disclosure = Disclosure()
    interviews: Interviewing = Field(default=Interviewing(), description="Planning of interviews")
    attribution: tuple[Attribution, ...] = ()
    brand: Brand | None = Field(default=None, description="The client's logo and accent on its pages")
    codebook: str | None = Field(default=None, description="Codebook of its own, relative to this file")
    notebooks: str | None = Field(
        default=None,
        description="Folder with notebooks of its own, relative to this file; others are the package's",
    )
    schedule: Schedule | None = Field(
        default=None,
        description="When to run it: a cron line in UTC, or cron and timezone",
        json_schema_extra=lambda schema: schema["anyOf"].append({"type": "string"}),  # type: ignore[union-attr]
    )
    secrets: tuple[Variable, ...] = Field(
        default=(),
        description="Environment variables that this engagement's notebooks may see, by name",
    )

    @field_validator("sources", mode="before")
    @classmethod
    def _file_alone(cls, sources: object) -> object:
        # `contacts: contacts.csv` is short for `contacts: {file: contacts.csv}`.
        if not isinstance(sources, dict):
            return sources
        return {
            name: {"file": source} if isinstance(source, str) else source for name, source in sources.items()
        }

    @field_validator("sources")
    @classmethod
    def _known_tables(cls, sources: dict[str, Source]) -> dict[str, Source]:
        for name in sources:
            if name not in TABLES:
                raise ValueError(f"'{name}' is no evidence table; there are {', '.join(TABLES)}")
        return sources

    @model_validator(mode="after")
    def _known_databases(self) -> Engagement:
        for name, source in self.sources.items():
            if source.database and source.database not in self.databases:
                there = ", ".join(self.databases) or "none"
                raise ValueError(
                    f"the source of {name} names the database '{source.database}'; there are {there}"
                )
            if source.stays and self.databases[str(source.database)].startswith("duckdb:"):
                raise ValueError(f"{name} cannot stay in a DuckDB file: leave 'stays' out, it is read fast")
            if source.stays and name not in MAY_STAY:
                raise ValueError(f"{name} cannot stay in its database: single rows of it are read")
        return self

    @model_validator(mode="after")
    def _unique_ids(self) -> Engagement:
        for kind, ids in (
            ("measures", [measure.id for measure in self.measures]),
            ("contracts", [contract.id for contract in self.contracts]),
            ("causes", [cause.id for cause in self.causes]),
        ):
            for name in ids:
                if ids.count(name) > 1:
                    raise ValueError(f"two {kind} are called '{name}'")
        known(self.causes, [measure.id for measure in self.measures])
        return self

    @property
    def needed_secrets(self) -> tuple[str, ...]:
        """Names of the environment variables that reading its evidence needs, and its notebooks."""
        addresses = [*self.databases.values(), *([self.store] if self.store else [])]
        return tuple(dict.fromkeys([*self.secrets, *_named(addresses)]))

    @property
    def notebook_secrets(self) -> tuple[str, ...]:
        """Names of the environment variables that its notebooks may see.

        An address is theirs only where rows stay in the database.
        """
        staying = [s.database for s in self.sources.values() if s.stays and s.database]
        return tuple(dict.fromkeys([*self.secrets, *_named(self.databases[name] for name in staying)]))

    def measure(self, name: str) -> Measure:
        """Return the measure called ``name``; ``KeyError`` where there is none."""
        return {measure.id: measure for measure in self.measures}[name]

    def contract_name(self, contract: str) -> str:
        """Return the name of a contract by its id; the id where no contract has it."""
        return next((entry.name for entry in self.contracts if entry.id == contract), contract)

    @property
    def site_labels(self) -> str:
        """What several sites are called."""
        return plural_of(self.site_label)

    def cadence(self, measure: Measure) -> Literal["week", "month"]:
        """Return the period a measure is counted by: its own, else the engagement's.

        >>> measure = Measure(id="m", name="M", unit="count", direction="increase", table="kpis",
        ...                   numerator="sum(value)", period="month")
        >>> Engagement(id="e", name="E", client="E", purpose="P", data_as_of="2025-01-31", data=".",
        ...            period="week").cadence(measure)
        'month'
        """
        return measure.period or self.period


def _named(addresses: Iterable[str]) -> list[str]:
    return [name for address in addresses for name in named_secrets(address)]
