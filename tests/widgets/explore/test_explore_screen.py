"""The explorer's widget: what is pressed is done, what goes wrong is told, what is typed stays."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from reviewkit.evidence import EvidenceSet
from reviewkit.present.view import MIME
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.explore import explore
from reviewkit.widgets.explore import screen as screens
from reviewkit.widgets.explore.model import ExploreModel
from reviewkit.widgets.explore.screen import Screen


@pytest.fixture
def screen(params: Path, snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> Screen:
    monkeypatch.setattr(
        screens,
        "ExploreModel",
        lambda desk: ExploreModel(desk, lambda: EvidenceSet(desk.engagement, snapshot)),
    )
    return Screen(Desk(params, "Analyst A"))


def write(screen: Screen, text: str = "New system.") -> None:
    notes = screen.measures.notes
    notes.day.value, notes.text.value, notes.effect.value = dt.date(2024, 1, 1), text, "process_changed"
    notes.save.click()


def test_a_note_half_written_waits_for_whoever_writes_it(screen: Screen, params: Path) -> None:
    notes = screen.measures.notes
    notes.day.value, notes.text.value = dt.date(2024, 1, 1), "Half a"
    screen.naming.text.value = "Analyst B"
    assert notes.text.value == ""
    notes.text.value = "From B"
    again = Screen(Desk(params, "Analyst A"))
    assert (again.measures.notes.text.value, again.measures.notes.day.value) == (
        "Half a",
        dt.date(2024, 1, 1),
    )
    again.measures.notes.save.click()
    assert Screen(Desk(params, "Analyst A")).measures.notes.text.value == ""
    assert Screen(Desk(params, "Analyst B")).measures.notes.text.value == "From B"


def test_from_measure_to_unit_to_point_to_rows(screen: Screen) -> None:
    page = screen.measures
    page.asking.by.value = "site"
    assert [key for _, key in page.units.options] == ["", "North", "South"]
    page.units.value = "North"
    assert "Resolved at once, North" in page.chart.value and "<svg" in page.chart.value
    page.points.value = page.points.options[3][1]
    page.rows.click()
    assert "10 rows behind March 2025" in page.found.value and "agent" not in page.found.value.lower()
    page.said_of.click()
    assert "No &lt;b&gt;training" in page.found.value


def test_a_note_is_tried_saved_and_undone(screen: Screen) -> None:
    page = screen.measures
    page.notes.day.value = dt.date(2024, 1, 1)
    page.notes.trial.value = True
    assert "limits start anew" in page.chart.value
    write(screen)
    assert screen.said.text == "Saved: note of 2024-01-01." and page.notes.text.value == ""
    assert "New system" in page.chart.value and not page.notes.trial.value
    page.notes.undo.click()
    assert "Undone" in screen.said.text and "New system" not in page.chart.value


def test_words_of_a_note_never_become_markup(screen: Screen) -> None:
    write(screen, "<img src=x onerror=alert(1)>")
    assert "<img" not in screen.measures.chart.value and "&lt;img" in screen.measures.chart.value


def test_a_locked_store_is_told_and_the_words_stay(screen: Screen) -> None:
    write(screen, "First.")
    file = screen.model.desk.store().place.file
    assert file is not None
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        write(screen, "Second.")
        assert screen.said.trouble and "Somebody else" in screen.said.text
        other.execute("ROLLBACK")
    assert screen.measures.notes.text.value == "Second."
    screen.measures.notes.save.click()
    assert not screen.said.trouble and screen.measures.notes.text.value == ""


def test_a_store_that_went_is_told_and_the_words_stay(screen: Screen) -> None:
    write(screen, "First.")
    file = screen.model.desk.store().place.file
    assert file is not None
    file.unlink()
    write(screen, "Second.")
    assert "store has gone" in screen.said.text and screen.measures.notes.text.value == "Second."


def test_a_deleted_engagement_is_told_and_the_chart_stays(screen: Screen) -> None:
    page = screen.measures
    before = page.chart.value
    shutil.rmtree(screen.model.desk.params.parent)
    page.again.click()
    assert screen.said.trouble and page.chart.value == before
    write(screen, "Words.")
    assert screen.said.trouble and page.notes.text.value == "Words."


def test_changed_evidence_is_told(screen: Screen) -> None:
    data = screen.model.desk.params.parent / "data/contacts.csv"
    data.write_text(data.read_text() + "\n")
    screen.measures.asking.by.value = "team"
    assert screen.said.trouble and "press Read again" in screen.said.text


def test_a_slow_database_can_be_given_up(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    page, held = screen.measures, threading.Event()
    before = page.chart.value
    stopped: list[bool] = []
    monkeypatch.setattr(page.work, "_stop", lambda: (stopped.append(True), held.set()))
    monkeypatch.setattr(page.model.aggregates, "figures", lambda _: held.wait(20))

    async def impatient() -> float:
        page.asking.by.value = "site"
        while page.work.give_up.layout.visibility != "visible":
            await asyncio.sleep(0.05)
        assert "Counting Resolved at once" in page.work.telling.value
        began = time.monotonic()
        page.work.give_up.click()
        await asyncio.sleep(0)
        return time.monotonic() - began

    assert asyncio.run(impatient()) < 1 and stopped == [True]
    assert "Cancelled" in screen.said.text and page.chart.value == before and not page.work.busy


def test_what_a_database_complains_about_is_told_without_a_trace(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def complain(_: object) -> None:
        raise OSError("the connection was lost\nat line 3")

    monkeypatch.setattr(screen.model.aggregates, "figures", complain)
    screen.measures.asking.by.value = "team"
    assert "the connection was lost. What is shown" in screen.said.text


def test_journeys_are_listed_by_path(screen: Screen) -> None:
    screen.choice.value = "Journeys"
    labels = [label for label, _ in screen.journeys.paths.options]
    assert labels[0].startswith("2 · 67% · in → out") and "2 customers" in screen.journeys.steps.value
    screen.journeys.behind.click()
    shown = screen.journeys.steps.value
    assert "2 journeys on this path" in shown and "2025-01-03" in shown and "C1" not in shown


def test_themes_page_filters(screen: Screen) -> None:
    screen.choice.value = "Themes"
    screen.themes.filters["site"].value = "South"
    assert "cancelled" in screen.themes.remarks.value and "&lt;b&gt;" not in screen.themes.remarks.value


def test_every_field_is_labelled_and_heights_are_fixed(screen: Screen) -> None:
    notes = screen.measures.notes
    fields = [*screen.measures.asking.fields, notes.day, notes.effect, notes.role, notes.text, notes.known]
    assert all(one.description for one in fields)
    assert screen.measures.work.widget.layout.height and screen.measures.chart.value


def test_summary_is_for_the_team_and_writes_nothing(params: Path) -> None:
    bundle = explore(params, interactive=False)._repr_mimebundle_()[MIME]
    assert set(bundle["editions"]) == {"team"}
    assert "2 measures can be looked at" in bundle["html"][0] and "A storm" in bundle["html"][0]
    assert not (params.parent / "data/evidence.sqlite").exists()
