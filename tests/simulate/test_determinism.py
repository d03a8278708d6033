"""The same seed gives the same bytes, another seed others."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.model import TABLES, InputError
from reviewkit.simulate import engagement, read_truths
from reviewkit.simulate.__main__ import SAMPLES, main

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_engagement_same_seed_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        engagement(tmp_path / name, seed=5, size="small", truths="contact_centre")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_engagement_other_seed_other_bytes(tmp_path: Path) -> None:
    for seed in (5, 6):
        engagement(tmp_path / str(seed), seed=seed, size="small", truths="contact_centre")
    first, second = contents(tmp_path / "5"), contents(tmp_path / "6")
    same = {name for name in first if first[name] == second[name]}
    written = (
        "targets",
        "annotations",
        "scope",
        "opinions",
        "decisions",
        "progress",
        "availability",
    )
    assert same == {f"{name}.csv" for name in (*written, "observations", "walkthroughs")}


def test_engagement_unknown_truths_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="clean"):
        engagement(tmp_path, seed=1, truths="no_such_set")


def test_engagement_returns_rows_of_known_tables(tmp_path: Path) -> None:
    rows = engagement(tmp_path, seed=1, size="small", truths="clean")
    assert set(rows) <= set(TABLES) and min(rows.values()) > 0
    assert rows["targets"] == (tmp_path / "targets.csv").read_text().count("\n") - 1


def test_truths_given_as_an_object(tmp_path: Path) -> None:
    truths = read_truths("contact_centre").model_copy(update={"id": "mine", "shifts": ()})
    engagement(tmp_path, seed=1, size="small", truths=truths)
    assert "id: mine" in (tmp_path / "truths.yaml").read_text()


def test_samples_are_what_the_simulation_writes(tmp_path: Path) -> None:
    main(str(tmp_path))
    for name in SAMPLES:
        made, kept = contents(tmp_path / name), contents(SAMPLE / name)
        assert made == {file: data for file, data in kept.items() if file != "README.md"}
