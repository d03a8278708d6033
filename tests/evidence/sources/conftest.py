"""Engagements whose evidence lies in databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import ibis
import pandas as pd
import pytest

from reviewkit.evidence import EvidenceSet, write_snapshot
from reviewkit.model import Engagement, read_engagement
from tests.postgres import postgres, postgres_server  # noqa: F401 - fixtures are found by name

MEASURED = ("contacts", "kpis", "leads", "resources", "journey", "outcomes", "targets")


@pytest.fixture(scope="session")
def sample(root: Path, tmp_path_factory: pytest.TempPathFactory) -> EvidenceSet:
    """The evidence of ``contact_centre`` as its files have it."""
    return kept(read_engagement(root / "params/contact_centre.yaml"), root / "params/contact_centre.yaml",
                tmp_path_factory.mktemp("sample"))  # fmt: skip


@pytest.fixture(scope="session")
def portfolio(root: Path, tmp_path_factory: pytest.TempPathFactory) -> EvidenceSet:
    """The evidence of ``employment_services`` as its files have it."""
    params = root / "params/employment_services.yaml"
    return kept(read_engagement(params), params, tmp_path_factory.mktemp("portfolio"))


def kept(engagement: Engagement, params: Path, folder: Path) -> EvidenceSet:
    """Snapshot the evidence of an engagement below ``folder``."""
    write_snapshot(engagement, params, folder / "evidence")
    return EvidenceSet(engagement, folder / "evidence")


def filled(url: str, tables: dict[str, pd.DataFrame]) -> None:
    """Put tables into a PostgreSQL database."""
    connection = ibis.connect(url)
    for name, frame in tables.items():
        connection.create_table(name, ibis.memtable(frame.convert_dtypes(dtype_backend="pyarrow")))
    connection.disconnect()


@pytest.fixture(scope="session")
def spark() -> Iterator[object]:
    """A local Spark session."""
    if not shutil.which("java"):
        pytest.skip("Spark needs Java, which is not installed here (apt-get install openjdk-17-jre-headless)")
    sql = pytest.importorskip(
        "pyspark.sql", reason="Spark is not installed here (pip install reviewkit[spark])"
    )
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()
