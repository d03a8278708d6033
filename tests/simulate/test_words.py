"""What people say: many different remarks, names only from the register, quotes without names."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from reviewkit.model import read_yaml
from reviewkit.simulate.register import NAMES
from reviewkit.simulate.remarks import QUESTIONS
from reviewkit.simulate.speech import Speaker, after, corpus, frame, remark, spoken

from .conftest import Tables

HELD = ("held", "noted", "coded")
LEFT_OVER = re.compile(r"[\[\]{}|]|\s{2}|\.\.|,,| ,")


@pytest.fixture(params=["contact_tables", "employment_tables"])
def tables(request: pytest.FixtureRequest) -> Tables:
    found: Tables = request.getfixturevalue(request.param)
    return found


def test_remarks_are_many_and_different(tables: Tables) -> None:
    said = tables["remarks"].dropna(subset="interview_id")
    held = tables["interviews"].query("status in @HELD")
    assert said["text"].nunique() >= 400
    assert said["interview_id"].nunique() >= 60
    assert set(said["interview_id"]) <= set(held["interview_id"])


def test_remarks_come_from_several_sources(tables: Tables) -> None:
    wanted = {"one_to_one", "group_work", "observation", "resource", "customer_experience"}
    assert set(tables["remarks"]["source"]) == wanted


def test_texts_have_no_template_left_over(tables: Tables) -> None:
    texts = pd.concat([tables["remarks"]["text"], tables["customer_feedback"]["text"].dropna()])
    assert not [text for text in texts if LEFT_OVER.search(text)]


def test_names_in_remarks_are_in_the_register(tables: Tables) -> None:
    pool = read_yaml(NAMES)[0]
    words = set(re.findall(r"\w+", " ".join(tables["remarks"]["text"])))
    registered = set(" ".join(tables["stakeholders"]["name"].dropna()).split())
    named = words & (set(pool["first"]) | set(pool["last"]))
    assert named and named <= registered


def test_approved_quotes_name_nobody_and_are_on_the_record(tables: Tables) -> None:
    approved = tables["quotes"].query("status == 'approved'")
    registered = set(" ".join(tables["stakeholders"]["name"].dropna()).split())
    said = tables["remarks"].set_index("remark_id")["on_record"]
    assert (tables["quotes"]["status"] == "refused").any()
    assert approved["remark_id"].map(said).astype(bool).all()
    assert not registered & set(re.findall(r"\w+", " ".join(approved["words"])))
    assert approved["words"].str.contains("[colleague]", regex=False).any()


def test_a_fifth_is_uncoded_and_some_is_coded_twice(tables: Tables) -> None:
    said, coded = tables["remarks"]["remark_id"], tables["codings"]
    ours = coded[coded["remark_id"].isin(said)]
    twice = ours.groupby("remark_id")["coder"].nunique().eq(2).sum()
    assert 0.15 < 1 - ours["remark_id"].nunique() / len(said) < 0.35
    assert 0.1 < twice / len(said) < 0.2


def test_coders_disagree_a_little(tables: Tables) -> None:
    codes = tables["codings"].groupby(["remark_id", "coder"])["code"].agg(frozenset).unstack().dropna()
    same = (codes["analyst A"] == codes["analyst B"]).mean()
    assert 0.6 < same < 0.97


def test_remarks_off_the_record_exist(tables: Tables) -> None:
    assert 0.02 < (tables["remarks"]["on_record"].astype(str) == "False").mean() < 0.3


def test_several_themes_in_one_remark_and_none_in_some(tables: Tables) -> None:
    first = tables["codings"].query("coder == 'analyst A'")
    assert first.groupby("remark_id").size().max() >= 2
    off_topic = [text.split("{")[0][:20] for text in frame()["off_topic"]]
    assert tables["remarks"]["text"].str[:20].isin([text[:20] for text in off_topic]).any()


def test_corpus_choices_and_slots_can_all_be_spoken() -> None:
    rng = np.random.default_rng(1)
    for world in ("contact_centre", "employment_services"):
        someone = Speaker(world, "Sales", "front_line", ("Marketing",), ("Ines Drummond",))
        texts = [spoken(rng, saying.text, someone) for sayings in corpus().values() for saying in sayings]
        assert not [text for text in texts if LEFT_OVER.search(text)]


def test_remark_makes_each_point() -> None:
    someone = Speaker("contact_centre", "Operations", "front_line", ("Marketing",))
    text = remark(np.random.default_rng(2), [("recognition", "concern"), ("culture", "strength")], someone)
    assert len(text.split()) > 12 and text[0].isupper()


@pytest.mark.parametrize(
    ("opening", "text", "wanted"),
    [
        ("Well, ", "Nobody asks.", "Well, nobody asks."),
        ("Well, ", "I gave up.", "Well, I gave up."),
        ("Well, ", "Alder Park had it.", "Well, Alder Park had it."),
        ("One thing. ", "Nobody asks.", "One thing. Nobody asks."),
    ],
)
def test_after_keeps_capitals_that_matter(opening: str, text: str, wanted: str) -> None:
    assert after(opening, text) == wanted


def test_questions_are_asked_of_codes_in_the_corpus() -> None:
    codes = {code for code, _ in corpus()}
    assert set(QUESTIONS) <= codes
