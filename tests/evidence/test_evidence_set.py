"""A good engagement loads, keeps its types, and says what it lacks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.evidence import CODEBOOK, EvidenceSet, is_current, write_snapshot
from reviewkit.model import TABLES, InputError, read_engagement


@pytest.fixture
def evidence(tiny: Path, tmp_path: Path) -> EvidenceSet:
    write_snapshot(read_engagement(tiny), tiny, tmp_path / "snapshot")
    return EvidenceSet(read_engagement(tiny), tmp_path / "snapshot")


def test_frame_has_every_column_of_the_schema(evidence: EvidenceSet) -> None:
    assert list(evidence.frame("kpis")) == [column.name for column in TABLES["kpis"].columns]
    assert evidence.frame("kpis")["value"].sum() == pytest.approx(6 * 4 + 2.1)


def test_frame_absent_table_is_empty_and_typed(evidence: EvidenceSet) -> None:
    contacts = evidence.frame("contacts")
    assert contacts.empty and contacts["at"].dtype == "datetime64[us]" and contacts["csat"].dtype == "float64"


def test_frame_callers_cannot_change_each_others(evidence: EvidenceSet) -> None:
    mine = evidence.frame("kpis")
    mine["value"] = 0.0
    mine.loc[0, "site"] = "South"
    assert evidence.frame("kpis")["value"].iloc[0] == pytest.approx(4.1)


def test_table_is_opened_once(evidence: EvidenceSet) -> None:
    assert evidence.table("kpis") is evidence.table("kpis")


def test_table_agrees_with_frame(evidence: EvidenceSet) -> None:
    assert evidence.table("kpis").value.sum().execute() == pytest.approx(
        evidence.frame("kpis")["value"].sum()
    )


def test_missing_says_how_to_collect(evidence: EvidenceSet) -> None:
    missing = evidence.missing(("kpis", "remarks", "remarks"))
    assert [table.name for table in missing] == ["remarks"]
    assert "interviews" in missing[0].collect


def test_is_current_until_a_file_changes(tiny: Path, tmp_path: Path) -> None:
    engagement = read_engagement(tiny)
    write_snapshot(engagement, tiny, tmp_path / "snapshot")
    assert is_current(engagement, tiny, tmp_path / "snapshot")
    (tiny.parent / "data/targets.csv").write_text("measure,valid_from,target\ncsat,2025-01-01,4.5\n")
    assert not is_current(engagement, tiny, tmp_path / "snapshot")


def test_mapping_renames_columns_and_values(tiny: Path, tmp_path: Path) -> None:
    text = tiny.read_text().replace(
        "targets: targets.csv",
        "targets: {file: t.csv, columns: {measure: KPI, valid_from: From}, values: {measure: {Sat: csat}}}",
    )
    tiny.write_text(text)
    (tiny.parent / "data/t.csv").write_text("KPI,From,target\nSat,2025-01-01,4\n")
    loaded = write_snapshot(read_engagement(tiny), tiny, tmp_path / "s")
    assert loaded.tables["targets"]["measure"].tolist() == ["csat"]


def test_unlisted_file_is_told(tiny: Path, tmp_path: Path) -> None:
    (tiny.parent / "data/leads.csv").write_text("a\n")
    loaded = write_snapshot(read_engagement(tiny), tiny, tmp_path / "s")
    assert len(loaded.warnings) == 1 and "leads.csv" in loaded.warnings[0]


def test_dates_read_at_microseconds(evidence: EvidenceSet) -> None:
    assert evidence.frame("kpis")["period"].min() == pd.Timestamp("2025-01-01")


def test_sources_left_out_are_found_by_name(tiny: Path, tmp_path: Path) -> None:
    text = tiny.read_text()
    tiny.write_text(text.replace("sources:\n  targets: targets.csv\n  kpis: {file: kpis.csv}\n", ""))
    loaded = write_snapshot(read_engagement(tiny), tiny, tmp_path / "s")
    assert sorted(loaded.tables) == ["kpis", "targets"]


def test_own_codebook_is_checked_before_anything_is_written(tiny: Path, tmp_path: Path) -> None:
    tiny.write_text(tiny.read_text() + "codebook: codes.yaml\n")
    (tiny.parent / "codes.yaml").write_text("headings: []\n")
    with pytest.raises(InputError, match=r"codes\.yaml"):
        write_snapshot(read_engagement(tiny), tiny, tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_own_codebook_is_kept_with_the_snapshot(tiny: Path, tmp_path: Path, root: Path) -> None:
    own = (root / "reviewkit/content/codebook.yaml").read_text(encoding="utf-8")
    (tiny.parent / "codes.yaml").write_text(own, encoding="utf-8")
    tiny.write_text(tiny.read_text() + "codebook: codes.yaml\n")
    write_snapshot(read_engagement(tiny), tiny, tmp_path / "s")
    assert (tmp_path / "s" / CODEBOOK).read_text(encoding="utf-8") == own


def test_frame_of_a_run_kept_before_a_column_was_thought_of_has_it_empty(evidence: EvidenceSet) -> None:
    path = evidence.folder / "kpis.parquet"
    pd.read_parquet(path).drop(columns="contract").to_parquet(path)
    frame = EvidenceSet(evidence.engagement, evidence.folder).frame("kpis")
    assert list(frame) == [column.name for column in TABLES["kpis"].columns]
    assert frame["contract"].isna().all()
