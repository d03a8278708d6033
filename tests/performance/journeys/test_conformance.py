"""Conformance and similarity of paths, each path compared once."""

from __future__ import annotations

from pathlib import Path

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.performance import conformance

STEPS = list("abcde")
LOG = {"case": "case", "activity": "activity", "at": "at"}


def log(paths: dict[str, str]) -> pd.DataFrame:
    rows = [(case, step, place) for case, path in paths.items() for place, step in enumerate(path)]
    return pd.DataFrame(rows, columns=["case", "activity", "at"])


def plainly(path: str) -> tuple[str, int, int, int, str, bool]:
    known = [STEPS.index(name) for name in path if name in STEPS]
    first = list(dict.fromkeys(known))
    furthest = max(known, default=-1)
    missing = [STEPS[place] for place in range(furthest) if place not in first]
    late = sum(place < max(first[:position], default=-1) for position, place in enumerate(first))
    again = len(known) - len(first)
    conforms = bool(known) and not (missing or late or again)
    reached = STEPS[furthest] if furthest >= 0 else ""
    return "; ".join(missing), late, again, len(path) - len(known), reached, conforms


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdexy", min_size=1, max_size=9), min_size=1, max_size=8))
def test_any_path_is_judged_as_a_plain_reading_judges_it(paths: list[str]) -> None:
    cases = {f"{place:02d}": path for place, path in enumerate(paths)}
    found = conformance(log(cases), STEPS, **LOG)
    names = ["missing", "out_of_order", "repeated", "other", "reached", "conforms"]
    assert [tuple(row) for row in found[names].values.tolist()] == [plainly(path) for path in paths]
    known = found["similarity"].dropna()
    assert known.between(0, 1).all()
    assert (found["similarity"].eq(1) == found["conforms"]).all()


@pytest.mark.parametrize(
    ("path", "expected"),
    [("abcde", 1), ("ab", 1), ("ace", 0.6), ("abdce", 0.8), ("abbcde", 5 / 6), ("axbyc", 1), ("e", 0.2)],
    ids=["whole", "stopped early", "two skipped", "two swapped", "one again", "others", "the end alone"],
)
def test_similarity_counts_edits_over_the_longer(path: str, expected: float) -> None:
    assert conformance(log({"u": path}), STEPS, **LOG)["similarity"][0] == pytest.approx(expected)


def test_a_path_without_any_step_has_no_similarity() -> None:
    found = conformance(log({"u": "xy"}), STEPS, **LOG)
    assert found["similarity"].isna().all()
    assert found[["reached", "conforms"]].values.tolist() == [["", False]]


def test_a_table_is_judged_like_its_frame(shared_data: Path) -> None:
    events = pd.read_csv(shared_data / "receipt.csv")
    events = events.rename(columns={"case:concept:name": "case", "concept:name": "activity"})
    events["at"] = pd.to_datetime(events["time:timestamp"], utc=True, format="ISO8601")
    steps = [
        "Confirmation of receipt",
        "T02 Check confirmation of receipt",
        "T10 Determine necessity to stop indication",
    ]
    table = ibis.duckdb.connect().create_table("log", events[["case", "activity", "at"]])
    pd.testing.assert_frame_equal(
        conformance(table, steps, **LOG), conformance(events, steps, **LOG), check_dtype=False
    )
