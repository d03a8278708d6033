"""The rules by which people are counted hold whatever was said, by whom, in whichever order."""

from __future__ import annotations

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewkit.content import Code, Codebook, Heading
from reviewkit.voices import all_remarks, by_source, code_remarks, leading, standing_out, themes, together

CODES = ("morale", "systems", "training")
COMMON = {"definition": "About.", "use_when": "Said.", "not_when": "Not.", "heading": "resources"}
BOOK = Codebook(
    headings={"resources": Heading(id="resources", name="Resources", definition="Means.")},
    codes={name: Code(id=name, name=name, cues=(f"zz{name}",), strengths=(), **COMMON) for name in CODES},
)
ROW = st.fixed_dictionaries(
    {
        "interview_id": st.sampled_from(["i1", "i2", "i3", "g1"]),
        "stakeholder_id": st.sampled_from(["s1", "s2", None]),
        "department": st.sampled_from(["a", "b", None]),
        "site": st.sampled_from(["N", "S", None]),
        "code": st.sampled_from([*CODES, ""]),
        "stance": st.sampled_from(["concern", "strength", "suggestion"]),
        "prompting": st.sampled_from(["spontaneous", "prompted", "asked", ""]),
        "on_record": st.booleans(),
    }
)
SAID = st.lists(ROW, min_size=1, max_size=14)
MODEST = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def counted(
    rows: list[dict[str, object]], order: list[int] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = pd.DataFrame(rows)
    frame["remark_id"] = [f"r{place:02}" for place in range(len(rows))]
    frame["source"] = frame["interview_id"].map(lambda name: "group_work" if name == "g1" else "one_to_one")
    frame = frame.assign(text=".", level="front_line", said_on="2025-03-03")
    frame = frame.iloc[order] if order else frame
    remarks = all_remarks(frame.drop(columns=["code", "stance", "prompting"]))
    codings = frame.loc[frame["code"] != "", ["remark_id", "code", "stance", "prompting"]]
    return code_remarks(remarks, codings.assign(coder="analyst"), BOOK), remarks


def expected(rows: list[dict[str, object]], key: str, code: str, stance: str) -> int:
    stances = ("concern", "suggestion") if stance == "concern" else (stance,)
    return len({row[key] for row in rows if row["code"] == code and row["stance"] in stances and row[key]})


@MODEST
@given(SAID)
def test_themes_count_each_interview_and_each_department_once(rows: list[dict[str, object]]) -> None:
    table = themes(*counted(rows), BOOK)
    for row in table.to_dict("records"):
        assert row["units"] == expected(rows, "interview_id", row["code"], row["stance"])
        assert row["departments"] == expected(rows, "department", row["code"], row["stance"])
        assert row["units_total"] == len({said["interview_id"] for said in rows})


@MODEST
@given(SAID)
def test_themes_tell_each_interview_under_one_way_of_coming_up(rows: list[dict[str, object]]) -> None:
    table = themes(*counted(rows), BOOK)
    ways = table[["spontaneous", "prompted", "asked"]].astype("float64").fillna(0).sum(axis=1)
    assert (ways <= table["units"]).all() and (table["people"] <= table["units"] * len(rows)).all()


@MODEST
@given(SAID, st.randoms())
def test_order_of_rows_changes_nothing(rows: list[dict[str, object]], random: object) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    plain, mixed = counted(rows), counted(rows, order)
    pd.testing.assert_frame_equal(themes(*plain, BOOK), themes(*mixed, BOOK))
    pd.testing.assert_frame_equal(standing_out(*plain), standing_out(*mixed))
    pd.testing.assert_frame_equal(together(*plain, minimum=1), together(*mixed, minimum=1))
    pd.testing.assert_frame_equal(by_source(*plain), by_source(*mixed))


@MODEST
@given(SAID)
def test_together_never_counts_more_than_either_alone(rows: list[dict[str, object]]) -> None:
    table = together(*counted(rows), minimum=1)
    assert (table["units"] <= table[["units_a", "units_b"]].min(axis=1)).all()
    assert table["jaccard"].astype(float).between(0, 1).all()


def row(interview: str, person: str | None = None, **more: object) -> dict[str, object]:
    common = {"department": "a", "site": "N", "code": "morale", "stance": "concern", "prompting": "asked"}
    return {"interview_id": interview, "stakeholder_id": person, "on_record": True, **common, **more}


def test_a_person_in_two_interviews_is_two_interviews_of_one_person() -> None:
    found = themes(*counted([row("i1", "s1"), row("i2", "s1"), row("i3", "s2")]), BOOK).iloc[0]
    assert (found["units"], found["people"]) == (3, 2)


def test_a_concern_of_one_person_in_two_interviews_is_no_theme() -> None:
    coded, remarks = counted([row("i1", "s1"), row("i2", "s1"), row("i3", "s2", code="systems")])
    assert leading(themes(coded, remarks, BOOK), "concern").empty


def test_a_group_session_is_one_however_many_of_it_speak() -> None:
    found = themes(*counted([row("g1", "s1"), row("g1", "s2"), row("g1")]), BOOK).iloc[0]
    assert (found["remarks"], found["units"], found["people"]) == (3, 1, 1)


def test_what_is_off_the_record_counts() -> None:
    found = themes(*counted([row("i1", on_record=False), row("i2")]), BOOK).iloc[0]
    assert found["units"] == 2


def test_an_interview_without_department_counts_and_adds_no_department() -> None:
    found = themes(*counted([row("i1", department=None), row("i2")]), BOOK).iloc[0]
    assert (found["units"], found["departments"], found["departments_total"]) == (2, 1, 1)


def test_unprompted_prompted_and_asked_stand_apart() -> None:
    said = [row("i1", prompting="spontaneous"), row("i1"), row("i2", prompting="prompted"), row("i3")]
    found = themes(*counted([*said, row("g1", prompting="")]), BOOK).iloc[0]
    assert found[["spontaneous", "prompted", "asked", "units"]].tolist() == [1, 1, 1, 4]


def test_sources_are_counted_apart() -> None:
    table = by_source(*counted([row("i1"), row("i2", code="systems"), row("g1"), row("g1")]))
    mine = table[table["code"] == "morale"].set_index("source")[["units", "units_total"]]
    assert mine.T.to_dict("list") == {"one_to_one": [1, 2], "group_work": [1, 1]}
