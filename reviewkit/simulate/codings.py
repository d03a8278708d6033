"""How two analysts coded the remarks, and which quotes were approved."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from .contacts import Scene

UNCODED, DOUBLE, SLIP = 0.2, 0.15, 0.07
ANALYSTS = ("analyst A", "analyst B")
CONFUSED = {
    "training_gap": "feedback_to_staff",
    "process_and_tools": "operational_inefficiency",
    "operational_inefficiency": "process_and_tools",
    "systems_and_it": "process_and_tools",
    "staffing_and_workload": "resource_constraint",
    "recognition": "morale",
    "morale": "recognition",
    "communication_between_teams": "handoffs_and_coordination",
    "handoffs_and_coordination": "communication_between_teams",
    "management_support": "culture",
    "culture": "management_support",
    "lead_quality": "misaligned_goals",
    "bureaucracy_and_rules": "process_and_tools",
    "customer_journey": "handoffs_and_coordination",
    "strategy": "misaligned_goals",
}
"""The code a coder takes a theme for by mistake."""


def codings(scene: Scene, truth: pd.DataFrame, remarks: pd.DataFrame) -> pd.DataFrame:
    """Return the codings: most by analyst A, a sample by both, a fifth of the remarks by neither."""
    rng = scene.rng("codings")
    ids = remarks["remark_id"].to_numpy()
    lot = dict(zip(ids, rng.random(len(ids)), strict=True))
    parts = []
    for coder, chosen in (
        (ANALYSTS[0], [i for i in ids if lot[i] >= UNCODED]),
        (ANALYSTS[1], [i for i in ids if UNCODED <= lot[i] < UNCODED + DOUBLE]),
    ):
        parts.append(_by(rng, coder, truth[truth["remark_id"].isin(chosen)]))
    return pd.concat(parts).drop_duplicates(["remark_id", "code", "coder"], ignore_index=True)


def _by(rng: np.random.Generator, coder: str, truth: pd.DataFrame) -> pd.DataFrame:
    """One coder's view: now and then another code, another stance, or a second theme missed."""
    slips = rng.random(len(truth)) < SLIP
    wrong = truth["code"].map(CONFUSED).fillna(truth["code"])
    second = truth.duplicated("remark_id").to_numpy() & (rng.random(len(truth)) < 0.08)
    table = truth.assign(code=truth["code"].mask(slips, wrong), coder=coder)
    other = table["stance"].map({"concern": "suggestion", "suggestion": "concern", "strength": "strength"})
    table["stance"] = table["stance"].mask(rng.random(len(truth)) < 0.04, other)
    table["memo"] = np.where(slips, "unsure, see definition", "")
    return table[~second]


def quotes(scene: Scene, remarks: pd.DataFrame, register: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Return quotes considered: on the record, coded, short enough; names taken out; some refused."""
    rng = scene.rng("quotes")
    open_ = remarks[(remarks["on_record"] == True) & remarks["remark_id"].isin(coded["remark_id"])]  # noqa: E712
    open_ = open_[open_["text"].str.len().between(40, 260)]
    chosen = open_.sample(min(len(open_), 12 + len(remarks) // 7), random_state=rng).sort_index()
    words = redacted(chosen["text"], register["name"].dropna().tolist())
    refused = (words != chosen["text"]) & (rng.random(len(chosen)) < 0.5) | (rng.random(len(chosen)) < 0.12)
    decided = pd.to_datetime(chosen["said_on"]) + pd.Timedelta(days=10)
    return pd.DataFrame(
        {
            "remark_id": chosen["remark_id"],
            "words": words,
            "status": np.where(refused, "refused", "approved"),
            "role": "Lead analyst",
            "decided_on": decided,
        }
    ).reset_index(drop=True)


def redacted(texts: pd.Series, names: list[str]) -> pd.Series:
    """Return texts with every registered name, whole or first, taken out.

    >>> redacted(pd.Series(["Ask Priya Kapoor or Priya."]), ["Priya Kapoor"]).tolist()
    ['Ask [colleague] or [colleague].']
    """
    words = sorted({part for name in names for part in (name, name.split()[0])}, key=len, reverse=True)
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b")
    return texts.map(lambda text: pattern.sub("[colleague]", text))
