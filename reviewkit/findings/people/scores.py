"""Whether customers' scores tell of the person or of who answers: response, weighting, answered contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from reviewkit.performance import answers_unlike, response_rates, response_ratio, weighted_scores

STRATA = ("outcome", "channel")
"""What is known to move who answers, and is known for contacts that nobody scored."""
SHOWN_BY = ("outcome", "channel", "reason", "site")
FEWEST_ANSWERS = 30
"""Scores below which an agent's or a site's place is not spoken of."""
UNLIKE = 0.1
"""False discovery rate at which an agent's answered contacts are called unlike those handled."""
_COUNTS = {"asked": "contacts", "answered": "csat_n"}


@dataclass(frozen=True)
class Scores:
    """How customers' scores come about.

    ``ratio`` (none where no outcome is on file) says how many times as often solved contacts are
    scored; ``rates`` the share scored by outcome, channel, reason and site (``by, value``);
    ``sites`` and ``agents`` scores as given beside scores weighted to all contacts; ``unlike``
    agents whose scored contacts differ from those they handled.
    """

    asked: int
    answered: int
    ratio: dict[str, float] | None
    rates: pd.DataFrame
    sites: pd.DataFrame
    agents: pd.DataFrame
    unlike: pd.DataFrame
    strata: tuple[str, ...]


def scores(cells: pd.DataFrame) -> Scores | None:
    """Return how scores come about, from sums by covariate cell; none where nobody gave a score.

    Parameters
    ----------
    cells : as :func:`reviewkit.findings.people_cells.contact_cells` returns them.
    """
    if "contacts" not in cells or "csat_n" not in cells or not cells["csat_n"].sum():
        return None
    known = [name for name in SHOWN_BY if _varies(cells, name)]
    strata = tuple(name for name in STRATA if name in known)
    named = cells[cells["agent"].fillna("") != ""]
    solved = "outcome" in known
    ratio = response_ratio(cells, **_COUNTS, outcome="outcome", strata=["site"]) if solved else None
    unlike = (
        answers_unlike(named, unit="agent", outcome="outcome", **_COUNTS) if solved and len(named) else None
    )
    return Scores(
        asked=int(cells["contacts"].sum()),
        answered=int(cells["csat_n"].sum()),
        ratio=ratio,
        rates=_by(cells, known),
        sites=_weighted(cells, "site", strata),
        agents=_weighted(named, "agent", strata),
        unlike=pd.DataFrame(columns=["agent", "q_value"]) if unlike is None else unlike,
        strata=strata,
    )


def _varies(cells: pd.DataFrame, name: str) -> bool:
    return name in cells and cells[name].dropna().loc[lambda values: values.ne("")].nunique() > 1


def _by(cells: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    parts = []
    for name in columns:
        part = response_rates(cells, name, **_COUNTS).rename(columns={name: "value"})
        parts.append(part.assign(by=name, value=_words(part["value"], name)))
    shape = ["by", "value", "asked", "answered", "rate", "lower", "upper"]
    return pd.concat(parts, ignore_index=True)[shape] if parts else pd.DataFrame(columns=shape)


def _words(values: pd.Series[str], name: str) -> list[str]:
    told = {"1": "solved", "0": "not solved"} if name == "outcome" else {}
    return [told.get(str(value), str(value)).replace("_", " ") or "not recorded" for value in values]


def _weighted(cells: pd.DataFrame, unit: str, strata: Sequence[str]) -> pd.DataFrame:
    """Scores of each unit; places count among those with enough scores."""
    table = weighted_scores(
        cells, unit=unit, strata=strata, **_COUNTS, scores="csat_sum", squares="csat_square"
    )
    enough = table["answered"] >= FEWEST_ANSWERS
    for name in ("raw", "weighted"):
        places = table[name].where(enough).rank(ascending=False, method="min")
        table[f"{name}_rank"] = places.astype("Int64")
    return table.assign(moved=table["raw_rank"] - table["weighted_rank"])
