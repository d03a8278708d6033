"""Rows of the evidence store are evidence, as those of files are."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.evidence import EvidenceSet, fingerprints, is_current, write_snapshot
from reviewkit.evidence.inspection import inspect
from reviewkit.evidence.store import open_store
from reviewkit.model import InputError, read_engagement

BARE = "id: bare\nname: B\nclient: B\npurpose: To answer\ndata_as_of: 2025-06-30\ndata: data\n"


def put(params: Path, table: str, *rows: dict[str, object]) -> None:
    """Write rows into the store of an engagement."""
    with open_store(read_engagement(params), params) as store:
        store.put(table, rows, by="analyst")


def snapshot(params: Path) -> EvidenceSet:
    """Take the evidence as it is now."""
    engagement = read_engagement(params)
    write_snapshot(engagement, params, params.parent / "kept")
    return EvidenceSet(engagement, params.parent / "kept")


def remark(number: int, text: str = "The queue is long.") -> dict[str, object]:
    return {"remark_id": f"R{number}", "source": "one_to_one", "text": text}


def test_a_table_that_only_the_store_has_is_there(tiny: Path) -> None:
    put(tiny, "remarks", remark(1), remark(2))
    assert snapshot(tiny).frame("remarks")["remark_id"].tolist() == ["R1", "R2"]


def test_rows_of_file_and_store_are_one_table_and_the_stores_count(tiny: Path) -> None:
    put(tiny, "targets", {"measure": "csat", "valid_from": "2025-01-01", "target": 4.5})
    put(tiny, "targets", {"measure": "csat", "valid_from": "2025-03-01", "target": 4.7})
    found = snapshot(tiny).frame("targets")
    assert found["target"].tolist() == [4.5, 4.7] and str(found["valid_from"].dtype) == "datetime64[us]"


def test_a_change_in_the_store_changes_the_fingerprint_of_its_table_alone(tiny: Path) -> None:
    engagement = read_engagement(tiny)
    before = fingerprints(engagement, tiny)
    put(tiny, "targets", {"measure": "csat", "valid_from": "2025-03-01", "target": 4.7})
    after = fingerprints(engagement, tiny)
    assert {name for name in after if after[name] != before.get(name)} == {"targets"}


def test_a_snapshot_is_out_of_date_once_the_store_has_changed(tiny: Path) -> None:
    snapshot(tiny)
    engagement = read_engagement(tiny)
    assert is_current(engagement, tiny, tiny.parent / "kept")
    put(tiny, "remarks", remark(1))
    assert not is_current(engagement, tiny, tiny.parent / "kept")


def test_an_engagement_may_have_nothing_but_a_store(tmp_path: Path) -> None:
    params = tmp_path / "bare.yaml"
    params.write_text(BARE)
    (tmp_path / "data").mkdir()
    with pytest.raises(InputError, match="no table is listed"):
        snapshot(params)
    put(params, "remarks", remark(1))
    assert snapshot(params).has("remarks")


def test_check_looks_at_what_the_store_holds_too(tmp_path: Path) -> None:
    params = tmp_path / "bare.yaml"
    params.write_text(
        "id: bare\nname: B\nclient: B\npurpose: To answer\ndata_as_of: 2025-06-30\ndata: data\n"
    )
    (tmp_path / "data").mkdir()
    put(params, "remarks", remark(1), remark(2))
    found = inspect(read_engagement(params), params)
    assert found.faults == [] and found.rows == {"remarks": 2}


def test_a_value_of_the_register_is_in_no_message_of_a_run(tiny: Path) -> None:
    (tiny.parent / "data/stakeholders.csv").write_text("stakeholder_id,department,level\nR. Roe,Ops,R. Roe\n")
    tiny.write_text(tiny.read_text().replace("sources:", "sources:\n  stakeholders: stakeholders.csv"))
    with pytest.raises(
        InputError, match=r"row 2, column level: a value \(not shown\) is not one of"
    ) as caught:
        snapshot(tiny)
    assert "Roe" not in str(caught.value)
