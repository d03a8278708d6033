"""What the rules say of the samples and of real data: what is known to be there, and no nonsense."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reviewkit.evidence.inspection import inspect
from reviewkit.evidence.suspicions import Suspicion, suspicions
from reviewkit.model import Engagement, read_engagement
from tests.evidence.good_tables import engagement, rate, table

REAL = Path(__file__).parents[2].parent / "shared" / "data"
SAMPLES = {
    "contact_centre": {("kpis", "gap"), ("customer_feedback", "repeated_texts")},
    "employment_services": {("journey", "future"), ("kpis", "gap"), ("customer_feedback", "repeated_texts")},
    "emergency_care": {("kpis", name) for name in ("site_ends", "size_changes", "site_starts_late", "gap")},
    "patient_voice": {("customer_feedback", "repeated_texts")},
}


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_have_what_is_known_and_nothing_else(name: str, root: Path) -> None:
    params = root / "params" / f"{name}.yaml"
    found = inspect(read_engagement(params), params)
    assert found.faults == [] and found.notes == []
    assert {(each.table, each.rule) for each in found.warnings} == SAMPLES[name]


def real(file: str, **how: Any) -> pd.DataFrame:
    if not (REAL / file).is_file():
        pytest.skip(f"{file} is not beside the repository")
    return pd.read_csv(REAL / file, **how)


def emergency() -> dict[str, pd.DataFrame]:
    rows = real("ae_attendances.csv", parse_dates=["period"])
    rows = rows[rows["type"].astype(str) == "1"]
    numerator = rows["attendances"] - rows["breaches"]
    figures = {"numerator": numerator, "denominator": rows["attendances"]}
    return {"kpis": table("kpis", period=rows["period"], measure="rate", site=rows["org_code"], **figures)}


def told(tables: dict[str, pd.DataFrame], of: Engagement) -> dict[str, Suspicion]:
    return {each.rule: each for each in suspicions(tables, of)}


def test_mergers_of_emergency_departments_are_told_with_who_took_over() -> None:
    found = told(emergency(), engagement(data_as_of="2019-03-31"))
    line = found["site_ends"].problem
    # Published mergers: Hinchingbrooke, the two Manchester trusts, Burton, Ipswich and Heart of England.
    for gone, after in {
        "RQQ": "RGN",
        "RM2": "R0A",
        "RW3": "R0A",
        "RJF": "RTG",
        "RGQ": "RDE",
        "RR1": "RRK",
    }.items():
        assert (
            f"'{gone}' after" in line
            and f"'{after}' " in line.partition(f"'{gone}' after")[2].partition(")")[0]
        )
    assert "'RRK' from about 9,986 to 30,608 in July 2018" in found["size_changes"].problem
    assert "'R0A' in October 2017" in found["site_starts_late"].problem
    assert found["gap"].count == 2
    assert set(found) == {"site_ends", "size_changes", "site_starts_late", "gap"}


def incidents(zone: str) -> dict[str, pd.DataFrame]:
    rows = real("bpic2013_incidents.csv")
    at = pd.to_datetime(rows["time:timestamp"], utc=True).dt.tz_convert(zone).dt.tz_localize(None)
    columns = {"customer": rows["case:concept:name"], "activity": rows["concept:name"]}
    return {"journey": table("journey", at=at, site=rows["org:role"], **columns)}


def test_incidents_cut_by_closing_date_are_told() -> None:
    found = told(
        incidents("Europe/Stockholm"), engagement(data_as_of="2012-05-31", currency="SEK", period="week")
    )
    assert set(found) == {"cut_by_closing"}
    assert "7,554 cases end after 2012-05-01" in found["cut_by_closing"].problem


@pytest.mark.parametrize(("zone", "rules"), [("UTC", {"summer_shift"}), ("Europe/Amsterdam", set())])
def test_permits_in_utc_are_an_hour_early_in_summer(zone: str, rules: set[str]) -> None:
    rows = real("receipt.csv")
    at = (
        pd.to_datetime(rows["time:timestamp"], utc=True, format="ISO8601")
        .dt.tz_convert(zone)
        .dt.tz_localize(None)
    )
    columns = {"customer": rows["case:concept:name"], "activity": rows["concept:name"]}
    journey = table("journey", at=at, site=rows["case:channel"], **columns)
    assert set(told({"journey": journey}, engagement(data_as_of="2012-01-31", currency="EUR"))) == rules


def test_repeated_answers_of_patients_are_told() -> None:
    rows = real("patient_remarks_train.csv")
    columns = {
        "feedback_id": rows["remark_id"].astype(str),
        "site": rows["organisation"],
        "text": rows["text"],
    }
    found = told({"customer_feedback": table("customer_feedback", **columns)}, engagement())
    assert set(found) == {"repeated_texts"} and "16 %" in found["repeated_texts"].problem


def test_a_percentage_of_a_plan_may_pass_one_hundred() -> None:
    tables = emergency()
    tables["kpis"].loc[0, "numerator"] = 1e6
    of = engagement(data_as_of="2019-03-31", measures=(rate(),))
    assert "over_hundred" in told(tables, of)
    tables["targets"] = table("targets", measure=["rate"], valid_from=["2016-04-01"], target=[100])
    assert "over_hundred" not in told(tables, of)
