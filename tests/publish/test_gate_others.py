"""The gate between clients: another engagement's words are met, one's own are not."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from reviewkit.model import TABLES, Engagement
from reviewkit.publish.gate import Refused, check_page
from reviewkit.publish.gate_others import NAME, Others, leave_mark, marks, others

from .test_gate import page

SAID = (
    "The telephone system at the second desk has been dead since the flood and nobody comes to mend it. "
    "Every morning three of us share one headset, and customers hear the others talk behind our backs. "
    "The supervisors promised new equipment before Easter; invoices keep wandering between two offices, "
    "and whoever asks about overtime gets a different answer from every manager in the building."
)


def evidence(*texts: str, site: str = "North") -> SimpleNamespace:
    """Stand in for the evidence of an engagement: remarks alone."""
    columns = {name: [column.name for column in table.columns] for name, table in TABLES.items()}
    remarks = pd.DataFrame({"text": texts, "site": site}).reindex(columns=columns["remarks"])

    def frame(name: str) -> pd.DataFrame:
        return remarks if name == "remarks" else pd.DataFrame(columns=columns[name])

    return SimpleNamespace(frame=frame, has=lambda name: name == "remarks", rows=lambda _: len(remarks))


def of(name: str, client: str) -> Engagement:
    return Engagement.model_validate(
        {"id": name, "name": name, "client": client, "purpose": "p", "data_as_of": "2025-06-30", "data": "."}
    )


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """The results of one engagement, for others to meet."""
    folder = tmp_path / "first/latest"
    folder.mkdir(parents=True)
    leave_mark(folder, of("first", "Northfield Water"), evidence(SAID))  # type: ignore[arg-type]
    return tmp_path


def known(runs: Path, *texts: str, client: str = "Southgate Bus", site: str = "North") -> Others:
    return others(runs, of("second", client), evidence(*texts, site=site))  # type: ignore[arg-type]


def test_another_clients_name_is_refused_and_not_told(runs: Path) -> None:
    with pytest.raises(Refused, match=r"words of another engagement\. Take these words out") as caught:
        check_page("p.html", page("<p>As NORTHFIELD  Water does.</p>"), others=known(runs))
    assert "orthfield" not in str(caught.value)


def test_what_anothers_people_said_is_refused(runs: Path) -> None:
    assert len(set(marks(SAID))) >= 3
    with pytest.raises(Refused, match="words of another engagement"):
        check_page("p.html", page(f"<p>{SAID.upper()}</p>"), others=known(runs))


def test_what_ones_own_people_say_as_well_is_no_strangers(runs: Path) -> None:
    check_page("p.html", page(f"<p>{SAID}</p>"), others=known(runs, SAID))


@pytest.mark.parametrize("more", [{"client": "Northfield Water"}, {"site": "Northfield Water"}])
def test_a_client_one_speaks_of_oneself_is_no_stranger(runs: Path, more: dict[str, str]) -> None:
    check_page("p.html", page("<p>Northfield Water</p>"), others=known(runs, "We wait.", **more))


def test_one_sentence_alike_is_an_accident(runs: Path) -> None:
    few = SAID[: len(SAID) // 4]
    assert not known(runs).stand_in(f"Somebody wrote: {few}")


def test_the_mark_holds_no_word_that_was_said(runs: Path) -> None:
    made = json.loads((runs / "first/latest" / NAME).read_text())
    assert made["client"] == "Northfield Water" and len(made["marks"]) > 2
    assert all(len(mark) == 16 and int(mark, 16) >= 0 for mark in made["marks"])


@pytest.mark.parametrize("text", ["", "[]", "{}", "{"])
def test_a_damaged_mark_stops_nobody(runs: Path, text: str) -> None:
    (runs / "first/latest" / NAME).write_text(text)
    assert not known(runs).stand_in(SAID)
