"""Step 1.5 on the simulated contact centre: what was planted is found, and people may overrule it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.findings import overruling
from reviewkit.model import Edition, read_engagement
from reviewkit.present.view import View
from reviewkit.steps import Review, step_class
from reviewkit.steps.voices_and_data import VoicesAndData

Html = Callable[[View, Edition], str]


@pytest.fixture(scope="module")
def review(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Review:
    params, folder = root / "params/contact_centre.yaml", tmp_path_factory.mktemp("voices")
    engagement = read_engagement(params)
    write_snapshot(engagement, params, folder / "evidence")
    return Review(engagement, EvidenceSet(engagement, folder / "evidence"), folder)


@pytest.fixture(scope="module")
def made(review: Review) -> VoicesAndData:
    step = step_class("1.5")(review)
    assert isinstance(step, VoicesAndData)
    return step


@pytest.mark.slow
def test_planted_relationships_are_found(made: VoicesAndData) -> None:
    found = made.convergence.set_index(["code", "measure"])["computed"]
    assert found["training_gap", "first_contact_resolution"] == "agreement"
    assert found["systems_and_it", "downtime"] == "dissonance"
    assert found["recognition", ""] == "silence_in_data"


@pytest.mark.slow
def test_signal_planted_unraised_is_the_one_nobody_raised(made: VoicesAndData, html: Html) -> None:
    rows = made.convergence[made.convergence["measure"].eq("abandonment")]
    assert rows[["relationship", "raised_as"]].drop_duplicates().values.tolist() == [
        ["silence_in_voices", "hardly_raised"]
    ]
    page = html(made.signals_nobody_raised(), "leadership")
    assert "Abandoned calls at Brook House" in page and "Handle time" not in page


@pytest.mark.slow
def test_turning_points_are_the_team_s_alone(made: VoicesAndData, html: Html) -> None:
    view = made.sensitivity()
    assert "Where each threshold would have to stand" in html(view, "team")
    assert "Where each threshold would have to stand" not in html(view, "leadership")


@pytest.mark.slow
def test_joint_display_names_topic_relationship_icons_and_evidence(made: VoicesAndData, html: Html) -> None:
    page = html(made.joint_display(), "leadership")
    assert page.count('class="rk-joint"') >= 4
    assert "Training gap, beside first-contact resolution" in page and "rk-icon" in page
    assert 'data-finding="1.5/verdict/training_gap/first_contact_resolution"' in page


@pytest.mark.slow
def test_overruled_verdict_stands_beside_the_rule_s(review: Review, made: VoicesAndData, html: Html) -> None:
    rows = made.rule[made.rule["code"].eq("systems_and_it") & made.rule["measure"].eq("downtime")]
    row = {str(name): value for name, value in rows.iloc[0].items()}
    decision = overruling(row, "partial", role="Lead analyst", reason="Slow days.", on=dt.date(2025, 9, 3))
    path = review.evidence.folder / "decisions.parquet"
    before = pd.read_parquet(path)
    wanted = {**decision, "decided_on": pd.Timestamp(dt.date(2025, 9, 3))}
    pd.concat([before, pd.DataFrame([wanted])], ignore_index=True)[
        list(dict.fromkeys([*before.columns, *wanted]))
    ].to_parquet(path)
    try:
        again = Review(
            review.engagement, EvidenceSet(review.engagement, review.evidence.folder), review.folder
        )
        step = step_class("1.5")(again)
        assert isinstance(step, VoicesAndData)
        shown = html(step.verdicts_overruled(), "leadership")
        assert all(
            word in shown for word in ("Slow days.", "Lead analyst", "dissonance", "partial agreement")
        )
        assert "overruled (the rule: dissonance)" in html(step.matrix(), "leadership")
        found = {finding.id: finding for finding in step.findings}["1.5/verdict/systems_and_it/downtime"]
        assert found.kind == "partial" and not found.changed_since_decided
    finally:
        before.to_parquet(path)
