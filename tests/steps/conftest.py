"""A small engagement, hand-made, in which every name, id and unapproved word can be recognised."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.model import Edition
from reviewkit.present.view import MIME, View

PARAMS = """
id: small
name: Small
client: A small client
purpose: To serve.
data_as_of: 2025-03-31
data: ../data
"""

REGISTER = [
    ("s1", "Priya Quill", "Service", "front_line", "North", "adviser", 30),
    ("s2", "Tomasz Vane", "Service", "front_line", "North", "adviser", 30),
    ("s3", "Ama Drew", "Finance", "front_line", "Centre", "clerk", 2),
    ("s4", "Lee Marsh", "Service", "team_lead", "North", "team leader", 6),
    ("s5", "Iris Pell", "Sales", "front_line", "Centre", "seller", 12),
]
SAID = [
    ("r1", "i1", "s1", "Service", "front_line", "The system is slow, says Priya."),
    ("r2", "i2", "s2", "Service", "front_line", "Screens freeze, unapproved words."),
    ("r3", "i3", "s3", "Finance", "front_line", "Screens freeze in finance, approved words."),
    ("r4", "i4", "s4", "Service", "team_lead", "A kind team, secret words."),
]


def _write(folder: Path) -> Path:
    """Write the engagement below ``folder`` and return its params file."""
    (folder / "params").mkdir()
    (folder / "data").mkdir()
    params = folder / "params" / "small.yaml"
    params.write_text(PARAMS, encoding="utf-8")
    for name, frame in _tables().items():
        frame.to_csv(folder / "data" / f"{name}.csv", index=False)
    return params


def _tables() -> dict[str, pd.DataFrame]:
    columns = ["stakeholder_id", "name", "department", "level", "site", "role", "headcount"]
    said = pd.DataFrame(
        SAID, columns=["remark_id", "interview_id", "stakeholder_id", "department", "level", "text"]
    )
    held = pd.DataFrame({"interview_id": said["interview_id"], "kind": "one_to_one", "status": "coded"})
    codings = [("r1", "concern"), ("r2", "concern"), ("r3", "concern"), ("r4", "strength")]
    coded = pd.DataFrame(codings, columns=["remark_id", "stance"])
    coded["code"] = coded["stance"].map({"concern": "systems_and_it", "strength": "culture"})
    quotes = pd.DataFrame(
        {"remark_id": ["r1", "r3"], "words": ["The system is slow, says Priya.", SAID[2][5]]}
    )
    return {
        "stakeholders": pd.DataFrame(REGISTER, columns=columns),
        "remarks": said.assign(source="one_to_one", on_record=True, site="North"),
        "interviews": held.assign(interviewer="Lead analyst", planned_at="2025-03-03T09:00", minutes=45),
        "participants": said[["interview_id", "stakeholder_id"]].assign(on_record=True, attribution="broad"),
        "codings": coded.assign(coder="analyst", prompting="spontaneous"),
        "quotes": quotes.assign(status="approved", role="analyst"),
        "perceptions": _survey(),
    }


def _survey() -> pd.DataFrame:
    sides = [
        ("front_line", "Service", [1, 2] * 6),
        ("management", "Sales", [4, 5] * 4),
        ("support", "Finance", [3] * 3),
    ]
    rows = [
        (f"q{side}{n}", side, department, "key_2", value)
        for side, department, given in sides
        for n, value in enumerate(given)
    ]
    return pd.DataFrame(rows, columns=["respondent_id", "group", "department", "statement", "answer"])


def _html(view: View, edition: Edition) -> str:
    """Return what an edition sees of a view; empty where it sees nothing."""
    bundle = view._repr_mimebundle_()[MIME]
    return str(bundle["html"][bundle["editions"][edition]]) if edition in bundle["editions"] else ""


@pytest.fixture(scope="session")
def html() -> Callable[[View, Edition], str]:
    """What an edition sees of a view; empty where it sees nothing."""
    return _html


@pytest.fixture(scope="session")
def small() -> Callable[[Path], Path]:
    """Writes the small engagement below a folder and returns its params file."""
    return _write


@pytest.fixture(scope="session")
def names() -> list[str]:
    """Every part of a name in the small engagement's register."""
    return [part for row in REGISTER for part in row[1].split()]


@pytest.fixture(scope="session")
def ids() -> list[str]:
    """Every remark and stakeholder id of the small engagement."""
    return [str(row[0]) for row in [*SAID, *REGISTER]]
