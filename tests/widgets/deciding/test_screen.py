"""The decision screens: labelled, nothing typed lost, faults told inside, a summary in scheduled runs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from reviewkit.widgets import decide, wording
from reviewkit.widgets.deciding.model import DecideModel
from reviewkit.widgets.deciding.screen import Screen
from reviewkit.widgets.deciding.wording_screen import WordingScreen
from reviewkit.widgets.desk import Desk

from .conftest import HEADLINE, LINE, made


@pytest.fixture
def screen(deciding: DecideModel) -> Screen:
    return Screen(deciding)


def test_a_decision_is_made_and_what_the_rule_says_stands_beside_it(screen: Screen) -> None:
    assert "Resolution fell to 70%." in screen.about.value and "contacts · shift" in screen.about.value
    screen.value.value, screen.role.value, screen.reason.value = "confirmed", "Head", "<b>seen</b>"
    screen.save.click()
    assert screen.said.text.startswith("Saved") and not screen.said.trouble
    assert "Confirmed by the Head" in screen.history.value and "&lt;b&gt;seen" in screen.history.value
    assert screen.list.options[0][0] == "[confirmed] Resolution"
    screen.undo.click()
    assert "Undone" in screen.said.text and screen.list.options[0][0] == "Resolution"


def test_what_is_refused_stays_typed(screen: Screen) -> None:
    screen.value.value, screen.reason.value = "withdrawn", "Because"
    screen.save.click()
    assert screen.said.trouble and "Fill in the role" in screen.said.text
    assert (screen.value.value, screen.reason.value) == ("withdrawn", "Because")


def test_nothing_typed_is_lost_by_looking_at_something_else(screen: Screen) -> None:
    screen.reason.value = "Half a thought"
    screen.kind.value = "cause"
    assert screen.reason.value == ""
    screen.kind.value = "opinion"
    assert screen.reason.value == "Half a thought"


def test_who_typed_before_another_decided_is_told_after_a_restart_too(
    screen: Screen, engagement: Path
) -> None:
    screen.reason.value = "From A"
    other = Screen(DecideModel(Desk(engagement, "Analyst B")))
    assert other.reason.value == ""
    other.value.value, other.role.value, other.reason.value = "confirmed", "Head", "From B"
    assert "after you began to type" not in other.since.value
    other.save.click()
    again = Screen(DecideModel(Desk(engagement, "Analyst A")))
    assert again.reason.value == "From A" and "From B" in again.history.value
    assert "after you began to type" in again.since.value
    assert again.list.options[0][0] == "[not saved] [confirmed] Resolution"
    again.value.value, again.role.value = "withdrawn", "Head"
    again.save.click()
    assert again.said.text.startswith("Saved") and "after you began" not in again.since.value


def test_an_engagement_deleted_while_it_is_open_is_told_in_the_widget(
    screen: Screen, engagement: Path
) -> None:
    screen.value.value, screen.role.value, screen.reason.value = "confirmed", "Head", "seen"
    shutil.rmtree(engagement.parent)
    for press in (screen.again, screen.save):
        press.click()
        assert screen.said.trouble and screen.said.text
    assert screen.reason.value == "seen"


def test_both_versions_stand_side_by_side_where_figures_changed(screen: Screen, engagement: Path) -> None:
    screen.value.value, screen.role.value, screen.reason.value = "confirmed", "Head", "seen"
    screen.save.click()
    made(engagement, latest=64.0)
    screen.again.click()
    assert "Resolution fell to 70%." in screen.since.value and "Resolution fell to 64%." in screen.since.value
    assert screen.list.options[0][0] == "[figures changed] [confirmed] Resolution"
    screen.which.value = "changed since"
    assert len(screen.list.options) == 1


def test_words_are_edited_in_place_and_both_versions_shown_later(engagement: Path) -> None:
    made_ = WordingScreen(DecideModel(Desk(engagement, "A"), kind="words"))
    assert [name for _, name in made_.list.options] == [HEADLINE, LINE, "1.1/opinion/fcr"]
    made_.list.value = LINE
    made_.words.value, made_.role.value = "They agree on <two>.", "Editor"
    made_.save.click()
    assert made_.said.text.startswith("Saved"), made_.said.text
    made(engagement, line="People and data agree on 3 topics.")
    again = WordingScreen(DecideModel(Desk(engagement, "A"), kind="words"))
    again.list.value = LINE
    assert again.words.value == "They agree on <two>."
    for text in ("They agree on &lt;two&gt;.", "agree on 2 topics", "agree on 3 topics"):
        assert text in again.since.value
    again.role.value = "Editor"
    again.back.click()
    assert again.words.value == "People and data agree on 3 topics." and again.since.value == ""


def test_every_field_is_labelled(screen: Screen) -> None:
    fields = (screen.kind, screen.which, screen.list, screen.value, screen.role, screen.on, screen.reason)
    assert all(one.description for one in (*fields, screen.words, screen.dissent))


def html(shown: Any) -> str:
    return str(shown._repr_mimebundle_()["text/html"])


def test_where_nobody_can_click_there_is_a_summary_with_both_versions(
    screen: Screen, engagement: Path
) -> None:
    before = html(decide(engagement, interactive=False))
    assert "0 decisions on file" in before and "rkw" not in before
    screen.value.value, screen.role.value, screen.reason.value = "confirmed", "Head", "seen"
    screen.save.click()
    made(engagement, latest=64.0)
    told = html(decide(engagement, interactive=False))
    assert "1 decision on file, 1 on figures that changed since." in told
    assert "Resolution fell to 70%." in told and "Resolution fell to 64%." in told
    assert "0 decisions on file" in html(wording(engagement, interactive=False))


def test_an_engagement_that_is_not_there_is_told_in_the_widget(tmp_path: Path) -> None:
    shown = decide(tmp_path / "nobody.yaml", who="A", interactive=True)
    assert "nobody.yaml" in shown.children[1].value
