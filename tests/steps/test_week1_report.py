"""Step 1.6: one page that keeps measured and described gaps apart and says what stays open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.content import load_interventions
from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.findings.causes.first_map import first_interventions
from reviewkit.model import Edition, read_engagement
from reviewkit.present.view import View
from reviewkit.steps.review import Review
from reviewkit.steps.week1_report import Week1Report
from reviewkit.steps.week1_report import blocks as report_blocks
from reviewkit.steps.week1_report.first_actions import Action, _begin, _put_again

Html = Callable[[View, Edition], str]
GAP = {"kind": "measured", "measure": "fcr", "code": "", "name": "Resolution", "site": "", "contract": ""}
GAP |= {"expected": "74%", "actual": "69%", "evidence": "It averages 69%.", "likely_cause": "Training"}
GAP |= {"cause": "training", "department": "Quality"}


def gaps(*changes: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame([{"gap_id": f"1.6/gap/{n}"} | GAP | change for n, change in enumerate(changes)])


@pytest.fixture
def report(tmp_path: Path, small: Callable[[Path], Path]) -> Callable[[int], Week1Report]:
    """The report on the small engagement, on the first so many of its interviews."""

    def made(interviews: int) -> Week1Report:
        params = small(tmp_path)
        for name in ("remarks", "interviews", "participants", "codings", "quotes"):
            path = tmp_path / "data" / f"{name}.csv"
            pd.read_csv(path).head(interviews).to_csv(path, index=False)
        engagement = read_engagement(params)
        write_snapshot(engagement, params, tmp_path / "evidence")
        return Week1Report(Review(engagement, EvidenceSet(engagement, tmp_path / "evidence"), tmp_path))

    return made


def test_two_interviews_are_a_lead_and_no_pattern(
    report: Callable[[int], Week1Report], html: Html, names: list[str]
) -> None:
    step = report(2)
    assert step.answer("leadership")[-1] == (
        "There are no figures: how large anything is, since when, and its cost cannot be said."
    )
    open_points = html(step.what_can_be_concluded(), "leadership")
    assert "Only 2 interviews are coded: what was said is a lead to follow and no pattern." in open_points
    views = (step.main_opinions, step.key_themes, step.priority_issues, step.gap_map, step.strengths)
    page = "".join(html(view(), "leadership") for view in views)
    assert "There are no measures" in page and "The numbers show no gap" in page
    assert not [name for name in names if name in page]


def test_gap_map_keeps_described_gaps_apart_and_shows_them_after_many_measured_ones() -> None:
    many = [{"measure": f"m{n}", "name": f"Measure {n}"} for n in range(30)]
    said = {"kind": "described", "measure": "", "code": "morale", "name": "Morale", "likely_cause": ""}
    page = report_blocks.gap_map(gaps(*many, said), {}).html()
    assert "Gaps only people describe" in page and "Morale" in page
    assert report_blocks.UNNAMED in page and "no quote on it has been approved" in page
    assert "“We never meet.”" in report_blocks.gap_map(gaps(said), {}, {"morale": "“We never meet.”"}).html()


def test_gap_map_one_row_a_measure_names_sites_and_contracts() -> None:
    rows = gaps({"contract": "north"}, {}, {"site": "Quay"})
    page = report_blocks.gap_map(rows, {"north": "Contract North"}).html()
    head, _ = page.split("<details")
    assert head.count("<tr>") == 2
    assert "Contract North and Quay" in head and "evidence.html#f-1.6-gap-1" in head
    assert "Resolution, Contract North" in page


def test_opinion_nobody_answered_is_to_be_shared_and_a_flagged_decision_put_again() -> None:
    rows = pd.DataFrame(
        {
            "opinion_id": ["1.1/opinion/a", "1.1/opinion/b"],
            "status": ["open", "confirmed"],
            "flag": ["", "The figures changed since this was decided: look again."],
            "role": ["", "Head of Sales"],
            "name": ["A", "Sales conversion"],
            "site": ["", ""],
        }
    )
    assert _put_again(rows) == [
        Action(
            "Put the opinion on sales conversion, confirmed, to the Head of Sales again. "
            "The figures changed since this was decided: look again.",
            "reviewed_opinions",
            "1.1/opinion/b",
        ),
        Action(
            "Share 1 opinion that nobody has confirmed, revised or withdrawn yet.",
            "reviewed_opinions",
            "1.1/opinion/a",
        ),
    ]


def test_nothing_begins_now_on_peoples_words_alone() -> None:
    rows = pd.DataFrame({"gap_ids": ["1.6/described_gap/a", "1.6/gap/b"], "effort": [1, 1]})
    rows = rows.assign(department="Sales", title=["Word", "Number"], intervention=["w", "n"])
    assert [action.which for action in _begin(rows)] == ["n"]


def test_interventions_without_a_likely_cause_are_none() -> None:
    assert first_interventions(gaps({"cause": ""}), {}).empty


def test_what_a_department_is_to_do_for_two_causes_stands_once() -> None:
    known = load_interventions()
    both = next(one for one in known.values() if len(one.causes) > 1 and not one.stop)
    pair = [{"cause": name, "likely_cause": f"Cause {name}"} for name in both.causes[:2]]
    found = first_interventions(gaps(*pair), {both.id: both})
    assert len(found) == 1 and found.loc[0, "gaps"] == 2
    assert found.loc[0, "gap_ids"] == "1.6/gap/0,1.6/gap/1" and ", cause " in found.loc[0, "cause"]
