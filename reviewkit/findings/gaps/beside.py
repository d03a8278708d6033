"""What the measures say of a topic that only people describe: nothing, nothing special, or the opposite."""

from __future__ import annotations

import pandas as pd

from reviewkit.model.words import inline

from ..wording import agree

_SPEAK = "people speak of it, "
_FEW = "too few speak of it "


def beside_measures(convergence: pd.DataFrame) -> dict[str, str]:
    """Return by topic, in half a sentence, how step 1.5 found the measures to stand to it.

    Parameters
    ----------
    convergence : one row a topic and measure from step 1.5, verdicts as they hold: ``code, measure,
        measure_name, relationship, meaning, leading``. The leading row of a topic speaks for it.

    Examples
    --------
    >>> row = {"code": "handoffs", "measure": "starts", "measure_name": "Referrals who start",
    ...        "relationship": "dissonance", "leading": True,
    ...        "meaning": "Hand-offs: people see a concern where referrals who start show the opposite."}
    >>> beside_measures(pd.DataFrame([row]))
    {'handoffs': 'while referrals who start show the opposite'}
    """
    if convergence.empty:
        return {}
    rows = convergence[convergence["leading"].astype(bool) & convergence["code"].ne("")]
    found = {}
    for row in rows.to_dict("records"):
        name = row["measure_name"] if isinstance(row["measure_name"], str) else ""
        said = _said(str(row["relationship"]), name, str(row["meaning"]))
        if said:
            found[str(row["code"])] = said
    return found


def _said(relationship: str, name: str, meaning: str) -> str:
    told = meaning.partition(": ")[2].rstrip(".")
    if not name:
        return "and no measure speaks to it"
    if relationship == "dissonance":
        if "keeps meeting" in told or "keep meeting" in told:
            return f"while {inline(name)} {agree(name, 'keeps', 'keep')} meeting its target"
        return f"while {inline(name)} {agree(name, 'shows', 'show')} the opposite"
    if relationship == "silence_in_voices":
        return f"too few to bear out the change in {inline(name)}"
    if relationship == "silence_in_data" and told.startswith(_SPEAK):
        return told.removeprefix(_SPEAK)
    if relationship == "silence_in_data" and told.startswith(_FEW):
        return f"too few {told.removeprefix(_FEW)}"
    return ""
