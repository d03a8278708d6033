"""The order of remarks: what teaches most first, every department in its turn, nothing lost."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.widgets.queue import Queue, useful_order

row = st.tuples(
    st.sampled_from(["IT", "Sales", "customers"]),
    st.sampled_from(["training", "systems", "morale"]),
    st.floats(0, 1),
    st.sampled_from(["slow", "too slow", "!!!", "", "مرحبا"]),
)
tables = st.lists(row, min_size=1, max_size=40)


def frames(rows: list[tuple[str, str, float, str]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"R{number}" for number in range(len(rows))]
    remarks = pd.DataFrame({"remark_id": ids, "stratum": [r[0] for r in rows], "text": [r[3] for r in rows]})
    return remarks, pd.DataFrame({"theme": [r[1] for r in rows], "confidence": [r[2] for r in rows]})


@given(tables)
def test_every_remark_comes_once(rows: list[tuple[str, str, float, str]]) -> None:
    queue = Queue(useful_order(*frames(rows)))
    seen = []
    while name := queue.next():
        seen.append(name)
        queue.mark(name)
    assert sorted(seen) == sorted(f"R{number}" for number in range(len(rows)))


@given(tables)
def test_no_stratum_falls_behind_by_more_than_one_remark(rows: list[tuple[str, str, float, str]]) -> None:
    queue = Queue(useful_order(*frames(rows)))
    while name := queue.next():
        mine = queue.stratum[name]
        shares = {s: (done / total, 1 / total) for s, (done, total) in queue.progress().items()}
        assert shares[mine][0] <= min(share for share, _ in shares.values()) + 1e-9
        queue.mark(name)


def test_least_sure_first_themes_in_turn_and_repeats_last() -> None:
    rows = [
        ("IT", "training", 0.9, "a"),
        ("IT", "training", 0.2, "b"),
        ("IT", "systems", 0.6, "c"),
        ("IT", "systems", 0.1, "A"),
        ("IT", "morale", 0.0, "..."),
    ]
    assert useful_order(*frames(rows))["IT"] == ["R1", "R2", "R0", "R4", "R3"]


def test_a_mark_taken_back_lets_the_remark_wait_again() -> None:
    queue = Queue({"IT": ["a", "b"]}, done=["a", "unknown"])
    queue.mark("a", done=False)
    assert queue.next() == "a" and queue.progress() == {"IT": (0, 2)}
