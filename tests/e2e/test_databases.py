"""An engagement whose data lie in PostgreSQL gives the findings that its files give."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import ibis
import pytest

from reviewkit.evidence import load
from reviewkit.model import read_engagement

from .conftest import Ran

pytestmark = pytest.mark.slow

MEASURED = ("kpis", "leads", "resources", "journey", "outcomes", "targets", "contacts")
PASSWORD = "warehouse-canary-7f3a"


def in_database(root: Path, folder: Path, url: str) -> Path:
    """Put the measured tables of ``employment_services`` into a database; return a params file for it."""
    params = root / "params/employment_services.yaml"
    tables = load(read_engagement(params), params).tables
    connection = ibis.connect(url)
    text = params.read_text(encoding="utf-8").replace("id: employment_services", "id: from_database", 1)
    text = re.sub(r"^data: .*$", "data: data", text, flags=re.M)
    for name in MEASURED:
        if name in tables:
            frame = tables[name].convert_dtypes(dtype_backend="pyarrow")
            connection.create_table(f"client_{name}", ibis.memtable(frame))
            source = f"{name}: {{database: warehouse, table: public.client_{name}"
            stays = ", stays: true" if name == "kpis" else ""
            text = re.sub(rf"^  {name}: .*$", f"  {source}{stays}}}", text, flags=re.M)
    connection.disconnect()
    address = url.replace("postgres@", "postgres:${WAREHOUSE_PASSWORD}@")
    path = folder / "from_database.yaml"
    path.write_text(f"{text}\ndatabases:\n  warehouse: {address}\n", encoding="utf-8")
    shutil.copytree(root / "data/sample/employment_services", folder / "data")
    for name in MEASURED:
        (folder / f"data/{name}.csv").unlink(missing_ok=True)
    return path


def findings(latest: Path) -> list[dict[str, Any]]:
    """All findings of a run, in order of their ids."""
    text = "".join(path.read_text(encoding="utf-8") for path in (latest / "findings").glob("*.jsonl"))
    text = text.replace("from_database", "employment_services")
    return sorted((json.loads(line) for line in text.splitlines()), key=lambda finding: str(finding["id"]))


def ran(root: Path, folder: Path, *params: str) -> str:
    """What ``reviewkit run`` printed; its results are in ``runs`` below ``folder``."""
    command = [sys.executable, "-m", "reviewkit.cli", "run", *params, "--runs", str(folder / "runs")]
    environment = os.environ | {"WAREHOUSE_PASSWORD": PASSWORD}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_postgresql_gives_the_findings_of_the_files_keeps_its_password_and_runs_again_what_must(
    rest: Ran, root: Path, tmp_path: Path, postgres: str
) -> None:
    params = in_database(root, tmp_path, postgres)
    printed = ran(root, tmp_path, str(params))
    runs = tmp_path / "runs"
    expected = findings(rest.runs / "employment_services/latest")
    assert len(expected) > 100
    assert findings(runs / "from_database/latest") == expected
    assert not (runs / "from_database/latest/evidence/kpis.parquet").exists()  # it stayed where it is
    assert PASSWORD not in printed
    holding = [p for p in runs.rglob("*") if p.is_file() and PASSWORD.encode() in p.read_bytes()]
    assert holding == []

    ran(root, tmp_path, str(params))
    record = json.loads((runs / "from_database/latest/manifest.json").read_text(encoding="utf-8"))
    again = {step["number"]: step["reason"] for step in record["steps"] if step["status"] == "done"}
    assert "rows of kpis stay in a database" in again["1.1"]
    assert {"1.3", "2.4"}.isdisjoint(again)
