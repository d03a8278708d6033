"""Blocks that show what people say, each as exact as its edition may see."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from reviewkit.disclosure import LEVEL_WORDS, Discloser, band, headcounts
from reviewkit.model import SOURCES, Edition
from reviewkit.model.tables import LEVELS
from reviewkit.model.words import inline
from reviewkit.present import charts
from reviewkit.present.blocks import Quote, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.voices import CONCERNS, is_banded, leading, noun, representative

SOURCE_WORDS = {
    "one_to_one": "One-to-one interviews",
    "group_work": "Group work",
    "observation": "Observations",
    "resource": "Resources and documents",
    "customer_feedback": "Customers' feedback",
    "customer_experience": "Customers' experience",
}
OTHERS = "other departments"
_SIZES = {"none": 0.0, "one": 1.0, "a few": 2.0, "several": 3.0, "most": 4.0}


def theme_table(themes: pd.DataFrame, gate: Discloser, edition: Edition, *, caption: str) -> Table:
    """Return a table of themes: how many raise each, from how many departments, how many unasked."""
    rows = [_theme_row(row, gate, edition) for row in themes.to_dict("records")]
    headings = {"name": "Theme", "units": "Raised in", "departments": "Departments", "free": "Unprompted"}
    if edition == "team":
        headings |= {"prompted": "Prompted", "asked": "Asked"}
    kind = str(themes["kind"].iloc[0]) if len(themes) else "interview"
    if kind != "interview":
        headings = {"name": "Theme", "units": "Raised in"}
    frame = pd.DataFrame(rows, columns=["name", "units", "departments", "free", "note"])
    for how in ("prompted", "asked"):
        frame[how] = themes[how].astype("object").where(themes[how].notna(), "not recorded").to_numpy()
    if frame["note"].ne("").any():
        headings["note"] = "Note"
    return Table(frame, caption=caption, headings=headings)


def _theme_row(row: Mapping[Hashable, Any], gate: Discloser, edition: Edition) -> tuple[str, ...]:
    n, total, reached = int(row["units"]), int(row["units_total"]), int(row["departments"])
    departments = f"{reached} of {int(row['departments_total'])}"
    if is_banded(gate, n, total, edition):
        departments = "more than one" if reached > 1 else "–"
    free = row["spontaneous"]
    unasked = "not recorded" if pd.isna(free) else gate.count(int(free), total, edition)
    return str(row["name"]), gate.count(n, total, edition), departments, unasked, str(row["note"])


def theme_bars(themes: pd.DataFrame, gate: Discloser, edition: Edition, *, key: str) -> Block:
    """Return bars of how many raise each theme; a band is drawn as a band and not to the exact count."""
    frame = themes[["name", "units", "units_total", "kind"]].copy()
    totals = frame["units_total"].astype(int)
    frame["words"] = [
        gate.count(n, total, edition) for n, total in zip(frame["units"].astype(int), totals, strict=True)
    ]
    frame["size"] = _sizes(frame["units"], totals, gate, edition)
    frame["unasked"] = _sizes(themes["spontaneous"].fillna(0), totals, gate, edition)
    counted = noun(gate, str(frame["kind"].iloc[0]))
    first = f"{inline(str(frame['name'].iloc[0]))} comes up most"
    count = f"{frame['words'].iloc[0]} {counted}s raise it"
    unasked = bool(themes["spontaneous"].notna().all())
    # The order is by what came up unprompted: another theme may be raised more often in all.
    title = f"Of all concerns, {first}{' unprompted' if unasked else ''}: {count}"
    return charts.bar_chart(
        frame,
        "name",
        "size",
        title=title,
        subtitle=f"{counted.capitalize()}s that raise each theme"
        + (", ordered by unprompted mentions (darker)" if unasked else "")
        + ("; a group session counts as one interview" if counted == "interview" else ""),
        source="interviews and comments, coded to the codebook",
        words="words",
        part="unasked" if unasked else "",
        key=key,
    )


def _sizes(counts: pd.Series, totals: pd.Series, gate: Discloser, edition: Edition) -> list[float]:
    """Lengths of bars; what an edition reads as a band is drawn as one."""
    return [
        _band_size(n, total) if is_banded(gate, n, total, edition) else float(n)
        for n, total in zip(counts.astype(int), totals, strict=True)
    ]


def _band_size(n: int, total: int) -> float:
    """A length that tells the band only."""
    return {"none": 0.0, "one": 1.0, "a few": 2.5, "several": 4.0, "most": 0.75 * total}[band(n, total)]


def raised_by(
    coded: pd.DataFrame,
    remarks: pd.DataFrame,
    names: Mapping[str, str],
    gate: Discloser,
    edition: Edition,
    by: str,
    *,
    kind: str,
    caption: str,
) -> Block:
    """Return a matrix of concerns by department, level or site.

    The team reads numbers of interviews, others bands; departments of too few people are put
    together, and left out where they are too few even then. Customers' comments are counted.
    """
    heard = remarks[(remarks["kind"] == kind) & (remarks[by] != "")]
    concern = coded[(coded["kind"] == kind) & coded["stance"].isin(CONCERNS) & (coded[by] != "")]
    concern = concern[concern["code"].isin(list(names))]
    if concern.empty:
        return Words(f"What was said does not carry a {by}, or no concern recurs.")
    exact = edition == "team" or kind == "customer"
    if not exact:
        heard, concern = merged_groups(heard, gate, by), merged_groups(concern, gate, by)
    if concern.empty:
        return Words("Too few people in any group to show this without pointing at somebody.")
    cells = concern.groupby(["code", by])["unit_id"].nunique().rename("units").reset_index(name="units")
    totals = heard.groupby(by)["unit_id"].nunique()
    bands = [band(n, int(totals[group])) for n, group in zip(cells["units"], cells[by], strict=True)]
    cells["words"] = cells["units"].astype("str") if exact else bands
    cells["size"] = cells["units"].astype(float) if exact else [_SIZES[word] for word in bands]
    cells["theme"], cells["group"] = cells["code"].map(dict(names)), cells[by].replace(LEVEL_WORDS)
    order = {name: place for place, name in enumerate(names.values())}
    cells = cells.sort_values("theme", key=lambda column: column.map(order), kind="stable")
    note = f"Numbers of {noun(gate, kind)}s." if exact else "Interviews in bands: one, a few, several, most."
    levels = [LEVEL_WORDS[level] for level in reversed(LEVELS) if level in set(cells[by])]
    return charts.matrix(
        cells, "theme", "group", "size", words="words", caption=caption, corner="Theme", note=note,
        order=levels if by == "level" and set(cells["group"]) == set(levels) else None,
    )  # fmt: skip


def merged_groups(frame: pd.DataFrame, gate: Discloser, by: str) -> pd.DataFrame:
    """Return the rows with small groups of ``by`` put together, or left out where still too small.

    A group's size is its headcount in the register, not the number of its interviews.
    """
    minimum = gate.disclosure.minimum_pool
    sizes = group_sizes(gate, by)
    small = frame[by].map(sizes).fillna(0) < minimum
    merged = frame.assign(**{by: frame[by].mask(small, OTHERS.replace("departments", f"{by}s"))})
    together = sum(size for size in sizes.values() if size < minimum)
    return merged if together >= minimum else merged[~small]


def group_sizes(gate: Discloser, by: str) -> dict[str, int]:
    """Return the headcount of each department, level or site in the register."""
    if by != "site":
        return {
            str(name): int(n)
            for name, n in headcounts(gate.stakeholders).groupby(by)["headcount"].sum().items()
        }
    heads = pd.to_numeric(gate.stakeholders["headcount"]).astype("float64").fillna(1)
    return {str(name): int(n) for name, n in heads.groupby(gate.stakeholders["site"]).sum().items()}


def quotes(
    shown: pd.DataFrame, coded: pd.DataFrame, names: Mapping[str, Mapping[str, str]], *, most: int = 2
) -> Block:
    """Return approved quotes by theme: concerns first, then what works; each remark once.

    ``names`` gives for ``concern`` and ``strength`` the codes and their names, most raised first;
    at most ``most`` quotes a theme are shown, chosen to represent what was said of it.
    """
    approved = shown[shown["status"] == "approved"].set_index("remark_id")
    chosen = representative(coded, set(approved.index), names, most=most)
    if chosen.empty:
        return Words("No quote has been approved that may be shown here.")
    leads = {"concern": "Of concern: {}.", "strength": "What works well: {}."}
    blocks: list[Block] = []
    for (side, name), mine in chosen.groupby(["side", "name"], sort=False):
        blocks.append(Words(leads[str(side)].format(inline(str(name)))))
        said = approved.loc[list(mine["remark_id"]), ["words", "attribution"]]
        blocks += [Quote(words, who) for words, who in said.itertuples(index=False)]
    return Stack(*blocks)


def leading_names(themes: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return code and name of the leading concerns and strengths, most raised first."""
    found = {stance: leading(themes, stance) for stance in ("concern", "strength")}
    return {
        stance: dict(zip(table["code"], table["name"], strict=True)) if len(table) else {}
        for stance, table in found.items()
    }


