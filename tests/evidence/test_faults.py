"""Each fault in a data file gives one line that names file, row and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.evidence import load
from reviewkit.model import InputError, read_engagement

FAULTS = {
    "wrong date": (
        "targets.csv",
        "measure,valid_from,target\ncsat,2025-13-01,4\n",
        ["row 2", "valid_from", "2025-13-01"],
    ),
    "no number": (
        "targets.csv",
        "measure,valid_from,target\ncsat,2025-01-01,four\n",
        ["row 2", "column target", "four"],
    ),
    "infinite": (
        "targets.csv",
        "measure,valid_from,target\ncsat,2025-01-01,inf\n",
        ["row 2", "column target"],
    ),
    "missing column": ("targets.csv", "measure,target\ncsat,4\n", ["row 1", "column valid_from", "missing"]),
    "near column": ("targets.csv", "measure,validfrom,target\ncsat,2025-01-01,4\n", ["Is it 'validfrom'?"]),
    "empty table": ("targets.csv", "measure,valid_from,target\n", ["no rows"]),
    "empty file": ("targets.csv", "", ["is empty"]),
    "ragged long": (
        "targets.csv",
        "measure,valid_from,target\ncsat,2025-01-01,4,5\n",
        ["row 2", "has 4 values"],
    ),
    "ragged short": (
        "targets.csv",
        "measure,valid_from,target\ncsat,2025-01-01\n",
        ["row 2", "has 2 values"],
    ),
    "required empty": (
        "targets.csv",
        "measure,valid_from,target\n,2025-01-01,4\n",
        ["row 2", "column measure", "empty"],
    ),
    "repeated key": (
        "targets.csv",
        "measure,valid_from,target\ncsat,2025-01-01,4\ncsat,2025-01-01,5\n",
        ["row 3", "repeats"],
    ),
    "negative": (
        "kpis.csv",
        "period,measure,denominator\n2025-01-01,csat,-1\n",
        ["row 2", "denominator", "below 0"],
    ),
    "column twice": ("targets.csv", "measure,measure,valid_from,target\na,b,2025-01-01,4\n", ["twice"]),
    "zone": ("kpis.csv", "period,measure\n2025-01-01T00:00+02:00,csat\n", ["row 2", "period"]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_names_its_place(tiny: Path, name: str) -> None:
    file, text, expected = FAULTS[name]
    (tiny.parent / "data" / file).write_text(text)
    with pytest.raises(InputError) as caught:
        load(read_engagement(tiny), tiny)
    message = str(caught.value)
    assert file in message and "\n" not in message
    assert [words for words in expected if words not in message] == []


def test_fault_in_bytes(tiny: Path) -> None:
    (tiny.parent / "data/targets.csv").write_bytes(b"measure,valid_from,target\n\xff\xfe,2025-01-01,4\n")
    with pytest.raises(InputError, match="not UTF-8"):
        load(read_engagement(tiny), tiny)


def test_fault_missing_file(tiny: Path) -> None:
    (tiny.parent / "data/kpis.csv").unlink()
    with pytest.raises(InputError, match=r"kpis\.csv: there is no such data file"):
        load(read_engagement(tiny), tiny)


def test_faults_are_counted(tiny: Path) -> None:
    (tiny.parent / "data/targets.csv").write_text("measure,valid_from,target\na,x,4\nb,y,4\nc,z,4\n")
    with pytest.raises(InputError, match="2 more faults in this file"):
        load(read_engagement(tiny), tiny)
