"""Paths from a frame and from a table that stays where it is, against a plain reading with pandas."""

from __future__ import annotations

from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.model import InputError
from reviewkit.performance import case_paths, consistency, durations, variants

LOG = {"case": "case", "activity": "activity", "at": "at"}
NAMES = ["a", "b", "a > b", "x,y", "", "é\n", "b; a"]

ROWS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(NAMES), st.integers(0, 4), st.sampled_from("NS")),
    min_size=1,
    max_size=40,
)


def frame(rows: list[tuple[int, str, int, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["case", "activity", "at", "site"])


def plainly(events: pd.DataFrame) -> dict[tuple[str, tuple[str, ...]], int]:
    groups = events.sort_values("at", kind="stable").groupby("case")
    paths = pd.DataFrame({"variant": groups["activity"].agg(tuple), "site": groups["site"].first()})
    counts = paths.groupby(["site", "variant"]).size()
    return {key: int(count) for key, count in counts.items()}


def as_counts(table: pd.DataFrame) -> dict[tuple[str, tuple[str, ...]], int]:
    return dict(zip(zip(table["site"], table["variant"], strict=True), table["cases"].tolist(), strict=True))


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_variants_of_any_log_are_those_of_a_plain_reading(rows: list[tuple[int, str, int, str]]) -> None:
    events = frame(rows)
    found = variants(events, **LOG, by="site")
    assert as_counts(found) == plainly(events)
    assert found.groupby("site")["share"].sum().round(9).eq(1).all()


@settings(max_examples=8, deadline=None)
@given(ROWS)
def test_a_table_gives_what_its_frame_gives(rows: list[tuple[int, str, int, str]]) -> None:
    events = frame(rows)
    table = ibis.duckdb.connect().create_table("log", events)
    pd.testing.assert_frame_equal(
        variants(table, **LOG, by="site"), variants(events, **LOG, by="site"), check_dtype=False
    )
    pd.testing.assert_frame_equal(
        case_paths(table, **LOG, by="site"), case_paths(events, **LOG, by="site"), check_dtype=False
    )


def test_events_of_one_moment_keep_the_order_of_a_parquet_files_rows(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    size = 60_000
    events = pd.DataFrame(
        {"case": rng.integers(0, 9_000, size), "activity": rng.choice(list("abcdef"), size), "at": 1}
    )
    events.to_parquet(tmp_path / "log.parquet", row_group_size=3_000)
    table = ibis.duckdb.connect().read_parquet(tmp_path / "log.parquet")
    assert variants(table, **LOG).equals(variants(events, **LOG))


def test_a_case_belongs_to_the_unit_of_its_first_event() -> None:
    events = frame([(1, "b", 2, "S"), (1, "a", 1, "N"), (1, "c", 3, "S")])
    assert variants(events, **LOG, by="site")["site"].tolist() == ["N"]


def test_a_unit_that_is_missing_is_no_unit() -> None:
    events = frame([(1, "a", 1, "N"), (2, "a", 1, "N")])
    events["site"] = pd.Series([None, "N"], dtype="str")
    found = variants(events, **LOG, by="site")
    assert found["site"].tolist() == ["", "N"]
    table = ibis.duckdb.connect().create_table("log", events)
    assert variants(table, **LOG, by="site")["site"].tolist() == ["", "N"]


def test_units_that_are_numbers_stay_numbers_in_a_table() -> None:
    events = pd.DataFrame({"case": [1, 2], "activity": "a", "at": 1, "site": [7, 8]})
    table = ibis.duckdb.connect().create_table("log", events)
    assert variants(table, **LOG, by="site")["site"].tolist() == [7, 8]


def test_more_than_255_activities_are_told_apart() -> None:
    events = pd.DataFrame({"case": range(600), "activity": [f"{n:03d}" for n in range(600)], "at": 1})
    assert len(variants(events, **LOG)) == 600


@pytest.mark.parametrize("kind", ["frame", "table"])
def test_events_left_out_are_counted_once_and_said(kind: str) -> None:
    events = pd.DataFrame(
        {
            "case": ["u", None, "u", "v", None],
            "activity": ["a", "b", None, "b", None],
            "at": pd.to_datetime(["2025-01-01", "2025-01-01", "2025-01-02", None, "2025-01-01"]),
        }
    )
    log = events if kind == "frame" else ibis.duckdb.connect().create_table("log", events)
    found = variants(log, **LOG)
    assert found["variant"].tolist() == [("a",)]
    said = "4 of 5 events left out: without case (2), without activity (1), without at (1)."
    assert found.attrs["said"] == [said]


@pytest.mark.parametrize(
    "times",
    [
        pd.Series([pd.Timestamp("2025-01-01"), pd.Timestamp("2025-01-02", tz="UTC")], dtype="object"),
        pd.Series(
            [pd.Timestamp("2025-01-01", tz="Europe/Paris"), pd.Timestamp("2025-01-02", tz="UTC")],
            dtype="object",
        ),
        pd.Series(["2025-01-01", "2025-01-02"]),
        pd.Series([1.0, np.inf]),
    ],
    ids=["with and without a zone", "two zones", "text", "infinite"],
)
def test_times_without_an_order_are_refused(times: pd.Series) -> None:
    events = pd.DataFrame({"case": [1, 1], "activity": ["a", "b"], "at": times})
    with pytest.raises(InputError, match="column at: ") as error:
        variants(events, **LOG)
    assert "\n" not in str(error.value)


def test_text_times_of_a_table_are_refused() -> None:
    events = pd.DataFrame({"case": [1], "activity": ["a"], "at": ["2025-01-01"]})
    with pytest.raises(InputError, match="no order in time"):
        variants(ibis.duckdb.connect().create_table("log", events), **LOG)


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="column place"):
        variants(frame([(1, "a", 1, "N")]), **LOG, by="place")


@pytest.mark.parametrize("kind", ["frame", "table"])
def test_a_log_without_events_has_no_paths(kind: str) -> None:
    events = frame([(1, "a", 1, "N")]).astype({"activity": "str", "site": "str"}).iloc[:0]
    log = events if kind == "frame" else ibis.duckdb.connect().create_table("log", events)
    assert variants(log, **LOG, by="site").empty
    assert consistency(log, **LOG, by="site").empty
    assert case_paths(log, **LOG).empty


def test_durations_keep_the_zone_of_the_times() -> None:
    at = pd.to_datetime(["2025-03-30T00:30", "2025-03-30T04:30"]).tz_localize("Europe/Paris")
    found = durations(pd.DataFrame({"case": 1, "activity": "a", "at": at}), **LOG)
    assert found["seconds"].tolist() == [3 * 3600]
    assert str(found["first"].dt.tz) == "Europe/Paris"


def test_a_log_stays_in_postgresql(postgres: str) -> None:
    rng = np.random.default_rng(4)
    rows = {"case": rng.integers(0, 200, 1500), "activity": rng.choice(["b", "A", "a > b", "é"], 1500)}
    log = pd.DataFrame(rows).assign(site=rng.choice(["N", "S"], 1500))
    log["at"] = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.permutation(1500), unit="min")
    log.loc[3, "site"] = None
    connection = ibis.connect(postgres.replace("postgresql+psycopg", "postgresql"))
    there = connection.create_table("journey", log)
    assert as_counts(variants(there, **LOG, by="site")) == as_counts(variants(log, **LOG, by="site"))
    found, expected = (consistency(each, **LOG, by="site") for each in (there, log))
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    assert case_paths(there, **LOG)["variant"].tolist() == case_paths(log, **LOG)["variant"].tolist()
    connection.disconnect()
