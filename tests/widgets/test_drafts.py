"""What is typed and not saved is kept for every screen and analyst that shares the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.widgets.drafts import Drafts

_NAMES = st.sampled_from(["opinion a", "words b", "quote R1"])
_TYPED = st.dictionaries(st.sampled_from(["reason", "words"]), st.text(max_size=5), max_size=2)


def test_two_screens_keep_what_the_other_was_told(tmp_path: Path) -> None:
    file = tmp_path / "workbench/drafts.json"
    one, two = Drafts(file), Drafts(file)
    one.keep("opinion a", {"reason": "seen"})
    two.keep("words b", {"words": "It fell."})
    again = Drafts(file)
    assert (again.of("opinion a"), again.of("words b")) == ({"reason": "seen"}, {"words": "It fell."})
    one.drop("opinion a")
    assert Drafts(file).of("words b") == {"words": "It fell."}
    two.drop("words b")
    assert not file.exists()


@settings(max_examples=25)
@given(st.lists(st.tuples(st.booleans(), _NAMES, _TYPED), max_size=8))
def test_the_last_word_on_each_is_kept(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[bool, str, dict[str, str]]]
) -> None:
    file = tmp_path_factory.mktemp("drafts") / "drafts.json"
    screens = {True: Drafts(file), False: Drafts(file)}
    last: dict[str, dict[str, str]] = {}
    for which, name, typed in changes:
        screens[which].keep(f"{name} {which}", typed)
        last[f"{name} {which}"] = {field: text for field, text in typed.items() if text.strip()}
    again = Drafts(file)
    assert all(again.of(name) == typed for name, typed in last.items())
