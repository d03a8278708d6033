"""From icon to opinion: which signals are worth telling people about, and why the others are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from reviewkit.model import Engagement, Measure

from ..measures.panel import ENDED, KEYS, bare, site_events
from ..spc.summary import ENOUGH, summarise_xmr
from .steps import ALPHA, level_changes

MANY = 10
"""From so many sites on, what all sites share is taken off before one of them is spoken of."""


def signals(points: pd.DataFrame, engagement: Engagement) -> pd.DataFrame:
    """Return one row a measure, site and contract: its verdict, and whether to speak of it.

    A change is *promoted* when it lasts (three months or six weeks at least, and the last
    three points stay at least a third of the change away from the old level), is at least the
    measure's smallest change worth acting on, shows as a special cause on the chart, and
    would arise by chance in under 5 % of reviews of this many series with this
    autocorrelation (:func:`reviewkit.performance.level_changes`). With ten sites or
    more a site's change is that beyond the change of all sites together.

    Parameters
    ----------
    points : as :func:`chart_points` returns them.

    Returns
    -------
    ``measure, name, unit, direction, site, contract, n, period, latest, mean, lower, upper,
    target, icon`` (variation of the last point, as published), ``variation`` (of the lasting
    change where it is promoted, else the icon), ``assurance, rule, since, effect`` (in the
    measure's unit, as measured), ``worth`` (a year; a site's by its share of the volume),
    ``promoted, reason, contract_kpi, chance`` (adjusted), ``note`` (what a run chart says of a
    series too short for limits).
    """
    measures = {measure.id: measure for measure in engagement.measures}
    points = bare(points)
    table = summarise_xmr(points, by=KEYS)
    if table.empty:
        return _finish(table.assign(**dict.fromkeys(_NEEDED, np.nan)), measures)
    changes = _changes(points)
    table = table.rename(columns={"variation": "icon", "since": "icon_since"}).merge(
        changes, on=KEYS, how="left"
    )
    table["series"] = len(changes)
    table["minimum"] = table["measure"].map(
        {name: measure.minimum_effect for name, measure in measures.items()}
    )
    table["shown"] = _shown(points, table)
    table["last"] = table["measure"].map(points.groupby("measure")["period"].max()) - ENDED
    table["cadence"] = table["measure"].map(points.groupby("measure")["cadence"].first())
    table["merged"] = _merged(points, table)
    table["reason"] = _reasons(table)
    table["promoted"] = table["reason"].str.startswith("promoted")
    table["share"] = _shares(points, table)
    return _finish(table, measures)


_NEEDED = ["icon", "promoted", "reason", "effect", "share", "chance_adjusted", "icon_since"]
_COLUMNS = [
    "measure",
    "name",
    "unit",
    "direction",
    "site",
    "contract",
    "n",
    "period",
    "latest",
    "mean",
    "lower",
]
_COLUMNS += [
    "upper",
    "target",
    "icon",
    "variation",
    "assurance",
    "rule",
    "since",
    "effect",
    "worth",
    "promoted",
]
_COLUMNS += ["reason", "contract_kpi", "chance", "note"]


def _changes(points: pd.DataFrame) -> pd.DataFrame:
    """The best step of each series, sites of large organisations taken relative to the whole."""
    relative = points[[*KEYS, "period", "value", "cadence"]].copy()
    sites = relative[relative["site"] != ""].groupby("measure")["site"].nunique()
    many = relative["measure"].map(sites).fillna(0) >= MANY
    whole = relative[(relative["site"] == "") & (relative["contract"] == "")]
    level = relative.merge(whole[["measure", "period", "value"]], on=["measure", "period"], how="left")[
        "value_y"
    ]
    scale = _scale(relative, level)
    shared = (many & (relative["site"] != "")).to_numpy()
    relative["value"] = relative["value"].where(~shared, relative["value"] - level.to_numpy() * scale)
    return level_changes(relative, keys=KEYS)


def _scale(relative: pd.DataFrame, level: pd.Series[Any]) -> Any:
    """1 for rates; for counts a site's share of the whole, so that both are on one scale."""
    sums = relative.assign(whole=level.to_numpy()).groupby(KEYS)[["value", "whole"]].transform("mean")
    share = sums["value"] / sums["whole"]
    return share.where(share < 0.5, 1.0).to_numpy()


def _shown(points: pd.DataFrame, table: pd.DataFrame) -> Any:
    """Whether the chart flags any point since the change, or any before it on the other side."""
    found = points[KEYS].merge(table[[*KEYS, "since", "effect"]], on=KEYS, how="left").set_axis(points.index)
    side = (points["value"] - points["mean"]) * found["effect"].astype("float64")
    flagged = points["rule"].ne("") & side.where(points["period"] >= found["since"], -side).gt(0)
    counted = flagged.groupby([points[key] for key in KEYS]).sum().rename("flags").reset_index()
    return table[KEYS].merge(counted, on=KEYS, how="left")["flags"].fillna(0).to_numpy() > 0


