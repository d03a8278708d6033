"""Step 1.2: opinions with their basis, what people decided, and a scope that is judged; on bad input too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.model import Edition, read_engagement
from reviewkit.present.view import View
from reviewkit.steps.local_knowledge_and_scope import LocalKnowledgeAndScope
from reviewkit.steps.local_knowledge_and_scope.told_opinions import held_back
from reviewkit.steps.review import Review
from reviewkit.steps.week1_report import Week1Report

Html = Callable[[View, Edition], str]
PARAMS = """
id: tiny
name: Tiny
client: A tiny client
purpose: To serve.
data_as_of: 2024-12-31
data: data
period: month
measures:
  - {id: wait, name: Wait, unit: days, direction: decrease, table: kpis, where: "measure = 'wait'",
     numerator: sum(numerator), denominator: sum(denominator), minimum_effect: 2}
"""
SCOPE = """item_id,kind,text,role,starts,due,days_budgeted,days_used,cost_budgeted,cost_used,status
S1,budget,Visits,Analyst,,,6,8,4800,4950,open
S2,budget,Report,Analyst,,,,,,,open
S3,milestone,Interviews,Analyst,2025-02-20,2025-02-01,,,,,open
S4,data_request,Leavers,,,2024-10-01,,,,,open
S5,assumption,Volumes hold.,,,,,,,,dropped
"""
OPINIONS = """opinion_id,status,role,reason,words,decided_on,fingerprint
1.1/opinion/wait,confirmed,Head of service,It is real.,,2025-01-10,other figures
1.1/opinion/wait/quay,withdrawn,Head of IT,The new clock.,,2025-01-10,
1.1/opinion/closed_measure/mill,confirmed,Head of service,Seen.,Calls at Mill have doubled.,2025-01-10,abc
"""
NOTES = """annotation_id,at,measure,site,text,effect,role
N1,2023-01-01,wait,Quay,New clock,process_changed,Head of IT
"""


def kpis() -> pd.DataFrame:
    months = pd.date_range("2022-01-01", periods=36, freq="MS")
    noise = np.random.default_rng(3)
    rows = []
    for site, step in (("Quay", 12.0), ("Mill", 2.0), ("Park", 3.0)):
        value = 20 + noise.normal(0, 1, 36) + step * (months >= "2023-01-01") + 6 * (months >= "2024-01-01")
        rows.append(pd.DataFrame({"period": months, "site": site, "numerator": (value * 100).round()}))
    return pd.concat(rows).assign(measure="wait", denominator=100)


def review_of(folder: Path, **files: str) -> Review:
    folder.mkdir()
    (folder / "data").mkdir()
    for name, text in files.items():
        (folder / "data" / f"{name}.csv").write_text(text, encoding="utf-8")
    params = folder / "tiny.yaml"
    params.write_text(PARAMS, encoding="utf-8")
    engagement = read_engagement(params)
    write_snapshot(engagement, params, folder / "evidence")
    return Review(engagement, EvidenceSet(engagement, folder / "evidence"), folder)


@pytest.fixture(scope="module")
def step(tmp_path_factory: pytest.TempPathFactory) -> LocalKnowledgeAndScope:
    folder = tmp_path_factory.mktemp("scope") / "tiny"
    numbers = kpis().to_csv(index=False)
    return LocalKnowledgeAndScope(
        review_of(folder, kpis=numbers, scope=SCOPE, opinions=OPINIONS, annotations=NOTES)
    )


def row(step: LocalKnowledgeAndScope, opinion: str) -> pd.Series:
    return step.reviewed.set_index("opinion_id").loc[f"1.1/opinion/{opinion}"]


def test_basis_shows_figures_rule_rows_and_the_trail(step: LocalKnowledgeAndScope, html: Html) -> None:
    page = html(step.opinions_and_basis(), "leadership")
    assert "no target on file, so nothing can be said about meeting one" in page
    assert "kpis: 36 points" in page and "Rule: A signal becomes an opinion" in page
    assert 'href="evidence.html#f-1.1-opinion-wait"' in page


def test_decision_is_told_with_role_date_and_reason(step: LocalKnowledgeAndScope, html: Html) -> None:
    page = html(step.standing(), "leadership")
    assert "Withdrawn by the Head of IT, 10 January 2025 (The new clock)" in page
    assert "New clock (the process changed, says the Head of IT)" in page
    finding = next(one for one in step.findings if one.id == "1.2/reviewed_opinion/wait/quay")
    assert [item.source for item in finding.evidence] == ["opinions", "kpis", "annotations"]


def test_other_figures_flag_a_decision_and_keep_it(step: LocalKnowledgeAndScope) -> None:
    mine = row(step, "wait")
    assert mine["status"] == "confirmed" and mine["flag"].startswith("The figures changed")


def test_withdrawn_opinion_that_new_limits_bear_out_is_flagged(step: LocalKnowledgeAndScope) -> None:
    mine = row(step, "wait/quay")
    assert (mine["status"], mine["remains"]) == ("withdrawn", "yes")
    assert mine["flag"].startswith("Withdrawn, yet with limits begun anew on 1 January 2023 a rise of")


def test_opinion_no_longer_in_the_figures_is_told_on_both_pages(
    step: LocalKnowledgeAndScope, html: Html
) -> None:
    mine = row(step, "closed_measure/mill")
    assert mine["flag"] == (
        "The data no longer give rise to this opinion: there are no figures for it any more."
    )
    step.review.keep(step)
    report = Week1Report(step.review)
    page = html(report.main_opinions(), "leadership")
    assert "Calls at Mill have doubled. The data no longer give rise" in page
    assert "1 opinion withdrawn by people" in page and "Figures changed since decided." in page
    actions = html(report.immediate_actions(), "leadership")
    assert "Put the opinion on wait at Quay, withdrawn, to the Head of IT again." in actions
    assert "Chase the data request: Leavers (by 1 October 2024)." in actions
    assert "Nobody has been heard" in report.answer("leadership")[-1]
    assert "Wait: no target is on file" in html(report.what_can_be_concluded(), "leadership")


def test_budget_used_above_budgeted_is_told(step: LocalKnowledgeAndScope, html: Html) -> None:
    page = html(step.budget(), "leadership")
    assert "Visits is over its budget by 2 days and £150." in page
    assert "over in days and cost" in page and "not on file" in page
    assert "1 item of the review's own budget is overspent." in step.answer("leadership")[-1]


def test_timetable_that_ends_before_it_starts_is_told(step: LocalKnowledgeAndScope, html: Html) -> None:
    page = html(step.timetable(), "leadership")
    assert "Interviews ends on 1 February 2025, before it starts on 20 February 2025." in page


def test_requests_and_assumptions_say_what_is_late_or_no_longer_holds(
    step: LocalKnowledgeAndScope, html: Html
) -> None:
    page = html(step.assumptions_and_requests(), "leadership")
    assert "open, late" in page and "no longer holds" in page


def test_scope_says_what_nothing_is_written_down_for(step: LocalKnowledgeAndScope, html: Html) -> None:
    page = html(step.agreement(), "leadership")
    assert "it is the review team's proposal" in page.replace("&#39;", "'")
    assert "Nothing is written down on questions to answer, what is left out and who agreed to it." in page


def test_only_numbers_shares_the_opinions_and_says_the_rest_is_open(tmp_path: Path, html: Html) -> None:
    found = LocalKnowledgeAndScope(review_of(tmp_path / "numbers", kpis=kpis().to_csv(index=False)))
    lines = found.answer("leadership")
    assert "open" in lines[0] and lines[-1] == "The scope is not agreed yet; no data request open."
    assert "Nobody has dated anything that bears on it." in html(found.knowledge_on_charts(), "leadership")
    assert "Nobody has agreed the scope yet" in html(found.agreement(), "leadership")


def test_only_a_scope_says_there_is_no_opinion(tmp_path: Path, html: Html) -> None:
    found = LocalKnowledgeAndScope(review_of(tmp_path / "scope", scope=SCOPE))
    assert found.answer("team")[0].startswith("The data gave rise to no opinion")
    assert "nothing to share yet" in html(found.opinions_and_basis(), "team")
    assert found.tables["new_limits"].empty


def test_opinion_that_is_gone_is_told_without_the_figures_of_the_rule() -> None:
    ended = "which the figures no longer give rise to."
    row = {"opinion_id": "1.1/opinion/fcr/castle_quay", "status": "confirmed", "role": "head", "remains": ""}
    row |= {"gone": True, "stands": f"An opinion decided earlier on resolution at Castle Quay, {ended}"}
    row |= {
        "flag": "The data no longer give rise to this opinion: no lasting change: 6.0% chance once 96 series."
    }
    told = held_back(pd.DataFrame([row]))
    assert told == [
        "Confirmed by the head: An opinion decided earlier on resolution at Castle Quay. "
        "The data no longer give rise to this opinion: no lasting change."
    ]
    whole = {"opinion_id": "1.1/opinion/fcr", "status": "revised", "role": "head", "remains": "", "flag": ""}
    whole |= {"gone": False, "stands": "It has fallen at Castle Quay alone."}
    assert "names this place still" in held_back(pd.DataFrame([row, whole]))[0]
    assert "names this place" not in held_back(pd.DataFrame([row, whole | {"stands": "It fell."}]))[0]
