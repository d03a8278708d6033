"""Each rule finds what it is for, names it, and is silent where it is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from reviewkit.evidence.suspicions import RULES, Suspicion, suspicions
from reviewkit.model import TABLES
from tests.evidence.good_tables import Tables, engagement, good, random, rate, table


@dataclass(frozen=True)
class Spoilt:
    """A way to spoil good tables, the rule that is to notice, and words it is to say."""

    rule: str
    table: str
    spoil: Callable[[Tables], Any]
    says: tuple[str, ...] = ()
    how: dict[str, Any] | None = None


def put(name: str, column: str, rows: Any, value: Any) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables[name].loc[rows, column] = value

    return spoil


def drop(name: str, keep: Callable[[pd.DataFrame], pd.Series]) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables[name] = tables[name][keep(tables[name])].reset_index(drop=True)

    return spoil


def add(name: str, make: Callable[[pd.DataFrame], pd.DataFrame]) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables[name] = pd.concat([tables[name], make(tables[name])], ignore_index=True)

    return spoil


def change(name: str, column: str, by: Callable[[pd.DataFrame], pd.Series]) -> Callable[[Tables], None]:
    def spoil(tables: Tables) -> None:
        tables[name][column] = by(tables[name])

    return spoil


def exchanged(tables: Tables) -> None:
    names = {"numerator": "denominator", "denominator": "numerator"}
    tables["kpis"] = tables["kpis"].rename(columns=names)


def without_figure(tables: Tables) -> None:
    for column in ("numerator", "denominator"):
        tables["kpis"].loc[3, column] = np.nan


def new(**frames: pd.DataFrame) -> Callable[[Tables], None]:
    return lambda tables: tables.update(frames)


def merged(tables: Tables) -> None:
    """Let D end in June 2024 and C do its work from then on."""
    frame = tables["kpis"]
    late = frame["period"] >= "2024-07-01"
    frame.loc[late & (frame["site"] == "C"), ["numerator", "denominator"]] *= 2
    tables["kpis"] = frame[~(late & (frame["site"] == "D"))].reset_index(drop=True)


def cut(tables: Tables) -> None:
    """Keep the cases that ended in the last two months of a log of slow and quick ones."""
    make = random()
    begun = pd.Timestamp("2023-07-01") + pd.to_timedelta(np.sort(make.integers(0, 700, 6000)), "D")
    ended = begun + pd.to_timedelta(make.lognormal(2, 1.6, 6000).round(2), "D")
    kept = np.flatnonzero((ended > "2025-04-01") & (ended < "2025-06-01"))
    tables["journey"] = table(
        "journey",
        customer=[f"K{n}" for n in kept] * 2,
        activity=["begun"] * len(kept) + ["ended"] * len(kept),
        at=[*begun[kept], *ended[kept]],
    )


def in_utc(tables: Tables) -> None:
    at = tables["contacts"]["at"].dt.tz_localize("Europe/London")
    tables["contacts"]["at"] = at.dt.tz_convert("UTC").dt.tz_localize(None).astype("datetime64[us]")


def units(**values: Any) -> Callable[[Tables], None]:
    """Give the measure as a figure, not as a ratio of counts."""

    def spoil(tables: Tables) -> None:
        tables["kpis"] = tables["kpis"].assign(value=tables["kpis"]["numerator"] / 1000 * values["times"])
        tables["kpis"][["numerator", "denominator"]] = np.nan

    return spoil


AS_VALUE = {"measures": (rate(numerator="sum(value)", denominator="count(value)"),)}
BERLIN = {"schedule": {"cron": "0 6 * * 1", "timezone": "Europe/Berlin"}}
LONG = "We wait for the system every morning, and nobody tells us why or how long."
LOW = table("targets", measure=["rate"], valid_from=["2023-01-01"], target=[0.9])
WEST = table("targets", measure=["rate"], valid_from=["2023-01-01"], target=[90], site=["West"])
DONE = table("progress", action_id=["a", "b", "c"], at="2025-06-01", percent_done=[0.2, 0.5, 1])
OLD = table("stakeholders", stakeholder_id=["P1"], department="D", level="front_line", tenure_years=[120.0])
TWO = table("stakeholders", stakeholder_id=["P1", "P2"], department="D", level="front_line")
CODED = table("codings", remark_id=["R1"], code=["moral"], coder="A")
SUMMER, WINTER = pd.Timestamp("2025-03-30 01:20"), pd.Timestamp("2024-10-27 01:20")
SECONDS = "handle_seconds"


def in_minutes(frame: pd.DataFrame) -> pd.Series:
    return frame[SECONDS].where(frame["site"] != "East", frame[SECONDS] / 60)


def three_times(frame: pd.DataFrame) -> pd.Series:
    return frame["denominator"].mask((frame["site"] == "A") & (frame["period"] >= "2024-07-01"), 3000.0)


def again(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.head(40).assign(contact_id=[f"X{n}" for n in range(40)])


CASES = [
    Spoilt("cut_by_closing", "journey", cut, ("end after 2025-04-01", "begin from 202")),
    Spoilt("wrong_unit", "kpis", units(times=100), ("percentages", "sum(value) / 100"), AS_VALUE),
    Spoilt("wrong_unit", "targets", new(targets=LOW), ("like 0.9", "per cent")),
    Spoilt("wrong_scale", "contacts", change("contacts", SECONDS, lambda f: f[SECONDS] / 60), ("minutes",)),
    Spoilt("wrong_scale", "contacts", change("contacts", SECONDS, lambda f: f[SECONDS] * 1000), ("milli",)),
    Spoilt("wrong_scale", "progress", new(progress=DONE), ("shares", "units: {percent_done: share}")),
    Spoilt("wrong_scale", "stakeholders", new(stakeholders=OLD), ("months",)),
    Spoilt("mixed_units", "contacts", change("contacts", SECONDS, in_minutes), ("'East'", "minutes")),
    Spoilt("over_hundred", "kpis", put("kpis", "numerator", 5, 1200.0), ("1 of 96 rows", "1200 of")),
    Spoilt("over_hundred", "kpis", exchanged, ("exchanged",)),
    Spoilt("future", "contacts", put("contacts", "at", 8, pd.Timestamp("2025-12-01 10:00")), ("2025-12-01",)),
    Spoilt("repeated_rows", "contacts", add("contacts", again), ("40 of 3,040",)),
    Spoilt("repeated_rows", "journey", add("journey", lambda f: f.head(3)), ("3 of 1,203",)),
    Spoilt("site_ends", "kpis", merged, ("'D' after June 2024", "'C' grows")),
    Spoilt(
        "site_ends",
        "contacts",
        drop("contacts", lambda f: (f["site"] != "East") | (f["at"] < "2024-09-01")),
        ("'East' after August 2024",),
    ),
    Spoilt("size_changes", "kpis", change("kpis", "denominator", three_times), ("to 3,000 in July 2024",)),
    Spoilt(
        "site_starts_late",
        "kpis",
        drop("kpis", lambda f: (f["site"] != "A") | (f["period"] >= "2024-03-01")),
        ("'A' in March 2024",),
    ),
    Spoilt(
        "gap",
        "kpis",
        drop("kpis", lambda f: (f["site"] != "B") | (f["period"] != "2024-03-01")),
        ("'B' March 2024", "1 month is"),
    ),
    Spoilt(
        "gap",
        "contacts",
        drop("contacts", lambda f: f["at"].dt.to_period("M") != "2024-03"),
        ("3 of 3 sites", "March 2024"),
    ),
    Spoilt("incomplete_last", "contacts", drop("contacts", lambda f: f["at"] < "2025-06-10"), ("June 2025",)),
    Spoilt(
        "incomplete_last",
        "kpis",
        drop("kpis", lambda f: (f["site"] == "A") | (f["period"] < "2025-06-01")),
        ("June 2025",),
    ),
    Spoilt("ends_early", "kpis", drop("kpis", lambda f: f["period"] < "2025-04-01"), ("March 2025, 3",)),
    Spoilt("summer_shift", "contacts", in_utc, ("earlier in summer",)),
    Spoilt(
        "hour_that_never_was", "journey", put("journey", "at", 600, SUMMER), ("London", "2025-03-30 01:20")
    ),
    Spoilt(
        "hour_that_never_was",
        "journey",
        put("journey", "at", 600, SUMMER + pd.Timedelta(hours=1)),
        ("Europe/Berlin",),
        BERLIN,
    ),
    Spoilt("hour_that_never_was", "journey", put("journey", "at", 600, SUMMER), (), BERLIN),
    Spoilt("hour_that_came_twice", "journey", put("journey", "at", [600, 601], WINTER), ("several steps",)),
    Spoilt("midnight", "contacts", change("contacts", "at", lambda f: f["at"].dt.normalize()), ("100 %",)),
    Spoilt(
        "midnight", "contacts", put("contacts", "at", slice(0, 99), pd.Timestamp("2023-07-03")), ("100 of",)
    ),
    Spoilt(
        "test_rows", "contacts", put("contacts", "agent", [4, 9], "test user 2"), ("2 of", "'test user 2'")
    ),
    Spoilt("test_rows", "contacts", put("contacts", "agent", [4, 9], "Tester Street"), ()),
    Spoilt("test_rows", "contacts", put("contacts", "contact_id", 0, "999999"), ("'999999'",)),
    Spoilt("test_rows", "contacts", put("contacts", "contact_id", 2999, "C00000"), ()),
    Spoilt("test_rows", "remarks", put("remarks", "text", 3, "asdfasdf"), ("not shown",)),
    Spoilt("defaults", "contacts", put("contacts", SECONDS, [3, 4], 99999.0), ("2 of 3,000", "99999")),
    Spoilt("defaults", "journey", put("journey", "at", [0], pd.Timestamp("1970-01-01")), ("1970-01-01",)),
    Spoilt(
        "piled",
        "contacts",
        change("contacts", SECONDS, lambda f: f[SECONDS].clip(upper=500)),
        ("exactly 500",),
    ),
    Spoilt("piled", "contacts", put("contacts", SECONDS, slice(0, 99), 0.0), ("exactly 0", "smallest")),
    Spoilt(
        "placeholders", "contacts", put("contacts", "site", slice(0, 20), "n/a"), ("21 of 3,000", "'n/a'")
    ),
    Spoilt("placeholders", "contacts", put("contacts", "site", 0, "#REF!"), ("'#REF!'",)),
    Spoilt("spellings", "contacts", put("contacts", "site", 0, "NORTH"), ("'NORTH' (1)", "'North'")),
    Spoilt("spellings", "contacts", put("contacts", "site", 0, "Soutth"), ("'Soutth' (1)",)),
    Spoilt("spellings", "contacts", put("contacts", "site", 0, "Team 11"), ()),
    Spoilt("unmatched", "contacts", new(stakeholders=TWO), ("'P3'", "register")),
    Spoilt("unmatched", "targets", new(targets=WEST), ("'West'", "measured data")),
    Spoilt("unmatched", "codings", new(codings=CODED), ("'moral'", "codebook")),
    Spoilt("odd_counts", "kpis", put("kpis", "numerator", 3, -5.0), ("negative",)),
    Spoilt("odd_counts", "kpis", put("kpis", "denominator", 3, 0.0), ("out of nought",)),
    Spoilt("odd_counts", "kpis", without_figure, ("neither",)),
    Spoilt("one_voice", "remarks", put("remarks", "stakeholder_id", slice(0, 13), "P5"), ("1 of",)),
    Spoilt("repeated_texts", "remarks", put("remarks", "text", slice(0, 10), "Nothing."), ("10 of 36",)),
    Spoilt("repeated_texts", "remarks", put("remarks", "text", slice(0, 2), LONG), ("2 long",)),
    Spoilt(
        "nearly_empty",
        "contacts",
        change("contacts", "csat", lambda f: f["csat"].where(f.index < 90)),
        ("90 of 3,000",),
    ),
]
OF_ODD_COUNTS = ("negative_count", "zero_denominator", "no_figure")


@lru_cache
def spoilt(number: int) -> tuple[Tables, list[Suspicion]]:
    """Return the tables of a case, and what is found in them."""
    tables = good()
    CASES[number].spoil(tables)
    return tables, suspicions(tables, engagement(**(CASES[number].how or {})))


def rule_of(each: Suspicion) -> str:
    return "odd_counts" if each.rule in OF_ODD_COUNTS else each.rule


def test_good_tables_have_nothing_suspicious() -> None:
    assert [str(each) for each in suspicions(good(), engagement())] == []


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=[f"{each.rule} {each.table} {' '.join(each.says)}" for each in CASES]
)
def test_rule_finds_what_it_is_for(number: int) -> None:
    case, (tables, found) = CASES[number], spoilt(number)
    told = [each for each in found if (rule_of(each), each.table) == (case.rule, case.table)]
    if not case.says:
        assert told == []
        return
    assert len(told) == 1, [str(each) for each in found]
    line = str(told[0])
    assert [words for words in case.says if words not in line] == [], line
    assert line.isprintable() and line.endswith(".") and told[0].count >= 1
    assert told[0].row is not None and 0 <= told[0].row < len(tables[case.table])


def test_every_rule_has_a_case() -> None:
    assert {rule.name for rule in RULES} == {case.rule for case in CASES if case.says}


def test_spoiling_one_thing_speaks_of_few_others() -> None:
    others = [
        (CASES[number].rule, each.rule)
        for number in range(len(CASES))
        for each in spoilt(number)[1]
        if rule_of(each) != CASES[number].rule
    ]
    assert len(others) <= len(CASES) / 4, others


def test_tables_are_not_changed() -> None:
    tables, before = good(), good()
    suspicions(tables, engagement())
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, before[name])


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize("name", list(TABLES))
def test_small_and_hollow_tables_are_looked_at_without_trouble(name: str, rows: int) -> None:
    hollow = table(name, **{TABLES[name].columns[0].name: [None] * rows})
    assert isinstance(suspicions({name: hollow}, engagement()), list)
    filled = {column.name: EXAMPLES[column.kind] for column in TABLES[name].columns}
    assert isinstance(
        suspicions({name: table(name, **{k: [v] * rows for k, v in filled.items()})}, engagement()), list
    )


EXAMPLES = {
    "text": "a",
    "integer": 3,
    "number": 2.5,
    "boolean": True,
    "date": pd.Timestamp("2025-03-01"),
    "datetime": pd.Timestamp("2025-03-01 10:00"),
}