def _merged(points: pd.DataFrame, table: pd.DataFrame) -> pd.Series[Any]:
    """Sites that ended within two months of a change at a site that grew just then; ``""`` elsewhere."""
    events = site_events(points)
    grew = events.loc[events["kind"] == "grew", ["site", "at", "other"]].drop_duplicates("site")
    matched = table[["site", "since"]].merge(grew, on="site", how="left")
    near = (matched["since"] - matched["at"]).abs() <= pd.Timedelta(days=62)
    return matched["other"].where(near).fillna("").astype("str").set_axis(table.index)


def _reasons(table: pd.DataFrame) -> Any:
    """Say for every series why its change is told, or the first reason why it is not."""
    odds = _odds(table)
    lasted = table["lasted"].fillna(0).astype(int).astype("str")
    size = (table["effect"].abs() / table["minimum"].where(table["minimum"] > 0)).round(1).astype("str")
    worth = ("; " + size + " times the smallest change worth acting on").where(table["minimum"] > 0, "")
    told = "promoted: lasts " + lasted + " " + table["cadence"] + "s" + worth + "; " + odds
    tests = [
        (
            "withheld: too few points, " + table["n_phase"].astype("str") + f" of {ENOUGH}",
            table["n_phase"] < ENOUGH,
        ),
        ("withheld: figures end " + table["period"].dt.strftime("%Y-%m"), table["period"] < table["last"]),
        (
            "withheld: the site grew as " + table["merged"] + " ended, so before and after are not alike",
            table["merged"] != "",
        ),
        ("no lasting change: " + odds, ~(table["chance_adjusted"] < ALPHA)),
        ("withheld: the change does not last", ~table["holds"].fillna(False).astype(bool)),
        (
            "withheld: smaller than the smallest change worth acting on",
            table["effect"].abs() < table["minimum"],
        ),
        ("withheld: no special cause on the chart", ~table["shown"]),
    ]
    return np.select(
        [np.asarray(test, dtype=bool) for _, test in tests], [_text(text, table) for text, _ in tests], told
    )


def _odds(table: pd.DataFrame) -> pd.Series[str]:
    """The chance that a change so large arises of itself, in words."""
    chance = (table["chance_adjusted"] * 100).round(1)
    odds = chance.astype("str").where(chance >= 0.1, "under 0.1") + "% chance once "
    odds += table["series"].astype("str") + " series and autocorrelation "
    return odds + table["autocorrelation"].astype("str") + " are allowed for"


def _text(text: str | pd.Series[Any], table: pd.DataFrame) -> Any:
    return (
        text.to_numpy(dtype=object)
        if isinstance(text, pd.Series)
        else np.full(len(table), text, dtype=object)
    )


def _shares(points: pd.DataFrame, table: pd.DataFrame) -> Any:
    """Each series' share of the volume of its measure."""
    size = points["denominator"].fillna(points["numerator"]).abs()
    volume = size.groupby([points[key] for key in KEYS]).sum()
    whole = volume[(slice(None), "", "")] if len(volume) else volume
    own = table[KEYS].merge(volume.rename("own").reset_index(), on=KEYS, how="left")["own"].to_numpy()
    return own / table["measure"].map(whole).to_numpy(dtype="float64")


def _finish(table: pd.DataFrame, measures: dict[str, Measure]) -> pd.DataFrame:
    for field in ("name", "unit", "direction", "contract_kpi", "value_per_unit"):
        table[field] = table["measure"].map(
            {name: getattr(measure, field) for name, measure in measures.items()}
        )
    promoted = table["promoted"].fillna(False).astype(bool)
    up = np.sign(table["effect"].astype("float64").fillna(0)) * table["direction"].map(
        {"increase": 1, "decrease": -1}
    )
    neutral = np.where(table["effect"] > 0, "neutral_high", "neutral_low")
    reading = np.select([up > 0, up < 0], ["improvement", "concern"], neutral)
    table["variation"] = table["icon"].where(~promoted, pd.Series(reading, index=table.index, dtype="str"))
    if "since" not in table:
        table["since"] = pd.NaT
    table["since"] = table["since"].where(promoted, table["icon_since"]).astype("datetime64[us]")
    table["worth"] = table["effect"] * table["value_per_unit"].astype("float64") * table["share"]
    table["chance"], table["contract_kpi"] = (
        table["chance_adjusted"],
        table["contract_kpi"].fillna(False).astype(bool),
    )
    table["promoted"] = promoted
    return table[_COLUMNS]
