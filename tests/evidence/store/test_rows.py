"""Rows in and out: what is kept, what is refused, what is left alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewkit.evidence.checking import typed
from reviewkit.evidence.store import Conflict, Store
from reviewkit.evidence.store.values import moved, packed
from reviewkit.model import TABLES, InputError

from .conftest import CODING, Place

KEY = tuple(CODING.values())
DECISION = {"finding_id": "1.1/opinion/fcr", "decision": "agreed", "role": "Sponsor"}


def test_what_was_put_is_there_for_the_next_who_opens(anywhere: Place) -> None:
    with anywhere.open() as store:
        assert store.put("codings", [CODING], by="Analyst") == 1
    with anywhere.open() as store:
        assert store.tables() == {"codings": 1}
        (row,) = store.frame("codings").to_dict("records")
    assert row == CODING | {"stance": "", "prompting": "", "memo": "", "codebook_version": ""}


def test_same_row_again_writes_nothing(store: Store) -> None:
    store.put("codings", [CODING], by="Analyst")
    digest = store.digest("codings")
    assert store.put("codings", [CODING | {"memo": None}], by="Analyst") == 0
    assert store.digest("codings") == digest
    assert len(store.trail()) == 1


def test_typed_and_text_values_of_one_row_are_the_same_row(store: Store) -> None:
    at = {"action_id": "A1", "at": pd.Timestamp("2025-03-14"), "percent_done": np.float64(40), "note": pd.NA}
    assert store.put("progress", [at], by="Analyst") == 1
    text = {"action_id": "A1", "at": "2025-03-14", "percent_done": "40", "note": ""}
    assert store.put("progress", [text], by="Analyst") == 0
    assert store.put("progress", [at | {"at": dt.date(2025, 3, 14)}], by="Analyst") == 0


def test_frame_is_what_checking_reads(store: Store) -> None:
    store.put("walkthroughs", [{"walkthrough_id": "W1", "step_order": 1, "step": "Rings"}], by="Analyst")
    frame, faults = typed(store.frame("walkthroughs"), TABLES["walkthroughs"], Path("store"))
    assert faults == [] and frame["step_order"].tolist() == [1]
    assert store.frame("remarks").empty and "remark_id" in store.frame("remarks")


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("codings", {"stance": "bad"}, "codings, row 2, column stance: 'bad' is not one of"),
        ("codings", {"coder": ""}, "codings, row 2, column coder: is empty but must be filled in"),
        ("codings", {"mood": "x"}, "codings, row 2: 'mood' is no column of codings"),
        ("codings", {"memo": ["x"]}, "codings, row 2, column memo: holds a list"),
        ("codings", {"memo": "a\x00b"}, "codings, row 2, column memo: holds a character that is no text"),
        ("codings", {"memo": "\ud800"}, "codings, row 2, column memo: holds a character that is no text"),
        ("codings", {"remark_id": "R1"}, "codings, row 2: repeats remark_id, code, coder"),
        ("coding", {}, "'coding' is no evidence table"),
    ],
)
def test_one_bad_row_is_named_and_nothing_is_written(
    store: Store, table: str, row: dict[str, Any], told: str
) -> None:
    with pytest.raises(InputError) as caught:
        store.put(table, [CODING, CODING | {"remark_id": "R2"} | row], by="Analyst")
    assert str(caught.value).startswith(told)
    assert "\n" not in str(caught.value)
    assert store.tables() == {}


def test_a_change_needs_somebody_who_makes_it(store: Store) -> None:
    with pytest.raises(InputError, match="Say who, by role"):
        store.put("codings", [CODING], by=" ")


def test_conflict_names_the_row_who_changed_it_and_when(store: Store) -> None:
    store.put("codings", [CODING], by="Analyst", expected={KEY: 0})
    store.put("codings", [CODING | {"memo": "mine"}], by="Lead analyst", expected={KEY: 1})
    with pytest.raises(Conflict) as caught:
        store.put("codings", [CODING | {"memo": "other"}], by="Analyst", expected={KEY: 1})
    told = str(caught.value)
    assert told.startswith("table codings, row R1, training, Analyst: was changed by Lead analyst on 20")
    assert told.endswith("UTC, by another import or edit. Run it again, or read the row again and decide.")
    assert store.frame("codings")["memo"].tolist() == ["mine"]


def test_conflict_on_one_row_keeps_all_others_out(store: Store) -> None:
    store.put("codings", [CODING], by="Analyst")
    rows = [CODING | {"remark_id": "R2"}, CODING | {"memo": "other"}]
    with pytest.raises(Conflict):
        store.put("codings", rows, by="Analyst", expected={KEY: 0})
    assert store.tables() == {"codings": 1}


def test_rows_of_several_tables_are_written_all_or_none_and_undone_in_one_go(store: Store) -> None:
    decision = {"finding_id": "1.1/a", "decision": "agreed", "role": "Lead"}
    both = {"decisions": [decision], "codings": [CODING]}
    assert store.put_all(both, by="Analyst", batch="b") == 2
    store.undo("b", by="Analyst")
    assert store.tables() == {}
    key = tuple(CODING[name] for name in TABLES["codings"].key)
    with pytest.raises(Conflict):
        store.put_all(both, by="Analyst", expected={"codings": {key: 7}})
    with pytest.raises(InputError):
        store.put_all({"codings": [CODING], "actions": [{"what": "No id"}]}, by="Analyst")
    assert store.tables() == {}


def test_conflict_survives_the_way_between_processes() -> None:
    import pickle

    told = Conflict.of("codings", KEY, by="Sponsor", at="2025-03-14T09:30:00")
    again = pickle.loads(pickle.dumps(told))
    assert isinstance(again, Conflict) and str(again) == str(told)


def test_removed_rows_are_gone_and_may_be_put_again(store: Store) -> None:
    store.put("codings", [CODING], by="Analyst")
    assert store.remove("codings", [KEY, ("R9", "training", "Analyst")], by="Analyst", why="twice") == 1
    assert store.tables() == {} and store.digest("codings") == ""
    assert store.put("codings", [CODING], by="Analyst", expected={KEY: 0}) == 1
    assert [row.version for row in store.rows("codings")] == [3]


def test_a_key_part_is_the_same_however_it_is_written(store: Store) -> None:
    step = {"walkthrough_id": "W1", "step_order": 2, "step": "Waits"}
    store.put("walkthroughs", [step], by="Analyst")
    assert store.put("walkthroughs", [step | {"step_order": "2.0", "minutes": 4}], by="Analyst") == 1
    assert store.tables() == {"walkthroughs": 1}
    assert store.remove("walkthroughs", [("W1", 2)], by="Analyst") == 1


def test_decisions_stay_in_the_order_they_were_taken(store: Store) -> None:
    draft = DECISION | {"decision": "draft"}
    assert store.put("decisions", [DECISION], by="Sponsor") == 1
    assert store.put("decisions", [DECISION], by="Sponsor") == 0
    assert store.put("decisions", [draft], by="Sponsor") == 1
    assert store.put("decisions", [DECISION], by="Sponsor") == 1
    assert store.frame("decisions")["decision"].tolist() == ["agreed", "draft", "agreed"]
    newest = store.rows("decisions")[-1]
    assert store.remove("decisions", [newest.key], by="Sponsor") == 1
    assert store.frame("decisions")["decision"].tolist() == ["agreed", "draft"]


def test_decisions_read_from_a_file_twice_are_there_once(store: Store) -> None:
    rows = [DECISION | {"decision": "draft"}, DECISION, DECISION | {"finding_id": "1.1/opinion/csat"}]
    assert store.put("decisions", rows, by="Analyst") == 3
    assert store.put("decisions", rows, by="Analyst") == 0


def test_engagements_of_one_database_never_see_one_another(anywhere: Place) -> None:
    other = anywhere.other("other")
    with anywhere.open() as mine, other.open() as theirs:
        mine.put("codings", [CODING], by="Analyst", batch="first")
        theirs.put("codings", [CODING | {"memo": "theirs"}], by="Analyst")
        assert mine.frame("codings")["memo"].tolist() == [""]
        assert theirs.frame("codings")["memo"].tolist() == ["theirs"]
        assert theirs.trail()["seq"].tolist() == [1]
        with pytest.raises(InputError, match="no batch or change 'first'"):
            theirs.undo("first", by="Analyst")
        assert mine.digest("codings") != theirs.digest("codings")


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=TEXT)
def test_every_text_comes_back_as_it_was(store: Store, words: str) -> None:
    store.put("codings", [CODING | {"memo": words}], by="Analyst")
    assert store.frame("codings")["memo"].tolist() == [words if words.strip() else ""]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["1", "2", None])), max_size=20))
def test_digest_depends_on_the_rows_there_are_and_on_nothing_else(
    steps: list[tuple[str, str | None]],
) -> None:
    there: dict[str, str] = {}
    digest = ""
    for key, value in steps:
        after = None if value is None else packed({"v": value})
        digest = moved(digest, key, there.get(key), after)
        there.pop(key, None)
        if after is not None:
            there[key] = after
    anew = ""
    for key in sorted(there, reverse=True):
        anew = moved(anew, key, None, there[key])
    assert int(digest or "0", 16) == int(anew or "0", 16)
