"""Blocks of the week-1 report: gaps, priority issues, interventions, and what can be concluded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from reviewkit.disclosure import Discloser
from reviewkit.model import Edition, Finding
from reviewkit.model.words import inline
from reviewkit.present.blocks import Folded, Stack, Statements, Table, Words, trail_link
from reviewkit.present.view import Block
from reviewkit.present.words import listing, plural, sentence

FEW = 5
"""Under so many interviews what people say is a lead and no pattern."""
UNNAMED = "no topic raised leads to one"
TO_TEST = "Cause to test first, by the codebook"
"""The link from a topic to a cause is the codebook's: people raise topics."""


def opinions(
    found: Sequence[Finding], notes: Mapping[str, str], held: Sequence[str], edition: Edition, most: int
) -> Block:
    """Return the opinions that stand, those beyond ``most`` folded, and what was held back and why."""
    first = Statements(found[:most], edition=edition, ordered=True, why=dict(notes))
    rest = Statements(found[most:], edition=edition, ordered=True, start=most + 1, why=dict(notes))
    folded = Folded(f"{plural(len(found) - most, 'further opinion')} of less weight", rest)
    return Stack(first, folded if len(found) > most else None, Words(*held))


def priority_issues(
    rows: pd.DataFrame, themes: Mapping[str, str], gate: Discloser, noun: str, edition: Edition
) -> Block:
    """Return the priority issues, in how many interviews each was raised, and the formula.

    ``themes`` gives the finding of step 1.4 about a code, where there is one.
    """
    raised = [
        gate.count(int(units), int(total), edition)
        for units, total in zip(rows["units"], rows["units_total"], strict=True)
    ]
    table = rows.assign(
        what=linked(rows["name"], [themes.get(str(code), "") for code in rows["code"]]),
        points=rows["score"].astype("float64"),
        raised=raised,
    )
    headings = {"what": "Issue", "rank": "Rank", "raised": f"Raised in ({noun}s)", "points": "Score"}
    formula = Words(str(rows["formula"].iloc[0]))
    return Stack(
        Table(table, caption="Priority issues", headings=headings, formats={"points": ".1f"}),
        Folded("How the score is made", formula),
    )


def gap_map(
    gaps: pd.DataFrame, contracts: Mapping[str, str], quotes: Mapping[str, str] | None = None
) -> Block:
    """Return the first gap map: the measured gaps one row a measure, then those only people describe.

    ``contracts`` names contracts by id; ``quotes`` gives an approved quote by code, as it may be shown.
    """
    table = gaps.assign(
        place=[
            str(site) or contracts.get(str(contract), str(contract))
            for site, contract in zip(gaps["site"], gaps["contract"], strict=True)
        ],
        cause_words=gaps["likely_cause"].where(gaps["likely_cause"].ne(""), UNNAMED),
    )
    measured, described = (table[table["kind"].eq(kind)] for kind in ("measured", "described"))
    return Stack(_measured(measured), _described(described, quotes or {}))


def _measured(rows: pd.DataFrame) -> Block:
    if rows.empty:
        return Words("The numbers show no gap, or there are none.")
    # Of each measure the whole stands first, else its largest part.
    first = rows.sort_values("place", key=lambda place: place.ne(""), kind="stable")
    first = first.drop_duplicates("measure").loc[lambda kept: kept.index.sort_values()]
    where = rows[~rows["gap_id"].isin(first["gap_id"])].groupby("measure")["place"].agg(list)
    lead = _named(first)
    lead["also"] = [listing(where.get(measure, [])) or "nowhere else" for measure in lead["measure"]]
    headings = {"what": "Gap", "expected": "Expected", "actual": "Actual", "also": "A gap of their own"}
    headings |= {"cause_words": TO_TEST}
    caption = "Measured gaps: one row a measure, the largest first"
    every = {"what": "Gap", "expected": "Expected", "actual": "Actual", "evidence": "Evidence"}
    full = Table(_named(rows), caption="Every measured gap and its evidence", headings=every)
    more = f"All {plural(len(rows), 'measured gap')}, by place, with the evidence in words"
    return Stack(Table(lead, caption=caption, headings=headings), Folded(more, full))


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    names = [
        f"{name}, {place}" if place else name for name, place in zip(rows["name"], rows["place"], strict=True)
    ]
    return rows.assign(what=linked(pd.Series(names, index=rows.index), rows["gap_id"]))