def rules(gate: Discloser) -> Block:
    """Return the thresholds that hold, and the reason for a lower one."""
    return Words(" ".join(gate.rules()))


def sources(remarks: pd.DataFrame, coded: pd.DataFrame, edition: Edition) -> Block:
    """Return what each of the six sources brought, and how much of it is coded."""
    state = remarks["remark_id"].map(coded.groupby("remark_id")["suggested"].min())
    said = remarks.assign(by_analyst=state.eq(False), suggested=state.eq(True))
    table = said.groupby("source").agg(
        remarks=("remark_id", "nunique"),
        units=("unit_id", "nunique"),
        coded=("by_analyst", "sum"),
        suggested=("suggested", "sum"),
    )
    table = table.reindex(list(SOURCES)).fillna(0).astype("int64").rename_axis("source").reset_index()
    table["source"] = table["source"].map(SOURCE_WORDS)
    headings = {"source": "Source", "remarks": "Remarks", "units": "Interviews or comments"}
    headings |= {"coded": "Coded by an analyst", "suggested": "Suggested by cue phrases"}
    if edition != "team":
        headings = {"source": "Source", "remarks": "Remarks"}
    return Table(
        table,
        caption="What each source brought",
        headings=headings,
        note=f"{_who_was_heard(remarks, edition)}Where analysts have coded at least half of a kind of "
        "source, only their codes count in themes; elsewhere suggestions count too, and are marked.",
    )


def _who_was_heard(remarks: pd.DataFrame, edition: Edition) -> str:
    """Say how sessions and people count; the team reads how many were heard twice or without a department."""
    rule = "A group session counts as one interview. "
    if edition != "team":
        return rule
    held = remarks[remarks["kind"] == "interview"]
    alone = held[held["source"].eq("one_to_one") & held["stakeholder_id"].ne("")]
    twice = int((alone.groupby("stakeholder_id")["unit_id"].nunique() > 1).sum())
    nowhere = held.groupby("unit_id")["department"].max().eq("").sum()
    told = f"{twice} people were interviewed more than once: each interview counts. " if twice else ""
    return rule + told + (f"{nowhere} interviews carry no department. " if nowhere else "")
