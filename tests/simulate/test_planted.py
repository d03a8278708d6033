"""What is said to be planted is in the data, by checks a reader can follow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from ruamel.yaml import YAML

from reviewkit.simulate import engagement, read_truths

from .conftest import Tables, read

CHANGE = "2025-02-10"


def weekly(contacts: pd.DataFrame, column: str) -> pd.DataFrame:
    """Weekly means by site."""
    at = pd.to_datetime(contacts["at"])
    week = at.dt.to_period("W-SUN").dt.start_time
    value = contacts[column].astype(float)
    return value.groupby([week, contacts["site"]]).mean().unstack()


def change(series: pd.Series, at: str) -> float:
    return float(series[series.index >= at].mean() - series[series.index < at].mean())


def recorded(folder: Path) -> dict[str, object]:
    data: dict[str, object] = YAML(typ="safe").load((folder / "truths.yaml").read_text())
    return data


def test_first_contact_resolution_falls_where_planted(contact_tables: Tables, contact_centre: Path) -> None:
    shifts = recorded(contact_centre)["shifts"]
    series = weekly(contact_tables["contacts"], "resolved")
    planted = {s["site"]: s["effect"] for s in shifts if s["measure"] == "first_contact_resolution"}  # type: ignore[attr-defined]
    assert set(planted) == {"Castle Quay", "Dale Mill"}
    for site in series:
        assert change(series[site], CHANGE) == pytest.approx(planted.get(site, 0), abs=0.05)


def test_recorded_sigma_is_that_of_the_series(contact_tables: Tables, contact_centre: Path) -> None:
    shifts = recorded(contact_centre)["shifts"]
    sigma = next(s["sigma"] for s in shifts if s["site"] == "Dale Mill")  # type: ignore[attr-defined]
    series = weekly(contact_tables["contacts"], "resolved")["Dale Mill"]
    assert series[series.index < CHANGE].std() == pytest.approx(sigma, rel=0.3)


def test_training_hours_fall_at_the_same_sites(contact_tables: Tables) -> None:
    table = contact_tables["resources"].pivot(index="period", columns="site", values="training_hours")
    moved = {site: change(table[site], "2025-02-01") for site in table}
    assert {site for site, size in moved.items() if size < -0.8} == {"Castle Quay", "Dale Mill"}


def test_conversion_falls_on_leads_of_the_new_campaign(contact_tables: Tables) -> None:
    leads = contact_tables["leads"]
    new = leads["material"] == "winter_saver"
    assert leads.loc[new, "at"].min() >= "2024-11-01"
    assert leads.loc[new, "converted"].mean() < leads.loc[~new, "converted"].mean() - 0.05
    assert leads.loc[new, "quality"].mean() < leads.loc[~new, "quality"].mean() - 0.03


def test_downtime_improves_while_people_complain(contact_tables: Tables) -> None:
    month = contact_tables["resources"].groupby("period")["downtime_minutes"].mean()
    coded = contact_tables["codings"].query("code == 'systems_and_it' and stance == 'concern'")
    assert change(month, "2024-09-01") < -15
    assert coded["remark_id"].nunique() > 25


def test_agents_planted_better_do_better(contact_tables: Tables, contact_centre: Path) -> None:
    people = recorded(contact_centre)["people"]
    rate = contact_tables["contacts"].groupby("agent")["resolved"].apply(lambda x: x.astype(float).mean())
    better, worse = rate[people["agents_better"]], rate[people["agents_worse"]]  # type: ignore[index]
    assert len(better) == len(worse) == 3
    assert better.mean() - rate.mean() > 0.07 and worse.mean() - rate.mean() < -0.07


def test_hard_mix_team_has_the_hard_contacts(contact_tables: Tables) -> None:
    contacts = contact_tables["contacts"]
    share = contacts["reason"].eq("complaint").groupby(contacts["team"]).mean()
    assert share.idxmax() == "Brook House 3"


def test_leads_of_teams_lack_coaching(contact_tables: Tables) -> None:
    people = contact_tables["stakeholders"].set_index("stakeholder_id")
    table = contact_tables["competencies"]
    level = table["stakeholder_id"].map(people["level"] + people["department"])
    lead = table[level == "team_leadOperations"]
    gap = (lead["needed"] - lead["manager_rating"]).groupby(lead["competency"]).mean()
    assert gap.idxmax() == "coaching" and gap["coaching"] > 1


def test_survey_divides_front_line_and_management(contact_tables: Tables) -> None:
    table = contact_tables["perceptions"]
    mean = table.groupby(["statement", "group"])["answer"].mean().unstack()
    difference = (mean["front_line"] - mean["management"]).abs()
    planted = {truth.statement for truth in read_truths("contact_centre").partners}
    assert set(difference.nlargest(4).index) == planted


def test_training_is_raised_at_the_two_sites(contact_tables: Tables) -> None:
    said = contact_tables["remarks"].merge(
        contact_tables["codings"].query("code == 'training_gap'"), on="remark_id"
    )
    said = said.query("department == 'Operations' and stance == 'concern'").drop_duplicates("remark_id")
    counts = said["site"].value_counts()
    assert counts[["Castle Quay", "Dale Mill"]].sum() > 0.8 * counts.sum()


def test_a_department_and_level_was_missed(contact_tables: Tables) -> None:
    people = contact_tables["stakeholders"]
    heard = people[people["stakeholder_id"].isin(contact_tables["participants"]["stakeholder_id"])]
    cells = set(zip(people["department"], people["level"], strict=True))
    missed = cells - set(zip(heard["department"], heard["level"], strict=True))
    assert ("Workforce Planning", "front_line") in missed


def test_waiting_grows_at_midtown_alone(employment_tables: Tables) -> None:
    kpis = employment_tables["kpis"].query("measure == 'days_to_first_meeting'")
    sums = kpis.groupby(["period", "site"])[["numerator", "denominator"]].sum()
    days = (sums["numerator"] / sums["denominator"]).unstack()
    moved = {site: change(days[site], "2024-10-01") for site in days}
    assert max(moved, key=lambda site: moved[site]) == "Midtown" and moved["Midtown"] > 2


def test_westhaven_exceeds_and_eastbrook_misses_the_contract(employment_tables: Tables) -> None:
    kpis = employment_tables["kpis"].query("measure == 'job_starts'")
    sums = kpis.groupby("site")[["numerator", "denominator"]].sum()
    attained = sums["numerator"] / sums["denominator"]
    assert attained.idxmax() == "Westhaven" and attained["Westhaven"] > 1
    assert attained.idxmin() == "Eastbrook" and attained["Eastbrook"] < 0.8
    assert (attained > 1).sum() == 1


def test_eastbrook_leaves_out_steps(employment_tables: Tables) -> None:
    log = employment_tables["journey"]
    met = log.query("activity == 'job_search'").groupby("site")["customer"].nunique()
    planned = log.query("activity == 'action_plan'").groupby("site")["customer"].nunique()
    assert (planned / met).idxmin() == "Eastbrook" and (planned / met)["Eastbrook"] < 0.6


def test_report_counts_agree_with_the_journey(employment_tables: Tables) -> None:
    kpis = employment_tables["kpis"].query("measure == 'job_starts' and site == 'Midtown'")
    outcomes = employment_tables["outcomes"].query("outcome == 'job_start' and site == 'Midtown'")
    months = pd.to_datetime(outcomes["at"]) >= "2023-10-01"
    assert kpis.loc[kpis["period"] >= "2023-10-01", "numerator"].sum() == months.sum()


def test_clean_engagement_has_no_change(tmp_path: Path) -> None:
    engagement(tmp_path, seed=3, truths="clean")
    series = weekly(read(tmp_path)["contacts"], "resolved").mean(axis=1)
    assert change(series, CHANGE) == pytest.approx(0, abs=0.02)
    assert "shifts: []" in (tmp_path / "truths.yaml").read_text()


def test_series_carry_the_autocorrelation_asked_for(tmp_path: Path) -> None:
    found = []
    for seed in range(4):
        truths = read_truths("clean").model_copy(update={"autocorrelation": 0.3})
        engagement(tmp_path / str(seed), seed=seed, truths=truths)
        series = weekly(read(tmp_path / str(seed))["contacts"], "resolved")
        found += [series[site].autocorr() for site in series]
    assert np.mean(found) == pytest.approx(0.27, abs=0.1)


def test_agreed_actions_have_the_baseline_that_the_data_show(contact_centre: Path) -> None:
    actions = pd.read_csv(contact_centre / "actions.csv", parse_dates=["starts"]).set_index("measure")
    kpis = pd.read_csv(contact_centre / "kpis.csv", parse_dates=["period"])
    mine, row = kpis[kpis["measure"].eq("absence")], actions.loc["absence"]
    year = mine[mine["period"].between(row["starts"] - pd.DateOffset(years=1), row["starts"])]
    assert row["baseline"] == round(100 * year["numerator"].sum() / year["denominator"].sum(), 1)
    assert actions["baseline"].notna().all()
