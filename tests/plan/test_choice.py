"""What is chosen moves the measure the right way, exists at the client, and outlives its decision."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.content import load_causes, load_interventions
from reviewkit.model import Engagement
from reviewkit.plan import recommendations, sustained_levels, with_decisions
from reviewkit.plan.decided import unplaced
from reviewkit.plan.recommend_words import expected

from .planned import FCR, MEASURE, REVIEW, cause, described, gap, series

LIBRARY = load_interventions()
MEASURES = sorted({measure for entry in LIBRARY.values() for measure in entry.moves})


def review(*measures: dict[str, Any]) -> Engagement:
    return REVIEW.model_copy(
        update={"measures": Engagement.model_validate({**REVIEW.model_dump(), "measures": measures}).measures}
    )


def made(measure: dict[str, Any], causes: list[dict[str, Any]], **more: Any) -> pd.DataFrame:
    shown = pd.DataFrame([gap(measure=measure["id"])])
    return recommendations(
        pd.DataFrame(causes), shown, pd.DataFrame(), LIBRARY, review(MEASURE | measure), **more
    )


@given(
    st.sampled_from(MEASURES),
    st.sampled_from(sorted(load_causes())),
    st.sampled_from(["increase", "decrease"]),
)
def test_recommendations_never_move_the_measure_the_wrong_way(
    measure: str, name: str, direction: str
) -> None:
    table = made({"id": measure, "direction": direction}, [cause(name, "supported")])
    way = "up" if direction == "increase" else "down"
    assert all(LIBRARY[entry].moves[measure] == way for entry in table["intervention"])


def test_recommendations_side_effect_on_another_measure_is_said() -> None:
    both = review(MEASURE, MEASURE | {"id": "handle_time", "name": "Handle time", "direction": "decrease"})
    table = recommendations(
        pd.DataFrame([cause("training", "supported")]), pd.DataFrame([gap()]), pd.DataFrame(), LIBRARY, both
    )
    row = table.set_index("intervention").loc["train_on_top_reasons"]
    assert row["watch"].endswith("Handle time may rise meanwhile.")


def test_recommendations_measure_of_the_clients_own_gets_what_is_meant_for_the_cause() -> None:
    table = made({"id": "plates_washed"}, [cause("systems", "supported")])
    assert len(table) >= 2
    assert all(LIBRARY[name].causes[0] == "systems" for name in table["intervention"])


def test_recommendations_measure_of_the_clients_own_gets_what_answers_its_codes() -> None:
    table = made({"id": "plates_washed", "codes": ["training_gap"]}, [cause("training", "supported")])
    assert all("training_gap" in LIBRARY[name].codes for name in table["intervention"])


def test_recommendations_name_no_department_that_the_client_has_not() -> None:
    ends = {"department_from": "Finance", "department_to": "Sales"}
    found = made({"id": FCR}, [cause("training", "supported", **ends)], departments={"Sales"})
    assert set(found["department"]) == {"Sales"}
    none = made({"id": FCR}, [cause("training", "supported", **ends)], departments=set())
    assert set(none["department"]) == {"common"}


def test_recommendations_say_where_the_measure_may_come_to() -> None:
    row = (
        made({"id": FCR}, [cause("training", "supported")])
        .set_index("intervention")
        .loc["train_on_top_reasons"]
    )
    assert row["expected"] == "First-contact resolution: from 65.0% to between 66.6% and 71.0%."


def test_recommendations_one_trial_at_most_comes_first() -> None:
    causes = [cause(name, "inconclusive") for name in ("training", "systems", "process", "communication")]
    first = made({"id": FCR}, causes).query("first")
    assert first["title"].str.endswith("(trial)").sum() == 1
    assert first["intervention"].eq("settle_the_cause").sum() == 1


def test_recommendations_overruled_makes_room_for_the_next() -> None:
    causes = [cause(name, "supported") for name in ("training", "systems")]
    before = made({"id": FCR}, causes).query("first")["recommendation_id"].tolist()
    after = made({"id": FCR}, causes, decided={before[0]: "overruled"}).query("first")["recommendation_id"]
    assert before[0] not in set(after) and len(after) == len(before)


def test_recommendations_what_was_decided_is_never_cut_for_length() -> None:
    codes = sorted({code for entry in LIBRARY.values() for code in entry.codes})
    gaps = pd.DataFrame([described(code) for code in codes])
    long = recommendations(pd.DataFrame(), gaps, pd.DataFrame(), LIBRARY, REVIEW)
    assert len(long) == 16
    every = {f"3.1/recommendation/{name}": "agreed" for name in LIBRARY}
    kept = recommendations(pd.DataFrame(), gaps, pd.DataFrame(), LIBRARY, REVIEW, decided=every)
    assert len(kept) > 16 and set(long["recommendation_id"]) <= set(kept["recommendation_id"])


def decisions(*ids: str, decision: str = "agreed") -> pd.DataFrame:
    one = {"decision": decision, "role": "sponsor", "reason": "", "words": "", "dissent": ""}
    return pd.DataFrame(
        [one | {"finding_id": name, "decided_on": pd.Timestamp("2025-06-20")} for name in ids]
    )


def test_unplaced_decision_on_what_nobody_knows_any_more_is_kept_in_sight() -> None:
    table = made({"id": FCR}, [cause("training", "supported")])
    rows = decisions("3.1/recommendation/gone_for_good", table["recommendation_id"][0])
    found = unplaced(with_decisions(table, rows, LIBRARY), rows)
    assert found["finding_id"].tolist() == ["3.1/recommendation/gone_for_good"]


def test_with_decisions_says_when_the_tests_now_contradict_what_was_agreed() -> None:
    causes = pd.DataFrame([cause("training", "contradicted"), cause("systems", "supported")])
    table = made({"id": FCR}, causes.to_dict("records"))
    rows = decisions("3.1/recommendation/train_on_top_reasons")
    flag = with_decisions(table, rows, LIBRARY, causes).iloc[-1]["flag"]
    assert flag.endswith("The tests now contradict its cause, training.")


def test_a_return_rests_on_the_gap_whose_own_test_supports_the_cause() -> None:
    part = gap(
        gap_id="2.1/gap/fcr/north", site="North", gap=4.0, lower=3.0, upper=5.0, cost_per_year=20_000.0,
        overlaps="2.1/gap/first_contact_resolution",
    )  # fmt: skip
    tests = [cause("training", "inconclusive"), cause("training", "supported", gap_id=part["gap_id"])]
    found = recommendations(pd.DataFrame(tests), pd.DataFrame([gap(), part]), pd.DataFrame(), LIBRARY, REVIEW)
    held = found[found["verdict"].eq("supported")]
    assert len(held) and set(held["gap_ids"]) == {part["gap_id"]}
    assert held["return_high"].dropna().le(20_000 * 5 / 4).all()

    both = pd.DataFrame([*tests[1:], cause("training", "supported")])
    whole = recommendations(both, pd.DataFrame([gap(), part]), pd.DataFrame(), LIBRARY, REVIEW)
    assert set(whole.loc[whole["verdict"].eq("supported"), "gap_ids"]) == {gap()["gap_id"]}


def test_what_was_said_when_it_was_decided_stands_with_what_is_done() -> None:
    table = made({"id": FCR}, [cause("training", "supported")]).assign(what="Train. Begin at Castle Quay.")
    rows = decisions("3.1/recommendation/train_on_top_reasons").assign(reason="At Brook House only.")
    found = with_decisions(table, rows, LIBRARY, sites=["Brook House", "Castle Quay"]).set_index(
        "intervention"
    )["what"]
    assert found["train_on_top_reasons"] == "Train. As decided: At Brook House only."
    assert set(found.drop("train_on_top_reasons")) == {"Train. Begin at Castle Quay."}


@pytest.mark.parametrize(
    ("changes", "levels", "told"),
    [
        ({}, [76.0] * 12, "Resolution: from 65.0% to between 66.6% and 71.0%."),
        (
            {"actual": 65.02, "gap": 0.1, "lower": 0.02, "upper": 0.05},
            [76.0] * 12,
            "Resolution: stays at 65.0% as written; what it may bring is too small to show.",
        ),
        (
            {},
            [65.0] * 12,
            "Resolution: nothing better than today's 65.0% is counted, for nobody has kept it up.",
        ),
    ],
)
def test_expected_level_says_why_nothing_is_seen(
    changes: dict[str, float], levels: list[float], told: str
) -> None:
    held = sustained_levels(series(levels), REVIEW.measures)
    assert expected(gap(name="Resolution", **changes), 5, "supported", REVIEW, held) == told


def test_expected_range_is_written_from_low_to_high_where_less_is_better() -> None:
    fewer = REVIEW.model_copy(
        update={"measures": (REVIEW.measures[0].model_copy(update={"direction": "decrease"}),)}
    )
    made = gap(name="Handle time", actual=85.0, target=75.0)
    assert (
        expected(made, 5, "supported", fewer, None) == "Handle time: from 85.0% to between 79.0% and 83.4%."
    )
