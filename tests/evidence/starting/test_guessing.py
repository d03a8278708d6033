"""How many columns of messy exports are guessed right, and that nothing wrong is called sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.evidence.starting.fitting import ours
from reviewkit.evidence.starting.grids import read_grids
from reviewkit.evidence.starting.matching import Guess, guess
from reviewkit.evidence.starting.names import content, name_score, words
from reviewkit.evidence.starting.sniff import heading_row
from reviewkit.model import LEVELS, TABLES

from .exports import Export
from .fresh import FRESH
from .kept_back import KEPT_BACK
from .published import PUBLISHED
from .tuned import TUNED
from .unseen import UNSEEN

EVERY = (*TUNED, *KEPT_BACK, *FRESH, *PUBLISHED, *UNSEEN)


def guessed(export: Export, folder: Path) -> Guess:
    """The guess about an export, which is the last sheet of its file."""
    found = guess(read_grids(export.write(folder))[-1])
    assert found is not None
    return found


@pytest.fixture(scope="module")
def guesses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Guess]:
    folder = tmp_path_factory.mktemp("exports")
    return {export.file: guessed(export, folder) for export in EVERY}


def right(export: Export, found: Guess) -> int:
    """How many of an export's columns are guessed right."""
    if found.table.name != export.table:
        return 0
    return sum(export.columns.get(match.column.name) == match.theirs for match in found.matches)


@pytest.mark.parametrize(
    ("exports", "share"), [(TUNED, 1.0), (KEPT_BACK, 1.0), (FRESH, 0.95), (PUBLISHED, 1.0), (UNSEEN, 0.9)]
)
def test_the_share_of_columns_guessed_right(
    exports: tuple[Export, ...], share: float, guesses: dict[str, Guess]
) -> None:
    found = sum(right(export, guesses[export.file]) for export in exports)
    assert found >= share * sum(len(export.columns) for export in exports)


def test_every_export_is_taken_for_the_table_it_is(guesses: dict[str, Guess]) -> None:
    assert {export.file: guesses[export.file].table.name for export in EVERY} == {
        export.file: export.table for export in EVERY
    }


def test_nothing_wrong_is_called_sure(guesses: dict[str, Guess]) -> None:
    wrong = [
        (export.file, match.column.name, match.theirs)
        for export in EVERY
        for match in guesses[export.file].matches
        if match.sureness == "sure" and export.columns.get(match.column.name) != match.theirs
    ]
    assert wrong == []


def test_most_of_what_is_right_is_called_sure(guesses: dict[str, Guess]) -> None:
    matches = [match for export in EVERY for match in guesses[export.file].matches]
    assert sum(match.sureness == "sure" for match in matches) > 0.6 * len(matches)


def test_heading_encoding_and_rows_that_sum_up_are_found(guesses: dict[str, Guess]) -> None:
    for export in EVERY:
        grid = guesses[export.file].grid
        assert (grid.header, grid.closing) == (len(export.above) + 1, len(export.below)), export.file
        if grid.dialect:
            assert (grid.dialect.separator, grid.dialect.decimal) == (export.separator, export.decimal)


def test_forms_of_dates_and_units_are_found(guesses: dict[str, Guess]) -> None:
    for export in EVERY:
        found = guesses[export.file]
        for match in found.matches:
            dated = found.grid.profiles[match.theirs].dated
            if match.column.name in export.units:
                assert match.fit.unit == export.units[match.column.name]
            if export.dates and match.column.name == "at" and dated:
                assert dated.forms[0] == export.dates, export.file


@pytest.mark.parametrize(
    "sample", ["contact_centre", "employment_services", "emergency_care", "patient_voice"]
)
def test_our_own_tables_are_recognised(sample: str, root: Path) -> None:
    for path in sorted((root / "data/sample" / sample).glob("*.csv")):
        found = guess(read_grids(path)[0])
        assert found is not None, path
        assert found.table.name == path.stem
        assert [match.theirs for match in found.matches] == [match.column.name for match in found.matches]


def grid_of(text: str, folder: Path, name: str = "export.csv") -> Guess | None:
    (folder / name).write_text(text, encoding="utf-8")
    return guess(read_grids(folder / name)[0])


def test_a_column_for_each_measure_is_asked_about(tmp_path: Path) -> None:
    rows = "".join(
        f"2025-{month:02d}-01,R0A,{month * 900},{month * 70},{month * 11}\n" for month in range(1, 10)
    )
    found = grid_of(f"period,org_code,attendances,breaches,admissions\n{rows}", tmp_path)
    assert found is not None
    assert (found.table.name, found.missing) == ("kpis", ("measure",))
    assert "'attendances', 'breaches', 'admissions'" in found.doubts["measure"]


