"""Hand-offs, ping-pong and rework, on a real service desk against a plain reading case by case."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path

import pandas as pd
import pytest

from reviewkit.performance import handover_pairs, handovers, rework, reworked

DESK = {"case": "case:concept:name", "at": "at"}


@pytest.fixture(scope="module")
def desk(shared_data: Path) -> pd.DataFrame:
    events = pd.read_csv(shared_data / "bpic2013_incidents.csv")
    return events.assign(at=pd.to_datetime(events["time:timestamp"], utc=True, format="ISO8601"))


def paths(events: pd.DataFrame, column: str) -> dict[str, list[str]]:
    known = events.dropna(subset=[column]).sort_values("at", kind="stable")
    return {str(case): part.tolist() for case, part in known.groupby(DESK["case"])[column]}


@pytest.mark.parametrize("holder", ["org:resource", "org:group", "organization involved"])
def test_hand_offs_of_a_service_desk(desk: pd.DataFrame, holder: str) -> None:
    held = {case: [name for name, _ in groupby(path)] for case, path in paths(desk, holder).items()}
    found = handovers(desk, holder=holder, **DESK).set_index("case")
    expected = pd.DataFrame(
        {
            case: {
                "holders": len(set(path)),
                "handovers": len(path) - 1,
                "returns": sum(name in path[:place] for place, name in enumerate(path)),
                "ping_pong": sum(a == c for a, c in zip(path, path[2:], strict=False)),
            }
            for case, path in held.items()
        }
    ).T
    pd.testing.assert_frame_equal(found, expected.loc[found.index], check_names=False)


def test_pairs_add_up_to_the_hand_offs_of_cases(desk: pd.DataFrame) -> None:
    pairs = handover_pairs(desk, holder="org:group", **DESK)
    each = handovers(desk, holder="org:group", **DESK)
    assert pairs["times"].sum() == each["handovers"].sum()
    assert pairs["ping_pong"].sum() == each["ping_pong"].sum()
    assert (pairs["giver"] != pairs["taker"]).all()
    assert pairs["cases"].le(pairs["times"]).all()


def test_a_case_handed_to_and_fro_counts_once_among_cases() -> None:
    log = pd.DataFrame({"case": [1] * 4 + [2] * 2, "who": list("ababab"), "at": [*range(4), *range(2)]})
    pairs = handover_pairs(log, case="case", holder="who", at="at")
    assert pairs.values.tolist() == [["a", "b", 3, 2, 1], ["b", "a", 1, 1, 1]]


def test_one_holder_hands_nothing_over() -> None:
    log = pd.DataFrame({"case": [1, 1], "who": ["a", "a"], "at": [1, 2]})
    assert handovers(log, case="case", holder="who", at="at")["handovers"].tolist() == [0]
    assert handover_pairs(log, case="case", holder="who", at="at").empty


def test_events_without_a_holder_are_said() -> None:
    log = pd.DataFrame({"case": [1, 1], "who": ["a", None], "at": [1, 2]})
    found = handovers(log, case="case", holder="who", at="at")
    assert found.attrs["said"] == ["1 of 2 events left out: without who (1)."]


def test_rework_of_a_service_desk(desk: pd.DataFrame) -> None:
    found = rework(desk, activity="concept:name", **DESK).set_index("case")
    for case, path in list(paths(desk, "concept:name").items())[:400]:
        loops = sum(a == b for a, b in pairwise(path))
        row = found.loc[case]
        assert (row["events"], row["repeats"], row["self_loops"]) == (
            len(path),
            len(path) - len(set(path)),
            loops,
        )


def test_what_is_reworked_counts_cases_as_a_plain_reading_does(desk: pd.DataFrame) -> None:
    found = reworked(desk, activity="concept:name", **DESK).set_index("activity")
    counts = desk.groupby([DESK["case"], "concept:name"]).size()
    assert found["again"].to_dict() == (counts > 1).groupby(level=1).sum().to_dict()
    assert found["cases"].to_dict() == counts.groupby(level=1).size().to_dict()
    assert (found["self_loops"] + found["returns"]).sum() == (counts - 1).sum()
