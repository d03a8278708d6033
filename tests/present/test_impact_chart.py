"""The chart of impact and effort names every recommendation where it stands."""

from __future__ import annotations

import re

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.present.charts import impact_effort

STEP = st.integers(1, 5)


def drawn(rows: list[tuple[int, int]]) -> str:
    frame = pd.DataFrame(
        [{"title": f"Mend thing{n} now", "impact": a, "effort": b} for n, (a, b) in enumerate(rows)]
    )
    frame = frame.assign(first=[n == 0 for n in range(len(rows))], stop=False)
    return impact_effort(frame, title="T", key="k").html()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(STEP, STEP), min_size=1, max_size=16))
def test_impact_effort_labels_every_point_directly(rows: list[tuple[int, int]]) -> None:
    picture = re.search(r"<svg.*?</svg>", drawn(rows), re.DOTALL)
    assert picture is not None
    assert all(f"thing{n}" in picture.group() for n in range(len(rows)))


def test_impact_effort_draws_only_the_steps_that_occur() -> None:
    picture = re.findall(r">([1-5])</text>", drawn([(4, 1), (4, 2)]))
    assert sorted(picture) == ["1", "2", "4"]


def test_impact_effort_says_what_the_shapes_mean() -> None:
    assert "comes first" in drawn([(4, 1)]) and "can follow" not in drawn([(4, 1)])