def _described(rows: pd.DataFrame, quotes: Mapping[str, str], most: int = 5) -> Block:
    if rows.empty:
        return Words("Nobody describes a gap that no number shows, or nobody has been heard.")
    said = rows["code"].map(lambda code: quotes.get(str(code), "no quote on it has been approved"))
    counted = [
        text.removeprefix(f"{name}: ") for name, text in zip(rows["name"], rows["evidence"], strict=True)
    ]
    table = rows.assign(what=linked(rows["name"], rows["gap_id"]), said=said, counted=counted)
    headings = {"what": "Gap", "expected": "Expected", "said": "Actual, in somebody's words"}
    headings |= {"counted": "Evidence"}
    headings |= {"cause_words": TO_TEST}
    caption = "Gaps only people describe: no number bears them out"
    rest = Table(table.iloc[most:], caption="Further gaps only people describe", headings=headings)
    folded = Folded(f"{plural(len(table) - most, 'further gap')} that only people describe", rest)
    shown = Table(table.head(most), caption=caption, headings=headings)
    return Stack(shown, folded if len(table) > most else None)


def interventions(rows: pd.DataFrame) -> Block:
    """Return a first intervention for each department and likely cause, and the gaps it is for."""
    ids = [f"1.6/intervention/{row.intervention}/{row.department}" for row in rows.itertuples()]
    told = [Finding.of("1.6", "intervention", *one.split("/")[2:], statement="").id for one in ids]
    table = rows.assign(
        what=linked(rows["title"], told),
        aim=[f"{row.cause}: {plural(int(str(row.gaps)), 'gap')}" for row in rows.itertuples()],
    )
    headings = {"department": "Department", "what": "Intervention", "why": "Why"}
    headings |= {
        "aim": "For the cause to test first",
        "impact": "Impact (1 to 5)",
        "effort": "Effort (1 to 5)",
    }
    note = "Proposals for discussion; step 3.1 decides with tested causes."
    return Table(table, caption="First interventions by department", headings=headings, note=note)


def linked(words: pd.Series[Any], ids: Sequence[object] | pd.Series[Any]) -> pd.Series[Any]:
    """Return words, each with the link to its place in the trail where it has one."""
    cells = [
        Markup("{} {}").format(text, trail_link(str(one))) if one else text
        for text, one in zip(words, ids, strict=True)
    ]
    return pd.Series(cells, index=words.index, dtype="object")


def one_sided(figures: bool, interviews: int, comments: int, served: str) -> list[str]:
    """Return what cannot be concluded because one side is missing or thin, one sentence each.

    Parameters
    ----------
    figures : whether any measure could be worked out.
    interviews, comments : how many interviews, and comments of those served, were coded.
    served : what one of those served is called.

    Examples
    --------
    >>> for line in one_sided(False, 2, 0, "customer"):
    ...     print(line)
    There are no figures: how large anything is, since when, and its cost cannot be said.
    Only 2 interviews are coded: what was said is a lead to follow and no pattern.
    """
    told = []
    if not figures:
        told.append("There are no figures: how large anything is, since when, and its cost cannot be said.")
    if not interviews and not comments:
        told.append("Nobody has been heard: why anything is as it is cannot be said, and no cause is named.")
    elif not interviews:
        told.append(
            f"Only {inline(served)}s' comments are coded: what staff and managers see, and why, is not known."
        )
    elif interviews < FEW:
        told.append(
            f"Only {plural(interviews, 'interview')} {'is' if interviews == 1 else 'are'} coded: "
            "what was said is a lead to follow and no pattern."
        )
    return told


def not_yet_known(signals: pd.DataFrame, gaps: pd.DataFrame, heard: bool) -> list[str]:
    """Return what missing targets and gaps without a likely cause leave open, one sentence each.

    Parameters
    ----------
    signals : of step 1.1, the whole of each measure: ``name, target, direction``.
    gaps : the first gap map.
    heard : whether anybody has been heard; without it no cause can be named.

    Examples
    --------
    >>> signals = pd.DataFrame({"name": ["Waits"], "target": [float("nan")], "direction": ["decrease"]})
    >>> not_yet_known(signals, pd.DataFrame({"likely_cause": [""]}), False)
    ['Waits: no target is on file, so it can be said whether it changes, not whether it is good enough.']
    """
    told = []
    judged = signals[signals["direction"].isin(["increase", "decrease"])]
    without = [inline(str(name)) for name in judged.loc[judged["target"].isna(), "name"]]
    if without:
        it, changes = ("it", "changes") if len(without) == 1 else ("they", "change")
        names = sentence(listing(without, limit=6))[:-1]
        told.append(
            f"{names}: no target is on file, so it can be said whether {it} {changes}, "
            f"not whether {it} {'is' if it == 'it' else 'are'} good enough."
        )
    unnamed = int(gaps["likely_cause"].eq("").sum())
    if unnamed and heard:
        told.append(
            f"For {unnamed} of {plural(len(gaps), 'gap')} no topic that was raised leads to a cause; "
            "ask about them in the interviews still to come."
        )
    return told
