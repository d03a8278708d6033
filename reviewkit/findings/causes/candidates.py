"""Candidate causes of each gap, tested where the evidence allows; never more than association."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from reviewkit.content import Cause, Codebook
from reviewkit.model import Engagement, Measure
from reviewkit.model.words import listing
from reviewkit.voices.partnering import holm

from ..convergence.topic_links import linked_codes
from ..wording import filled
from .association import FEWEST
from .inputs import Inputs
from .links import by_size, ends_of
from .presence import Presence
from .tests import run_tests
from .trial import Trial
from .words import ALPHA, Judged, statement, untested

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
COLUMNS += ("department_from", "department_to", "raised", "measure", "site", "kind", "smallest_effect")
# The least effect worth acting on, and the one a test must have been able to see before it contradicts.
# A condition at one site of five shows as a weak link over all of them, so little must be possible
# before it is ruled out.
LEAST = {"series": (0.2, 0.2), "rate": (0.02, 0.05), "points": (0.3, 0.5)}


def all_causes(content: Mapping[str, Cause], engagement: Engagement) -> dict[str, Cause]:
    """Return the causes written for this project and the client's own, by id; the client's win.

    >>> from reviewkit.content import load_causes
    >>> sorted(all_causes(load_causes(), Engagement(id="e", name="E", client="C", purpose="P",
    ...     data_as_of="2025-01-31", data=".")))[:2]
    ['communication', 'contract_knowledge']
    """
    tables = {measure.id: measure.table for measure in engagement.measures}
    own = {
        cause.id: Cause(
            id=cause.id,
            name=cause.name,
            description=cause.description or cause.name,
            test="input_series",
            needs=(tables[cause.measure],),
            settle=cause.settle,
        )
        for cause in engagement.causes
    }
    return {**content, **own}


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
    gaps : ``gap_id, kind, measure, site, code, since`` (see ``measured_gaps``, ``described_gaps``).
    raised : codes raised as concerns.

    Returns
    -------
    ``gap_id, cause, name, test, effect`` (positive: the worse the condition the worse the
    measure), ``p_value`` (corrected), ``n, verdict, statement, settle, department_from,
    department_to, raised, measure, site, kind, smallest_effect`` (what the test would have shown
    four times in five, in the unit of ``effect``).
    """
    concerns, rows = list(raised), []
    measures = {measure.id: measure for measure in engagement.measures}
    register = by_size(inputs.evidence.frame("stakeholders"))
    for gap in gaps.to_dict("records"):
        measure = measures.get(gap["measure"])
        candidates = candidate_causes(gap, codebook, concerns, measure)
        candidates |= {own.id: False for own in engagement.causes if gap["measure"] in own.explains}
        tests = _tests(gap, measure, candidates, inputs)
        for name, was_raised in candidates.items():
            ends = ends_of(name, gap["measure"], register)
            rows.append(
                _row(gap, causes[name], tests[name], was_raised) | dict(zip(_ENDS, ends, strict=True))
            )
    if not rows:
        kinds = {"effect": "float64", "p_value": "float64", "smallest_effect": "float64", "n": "int64"}
        kinds["raised"] = "bool"
        return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in COLUMNS})
    return pd.DataFrame(rows)[list(COLUMNS)]


_ENDS = ("department_from", "department_to")


def _tests(
    gap: Mapping[Any, Any], measure: Measure | None, candidates: Iterable[str], inputs: Inputs
) -> dict[str, list[Judged]]:
    """Run the tests of every candidate for one gap, correct them together, and judge each."""
    since = gap.get("since", pd.NaT)
    found = {
        name: run_tests(name, measure, gap["site"], inputs, since) if measure else [] for name in candidates
    }
    flat = [tested for tests in found.values() for tested in tests]
    # A test without a link cannot support a cause: it is no further chance of a false alarm.
    linked = [tested.found.p_value if tested.linked else np.nan for tested in flat]
    corrected = iter(holm(pd.Series(linked, dtype="float64")).tolist())
    looks = sum(1 for tested in flat if tested.linked)
    sites = inputs.sites(measure.id) if measure else []
    return {
        name: [_judged(tested, next(corrected), looks, gap, sites) for tested in tests]
        for name, tests in found.items()
    }


def _judged(tested: Trial, p: float, looks: int, gap: Mapping[Any, Any], sites: list[str]) -> Judged:
    """Return the verdict of one test for one gap; a link holds only where the condition was there."""
    outcome, seen = verdict(tested, p), Presence("there")
    if outcome == "supported" and tested.at is not None:
        since = gap.get("since", pd.NaT)
        where = [gap["site"]] if gap["site"] else sites
        all_seen = {site: tested.at(site, since) for site in where}
        there = [site for site, found in all_seen.items() if found.state == "there"]
        if gap["site"]:
            seen = all_seen[gap["site"]]
        elif not there:
            seen = Presence("unclear", "no site by itself shows the condition beyond chance")
        elif any(there) and len(there) < len(sites):
            seen = Presence("there", f"the condition shows at {listing(there, limit=3)}")
        outcome = {"there": outcome, "absent": "contradicted", "unclear": "inconclusive"}[seen.state]
    return Judged(outcome, tested, p, smallest_effect(tested.found.chance, looks), seen)


def verdict(tested: Trial, p_value: float) -> str:
    """Return what one test says of its cause.

    >>> from reviewkit.findings.causes.association import Association
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
    half = 1.96 * found.chance
    # Ruled out only where an effect worth noticing would have shown, and nothing points that way.
    return "contradicted" if found.effect - half <= 0 and found.effect + half < visible else "inconclusive"


def smallest_effect(chance: float, looks: int) -> float:
    """Return the effect that a test shows four times in five, after correction for ``looks`` tests.

    ``(z(1 - 0.05 / 2 looks) + z(0.8)) x chance`` (Cohen, "Statistical Power Analysis", 1988).

    >>> round(smallest_effect(0.1, 1), 2), round(smallest_effect(0.1, 3), 2)
    (0.28, 0.32)
    """
    from scipy.stats import norm

    return float((norm.isf(ALPHA / 2 / max(looks, 1)) + norm.isf(0.2)) * chance)


def _row(gap: Mapping[Any, Any], cause: Cause, judged: list[Judged], raised: bool) -> dict[str, Any]:
    made = {"gap_id": gap["gap_id"], "cause": cause.id, "name": cause.name, "settle": cause.settle}
    made |= {"raised": raised, "measure": gap["measure"], "site": gap["site"], "kind": ""}
    if not judged:
        nothing = dict.fromkeys(("effect", "p_value", "smallest_effect"), np.nan)
        words = untested(cause, gap["measure"], raised)
        return made | nothing | {"test": "", "n": 0, "verdict": "untested", "statement": words}
    best = min(judged, key=lambda one: (_FIRST.index(one.verdict), np.nan_to_num(one.p_value, nan=1.0)))
    tested = best.tested
    return made | {
        "test": tested.test,
        "effect": tested.found.effect,
        "p_value": best.p_value,
        "n": tested.found.n,
        "verdict": best.verdict,
        "statement": statement(cause, best, gap["site"]),
        "kind": tested.kind,
        "smallest_effect": best.smallest if tested.linked else np.nan,
    }


_FIRST = ("supported", "inconclusive", "contradicted")
