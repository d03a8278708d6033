"""The audit finds what follows from published counts, as trying every possibility does."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.disclosure import Tables, audit, protected
from reviewkit.disclosure.audit import feasible


def grid(counts: list[list[int]], hidden: set[tuple[int, int]]) -> Tables:
    """A two-way table with all its margins shown."""
    known = Tables()
    rows, columns = len(counts), len(counts[0])
    for r, c in product(range(rows), range(columns)):
        known.know((f"{r}", f"{c}"), *((0, 99) if (r, c) in hidden else (counts[r][c],) * 2))
    for r in range(rows):
        known.know(("row", f"{r}"), *(sum(counts[r]),) * 2)
        known.sums.append((tuple((f"{r}", f"{c}") for c in range(columns)), ("row", f"{r}")))
    for c in range(columns):
        known.know(("column", f"{c}"), *(sum(row[c] for row in counts),) * 2)
        known.sums.append((tuple((f"{r}", f"{c}") for r in range(rows)), ("column", f"{c}")))
    return known


def test_audit_finds_a_cell_that_subtraction_gives_away() -> None:
    found = audit([grid([[3, 9], [9, 9]], {(0, 0)}).published()])
    assert [one.cell for one in found] == [("0", "0")] and found[0].lowest == found[0].highest == 3


def test_audit_passes_four_hidden_cells_in_a_square() -> None:
    assert audit([grid([[3, 9], [9, 9]], set(product(range(2), range(2)))).published()]) == []


def test_audit_finds_what_neither_of_two_tables_tells_alone() -> None:
    one, other = Tables(), Tables()
    one.add({("site", "a"): None, ("site", "b"): None}, total=("all",), shown=10)
    other.add({("site", "b"): 8, ("role", "x"): 9}, total=("rest",))
    assert audit([one.published()]) == [] == audit([other.published()])
    assert [found.cell for found in audit([one.published(), other.published()])] == [("site", "a")]


def test_audit_refuses_what_contradicts_itself() -> None:
    wrong = Tables()
    wrong.add({("a",): 3, ("b",): 4}, total=("t",), shown=9)
    wrong.know(("c",), 0, 5)
    with pytest.raises(ValueError, match="contradicts"):
        feasible(wrong.published(), [("c",)])


@settings(max_examples=15)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=2), st.data())
def test_feasible_interval_is_what_trying_every_table_gives(
    counts: list[list[int]], data: st.DataObject
) -> None:
    places = list(product(range(2), range(3)))
    hidden = data.draw(st.sets(st.sampled_from(places), min_size=1, max_size=4))
    known = grid(counts, hidden).published()
    order = sorted(hidden)
    fits = []
    for values in product(range(9), repeat=len(order)):
        tried = [row[:] for row in counts]
        for (r, c), value in zip(order, values, strict=True):
            tried[r][c] = value
        rows, columns = [sum(row) for row in tried], [sum(row[c] for row in tried) for c in range(3)]
        if rows == [sum(row) for row in counts] and columns == [
            sum(row[c] for row in counts) for c in range(3)
        ]:
            fits.append(values)
    for place, (cell, lowest, highest) in enumerate(feasible(known, [(f"{r}", f"{c}") for r, c in order])):
        assert (lowest, highest) == (min(v[place] for v in fits), max(v[place] for v in fits)), cell


@settings(max_examples=20)
@given(
    st.lists(st.integers(1, 30), min_size=2, max_size=5), st.lists(st.integers(1, 30), min_size=2, max_size=5)
)
def test_protected_tables_of_the_same_people_give_nothing_small_away(
    one: list[int], other: list[int]
) -> None:
    other = [*other, max(sum(one) - sum(other), 0)]
    one = [*one, max(sum(other) - sum(one), 0)]
    frames = [
        ("a", pd.DataFrame({"g": range(len(one)), "n": one})),
        ("b", pd.DataFrame({"g": range(len(other)), "n": other})),
    ]
    gone = protected(frames, "n", "g")
    known, truth = Tables(), {}
    for (name, frame), hide in zip(frames, gone, strict=True):
        assert hide[frame["n"].lt(5)].all()
        cells = {
            (name, str(g)): None if h else float(n)
            for g, n, h in zip(frame["g"], frame["n"], hide, strict=True)
        }
        truth |= {(name, str(g)): float(n) for g, n in zip(frame["g"], frame["n"], strict=True)}
        known.add(cells, total=("all",))
    everything_gone = any(hide.all() for hide in gone)
    assert everything_gone or audit([known.published()], hidden=truth) == []
