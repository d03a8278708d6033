"""Changes of a codebook: no coding is lost, memos are kept, merging is associative, undo restores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.content import Codebook, load_codebook
from reviewkit.model import InputError
from reviewkit.voices.codebooks import (
    Change,
    changed,
    current,
    edit,
    merge,
    move,
    recoded,
    rename,
    retire,
    row_of,
    split,
    told,
)

BOOK = load_codebook()
CODES = ("morale", "culture", "strategy", "recognition", "training_gap")
CODINGS = st.lists(
    st.tuples(st.sampled_from(["r1", "r2", "r3"]), st.sampled_from(CODES), st.sampled_from("AB")),
    min_size=1,
    max_size=12,
    unique=True,
)
TRIPLE = st.permutations(CODES).map(lambda codes: codes[:3])


def frame(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    codings = pd.DataFrame(rows, columns=["remark_id", "code", "coder"])
    return codings.assign(
        stance="concern", prompting="asked", memo=[f"memo {place}" for place in range(len(codings))]
    )


def memos(codings: pd.DataFrame) -> set[str]:
    return {memo for memo in " | ".join(codings["memo"]).split(" | ") if memo.startswith("memo")}


def followed(*changes: Change, book: Codebook = BOOK) -> Codebook:
    for change in changes:
        book = changed(book, change)
    return book


def any_change(draw: Callable[..., object], book: Codebook) -> Change:
    """Some change that fits the codebook."""
    there = [code for code in CODES if code in book.active.codes]
    code = draw(st.sampled_from(there))
    assert isinstance(code, str)
    others = [other for other in there if other != code]
    kinds = ["rename", "move", "split", *(["merge", "retire"] if len(others) > 1 else [])]
    kind = draw(st.sampled_from(kinds))
    if kind == "rename":
        return rename(code, f"{book.codes[code].name} x")
    if kind == "move":
        return move(code, "resources")
    if kind == "merge":
        return merge([code], others[0])
    if kind == "retire":
        return retire(code)
    if len(others) < 2:
        return rename(code, f"{book.codes[code].name} y")
    return split(book, code, [f"{code} one", f"{code} two"], {"r1": f"{code} one", "r2": f"{code} two"})


@settings(max_examples=60, deadline=None)
@given(CODINGS, st.data())
def test_no_change_loses_a_coding_or_a_memo(rows: list[tuple[str, str, str]], data: st.DataObject) -> None:
    codings, book = frame(rows), BOOK
    for _ in range(3):
        book = changed(book, any_change(data.draw, book))
    made = recoded(codings, book)
    assert memos(made) == memos(codings)
    assert sum(len(codes.split(", ")) for codes in made["code_given"]) == len(codings)
    assert made["code"].isin(list(book.codes)).all()
    assert not made.duplicated(["remark_id", "code", "coder"]).any()
    assert set(zip(made["remark_id"], made["coder"], strict=True)) == {(r, c) for r, _, c in rows}


@settings(max_examples=40, deadline=None)
@given(CODINGS, TRIPLE)
def test_merge_is_associative(rows: list[tuple[str, str, str]], codes: tuple[str, ...]) -> None:
    a, b, c = codes
    ways = [
        followed(merge([a], b), merge([b], c)),
        followed(merge([b], c), merge([a], c)),
        followed(merge([a, b], c)),
    ]
    assert all(way.codes == ways[0].codes for way in ways)
    made = [recoded(frame(rows), way) for way in ways]
    for each in made[1:]:
        pd.testing.assert_frame_equal(each, made[0])


@settings(max_examples=40, deadline=None)
@given(CODINGS, st.data())
def test_undo_restores_codebook_and_codings(rows: list[tuple[str, str, str]], data: st.DataObject) -> None:
    written, book, states = [], BOOK, [BOOK]
    for version in (2, 3, 4):
        change = any_change(data.draw, book)
        book = changed(book, change)
        written.append(row_of(change, version, role="lead analyst", on=dt.date(2025, 3, 1)))
        states.append(book)
    for kept in range(4):
        again = current(BOOK, pd.DataFrame(written[:kept], columns=list(written[0])))
        assert again == states[kept]
        pd.testing.assert_frame_equal(recoded(frame(rows), again), recoded(frame(rows), states[kept]))


def test_recoded_leaves_the_frame_given_alone() -> None:
    codings = frame([("r1", "morale", "A"), ("r1", "culture", "A")])
    before = codings.copy()
    recoded(codings, followed(merge(["morale"], "culture")))
    pd.testing.assert_frame_equal(codings, before)


def test_recoded_keeps_both_stances_of_codings_that_come_to_one() -> None:
    codings = frame([("r1", "morale", "A"), ("r1", "culture", "A")]).assign(stance=["strength", "concern"])
    row = recoded(codings, followed(merge(["morale"], "culture"))).iloc[0]
    assert row["stance"] == "concern" and "also given as a strength" in row["memo"]


def test_split_moves_the_remarks_named_and_leaves_the_others_where_they_are() -> None:
    change = split(BOOK, "morale", ["Stress", "Leaving"], {"r1": "Stress", "r2": "leaving"})
    book = changed(BOOK, change)
    made = recoded(frame([("r1", "morale", "A"), ("r2", "morale", "A"), ("r3", "morale", "A")]), book)
    assert made["code"].tolist() == ["stress", "leaving", "morale"]
    assert book.codes["morale"].retired and "morale" not in book.active.codes
    again = changed(book, split(book, "morale", ["Stress", "Leaving"], {"r3": "Stress"}))
    assert recoded(made.assign(code="morale"), again)["code"].tolist() == ["stress", "leaving", "stress"]


def test_told_counts_what_a_merge_does() -> None:
    codings = frame([("r1", "morale", "A"), ("r1", "culture", "A"), ("r2", "morale", "B")])
    change = merge(["morale"], "culture")
    said = told(change, BOOK, changed(BOOK, change), codings)
    assert "2 codings of 2 remarks count as 'culture'" in said[2] and said[3].startswith("1 of them")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: merge(["morale"], "morale"), "'morale' would be merged into itself"),
        (lambda: merge(["morale", "morale"], "culture"), "named twice"),
        (lambda: merge(["moral"], "culture"), "Did you mean 'morale'?"),
        (lambda: rename("morale", "culture"), "would be the name of 'morale' and of 'culture'"),
        (lambda: rename("morale", " "), "the new name is too short"),
        (lambda: move("morale", "culture"), "'culture' is no heading"),
        (lambda: split(BOOK, "morale", ["Stress"]), "'morale' would not be split"),
        (lambda: split(BOOK, "morale", ["Morale", "Stress"]), "would be a part of itself"),
        (lambda: split(BOOK, "morale", ["A b", "C d"], {"r1": "E f"}), "'E f' is no part of the split"),
        (
            lambda: edit([BOOK.codes["morale"].model_copy(update={"heading": "x"})]),
            "'x', which is no heading",
        ),
    ],
)
def test_changed_refuses_in_one_line(make: Callable[[], Change], message: str) -> None:
    with pytest.raises(InputError) as error:
        changed(BOOK, make())
    assert message in str(error.value) and "\n" not in str(error.value)


def test_changed_never_gives_an_id_again() -> None:
    book = followed(merge(["morale"], "culture"))
    with pytest.raises(InputError, match="'morale' became culture with version 2"):
        changed(book, retire("morale"))
    with pytest.raises(InputError, match="the id 'morale' was used before"):
        changed(book, edit([BOOK.codes["morale"]]))
    assert split(book, "culture", ["Morale", "Blame"]).into == ("morale_2", "blame")


def test_current_refuses_a_gap_and_keeps_what_the_file_has_already() -> None:
    rows = [
        row_of(change, version, role="lead analyst", on=dt.date(2025, 3, 1))
        for version, change in ((2, merge(["morale"], "culture")), (3, rename("culture", "Habits")))
    ]
    with pytest.raises(InputError, match="version 3: follows version 1"):
        current(BOOK, pd.DataFrame(rows[1:]))
    folded = followed(merge(["morale"], "culture")).model_copy(update={"recodings": ()})
    now = current(folded, pd.DataFrame(rows))
    assert now.version == 3 and now.codes["culture"].name == "Habits"
    assert recoded(frame([("r1", "morale", "A")]), now)["code"].tolist() == ["culture"]


def test_current_names_the_version_that_cannot_be_read() -> None:
    row = row_of(retire("morale"), 2, role="lead analyst", on=dt.date(2025, 3, 1)) | {"detail": "{"}
    with pytest.raises(InputError, match="version 2: the detail of this change cannot be read"):
        current(BOOK, pd.DataFrame([row]))
