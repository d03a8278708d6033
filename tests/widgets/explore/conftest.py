"""A small engagement with contacts over 30 months at two sites; one changes in the second year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.model import read_engagement
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.explore.model import ExploreModel

MEASURES = """\
measures:
  - {id: fcr, name: Resolved at once, unit: percent, direction: increase, table: contacts,
     numerator: sum(resolved), denominator: count(resolved), codes: [training_gap]}
  - {id: south, name: Contacts at South, unit: count, direction: neutral, table: contacts,
     numerator: count(*), where: "site = 'South'", decimals: 0}
  - {id: absence, name: Absence, unit: percent, direction: decrease, table: kpis, numerator: sum(numerator),
     denominator: sum(denominator), where: "measure = 'absence'"}
"""
HEAD = "id: acme\nname: A\nclient: C\npurpose: P\ndata_as_of: 2025-06-30\ndata: data\n"


def contacts() -> pd.DataFrame:
    """Ten contacts a month and site; at North fewer are resolved from 2024 on."""
    rows = []
    for place, month in enumerate(pd.date_range("2023-01-01", "2025-06-01", freq="MS")):
        for site in ("North", "South"):
            good = 8 - (3 if site == "North" and month.year >= 2024 else 0) + place % 2
            rows += [
                {
                    "contact_id": f"{site[0]}{place:02d}{n}",
                    "at": month + pd.Timedelta(days=2 * n, hours=9),
                    "site": site,
                    "team": f"{site} {n % 2 + 1}",
                    "agent": f"P{n}",
                    "resolved": n < good,
                }
                for n in range(10)
            ]
    return pd.DataFrame(rows)


def written(folder: Path) -> Path:
    """Write the engagement to a folder and return its params file."""
    data = folder / "params" / "data"
    data.mkdir(parents=True)
    contacts().to_csv(data / "contacts.csv", index=False)
    said = [
        ("R1", "I1", "No <b>training</b> at all.", "true", "North"),
        ("R2", "I2", "Training was cancelled.", "false", "South"),
    ]
    remarks = pd.DataFrame(said, columns=["remark_id", "interview_id", "text", "on_record", "site"])
    remarks.assign(source="one_to_one", department="Service", level="front_line").to_csv(
        data / "remarks.csv", index=False
    )
    agreed = {"interview_id": ["I1", "I2"], "stakeholder_id": ["P1", "P2"]}
    pd.DataFrame(agreed).assign(on_record=["true", "false"], attribution="broad").to_csv(
        data / "participants.csv", index=False
    )
    codes = {"remark_id": ["R1", "R2"], "code": "training_gap", "coder": "A"}
    pd.DataFrame(codes).assign(stance=["concern", "suggestion"], prompting="spontaneous").to_csv(
        data / "codings.csv", index=False
    )
    steps = [("C1", "in"), ("C1", "out"), ("C2", "in"), ("C2", "out"), ("C3", "in")]
    journey = pd.DataFrame(steps, columns=["customer", "activity"]).assign(site="North")
    journey["at"] = pd.date_range("2025-01-01", periods=5)
    journey.to_csv(data / "journey.csv", index=False)
    notes = "annotation_id,at,measure,site,text,effect,role\nN1,2024-03-04,fcr,,A storm,explains,Head\n"
    (data / "annotations.csv").write_text(notes, encoding="utf-8")
    path = folder / "params" / "acme.yaml"
    path.write_text(HEAD + MEASURES, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its evidence, read once for all tests."""
    home = tmp_path_factory.mktemp("explored")
    params = written(home)
    write_snapshot(read_engagement(params), params, home / "evidence")
    return home / "evidence"


@pytest.fixture
def params(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture
def model(params: Path, snapshot: Path) -> ExploreModel:
    desk = Desk(params, "Analyst A")
    return ExploreModel(desk, lambda: EvidenceSet(desk.engagement, snapshot))
