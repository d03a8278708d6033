"""Whether there is a defined journey, and whether staff say they know it."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Engagement
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import percent, plural

from . import journey_figures as figures


def defined_table(engagement: Engagement) -> Block:
    """Return the journey each contract asks for."""
    if not engagement.journey:
        return Words(
            "No journey is set out: the contract's steps belong in the params file, under 'journey'."
        )
    names = {contract.id: contract.name for contract in engagement.contracts} | {"all": "All contracts"}
    rows = [{"contract": names.get(key, key), "steps": " > ".join(step.replace("_", " ") for step in steps)}
            for key, steps in engagement.journey.items()]  # fmt: skip
    return Table(
        pd.DataFrame(rows),
        caption="The journey each contract asks for",
        headings={"contract": "Contract", "steps": "Steps in order"},
    )


def clarity_table(perceptions: pd.DataFrame, minimum: int, engagement: Engagement) -> Block | None:
    """Return stated clarity site by site."""
    table = figures.agreeing(perceptions, figures.CLEAR, minimum=minimum)
    rows = table[table["site"] != ""].sort_values("share", na_position="last")
    if rows.empty:
        return Words(
            "The partnering survey asks whether staff can describe the journey; it has not been answered yet."
        )
    headings = {
        "site": engagement.site_label.capitalize(),
        "answers": "Answers",
        "share": "Say they can describe the journey",
    }
    note = (
        f"Sites with fewer than {minimum} answers, and one more where it would give them away, are not shown."
    )
    return Table(
        rows,
        caption="Stated clarity of the journey",
        headings=headings,
        formats={"share": percent},
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
