"""Whether there is a defined journey, and whether staff say they know it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from reviewkit.model import Engagement, Finding
from reviewkit.performance import wilson
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import listing, percent, plural

from . import figures as figures
from .findings import made_finding

READINGS = {
    "said_not_done": "said, not done",
    "done_not_said": "done, not said",
    "both": "said and done",
    "neither": "neither",
}
_RULE = "Majority of staff answering 4 or 5, and of customers keeping to the journey; 95% intervals by Wilson"


def defined_table(engagement: Engagement) -> Block:
    """Return the journey each contract asks for."""
    if not engagement.journey:
        return Words(
            "No journey is set out: ask which steps the contract expects of each customer, and in what order."
        )
    names = {contract.id: contract.name for contract in engagement.contracts} | {"all": "All contracts"}
    rows = [{"contract": names.get(key, key), "steps": " > ".join(step.replace("_", " ") for step in steps)}
            for key, steps in engagement.journey.items()]  # fmt: skip
    return Table(
        pd.DataFrame(rows),
        caption="The journey each contract asks for",
        headings={"contract": "Contract", "steps": "Steps in order"},
    )


def beside(
    perceptions: pd.DataFrame, judged: pd.DataFrame, units: pd.DataFrame, minimum: int
) -> pd.DataFrame:
    """Return what staff say of the journey beside what is done, site by site.

    Parameters
    ----------
    judged : journeys that got beyond the first step, as judged; ``units`` : how alike journeys are.

    Returns
    -------
    ``site, answers, share`` (say they can describe it), ``customers, conforms`` (take it), ``index``
    and ``reading``: ``said_not_done``, ``done_not_said``, ``both``, ``neither``, or ``""`` where the
    95 % interval of one side takes in a half: which side the majority is on is not certain.
    """
    said = figures.agreeing(perceptions, figures.CLEAR, minimum=minimum)
    done = judged[judged["site"] != ""].groupby("site")["conforms"].agg(customers="size", conforms="mean")
    alike = _alike(units)
    table = said[said["site"] != ""].merge(done.reset_index(), on="site", how="outer")
    table = table.merge(alike, on="site", how="left")
    few = table["customers"].lt(minimum)
    table[["customers", "conforms", "index"]] = table[["customers", "conforms", "index"]].mask(few)
    says, does = _majority(table["share"], table["answers"]), _majority(table["conforms"], table["customers"])
    names = {(1, -1): "said_not_done", (-1, 1): "done_not_said", (1, 1): "both", (-1, -1): "neither"}
    table["reading"] = [names.get(pair, "") for pair in zip(says, does, strict=True)]
    return table


def _alike(units: pd.DataFrame) -> pd.DataFrame:
    """Return ``site, index``: the chance that two customers of a site and the same contract took one path."""
    rows = units[units["site"] != ""]
    rows = rows[rows["contract"] != ""] if rows["contract"].ne("").any() else rows
    pairs = rows["cases"] * (rows["cases"] - 1)
    sums = pd.DataFrame({"same": rows["index"] * pairs, "pairs": pairs}).groupby(rows["site"]).sum()
    return (sums["same"] / sums["pairs"].where(sums["pairs"] > 0)).rename("index").reset_index()


def _majority(share: pd.Series[Any], number: pd.Series[Any]) -> list[int]:
    """Return 1 where surely most do, -1 where surely fewer than half do, else 0."""
    low, high = wilson(share.astype("float64"), number.astype("float64"))
    return [int(sure) for sure in low.gt(0.5).astype(int) - high.lt(0.5).astype(int)]


def beside_findings(table: pd.DataFrame, engagement: Engagement) -> list[Finding]:
    """Return where staff say the journey is clear but it is not taken, and the reverse."""
    known = table[table["share"].notna() & table["conforms"].notna()]
    if known.empty:
        return []
    apart = {key: known.loc[known["reading"] == key, "site"].tolist() for key in READINGS}
    parts = []
    if apart["said_not_done"]:
        parts.append(f"most staff say the journey is clear but most customers do not take it at "
                     f"{listing(apart['said_not_done'])}")  # fmt: skip
    if apart["done_not_said"]:
        parts.append(f"most customers take it though most staff cannot describe it at "
                     f"{listing(apart['done_not_said'])}")  # fmt: skip
    unsure = int(known["reading"].eq("").sum())
    sites = plural(len(known), engagement.site_label)
    text = f"Of {sites} where both are known, {'; '.join(parts)}"
    if not parts:
        alone = f"do not differ clearly at {known['site'].iloc[0]}, the one place"
        text = "What staff say and what customers meet "
        text += alone if len(known) == 1 else f"differ clearly at none of {sites}"
        text += " where both are known"
    where = f"at all {unsure}" if unsure == len(known) else f"at {unsure}"
    where = "there" if len(known) == 1 else where
    text += f"; {where} it is too close to call, or too few answered." if unsure else "."
    made: dict[str, Any] = {key: len(sites) for key, sites in apart.items()} | {"unsure": unsure}
    return [made_finding("clarity_done", "sites", text, made, len(known), "perceptions", _RULE)]


def beside_table(table: pd.DataFrame, minimum: int, engagement: Engagement) -> Block:
    """Return stated clarity and what is done, site by site."""
    if table["share"].isna().all():
        return Words(
            "The partnering survey asks whether staff can describe the journey; too few have answered yet."
        )
    shown = table.sort_values("share", na_position="last")
    shown = shown.assign(reading=shown["reading"].map({**READINGS, "": "not certain"}))
    shown["reading"] = shown["reading"].where(shown["share"].notna() & shown["conforms"].notna(), "")
    headings = {"site": engagement.site_label.capitalize(), "answers": "Answers", "share": "Say it is clear"}
    headings |= {"conforms": "Customers who take it", "index": "Alike (0 to 1)", "reading": "Said and done"}
    headings = {key: text for key, text in headings.items() if key == "site" or shown[key].notna().any()}
    note = (
        f"Of sites with fewer than {minimum} answers, and of one more where it would give them away, nothing "
    )
    note += "is shown. Said and done: what most do, where the 95% intervals of both are clear of a half."
    return Table(
        shown,
        caption="What staff say of the journey, and what is done",
        headings=headings,
        formats={"share": percent, "conforms": percent, "index": ".2f"},
        note=note,
    )


def understood(perceptions: pd.DataFrame, minimum: int, engagement: Engagement) -> Block:
    """Return whether the front line knows how its results count towards the contract."""
    table = figures.agreeing(perceptions, figures.CONTRACT, group="front_line", minimum=minimum)
    if table.empty or table["share"].isna().all():
        return Words(
            "The survey of step 2.3 asks the front line whether it knows what the contract is for; "
            "no answers yet."
        )
    rows = table.assign(site=table["site"].replace("", "all together")).sort_values(
        "share", na_position="last"
    )
    lead = f"The engagement has {plural(len(engagement.contracts), 'contract')}."
    if len(engagement.contracts) > 1 and len(set(engagement.journey.values())) > 1:
        lead += " Their journeys differ, as the first table of this page shows."
    headings = {
        "site": engagement.site_label.capitalize(),
        "answers": "Answers",
        "share": "Know how results count for the contract",
    }
    return Stack(
        Words(lead),
        Table(
            rows,
            caption="Front line: I know how my results count towards the contract",
            headings=headings,
            formats={"share": percent},
        ),
    )
