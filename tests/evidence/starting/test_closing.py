"""Rows at the end that are no data, and those that only look like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.evidence.starting import start
from reviewkit.evidence.starting.closing import closing
from reviewkit.evidence.starting.telling import told

DATA = [
    ("Leeds", "10", "2.5", "a"),
    ("Hull", "20", "3.5", "b"),
    ("York", "10", "4", "c"),
    ("Ely", "20", "2", "d"),
]


@pytest.mark.parametrize(
    ("last", "count", "sure"),
    [
        (("Total care", "40", "2.0", "d"), 0, True),
        (("Average Street", "40", "2.0", "d"), 0, True),
        (("Total", "60", "12", ""), 1, True),
        (("Grand Total:", "60", "12", ""), 1, True),
        (("Average", "15", "3", ""), 1, True),
        (("Total", "61", "13", ""), 1, False),
        (("Total North", "60", "12.0", ""), 1, False),
        (("All of them", "60", "12", ""), 1, False),
        (("Ripon", "60", "11", "d"), 0, True),
        (("Prepared by the performance office", "", "", ""), 1, True),
        (("Total calls", "60", "", ""), 1, True),
    ],
)
def test_a_last_row_is_a_total_by_its_word_its_numbers_or_its_gaps(
    last: tuple[str, ...], count: int, sure: bool
) -> None:
    found = closing([*DATA, last])
    assert (len(found.rows), found.sure) == (count, sure)


def test_decimal_commas_are_added_up_too() -> None:
    rows = [("Köln", "1,5", "2"), ("Jülich", "2,5", "4"), ("Bonn", "2,0", "1"), ("Ulm", "1,0", "3")]
    assert len(closing([*rows, ("Gesamt", "7,0", "10")], ",").rows) == 1


def test_a_site_as_large_as_the_two_before_it_is_data() -> None:
    assert closing([("Leeds", "1", "2"), ("Hull", "2", "3"), ("York", "3", "5")]).rows == ()


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(1, 99)), min_size=2, max_size=9))
def test_a_row_of_sums_is_passed_over_and_the_data_above_it_never(numbers: list[tuple[int, int]]) -> None:
    rows = [(f"Site {at}", str(one), str(two)) for at, (one, two) in enumerate(numbers)]
    total = ("Total", *(str(sum(column)) for column in zip(*numbers, strict=True)))
    found = closing([*rows, total])
    assert found.rows[-1] == total
    assert found.sure or len(found.rows) > 1


def begun(folder: Path, name: str, text: str) -> tuple[str, str]:
    """What a start says of a file, and the params file it writes."""
    (folder / name).write_text(text, encoding="utf-8")
    found = start("acme", [folder / name], folder=folder)
    return "\n".join(told(found)), found.params.read_text(encoding="utf-8")


TARGETS = "measure,target\nwaiting,4\nqueue,5\n"


def test_rows_passed_over_are_shown_in_the_summary_and_in_the_params_file(tmp_path: Path) -> None:
    said, params = begun(tmp_path, "targets.csv", f"{TARGETS}Total,8\n")
    assert "1 row at the end passed over: 'Total'; please check" in said
    assert "footer: 1 # 1 row at the end passed over: 'Total'; please check" in params


def test_a_total_beyond_doubt_asks_nothing(tmp_path: Path) -> None:
    said, _ = begun(tmp_path, "targets.csv", f"{TARGETS}Total,9\n")
    assert "1 row at the end passed over: 'Total'\n" in said


def test_a_site_called_total_care_stays(tmp_path: Path) -> None:
    calls = "".join(f"C{n},2025-03-{n:02d} 09:00,Leeds,30{n}\n" for n in range(1, 9))
    said, params = begun(
        tmp_path, "calls.csv", f"Ref,Call Start,Site,AHT\n{calls}Total care,2025-03-09 09:00,Leeds,310\n"
    )
    assert "9 rows" in said
    assert "footer" not in params


def test_the_last_row_of_a_table_about_people_is_not_shown(tmp_path: Path) -> None:
    rows = "".join(f"P{n},Operations,front_line,North,Adviser\n" for n in range(1, 5))
    heading = "stakeholder_id,department,level,site,role\n"
    said, params = begun(tmp_path, "stakeholders.csv", f"{heading}{rows}Listed by Sandra Quill,,,,\n")
    assert "1 row at the end passed over\n" in said
    assert "Quill" not in said + params
