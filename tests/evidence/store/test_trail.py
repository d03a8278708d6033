"""The trail, taking changes back, and what tells that anything changed."""

from __future__ import annotations

import pandas as pd
import pytest

from reviewkit.evidence.store import Conflict, Store
from reviewkit.model import InputError

from .conftest import CODING, Place

KEY = tuple(CODING.values())


def test_trail_has_every_change_with_the_row_before_and_after(store: Store) -> None:
    store.put("codings", [CODING], by="Analyst", why="first reading", batch="monday")
    store.put("codings", [CODING | {"stance": "concern"}], by="Lead analyst")
    store.remove("codings", [KEY], by="Analyst")
    trail = store.trail()
    assert trail["what"].tolist() == ["added", "changed", "removed"]
    assert trail["by"].tolist() == ["Analyst", "Lead analyst", "Analyst"]
    assert trail["before"].tolist() == [None, CODING, CODING | {"stance": "concern"}]
    assert trail["after"].tolist()[:2] == [CODING, CODING | {"stance": "concern"}]
    assert trail["after"].isna().tolist() == [False, False, True]
    assert (trail.at[0, "why"], trail.at[0, "batch"]) == ("first reading", "monday")
    assert str(trail["at"].dt.tz) == "UTC"
    assert abs(trail["at"].iloc[-1] - pd.Timestamp.now(tz="UTC")) < pd.Timedelta(minutes=5)


def test_trail_of_one_table_or_one_row(store: Store) -> None:
    store.put("codings", [CODING, CODING | {"remark_id": "R2"}], by="Analyst")
    store.put("scope", [{"item_id": "S1", "kind": "milestone", "text": "Begin"}], by="Analyst")
    assert store.trail("scope")["table"].tolist() == ["scope"]
    assert store.trail("codings", KEY)["key"].tolist() == [KEY]
    assert store.trail(last=1)["table"].tolist() == ["scope"]


def test_undo_takes_a_batch_back_and_stands_in_the_trail(store: Store) -> None:
    store.put("codings", [CODING], by="Analyst")
    before = store.digest("codings")
    rows = [CODING | {"memo": "new"}, CODING | {"remark_id": "R2"}]
    store.put("codings", rows, by="Analyst", batch="tuesday")
    assert store.undo("tuesday", by="Lead analyst") == 2
    assert store.digest("codings") == before
    undone = store.trail().tail(2)
    assert set(undone["what"]) == {"undone"} and set(undone["why"]) == {"undo of tuesday"}
    assert set(undone["by"]) == {"Lead analyst"}


def test_undo_of_an_undo_brings_it_back(store: Store) -> None:
    store.put("codings", [CODING], by="Analyst")
    store.undo(1, by="Analyst")
    assert store.tables() == {}
    store.undo(2, by="Analyst")
    assert store.tables() == {"codings": 1}


def test_undo_of_a_removal_puts_a_row_back_where_it_was(store: Store) -> None:
    given = {"finding_id": "1.1/a", "decision": "draft", "role": "Sponsor"}
    store.put("decisions", [given, given | {"decision": "agreed"}], by="Sponsor")
    store.remove("decisions", [store.rows("decisions")[0].key], by="Sponsor", batch="slip")
    store.undo("slip", by="Sponsor")
    assert store.frame("decisions")["decision"].tolist() == ["draft", "agreed"]


def test_undo_stops_where_a_row_was_changed_again(store: Store) -> None:
    store.put("codings", [CODING, CODING | {"remark_id": "R2"}], by="Analyst", batch="monday")
    store.put("codings", [CODING | {"memo": "later"}], by="Lead analyst")
    with pytest.raises(Conflict, match="was changed by Lead analyst"):
        store.undo("monday", by="Analyst")
    assert store.tables() == {"codings": 2}


def test_undo_of_a_name_used_twice_takes_back_what_came_since_somebody_else(store: Store) -> None:
    store.put("codings", [CODING], by="Analyst", batch="notes")
    store.put("codings", [CODING | {"memo": "theirs"}], by="Lead analyst")
    store.put("codings", [CODING | {"memo": "again"}], by="Analyst", batch="notes")
    store.undo("notes", by="Analyst")
    assert store.frame("codings")["memo"].tolist() == ["theirs"]


def test_undo_of_what_is_not_there_says_where_to_look(store: Store) -> None:
    for which in ("monday", 7, "7"):
        with pytest.raises(InputError, match=f"no batch or change '{which}'. Look at the trail"):
            store.undo(which, by="Analyst")


def test_undo_of_many_rows_takes_all_of_them_back(store: Store) -> None:
    rows = [CODING | {"remark_id": f"R{number}"} for number in range(1200)]
    assert store.put("codings", rows, by="Analyst", batch="all") == 1200
    assert store.undo("all", by="Analyst") == 1200
    assert store.tables() == {}


def test_versions_change_whenever_rows_do_and_come_back_when_they_do(anywhere: Place) -> None:
    from reviewkit.evidence.store import versions

    with anywhere.open() as store:
        assert versions(anywhere.engagement, anywhere.params) == {}
        store.put("codings", [CODING], by="Analyst")
        first = versions(anywhere.engagement, anywhere.params)
        store.put("codings", [CODING | {"memo": "x"}], by="Analyst", batch="x")
        second = versions(anywhere.engagement, anywhere.params)
        store.undo("x", by="Analyst")
    assert set(first) == {"codings"} and first != second
    assert versions(anywhere.engagement, anywhere.params) == first
