"""Candidate causes of each gap, tested where the evidence allows; never more than association."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.content import Cause, Codebook
from reviewkit.model import Engagement, Measure
from reviewkit.voices.partnering import holm

from .association import FEWEST
from .cause_tests import run_tests
from .inputs import Inputs
from .links import by_size, ends_of
from .topic_links import linked_codes
from .trial import Trial
from .wording import filled

COLUMNS: tuple[str, ...] = (
    "gap_id",
    "cause",
    "name",
    "test",
    "effect",
    "p_value",
    "n",
    "verdict",
    "statement",
    "settle",
)
COLUMNS += ("department_from", "department_to", "raised", "measure", "site", "kind")
ALPHA = 0.05
# The least effect worth acting on, and the one a test must have been able to see before it contradicts.
# A condition at one site of five shows as a weak link over all of them, so little must be possible
# before it is ruled out.
LEAST = {"series": (0.2, 0.2), "rate": (0.02, 0.05), "points": (0.3, 0.5)}


def candidate_causes(
    gap: Mapping[Any, Any], codebook: Codebook, raised: Iterable[str], measure: Measure | None = None
) -> dict[str, bool]:
    """Return the causes to test for a gap, and whether people raised each in a related theme.

    Related are codes linked to the gap's measure (or the gap's own code); every cause they
    point at is a candidate, those raised as concerns first.

    >>> from reviewkit.content import load_codebook
    >>> candidate_causes({"measure": "absence", "code": ""}, load_codebook(), ["recognition"])["recognition"]
    True
    """
    codes = linked_codes(gap["measure"], measure, codebook) if filled(gap["measure"]) else [gap["code"]]
    related = [(code, codebook.codes[code]) for code in codes if code in codebook.codes]
    concerns = set(raised)
    found: dict[str, bool] = {}
    for code, entry in sorted(related, key=lambda pair: pair[0] not in concerns):
        for cause in entry.causes:
            found[cause] = found.get(cause, False) or code in concerns
    return found


def judge_causes(
    gaps: pd.DataFrame,
    engagement: Engagement,
    inputs: Inputs,
    codebook: Codebook,
    causes: Mapping[str, Cause],
    raised: Iterable[str] = (),
) -> pd.DataFrame:
    """Return every candidate cause of every gap with the verdict of its declared test.

    P-values are corrected for all causes tested for the same gap (Holm). A cause is
    *supported* where the corrected p-value is under 0.05, the sign is the expected one and the
    effect is worth acting on; *contradicted* where the sign is the opposite, or where an
    effect worth noticing would have shown and did not; *untested* where no evidence allows
    a test; otherwise *inconclusive*, and so is every test on under 12 periods or cases and every
    test that shows a condition without a link to the gap.

    Parameters
    ----------
    gaps : ``gap_id, kind, measure, site, code`` (see ``measured_gaps`` and ``described_gaps``).
    raised : codes raised as concerns.

    Returns
    -------
    ``gap_id, cause, name, test, effect`` (positive: the worse the condition the worse the
    measure), ``p_value`` (corrected), ``n, verdict, statement, settle, department_from,
    department_to, raised, measure, site, kind``.
    """
    concerns, rows = list(raised), []
    measures = {measure.id: measure for measure in engagement.measures}
    register = by_size(inputs.evidence.frame("stakeholders"))
    for gap in gaps.to_dict("records"):
        measure = measures.get(gap["measure"])
        candidates = candidate_causes(gap, codebook, concerns, measure)
        tests = {
            name: run_tests(name, measure, gap["site"], inputs) if measure else [] for name in candidates
        }
        flat = [(name, tested) for name, found in tests.items() for tested in found]
        # A test without a link cannot support a cause: it is no further chance of a false alarm.
        linked = [tested.found.p_value if tested.linked else np.nan for _, tested in flat]
        corrected = holm(pd.Series(linked, dtype="float64")).tolist()
        for name, was_raised in candidates.items():
            mine = [(tested, p) for (owner, tested), p in zip(flat, corrected, strict=True) if owner == name]
            ends = ends_of(name, gap["measure"], register)
            rows.append(_row(gap, causes[name], mine, was_raised) | dict(zip(_ENDS, ends, strict=True)))
    if not rows:
        kinds = {"effect": "float64", "p_value": "float64", "n": "int64", "raised": "bool"}
        return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in COLUMNS})
    return pd.DataFrame(rows)[list(COLUMNS)]


_ENDS = ("department_from", "department_to")


def verdict(tested: Trial, p_value: float) -> str:
    """Return what one test says of its cause.

    >>> from reviewkit.findings.association import Association
    >>> verdict(Trial("t", Association(0.5, 0.001, 0.1, 24), "w"), 0.004)
    'supported'
    >>> verdict(Trial("t", Association(0.5, 0.001, 0.1, 8), "w"), 0.004)
    'inconclusive'
    >>> verdict(Trial("t", Association(-0.02, 0.8, 0.1, 36), "w"), 0.9)
    'contradicted'
    """
    found, (least, visible) = tested.found, LEAST[tested.kind]
    if found.n < FEWEST or np.isnan(found.effect):
        return "inconclusive"
    sure = p_value < ALPHA
    if not tested.linked:
        return "inconclusive"
    if sure and found.effect <= -least:
        return "contradicted"
    if sure and found.effect >= least:
        return "supported"
    return "contradicted" if found.effect + 1.96 * found.chance < visible else "inconclusive"


def _row(
    gap: Mapping[Any, Any], cause: Cause, tests: list[tuple[Trial, float]], raised: bool
) -> dict[str, Any]:
    made = {
        "gap_id": gap["gap_id"],
        "cause": cause.id,
        "name": cause.name,
        "settle": cause.settle,
        "raised": raised,
    }
    made |= {"measure": gap["measure"], "site": gap["site"], "kind": ""}
    if not tests:
        said = "raised in interviews or comments" if raised else "a known cause of such gaps"
        why = "there is no measure to test it against" if not filled(gap["measure"]) else _lacking(cause)
        words = f"{cause.name} is {said} and is not tested: {why}."
        return made | {
            "test": "",
            "effect": np.nan,
            "p_value": np.nan,
            "n": 0,
            "verdict": "untested",
            "statement": words,
        }
    judged = [(verdict(tested, p), tested, p) for tested, p in tests]
    outcome, tested, p = min(
        judged, key=lambda entry: (_FIRST.index(entry[0]), np.nan_to_num(entry[2], nan=1.0))
    )
    return made | {
        "test": tested.test,
        "effect": tested.found.effect,
        "p_value": p,
        "n": tested.found.n,
        "verdict": outcome,
        "statement": _statement(cause, outcome, tested, p),
        "kind": tested.kind,
    }


_FIRST = ("supported", "inconclusive", "contradicted")


def _lacking(cause: Cause) -> str:
    tables = " and ".join(name.replace("_", " ") for name in cause.needs)
    return f"what is there of {tables} does not allow it"


def _statement(cause: Cause, outcome: str, tested: Trial, p: float) -> str:
    many = cause.name.endswith("s") and not cause.name.endswith("ss")
    go, do, are = ("go", "do", "are") if many else ("goes", "does", "is")
    series = tested.kind == "series"
    figures = f"rank correlation {tested.found.effect:.2f}".replace("-", "−") if series else ""
    figures = "; " + ", ".join(part for part in (figures, _corrected(p)) if part) if tested.linked else ""
    if outcome == "supported":
        return f"{cause.name} {go} with the gap: {tested.words}{figures}."
    if outcome == "contradicted":
        if series or tested.found.effect < 0:
            turned = p < ALPHA and tested.found.effect < 0
            found = "show the opposite" if turned else "show no link that way"
            return f"{cause.name} {do} not go with the gap: {_subject(tested)} {found}{figures}."
        return f"{cause.name} {do} not go with the gap: {tested.words}{figures}."
    if not tested.linked:
        return f"{cause.name} may be there, but no link to the gap is tested: {tested.words}."
    return f"{cause.name} {are} neither supported nor ruled out: {_subject(tested)} leave it open{figures}."


def _corrected(p: float) -> str:
    """Return a corrected p-value in words that never claim certainty.

    >>> _corrected(0.0001), _corrected(0.0321), _corrected(1.0)
    ('corrected p < 0.001', 'corrected p = 0.032', 'corrected p > 0.99')
    """
    if p < 0.001:
        return "corrected p < 0.001"
    return "corrected p > 0.99" if p > 0.99 else f"corrected p = {p:.3f}"


def _subject(tested: Trial) -> str:
    if tested.kind == "series":
        return f"{tested.found.n} {tested.span} of {_SOURCES.get(tested.rows, tested.rows or 'data')}"
    return f"{tested.found.n:,} {_CASES.get(tested.rows, 'cases')}"


_SOURCES = {"kpis": "figures", "journey": "journeys"}
_CASES = {"journey": "customers", "leads": "leads", "goals": "goals", "perceptions": "answers"}
