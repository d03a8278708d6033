"""The log: a line an event, by a written schema; the shared one never quotes a client."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from reviewkit.run.log import Event, Log


def test_schema_is_that_of_the_model(root: Path) -> None:
    written = json.loads((root / "docs/log.schema.json").read_text(encoding="utf-8"))
    assert written == Event.model_json_schema(), "run `make schema`"


def test_lines_are_by_the_schema(root: Path, tmp_path: Path) -> None:
    schema = json.loads((root / "docs/log.schema.json").read_text(encoding="utf-8"))
    log, folder = Log(tmp_path), tmp_path / "acme"
    folder.mkdir()
    log.write(Event(event="run_started", engagement="acme", run="1"), folder)
    log.write(Event(event="step_ended", engagement="acme", step="1.1", cell=3, reason="'Ann'"), folder)
    for path in (tmp_path / "log.jsonl", folder / "log.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(lines) == 2
        for line in lines:
            Draft202012Validator(schema).validate(json.loads(line))


def test_reason_stays_with_the_engagement(tmp_path: Path) -> None:
    log, folder = Log(tmp_path), tmp_path / "acme"
    folder.mkdir()
    log.write(Event(event="step_ended", engagement="acme", reason="KeyError: 'Ann Lee'"), folder)
    assert "Ann Lee" in (folder / "log.jsonl").read_text()
    assert "Ann Lee" not in (tmp_path / "log.jsonl").read_text()


def test_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").mkdir()
    log = Log(tmp_path)
    log.write(Event(event="run_started"))
    assert "the log cannot be written (Is a directory)" in log.broken
