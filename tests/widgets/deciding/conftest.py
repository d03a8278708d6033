"""A small engagement with results of its steps, as a run leaves them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.model import Finding
from reviewkit.model.finding import Evidence
from reviewkit.steps.wording import Line, Told
from reviewkit.widgets.deciding.model import DecideModel
from reviewkit.widgets.desk import Desk

from ..conftest import written

OPINION = "1.1/opinion/fcr"
VERDICT = "1.5/verdict/morale/absence"
CAUSE = "2.1/cause/fcr/training"
RECOMMENDATION = "3.1/recommendation/train_on_top_reasons"
HEADLINE = "4.2/headline/review"
LINE = "4.2/bottom_line/team/2"
ALSO = "4.2/bottom_line/leadership/2"
_MATRIX = {
    "code": "morale", "name": "Morale", "measure": "absence", "measure_name": "Absence", "stance": "concern",
    "relationship": "silence_in_data", "computed": "silence_in_data", "data": "quiet", "units": 6,
    "units_total": 20, "share": 0.3, "size": 0.4, "site": "", "firm": True, "leading": True,
    "meaning": "Morale: people speak of it.", "reason": "6 of 20 interviews raise it.",
}  # fmt: skip


def made(params: Path, *, latest: float = 70.0, line: str = "People and data agree on 2 topics.") -> Path:
    """Write the results of a run for the engagement, and return their folder."""
    folder = params.parent.parent / "runs/acme/latest"
    rests = (Evidence(source="contacts", rule="shift", rows=1200),)
    opinion = Finding.of(
        "1.1", "opinion", "fcr", statement=f"Resolution fell to {latest:.0f}%.", figures={"latest": latest},
        evidence=rests,
    )  # fmt: skip
    cause = Finding.of(
        "2.1",
        "cause",
        "fcr",
        "training",
        statement="Training goes with it.",
        figures={"verdict": "supported"},
    )
    advised = {"verdict": "supported", "first": True}
    advice = Finding.of("3.1", "recommendation", "train_on_top_reasons", statement="Train.", figures=advised)
    fell = f"It fell to {latest:.0f}%."
    headline = Finding.of("4.2", "headline", "review", statement=fell, figures={"latest": latest})
    found = {"1.1": [opinion], "2.1": [cause], "3.1": [advice], "4.2": [headline]}
    tables = {
        "1.1/opinions": {"opinion_id": OPINION, "name": "Resolution", "site": "", "contract": ""},
        "1.5/convergence": _MATRIX,
        "3.1/recommendations": {"recommendation_id": RECOMMENDATION, "title": "Train on the top reasons"},
    }
    for name, row in tables.items():
        path = folder / f"tables/{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pd.DataFrame([row]).to_parquet(path)
    (folder / "findings").mkdir(exist_ok=True)
    for number in ("1.1", "1.5", "2.1", "3.1", "4.2"):
        text = "".join(f"{one.model_dump_json()}\n" for one in found.get(number, []))
        (folder / f"findings/{number}.jsonl").write_text(text)
    mark = headline.fingerprint
    both = Line(id=HEADLINE, computed=fell, worded=fell, fingerprint=mark, editions=["team", "leadership"])
    lines = [
        both,
        Line(id=LINE, computed=line, worded=line, fingerprint=f"of {line}", editions=["team"], also=[ALSO]),
    ]
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words/4.2.json").write_text(Told(step="4.2", lines=lines, points=[OPINION]).model_dump_json())
    return folder


@pytest.fixture
def engagement(tmp_path: Path) -> Path:
    """The params file of a small engagement that was run."""
    params = written(tmp_path)
    register = params.parent / "data/stakeholders.csv"
    register.write_text(register.read_text().replace("P4,,", "P4,Mary Poole,"))
    made(params)
    return params


@pytest.fixture
def deciding(engagement: Path) -> DecideModel:
    """Analyst A deciding on opinions."""
    return DecideModel(Desk(engagement, "Analyst A"))
