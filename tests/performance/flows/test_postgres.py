"""The same counts from a log that stays in PostgreSQL."""

from __future__ import annotations

import datetime as dt

import ibis
import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from reviewkit.performance import contact_time, conversion, duration_counts, flow

EVENT = {"case": "c", "activity": "what", "at": "at"}
END = dt.date(2025, 12, 31)


def events() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    begins = pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 300 * 86400, 200), unit="s")
    ends = begins + pd.to_timedelta(rng.integers(0, 90 * 86400, 200), unit="s")
    first = pd.DataFrame({"c": range(200), "what": "in", "at": begins, "site": "N"})
    last = pd.DataFrame({"c": range(200), "what": np.where(np.arange(200) % 2, "out", "talk"), "at": ends})
    return pd.concat([first, last.assign(site="S")], ignore_index=True)


@pytest.fixture
def log(postgres: str) -> ibis.Table:
    engine = sa.create_engine(postgres)
    events().to_sql("journey", engine, index=False)
    contacts = pd.DataFrame(
        {"readiness": ["ready", "ready", "not_ready"], "handle_seconds": [60.0, 0.0, 90.0]}
    )
    contacts.to_sql("contacts", engine, index=False)
    engine.dispose()
    found = ibis.connect(postgres.replace("postgresql+psycopg", "postgres"))
    yield found
    found.disconnect()


def test_flow_stay_and_conversion_are_what_a_frame_gives(log: ibis.BaseBackend) -> None:
    table, known = log.table("journey"), {**EVENT, "as_of": END, "by": ["site"]}
    pd.testing.assert_frame_equal(
        flow(table, ["out"], **known), flow(events(), ["out"], **known), check_dtype=False
    )
    pd.testing.assert_frame_equal(
        duration_counts(table, ["out"], **known),
        duration_counts(events(), ["out"], **known),
        check_dtype=False,
    )
    known["follow_up"] = 60
    pd.testing.assert_frame_equal(
        conversion(table, ["out"], **known), conversion(events(), ["out"], **known), check_dtype=False
    )


def test_contact_time_is_summed_where_it_lies(log: ibis.BaseBackend) -> None:
    found = contact_time(log.table("contacts"))
    assert found[["contacts", "no_length"]].values.tolist() == [[1, 1], [1, 0]]
