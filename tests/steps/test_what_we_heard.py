"""What we heard: words, no counts; agreed quotes, nobody's name; room to correct us."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.model import Edition
from reviewkit.present.view import View
from reviewkit.steps import open_step
from reviewkit.steps.what_we_heard import WhatWeHeard

VIEWS = ("bottom_line", "concerns", "strengths", "in_your_words", "what_happens_next", "corrections")
Html = Callable[[View, Edition], str]
Small = Callable[[Path], Path]


@pytest.fixture(scope="module")
def step(small: Small, tmp_path_factory: pytest.TempPathFactory) -> WhatWeHeard:
    folder = tmp_path_factory.mktemp("small")
    params = small(folder)
    text = "item_id,kind,text,role,due,status\nm1,milestone,Recommendations agreed,Director,2025-05-02,open\n"
    (folder / "data" / "scope.csv").write_text(text, encoding="utf-8")
    opened = open_step("heard", params)
    assert isinstance(opened, WhatWeHeard)
    return opened


def text(step: WhatWeHeard, html: Html) -> str:
    shown = "".join(html(getattr(step, name)(), "participants") for name in VIEWS)
    return re.sub(r"<[^>]+>", " ", shown)


def test_page_tells_themes_in_words_and_not_in_counts(step: WhatWeHeard, html: Html) -> None:
    assert "most interviews" in text(step, html) and not re.search(r"\d+ of \d+", text(step, html))


def test_page_names_nobody(step: WhatWeHeard, names: list[str], html: Html) -> None:
    assert [name for name in names if name in text(step, html)] == [] and "[name]" in text(step, html)


def test_page_leaves_room_for_corrections_with_a_role_and_a_date(step: WhatWeHeard, html: Html) -> None:
    assert "tell the lead analyst before 2 May 2025" in text(step, html)


def test_findings_are_for_those_who_were_heard(step: WhatWeHeard) -> None:
    assert {finding.audience for finding in step.findings} == {("team", "participants")}


def test_without_voices_the_page_says_what_to_collect(tmp_path: Path, small: Small, html: Html) -> None:
    params = small(tmp_path)
    (tmp_path / "data" / "remarks.csv").unlink()
    (tmp_path / "data" / "codings.csv").unlink()
    (tmp_path / "data" / "quotes.csv").unlink()
    bare = open_step("heard", params)
    assert "Nothing can be concluded" in html(bare.bottom_line(), "participants")
    assert [name for name in VIEWS if html(getattr(bare, name)(), "participants")] == ["bottom_line"]


CORRECTIONS = """correction_id,about,correction,words,role,status,reason
c1,systems_and_it,"Priya Quill says it is the network, not the system",It is the network.,adviser,open,
c2,heard/heard_strength/culture,Kindness stops at the door of Ama Drew,,,accepted,We had not asked Finance.
c3,,You left out parking,Parking was left out.,,rejected,"Out of scope, as Tomasz Vane knows."
"""


@pytest.fixture(scope="module")
def corrected(small: Small, tmp_path_factory: pytest.TempPathFactory) -> WhatWeHeard:
    folder = tmp_path_factory.mktemp("corrected")
    params = small(folder)
    (folder / "data" / "corrections.csv").write_text(CORRECTIONS, encoding="utf-8")
    opened = open_step("heard", params)
    assert isinstance(opened, WhatWeHeard)
    return opened


def test_corrections_are_shown_with_what_became_of_them(corrected: WhatWeHeard, html: Html) -> None:
    shown = html(corrected.corrected(), "participants")
    assert "It is the network." in shown and "Being looked at" in shown
    assert "Parking was left out." in shown and "Not taken in" in shown and "as [name] knows" in shown


def test_participants_read_neither_who_corrected_nor_what_leads_to_a_person(
    corrected: WhatWeHeard, names: list[str], html: Html
) -> None:
    shown = html(corrected.corrected(), "participants")
    assert [name for name in (*names, "adviser", "Kindness") if name in shown] == []
    assert "Kindness stops" in html(corrected.corrected(), "team")


def test_a_statement_with_an_open_correction_says_so(corrected: WhatWeHeard) -> None:
    open_now = [
        found.id
        for found in corrected.findings
        if "A correction to this is being looked at." in found.statement
    ]
    assert open_now == ["heard/heard_concern/systems_and_it"]
