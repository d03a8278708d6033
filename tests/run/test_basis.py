"""What two runs were made from, compared in one sentence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reviewkit.model import InputError
from reviewkit.run.basis import basis, caveats
from reviewkit.run.manifest import Manifest

FIRST = Manifest(
    engagement="north", name="North", run="1", simulated=True, data_as_of=dt.date(2025, 1, 31),
    started=dt.datetime(2025, 2, 1, tzinfo=dt.UTC), status="published", library="a",
    inputs={"params": "1", "kpis": "2", "goals": "3"}, versions={"python": "3.11.2", "pandas": "3.0.0"},
)  # fmt: skip


def other(**changes: Any) -> Manifest:
    return FIRST.model_copy(update={"run": "2", **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"inputs": {**FIRST.inputs, "params": "x"}}, "The runs differ in parameters."),
        (
            {"inputs": {"params": "1", "kpis": "x", "leads": "4"}},
            "The runs differ in the tables kpis, goals (not there any more) and leads (not there before).",
        ),
        ({"inputs": {**FIRST.inputs, "codebook": "x"}}, "The runs differ in codebook."),
        (
            {"library": "b", "versions": {"python": "3.11.2", "pandas": "3.1.0", "rich": "14"}},
            "The runs differ in the library and in pandas (3.0.0, then 3.1.0).",
        ),
    ],
)
def test_basis_names_what_differs(changes: dict[str, Any], words: str) -> None:
    assert basis(FIRST, other(**changes)) == words


def test_basis_of_two_engagements_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match="'north' cannot be compared with one of 'south'") as caught:
        basis(FIRST, other(engagement="south"))
    assert "\n" not in str(caught.value)


def test_caveats_tell_a_run_that_failed_and_a_wrong_order() -> None:
    assert caveats(FIRST, other()) == []
    early = other(status="failed", started=FIRST.started - dt.timedelta(days=1))
    first, second = caveats(FIRST, early)
    assert first.startswith("The later run failed: ") and "named first is the newer" in second
