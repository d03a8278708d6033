"""A person forgotten: in rows, in the trail, in the database's own files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reviewkit.evidence.checking import typed
from reviewkit.evidence.store import Store, versions
from reviewkit.evidence.store.register import person_called
from reviewkit.model import TABLES, InputError

from .conftest import CODING, Place, place

WORDS = "Quibbleworth told us that the rota comes too late to plan a week."
NAMES = ("Quibbleworth", "Ermintrude", "P014")
REMARK = {"source": "one_to_one", "said_on": "2025-03-14", "on_record": "true"}
IN_IT = {"department": "IT", "level": "front_line"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "stakeholders": [
        {
            "stakeholder_id": "P014",
            "name": "Ermintrude Quibbleworth",
            "department": "IT",
            "level": "front_line",
        }
        | {"site": "North", "role": "Archivist", "headcount": 1, "reports_to": "P001"},
        {"stakeholder_id": "P001", "name": "Ann Lee", "department": "IT", "level": "team_lead"}
        | {"role": "Deputy of Ermintrude Quibbleworth"},
        {"stakeholder_id": "P002", "name": "Bo Hart", "department": "IT", "level": "front_line"}
        | {"reports_to": "P014"},
    ],
    "participants": [
        {"interview_id": "I1", "stakeholder_id": "P014", "on_record": True, "attribution": "role"},
        {"interview_id": "I2", "stakeholder_id": "P014", "on_record": True, "attribution": "role"},
        {"interview_id": "I2", "stakeholder_id": "P001", "on_record": True, "attribution": "role"},
    ],
    "remarks": [
        REMARK | {"remark_id": "R1", "stakeholder_id": "P014", "text": WORDS},
        REMARK | {"remark_id": "R2", "interview_id": "I1", "text": "Said alone with us, nobody beside."},
        REMARK | {"remark_id": "R3", "interview_id": "I2", "text": "Said by one of two people there."},
        REMARK
        | {"remark_id": "R4", "stakeholder_id": "P001", "text": "ermintrude's list helps; so does p014."},
        REMARK | {"remark_id": "R5", "stakeholder_id": "P001", "text": "Nothing about anybody."},
    ],
    "codings": [
        {"remark_id": "R1", "code": "training", "coder": "Analyst", "memo": "plans by the week"},
        {"remark_id": "R5", "code": "training", "coder": "Quibbleworth", "memo": "mine"},
        {"remark_id": "R5", "code": "training", "coder": "Ermintrude", "memo": "mine as well"},
    ],
    "quotes": [{"remark_id": "R1", "words": WORDS, "status": "approved", "role": "Analyst"}],
    "decisions": [
        {"finding_id": "1.1/a", "decision": "words", "role": "Analyst", "words": f"As one said: {WORDS}"}
    ],
    "goals": [{"goal_id": "G1", "owner": "P014", "text": "Ermintrude answers every call"}],
}


def fill(store: Store) -> None:
    for table, rows in ROWS.items():
        by = "Ermintrude Quibbleworth" if table == "goals" else "Analyst"
        store.put(table, rows, by=by, why=f"notes of Quibbleworth, {table}", batch=f"quibbleworth {table}")
    # What was changed or removed since is in the trail still.
    store.put("remarks", [ROWS["remarks"][4] | {"text": "Quibbleworth knows."}], by="Analyst")
    store.put("remarks", [ROWS["remarks"][4]], by="Analyst")
    store.put("scope", [{"item_id": "S1", "kind": "milestone", "text": "See Quibbleworth"}], by="Analyst")
    store.remove("scope", ["S1"], by="Analyst")


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store)
    return store


@pytest.fixture
def forgotten(anywhere: Place, filled: Store) -> Iterator[Store]:
    person = person_called("ermintrude quibbleworth", anywhere.engagement, anywhere.params, filled)
    result = filled.forget(person, by="Data protection lead")
    assert result.stand_in == "forgotten-1" and result.left == ""
    assert result.tables.keys() == ROWS.keys() and result.trail > sum(result.tables.values())
    yield filled


def rows(store: Store, table: str) -> dict[str, dict[str, str]]:
    return {", ".join(row.key): row.values for row in store.rows(table)}


def test_no_row_and_no_change_names_the_person(forgotten: Store) -> None:
    everything = repr([forgotten.frame(table).to_dict("records") for table in TABLES]) + repr(
        forgotten.changes()
    )
    lower = everything.lower()
    assert [name for name in NAMES if name.lower() in lower] == []
    assert "the rota comes too late" not in lower and "said alone with us" not in lower


def test_their_place_in_the_register_is_kept_without_them(forgotten: Store) -> None:
    register = rows(forgotten, "stakeholders")
    kept = {"stakeholder_id": "forgotten-1", "department": "IT", "level": "front_line", "site": "North"}
    assert register["forgotten-1"] == kept | {"headcount": "1"}
    assert register["P002"]["reports_to"] == "forgotten-1"
    assert register["P001"] | {"role": ""} == ROWS["stakeholders"][1] | {"role": ""}
    assert register["P001"]["role"] == "Deputy of [name]"


def test_words_go_and_codings_stay(forgotten: Store) -> None:
    remarks = rows(forgotten, "remarks")
    assert {key: row["text"] for key, row in remarks.items()} == {
        "R1": "[words removed]",
        "R2": "[words removed]",
        "R3": "Said by one of two people there.",
        "R4": "[name]'s list helps; so does [name].",
        "R5": "Nothing about anybody.",
    }
    assert remarks["R1"]["stakeholder_id"] == "forgotten-1"
    codings = rows(forgotten, "codings")
    assert codings["R1, training, Analyst"] == {"remark_id": "R1", "code": "training", "coder": "Analyst"}
    assert rows(forgotten, "quotes")["R1"]["status"] == "refused"
    (decision,) = rows(forgotten, "decisions").values()
    assert decision["words"] == "As one said: [words removed]"


def test_two_rows_never_become_one(forgotten: Store) -> None:
    coders = [row.values["coder"] for row in forgotten.rows("codings")]
    assert coders == ["Analyst", "forgotten-1", "forgotten-1 (2)"]
    assert [row.key[2] for row in forgotten.rows("codings")] == coders


def test_tables_are_as_valid_as_before(forgotten: Store) -> None:
    for table in forgotten.tables():
        _, faults = typed(forgotten.frame(table), TABLES[table], Path(table))
        assert faults == []


def test_trail_says_that_somebody_was_forgotten_and_is_whole_otherwise(forgotten: Store) -> None:
    changes = forgotten.changes()
    last = changes[-1]
    assert (last["what"], last["by"], last["key"]) == ("forgotten", "Data protection lead", ("forgotten-1",))
    assert int(last["after"]["places"]) > 20
    assert [change["seq"] for change in changes] == list(range(1, len(changes) + 1))
    assert sum(change["table"] == "remarks" for change in changes) == 7
    with pytest.raises(InputError, match="cannot be undone"):
        forgotten.undo("forgotten-1", by="Analyst")


def test_store_goes_on_after_it_and_undo_brings_nobody_back(forgotten: Store) -> None:
    (first, *_) = forgotten.changes("goals")
    assert first["by"] == "[name]" and "uibble" not in first["batch"]
    forgotten.undo(first["batch"], by="Analyst")
    assert "goals" not in forgotten.tables()
    forgotten.undo(forgotten.changes()[-1]["batch"], by="Analyst")
    assert rows(forgotten, "goals")["G1"]["text"] == "[name] answers every call"


def test_digests_are_those_of_the_rows_there_are(anywhere: Place, forgotten: Store) -> None:
    other = anywhere.other("other")
    with other.open() as again:
        for table in forgotten.tables():
            if TABLES[table].key:
                again.put(table, [row.values for row in forgotten.rows(table)], by="Analyst")
                assert again.digest(table) == forgotten.digest(table)


def test_the_next_person_has_a_place_of_their_own(anywhere: Place, forgotten: Store) -> None:
    person = person_called("Ann Lee", anywhere.engagement, anywhere.params, forgotten)
    assert forgotten.forget(person, by="Lead").stand_in == "forgotten-2"
    assert set(rows(forgotten, "stakeholders")) == {"forgotten-1", "forgotten-2", "P002"}


def test_a_dry_run_says_how_much_and_changes_nothing(anywhere: Place, filled: Store) -> None:
    before = versions(anywhere.engagement, anywhere.params), filled.changes()
    person = person_called("P014", anywhere.engagement, anywhere.params, filled)
    would = filled.forget(person, by="Lead", dry_run=True)
    assert (versions(anywhere.engagement, anywhere.params), filled.changes()) == before
    done = filled.forget(person, by="Lead")
    assert (would.tables, would.trail) == (done.tables, done.trail)


def test_forgetting_somebody_who_is_nowhere_writes_nothing(anywhere: Place, filled: Store) -> None:
    before = filled.changes()
    person = person_called("Cosmo Quist", anywhere.engagement, anywhere.params, filled)
    assert filled.forget(person, by="Lead").places == 0
    assert filled.changes() == before


def test_other_engagements_of_the_database_are_left_alone(anywhere: Place, filled: Store) -> None:
    other = anywhere.other("other")
    with other.open() as theirs:
        fill(theirs)
        before = theirs.changes()
        filled.forget(person_called("P014", anywhere.engagement, anywhere.params, filled), by="Lead")
        assert theirs.changes() == before


def test_sqlite_file_and_journal_hold_no_byte_of_it(on_sqlite: Place) -> None:
    def inside() -> bytes:
        return b"".join(path.read_bytes() for path in on_sqlite.file.parent.glob("evidence.sqlite*"))

    with on_sqlite.open() as store:
        fill(store)
        assert all(name.encode() in inside() for name in NAMES)
        store.forget(person_called("P014", on_sqlite.engagement, on_sqlite.params, store), by="Lead")
        found = inside().lower()
        assert [name for name in NAMES if name.lower().encode() in found] == []
        assert b"rota comes too late" not in found
        assert store.tables()["remarks"] == 5


def test_a_journal_held_open_by_another_is_told(on_sqlite: Place) -> None:
    with on_sqlite.open() as store, on_sqlite.open() as reader, reader.engine.connect() as connection:
        fill(store)
        connection.exec_driver_sql("SELECT count(*) FROM evidence_rows").scalar()
        done = store.forget(person_called("P014", on_sqlite.engagement, on_sqlite.params, store), by="Lead")
        assert "another program has the store open" in done.left


def test_a_postgresql_table_in_use_by_another_is_told(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewkit.evidence.store.forgetting.LOCK_SECONDS", 1)
    there = place(tmp_path, f"store: {postgres}")
    with there.open() as store, there.open() as reader, reader.engine.connect() as connection:
        fill(store)
        connection.exec_driver_sql("SELECT count(*) FROM evidence_rows").scalar()
        done = store.forget(person_called("P014", there.engagement, there.params, store), by="Lead")
        assert "run VACUUM FULL evidence_changes, evidence_rows in the database" in done.left
        assert store.changes()[-1]["what"] == "forgotten"


def test_postgresql_tables_on_disk_hold_no_byte_of_it(
    postgres: str, postgres_server: Any, tmp_path: Path
) -> None:
    there = place(tmp_path, f"store: {postgres}")

    def inside(store: Store) -> bytes:
        with store.engine.connect() as connection:
            connection.exec_driver_sql("CHECKPOINT")
            names = ("evidence_changes", "evidence_rows")
            toast = "SELECT reltoastrelid::regclass::text FROM pg_class WHERE relname = '{}'"
            names += tuple(connection.exec_driver_sql(toast.format(name)).scalar_one() for name in names)
            paths = [connection.scalar(sa.func.pg_relation_filepath(name)) for name in names]
        return b"".join((postgres_server.folder / "data" / str(path)).read_bytes() for path in paths)

    with there.open() as store:
        fill(store)
        assert all(name.encode() in inside(store) for name in NAMES)
        store.forget(person_called("P014", there.engagement, there.params, store), by="Lead")
        assert [name for name in NAMES if name.lower().encode() in inside(store).lower()] == []


def test_forgetting_everything_deletes_the_file(on_sqlite: Place) -> None:
    with on_sqlite.open() as store:
        fill(store)
        assert store.forget_all() > 20
    assert list(on_sqlite.file.parent.iterdir()) == []


def test_forgetting_everything_leaves_the_other_engagements(anywhere: Place, filled: Store) -> None:
    other = anywhere.other("other")
    with other.open() as theirs:
        theirs.put("codings", [CODING], by="Analyst")
        filled.forget_all()
        assert filled.tables() == {} and filled.changes() == []
        assert theirs.tables() == {"codings": 1}
