"""The coding widget pressed as a hand would, without a browser."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reviewkit.widgets import coding
from reviewkit.widgets.coding_model import CodingModel
from reviewkit.widgets.coding_view import CodingView
from reviewkit.widgets.desk import Desk


@pytest.fixture
def view(model: CodingModel) -> CodingView:
    return CodingView(model)


def at(view: CodingView, name: str) -> CodingView:
    view.model.go(name)
    view.show()
    return view


def all_text(widget: Any) -> str:
    """Every text and label of a widget and those in it that can be seen."""
    if getattr(widget.layout, "display", None) == "none":
        return ""
    own = f"{getattr(widget, 'value', '')} {getattr(widget, 'description', '')}"
    return own + "".join(all_text(child) for child in getattr(widget, "children", ()))


def test_a_remark_is_shown_with_question_attributes_and_neighbours(view: CodingView) -> None:
    at(view, "R2")
    text = all_text(view.widget)
    assert "The system is slow." in text and "We have no training at all." in view.before.value
    assert "Service" in text and "front line" in text and "North" in text and "on the record" in text
    assert "Which system costs you time" in text


def test_a_suggestion_is_shown_with_how_sure_and_why_and_is_accepted_by_a_press(view: CodingView) -> None:
    at(view, "R3")
    assert "Training gap" in view.suggested.value and "%" in view.suggested.value
    assert view.codebook.chosen == "training_gap" and "Use it when" in view.codebook.meaning.value
    view.accept.click()
    assert view.said.text == "Saved: Training gap." and view.model.mine()[0].values["stance"] == "strength"
    assert view.accept.layout.display == "none"


def test_several_codes_each_with_stance_prompting_and_memo(view: CodingView) -> None:
    at(view, "R1")
    for code in ("training_gap", "systems_and_it"):
        view.codebook.choose(code)
        view.codebook.add.click()
    first, second = view._given
    first.stance.value, second.prompting.value, second.memo.value = "concern", "prompted", "daily"
    told = {d.values["code"]: d.saved for d in view.model.mine()}
    assert told["training_gap"]["stance"] == "concern"
    assert (told["systems_and_it"]["prompting"], told["systems_and_it"]["memo"]) == ("prompted", "daily")
    view.codebook.choose("culture")
    first.to.click()
    assert [d.values["code"] for d in view.model.mine()] == ["systems_and_it", "culture"]
    view._given[0].off.click()
    assert [d.values["code"] for d in view.model.mine()] == ["culture"]
    view.undo.click()
    assert {d.values["code"] for d in view.model.mine()} == {"culture", "systems_and_it"}


@pytest.mark.parametrize("name", ["R4", "R5"])
def test_what_people_said_never_becomes_markup(view: CodingView, name: str) -> None:
    at(view, name)
    text = view.model.shelf.text(name)
    assert 'dir="auto"' in view.text.value and "<img" not in view.text.value
    assert ("&lt;img" in view.text.value) == ("<img" in text)


def test_the_codebook_is_searched_by_words_of_names_and_definitions(view: CodingView) -> None:
    view.codebook.find.value = "outage"
    assert [value for _, value in view.codebook.codes.options] == ["systems_and_it"]
    view.codebook.find.value = "no such word"
    assert "No code has these words" in view.codebook.meaning.value
    view.codebook.add.click()
    assert view.model.mine() == []


def test_split_is_done_at_an_empty_line(view: CodingView) -> None:
    at(view, "R1")
    view.splits.click()
    view.marked.value = view.marked.value.replace("all. ", "all.\n\n")
    view.split_now.click()
    assert "R1.2" in view.said.text and "R1.2" in view.model.shelf


def test_nothing_is_lost_where_the_store_cannot_be_written_to(view: CodingView, params: Path) -> None:
    at(view, "R1")
    view.codebook.choose("morale")
    view.codebook.add.click()
    file = params.parent / "data/evidence.sqlite"
    file.rename(file.with_name("away"))
    view._given[0].memo.value = "typed while it was away"
    assert "has gone" in view.said.text and view._given[0].memo.value == "typed while it was away"
    file.with_name("away").rename(file)
    assert view._given[0]._save_memo()
    assert view.model.mine()[0].saved["memo"] == "typed while it was away"


def test_both_memos_are_shown_where_two_windows_wrote(view: CodingView, params: Path) -> None:
    at(view, "R1").model.add("morale")
    other = CodingModel(Desk(params, "Analyst A"))
    other.go("R1")
    view.show()
    other.set("morale", memo="theirs <b>")
    view._given[0].memo.value = "mine"
    shown = view._given[0].both.value
    assert "theirs &lt;b&gt;" in shown and "mine" in shown
    view._given[0].mine.click()
    assert view.model.mine()[0].saved["memo"] == "mine"


def test_who_codes_can_be_changed(view: CodingView, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.delenv("REVIEWKIT_ANALYST", raising=False)
    at(view, "R6")
    view.who.value = "Analyst B"
    assert [d.values["code"] for d in view.model.mine()] == ["communication_between_teams"]
    # Whoever starts next on this machine says so first.
    fresh = CodingView(CodingModel(Desk(view.model.desk.params)))
    assert fresh.model.who == "" and fresh.naming.same.description == "I am Analyst B"
    fresh.naming.same.click()
    assert fresh.model.who == "Analyst B" and fresh.naming.same.layout.display == "none"


def test_blind_shows_neither_suggestions_nor_what_others_gave(params: Path) -> None:
    view = CodingView(CodingModel(Desk(params, "Analyst A"), blind=True))
    view.draw.click()
    assert "a sample of 7 remarks is drawn" in view.said.text and view.splits.layout.display == "none"
    text = all_text(at(view, "R6").widget) + all_text(at(view, "R3").widget)
    assert "Suggested" not in text and "Analyst B" not in text and "Accept" not in text
    assert "blind sample" in text


def test_learning_says_what_is_missing_and_else_changes_the_suggestions(params: Path) -> None:
    view = CodingView(CodingModel(Desk(params, "Analyst A")))
    view.learning.learn.click()
    assert "too little to learn from: 1 coded" in view.said.text
    lessons = (
        ["the lift is broken"] * 25 + ["pay is low"] * 25,
        [{"systems_and_it"}] * 25 + [{"morale"}] * 25,
    )
    asyncio.run(view.learning.learning(*lessons))
    assert "learned from 50 remarks" in view.learning.learned.value and not view.learning.learn.disabled


def test_odd_remarks_are_shown_and_coded(params: Path) -> None:
    file = params.parent / "data/remarks.csv"
    frame = pd.read_csv(file, dtype="str")
    odd = ["x" * 100_000, "🙂🙂", "....", "= 1 + 1", "Wir haben keine Schulung."]
    rows = [frame.iloc[0].to_dict() | {"remark_id": f"X{n}", "text": text} for n, text in enumerate(odd)]
    pd.concat([frame, pd.DataFrame(rows)]).to_csv(file, index=False)
    view = CodingView(CodingModel(Desk(params, "Analyst A")))
    for name in ("X0", "X1", "X2", "X3", "X4"):
        at(view, name).codebook.choose("morale")
        view.codebook.add.click()
        assert view.said.text == "Saved: Morale."


def test_an_engagement_without_remarks_says_so(tmp_path: Path, params: Path) -> None:
    for name in ("remarks", "codings", "customer_feedback"):
        (params.parent / f"data/{name}.csv").unlink()
    view = CodingView(CodingModel(Desk(params, "Analyst A")))
    assert "There is no remark to code." in view.where.value
    view.next.click()
    view.codebook.add.click()


def test_codings_of_remarks_that_are_gone_do_no_harm(params: Path) -> None:
    (params.parent / "data/codings.csv").write_text(
        "remark_id,code,coder,stance,prompting,memo\nGONE,morale,Analyst A,,,\nR1,no_such_code,Analyst A,,,\n"
    )
    view = CodingView(CodingModel(Desk(params, "Analyst A")))
    assert "no_such_code" in all_text(at(view, "R1").widget)
    assert "GONE" not in view.model.queue.stratum
    shown = coding(params, interactive=False)
    assert "1 remark is coded" in shown._repr_mimebundle_()["text/html"]


def test_what_cannot_be_opened_is_told_in_words(params: Path) -> None:
    (params.parent / "data/codings.csv").write_text("remark_id,code,coder,stance\nR1,morale,A,angry\n")
    told = all_text(coding(params, interactive=True))
    assert "row 2, column stance" in told and "Traceback" not in told


def test_blind_asks_who_you_are_before_anything_is_drawn(
    params: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.delenv("REVIEWKIT_ANALYST", raising=False)
    view = CodingView(CodingModel(Desk(params), blind=True))
    assert "Write your role or initials first" in view.where.value
    view.who.value = "Analyst C"
    assert "Drawing takes 7 of 7 remarks" in view.effect.value and not view.model.current
    view.draw.click()
    assert view.model.current and "rkw-words" in view.text.value and view.drawing.layout.display == "none"
