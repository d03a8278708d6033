"""What is typed and not saved is kept for every screen, each person's apart, also over a restart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.widgets.drafts import Drafts, Typed

_NAMES = st.sampled_from(["opinion a", "words b", "quote R1"])
_TYPED = st.dictionaries(st.sampled_from(["reason", "words"]), st.text(max_size=5), max_size=2)
_WHO = st.sampled_from(["Analyst A", "Analyst B"])


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
@given(st.lists(st.tuples(_WHO, _NAMES, _TYPED), max_size=8))
def test_the_last_word_of_each_on_each_is_kept(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str, Typed]]
) -> None:
    file = tmp_path_factory.mktemp("drafts") / "drafts.json"
    screens = {who: Drafts(file, who) for who in ("Analyst A", "Analyst B")}
    last: dict[tuple[str, str], Typed] = {}
    for who, name, typed in changes:
        screens[who].keep(name, typed)
        last[who, name] = {field: text for field, text in typed.items() if text.strip()}
    assert all(Drafts(file, who).of(name) == typed for (who, name), typed in last.items())


def test_words_typed_before_anybody_said_who_stay_with_the_notebook(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    Drafts(file, notebook="a.ipynb").keep("opinion a", {"reason": "Half a thought"})
    assert Drafts(file, notebook="b.ipynb").of("opinion a") == {}
    assert Drafts(file, "Analyst B", notebook="b.ipynb").of("opinion a") == {}
    again = Drafts(file, notebook="a.ipynb")  # the kernel was restarted
    assert again.of("opinion a") == {"reason": "Half a thought"}
    again.be("Analyst A")
    assert Drafts(file, " analyst  a", notebook="b.ipynb").of("opinion a") == {"reason": "Half a thought"}
    again.be("Analyst B")
    assert again.of("opinion a") == {}
    again.be("")
    assert again.of("opinion a") == {}  # they are Analyst A's now


def test_who_says_late_who_they_are_keeps_both_of_what_they_typed(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    Drafts(file, "Analyst A").keep("opinion a", {"reason": "Seen.", "value": "revised"})
    later = Drafts(file)
    later.keep("opinion a", {"reason": "Heard.", "value": "confirmed"})
    later.be("Analyst A")
    assert later.of("opinion a") == {"reason": "Seen.\n\nHeard.", "value": "confirmed"}


def test_words_of_an_older_file_are_shown_to_all_until_each_is_done_with_them(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    file.write_text(json.dumps({"opinion a": {"reason": "Half"}, "words b": {"words": "It"}}))
    one, two = Drafts(file, "Analyst A"), Drafts(file, "Analyst B")
    assert one.of("opinion a") == two.of("opinion a") == {"reason": "Half"}
    one.keep("opinion a", {"reason": "Half a thought"})
    one.keep("words b", {})
    assert Drafts(file, "Analyst A").of("opinion a") == {"reason": "Half a thought"}
    assert Drafts(file, "Analyst A").of("words b") == {}
    assert Drafts(file, "Analyst B").of("words b") == {"words": "It"}


def test_what_was_on_file_when_somebody_began_to_type_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    one = Drafts(file, "Analyst A")
    one.keep("opinion a", {"reason": "S"}, stood="")
    one.keep("opinion a", {"reason": "Seen"}, stood="confirmed")
    again = Drafts(file, "Analyst A")
    assert again.is_behind("opinion a", "confirmed") and not again.is_behind("opinion a", "")
    assert not again.is_behind("words b", "anything")
