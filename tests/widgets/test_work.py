"""Long work: told while it runs, given up when somebody says so, and a slow database told to stop."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewkit.evidence import EvidenceSet
from reviewkit.model import read_engagement
from reviewkit.widgets.explore.aggregates import Aggregates
from reviewkit.widgets.parts import Said
from reviewkit.widgets.work import Work

from .explore.conftest import snapshot

__all__ = ["snapshot"]
ENDLESS = "select count(*) from range(400000) a, range(400000) b where a.range * b.range % 7 = 3"


async def until(condition: Callable[[], object], seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def test_what_takes_long_says_so_and_can_be_given_up() -> None:
    release, stopped, found, said = threading.Event(), threading.Event(), list[int](), Said()

    async def used() -> None:
        work = Work(said, stopped.set)
        height = work.widget.layout.height
        work.start("Counting contacts", lambda: int(release.wait(5)), found.append)
        await until(lambda: work.give_up.layout.visibility == "visible")
        assert "Counting contacts … " in work.telling.value and work.widget.layout.height == height
        work.give_up.click()
        assert not work.busy and stopped.is_set() and said.text.startswith("Cancelled.")
        work.start("Counting again", lambda: 7, found.append)
        await until(lambda: found)
        release.set()
        await asyncio.sleep(0.05)

    asyncio.run(used())
    assert found == [7]  # what was given up is shown by nobody


def test_a_slow_database_is_interrupted(snapshot: Path) -> None:
    engagement = read_engagement(snapshot.parent / "params/acme.yaml")
    aggregates = Aggregates(engagement, lambda: EvidenceSet(engagement, snapshot))
    backend = aggregates.table("contacts").get_backend()
    ended: list[BaseException | None] = []

    def asks() -> None:
        try:
            backend.raw_sql(ENDLESS).fetchall()
        except Exception as error:  # noqa: BLE001 - the database's own
            ended.append(error)

    asking = threading.Thread(target=asks)
    asking.start()
    time.sleep(0.3)
    began = time.monotonic()
    aggregates.cancel()
    asking.join(10)
    assert not asking.is_alive() and time.monotonic() - began < 5
    assert "nterrupt" in str(ended[0])
    assert len(aggregates.values("contacts", "site")) == 2  # the next question has a connection of its own


def test_a_fault_while_working_is_told_and_what_was_there_stays() -> None:
    said = Said()

    def fails() -> int:
        raise ValueError("no such column\nand a trace")

    Work(said).start("Counting", fails, pytest.fail)
    assert said.trouble and said.text == (
        "That could not be worked out: no such column. What is shown is what was there before."
    )
