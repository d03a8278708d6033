from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reviewkit.evidence.notes import Notes, Passage, Register, Remarks, remarks
from reviewkit.evidence.notes.merging import Held, Kept, Plan, plan
from reviewkit.evidence.notes.rows import About
from reviewkit.model import InputError

LINES = st.lists(
    st.sampled_from(
        [
            "We wait for the form.",
            "We wait for the forms.",
            "They wait for the form.",
            "The rota is fair.",
            "The rota is not fair.",
            "Nobody knows the number of the desk.",
            "Nobody knew the number of the desk.",
            "Too cold.",
        ]
    ),
    min_size=1,
    max_size=9,
)


def made(lines: list[str], stem: str = "talk") -> Remarks:
    passages = tuple(Passage(text, f"line {at}") for at, text in enumerate(lines, start=1))
    return remarks(Notes(stem, passages), About("acme"), Register())


def carried_out(changes: Plan, held: Held) -> None:
    for row in changes.put:
        version = held.rows[row["remark_id"]].version if row["remark_id"] in held.rows else 0
        held.rows[row["remark_id"]] = Kept(row, version + 1, imported=True)
    for name in changes.remove:
        del held.rows[name]


def words(held: Held) -> Counter[str]:
    return Counter(kept.values["text"] for kept in held.rows.values())


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4))
def test_the_store_holds_what_the_file_last_said_and_settles(versions: list[list[str]]) -> None:
    held = Held()
    for lines in versions:
        try:
            carried_out(plan(made(lines), held, Path("talk.txt")), held)
        except InputError:
            assume(False)
        assert words(held) == Counter(lines)
        again = plan(made(lines), held, Path("talk.txt"))
        assert (again.put, again.remove, again.already) == ([], [], len(lines))


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_a_copy_of_any_file_adds_nothing(lines: list[str]) -> None:
    held = Held()
    carried_out(plan(made(lines), held, Path("talk.txt")), held)
    copy = plan(made(lines, "copy"), held, Path("copy.txt"))
    assert (copy.put, copy.remove, copy.elsewhere) == ([], [], len(lines))


@settings(max_examples=100, deadline=None)
@given(LINES, LINES)
def test_only_what_changed_is_written(before: list[str], after: list[str]) -> None:
    held = Held()
    carried_out(plan(made(before), held, Path("talk.txt")), held)
    try:
        changes = plan(made(after), held, Path("talk.txt"))
    except InputError:
        return
    kept = sum((Counter(before) & Counter(after)).values())
    assert changes.already == kept
    assert len(changes.put) == len(after) - kept
