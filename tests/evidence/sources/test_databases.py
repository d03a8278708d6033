"""Evidence read from PostgreSQL, DuckDB and Spark: the same rows and figures as from files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import ibis
import pandas as pd
import pytest

from reviewkit.evidence import EvidenceSet, load
from reviewkit.model import Engagement, InputError, Source
from reviewkit.performance import all_series

from .conftest import MEASURED, filled, kept

pytestmark = pytest.mark.slow

STAYING = ("contacts", "kpis")


def using(sample: EvidenceSet, address: str, tables: Mapping[str, str], *, stays: bool = False) -> Engagement:
    """The engagement with some tables in a database."""
    sources = dict(sample.engagement.sources)
    for name, table in tables.items():
        sources[name] = Source(database="warehouse", table=table, stays=stays and name in STAYING)
    return sample.engagement.model_copy(update={"sources": sources, "databases": {"warehouse": address}})


def measured(evidence: EvidenceSet) -> dict[str, pd.DataFrame]:
    """The tables that come from a client's systems."""
    return {name: evidence.frame(name) for name in MEASURED if evidence.has(name)}


def by_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in an order that only they decide."""
    return frame.sort_values(list(frame.columns), ignore_index=True)


def same(found: EvidenceSet, expected: EvidenceSet, tables: Mapping[str, object]) -> None:
    """Rows and series are equal."""
    for name in tables:
        pd.testing.assert_frame_equal(by_rows(found.frame(name)), by_rows(expected.frame(name)))
    pd.testing.assert_frame_equal(all_series(found), all_series(expected))


@pytest.mark.parametrize("stays", [False, True])
@pytest.mark.parametrize("which", ["sample", "portfolio"])
def test_postgresql_gives_the_rows_and_figures_of_the_files(
    which: str, stays: bool, root: Path, tmp_path: Path, postgres: str, request: pytest.FixtureRequest
) -> None:
    expected: EvidenceSet = request.getfixturevalue(which)
    tables = measured(expected)
    filled(postgres, tables)
    engagement = using(expected, postgres, dict(zip(tables, tables, strict=True)), stays=stays)
    found = kept(engagement, root / f"params/{expected.engagement.id}.yaml", tmp_path)
    there = {path.stem for path in (tmp_path / "evidence").glob("*.parquet")}
    assert there.isdisjoint(STAYING) if stays else there >= set(tables)
    same(found, expected, tables)


def test_spark_gives_the_rows_and_figures_of_the_files(
    sample: EvidenceSet, root: Path, tmp_path: Path, spark: object
) -> None:
    tables = {name: frame for name, frame in measured(sample).items() if name in ("kpis", "leads")}
    paths = {}
    for name, frame in tables.items():
        paths[name] = str(tmp_path / f"{name}.parquet")
        frame.to_parquet(paths[name])
    engagement = using(sample, "spark:local[2]", paths)
    found = kept(engagement, root / "params/contact_centre.yaml", tmp_path)
    same(found, sample, tables)


def test_measures_are_worked_out_by_spark_where_the_rows_stay(
    sample: EvidenceSet, root: Path, tmp_path: Path, spark: object
) -> None:
    sample.frame("contacts").to_parquet(tmp_path / "contacts.parquet")
    tables = {"contacts": str(tmp_path / "contacts.parquet")}
    engagement = using(sample, "spark:local[2]", tables, stays=True)
    found = kept(engagement, root / "params/contact_centre.yaml", tmp_path)
    assert not (tmp_path / "evidence/contacts.parquet").exists()
    pd.testing.assert_frame_equal(all_series(found), all_series(sample))


def test_duckdb_gives_the_rows_of_the_files(portfolio: EvidenceSet, root: Path, tmp_path: Path) -> None:
    tables = measured(portfolio)
    connection = ibis.duckdb.connect(tmp_path / "client.duckdb")
    for name, frame in tables.items():
        connection.create_table(name, ibis.memtable(frame.convert_dtypes(dtype_backend="pyarrow")))
    connection.disconnect()
    engagement = using(portfolio, f"duckdb:{tmp_path}/client.duckdb", dict(zip(tables, tables, strict=True)))
    found = kept(engagement, root / "params/employment_services.yaml", tmp_path)
    same(found, portfolio, tables)


def client_table(postgres: str, rows: pd.DataFrame, **how: object) -> tuple[Engagement, Path]:
    """An engagement whose targets are in a database, as the client has them."""
    connection = ibis.connect(postgres)
    connection.create_table("their_targets", ibis.memtable(rows))
    connection.disconnect()
    source = Source(database="warehouse", table="public.their_targets", **how)  # type: ignore[arg-type]
    described = Engagement(
        id="tiny",
        name="Tiny",
        client="Tiny",
        purpose="To answer",
        data_as_of="2025-06-30",
        data=".",
        sources={"targets": source},
        databases={"warehouse": postgres},
    )  # type: ignore[arg-type]
    return described, Path("tiny.yaml")


def test_columns_values_and_dates_of_a_database_are_mapped(postgres: str) -> None:
    rows = pd.DataFrame({"KPI": ["Sat", "Sat"], "From": ["31/01/2025", "28/02/2025"], "Goal": ["4,2", "4,5"]})
    described, params = client_table(
        postgres,
        rows,
        columns={"measure": "KPI", "valid_from": "From", "target": "Goal"},
        values={"measure": {"Sat": "csat"}},
        dates="%d/%m/%Y",
        decimal=",",
    )
    found = load(described, params).tables["targets"]
    assert found["measure"].tolist() == ["csat", "csat"] and found["target"].tolist() == [4.2, 4.5]
    assert found["valid_from"].dt.strftime("%F").tolist() == ["2025-01-31", "2025-02-28"]


@pytest.mark.parametrize("how", [{"values": {"channel": {"T": "phone"}}}, {"dates": "%d/%m/%Y"}, {}])
def test_rows_that_stay_are_never_read_without_their_mapping(postgres: str, how: dict[str, object]) -> None:
    rows = pd.DataFrame({"contact_id": ["1"], "at": ["2025-01-31"], "channel": ["T"], "resolved": ["Y"]})
    described, params = client_table(postgres, rows)
    source = Source(database="warehouse", table="their_targets", stays=True, **how)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="rows that stay need columns of our kinds already"):
        load(described.model_copy(update={"sources": {"contacts": source}}), params)


def test_a_fault_in_a_database_names_table_column_and_row(postgres: str) -> None:
    rows = pd.DataFrame(
        {"measure": ["csat", None], "valid_from": pd.to_datetime(["2025-01-01"] * 2), "target": 4.2}
    )
    described, params = client_table(postgres, rows)
    with pytest.raises(InputError, match=r"warehouse: public\.their_targets, column measure: is empty but"):
        load(described, params)


def test_a_missing_table_is_told_in_one_line(postgres: str) -> None:
    described, params = client_table(postgres, pd.DataFrame({"measure": ["csat"]}))
    source = Source(database="warehouse", table="nowhere")
    with pytest.raises(InputError, match=r"key databases\.warehouse: .*nowhere") as caught:
        load(described.model_copy(update={"sources": {"targets": source}}), params)
    assert len(str(caught.value).splitlines()) == 1


def test_a_password_never_reaches_a_message(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    described, params = client_table(postgres, pd.DataFrame({"measure": ["csat"]}))
    monkeypatch.setenv("WAREHOUSE_PASSWORD", "hunter2-and-more")
    host = postgres.rpartition("@")[2].replace("test_", "no_such_")
    address = f"postgresql://hunter2-and-more:${{WAREHOUSE_PASSWORD}}@{host}"
    with pytest.raises(InputError) as caught:
        load(described.model_copy(update={"databases": {"warehouse": address}}), params)
    assert "hunter2" not in str(caught.value) and "${WAREHOUSE_PASSWORD}" in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_secret_that_is_not_set_is_named(postgres: str) -> None:
    described, params = client_table(postgres, pd.DataFrame({"measure": ["csat"]}))
    address = "postgresql://reviewer:${NOT_SET_HERE}@127.0.0.1/x"
    with pytest.raises(InputError, match="variable NOT_SET_HERE, which an address names, is not set"):
        load(described.model_copy(update={"databases": {"warehouse": address}}), params)
