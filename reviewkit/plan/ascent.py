"""The ascent: from where a measure stands to where it should be, in four stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from reviewkit.content import load_ascent
from reviewkit.model.engagement import Direction

from .rows import records

Basis = Literal["contract", "gap"]
COLUMNS: tuple[str, ...] = (
    "measure",
    "name",
    "unit",
    "site",
    "contract",
    "direction",
    "basis",
    "stage",
    "stage_name",
    "percent",
)
COLUMNS += ("level", "due", "passed", "baseline", "target", "stretch")


def stage_level(
    percent: float, baseline: float, target: float, *, basis: Basis, direction: Direction
) -> float:
    """Return the level at which ``percent`` of the climb is done, in the measure's own unit.

    On the basis of the gap: baseline + percent x (target - baseline). On the basis of the
    contract: percent of the target; where less is better, the level of which the target is
    that per cent.

    Examples
    --------
    >>> stage_level(24, 60, 70, basis="gap", direction="increase")
    62.4
    >>> stage_level(85, 60, 70, basis="contract", direction="increase")
    59.5
    >>> stage_level(50, 400, 300, basis="contract", direction="decrease")
    600.0
    """
    share = percent / 100
    if basis == "gap":
        return baseline + share * (target - baseline)
    return target / share if direction == "decrease" else target * share


def stage_dates(starts: pd.Timestamp, due: pd.Timestamp, stages: int) -> list[pd.Timestamp]:
    """Return the dates by which each stage is due, evenly spread, the last on ``due``.

    >>> [str(day.date()) for day in stage_dates(pd.Timestamp("2025-01-01"), pd.Timestamp("2025-12-27"), 4)]
    ['2025-04-01', '2025-06-30', '2025-09-28', '2025-12-27']
    """
    return [(starts + (due - starts) * stage / stages).normalize() for stage in range(1, stages + 1)]


def ascent(
    climbs: pd.DataFrame, *, basis: Basis = "gap", camps: Mapping[str, tuple[str, float]] | None = None
) -> pd.DataFrame:
    """Return the stages of each climb, lowest first.

    Parameters
    ----------
    climbs : ``measure, name, unit, site, contract, direction, baseline, target, starts, due``
        and ``sustained``, the best level anybody held (missing where unknown).
    basis : percentages of the ``gap`` or of the ``contract``.
    camps : stage id -> name and per cent; those of the package where left out.

    Returns
    -------
    One row a stage: ``level`` in the measure's unit, ``due``, ``passed`` (the baseline is there
    already), ``stretch`` (nobody has held that level yet).

    Raises
    ------
    ValueError : a climb ends before it starts.

    Examples
    --------
    >>> climb = {"measure": "fcr", "name": "Resolution", "unit": "percent", "site": "", "contract": "",
    ...          "direction": "increase", "baseline": 60.0, "target": 70.0, "sustained": 68.0,
    ...          "starts": pd.Timestamp("2025-01-01"), "due": pd.Timestamp("2025-12-31")}
    >>> ascent(pd.DataFrame([climb]))[["stage", "level", "stretch"]].values.tolist()
    [['base_camp', 62.4, False], ['camp_2', 65.5, False], ['camp_3', 68.5, True], ['summit', 70.0, True]]
    """
    stages = camps or {name: (camp.name, camp.percent) for name, camp in load_ascent().items()}
    rows = [row for climb in records(climbs) for row in _stages(climb, basis, stages)]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    flags = {"passed": "bool", "stretch": "bool"}
    return table.astype(flags).assign(due=pd.to_datetime(table["due"]).astype("datetime64[us]"))


def reached(levels: Sequence[float], level: float, direction: str) -> int:
    """Return how many stages ``level`` has reached, counted from the lowest.

    >>> reached([62.4, 65.5, 68.5, 70.0], 66.0, "increase"), reached([380.0, 350.0], 400.0, "decrease")
    (2, 0)
    """
    sign = 1.0 if direction == "increase" else -1.0
    count = 0
    for stage in levels:
        if sign * (level - stage) < -1e-9:
            break
        count += 1
    return count


def _stages(
    climb: Mapping[str, Any], basis: Basis, stages: Mapping[str, tuple[str, float]]
) -> list[dict[str, Any]]:
    if climb["due"] < climb["starts"]:
        raise ValueError(f"the climb of {climb['measure']} ends before it starts")
    sign = 1.0 if climb["direction"] == "increase" else -1.0
    dates = stage_dates(climb["starts"], climb["due"], len(stages))
    rows = []
    for (stage, (name, percent)), due in zip(stages.items(), dates, strict=True):
        level = stage_level(
            percent, climb["baseline"], climb["target"], basis=basis, direction=climb["direction"]
        )
        held = climb["sustained"]
        rows.append(
            {
                key: climb[key]
                for key in ("measure", "name", "unit", "site", "contract", "direction", "baseline")
            }
            | {
                "target": climb["target"],
                "basis": basis,
                "stage": stage,
                "stage_name": name,
                "percent": percent,
            }
            | {"level": round(level, 4), "due": due, "passed": sign * (climb["baseline"] - level) >= 0}
            | {"stretch": bool(pd.isna(held) or sign * (level - held) > 1e-9)}
        )
    return rows
