"""Reference results, and real data beside the repository where they are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

REFERENCE = Path(__file__).parents[1] / "reference"


@pytest.fixture(scope="session")
def reference() -> Path:
    return REFERENCE


@pytest.fixture(scope="session")
def expected_points() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "spc" / "xmr_expected_points.csv.gz")


@pytest.fixture(scope="session")
def vectors() -> dict[str, Any]:
    return json.loads((REFERENCE / "spc" / "rule_vectors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def wheeler() -> dict[str, Any]:
    return json.loads((REFERENCE / "spc" / "wheeler_vectors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = Path(__file__).parents[2].parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real event logs are not beside the repository")
    return folder