def test_dates_that_could_be_either_are_a_question_and_not_sure(tmp_path: Path) -> None:
    rows = "".join(f"C{n},0{n}/0{n + 1}/2025 09:00,Leeds,Y\n" for n in range(1, 8))
    found = grid_of(f"Call ID,Start Time,Site,FCR\n{rows}", tmp_path)
    assert found is not None
    at = next(match for match in found.matches if match.column.name == "at")
    assert at.sureness == "please check"
    assert "comes first?" in at.fit.question


def test_one_column_with_a_late_day_settles_the_others(tmp_path: Path) -> None:
    rows = "".join(f"C{n},0{n}/0{n + 1}/2025 09:00,{n + 12}/0{n}/2025 10:00,Leeds\n" for n in range(1, 8))
    found = grid_of(f"Call ID,Start Time,End Time,Site\n{rows}", tmp_path)
    assert found is not None
    at = next(match for match in found.matches if match.column.name == "at")
    assert at.sureness == "sure"


def test_times_with_a_zone_and_durations_by_the_clock_are_asked_about(tmp_path: Path) -> None:
    rows = "".join(f"C{n},2025-03-{n + 10}T09:00:00+01:00,0:0{n}:12,Leeds\n" for n in range(1, 8))
    found = grid_of(f"Call ID,Start Time,Handle Time,Site\n{rows}", tmp_path)
    assert found is not None
    at = next(match for match in found.matches if match.column.name == "at")
    assert "zone" in at.fit.question
    assert "hours:minutes:seconds" in found.doubts["handle_seconds"]


def test_names_of_people_are_not_shown_in_a_question(tmp_path: Path) -> None:
    rows = "".join(f"L{n},Sandra Quill,results,{n}\n" for n in range(1, 8))
    found = grid_of(f"Leader ID,Successor,Measured on,Years to retirement\n{rows}", tmp_path)
    assert found is not None
    assert found.table.name == "leaders"
    said = " ".join([*found.doubts.values(), *(match.fit.question for match in found.matches)])
    assert "what are 1 of its 1 different values?" in said
    assert "Quill" not in said


def test_shopping_is_like_none_of_the_tables(tmp_path: Path) -> None:
    assert grid_of("fruit,colour\napple,red\npear,green\n", tmp_path) is None


def test_values_are_mapped_only_where_one_of_ours_is_meant() -> None:
    assert [ours(value, LEVELS) for value in ("Team leader", "Front line", "Grade 7", "")] == [
        "team_lead", "front_line", "", "",
    ]  # fmt: skip
    assert [ours(value, ("true", "false")) for value in ("Oui", "Lost", "not met", "maybe")] == [
        "true", "false", "false", "",
    ]  # fmt: skip


def test_contact_and_contract_are_different_words() -> None:
    assert name_score("Contract", "contacts", "channel") < 0.5


def test_a_date_in_the_first_row_is_no_heading() -> None:
    assert heading_row([["2025-01-01", "x"], ["day", "site"], ["2025-01-02", "y"]]) == 2


def test_every_synonym_names_a_column_of_ours() -> None:
    data = content("synonyms")
    columns = {name: {column.name for column in table.columns} for name, table in TABLES.items()}
    for table, known in data["tables"].items():
        assert set(known) <= columns[table], table
    every = set().union(*columns.values())
    assert set(data["shared"]) <= every
    assert {name.split(".")[-1] for name in data["not"]} <= every
    assert set(data["files"]) <= set(TABLES)


def test_no_synonym_names_two_columns_of_one_table() -> None:
    data = content("synonyms")
    for table, known in data["tables"].items():
        seen: dict[tuple[str, ...], str] = {}
        for column, names in known.items():
            for name in names:
                other = seen.setdefault(words(str(name).removeprefix("~")), column)
                assert other == column, (table, name, other, column)


@pytest.mark.parametrize("cell", ["{n}5 s", "about {n} min", "{n}5"])
def test_a_heading_that_means_one_column_is_offered_to_no_other(cell: str, tmp_path: Path) -> None:
    rows = "".join(f"C{n},2025-03-{n + 10} 09:00,Leeds,{cell.format(n=n)}\n" for n in range(1, 9))
    found = grid_of(f"Call ID,Start Time,Site,AHT (s)\n{rows}", tmp_path)
    assert found is not None
    taken = {match.theirs: match.column.name for match in found.matches}
    assert taken.get("AHT (s)", "handle_seconds") == "handle_seconds"
    if " " in cell:
        assert "'AHT (s)' has the name, but not all of it is numbers" in found.doubts["handle_seconds"]
