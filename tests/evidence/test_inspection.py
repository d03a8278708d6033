"""An inspection tells everything at once, where it is, and nothing personal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from reviewkit.cli.check import check
from reviewkit.evidence.inspection import inspect
from reviewkit.model import TABLES, read_engagement

APP = typer.Typer(pretty_exceptions_enable=False)
APP.command()(check)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(APP, [str(word) for word in words])


def spoil(tiny: Path, name: str, text: str) -> None:
    (tiny.parent / "data" / name).write_text(text, encoding="utf-8")


def test_all_faults_of_all_files_are_told_at_once(tiny: Path) -> None:
    spoil(tiny, "targets.csv", "measure,valid_from,target\ncsat,soon,high\ncsat,later,4\n")
    spoil(tiny, "kpis.csv", "period,measure,denominator\n2025-01-01,csat,-1\n")
    places = [(Path(str(f.file)).name, f.row, f.column) for f in inspect(read_engagement(tiny), tiny).faults]
    expected = {
        ("targets.csv", 2, "valid_from"),
        ("targets.csv", 3, "valid_from"),
        ("targets.csv", 2, "target"),
    }
    assert set(places) == expected | {("kpis.csv", 2, "denominator")}
    assert places[0][2] == "valid_from"  # the most frequent first


def test_one_file_that_cannot_be_read_does_not_hide_others(tiny: Path) -> None:
    (tiny.parent / "data/targets.csv").unlink()
    spoil(tiny, "kpis.csv", "period,measure\nsoon,csat\n")
    faults = inspect(read_engagement(tiny), tiny).faults
    assert [Path(str(fault.file)).name for fault in faults] == ["targets.csv", "kpis.csv"]


def test_table_holds_faults_and_warnings(tiny: Path) -> None:
    spoil(tiny, "targets.csv", "measure,valid_from,target\ncsat,soon,4\n")
    table = inspect(read_engagement(tiny), tiny).table()
    assert list(table) == ["kind", "file", "row", "column", "problem", "next_step"]
    assert table.loc[0, ["kind", "row", "column"]].tolist() == ["error", 2, "valid_from"]


def test_warning_names_the_row_of_the_file(tiny: Path) -> None:
    text = (tiny.parent / "data/kpis.csv").read_text()
    spoil(tiny, "kpis.csv", text.replace("2025-06-01", "2026-06-01"))
    warnings = inspect(read_engagement(tiny), tiny).warnings
    future = next(warning for warning in warnings if warning.rule == "future")
    assert future.sheet_row == 7 and text.splitlines()[6].startswith("2025-06-01")


def test_blank_rows_are_counted_as_a_spreadsheet_does(tiny: Path) -> None:
    text = (tiny.parent / "data/kpis.csv").read_text()
    spoil(tiny, "kpis.csv", text.replace("2025-03", "\n,,,\n2025-03").replace("2025-06-01", "2026-06-01"))
    warnings = inspect(read_engagement(tiny), tiny).warnings
    assert [warning.sheet_row for warning in warnings if warning.rule == "future"] == [9]


def test_sheet_is_named_with_its_file(tiny: Path) -> None:
    rows = {"period": ["2025-01-01", "soon"], "measure": ["csat", "csat"]}
    pd.DataFrame(rows).to_excel(tiny.parent / "data/kpis.xlsx", sheet_name="May", index=False)
    tiny.write_text(tiny.read_text().replace("{file: kpis.csv}", "{file: kpis.xlsx, sheet: May}"))
    (fault,) = inspect(read_engagement(tiny), tiny).faults
    assert "kpis.xlsx, sheet May, row 3, column period: 'soon'" in str(fault)


def test_dates_written_otherwise_come_with_what_to_write(tiny: Path) -> None:
    spoil(tiny, "targets.csv", "measure,valid_from,target\ncsat,31/01/2025,4\ncsat,01/02/2025,4\n")
    fixes = {fault.fix for fault in inspect(read_engagement(tiny), tiny).faults}
    assert fixes == {"Write 'dates: %d/%m/%Y' under this source in the params file."}
    tiny.write_text(
        tiny.read_text().replace("targets: targets.csv", "targets: {file: targets.csv, dates: '%d/%m/%Y'}")
    )
    assert inspect(read_engagement(tiny), tiny).faults == []


def test_twenty_of_a_kind_are_shown_and_the_rest_counted(tiny: Path) -> None:
    rows = "".join(f"m{n},soon,4\n" for n in range(332))
    spoil(tiny, "targets.csv", f"measure,valid_from,target\n{rows}")
    lines = run(tiny).output.splitlines()
    assert sum("is not a date" in line for line in lines) == 20
    assert sum("and 312 more like these in column valid_from" in line for line in lines) == 1
    assert sum("is not a date" in line for line in run(tiny, "--all").output.splitlines()) == 332


def test_exit_status_says_how_it_went(tiny: Path) -> None:
    assert run(tiny).exit_code == 0 and run(tiny, "--strict").exit_code == 0
    shutil.copy(tiny.parent / "data/kpis.csv", tiny.parent / "data/more.csv")
    assert run(tiny).exit_code == 0 and run(tiny, "--strict").exit_code == 1
    spoil(tiny, "targets.csv", "")
    assert run(tiny).exit_code == 2


def test_json_is_for_programs(tiny: Path) -> None:
    spoil(tiny, "targets.csv", "measure,valid_from,target\ncsat,soon,4\n")
    (found,) = json.loads(run(tiny, "--json").output)
    assert found["rows"] == {"targets": 1, "kpis": 6}
    (fault,) = found["faults"]
    assert (
        fault["row"] == 2 and fault["column"] == "valid_from" and "'soon' is not a date" in fault["problem"]
    )


def test_several_params_files_are_checked_each(tiny: Path, root: Path) -> None:
    bad = tiny.with_name("bad.yaml")
    bad.write_text("id: bad\nname: [a]\nclient: 7\n")
    done = run(tiny, bad, root / "params/patient_voice.yaml")
    assert done.exit_code == 2
    assert (
        "tiny.yaml: 2 tables, 7 rows; 0 errors" in done.output
        and "patient_voice.yaml: 3 tables" in done.output
    )
    # All that is wrong with the bad one, not the first alone.
    assert [f"key {key}:" in done.output for key in ("name", "client", "purpose", "data_as_of", "data")] == [
        True
    ] * 5


def test_secret_that_is_not_set_is_a_warning(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A_TOKEN", raising=False)
    tiny.write_text(tiny.read_text() + "secrets: [A_TOKEN]\n")
    assert "A_TOKEN is not set" in run(tiny, "--strict").output
    monkeypatch.setenv("A_TOKEN", "s3cret")
    done = run(tiny, "--strict")
    assert done.exit_code == 0 and "s3cret" not in done.output


def test_measure_that_cannot_be_worked_out_names_its_line(tiny: Path) -> None:
    tiny.write_text(tiny.read_text().replace("sum(value)", "sum(figure)"))
    done = run(tiny)
    line = 1 + tiny.read_text().splitlines().index("    numerator: sum(figure)")
    assert done.exit_code == 2 and f"line {line}, key measures.0.numerator" in done.output


PERSONAL = [table.name for table in TABLES.values() if table.personal]
SECRET = "Jo Bloggs said so"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_value_of_a_personal_table_is_shown(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever column of whatever personal table holds a name, it is not in what is printed."""
    name = data.draw(st.sampled_from(PERSONAL))
    heading = [column.name for column in TABLES[name].columns]
    rows = [
        [SECRET if data.draw(st.booleans()) else "1" for _ in heading]
        for _ in range(data.draw(st.integers(1, 12)))
    ]
    folder = tmp_path_factory.mktemp("personal")
    (folder / "data").mkdir()
    text = "\n".join(",".join(row) for row in [heading, *rows])
    (folder / "data" / f"{name}.csv").write_text(text)
    (folder / "e.yaml").write_text(
        "id: e\nname: E\nclient: E\npurpose: P\ndata_as_of: 2025-06-30\ndata: data\n"
        f"sources: {{{name}: {name}.csv}}\n"
    )
    for words in ([], ["--all"], ["--json"]):
        done = run(folder / "e.yaml", *words)
        assert done.exit_code in (0, 2) and "Bloggs" not in done.output, done.output


def test_two_contacts_at_two_sites_are_no_trouble(tiny: Path) -> None:
    rows = "contact_id,at,site\nC1,2025-01-05 09:00,North\nC2,2025-02-05 09:00,South\n"
    (tiny.parent / "data/contacts.csv").write_text(rows)
    tiny.write_text(tiny.read_text().replace("sources:", "sources:\n  contacts: contacts.csv"))
    assert inspect(read_engagement(tiny), tiny).faults == []
