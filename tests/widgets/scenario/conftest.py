"""An engagement with one gap and what was recommended for it, without the steps before."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.content import load_interventions
from reviewkit.model import Engagement, read_engagement
from reviewkit.plan import recommendations, sustained_levels
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.scenario.inputs import Inputs
from reviewkit.widgets.scenario.model import ScenarioModel

FCR = "first_contact_resolution"
PARAMS = f"""\
id: acme
name: A
client: C
purpose: P
data_as_of: 2025-06-30
data: data
measures:
  - {{id: {FCR}, name: Resolved at once, unit: percent, direction: increase, table: contacts,
     numerator: sum(resolved), denominator: count(resolved), minimum_effect: 1, value_per_unit: 10000}}
"""
GAP = {
    "gap_id": "2.1/gap/fcr", "kind": "measured", "measure": FCR, "name": "Resolved at once",
    "unit": "percent", "site": "", "contract": "", "target": 75.0, "actual": 65.0, "gap": 10.0,
    "lower": 8.0, "upper": 12.0,
    "cost_per_year": 100_000.0, "overlaps": "", "code": "", "raised_by": "", "n": 12,
    "statement": "Ten points <b>short</b>.",
}  # fmt: skip


def inputs(engagement: Engagement) -> Inputs:
    """Recommendations for one gap of ten points with two supported causes."""
    gaps = pd.DataFrame([GAP])
    causes = pd.DataFrame(
        [
            {"gap_id": "2.1/gap/fcr", "cause": name, "verdict": "supported", "statement": "", "settle": ""}
            for name in ("training", "process")
        ]
    ).assign(p_value=0.01, n=24)
    months = pd.date_range("2024-01-01", periods=12, freq="MS")
    held = pd.DataFrame({"measure": FCR, "site": "", "contract": "", "period": months, "denominator": 100.0})
    levels = sustained_levels(held.assign(value=[72.0] * 6 + [65.0] * 6), engagement.measures)
    read = (causes, gaps, pd.DataFrame(), load_interventions(), engagement)
    return Inputs(
        lambda estimates: recommendations(*read, levels=levels, estimates=estimates),
        gaps, levels, pd.DataFrame(),
    )  # fmt: skip


@pytest.fixture
def params(tmp_path: Path) -> Path:
    (tmp_path / "params/data").mkdir(parents=True)
    path = tmp_path / "params/acme.yaml"
    path.write_text(PARAMS, encoding="utf-8")
    rows = "action_id,what,owner\nA1,Answer within a day,team lead\n"
    (tmp_path / "params/data/actions.csv").write_text(rows, encoding="utf-8")
    return path


@pytest.fixture
def model(params: Path) -> ScenarioModel:
    made = ScenarioModel(Desk(params, "Analyst A"), lambda: inputs(read_engagement(params)))
    made.take(made.read())
    made.chosen = str(made.table.loc[made.table["first"], "recommendation_id"].iloc[0])
    return made
