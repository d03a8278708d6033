"""The blind sample: who is drawn, and how many."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.model import InputError
from reviewkit.voices.agreement import blind_sample, size_for_width

STRATA = st.lists(
    st.tuples(st.sampled_from(["morale", "culture", ""]), st.sampled_from("AB")), min_size=1, max_size=40
)


def remarks(strata: list[tuple[str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(strata, columns=["theme", "department"])
    return frame.assign(remark_id=[f"r{place}" for place in range(len(frame))])


@settings(max_examples=60, deadline=None)
@given(STRATA, st.integers(min_value=1, max_value=50))
def test_sample_has_its_size_and_somebody_from_every_stratum(
    strata: list[tuple[str, str]], size: int
) -> None:
    said = remarks(strata)
    drawn = blind_sample(said, size)
    assert len(drawn) == drawn["remark_id"].nunique() == min(size, len(said))
    groups = said.groupby(["theme", "department"]).size()
    if size >= len(groups):
        assert drawn["stratum"].nunique() == len(groups)


def test_sample_is_drawn_again_alike_whatever_the_order_of_rows() -> None:
    said = remarks([("morale", "A"), ("culture", "B")] * 20)
    again = blind_sample(said.iloc[::-1], 10)
    assert blind_sample(said, 10).equals(again)
    assert not blind_sample(said, 10, seed=1)["remark_id"].equals(again["remark_id"])


def test_sample_says_where_a_stratum_is_not_known() -> None:
    assert blind_sample(remarks([("", "A")]), 1)["stratum"].tolist() == ["not known, A"]


@pytest.mark.parametrize(
    "call",
    [
        lambda: blind_sample(remarks([("a", "A")]), 0),
        lambda: size_for_width(0),
        lambda: size_for_width(0.3, kappa=1.2),
    ],
)
def test_sizes_that_make_no_sense_are_refused(call: object) -> None:
    with pytest.raises(InputError):
        call()  # type: ignore[operator]
