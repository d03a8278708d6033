"""A tiny engagement on disk, to be spoiled one fault at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

PARAMS = """\
id: tiny
name: Tiny
client: A tiny client
purpose: To answer calls
data_as_of: 2025-06-30
data: data
sources:
  targets: targets.csv
  kpis: {file: kpis.csv}
measures:
  - id: csat
    name: Satisfaction
    unit: score
    direction: increase
    table: kpis
    where: measure = 'csat'
    numerator: sum(value)
    denominator: count(value)
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Return the params file of a good engagement with two tables."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/targets.csv").write_text("measure,valid_from,target\ncsat,2025-01-01,4.2\n")
    rows = "".join(f"2025-0{month}-01,csat,North,{4 + month / 10}\n" for month in range(1, 7))
    (tmp_path / "data/kpis.csv").write_text("period,measure,site,value\n" + rows)
    (tmp_path / "tiny.yaml").write_text(PARAMS)
    return tmp_path / "tiny.yaml"
