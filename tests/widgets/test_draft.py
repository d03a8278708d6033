"""What is typed is saved as soon as it can be; nobody's words are lost, and faults are told in words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reviewkit.model import InputError
from reviewkit.widgets import desk as desks
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.draft import Draft
from reviewkit.widgets.undoing import take_back

SEEN = {"observation_id": "O1", "seen": "Two advisers shared one screen."}


def draft(params: Path, who: str = "Analyst A", **values: str) -> Draft:
    return Draft(Desk(params, who), "observations", {**SEEN, **values})


def stored(params: Path) -> str:
    rows = Desk(params, "x").store().rows("observations")
    return rows[0].values["seen"] if rows else ""


def test_a_row_waits_for_what_is_required_and_says_what(params: Path) -> None:
    one = draft(params, seen="  ")
    assert not one.save() and one.trouble == "Saved as soon as this is filled in: what was seen."
    one.values["seen"] = "Now there are words."
    assert one.save() and stored(params) == "Now there are words." and one.trouble == ""


def test_typing_on_is_one_batch_that_can_be_undone(params: Path) -> None:
    one = draft(params)
    for words in ("T", "Tw", "Two"):
        one.values["seen"] = words
        assert one.save()
    take_back(one.desk, one.batch)
    assert stored(params) == ""


@pytest.mark.parametrize(("keep", "left"), [(True, "mine"), (False, "theirs")])
def test_two_who_write_one_row_both_keep_their_words(params: Path, keep: bool, left: str) -> None:
    mine, theirs = draft(params, seen="mine"), draft(params, "Analyst B", seen="theirs")
    assert theirs.save() and not mine.save()
    assert mine.theirs is not None and mine.theirs.by == "Analyst B"
    assert mine.theirs.values is not None and mine.theirs.values["seen"] == "theirs"
    assert mine.values["seen"] == "mine" and "Both versions are kept" in mine.trouble
    if keep:
        assert mine.keep_mine()
    else:
        mine.take_theirs()
    assert stored(params) == left and mine.is_saved


def test_the_same_words_of_two_are_no_conflict(params: Path) -> None:
    mine, theirs = draft(params), draft(params, "Analyst B")
    assert theirs.save()
    assert mine.save() and mine.theirs is None


def test_a_locked_store_is_told_soon_and_the_words_are_saved_later(
    params: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "WAIT_MILLISECONDS", 50)
    one = draft(params)
    one.desk.store()
    with closing(sqlite3.connect(params.parent / "data/evidence.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not one.save()
        other.execute("ROLLBACK")
    assert "Somebody else has been writing" in one.trouble and "tried again" in one.trouble
    assert "30 seconds" not in one.trouble
    assert one.save() and stored(params) == SEEN["seen"]


def test_a_store_that_has_gone_is_told_and_written_to_when_it_is_back(params: Path) -> None:
    one = draft(params)
    assert one.save()
    one.values["seen"] = "typed while it was away"
    one.desk.close()
    one.desk.store()
    file = params.parent / "data/evidence.sqlite"
    away = file.with_name("away.sqlite")
    file.rename(away)
    assert not one.save() and "The evidence store has gone" in one.trouble
    away.rename(file)
    assert one.save() and stored(params) == "typed while it was away"


def test_another_store_in_its_place_is_read_and_not_written_over(params: Path) -> None:
    one = draft(params)
    assert one.save()
    one.desk.store()
    file = params.parent / "data/evidence.sqlite"
    for each in params.parent.glob("data/evidence.sqlite*"):
        each.rename(each.with_name(each.name.replace("evidence", "old")))
    assert draft(params, "Analyst B", seen="in the new one").save()
    one.values["seen"] = "mine"
    assert not one.save() and one.theirs is not None
    assert file.is_file() and stored(params) == "in the new one"


def test_nobody_writes_without_a_name(params: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    monkeypatch.delenv("REVIEWKIT_ANALYST", raising=False)
    one = draft(params, who="")
    assert not one.save() and "Nobody said who writes" in one.trouble
    with pytest.raises(InputError):
        one.desk.signed()
