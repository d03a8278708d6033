"""The ThemeCoder learns from codings, says how sure it is, and abstains."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.content import load_codebook
from reviewkit.voices import ThemeCoder
from reviewkit.voices.suggesting.confidence import Confidence
from reviewkit.voices.suggesting.features import features, shown

TEXTS = ["The systems crash", "Systems are slow", "No training at all", "Training came late"] * 6
LABELS = ["systems", "systems", "training", "training"] * 6


@pytest.fixture(scope="module")
def remarks() -> pd.DataFrame:
    path = Path(__file__).parents[3].parent / "shared" / "data" / "patient_remarks_train.csv"
    if not path.is_file():
        pytest.skip("the coded remarks of patients are not beside the repository")
    return pd.read_csv(path)[["text", "theme"]].astype("str")


def test_unseen_remarks_are_coded_as_well_as_promised(remarks: pd.DataFrame) -> None:
    from sklearn.metrics import accuracy_score, f1_score

    groups = remarks["text"].str.lower().factorize()[0]
    held = pd.Series(groups % 5 == 0)
    made = ThemeCoder().fit(remarks.loc[~held, "text"], remarks.loc[~held, "theme"])
    found = made.suggest(remarks.loc[held, "text"])
    true = remarks.loc[held, "theme"].to_numpy()
    assert accuracy_score(true, found["theme"]) >= 0.72
    assert f1_score(true, found["theme"], average="macro") >= 0.59
    right = found["theme"].to_numpy() == true
    sure = found["accepted"].to_numpy()
    assert right[sure].mean() > right.mean() + 0.03
    # Said and seen agree within five points, for the doubtful half and for the sure half.
    doubtful = found["confidence"].to_numpy() < found["confidence"].median()
    for part in (doubtful, ~doubtful):
        assert found["confidence"].to_numpy()[part].mean() == pytest.approx(right[part].mean(), abs=0.05)


def test_fit_learns_labels_the_codebook_does_not_have() -> None:
    made = ThemeCoder().fit(TEXTS, [label.upper() for label in LABELS])
    assert made.predict(["slow systems", "late training"]) == ["SYSTEMS", "TRAINING"]
    assert made.suggest(["slow systems"])["words"][0]


def test_fit_on_sets_predicts_sets() -> None:
    texts = [*TEXTS, *["Systems crash and training came late"] * 6]
    labels = [*({label} for label in LABELS), *[{"systems", "training"}] * 6]
    made = ThemeCoder().fit(texts, labels)
    assert made.predict(["Training late, systems crash"]) == [{"systems", "training"}]
    assert made.predict(["Systems are slow"]) == [{"systems"}]


def test_a_label_that_every_remark_has_is_predicted_for_all() -> None:
    made = ThemeCoder().fit(TEXTS, [{label, "all"} for label in LABELS])
    assert all("all" in found for found in made.predict(["Systems are slow", "anything"]))


@pytest.mark.parametrize(
    ("texts", "labels", "said"),
    [(["a"], ["x", "y"], "1 texts have 2 labels"), (["a", "b"], ["x", "x"], "at least two different labels")],
)
def test_fit_refuses_what_it_cannot_learn_from(texts: list[str], labels: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ThemeCoder().fit(texts, labels)


def test_after_few_codings_cues_still_speak_for_codes_not_yet_seen() -> None:
    book = load_codebook()
    first, second, unseen = list(book.codes)[:3]
    made = ThemeCoder(book).fit(["one thing", "other thing"] * 3, [first, second] * 3)
    cue = book.codes[unseen].cues[0]
    found = made.suggest([f"It is about {cue}, {cue}"]).iloc[0]
    assert found["theme"] == unseen
    assert cue.split()[0][:3] in found["words"]


def test_learning_twice_from_the_same_codings_gives_the_same() -> None:
    first, second = (ThemeCoder().fit(TEXTS, LABELS).suggest(["crash", "late", ""]) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_confidence_is_learnt_from_what_was_right() -> None:
    random = np.random.default_rng(1)
    scores = random.normal(size=(4000, 3))
    top = np.sort(scores, axis=1)
    right = random.random(4000) < 1 / (1 + np.exp(-(top[:, 2] - top[:, 1]) * 2))
    learnt = Confidence()
    learnt.learn(scores, right)
    assert learnt.of(scores).mean() == pytest.approx(right.mean(), abs=0.01)
    clear, unclear = learnt.of(np.array([[3.0, 0, 0], [0.1, 0, 0]]))
    assert clear > 0.9 > 0.6 > unclear


def test_words_of_the_first_phrase_count_again() -> None:
    assert "2:wait" in features("Wait was long and the food good")
    assert "2:food" not in features("Wait was long and the food good")
    assert "1:food" in features("Wait was long and the food good. Parking awful")
    assert "1:parking" not in features("Wait was long and the food good. Parking awful")


ANY = st.text(max_size=200)


@given(ANY)
def test_features_of_any_text_can_be_shown(text: str) -> None:
    assert all(isinstance(shown(name), str) for name in features(text))


@given(st.lists(ANY, max_size=5))
def test_any_text_gets_a_theme_and_a_confidence(texts: list[str]) -> None:
    for made in (ThemeCoder(), _TRAINED):
        found = made.suggest(texts)
        assert len(found) == len(texts)
        assert found["confidence"].between(0, 1).all()
        assert found["theme"].ne("").all()


_TRAINED = ThemeCoder().fit(TEXTS, LABELS)


def test_a_remark_of_a_hundred_thousand_characters_is_coded() -> None:
    assert _TRAINED.suggest(["systems crash " * 7200])["theme"].tolist() == ["systems"]
