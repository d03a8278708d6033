"""Which signals become opinions, in which order, and what a decision about one means."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.findings import opinion_findings, opinions, review_opinions
from reviewkit.model import Engagement


@pytest.fixture
def engagement() -> Engagement:
    def measure(name: str, kpi: bool) -> dict[str, object]:
        return {
            "id": name,
            "name": name.upper(),
            "unit": "percent",
            "direction": "increase",
            "table": "kpis",
            "numerator": "sum(numerator)",
            "minimum_effect": 2,
            "contract_kpi": kpi,
        }

    return Engagement.model_validate(
        {
            "id": "demo",
            "name": "D",
            "client": "D",
            "purpose": "P",
            "data_as_of": "2025-06-30",
            "data": ".",
            "measures": [measure("fcr", True), measure("csat", False)],
        }
    )


def signal(measure: str, **changes: object) -> dict[str, object]:
    row = {
        "measure": measure,
        "site": "",
        "contract": "",
        "n": 24,
        "latest": 60.0,
        "mean": 62.0,
        "target": 75.0,
        "variation": "concern",
        "assurance": "",
        "rule": "shift",
        "since": pd.Timestamp("2025-01-01"),
        "effect": -8.0,
        "worth": float("nan"),
        "promoted": True,
    }
    return row | changes


def test_opinions_contract_kpi_first(engagement: Engagement) -> None:
    table = opinions(pd.DataFrame([signal("csat", effect=-20.0), signal("fcr")]), engagement)
    assert table["measure"].tolist() == ["fcr", "csat"]
    assert table["rank"].tolist() == [1, 2]


def test_opinions_worth_before_size(engagement: Engagement) -> None:
    small = signal("fcr", effect=-4.0, worth=-216_000.0)
    large = signal("fcr", site="Mill", effect=-16.0, worth=-117_000.0)
    table = opinions(pd.DataFrame([large, small]), engagement)
    assert table["worth"].tolist() == [-216_000.0, -117_000.0]


def test_opinions_unknown_worth_after_known_then_by_size_and_duration(engagement: Engagement) -> None:
    rows = [
        signal("fcr", site="Recent", effect=-16.0, since=pd.Timestamp("2025-03-01")),
        signal("fcr", site="Old", effect=-16.0),
        signal("fcr", site="Small", effect=-6.0),
        signal("fcr", site="Priced", effect=-3.0, worth=-10.0),
    ]
    order = opinions(pd.DataFrame(rows), engagement)["site"].tolist()
    assert order == ["Priced", "Old", "Recent", "Small"]


def test_opinions_contract_kpi_before_money(engagement: Engagement) -> None:
    rows = [signal("csat", worth=-900_000.0), signal("fcr", worth=-1.0)]
    assert opinions(pd.DataFrame(rows), engagement)["measure"].tolist() == ["fcr", "csat"]


def test_opinions_withheld_signal_is_silent(engagement: Engagement) -> None:
    assert opinions(pd.DataFrame([signal("fcr", promoted=False)]), engagement).empty


def test_opinions_target_failed_without_signal_speaks(engagement: Engagement) -> None:
    table = opinions(pd.DataFrame([signal("fcr", promoted=False, assurance="fails")]), engagement)
    assert table["tone"].tolist() == ["concern"]
    assert "75.0%" in table["statement"][0] and "since" not in table["statement"][0]


def test_opinions_site_that_moves_with_the_whole_is_left_out(engagement: Engagement) -> None:
    rows = [signal("fcr"), signal("fcr", site="Quay", effect=-9.0), signal("fcr", site="Mill", effect=-16.0)]
    assert set(opinions(pd.DataFrame(rows), engagement)["site"]) == {"", "Mill"}


def test_opinions_ids_are_stable_and_match_findings(engagement: Engagement) -> None:
    rows = pd.DataFrame([signal("fcr", site="Castle Quay")])
    assert opinions(rows, engagement)["opinion_id"].tolist() == ["1.1/opinion/fcr/castle_quay"]
    assert [finding.id for finding in opinion_findings(rows, engagement)] == ["1.1/opinion/fcr/castle_quay"]


def test_opinions_no_signals_gives_columns(engagement: Engagement) -> None:
    assert "opinion_id" in opinions(pd.DataFrame(columns=list(signal("fcr"))), engagement).columns


def decided(opinion: str, fingerprint: str, status: str = "confirmed") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "opinion_id": [opinion],
            "status": [status],
            "role": ["head"],
            "reason": ["seen"],
            "words": [""],
            "decided_on": [pd.Timestamp("2025-06-01")],
            "fingerprint": [fingerprint],
        }
    )


NOTES = pd.DataFrame(columns=["at", "measure", "site", "text", "effect"])


def test_review_opinions_same_figures_are_not_flagged(engagement: Engagement) -> None:
    table = opinions(pd.DataFrame([signal("fcr")]), engagement)
    reviewed = review_opinions(table, decided("1.1/opinion/fcr", table["fingerprint"][0]), NOTES)
    assert reviewed[["status", "changed"]].values.tolist() == [["confirmed", False]]


def test_review_opinions_changed_figures_keep_the_decision(engagement: Engagement) -> None:
    table = opinions(pd.DataFrame([signal("fcr", effect=-9.5)]), engagement)
    before = opinions(pd.DataFrame([signal("fcr")]), engagement)["fingerprint"][0]
    reviewed = review_opinions(table, decided("1.1/opinion/fcr", before), NOTES)
    assert reviewed[["status", "changed"]].values.tolist() == [["confirmed", True]]


def test_review_opinions_opinion_that_vanished_is_kept_and_flagged(engagement: Engagement) -> None:
    table = opinions(pd.DataFrame([signal("csat")]), engagement)
    reviewed = review_opinions(table, decided("1.1/opinion/fcr", "abc"), NOTES)
    gone = reviewed[reviewed["opinion_id"].eq("1.1/opinion/fcr")]
    assert gone[["status", "changed", "gone"]].values.tolist() == [["confirmed", True, True]]
    assert gone["stands"].iloc[0].startswith("An opinion decided earlier on fcr, which")


def test_review_opinions_change_that_began_after_the_decision_is_flagged(engagement: Engagement) -> None:
    table = opinions(pd.DataFrame([signal("fcr", since=pd.Timestamp("2025-07-01"))]), engagement)
    reviewed = review_opinions(table, decided("1.1/opinion/fcr", ""), NOTES)
    assert reviewed[["status", "changed", "traced"]].values.tolist() == [["confirmed", True, False]]


def test_opinions_speak_of_the_measures_own_period(engagement: Engagement) -> None:
    monthly = [measure.model_copy(update={"period": "month"}) for measure in engagement.measures]
    weekly = engagement.model_copy(update={"period": "week", "measures": tuple(monthly)})
    found = opinion_findings(pd.DataFrame([signal("fcr")]), weekly)[0]
    assert "since January 2025" in found.statement
    assert found.evidence[0].query.endswith("one row a month")


def test_review_opinions_of_a_site_names_why_the_same_change_of_the_whole_was_withdrawn() -> None:
    table = pd.DataFrame(
        {
            "opinion_id": ["1.1/opinion/aht", "1.1/opinion/aht/Quay", "1.1/opinion/aht/Dock"],
            "measure": "aht",
            "site": ["", "Quay", "Dock"],
            "contract": "",
            "since": pd.to_datetime(["2024-04-01", "2024-05-01", "2025-04-01"]),
            "statement": "It rose.",
            "fingerprint": "f",
            "rank": [1, 2, 3],
        }
    )
    said = pd.DataFrame(
        {"opinion_id": ["1.1/opinion/aht"], "status": "withdrawn", "role": "head", "words": ""}
    )
    said = said.assign(reason="clocks now include wrap-up", decided_on=pd.NaT, fingerprint="f")
    notes = pd.DataFrame(columns=["at", "measure", "site", "text", "effect"])
    found = review_opinions(table, said, notes).set_index("site")
    why = "For all together the change was withdrawn: clocks now include wrap-up"
    assert found["knowledge"].to_dict() == {"": "", "Quay": why, "Dock": ""}
    assert found.loc["Quay", "status"] == "open"


def test_opinions_value_below_nought_is_told_as_no_cost(engagement: Engagement) -> None:
    doubted = engagement.measures[0].model_copy(update={"value_per_unit": -5000.0})
    wrong = engagement.model_copy(update={"measures": (doubted, *engagement.measures[1:])})
    table = opinions(pd.DataFrame([signal("fcr", worth=40_000.0)]), wrong)
    assert "a year" not in table["statement"][0]
    assert table["worth"].isna().all()


def test_opinions_an_average_says_over_how_many_periods(engagement: Engagement) -> None:
    row = signal("fcr", promoted=False, variation="common_cause", assurance="fails", n=36)
    assert (
        "averages 62.0% over 36 months: as things run now"
        in opinions(pd.DataFrame([row]), engagement)["statement"][0]
    )


def test_review_opinions_that_vanished_are_named_as_readers_know_them(engagement: Engagement) -> None:
    table = opinions(pd.DataFrame([signal("csat")]), engagement)
    signals = pd.DataFrame([signal("fcr", site="North Quay", name="FCR rate", reason="no lasting change")])
    reviewed = review_opinions(table, decided("1.1/opinion/fcr/north_quay", "abc"), NOTES, signals=signals)
    gone = reviewed.set_index("opinion_id").loc["1.1/opinion/fcr/north_quay"]
    assert gone["stands"].startswith("An opinion decided earlier on FCR rate at North Quay, which")
