"""No small group follows from the means that are shown together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.voices.partnering import exposed, heard_sides, over, showable

person = st.tuples(
    st.sampled_from(["front_line", "support", "management"]), st.sampled_from("abcd"), st.sampled_from("xyz")
)


def register(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["group", "department", "site"])


def test_a_remainder_of_one_is_found() -> None:
    people = register([("front_line", "a", "x")] * 9 + [("management", "a", "x")])
    sides = over(people, "group", ["front_line"])
    everyone = over(people, "department", ["a"])
    assert exposed(people, [*sides, *everyone]) == [
        ({"group": "management", "department": "a", "site": "x"},)
    ]


def test_a_group_that_takes_two_differences_is_found() -> None:
    people = register([("support", "a", "x")] * 8 + [("support", "b", "x")] * 2 + [("support", "b", "y")] * 7)
    published = [*over(people, "site", ["x"]), *over(people, "department", ["a"])]
    assert exposed(people, published) != []


@settings(max_examples=40, deadline=None)
@given(st.lists(person, min_size=5, max_size=40))
def test_what_is_showable_gives_no_small_group_away(rows: list[tuple[str, str, str]]) -> None:
    people = register(rows)
    sizes = people["group"].value_counts()
    people = people[people["group"].isin(sizes.index[sizes >= 5])].reset_index(drop=True)
    staff = people["group"].ne("management")
    sides = over(people, "group", people["group"].unique())
    departments = showable(people, "department", sides, among=staff)
    shown = [*sides, *over(people, "department", departments, staff)]
    sites = showable(people, "site", shown, among=staff)
    shown += over(people, "site", sites, staff)
    if not exposed(people, sides):
        assert exposed(people, shown) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(person, min_size=8, max_size=40), st.integers(0, 10_000))
def test_an_attacker_with_all_means_cannot_solve_for_a_small_group(
    rows: list[tuple[str, str, str]], seed: int
) -> None:
    """Two surveys that publish the same figures can differ in every small group's sum."""
    people = register(rows)
    staff = people["group"].ne("management")
    departments = showable(people, "department", among=staff)
    published = over(people, "department", departments, staff)
    if not published or exposed(people, published):
        return
    atoms = people.groupby(["group", "department", "site"], sort=False).ngroup().to_numpy()
    rows_of = np.array(
        [np.bincount(atoms[mask], minlength=atoms.max() + 1) > 0 for mask in published], dtype=float
    )
    free = np.eye(rows_of.shape[1]) - np.linalg.pinv(rows_of) @ rows_of
    # What moves freely moves the sum of each small atom.
    small = np.bincount(atoms) < 5
    assert all(np.abs(free[place]).max() > 1e-9 for place in np.flatnonzero(small))


def test_answers_of_a_small_side_enter_nothing() -> None:
    said = pd.DataFrame({"respondent_id": list("abcdefg"), "group": ["support"] * 5 + ["management"] * 2})
    assert set(heard_sides(said)["group"]) == {"support"}
