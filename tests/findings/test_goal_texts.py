"""A table of goals labelled by hand, against which the reading of each letter is measured.

Seventy goals of seven sectors, labelled before the reading was written. The half marked
``tuned`` was looked at while words were added; ``held_out`` was not.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from reviewkit.findings.goals.smart import LETTERS, Held, read_goals
from reviewkit.model import Measure

AS_OF = dt.date(2025, 9, 1)
RECORD = [  # id, name, unit, direction, level held for half a year
    ("first_contact_resolution", "First-contact resolution", "percent", "increase", 76.0),
    ("handle_time", "Handle time", "seconds", "decrease", 470.0),
    ("csat", "Customer satisfaction", "score", "increase", 4.3),
    ("service_level", "Service level", "percent", "increase", 84.0),
    ("absence", "Absence", "percent", "decrease", 4.4),
    ("within_four_hours", "Within four hours", "percent", "increase", 88.0),
    ("job_starts", "Job starts against contract", "percent", "increase", 96.0),
    ("sustained_outcomes", "Still in work after 26 weeks", "percent", "increase", 54.0),
    ("sales_conversion", "Sales conversion", "percent", "increase", 11.0),
    ("cost_per_contact", "Cost per contact", "money", "decrease", 4.8),
    ("days_to_first_meeting", "Days to the first meeting", "days", "decrease", 9.5),
    ("complaints", "Complaints", "count", "decrease", None),
    ("repeat_contacts", "Repeat contacts within seven days", "percent", "decrease", 12.0),
]


@pytest.fixture(scope="module")
def labelled() -> pd.DataFrame:
    """The labels beside what is read, both as y, n or ?."""
    texts = pd.read_csv(Path(__file__).with_name("goal_texts.csv"))
    measures = [
        Measure(id=key, name=name, unit=unit, direction=way, table="kpis", numerator="sum(numerator)")  # type: ignore[arg-type]
        for key, name, unit, way, _ in RECORD
    ]
    held = {key: Held(level, "held") for key, *_, level in RECORD if level is not None}
    goals = texts[["text"]].assign(
        goal_id=texts.index.astype(str),
        owner="",
        department="",
        level="",
        measure=None,
        target=None,
        due=pd.NaT,
    )
    read = read_goals(goals, measures, AS_OF, held=held)
    for letter in LETTERS:
        texts[f"{letter}_read"] = [("?" if pd.isna(v) else "y" if v else "n") for v in read[letter]]
    return texts


def test_goal_texts_are_many_and_of_several_sectors(labelled: pd.DataFrame) -> None:
    assert len(labelled) >= 60
    assert labelled["sector"].nunique() >= 5
    assert labelled["text"].is_unique


@pytest.mark.parametrize("half", ["tuned", "held_out"])
@pytest.mark.parametrize("letter", list(LETTERS))
def test_each_letter_agrees_with_the_labels(labelled: pd.DataFrame, half: str, letter: str) -> None:
    rows = labelled[labelled["half"].eq(half)]
    kappa = cohen_kappa_score(rows[letter], rows[f"{letter}_read"])
    assert kappa >= LEAST[half], f"{letter}, {half}: kappa {kappa:.2f}"


LEAST = {"tuned": 0.85, "held_out": 0.8}
"""Cohen's kappa; above 0.80 is called almost perfect (Landis and Koch, 1977)."""
