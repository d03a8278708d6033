"""A kernel forked from a warm process gives what a kernel started in the normal way gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from reviewkit.model import STEPS
from reviewkit.run import read_manifest, run_engagements

from .conftest import Ran

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plain(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of contact_centre in which every kernel was started in the normal way."""
    runs = tmp_path_factory.mktemp("plain")
    report = run_engagements([root / "params/contact_centre.yaml"], runs, jobs=2, warm=False)
    assert report.exit_status == 0, report
    return (runs / "contact_centre/latest").resolve()


def test_kernels_were_started_as_asked(ran: Ran, plain: Path) -> None:
    assert {step.kernel for step in read_manifest(ran.latest).steps} == {"warm"}
    assert {step.kernel for step in read_manifest(plain).steps} == {"plain: that was asked for"}


def outputs(path: Path) -> list[Any]:
    """Everything a notebook shows, cell by cell; text written in pieces is joined."""
    shown = []
    for place, cell in enumerate(nbformat.read(path, 4).cells):
        for output in cell.get("outputs", []):
            data = dict(output.get("data", {}))
            widget = data.get("application/vnd.jupyter.widget-view+json")
            if widget:
                widget["model_id"] = "drawn at random"
            if data:
                shown.append((place, output.output_type, data))
        shown.append((place, "".join(each.get("text", "") for each in cell.get("outputs", []))))
    return shown


@pytest.mark.parametrize("number", [spec.number for spec in STEPS])
def test_notebook_shows_the_same(ran: Ran, plain: Path, number: str) -> None:
    name = Path(next(spec for spec in STEPS if spec.number == number).notebook).name
    warm = outputs(ran.latest / "notebooks" / name)
    assert len(warm) > 5 and warm == outputs(plain / "notebooks" / name)


@pytest.mark.parametrize("number", [spec.number for spec in STEPS])
def test_step_hands_on_the_same(ran: Ran, plain: Path, number: str) -> None:
    findings = f"findings/{number}.jsonl"
    assert (ran.latest / findings).read_text() == (plain / findings).read_text()
    tables = sorted((ran.latest / "tables" / number).glob("*.parquet"))
    assert [path.name for path in tables] == sorted(
        path.name for path in (plain / "tables" / number).glob("*.parquet")
    )
    for path in tables:
        # The last bit of a sum may differ: DuckDB adds up in the order its threads finish.
        pd.testing.assert_frame_equal(
            pd.read_parquet(path), pd.read_parquet(plain / "tables" / number / path.name), rtol=1e-12
        )


def test_pages_are_the_same(ran: Ran, plain: Path) -> None:
    one, other = read_manifest(ran.latest), read_manifest(plain)
    assert set(one.pages) == set(other.pages) and len(one.pages) > 40
    for page in one.pages:
        if not page.endswith(".html") or page.endswith(("/run.html", "/data.html")):
            continue  # about the run itself, and files that its tables were compared with above
        texts = [(ran.latest / page).read_text(), (plain / page).read_text()]
        # What is of the run alone: its name, when it was built, how long each step took.
        texts[0] = texts[0].replace(one.run, other.run)
        kept = [re.sub(r"<dd>[^<]*(?:\d\d:\d\d|[\d.]+ s)</dd>", "", text) for text in texts]
        assert kept[0] == kept[1], page
