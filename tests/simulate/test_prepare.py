"""The two real samples are what the preparation makes of the public files."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
SOURCES = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def prepare() -> ModuleType:
    spec = importlib.util.spec_from_file_location("prepare", SAMPLE / "prepare.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_samples_are_remade_from_the_sources(
    prepare: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not SOURCES.exists():
        pytest.skip("the public source files are not here")
    for name in ("emergency_care", "patient_voice"):
        (tmp_path / name).mkdir()
    approved = "patient_voice/approved_quotes.txt"
    (tmp_path / approved).write_bytes((SAMPLE / approved).read_bytes())
    monkeypatch.setattr(prepare, "HERE", tmp_path)
    prepare.main(str(SOURCES / "ae_attendances.csv"), str(SOURCES / "patient_remarks_train.csv"))
    made = sorted(tmp_path.rglob("*.csv"))
    assert len(made) == 5
    for path in made:
        assert path.read_bytes() == (SAMPLE / path.relative_to(tmp_path)).read_bytes()


def test_choose_keeps_each_theme_in_proportion(prepare: ModuleType) -> None:
    source = pd.DataFrame({"remark_id": range(100), "theme": ["a"] * 70 + ["b"] * 20 + ["c"] * 10})
    chosen = prepare.choose(source, 10)
    assert chosen["theme"].value_counts().to_dict() == {"a": 7, "b": 2, "c": 1}


def test_remarks_without_a_code_are_kept(prepare: ModuleType) -> None:
    feedback = pd.read_csv(SAMPLE / "patient_voice" / "customer_feedback.csv", keep_default_na=False)
    coded = pd.read_csv(SAMPLE / "patient_voice" / "codings.csv")
    assert len(feedback) == prepare.REMARKS
    assert len(feedback) - coded["remark_id"].nunique() == 118  # as the README says


def test_criticality_that_cannot_be_read_has_no_stance(prepare: ModuleType) -> None:
    rows = [("3", "strength"), ("-2", "concern"), ("0", ""), ("cc", ""), ("-9", "")]
    chosen = pd.DataFrame({"criticality": [row[0] for row in rows]})
    chosen = chosen.assign(remark_id=range(5), theme="Access", subtheme="General")
    assert prepare.patient_codings(chosen)["stance"].tolist() == [row[1] for row in rows]


def test_emergency_care_counts_people_within_four_hours(prepare: ModuleType) -> None:
    source = pd.DataFrame(
        {"period": ["2018-01-01"] * 2, "org_code": ["R0A"] * 2, "type": ["1", "2"], "attendances": [100, 50],
         "breaches": [12, 1], "admissions": [30, 0]}
    )  # fmt: skip
    kpis = prepare.emergency_kpis(source).set_index("measure")
    assert kpis["numerator"].to_dict() == {"admission_rate": 30, "within_four_hours": 88}
