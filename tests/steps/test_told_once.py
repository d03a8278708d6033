"""What says the same of many places is told once; every statement stays on the page."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.findings.gaps.findings import cause_findings, gap_findings
from reviewkit.model import Engagement, Finding
from reviewkit.present.view import Block
from reviewkit.steps.gaps_and_causes.told_once import abouts, told_once

DEMO = Engagement.model_validate(
    {"id": "demo", "name": "D", "client": "C", "purpose": "P.", "data_as_of": "2025-06-30", "data": "."}
)
BLANK: dict[str, Any] = dict.fromkeys(
    ("target", "actual", "gap", "lower", "upper", "cost_per_year", "n"), 1.0
) | dict.fromkeys(("overlaps", "contract", "code"), "")


def gap(measure: str, site: str = "", kind: str = "measured") -> dict[str, Any]:
    name = "/".join(part for part in ("2.1", "gap", measure, site.lower()) if part)
    said = f"{measure} {site} is short."
    return (
        BLANK
        | {"gap_id": name, "kind": kind, "measure": measure, "name": measure.title(), "site": site}
        | {"statement": said}
    )


def cause(of: dict[str, Any], name: str, statement: str, verdict: str = "inconclusive") -> dict[str, Any]:
    known = {"test": "t", "effect": 0.1, "p_value": 0.2, "n": 24, "raised": 1, "computed": ""}
    return (
        known
        | {"gap_id": of["gap_id"], "measure": of["measure"], "cause": name}
        | {
            "statement": statement,
            "verdict": verdict,
        }
    )


GAPS = [gap("fcr", "Elm"), gap("fcr"), gap("fcr", "Dale"), gap("sales")]
CAUSES = [
    *(cause(one, "goals", "Goals may be there.") for one in GAPS),
    cause(GAPS[1], "training", "Training leaves it open: 24 months."),
    cause(GAPS[0], "training", "Training leaves it open: 9 months."),
    cause(GAPS[2], "training", "Training goes with the gap.", verdict="supported"),
]


def made() -> tuple[list[Finding], Block, int, int]:
    gaps, causes = pd.DataFrame(GAPS), pd.DataFrame(CAUSES)
    found = gap_findings(gaps, pd.DataFrame(), {}) + cause_findings(causes, gaps)
    return found, *told_once(found, abouts(gaps, causes, DEMO), "leadership")


def test_every_statement_stays_and_the_same_one_of_many_places_stands_once() -> None:
    found, block, count, groups = made()
    html = block.html()
    assert count == len(found) == 11 and all(f'data-finding="{one.id}"' in html for one in found)
    # Gaps of two measures, the same words on goals, two verdicts on training.
    assert groups == 5


def test_what_stands_behind_the_line_is_named_and_the_whole_leads() -> None:
    html = made()[1].html()
    assert "<summary>2 more with figures of their own: at Elm and at Dale</summary>" in html
    assert "<summary>3 more in the same words: fcr at Elm, fcr at Dale and sales</summary>" in html
    assert html.index('data-finding="2.1/gap/fcr"') < html.index('data-finding="2.1/gap/fcr/elm"')


def test_an_edition_that_may_see_nothing_is_shown_nothing() -> None:
    gaps, causes = pd.DataFrame(GAPS), pd.DataFrame(CAUSES)
    found = [one.model_copy(update={"audience": ("team",)}) for one in made()[0]]
    block, count, groups = told_once(found, abouts(gaps, causes, DEMO), "leadership")
    assert (block.html(), count, groups) == ("", 0, 0)
