"""Real cases of a service desk: most people handle few of them, and the mix of cases moves figures."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.performance import adjust, rank_words, shrink


@pytest.fixture(scope="module")
def cells(shared_data: Path) -> pd.DataFrame:
    """Cases by the person who took them first: kept in one team, or handed on."""
    events = pd.read_csv(shared_data / "bpic2013_incidents.csv", dtype=str)
    cases = events.groupby("case:concept:name", sort=False).agg(
        person=("org:resource", "first"), teams=("org:group", "nunique"), impact=("impact", "first"),
        line=("organization involved", "first"))  # fmt: skip
    cases["kept"] = (cases["teams"] <= 1).astype(int)
    return cases.groupby(["person", "impact", "line"], as_index=False).agg(
        n=("kept", "size"), kept=("kept", "sum")
    )


def test_every_case_is_compared_or_counted_as_not(cells: pd.DataFrame) -> None:
    found = adjust(cells, unit="person", successes="kept", trials="n", mix=["impact"], within="line")
    assert (found["n"] + found["uncompared"]).sum() == cells["n"].sum() == 7554
    assert found["uncompared"].sum() > 0  # lines with one person alone
    assert found.loc[found["n"] > 0, "adjusted"].between(0, 1).all()


def test_people_with_few_cases_are_drawn_in_and_their_ranks_are_not_known(cells: pd.DataFrame) -> None:
    people = cells.groupby("person", as_index=False)[["n", "kept"]].sum()
    found = shrink(people, successes="kept", trials="n")
    once = found[found["n"] == 1]
    assert len(once) > 100
    assert once["rate"].isin([0.0, 1.0]).all() and once["shrunk"].between(0.1, 0.95).all()
    width = (found["rank_upper"] - found["rank_lower"]) / len(found)
    assert width[found["n"] == 1].median() > 0.5 > width[found["n"] > 100].median()
    assert "nobody's rank" in rank_words(found[found["n"] < 5], "people")
