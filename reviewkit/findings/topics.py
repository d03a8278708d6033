"""What each side says on a topic: people in their themes, data in their signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from reviewkit.model import Measure

from .local_voices import local_shares, site_counts

Stance = Literal["", "concern", "strength", "mixed"]


@dataclass(frozen=True)
class VoiceState:
    """How many interviews (or comments) raise a topic, as a concern or as a strength.

    ``share`` counts the mentions nobody prompted, where that is recorded; ``local`` is the
    largest share in one department or site; ``sites`` holds (site, interviews that raise it,
    interviews).

    >>> VoiceState("morale", concern=6, strength=1, total=12, spontaneous=3).share
    0.25
    """

    code: str
    concern: int = 0
    strength: int = 0
    total: int = 0
    spontaneous: int | None = None
    kind: str = "interview"
    local: float = 0.0
    sites: tuple[tuple[str, int, int], ...] = ()

    def locally(self, where: tuple[str, ...]) -> float:
        """Return the share at the sites of a signal; of a signal of the whole, the largest local share."""
        here = [(n, total) for site, n, total in self.sites if site in where]
        heard = sum(total for _, total in here)
        return self.local if not where else (sum(n for n, _ in here) / heard if heard else 0.0)

    def near(self, where: tuple[str, ...], times: float) -> bool:
        """Return whether interviews at these sites raise it ``times`` as often as those elsewhere, or more.

        True where the sites are not told apart, or too few interviews were held there.

        >>> VoiceState("x", concern=5, total=12, sites=(("A", 4, 6), ("B", 1, 6))).near(("A",), 1.5)
        True
        """
        here = [(n, total) for site, n, total in self.sites if site in where]
        others = [(n, total) for site, n, total in self.sites if site not in where]
        heard, elsewhere = sum(total for _, total in here), sum(total for _, total in others)
        if not where or heard < 3 or elsewhere < 3:
            return True
        share = sum(n for n, _ in here) / heard
        rest = sum(n for n, _ in others) / elsewhere
        return share > 0 and share >= times * rest

    @property
    def units(self) -> int:
        """Interviews or comments behind the stance that prevails."""
        return max(self.concern, self.strength)

    @property
    def share(self) -> float:
        """Part of all interviews or comments that raise it unprompted; 0 where there were none."""
        counted = self.units if self.spontaneous is None else min(self.spontaneous, self.units)
        return counted / self.total if self.total else 0.0

    def stance(self, units: int) -> Stance:
        """Return the prevailing stance where at least ``units`` raise it; mixed where neither prevails."""
        if self.units < units:
            return ""
        if min(self.concern, self.strength) * 3 > self.units * 2:
            return "mixed"
        return "concern" if self.concern >= self.strength else "strength"


@dataclass(frozen=True)
class DataState:
    """What one measure says: its loudest signal, and how it stands to its target.

    ``apart``: no change over time, but a site that differs from the whole by more than chance.
    """

    measure: str = ""
    name: str = ""
    site: str = ""
    contract: str = ""
    tone: Stance = ""
    size: float = np.nan
    promoted: bool = False
    assurance: str = ""
    since: Any = None
    sites: tuple[str, ...] = ()
    too_small: bool = False
    apart: bool = False

    def level(self, size: float) -> str:
        """Return concern, strength, quiet, or "" where nothing is measured.

        A target always failed is a concern, one always passed a strength "by target". A
        signal counts when it was promoted and its size passes ``size``; with a lower
        threshold, signals withheld for their size alone come in.
        """
        if not self.measure:
            return ""
        big = np.isnan(self.size) or self.size >= size
        if self.tone in ("concern", "strength") and big and (self.promoted or (self.too_small and size < 1)):
            return self.tone
        if self.assurance == "fails":
            return "concern"
        return "strength_by_target" if self.assurance == "passes" else "quiet"

    @property
    def where(self) -> tuple[str, ...]:
        """Sites that the signal is of; empty where it is of the whole."""
        return tuple(dict.fromkeys((self.site, *self.sites))) if self.site else ()

    def large(self, size: float) -> bool:
        """Return whether the signal is prominent: large, or a target always failed or passed."""
        return self.assurance in ("fails", "passes") or np.isnan(self.size) or self.size >= size


NO_DATA = DataState()


def voice_states(themes: pd.DataFrame, coded: pd.DataFrame | None = None) -> dict[str, VoiceState]:
    """Return one state a code raised; interviews count where there are any, else customers' comments.

    Suggestions count with concerns: who proposes a remedy sees a problem. ``coded`` (one row a
    remark and code) gives the shares within departments and sites.
    """
    if themes.empty:
        return {}
    states = {}
    local = local_shares(coded) if coded is not None and len(coded) else {}
    places = site_counts(coded) if coded is not None and len(coded) else {}
    kinds = themes["kind"] if "kind" in themes else pd.Series("interview", index=themes.index)
    for code, rows in themes.assign(kind=kinds).groupby("code", sort=False):
        kind = "interview" if rows["kind"].eq("interview").any() else str(rows["kind"].iloc[0])
        mine = rows[rows["kind"].eq(kind)]
        states[str(code)] = _voice(str(code), mine, kind, local, places)
    return states


def _voice(
    code: str,
    rows: pd.DataFrame,
    kind: str,
    local: dict[tuple[str, str], float],
    places: dict[tuple[str, str], tuple[tuple[str, int, int], ...]],
) -> VoiceState:
    units = rows.groupby("stance")["units"].max()
    concern = max(int(units.get("concern", 0)), int(units.get("suggestion", 0)))
    strength = int(units.get("strength", 0))
    prevailing = ("concern", "suggestion") if concern >= strength else ("strength",)
    free = None
    if kind == "interview" and "spontaneous" in rows:
        counted = pd.to_numeric(rows.loc[rows["stance"].isin(prevailing), "spontaneous"], errors="coerce")
        free = int(counted.max()) if counted.notna().any() else None
    key, asked = (code, prevailing[0]), kind == "interview"
    return VoiceState(
        code,
        concern,
        strength,
        int(rows["units_total"].max()),
        free,
        kind,
        local=local.get(key, 0.0) if asked else 0.0,
        sites=places.get(key, ()) if asked else (),
    )


def data_states(signals: pd.DataFrame, measures: dict[str, Measure]) -> dict[str, DataState]:
    """Return one state a measure: that of the whole, or of a site where only a site speaks."""
    if signals.empty:
        return {}
    states = {}
    for measure, rows in signals.groupby("measure", sort=False):
        smallest = measures[str(measure)].minimum_effect if str(measure) in measures else 0.0
        made = [_data(row, smallest) for row in rows.to_dict("records")]
        made.sort(key=_loudness, reverse=True)
        loud = [one.site for one in made if one.site and one.level(1.0) in ("concern", "strength")]
        states[str(measure)] = replace(made[0], sites=tuple(dict.fromkeys(loud)))
    return states


def sites_apart(comparison: pd.DataFrame, measures: Mapping[str, Measure]) -> dict[str, list[DataState]]:
    """Return, by measure, the sites that differ from the whole by more than small numbers explain.

    A site that was always better or worse gives no signal over time, yet people there speak of it.

    Parameters
    ----------
    comparison : ``measure, site, rate, centre, outlier, direction`` (step 1.1); may be empty.

    Returns
    -------
    The state furthest from the whole first, its ``sites`` all those on the same side.
    """
    found: dict[str, list[DataState]] = {}
    if comparison.empty:
        return found
    tones: dict[str, Stance] = {"worse": "concern", "better": "strength"}
    out = comparison[comparison["outlier"].astype(bool) & comparison["direction"].isin(list(tones))]
    for (name, side), rows in out.groupby(["measure", "direction"], sort=False):
        measure = measures.get(str(name))
        off = (rows["rate"] - rows["centre"]).abs().astype("float64").sort_values(ascending=False)
        if measure is None:
            continue
        sites = tuple(str(site) for site in rows.loc[off.index, "site"])
        size = float(off.iloc[0]) / measure.minimum_effect if measure.minimum_effect else np.nan
        state = DataState(
            measure.id, measure.name, sites[0], tone=tones[str(side)], size=size, promoted=True, sites=sites
        )
        found.setdefault(measure.id, []).append(replace(state, apart=True))
    return found


def _data(row: Mapping[Any, Any], smallest: float) -> DataState:
    effect = row.get("effect", np.nan)
    size = abs(float(effect)) / smallest if smallest and pd.notna(effect) else np.nan
    tones: dict[str, Stance] = {"concern": "concern", "improvement": "strength"}
    return DataState(
        measure=str(row["measure"]),
        name=str(row.get("name", row["measure"])),
        site=_text(row.get("site")),
        contract=_text(row.get("contract")),
        tone=tones.get(str(row.get("variation")), ""),
        size=size,
        promoted=bool(row.get("promoted")) if pd.notna(row.get("promoted")) else False,
        assurance=_text(row.get("assurance")),
        since=row.get("since"),
        too_small="smaller than" in _text(row.get("reason")),
    )


def _loudness(state: DataState) -> tuple[bool, bool, bool, float]:
    level = state.level(1.0)
    speaks = level in ("concern", "strength")
    return speaks, not state.site and not state.contract, level == "concern", np.nan_to_num(state.size)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
