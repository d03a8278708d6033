"""The tracker: how each step of an engagement stands against its evidence as it is now."""

from __future__ import annotations

import shutil

import pytest

from reviewkit.evidence.store import open_store
from reviewkit.model import InputError, read_engagement
from reviewkit.run.tracker import tracked
from reviewkit.widgets.start import StepState, Tracked

from .conftest import Desk


def states(standing: Tracked) -> dict[str, str]:
    return {one.number: one.state for one in standing.steps}


def at(desk: Desk, number: str) -> StepState:
    standing = tracked(desk.params(), desk.runs)
    return next(one for one in standing.steps if one.number == number)


def test_what_ran_on_the_evidence_as_it_is_is_done(desk: Desk) -> None:
    standing = tracked(desk.params(), desk.runs)
    assert at(desk, "1.1").state == "done" and "published" in standing.said
    waiting = at(desk, "1.3")
    assert waiting.state == "waiting" and waiting.why.startswith("It needs stakeholders. Ask ")


def test_evidence_that_changed_makes_its_steps_and_those_after_them_out_of_date(desk: Desk) -> None:
    file = desk.params().parent / "data/kpis.csv"
    file.write_text(file.read_text().replace("4.5", "3.5"))
    assert (at(desk, "1.1").state, at(desk, "1.1").why) == ("stale", "Kpis changed.")
    assert at(desk, "3.2").state == "stale"


def test_a_decision_makes_its_step_out_of_date_and_no_run_without_need(desk: Desk) -> None:
    params = desk.params()
    row = {
        "finding_id": "1.1/opinion/csat",
        "decision": "agreed",
        "role": "Sponsor",
        "decided_on": "2025-04-01",
    }
    with open_store(read_engagement(params), params) as store:
        store.put("decisions", [row], by="Analyst")
    assert at(desk, "1.1").why == "Decisions on its findings changed."
    assert desk.run().exit_status == 0
    assert states(tracked(params, desk.runs))["1.1"] == "done"  # the hash is that of the run


def test_a_step_that_failed_says_why_and_those_after_it_have_not_run(desk: Desk) -> None:
    desk.give("1.1", "raises")
    assert desk.run().exit_status == 1
    assert at(desk, "1.1").state == "failed" and at(desk, "1.1").why
    assert at(desk, "1.2").state == "stale" and "1.1" in at(desk, "1.2").why


def test_before_the_first_run_steps_wait_for_evidence_or_have_not_run(desk: Desk) -> None:
    shutil.rmtree(desk.runs)
    standing = tracked(desk.params(), desk.runs)
    assert standing.said.startswith("Not run yet") and set(states(standing).values()) == {
        "waiting",
        "not_run",
    }


def test_an_engagement_that_is_gone_is_told(desk: Desk) -> None:
    shutil.rmtree(desk.params().parent)
    with pytest.raises(InputError):
        tracked(desk.params(), desk.runs)
