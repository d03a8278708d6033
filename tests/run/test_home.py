"""The folder of one engagement's runs: names in order, one holder of the lock, latest in one move."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.model import InputError
from reviewkit.run.home import Busy, Home
from reviewkit.run.manifest import Manifest

NOW = dt.datetime(2026, 3, 2, 6, 0, tzinfo=dt.UTC)


def home(folder: Path) -> Home:
    made = Home(folder / "runs", "tiny")
    made.make()
    return made


def record(folder: Path, status: str = "published") -> None:
    Manifest(
        engagement="tiny",
        name="Tiny",
        run=folder.name,
        simulated=True,
        data_as_of=NOW.date(),
        started=NOW,
        status=status,
    ).write(folder)


def test_point_latest_moves_the_link(tmp_path: Path) -> None:
    made = home(tmp_path)
    for name in ("one", "two"):
        (made.folder / name).mkdir()
        made.point_latest(made.folder / name)
    assert (made.folder / "latest").resolve() == (made.folder / "two").resolve()
    assert sorted(path.name for path in made.folder.iterdir()) == ["latest", "one", "two"]


@given(shifts=st.lists(st.integers(-100_000, 100_000), min_size=1, max_size=12))
def test_names_of_runs_are_in_their_order_whatever_the_clock_does(
    tmp_path_factory: pytest.TempPathFactory, shifts: list[int]
) -> None:
    made = home(tmp_path_factory.mktemp("home"))
    names = []
    for seconds in shifts:
        folder = made.new_run(NOW + dt.timedelta(seconds=seconds))
        record(folder)
        names.append(folder.name)
    assert names == sorted(names) and len(set(names)) == len(names)


def test_only_one_holds_the_lock(tmp_path: Path) -> None:
    first, second = home(tmp_path), home(tmp_path)
    first.lock()
    assert second.is_busy()
    with pytest.raises(Busy, match=r"another run is going on \(process \d+ on .+\)\. Wait for it to end\."):
        second.lock()
    first.unlock()
    assert not second.is_busy()
    second.lock()
    second.unlock()


def test_tidy_marks_a_run_that_ended_without_a_word(tmp_path: Path) -> None:
    made = home(tmp_path)
    folder = made.new_run(NOW)
    record(folder, "running")
    (folder / "tables").mkdir()
    (folder / "tables/half.parquet.partial").write_text("half")
    (folder / ".site-new").mkdir()
    made.tidy()
    ((_, manifest),) = made.records()
    assert manifest.status == "interrupted" and manifest.failures == ["the run was stopped before its end"]
    assert sorted(path.name for path in folder.rglob("*")) == ["manifest.json", "tables"]


def test_remove_leaves_nothing_of_a_first_run(tmp_path: Path) -> None:
    made = home(tmp_path)
    made.lock()
    made.remove(made.new_run(NOW))
    assert not (tmp_path / "runs").exists()


def test_last_firing_is_kept(tmp_path: Path) -> None:
    made = home(tmp_path)
    assert made.last_firing() is None
    made.ran_for(NOW)
    assert made.last_firing() == NOW


def test_last_firing_damaged_stands_the_newest_run_for_it(tmp_path: Path) -> None:
    made = home(tmp_path)
    record(made.new_run(NOW))
    (made.folder / ".schedule.json").write_text('{"last": "20')
    assert made.last_firing() == NOW


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(InputError, match=r"results cannot be put there \(Not a directory\)"):
        Home(tmp_path / "runs", "tiny").make()
