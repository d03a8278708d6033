"""Deciding: every decision is in the store with role, reason, date and fingerprint, and can be undone."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.evidence.store import open_store
from reviewkit.findings.convergence.overruled import with_verdicts
from reviewkit.model import Finding, InputError, read_engagement
from reviewkit.steps.deciding import with_decisions
from reviewkit.widgets.deciding.item import SORTS, Item, Kind
from reviewkit.widgets.deciding.model import DecideModel
from reviewkit.widgets.deciding.recording import Given, row_of
from reviewkit.widgets.desk import Desk

from .conftest import ALSO, CAUSE, HEADLINE, LINE, OPINION, RECOMMENDATION, VERDICT, made

FULL = Given("confirmed", "Head of Service", "Seen on site.")


def rows(params: Path, table: str) -> list[dict[str, str]]:
    with open_store(read_engagement(params), params) as store:
        return [{str(k): str(v) for k, v in row.items()} for row in store.frame(table).to_dict("records")]


def test_an_opinion_confirmed_is_kept_with_its_fingerprint_and_undone(
    deciding: DecideModel, engagement: Path
) -> None:
    item = deciding.current
    assert item is not None and item.id == OPINION and item.figures == {"latest": "70"}
    assert deciding.decide(FULL) == "Saved: Resolution: confirmed. It shows on the pages with the next run."
    (row,) = rows(engagement, "opinions")
    assert (row["status"], row["role"], row["reason"]) == ("confirmed", "Head of Service", "Seen on site.")
    assert row["fingerprint"] == item.fingerprint and row["seen"] == "Resolution fell to 70%."
    assert row["decided_on"] == dt.date.today().isoformat()
    assert deciding.undo() == "Undone: Resolution: confirmed." and rows(engagement, "opinions") == []
    with pytest.raises(InputError, match="nothing to undo"):
        deciding.undo()


@pytest.mark.parametrize(
    ("kind", "name", "given_", "holds"),
    [
        ("verdict", VERDICT, Given("partial", "Analyst", "Leavers rose."), {"verdict": "partial"}),
        ("cause", CAUSE, Given("overruled", "Head of IT", "It was moved."), {"decision": "overruled"}),
        (
            "recommendation",
            RECOMMENDATION,
            Given("amended", "Head of Service", "One site first.", "At North first.", "Finance would wait."),
            {"decision": "amended", "words": "At North first.", "dissent": "Finance would wait."},
        ),
        ("finding", HEADLINE, Given("agreed", "Sponsor"), {"decision": "agreed"}),
        (
            "words",
            LINE,
            Given("words", "Analyst", words="Both agree."),
            {"decision": "words", "words": "Both agree."},
        ),
    ],
)
def test_every_sort_is_written_to_the_table_that_steps_read(
    deciding: DecideModel, engagement: Path, kind: Kind, name: str, given_: Given, holds: dict[str, str]
) -> None:
    deciding.choose(kind)
    deciding.pick(name)
    item = deciding.current
    assert item is not None
    deciding.decide(given_)
    row, *also = rows(engagement, "decisions")
    assert also == [row | {"finding_id": ALSO}] * (name == LINE)  # the same sentence in another edition
    assert row["finding_id"] == name and holds.items() <= row.items()
    assert row["fingerprint"] == item.fingerprint and row["seen"] == item.seen
    again = DecideModel(Desk(engagement, "Analyst A"), kind=kind)  # after a restart
    again.pick(name)
    assert again.current is not None and again.decided(again.current) is not None
    assert not again.changed(again.current)
    assert not [one for one in again.all if one.gone]


def test_the_verdict_overruled_is_the_one_step_1_5_lays_over(deciding: DecideModel, engagement: Path) -> None:
    import pandas as pd

    deciding.choose("verdict")
    assert deciding.current is not None and deciding.current.verdict == "Silence in the data"
    deciding.decide(Given("partial", "Analyst", "Leavers rose."))
    table = pd.DataFrame(deciding.results.table("1.5", "convergence")).drop(columns="computed")
    held = with_verdicts(table, deciding.desk.frames("decisions")["decisions"])
    assert (held["relationship"][0], held["computed"][0]) == ("partial", "silence_in_data")
    assert held["overruled_note"][0] == ""  # on the figures as they are


def test_figures_that_changed_since_are_flagged_with_both_versions(
    deciding: DecideModel, engagement: Path
) -> None:
    deciding.decide(FULL)
    made(engagement, latest=64.0)
    deciding.reload()
    item = deciding.current
    assert item is not None and deciding.changed(item) and deciding.counts == (1, 1, 1)
    decided = deciding.decided(item)
    assert decided is not None
    assert (decided.seen, item.says) == ("Resolution fell to 70%.", "Resolution fell to 64%.")
    deciding.decide(FULL)
    assert not deciding.changed(item)


def test_evidence_that_changes_under_the_widget_is_told_and_nothing_is_written(
    deciding: DecideModel, engagement: Path
) -> None:
    deciding.keep({"reason": "Seen on site."})
    folder = made(engagement, latest=64.0)
    os.utime(folder / "findings/1.1.jsonl", ns=(1, 10**18))
    with pytest.raises(InputError, match="figures changed while you were looking"):
        deciding.decide(FULL)
    assert rows(engagement, "opinions") == [] and deciding.typed() == {"reason": "Seen on site."}
    assert deciding.current is not None and deciding.current.says == "Resolution fell to 64%."
    deciding.decide(FULL)
    assert len(rows(engagement, "opinions")) == 1


@pytest.mark.parametrize("kind", ["opinion", "cause"])
def test_what_somebody_else_decided_meanwhile_is_told_first(engagement: Path, kind: Kind) -> None:
    given_ = FULL if kind == "opinion" else Given("agreed", "Head of IT")
    mine, theirs = (DecideModel(Desk(engagement, who), kind=kind) for who in ("A", "B"))
    theirs.decide(given_)
    with pytest.raises(InputError, match="decided on this meanwhile"):
        mine.decide(given_)
    assert "Saved" in mine.decide(Given(given_.value, "Managing director", "Heard both."))


def test_a_store_that_is_gone_or_an_engagement_deleted_is_told_and_typed_words_wait(
    deciding: DecideModel, engagement: Path
) -> None:
    deciding.keep({"reason": "Half a thou"})
    file = engagement.parent / "data/evidence.sqlite"
    file.rename(file.with_suffix(".away"))
    with pytest.raises(InputError, match="store has gone"):
        deciding.decide(FULL)
    file.with_suffix(".away").rename(file)
    shutil.rmtree(engagement.parent)
    for command in (deciding.reload, lambda: deciding.decide(FULL)):
        with pytest.raises(InputError):
            command()
    assert not engagement.parent.exists()  # nothing was made in its place
    assert deciding.typed() == {"reason": "Half a thou"}


def test_a_locked_store_is_told_and_typed_words_wait(deciding: DecideModel, engagement: Path) -> None:
    import sqlite3

    deciding.desk.store()
    lock = sqlite3.connect(engagement.parent / "data/evidence.sqlite", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    deciding.keep({"reason": "Seen"})
    with pytest.raises(InputError, match="writing"):
        deciding.decide(FULL)
    lock.execute("ROLLBACK")
    lock.close()
    assert deciding.typed() == {"reason": "Seen"}
    assert deciding.decide(FULL).startswith("Saved")
    assert deciding.typed() == {}


def test_a_draft_survives_a_restart_of_the_kernel(deciding: DecideModel, engagement: Path) -> None:
    deciding.keep({"reason": "Half a thought", "value": "revised"})
    again = DecideModel(Desk(engagement, "Analyst A"))
    assert again.typed() == {"reason": "Half a thought", "value": "revised"}


def test_two_who_type_about_one_thing_keep_their_own_words(deciding: DecideModel, engagement: Path) -> None:
    other = DecideModel(Desk(engagement, "Analyst B"))
    deciding.keep({"reason": "From A"})
    other.keep({"reason": "From B"})
    again = DecideModel(Desk(engagement))
    assert again.typed() == {}  # nobody said who sits there
    for who, reason in (("Analyst A", "From A"), ("Analyst B", "From B")):
        again.be(who)
        assert again.typed() == {"reason": reason}
    other.decide(FULL)
    assert DecideModel(Desk(engagement, "Analyst B")).typed() == {}
    kept = DecideModel(Desk(engagement, "Analyst A"))
    assert kept.typed() == {"reason": "From A"}
    assert kept.current is not None and kept.is_behind(kept.current)
    kept.decide(Given("withdrawn", "Head of IT", "From A"))
    assert not kept.is_behind(kept.current)


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        (Given("", "Head", "x"), "nothing is chosen"),
        (Given("agreed", "Head", "x"), "nothing is chosen"),
        (Given("confirmed", " ", "x"), "who decides"),
        (Given("confirmed", "mary poole", "x"), "person's name"),
        (Given("confirmed", "Head", " "), "why"),
        (Given("revised", "Head", "x", " "), "new words"),
        (Given("confirmed", "Head", "x", on=dt.date(2999, 1, 1)), "lies ahead"),
    ],
)
def test_what_is_missing_is_told_in_words(deciding: DecideModel, given_: Given, told: str) -> None:
    with pytest.raises(InputError, match=told):
        deciding.decide(given_)


def test_nobody_said_who_writes(engagement: Path) -> None:
    with pytest.raises(InputError, match="nobody said who writes"):
        DecideModel(Desk(engagement)).decide(FULL)


def test_a_date_before_a_decision_on_file_is_refused(deciding: DecideModel) -> None:
    deciding.decide(FULL)
    with pytest.raises(InputError, match="a later decision"):
        deciding.decide(Given("withdrawn", "Head", "x", on=dt.date(2020, 1, 1)))


def test_what_is_no_longer_found_stays_in_sight(deciding: DecideModel, engagement: Path) -> None:
    deciding.decide(FULL)
    folder = made(engagement)
    (folder / "findings/1.1.jsonl").write_text("")
    deciding.reload()
    (item,) = deciding.all
    assert item.gone and deciding.changed(item) and item.says == "Resolution fell to 70%."
    with pytest.raises(InputError, match="no longer"):
        deciding.decide(FULL)


def test_words_survive_a_run_and_can_be_given_back(deciding: DecideModel, engagement: Path) -> None:
    deciding.choose("words")
    deciding.pick(HEADLINE)
    deciding.decide(Given("words", "Editor", words="Resolution is down."))
    decisions = [dict(row) for row in rows(engagement, "decisions")]
    item = deciding.current
    assert item is not None
    now = Finding.of("4.2", "headline", "review", statement="It fell to 64%.", figures={"latest": 64.0})
    worded = with_decisions(now, decisions)
    assert (worded.statement, worded.computed) == ("Resolution is down.", "It fell to 64%.")
    assert worded.changed_since_decided
    deciding.decide(Given("words", "Editor"))
    assert deciding.decided(item) is None
    back = with_decisions(now, rows(engagement, "decisions"))
    assert back.statement == "It fell to 64%." and not back.changed_since_decided


def test_before_the_first_run_it_says_what_to_do(engagement: Path) -> None:
    shutil.rmtree(engagement.parent.parent / "runs")
    model = DecideModel(Desk(engagement, "A"))
    assert model.reload().startswith("Nothing has been found yet: run `reviewkit run")
    assert model.current is None


def test_damaged_results_are_told(engagement: Path) -> None:
    (engagement.parent.parent / "runs/acme/latest/findings/2.1.jsonl").write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        DecideModel(Desk(engagement, "A"))


_texts = st.text(max_size=20)


@given(kind=st.sampled_from(list(SORTS)), value=_texts, role=_texts, reason=_texts, words=_texts)
def test_a_row_is_whole_or_refused(kind: Kind, value: str, role: str, reason: str, words: str) -> None:
    name = {"verdict": VERDICT, "cause": CAUSE, "recommendation": RECOMMENDATION}.get(kind, OPINION)
    item = Item(name, kind, "A", "It fell.", "abc")
    values = [one.value for one in SORTS[kind].choices]
    for one in (value, *values):
        try:
            row = row_of(item, Given(one, role, reason, words), ["Mary Poole"], dt.date(2025, 1, 1))
        except InputError as error:
            assert error.fix
            continue
        assert one in values and row["role"] and row["fingerprint"] == "abc" and row["seen"] == "It fell."
        needs = next(choice for choice in SORTS[kind].choices if choice.value == one)
        assert row["reason"] or not needs.reason
        assert bool(row["words"]) <= needs.words


def test_results_of_an_earlier_version_are_told(engagement: Path) -> None:
    import pandas as pd

    file = engagement.parent.parent / "runs/acme/latest/tables/1.5/convergence.parquet"
    pd.read_parquet(file).drop(columns="leading").to_parquet(file)
    with pytest.raises(InputError, match="earlier version"):
        DecideModel(Desk(engagement, "A"), kind="verdict")


def test_a_decision_can_be_undone_after_a_restart_by_who_made_it(
    deciding: DecideModel, engagement: Path
) -> None:
    deciding.decide(FULL)
    words = DecideModel(Desk(engagement, "Analyst A"), kind="words")
    other = DecideModel(Desk(engagement, "B"))
    assert (words.last, other.last) == ("", "")
    again = DecideModel(Desk(engagement))
    again.be("Analyst A")
    assert again.last == "Resolution: confirmed" and again.undo() == "Undone: Resolution: confirmed."
    assert rows(engagement, "opinions") == [] and again.last == ""


def test_words_of_what_is_told_no_more_stay_in_sight_with_their_figures(
    deciding: DecideModel, engagement: Path
) -> None:
    deciding.choose("words")
    deciding.pick(OPINION)
    deciding.decide(Given("words", "Editor", words="It is down."))
    file = made(engagement) / "words/4.2.json"
    file.write_text(file.read_text().replace(OPINION, "1.1/opinion/other"))
    deciding.reload()
    (left,) = [one for one in deciding.all if one.id == OPINION]
    assert not left.gone and not deciding.changed(left) and left.figures == {"latest": "70"}
