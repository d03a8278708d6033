"""What an analyst can do with a remark; every change stands in the evidence store at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.evidence.store import Conflict, open_store
from reviewkit.model import InputError, read_engagement
from reviewkit.widgets.coding_model import CodingModel
from reviewkit.widgets.desk import Desk


def stored(params: Path, table: str = "codings") -> list[dict[str, str]]:
    """Rows of the store as somebody else would find them."""
    with open_store(read_engagement(params), params) as store:
        return [{k: v for k, v in row.items() if v} for row in store.frame(table).to_dict("records")]


def again(params: Path, who: str = "Analyst A") -> CodingModel:
    return CodingModel(Desk(params, who))


def test_a_code_given_is_in_the_store_before_anything_else_happens(model: CodingModel, params: Path) -> None:
    model.go("R1")
    model.add("training_gap", stance="concern")
    model.add("systems_and_it")
    model.set("training_gap", memo="said twice")
    first, second = stored(params)
    assert first["code"] == "training_gap" and first["stance"] == "concern" and first["memo"] == "said twice"
    assert (second["code"], second["coder"]) == ("systems_and_it", "Analyst A")
    opened = again(params)
    opened.go("R1")
    assert [draft.values["code"] for draft in opened.mine()] == ["training_gap", "systems_and_it"]


def test_the_suggestion_is_accepted_with_its_stance(model: CodingModel, params: Path) -> None:
    model.go("R3")
    found = model.suggestion()
    assert found is not None and found.code == "training_gap" and "training" in found.words
    model.accept()
    assert stored(params)[0]["stance"] == found.stance == "strength"
    assert model.suggestion() is None
    with pytest.raises(InputError, match="nothing is suggested"):
        model.accept()


@pytest.mark.parametrize(
    ("remark", "code", "told"),
    [("R2", "systems_and_it", "asked"), ("R1", "systems_and_it", "spontaneous"), ("R6", "morale", "")],
)
def test_how_it_came_up_is_proposed_from_the_question(
    model: CodingModel, remark: str, code: str, told: str
) -> None:
    model.go(remark)
    assert model.add(code).values["prompting"] == told


def test_changing_a_code_keeps_stance_and_memo_and_is_one_thing_to_undo(
    model: CodingModel, params: Path
) -> None:
    model.go("R1")
    model.add("morale", stance="concern")
    model.set("morale", memo="tired")
    model.change("morale", "culture")
    assert [(row["code"], row["memo"]) for row in stored(params)] == [("culture", "tired")]
    model.undo()
    assert [(row["code"], row["memo"]) for row in stored(params)] == [("morale", "tired")]


def test_undo_takes_back_one_thing_after_the_other_even_after_a_restart(
    model: CodingModel, params: Path
) -> None:
    model.go("R1")
    model.add("morale")
    model.set("morale", stance="concern")
    model.next()
    opened = again(params)
    opened.undo()
    assert opened.current == "R1" and "stance" not in stored(params)[0]
    opened.undo()
    assert stored(params) == []
    with pytest.raises(InputError, match="nothing to undo"):
        again(params).undo()


def test_a_code_in_a_file_is_not_taken_off_silently(params: Path) -> None:
    model = again(params, "Analyst B")
    model.go("R6")
    model.set("communication_between_teams", memo="in the store now")
    assert stored(params)[0]["memo"] == "in the store now"
    other = again(params, "Analyst B")
    other.undo()
    other.go("R6")
    with pytest.raises(InputError, match="stands in a file"):
        other.remove("communication_between_teams")


def test_codes_of_others_are_shown_and_count_as_done(model: CodingModel) -> None:
    model.go("R6")
    assert [row["coder"] for row in model.given_by_others()] == ["Analyst B"]
    assert model.mine() == [] and "R6" in model.queue.done


def test_blind_hides_suggestions_and_others_and_keeps_its_sample(params: Path) -> None:
    first = CodingModel(Desk(params, "Analyst A"), blind=True)
    # Opening it writes nothing; drawing is a press of its own, and can be undone.
    assert first.current == "" and stored(params, "blind_sample") == [] and first.draw() == 7
    first.undo()
    assert stored(params, "blind_sample") == [] and first.current == ""
    first.draw()
    first.go("R6")
    assert first.given_by_others() == [] and first.suggestion() is None and "R6" not in first.queue.done
    second = CodingModel(Desk(params, "Analyst C"), blind=True)
    assert second.queue.order == first.queue.order
    assert len(stored(params, "blind_sample")) == len(first.shelf)


def test_no_code_fits_is_kept_and_can_be_undone(model: CodingModel, params: Path) -> None:
    model.go("R4")
    model.none_fits()
    assert "R4" in model.queue.done and again(params).queue.done == model.queue.done
    assert [row["code"] for row in stored(params)] == ["no_code"] and model.mine() == []
    model.undo()
    assert "R4" not in model.queue.done and stored(params) == []


def test_a_code_given_takes_back_that_none_fits(model: CodingModel, params: Path) -> None:
    model.go("R4")
    model.none_fits()
    model.add("morale")
    assert [row["code"] for row in stored(params)] == ["morale"]
    with pytest.raises(InputError, match="has a code"):
        model.none_fits()


def test_split_keeps_attributes_consent_and_words_and_the_trail_keeps_the_whole(
    model: CodingModel, params: Path
) -> None:
    model.go("R1")
    model.add("training_gap")
    whole = model.shelf.text("R1")
    assert model.split("We have no training at all.\n\nThe system crashes daily.") == ["R1", "R1.2"]
    first, second = stored(params, "remarks")
    same = ("interview_id", "stakeholder_id", "department", "level", "site", "on_record", "said_on")
    assert [first[name] for name in same] == [second[name] for name in same]
    assert f"{first['text']} {second['text']}" == whole
    with open_store(read_engagement(params), params) as store:
        assert store.changes("remarks", "R1")[0]["after"]["text"] == whole
    assert "R1.2" not in model.queue.done and [d.values["code"] for d in model.mine()] == ["training_gap"]
    model.undo()
    assert stored(params, "remarks") == [] and again(params).shelf.text("R1") == whole


def test_split_refuses_other_words_and_customers(model: CodingModel) -> None:
    model.go("R1")
    with pytest.raises(InputError, match="no longer those that were said"):
        model.split("We have no training.\n\nThe system crashes daily.")
    with pytest.raises(InputError, match="one part alone"):
        model.split(model.shelf.text("R1"))
    model.go("F1")
    with pytest.raises(InputError, match="several codes"):
        model.split("I waited an hour\n\non the phone.")


def test_two_windows_of_one_analyst_keep_both_memos(params: Path) -> None:
    one, two = again(params), again(params)
    one.go("R1")
    two.go("R1")
    one.add("morale")
    two.reload()
    one.set("morale", memo="from the first window")
    with pytest.raises(Conflict, match="Both versions are kept"):
        two.set("morale", memo="from the second window")
    (draft,) = two.mine()
    assert draft.theirs is not None and draft.theirs.values is not None
    assert draft.theirs.values["memo"] == "from the first window"
    assert draft.values["memo"] == "from the second window"
    assert draft.keep_mine() and stored(params)[0]["memo"] == "from the second window"


def test_nobody_codes_without_saying_who(params: Path) -> None:
    model = again(params)
    model.desk.who = ""
    model.go("R1")
    with pytest.raises(InputError, match="nobody said who writes"):
        model.add("morale")
    assert stored(params) == [] and model.mine() == []


def test_a_remark_left_without_a_code_comes_again_at_the_end(model: CodingModel) -> None:
    first = model.current
    seen = [first]
    while (name := model.next()) not in seen:
        seen.append(name)
    assert name == first and sorted(seen) == ["F1", "R1", "R2", "R3", "R4", "R5"]


def test_a_code_given_in_two_windows_is_shown_in_both_versions(params: Path) -> None:
    one, two = again(params), again(params)
    one.go("R1")
    two.go("R1")
    one.add("morale", stance="concern")
    with pytest.raises(Conflict):
        two.add("morale", stance="strength")
    (draft,) = two.mine()
    draft.take_theirs()
    assert draft.values["stance"] == "concern" and draft.is_saved


def test_two_who_code_at_once_see_each_others_codes_and_undo_their_own(params: Path) -> None:
    one, two = CodingModel(Desk(params, "Analyst A")), CodingModel(Desk(params, "Analyst C"))
    for model in (one, two):
        model.go("R1")
    one.add("training_gap")
    assert two.given_by_others() == [] and "R1" not in two.queue.done
    two.add("morale", stance="concern")
    assert [row["coder"] for row in two.given_by_others()] == ["Analyst A"]
    two.note("morale", "typed meanwhile")
    one.set("training_gap", memo="because")
    one.go("R2")
    one.add("systems_and_it")
    assert two.next() not in ("R1", "R2")  # what another coded does not come again
    assert one.queue.done == two.queue.done
    for _ in ("the code of R2", "the memo", "the code of R1"):
        one.undo()
    assert one.given_by_others()[0]["code"] == "morale" and one.mine() == []
    two.go("R1")
    assert [draft.values["memo"] for draft in two.mine()] == ["typed meanwhile"]
    assert two.given_by_others() == []


def test_coding_blind_shows_nothing_of_who_codes_at_the_same_time(params: Path) -> None:
    one, two = (CodingModel(Desk(params, who), blind=True) for who in ("Analyst A", "Analyst C"))
    one.draw()
    with pytest.raises(InputError, match="drawn already"):
        two.draw()
    assert two.sample == one.sample
    first = one.current
    one.add("morale")
    two.go(first)
    two.refresh()
    assert two.given_by_others() == [] and two.suggestion() is None and two.mine() == []
    assert first in one.queue.done and first not in two.queue.done
    two.add("training_gap")
    one.undo()
    assert [draft.values["code"] for draft in two.mine()] == ["training_gap"]


def test_undo_is_not_kept_from_one_by_what_another_did_to_the_tracker(params: Path) -> None:
    file = params.parent / "data/interviews.csv"
    file.write_text(file.read_text().replace("coded", "noted"))
    one, two = CodingModel(Desk(params, "Analyst A")), CodingModel(Desk(params, "Analyst C"))
    one.go("R1")
    one.add("morale")
    two.go("R2")
    two.add("morale")  # the last of its interview
    two.remove("morale")
    two.add("training_gap")
    assert one.undo() == "Morale, R1" and one.mine() == []
    frame = Desk(params, "x").frames("interviews")["interviews"].set_index("interview_id")
    assert frame.at["I1", "status"] == "noted"
