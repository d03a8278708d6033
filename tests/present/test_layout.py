"""Words find places where none covers another."""

from __future__ import annotations

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.present.layout import apart, covered, freest, lanes

PLACES = st.lists(st.floats(-50, 250), max_size=8)


@given(PLACES)
def test_labels_stay_apart_within_bounds_and_in_order(wanted: list[float]) -> None:
    found = apart(wanted, 12, 0, 200)
    assert all(-1e-6 <= place <= 200 + 1e-6 for place in found)
    ordered = sorted(found)
    assert all(after - before >= 12 - 1e-6 for before, after in pairwise(ordered))
    pairs = [(a, b) for a in range(len(wanted)) for b in range(len(wanted)) if wanted[a] < wanted[b]]
    assert all(found[a] <= found[b] + 1e-6 for a, b in pairs)


@given(st.lists(st.floats(12, 40), max_size=8))
def test_labels_that_are_apart_stay_where_they_are(gaps: list[float]) -> None:
    wanted = list(accumulate(gaps))
    assert apart(wanted, 12, 0, 400) == wanted


def test_labels_share_what_room_there_is() -> None:
    assert apart([5.0] * 5, 12, 0, 20) == [0, 5, 10, 15, 20]


@given(st.lists(st.floats(0, 400), max_size=12))
def test_marks_of_one_lane_stay_clear_of_one_another(places: list[float]) -> None:
    ordered = sorted(places)
    taken = list(zip(ordered, lanes(ordered, 12), strict=True))
    for n, (place, lane) in enumerate(taken):
        assert all(lane != other or place - before >= 12 for before, other in taken[:n])


def test_a_label_goes_where_least_stands_and_never_out_of_the_drawing() -> None:
    within = (0.0, 0.0, 10.0, 10.0)
    boxes = [(0.0, 0.0, 4.0, 2.0), (8.0, 0.0, 12.0, 2.0), (0.0, 6.0, 4.0, 8.0)]
    assert freest(boxes, [(1.0, 1.0, 3.0, 2.0)], within) == boxes[2]
    assert covered(boxes[0], boxes[1]) == 0
