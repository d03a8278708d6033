"""Journeys agree with pm4py and with what is known of the permit log."""

from __future__ import annotations

from pathlib import Path

import ibis
import pandas as pd
import pytest

from reviewkit.performance import conformance, consistency, durations, variants

REAL = {"case": "case:concept:name", "activity": "concept:name", "at": "at"}


def log(folder: Path, name: str) -> pd.DataFrame:
    events = pd.read_csv(folder / name)
    return events.assign(at=pd.to_datetime(events["time:timestamp"], utc=True, format="ISO8601"))


def test_variants_of_running_example(shared_data: Path, reference: Path) -> None:
    expected = pd.read_csv(reference / "journey" / "expected_variants_running_example.csv")
    found = variants(log(shared_data, "running-example.csv"), **REAL)
    assert [" > ".join(path) for path in found["variant"]] == expected["variant"].tolist()
    assert found["cases"].tolist() == expected["cases"].tolist()


def test_durations_of_running_example(shared_data: Path, reference: Path) -> None:
    expected = pd.read_csv(reference / "journey" / "expected_log_stats_running_example.csv").iloc[0]
    seconds = durations(log(shared_data, "running-example.csv"), **REAL)["seconds"]
    assert seconds.median() == pytest.approx(expected["median_case_duration_s"])
    assert seconds.mean() == pytest.approx(expected["mean_case_duration_s"])
    assert seconds.quantile(0.9) == pytest.approx(expected["p90_case_duration_s"])


def test_variants_of_permits(shared_data: Path) -> None:
    found = variants(log(shared_data, "receipt.csv"), **REAL)
    assert (found["cases"].sum(), len(found)) == (1434, 116)
    assert (found["share"].cumsum() < 0.8).sum() + 1 == 6


def test_variants_of_permits_are_the_same_where_the_log_stays_in_duckdb(shared_data: Path) -> None:
    events = log(shared_data, "receipt.csv")
    table = ibis.duckdb.connect().create_table("log", events[[*REAL.values(), "org:group"]])
    expected = variants(events, **REAL, by="org:group")
    assert variants(table, **REAL).equals(variants(events, **REAL))
    assert variants(table, **REAL, by="org:group").equals(expected)


def events(paths: dict[str, str], site: str = "A") -> pd.DataFrame:
    rows = [(case, step, place, site) for case, path in paths.items() for place, step in enumerate(path)]
    return pd.DataFrame(rows, columns=["case", "activity", "at", "site"])


def test_consistency_all_alike_is_one_with_room_for_doubt() -> None:
    found = consistency(
        events(dict.fromkeys("uvwxy", "abc")), case="case", activity="activity", at="at", by="site"
    )
    assert found["index"][0] == 1
    assert found["lower"][0] < 0.7


def test_consistency_none_alike_is_zero() -> None:
    found = consistency(
        events({"u": "ab", "v": "ac", "w": "bc"}), case="case", activity="activity", at="at", by="site"
    )
    assert found["index"][0] == 0


def test_conformance_unfinished_case_conforms() -> None:
    found = conformance(events({"u": "ab"}), list("abc"), case="case", activity="activity", at="at")
    assert found["conforms"].tolist() == [True]


def test_conformance_names_skipped_repeated_and_late_steps() -> None:
    found = conformance(
        events({"u": "acc", "v": "bac"}), list("abc"), case="case", activity="activity", at="at"
    )
    assert found["missing"].tolist() == ["b", ""]
    assert found["repeated"].tolist() == [1, 0]
    assert found["out_of_order"].tolist() == [0, 1]
