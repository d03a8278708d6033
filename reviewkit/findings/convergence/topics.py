"""What each side says on a topic: people in their themes, data in their signals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from .local_voices import FEWEST, joined_counts, local_shares, site_counts

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
        """Return the share at the sites of a signal; of a signal of the whole, the largest local share.

        0 where fewer than five interviews were held at those sites.
        """
        raised, heard = self._at(where)
        return self.local if not where else (raised / heard if heard >= FEWEST else 0.0)

    def told_apart(self, where: tuple[str, ...]) -> bool:
        """Return whether at least three were heard at these sites, and three elsewhere."""
        heard = self._at(where)[1]
        return bool(where) and heard >= 3 and sum(total for _, _, total in self.sites) - heard >= 3

    def ratio(self, where: tuple[str, ...]) -> float:
        """Return how many times as often it is raised at these sites as elsewhere; missing if not told apart.

        >>> VoiceState("x", concern=5, total=12, sites=(("A", 4, 6), ("B", 1, 6))).ratio(("A",))
        4.0
        """
        if not self.told_apart(where):
            return np.nan
        (raised, heard), (n, total) = self._at(where), self._at(tuple(site for site, _, _ in self.sites))
        share, rest = raised / heard, (n - raised) / (total - heard)
        return share / rest if rest else (np.inf if share else 0.0)

    def near(self, where: tuple[str, ...], times: float) -> bool:
        """Return whether interviews at these sites raise it ``times`` as often as those elsewhere, or more.

        True where the sites are not told apart, or too few interviews were held there.

        >>> VoiceState("x", concern=5, total=12, sites=(("A", 4, 6), ("B", 1, 6))).near(("A",), 1.5)
        True
        """
        return not self.told_apart(where) or self.ratio(where) >= times

    def _at(self, where: tuple[str, ...]) -> tuple[int, int]:
        here = [(n, total) for site, n, total in self.sites if site in where]
        return sum(n for n, _ in here), sum(total for _, total in here)

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
    ``met_since`` of ``periods_since`` periods since its change met the target.
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
    periods_since: float = 0.0
    met_since: float = 0.0

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
    """Return one state a code raised; interviews count where two raise it, else customers' comments.

    Suggestions count with concerns: who proposes a remedy sees a problem. ``coded`` (one row a
    remark and code) tells how many raise either, and the shares within departments and sites.
    Without it the wider of the two counts, which is the least that they can be together.
    """
    if themes.empty:
        return {}
    said = coded if coded is not None and len(coded) else None
    local, places, joined = (
        ({}, {}, {}) if said is None else (local_shares(said), site_counts(said), joined_counts(said))
    )
    kinds = themes["kind"] if "kind" in themes else pd.Series("interview", index=themes.index)
    states = {}
    for code, rows in themes.assign(kind=kinds).groupby("code", sort=False):
        kind = _source(rows)
        mine, name = rows[rows["kind"].eq(kind)], str(code)
        state = _voice(name, mine, kind, joined.get((name, kind)))
        side = "concern" if state.concern >= state.strength else "strength"
        states[name] = replace(
            state,
            local=local.get((name, side), 0.0) if kind == "interview" else 0.0,
            sites=places.get((name, kind, side), ()),
        )
    return states


def _source(rows: pd.DataFrame) -> str:
    """Return the kind of source that speaks to a code: interviews, where at least two do."""
    widest = rows.groupby("kind", sort=False)["units"].max()
    order = [name for name in ("interview", "customer", *widest.index) if widest.get(name, 0) >= 2]
    return str(order[0] if order else widest.idxmax())


def _voice(code: str, rows: pd.DataFrame, kind: str, joined: tuple[int, int | None] | None) -> VoiceState:
    units = rows.groupby("stance")["units"].max()
    concern = max(int(units.get("concern", 0)), int(units.get("suggestion", 0)), joined[0] if joined else 0)
    strength = int(units.get("strength", 0))
    leads = concern >= strength
    prevailing = ("concern", "suggestion") if leads else ("strength",)
    free = None
    if kind == "interview" and "spontaneous" in rows:
        counted = pd.to_numeric(rows.loc[rows["stance"].isin(prevailing), "spontaneous"], errors="coerce")
        free = int(counted.max()) if counted.notna().any() else None
        if leads and free is not None and joined and joined[1] is not None:
            free = max(free, joined[1])
    return VoiceState(code, concern, strength, int(rows["units_total"].max()), free, kind)
