"""Plans with something wrong in them: each says what can and what cannot be concluded."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from reviewkit.plan import empty_plan, progress, progress_findings, unknown_reports

from .planned import FCR, REVIEW, series
from .test_progress import CHECKS, START, STEADY, judged, plan, report

AFTER = [66.0, 67.0, 66.0, 68.0, 66.0, 67.0]
REGISTER = pd.DataFrame({"role": ["Site manager"], "site": ["Quay"], "department": ["Operations"]})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"baseline": np.nan}, "No baseline was agreed; the mean before the start, 60.2%, stands in for it."),
        ({"baseline": 50.0}, "The agreed baseline, 50.0%, is 10.2 percentage points from what the figures"),
        ({"target": np.nan}, "No target was agreed: change can be judged"),
        ({"target": 58.0}, "The target, 58.0%, was met before it began (60.2%): reaching it shows nothing."),
        ({"due": pd.Timestamp("2024-06-30")}, "It ends before it starts: correct the dates"),
        ({"due": pd.NaT}, "It has no end: it cannot be late"),
        ({"starts": pd.NaT}, "It has no start: before and after cannot be told apart."),
        ({"measure": "", "name": ""}, "It names no measure: whether it is done can be said"),
        ({"measure": "theme:x", "name": "Comments"}, "It rests on comments, counted once"),
        ({"measure": "other", "name": "other"}, "Its measure, other, is none of this review"),
        ({"site": "Quay"}, "No figures of its measure are there for this place"),
        ({"owner": ""}, "Nobody is named to answer for it."),
        ({}, "Less than two years of figures"),
    ],
)
def test_caveats_say_what_is_wanting(changes: dict[str, Any], said: str) -> None:
    row = judged([*STEADY, *AFTER], **({"owner": "Site manager"} | changes))
    assert said in row["caveats"]
    assert row["verdict"] in {"working", "not_measured"}


@pytest.mark.parametrize(
    ("owner", "known"), [("Site manager Quay", True), ("Site manager", True), ("Head", False)]
)
def test_owner_is_looked_for_in_the_register(owner: str, known: bool) -> None:
    table = progress(plan(owner=owner), pd.DataFrame(), series(STEADY), CHECKS, REVIEW, register=REGISTER)
    assert ("not in the register" in table["caveats"].iloc[0]) is not known


def test_site_whose_figures_end_is_not_judged_further() -> None:
    both = pd.concat([series([*STEADY, 60.0], "Quay"), series([*STEADY, *AFTER], "Mill")])
    row = progress(plan(site="Quay"), pd.DataFrame(), both, CHECKS, REVIEW).iloc[0]
    assert "The figures of this place end in January 2025" in row["caveats"]
    assert row["verdict"] == "too_early"


def test_process_changed_since_the_start_is_told() -> None:
    note = {"at": pd.Timestamp("2025-02-10"), "measure": FCR, "site": None, "text": "New clock.",
            "effect": "process_changed"}  # fmt: skip
    notes = pd.DataFrame([note])
    row = progress(plan(), pd.DataFrame(), series([*STEADY, *AFTER]), CHECKS, REVIEW, annotations=notes).iloc[
        0
    ]
    assert "The process changed in February 2025 (New clock)" in row["caveats"]


def test_reports_on_unknown_actions_are_left_out_and_told() -> None:
    stray = report(50).assign(action_id="a9")
    assert unknown_reports(plan(), stray) == ["a9"]
    table = progress(plan(), pd.DataFrame(), series(STEADY), stray, REVIEW)
    told = progress_findings(table, REVIEW, ["a9"])[-1]
    assert told.statement.startswith("Reports on a9 are left out: the plan holds no such action.")
    assert np.isnan(table["percent_done"].iloc[0])


def test_change_smaller_than_worth_acting_on_is_no_success() -> None:
    small = [60.0 + step for step in (0.1, -0.1) * 6], [60.6, 60.8] * 3
    assert judged([*small[0], *small[1]])["verdict"] == "small"


def test_several_changes_looked_at_ask_more_of_each() -> None:
    values = [*STEADY, 61.0, 61.6, 60.9, 61.8, 61.2, 61.5]
    alone = judged(values)
    many = pd.concat([plan(), *(plan(action_id=f"b{n}", site=f"S{n}") for n in range(6))])
    still = [series([*STEADY, 60.0, 61.0, 59.0, 60.0, 61.0, 60.0], f"S{n}") for n in range(6)]
    table = progress(many, pd.DataFrame(), pd.concat([series(values), *still]), CHECKS, REVIEW)
    assert table["chance"].iloc[0] > alone["chance"]


def test_comparison_takes_only_sites_where_it_has_not_begun() -> None:
    sites = ["Quay", "Mill", "Elm", "Park", "Brook"]
    late = [series([*STEADY, *(AFTER if site == "Quay" else STEADY[:6])], site) for site in sites]
    random = np.random.default_rng(5)
    rows = pd.concat(late).assign(value=lambda frame: frame["value"] + random.normal(0, 0.3, len(frame)))
    made = pd.concat([plan(site="Quay"), plan(action_id="a2", site="Mill", what="The same at the mill.")])
    row = progress(made, pd.DataFrame(), rows, CHECKS, REVIEW).iloc[0]
    assert row["compared_with"] == "Brook, Elm, Park"
    named = made.assign(what=["Train people.", "The same at the mill and at Park."])
    table = progress(named, pd.DataFrame(), rows, CHECKS, REVIEW)
    assert "2 sites (Brook and Elm) where it has not begun" in table["not_compared"].iloc[0]
    assert row["more_low"] > 0
    assert "percentage points more than at the 3 sites where it had not begun" in (
        progress_findings(pd.DataFrame([row]), REVIEW)[0].statement
    )


def test_sites_that_the_action_names_are_no_comparison() -> None:
    rows = pd.concat([series([*STEADY, *AFTER], site) for site in ("Quay", "Mill", "Elm", "Park")])
    row = progress(
        plan(site="Quay", what="Hours at Quay and Elm."), pd.DataFrame(), rows, CHECKS, REVIEW
    ).iloc[0]
    assert row["not_compared"].startswith("Too little to compare with: 2 sites (Mill and Park)")


@pytest.mark.parametrize(
    ("done", "due", "timing"),
    [(20, "2025-12-31", "behind"), (45, "2025-12-31", "on_time"), (90, "2025-12-31", "nearly_done"),
     (100, "2025-12-31", "done"),
     (45, "2025-06-15", "late")],
)  # fmt: skip
def test_timing_compares_work_done_with_time_gone(done: float, due: str, timing: str) -> None:
    assert judged(STEADY, report(done), due=pd.Timestamp(due))["timing"] == timing


def test_silence_is_told_and_a_start_to_come_is_not_late() -> None:
    assert judged(STEADY)["timing"] == "no_report"
    assert judged(STEADY, starts=pd.Timestamp("2025-07-15"))["timing"] == "not_started"


def test_too_few_figures_say_when_it_can_be_judged() -> None:
    row = judged([*STEADY, 66.0, 66.0], starts=START)
    assert (row["verdict"], str(row["judged_from"].date())) == ("too_early", "2025-07-01")


def test_no_plan_has_no_progress() -> None:
    assert progress(empty_plan(), pd.DataFrame(), series(STEADY), CHECKS, REVIEW, register=REGISTER).empty
