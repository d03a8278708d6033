"""Two analysts at once, and a writer that is killed: nothing is lost, nothing twice, nothing half."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reviewkit.evidence.store import Conflict

from .conftest import CODING, Place
from .writer import CODES

WRITER = Path(__file__).with_name("writer.py")


def begin(place: Place, coder: str, puts: int, codes: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), str(place.params), coder, str(puts), str(codes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_two_analysts_write_two_hundred_codings_each_and_none_is_lost_or_twice(anywhere: Place) -> None:
    writers = [begin(anywhere, coder, 200, 1) for coder in ("First analyst", "Second analyst")]
    said = [writer.communicate(timeout=300)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert [len(lines) for lines in said] == [200, 200]
    with anywhere.open() as store:
        trail = store.trail()
        frame = store.frame("codings")
        assert store.tables() == {"codings": 400}
    assert frame.duplicated().sum() == 0
    assert frame["coder"].value_counts().to_dict() == {"First analyst": 200, "Second analyst": 200}
    assert trail["seq"].tolist() == list(range(1, 401))
    assert trail["at"].is_monotonic_increasing
    # They did write at the same time: neither waited for the other to end.
    assert trail["by"].ne(trail["by"].shift()).sum() > 2


@pytest.mark.parametrize("after", [1, 40])
def test_what_was_acknowledged_survives_a_killed_writer_and_nothing_is_half_there(
    anywhere: Place, after: int
) -> None:
    with begin(anywhere, "Analyst", 100_000, len(CODES)) as writer:
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(after)]
        writer.send_signal(signal.SIGKILL)
        said += [int(line) for line in writer.stdout.read().split()]
    assert writer.returncode == -signal.SIGKILL
    with anywhere.open() as store:
        codes = store.frame("codings").groupby("remark_id")["code"].agg(set)
        trail = store.trail()
        digest = store.digest("codings")
        # The store goes on as if nothing had happened.
        assert store.put("codings", [CODING | {"coder": "Second analyst"}], by="Second analyst") == 1
    assert {f"R{number}" for number in said} <= set(codes.index)
    assert len(codes) - len(said) in (0, 1)  # one may have been kept and not said yet
    assert all(found == set(CODES) for found in codes)
    assert len(trail) == len(codes) * len(CODES)
    assert digest == rebuilt(anywhere, len(codes))


def rebuilt(anywhere: Place, puts: int) -> str:
    """The digest of the same rows written by a writer that was let alone, in another engagement."""
    other = anywhere.other("other")
    begin(other, "Analyst", puts, len(CODES)).communicate(timeout=120)
    with other.open() as store:
        return store.digest("codings")


def test_two_who_read_the_same_row_cannot_both_write_it(anywhere: Place) -> None:
    with anywhere.open() as store:
        store.put("codings", [CODING], by="Analyst")
    key = tuple(CODING.values())

    def write(number: int) -> str:
        with anywhere.open() as mine:
            try:
                mine.put(
                    "codings", [CODING | {"memo": str(number)}], by=f"Analyst {number}", expected={key: 1}
                )
            except Conflict:
                return "conflict"
            return "written"

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(write, range(8)))
    assert sorted(ended) == ["conflict"] * 7 + ["written"]
    with anywhere.open() as store:
        assert [row.version for row in store.rows("codings")] == [2]


def test_two_who_open_a_new_store_at_once_make_one(anywhere: Place) -> None:
    def write(number: int) -> int:
        with anywhere.open() as mine:
            return mine.put("codings", [CODING | {"coder": f"Analyst {number}"}], by="Analyst")

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(write, range(6))) == 6
    with anywhere.open() as store:
        assert store.tables() == {"codings": 6}
