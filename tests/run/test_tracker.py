"""The tracker: how each step of an engagement stands against its evidence as it is now."""

from __future__ import annotations

import datetime as dt
import shutil

import pandas as pd
import pytest

from reviewkit.evidence import fingerprints
from reviewkit.evidence.store import open_store
from reviewkit.model import InputError, library_digest, read_engagement
from reviewkit.run.tracker import tracked
from reviewkit.steps import open_step, step_class
from reviewkit.steps.by_hand import LIBRARY, ByHand, handed_on, read_by_hand
from reviewkit.steps.deciding import decision_hashes
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


def test_a_step_run_by_hand_is_told_until_a_run_has_it_too(desk: Desk) -> None:
    params, home = desk.params(), desk.runs / "mini/workbench"
    file = params.parent / "data/kpis.csv"
    file.write_text(file.read_text().replace("4.5", "3.5"))
    made_from = fingerprints(read_engagement(params), params) | {LIBRARY: library_digest()}
    begun = ByHand(state="begun", at=dt.datetime.now(dt.UTC), made_from=made_from)
    begun.write(home, "1.1")
    assert at(desk, "1.1").state == "stale" and at(desk, "1.1").why.endswith("not run to its end.")
    failed = begun.model_copy(update={"state": "failed", "why": "no column 'site'."})
    failed.write(home, "1.1")
    assert at(desk, "1.1").state == "failed" and at(desk, "1.1").why.endswith(": no column 'site'.")
    handed_on(home, "1.1")
    assert at(desk, "1.1").state == "by_hand" and "after the next run" in at(desk, "1.1").why
    assert at(desk, "3.2").state == "stale"  # it rests on the pages of 1.1, which are of before
    file.write_text(file.read_text().replace("3.5", "2.5"))
    assert at(desk, "1.1").state == "stale" and at(desk, "1.1").why.endswith("since then kpis changed.")
    before = desk.manifest().started - dt.timedelta(minutes=1)
    begun.model_copy(update={"at": before}).write(home, "1.1")
    assert at(desk, "1.1").why == "Kpis changed."  # a run since then took its place


def test_the_same_findings_by_hand_leave_a_step_done(desk: Desk) -> None:
    params, home = desk.params(), desk.runs / "mini/workbench"
    made_from = fingerprints(read_engagement(params), params) | {LIBRARY: library_digest()}
    ByHand(state="done", at=dt.datetime.now(dt.UTC), made_from=made_from).write(home, "1.1")
    (home / "findings").mkdir(parents=True)
    shutil.copyfile(desk.latest() / "findings/1.1.jsonl", home / "findings/1.1.jsonl")
    assert at(desk, "1.1").state == "done" and at(desk, "1.1").why.endswith("with the same findings.")


def test_who_runs_a_step_by_hand_is_told_also_where_it_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    params = desk.params()
    step = open_step("1.1", params)
    folder = step.review.folder
    assert (found := read_by_hand(folder, "1.1")) is not None and found.state == "begun"
    step.hands_on()
    assert (found := read_by_hand(folder, "1.1")) is not None and found.state == "done"

    def fails(self: object) -> None:
        raise ValueError("no such site\nand more")

    monkeypatch.setattr(step_class("1.2"), "analyse", fails)
    with pytest.raises(ValueError, match="no such site"):
        open_step("1.2", params)
    assert (found := read_by_hand(folder, "1.2")) is not None and (found.state, found.why) == (
        "failed",
        "no such site",
    )


def test_a_decision_on_one_step_leaves_the_others_as_they_were() -> None:
    none = pd.DataFrame({"finding_id": [], "decision": []}, dtype="str")
    one = pd.DataFrame({"finding_id": ["3.1/recommendation/train"], "decision": ["agreed"]})
    assert decision_hashes(none) == {} and set(decision_hashes(one)) == {"3.1"}
