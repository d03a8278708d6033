"""Blocks that show what people say, each as exact as its edition may see."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from reviewkit.disclosure import LEVEL_WORDS, Discloser, band, headcounts
from reviewkit.model import Edition
from reviewkit.model.tables import LEVELS
from reviewkit.model.words import inline
from reviewkit.present import charts
from reviewkit.present.blocks import Quote, Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.present.words import listing
from reviewkit.voices import CONCERNS, is_banded, leading, noun, representative

OTHERS = "other departments"
BANDS = "Interviews in bands, of those held with each: one, a few, several, most (more than half)."
REMEDIES = "Who proposes a remedy sees a problem: suggestions count as concerns here."
_SIZES = {"none": 0.0, "one": 1.0, "a few": 2.0, "several": 3.0, "most": 4.0}


def theme_table(themes: pd.DataFrame, gate: Discloser, edition: Edition, *, caption: str) -> Table:
    """Return a table of themes: how many raise each, from how many departments, how many unasked."""
    rows = [_theme_row(row, gate, edition) for row in themes.to_dict("records")]
    headings = {
        "name": "Theme",
        "units": "Raised in",
        "departments": "Departments heard",
        "free": "Unprompted",
    }
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
    least = gate.disclosure.minimum_pool
    small = f"Departments of fewer than {least} people, or heard in one interview, count as one."
    note = small if "departments" in headings else ""
    return Table(frame, caption=caption, headings=headings, note=note)


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
    free = unasked(themes)
    # The order is by what came up unprompted: another theme may be raised more often in all.
    title = f"Of all concerns, {first}{' unprompted' if free else ''}: {count}"
    return charts.bar_chart(
        frame,
        "name",
        "size",
        title=title,
        subtitle=f"{counted.capitalize()}s that raise each theme"
        + (", ordered by unprompted mentions (darker)" if free else "")
        + ("; a group session counts as one interview" if counted == "interview" else ""),
        source="interviews and comments, coded to the codebook",
        words="words",
        part="unasked" if free else "",
        key=key,
    )


def unasked(themes: pd.DataFrame) -> bool:
    """Return whether it is known of every theme how often it came up unprompted, by which they then stand."""
    return bool(themes["spontaneous"].notna().all())


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
    apart = heard[by].nunique() > 1
    if not exact:
        heard, concern = (merged_groups(one, gate, by, heard) for one in (heard, concern))
    if concern.empty or (apart and heard[by].nunique() < 2):
        return Words("Too few people in any group to show this without pointing at somebody.")
    cells = concern.groupby(["code", by])["unit_id"].nunique().rename("units").reset_index(name="units")
    totals = heard.groupby(by)["unit_id"].nunique()
    bands = [band(n, int(totals[group])) for n, group in zip(cells["units"], cells[by], strict=True)]
    cells["words"] = cells["units"].astype("str") if exact else bands
    cells["size"] = cells["units"].astype(float) if exact else [_SIZES[word] for word in bands]
    cells["theme"], cells["group"] = cells["code"].map(dict(names)), cells[by].replace(LEVEL_WORDS)
    order = {name: place for place, name in enumerate(names.values())}
    cells = cells.sort_values("theme", key=lambda column: column.map(order), kind="stable")
    note = f"Numbers of {noun(gate, kind)}s." if exact else BANDS
    levels = [LEVEL_WORDS[level] for level in reversed(LEVELS) if level in set(cells[by])]
    levels += sorted(set(cells["group"]) - set(levels))
    return charts.matrix(
        cells, "theme", "group", "size", words="words", caption=caption, corner="Theme", note=note,
        order=levels if by == "level" else None,
    )  # fmt: skip


def merged_groups(frame: pd.DataFrame, gate: Discloser, by: str, heard: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with small groups of ``by`` put together; with the next larger where still too small.

    A group's size is its headcount in the register, not the number of its interviews; but one heard in a
    single interview counts as small, for all that it raised was said by whoever was seen to go in. A small
    group left out alone would follow from how many raise a theme in all, which stands beside.

    Parameters
    ----------
    frame : rows to put together. heard : everything said, ``unit_id`` the interview.
    """
    minimum, sizes = gate.disclosure.minimum_pool, group_sizes(gate, by)
    once = heard.groupby(by)["unit_id"].nunique().eq(1)
    joined = [name for name, size in sizes.items() if size < minimum or once.get(name, False)]
    for name in sorted(set(sizes) - set(joined), key=lambda name: (sizes[name], name)):
        if not joined or sum(sizes[one] for one in joined) >= minimum:
            break
        joined.append(name)
    small = frame[by].isin(joined) | ~frame[by].isin(list(sizes))
    merged = frame.assign(**{by: frame[by].mask(small, _together(joined, by))})
    return merged if sum(sizes[one] for one in joined) >= minimum else merged[~small]


def counted_departments(frame: pd.DataFrame, gate: Discloser, heard: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with small departments as one, for counting departments.

    "8 of 8" would tell of a department of few people that somebody in it raised a theme.
    Without a register nothing is known to be small. ``heard`` is as :func:`merged_groups` takes it.
    """
    if not group_sizes(gate, "department"):
        return frame
    rows = frame.reset_index(drop=True)
    merged = merged_groups(rows[rows["department"] != ""], gate, "department", heard)["department"]
    return rows.assign(department=merged.reindex(rows.index).fillna(""))


def _together(groups: Sequence[str], by: str) -> str:
    """Return what groups put together are called: levels by their names, others as others."""
    if by != "level":
        return OTHERS.replace("departments", f"{by}s")
    known = [LEVEL_WORDS[level] for level in reversed(LEVELS) if level in groups]
    return listing(known) if known else OTHERS.replace("departments", "levels")


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
