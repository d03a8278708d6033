"""The review screen writes each decision to the store at once, takes it back, and shows words as text."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from reviewkit.model import EDITIONS
from reviewkit.present.view import MIME
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.review import quotes
from reviewkit.widgets.review.model import ReviewModel
from reviewkit.widgets.review.screen import Screen

PARAMS = "id: acme\nname: A\nclient: C\npurpose: P\ndata_as_of: 2025-06-30\ndata: data\n"
ABOUT = {"source": "one_to_one", "department": "Service", "level": "front_line", "site": "North"}


@pytest.fixture
def params(tmp_path: Path) -> Path:
    data = tmp_path / "params/data"
    data.mkdir(parents=True)
    said = [
        ("R1", "I1", "We wait. Ask Priya."),
        ("R2", "I1", "<img src=x onerror=alert(1)> 🙂"),
        ("R3", "I2", "No."),
    ]
    remarks = pd.DataFrame(said, columns=["remark_id", "interview_id", "text"]).assign(**ABOUT)
    remarks.assign(stakeholder_id="P1", on_record=["true", "true", "false"]).to_csv(
        data / "remarks.csv", index=False
    )
    agreed = pd.DataFrame(
        {"interview_id": ["I1", "I2"], "stakeholder_id": "P1", "on_record": ["true", "false"]}
    )
    agreed.assign(attribution="broad").to_csv(data / "participants.csv", index=False)
    person = {"stakeholder_id": "P1", "name": "Priya Shah", **ABOUT, "headcount": 30}
    pd.DataFrame([person]).drop(columns="source").to_csv(data / "stakeholders.csv", index=False)
    path = tmp_path / "params/acme.yaml"
    path.write_text(PARAMS, encoding="utf-8")
    return path


def stored(params: Path) -> list[list[str]]:
    frame = Desk(params).store().frame("quotes")
    return frame[["remark_id", "words", "status", "role", "reason"]].values.tolist()


def test_approving_writes_at_once_and_undo_takes_it_back(params: Path) -> None:
    screen = Screen(ReviewModel(Desk(params, "Analyst")))
    assert screen.words.value == "We wait. Ask [name]." and "part of a name" in screen.found.value
    screen.approve.click()
    assert stored(params) == [["R1", "We wait. Ask [name].", "approved", "Analyst", ""]]
    assert screen.model.current == "R2"
    screen.undo.click()
    assert stored(params) == [] and screen.model.current == "R1"


def test_what_cannot_be_approved_is_told_and_what_was_typed_stays(params: Path) -> None:
    screen = Screen(ReviewModel(Desk(params, "Analyst")))
    screen.words.value = "Ask Priya Shah."
    screen.approve.click()
    assert "still hold: name" in screen.said.text and stored(params) == []
    assert screen.words.value == "Ask Priya Shah."


def test_typed_words_that_may_be_a_name_or_were_not_said_need_a_reason(params: Path) -> None:
    screen = Screen(ReviewModel(Desk(params, "Analyst")))
    for typed, told in (
        ("We wait. Ask Jane Smith in Brook House.", "These may be names: Jane Smith, Brook House."),
        ("Pay has been too low for years.", "Most of these words were not said"),
    ):
        screen.words.value = typed
        assert told in screen.doubts.value
        screen.approve.click()
        assert told in screen.said.text and stored(params) == []
    screen.reason.value = "A paraphrase the speaker agreed to."
    screen.approve.click()
    assert stored(params)[0][1:] == [typed, "approved", "Analyst", "A paraphrase the speaker agreed to."]


def test_a_quote_is_gone_to_by_its_id_and_shown_with_what_stood_beside_it(params: Path) -> None:
    screen = Screen(ReviewModel(Desk(params, "Analyst")))
    screen.go.value = "r2"
    assert screen.model.current == "R2" and screen.go.value == ""
    assert "Service · front line · North" in screen.about.value and "We wait." in screen.before.value
    screen.go.value = "R3"  # said off the record: to be looked at, not to be quoted
    assert screen.model.current == "R3" and screen.approve.disabled
    screen.go.value = "R99"
    assert "There is no remark 'R99'" in screen.said.text and screen.model.current == "R3"


def test_refusing_keeps_the_reason(params: Path) -> None:
    screen = Screen(ReviewModel(Desk(params, "Analyst")))
    screen.reason.value = "Not ours to tell."
    screen.refuse.click()
    assert stored(params)[0][2:] == ["refused", "Analyst", "Not ours to tell."]


def test_words_never_become_markup(params: Path) -> None:
    screen = Screen(ReviewModel(Desk(params, "Analyst")))
    screen.later.click()
    shown = screen.text.value + screen.preview.value
    assert "&lt;img" in shown and "<img" not in shown


def test_off_the_record_is_never_offered(params: Path) -> None:
    model = ReviewModel(Desk(params, "Analyst"))
    assert model.order == ["R1", "R2"] and model.review.counts["barred"] == 1


def test_a_new_sitting_finds_what_was_decided(params: Path) -> None:
    ReviewModel(Desk(params, "Analyst")).approve("We wait.")
    model = ReviewModel(Desk(params, "Lead analyst"), show="approved")
    assert model.order == ["R1"] and model.candidate().words == "We wait."


def test_summary_is_for_the_team_alone(params: Path) -> None:
    bundle = quotes(params, interactive=False)._repr_mimebundle_()[MIME]
    assert set(bundle["editions"]) == {"team"} < set(EDITIONS)
    assert "0 quotes approved" in bundle["html"][0] and "2 waiting" in bundle["html"][0]


def test_two_who_type_about_one_quote_keep_their_own_words(params: Path) -> None:
    one, two = (Screen(ReviewModel(Desk(params, who))) for who in ("Analyst A", "Analyst B"))
    one.words.value = "We wait long."
    two.words.value = "We wait."
    two.approve.click()
    assert two.said.text == "Saved: R1 approved."
    again = Screen(ReviewModel(Desk(params)))
    assert again.model.current == "R2" and "R1" not in again.said.text
    again.who.value = "Analyst A"
    assert "Typed and not saved: R1." in again.said.text
    again.go.value = "R1"
    assert again.words.value == "We wait long."
    assert (
        "decided after you began to type" in again.about.value and "We wait.”: approved" in again.about.value
    )
    again.who.value = "Analyst B"
    assert again.words.value == "We wait." and "after you began" not in again.about.value


def test_what_is_typed_waits_until_it_is_decided_also_in_a_new_sitting(params: Path) -> None:
    screen = Screen(ReviewModel(Desk(params, "Analyst")))
    screen.words.value = "We wait for long."
    screen.later.click()
    screen.back.click()
    assert screen.words.value == "We wait for long."
    again = Screen(ReviewModel(Desk(params, "Analyst")))
    assert again.words.value == "We wait for long." and "We wait for long." in again.preview.value
    again.refuse.click()
    assert Screen(ReviewModel(Desk(params, "Analyst"))).model.typed() == {}


def test_undo_is_there_after_a_restart(params: Path) -> None:
    Screen(ReviewModel(Desk(params, "Analyst"))).approve.click()
    again = Screen(ReviewModel(Desk(params, "Analyst")))
    assert again.undo.description == "Undo: R1 approved"
    again.undo.click()
    assert stored(params) == [] and again.model.current == "R1"


def test_of_two_who_decide_at_once_the_second_is_told_and_keeps_the_words(params: Path) -> None:
    first = Screen(ReviewModel(Desk(params, "Analyst A")))
    second = Screen(ReviewModel(Desk(params, "Analyst B")))
    first.refuse.click()
    second.words.value = "We wait."
    second.approve.click()
    assert "changed by Analyst A" in second.said.text and stored(params)[0][2] == "refused"
    assert second.words.value == "We wait." and second.model.current == "R1"
    assert "refused" in second.about.value
    second.approve.click()
    assert stored(params)[0][1:4] == ["We wait.", "approved", "Analyst B"]


def test_an_engagement_that_is_gone_is_told_in_words(params: Path, tmp_path: Path) -> None:
    screen = Screen(ReviewModel(Desk(params, "Analyst")))
    screen.words.value = "We wait."
    params.rename(tmp_path / "aside.yaml")
    screen.approve.click()
    assert "no longer there" in screen.said.text and screen.words.value == "We wait."
    assert "no engagement" in str(quotes("nowhere", interactive=True).children[-1].value)
