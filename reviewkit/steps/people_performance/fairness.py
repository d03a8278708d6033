"""What step 2.5 says of its own fairness: case mix, ranks, chance, and who is not judged."""

from __future__ import annotations

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.findings.people import bias as people_bias
from reviewkit.findings.people import compared as fair
from reviewkit.findings.people.standing import singled_out
from reviewkit.model import Finding
from reviewkit.performance import rank_words
from reviewkit.present.words import listing, number, plain, plural

from .findings import ASPECTS, OBJECTIVE, PERSONAL, WAYS, finding

_ABOUT_AGENTS = ("fairness", "bias", "results")
_RANKS = "95% interval of each rank, from draws of all agents' levels"
_CHANCE = "Expected by chance: 5% of agents; false discovery rate (Benjamini and Hochberg 1995)"


def fairness_findings(judged: pd.DataFrame) -> list[Finding]:
    """Return what was adjusted for, whom raw figures would have misplaced, and what ranks are worth."""
    found = []
    for row in people_bias.moved_by_adjusting(judged).to_dict("records"):
        moved, agents = row["moved"] or "none", plural(row["agents"], "agent")
        mine = judged[judged["measure"] == row["measure"]]
        name, made_for = ASPECTS[row["measure"]].name, str(mine["adjusted_for"].iloc[0])
        text = (
            f"{name}: raw figures would have placed {moved} of {agents} "
            "among the best or weakest quarter who do not belong there once case mix and small numbers are "
            f"allowed for. {made_for[0].upper()}{made_for[1:]}."
        )
        made = {"moved": row["moved"], "agents": row["agents"]}
        found.append(finding("fairness", row["measure"], text, made, row["agents"], fair.RULES[0]))
        ranks = rank_words(mine)
        if row["measure"] in OBJECTIVE and ranks:
            text = f"{name}, ranks. {ranks}"
            found.append(finding("fairness", f"{row['measure']}_ranks", text, {}, len(mine), _RANKS))
    return found + _chance_findings(judged)


def _chance_findings(judged: pd.DataFrame) -> list[Finding]:
    """What looking at many people does: with counts for those who may know them, else what to expect."""
    found = []
    for made in singled_out(judged):
        agents, subject = made["agents"], made["measure"]
        lead = (
            f"{ASPECTS[subject].name}: were all {agents} agents alike, "
            f"{number(made['by_chance'], 'count', 1)} would lie beyond plain 95% intervals by chance"
        )
        wrong = number(made["wrong"], "count", 1) if made["wrong"] >= 0.05 else "fewer than 0.1"
        tail = f", of whom {wrong} are to be expected on the wrong side" if made["apart"] else ""
        exact = (
            f"{lead}; {_does(made['plain'], 'do', 'does')}. Once all who were looked at are allowed for, "
            f"{_does(made['apart'], 'stand', 'stands')} apart{tail}."
        )
        figures = {key: made[key] for key in ("agents", "plain", "by_chance", "apart", "wrong")}
        few = {key: made[key] for key in ("agents", "by_chance")}
        found += [
            finding("fairness", f"{subject}_chance", exact, figures, agents, _CHANCE, PERSONAL),
            finding(
                "fairness",
                f"{subject}_expected",
                f"{lead}; nobody is singled out on so little.",
                few,
                agents,
                _CHANCE,
                ("leadership",),
            ),
        ]
    return found


def _does(number: int, many: str, one: str) -> str:
    return f"{number or 'none'} {one if number == 1 else many}"


def unjudged_findings(unjudged: pd.DataFrame, cells: pd.DataFrame, gate: Discloser) -> list[Finding]:
    """Return who is not judged, by reason, in numbers; and contacts that name nobody."""
    found = []
    agents = int(cells.loc[cells["agent"] != "", "agent"].nunique())
    for measure, rows in unjudged.groupby("measure", sort=False):
        counts = rows["why"].value_counts(sort=False)
        for subject, edition, audience in WAYS:
            told = [(gate.count(int(count), agents, edition), str(why)) for why, count in counts.items()]
            parts = [f"{count} agents ({why})" if " of " in count else f"{count} of {agents} agents ({why})"
                     for count, why in told]  # fmt: skip
            text = f"{ASPECTS[str(measure)].name}, not judged: {listing(parts)}."
            known = {"not_judged": len(rows), "agents": agents} if audience == PERSONAL else {}
            found.append(
                finding("unjudged", f"{measure}_{subject}", text, known, agents, fair.RULES[2], audience)
            )
    return found + _nobody_named(cells)


def kept_back(found: list[Finding], unjudged: pd.DataFrame, agents: int, least: int) -> list[Finding]:
    """Keep from leadership the findings whose number of agents would give away how few are not judged.

    Leadership reads that small number in bands and the number of all agents; the number judged,
    told exactly, would give it away by subtraction. ``agents`` is the number of all agents.
    """
    gone = unjudged.groupby("measure")["agent"].nunique() if len(unjudged) else pd.Series(dtype="int64")
    telling = {agents - int(count) for count in gone if 0 < count < least}
    kept = []
    for one in found:
        numbers = {one.figures.get(name) for name in ("agents", "n", "units")}
        numbers |= {evidence.rows for evidence in one.evidence}
        if not one.personal and one.kind in _ABOUT_AGENTS and numbers & telling:
            one = one.model_copy(update={"audience": tuple(e for e in one.audience if e in PERSONAL)})
        if one.audience:
            kept.append(one)
    return kept


def _nobody_named(cells: pd.DataFrame) -> list[Finding]:
    if "contacts" not in cells:
        return []
    total, without = int(cells["contacts"].sum()), int(cells.loc[cells["agent"] == "", "contacts"].sum())
    if not without:
        return []
    text = f"{without:,} of {total:,} contacts name nobody who handled them; they count for no agent."
    figures = {"without": without, "contacts": total}
    return [finding("unjudged", "no_agent", text, figures, total, fair.RULES[2])]


def agreement_findings(rates: pd.DataFrame) -> list[Finding]:
    """Return how far what customers feel agrees with what was done."""
    link = people_bias.agreement(rates) if len(rates) else None
    if not link:
        return []
    strength = "cannot be shown to go together"
    if link["lower"] > 0:
        strength = "go together"
    elif link["upper"] < 0:
        strength = "go against one another"
    told, low, high = (plain(link[name], 2) for name in ("correlation", "lower", "upper"))
    text = (
        f"Agents' first-contact resolution and the scores customers give them {strength} (rank correlation "
        f"{told}, 95% interval {low} to {high}, "
        f"{link['n']:.0f} agents)"
    )
    text += "." if link["lower"] > 0 else ": scores alone should not decide about anybody."
    rule = "Spearman, adjusted figures; interval of Bonett and Wright (2000)"
    return [finding("bias", "resolution_and_csat", text, dict(link), int(link["n"]), rule)]
