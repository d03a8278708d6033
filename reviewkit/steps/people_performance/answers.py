"""What step 2.5 says and shows of customers' scores: who answers, after what, and what that changes."""

from __future__ import annotations

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.findings.people.scores import FEWEST_ANSWERS, UNLIKE, Scores
from reviewkit.model import Edition, Finding
from reviewkit.present.blocks import Folded, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import listing, number, percent, plural

from .findings import PERSONAL, WAYS, finding

_STRATA = {"outcome": "whether they were solved", "channel": "channel"}
_RATIO = "Ratio of shares within sites (Mantel and Haenszel; Greenland and Robins 1985)"
_WEIGHTED = "Inverse-probability weights by cell (Little and Rubin 2002)"
_UNLIKE = "Noncentral hypergeometric test; false discovery rate (Benjamini and Hochberg 1995)"
_LIMITS = (
    "Weighting puts right what hangs on the outcome and the channel. Whether, of those served alike, the "
    "contented answer more often cannot be told from these figures."
)


def score_findings(made: Scores | None, gate: Discloser) -> list[Finding]:
    """Return who gives scores, and what follows for the figures of sites and agents."""
    if made is None:
        return []
    found = [_who_answers(made)]
    for unit, table in (("agent", made.agents), ("site", made.sites)):
        text, figures = _moves(table, unit, made.strata)
        if text:
            found.append(finding("bias", f"weighted_{unit}", text, figures, made.answered, _WEIGHTED))
    return found + _unlike(made, gate)


def _who_answers(made: Scores) -> Finding:
    share = made.answered / made.asked
    text = f"Scores come from {percent(share)} of contacts ({made.answered:,} of {made.asked:,})"
    figures: dict[str, float] = {"share": share}
    if made.ratio is None:
        text += "; whether those who answer were served better cannot be said: outcomes are not on file."
        return finding("bias", "who_answers", text, figures, made.asked, _RATIO)
    ratio, low, high = (made.ratio[name] for name in ("ratio", "lower", "upper"))
    gone = int(made.ratio["left_out"])
    text += (
        f"; solved contacts are scored {ratio:.2f} times as often as others of the same site "
        f"(95% interval {low:.2f} to {high:.2f}"
    )
    text += f"; {plural(gone, 'contact')} without a known outcome left out)" if gone else ")"
    if low > 1 or high < 1:
        whose = "was solved" if low > 1 else "was not solved"
        text += f": those whose contact {whose} count for more in the mean score."
    else:
        text += ": no bias by outcome can be shown."
    figures |= {"ratio": ratio, "ratio_lower": low, "ratio_upper": high}
    return finding("bias", "who_answers", text, figures, made.asked, _RATIO)


def _moves(table: pd.DataFrame, unit: str, strata: tuple[str, ...]) -> tuple[str, dict[str, float]]:
    """What weighting does to scores and places; empty where it cannot be done."""
    named = table[table[unit].fillna("") != ""]
    enough = named[named["answered"] >= FEWEST_ANSWERS]
    if len(enough) < 2 or not strata:
        return "", {}
    moved = enough["moved"].astype("float64").abs()
    change, few = enough["weighted"] - enough["raw"], len(named) - len(enough)
    by, places = listing([_STRATA[name] for name in strata]), int((moved > 0).sum())
    # The mean of the changes themselves would be near nothing wherever some go up and others down.
    size = float(change.abs().mean())
    text = f"Scores weighted to all contacts by {by} "
    if places:
        text += (
            f"move {places} of {plural(len(enough), unit)} to another place, the most by "
            f"{plural(int(moved.max()), 'place')}"
        )
    else:
        text += f"leave each of {plural(len(enough), unit)} in place"
    small = "less than 0.01" if size < 0.005 else f"{size:.2f}"
    text += f"; a mean score changes by {small} on average, up or down"
    text += f" ({plural(few, unit)} with fewer than {FEWEST_ANSWERS} scores left out)." if few else "."
    figures = {"moved": places, "units": len(enough), "most": int(moved.max())}
    return text, {**figures, "change": size, "left_out": few}


def _unlike(made: Scores, gate: Discloser) -> list[Finding]:
    if made.unlike.empty:
        return []
    count, total = int((made.unlike["q_value"] <= UNLIKE).sum()), len(made.unlike)
    found = []
    for subject, edition, audience in WAYS:
        told = gate.count(count, total, edition)
        whose = "agents" if told.endswith(f"of {total}") else f"of {total} agents"
        text = (
            f"The scored contacts of {told} {whose} differ from those they handled, in whether they were "
            f"solved, by more than the general pattern and chance explain (false discovery rate "
            f"{percent(UNLIKE)})."
        )
        known = {"unlike": count, "agents": total} if audience == PERSONAL else {}
        found.append(finding("bias", f"unlike_{subject}", text, known, total, _UNLIKE, audience))
    return found


def answers_block(made: Scores | None, gate: Discloser, edition: Edition) -> Block:
    """Return who gives scores, and scores as given beside weighted ones; agents for their managers alone."""
    if made is None:
        return Words("No customer's score is on file.")
    shown = [_rates_table(made, gate, edition), _units_table(made.sites, "site", gate, edition)]
    if edition in PERSONAL:
        shown.append(_units_table(made.agents, "agent", gate, edition))
    return Stack(*shown, Words(_LIMITS))


def _rates_table(made: Scores, gate: Discloser, edition: Edition) -> Block:
    rows = made.rates
    if edition != "team" and len(rows):
        rows = gate.suppress(rows, "answered", values=["asked", "rate", "lower", "upper"], by="by")
    headings = {
        "by": "By",
        "value": "Contacts",
        "asked": "Handled",
        "answered": "Scored",
        "rate": "Share scored",
    }
    table = Table(
        rows.reset_index(drop=True),
        caption="Who gives a score: share of contacts scored, with 95% intervals",
        headings=headings | {"lower": "From", "upper": "To"},
        formats=dict.fromkeys(("rate", "lower", "upper"), percent),
        limit=40,
    )
    return Folded("Who gives a score, by kind of contact", table)


def _units_table(table: pd.DataFrame, unit: str, gate: Discloser, edition: Edition) -> Block:
    rows = table[table[unit].fillna("") != ""].sort_values("weighted", ascending=False, na_position="last")
    half = 1.959964 * rows["error"]
    rows = rows.assign(lower=rows["weighted"] - half, upper=rows["weighted"] + half)
    if edition != "team":
        figures = ["asked", "rate", "raw", "weighted", "lower", "upper", "moved"]
        rows = gate.suppress(rows, "answered", values=figures)
    headings = {unit: unit.capitalize(), "answered": "Scores", "rate": "Share scored", "raw": "As given"}
    headings |= {"weighted": "Weighted to all", "lower": "From", "upper": "To", "moved": "Places moved up"}
    scores = dict.fromkeys(("raw", "weighted", "lower", "upper"), lambda value: number(value, "score", 2))
    whose = "Personal: customers' scores by agent" if unit == "agent" else f"Customers' scores by {unit}"
    shown = Table(
        rows.reset_index(drop=True),
        caption=f"{whose}, as given and weighted to all contacts, with 95% intervals",
        headings=headings,
        formats={**scores, "rate": percent},
        limit=100,
        note=f"Places are counted from {FEWEST_ANSWERS} scores.",
    )
    return Folded(f"Scores as given and weighted, by {unit}", shown)
