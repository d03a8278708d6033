"""Flow by month and unit, the caseload check, contact time by readiness."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pytest

from reviewkit.model import InputError
from reviewkit.performance import caseload_check, contact_time, duration_counts, flow

EVENT = {"case": "c", "activity": "what", "at": "at"}
END = dt.date(2025, 12, 31)


def steady(customers: int = 600, stay: float = 40.0, seed: int = 1) -> pd.DataFrame:
    """Customers who come at a steady rate for a year and stay an exponential time."""
    rng = np.random.default_rng(seed)
    begins = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.uniform(0, 365, customers), unit="D")
    ends = begins + pd.to_timedelta(rng.exponential(stay, customers), unit="D")
    first = pd.DataFrame({"c": range(customers), "what": "in", "at": begins})
    last = pd.DataFrame({"c": range(customers), "what": "out", "at": ends})
    whole = pd.concat([first, last]).assign(site=lambda rows: np.where(rows["c"] % 3, "N", "S"))
    return whole[whole["at"] < "2026-01-01"].assign(at=lambda rows: rows["at"].dt.floor("s"))


def by_hand(events: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    ended = (
        events[events["what"] == "out"].groupby("c")["at"].max().dt.to_period("M").value_counts().sort_index()
    )
    began = events.groupby("c")["at"].min().dt.to_period("M").value_counts().sort_index()
    return began, ended


def test_flow_counts_what_pandas_counts() -> None:
    found, (began, ended) = flow(steady(), ["in", "out"], **EVENT, as_of=END), by_hand(steady())
    assert found["on_flow"].tolist() == began.tolist()
    assert found["throughput"].tolist() == ended.tolist()


def test_units_add_up_to_the_whole() -> None:
    parts = flow(steady(), ["in", "out"], **EVENT, as_of=END, by=["site"]).groupby("period")
    whole = flow(steady(), ["in", "out"], **EVENT, as_of=END).set_index("period")
    for name in ("on_flow", "off_flow", "throughput", "caseload"):
        assert parts[name].sum().tolist() == whole[name].tolist()


def test_a_table_in_a_database_flows_like_a_frame_in_any_order() -> None:
    table = ibis.duckdb.connect().create_table("journey", steady().sample(frac=1, random_state=3))
    found = flow(table, ["in", "out"], **EVENT, as_of=END, by=["site"])
    pd.testing.assert_frame_equal(found, flow(steady(), ["in", "out"], **EVENT, as_of=END, by=["site"]))


def test_times_with_a_zone_are_read_in_utc() -> None:
    zoned = steady().assign(at=steady()["at"].dt.tz_localize("UTC"))
    assert flow(zoned, ["in", "out"], **EVENT, as_of=END)["on_flow"].sum() == 600


def test_flow_names_a_missing_column() -> None:
    with pytest.raises(InputError, match="nowhere"):
        flow(steady(), ["in"], case="nowhere", activity="what", at="at")


def test_littles_law_holds_where_customers_come_steadily() -> None:
    counts = duration_counts(steady(), ["out"], **EVENT, as_of=END)
    found = caseload_check(flow(steady(), ["in", "out"], **EVENT, as_of=END), counts)
    assert found is not None
    assert found["agrees"]


def test_littles_law_tells_where_last_events_are_missing() -> None:
    events = steady()
    lost = events[(events["what"] == "in") | (events["c"] % 2 == 0)]
    lost = pd.concat([lost, lost[lost["c"] % 2 == 1].assign(what="x", at=pd.Timestamp("2025-12-30"))])
    counts = duration_counts(events, ["out"], **EVENT, as_of=END)
    found = caseload_check(flow(lost, ["in", "out"], **EVENT, as_of=END), counts)
    assert found is not None
    assert not found["agrees"]


def test_flow_of_real_permits_reaches_every_case(shared_data: Path) -> None:
    events = pd.read_csv(shared_data / "receipt.csv")
    events["at"] = pd.to_datetime(events["time:timestamp"], utc=True, format="ISO8601")
    found = flow(events, (), case="case:concept:name", activity="concept:name", at="at")
    left_over = events.groupby("case:concept:name")["at"].min() >= found["period"].max().tz_localize(
        "UTC"
    ) + pd.offsets.MonthBegin(1)
    assert found["on_flow"].sum() == 1434 - left_over.sum()


def contacts(seconds: list[float], ready: list[str], contract: str = "a") -> pd.DataFrame:
    return pd.DataFrame({"handle_seconds": seconds, "readiness": ready, "contract": contract})


def test_contact_time_leaves_out_and_counts_contacts_of_no_length() -> None:
    table = ibis.memtable(contacts([60.0, 120.0, 0.0, 90.0], ["ready"] * 3 + ["not_ready"]))
    found = contact_time(table).set_index("readiness")
    assert found.loc["ready", ["contacts", "minutes", "no_length"]].tolist() == [2, 1.5, 1]
    assert found.loc["not_ready", "share"] == pytest.approx(90 / 270)


def test_contact_time_interval_is_that_of_a_mean() -> None:
    seconds = np.random.default_rng(2).lognormal(5, 0.5, 400)
    found = contact_time(ibis.memtable(contacts(seconds.tolist(), ["ready"] * 400))).iloc[0]
    half = 1.959964 * seconds.std(ddof=1) / 20 / 60
    assert found["lower"] == pytest.approx(seconds.mean() / 60 - half)
    assert found["upper"] == pytest.approx(seconds.mean() / 60 + half)


def test_contact_time_shares_add_up_within_each_contract() -> None:
    both = pd.concat([contacts([60.0, 30.0], ["ready", "not_ready"]), contacts([10.0], ["ready"], "b")])
    found = contact_time(ibis.memtable(both), by=["contract"])
    assert found.groupby("contract")["share"].sum().tolist() == pytest.approx([1.0, 1.0])
