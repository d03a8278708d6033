"""The JSON Schema that editors use is the one the model gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from reviewkit.model import read_engagement, schema

PARAMS = sorted((Path(__file__).parents[2] / "params").glob("*.yaml"))


def test_schema_committed_is_the_model_s(root: Path) -> None:
    committed = (root / "params" / "engagement.schema.json").read_text(encoding="utf-8")
    assert json.loads(committed) == schema(), "run `make schema`"


def test_there_are_four_sample_engagements() -> None:
    names = ["contact_centre", "emergency_care", "employment_services", "patient_voice"]
    assert [path.stem for path in PARAMS] == names


@pytest.mark.parametrize("path", PARAMS, ids=[path.stem for path in PARAMS])
def test_sample_engagement_is_valid_and_named_as_its_file(path: Path) -> None:
    assert read_engagement(path).id == path.stem


@pytest.mark.parametrize("path", PARAMS, ids=[path.stem for path in PARAMS])
def test_sample_engagement_has_only_keys_of_the_schema(path: Path) -> None:
    keys = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    assert set(keys) <= set(schema()["properties"])  # type: ignore[call-overload]
