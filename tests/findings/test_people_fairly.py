"""People judged fairly: who is not judged, who would stand out by chance, and who answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from reviewkit.disclosure import Discloser
from reviewkit.findings.people.bias import agreement
from reviewkit.findings.people.compared import fair_rates, not_judged
from reviewkit.findings.people.scores import scores
from reviewkit.findings.people.standing import NOT_APART, singled_out, standings
from reviewkit.model import Disclosure
from reviewkit.steps.people_performance.answers import _moves, answers_block, score_findings
from reviewkit.steps.people_performance.fairness import fairness_findings, unjudged_findings
from reviewkit.steps.people_performance.findings import person_findings, standing_words

GATE = Discloser(Disclosure(), pd.DataFrame(columns=["name", "department", "level", "headcount"]))
EASY = {"easy": 0.85, "hard": 0.55}


def cells(seed: int, skill: dict[str, float], each: int = 220, csat: bool = True) -> pd.DataFrame:
    """Covariate cells of agents at two sites; ``skill`` is added to the chance of solving a contact."""
    numbers = np.random.default_rng(seed)
    rows = pd.DataFrame({"agent": np.repeat(list(skill), each)})
    rows["site"] = np.where(rows["agent"].str[-1].astype(int) % 2, "North", "South")
    rows["team"], rows["readiness"] = rows["site"] + " 1", "ready"
    rows["channel"] = numbers.choice(["phone", "chat"], len(rows))
    rows["reason"] = numbers.choice(["easy", "hard"], len(rows))
    chance = rows["reason"].map(EASY) + rows["agent"].map(skill)
    rows["outcome"] = (numbers.random(len(rows)) < chance).astype(int)
    answered = (numbers.random(len(rows)) < np.where(rows["outcome"] == 1, 0.45, 0.25)) & csat
    rows = rows.assign(
        contacts=1, resolved_n=1, resolved_sum=rows["outcome"], resolved_square=rows["outcome"]
    )
    score = np.clip(np.round(3 + rows["outcome"] + numbers.normal(0, 0.8, len(rows))), 1, 5)
    rows["csat_n"] = answered.astype(int)
    rows["csat_sum"], rows["csat_square"] = score * answered, score**2 * answered
    keys = ["agent", "team", "site", "reason", "readiness", "channel", "outcome"]
    made = rows.groupby(keys, as_index=False).sum()
    return made.astype({"outcome": "Int8"})


def agents(number: int, **better: float) -> dict[str, float]:
    return {f"a{n:02d}": better.get(f"a{n:02d}", 0.0) for n in range(number)}


def test_nobody_stands_out_among_sixty_who_are_alike() -> None:
    """Over ten engagements without any true difference, plain intervals flag dozens, the rules hardly any."""
    plain = apart = 0
    for seed in range(10):
        made = singled_out(standings(fair_rates(cells(seed, agents(60), csat=False))))[0]
        plain, apart = plain + made["plain"], apart + made["apart"]
    assert 12 < plain < 60  # 5 % of 600 are 30
    assert apart <= 2


def test_those_who_truly_differ_are_found_with_reasons() -> None:
    skill = agents(40, a03=0.14, a08=-0.2)
    judged = standings(fair_rates(cells(1, skill)))
    each = judged.drop_duplicates("agent").set_index("agent")
    assert each.loc["a03", "standing"] == "recognise" and each.loc["a08", "standing"] == "support"
    assert each.drop(["a03", "a08"])["standing"].eq("").all()
    found = person_findings(judged)
    assert {finding.figures["standing"] for finding in found} == {"recognise", "support"}
    assert all(finding.personal and "leadership" not in finding.audience for finding in found)
    said = next(finding.statement for finding in found if finding.subject == "a08")
    for part in ("improvement plan", "95% interval", "on 220 contacts", "rank 40 of 40"):
        assert part in said


def test_a_side_that_is_not_sure_among_all_gives_no_standing_but_is_told() -> None:
    rates = pd.DataFrame({
        "agent": ["a", "b"], "measure": "first_contact_resolution", "lower": [72.0, 60.0],
        "upper": [80.0, 75.0], "centre": 70.0, "q_value": [0.2, 0.9]})  # fmt: skip
    found = standings(rates)
    assert found["side"].tolist() == ["better", ""] and found["standing"].tolist() == ["", ""]
    assert "though not once all agents" in found["reason"][0] and found["reason"][1] == NOT_APART


def test_scores_that_say_the_opposite_veto_a_standing() -> None:
    rates = pd.DataFrame({
        "agent": ["a", "a"], "measure": ["first_contact_resolution", "csat"], "lower": [75.0, 3.0],
        "upper": [80.0, 3.4], "centre": [70.0, 4.0], "q_value": [0.001, 0.6]})  # fmt: skip
    assert standings(rates)["standing"].tolist() == ["", ""]


def test_not_judged_and_judged_are_everybody() -> None:
    table = cells(3, agents(20))
    few = table["agent"] == "a04"
    table.loc[few, ["resolved_n", "resolved_sum"]] = table.loc[few, ["resolved_n", "resolved_sum"]] // 9
    table.loc[table["agent"] == "a06", "site"] = "Alone"
    gone = not_judged(table)
    mine = gone[gone["measure"] == "first_contact_resolution"].set_index("agent")["why"].to_dict()
    assert mine == {
        "a04": "fewer than 30 contacts",
        "a06": "no colleague at the same site to be compared with",
    }
    judged = fair_rates(table)
    for measure in ("first_contact_resolution", "csat"):
        parts = [frame.loc[frame["measure"] == measure, "agent"] for frame in (judged, gone)]
        assert sorted(pd.concat(parts)) == sorted(agents(20))


def test_counts_of_those_not_judged_reach_the_page_banded_for_leadership() -> None:
    table = cells(4, agents(20))
    table.loc[table["agent"] == "a04", "agent"] = ""
    table.loc[table["agent"] == "a06", "site"] = "Alone"
    found = unjudged_findings(not_judged(table), table, GATE)
    said = {finding.subject: finding for finding in found}
    assert "1 of 19 agents" in said["first_contact_resolution_counts"].statement
    assert "one of 19 agents" in said["first_contact_resolution_bands"].statement
    assert said["first_contact_resolution_bands"].audience == ("leadership",)
    assert said["no_agent"].figures == {"without": 220, "contacts": 4400}


def test_leadership_reads_what_to_expect_by_chance_and_no_count_of_standings() -> None:
    found = fairness_findings(standings(fair_rates(cells(5, agents(40, a03=0.2)))))
    shown = [finding for finding in found if "leadership" in finding.audience]
    assert any("2.0 would lie beyond" in finding.statement for finding in shown)
    assert not any("looked at are allowed for" in finding.statement for finding in shown)
    assert any("1 stands apart" in finding.statement for finding in found)
    assert any("nobody's rank" in finding.statement for finding in shown)


def test_without_an_objective_measure_nobody_is_singled_out() -> None:
    table = cells(6, agents(20)).drop(columns=["resolved_n", "resolved_sum", "resolved_square"])
    judged = standings(fair_rates(table))
    assert judged["standing"].eq("").all()
    assert "nobody is singled out" in standing_words(judged, GATE, "team")[0]


def test_scores_speak_for_the_solved() -> None:
    made = scores(cells(7, agents(20)))
    assert made is not None and made.ratio is not None
    assert made.ratio["lower"] < 0.45 / 0.25 < made.ratio["upper"]
    assert (made.sites["weighted"] < made.sites["raw"]).all()
    said = score_findings(made, GATE)[0].statement
    assert said.startswith("Scores come from 3") and "those whose contact was solved count for more" in said


def test_scores_without_outcomes_say_that_bias_cannot_be_known() -> None:
    table = cells(8, agents(10)).assign(outcome=pd.NA)
    made = scores(table.astype({"outcome": "Int8"}))
    assert made is not None and made.ratio is None and made.strata == ("channel",)
    assert "outcomes are not on file" in score_findings(made, GATE)[0].statement


def test_scores_none_where_nobody_gave_one() -> None:
    assert scores(cells(9, agents(6), csat=False)) is None
    assert score_findings(None, GATE) == []


@pytest.mark.parametrize("edition", ["team", "leadership", "managers"])
def test_answers_block_shows_agents_to_those_who_may_see_them_and_no_small_site(edition: str) -> None:
    table = cells(10, agents(20))
    tiny = table[table["agent"] == "a01"].head(1).assign(site="Tiny", contacts=9, csat_n=3, csat_sum=9.0,
                                                         csat_square=27.0)  # fmt: skip
    made = scores(pd.concat([table, tiny], ignore_index=True))
    html = str(answers_block(made, GATE, edition).html())  # type: ignore[arg-type]
    assert ("a01" in html) == (edition != "leadership")
    assert "Tiny" in html
    assert ("3.00" in html) == (edition == "team")


def test_agreement_is_wide_for_few_and_none_where_nothing_varies() -> None:
    numbers = np.random.default_rng(1)
    wide = pd.DataFrame({"first_contact_resolution": numbers.normal(size=12)})
    wide["csat"] = wide["first_contact_resolution"] + numbers.normal(size=12)
    long = wide.rename_axis("agent").reset_index().melt("agent", var_name="measure", value_name="adjusted")
    found = agreement(long)
    assert found is not None and found["upper"] - found["lower"] > 0.5
    assert agreement(long.assign(adjusted=1.0)) is None


def test_agreements_interval_holds_the_truth_as_often_as_it_says() -> None:
    inside = []
    for seed in range(300):
        numbers = np.random.default_rng(seed)
        x = numbers.normal(size=60)
        y = 0.6 * x + 0.8 * numbers.normal(size=60)
        frame = pd.DataFrame({"first_contact_resolution": x, "csat": y}).rename_axis("agent").reset_index()
        found = agreement(frame.melt("agent", var_name="measure", value_name="adjusted"))
        assert found is not None
        inside.append(found["lower"] <= 6 / np.pi * np.arcsin(0.3) <= found["upper"])
    assert 0.91 < np.mean(inside) < 0.985


def test_contacts_that_name_nobody_judge_nobody() -> None:
    table = cells(11, agents(6)).assign(agent="")
    assert fair_rates(table).empty and not_judged(table).empty
    found = unjudged_findings(not_judged(table), table, GATE)
    assert [finding.subject for finding in found] == ["no_agent"]


def test_agents_who_all_have_too_few_contacts_are_all_counted() -> None:
    table = cells(12, agents(8), each=10)
    assert fair_rates(table).empty
    found = unjudged_findings(not_judged(table), table, GATE)
    assert "8 of 8 agents (fewer than 30 contacts)" in found[0].statement


def test_changes_that_cancel_out_are_not_called_none() -> None:
    made = scores(cells(7, agents(20)))
    assert made is not None
    half = made.sites.index % 2 == 0
    away = made.sites.assign(weighted=made.sites["raw"] + np.where(half, 0.2, -0.2))
    text, figures = _moves(away, "site", made.strata)
    assert "a mean score changes by 0.20 on average, up or down" in text and figures["change"] > 0.19
