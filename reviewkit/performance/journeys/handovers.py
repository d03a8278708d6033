"""Hand-offs: how often a case changes hands, between whom, and how often it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .cases import Paths, journeys, named_cases

if TYPE_CHECKING:
    from .events import Events


def handovers(events: Events, *, case: str, holder: str, at: str, by: str | None = None) -> pd.DataFrame:
    """Return how often each case changed hands.

    Parameters
    ----------
    events : one row an event: a frame or an Ibis table; see :func:`variants`.
    case, at : columns with the case, and when it happened.
    holder : column with who held the case then: a person, a team, a line or a site.
    by : column with the unit of the case.

    Returns
    -------
    One row a case: ``case``, with ``by`` that column, ``holders`` (different ones),
    ``handovers`` (changes of holder from one event to the next), ``returns`` (changes to
    somebody who held the case before) and ``ping_pong`` (returns straight back to the last
    holder but one: A to B to A). ``attrs["said"]`` tells how many events were left out, such
    as those without a holder.

    Examples
    --------
    >>> log = pd.DataFrame({"case": 1, "who": list("aabacb"), "at": range(6)})
    >>> handovers(log, case="case", holder="who", at="at").values.tolist()
    [[1, 3, 4, 2, 1]]
    """
    found = journeys(events, case=case, activity=holder, at=at, by=[by] if by else [])
    counts: pd.DataFrame = _changes(found.paths).iloc[found.table["path"]].reset_index(drop=True)
    result: pd.DataFrame = pd.concat([named_cases(found, case, by, counts.columns.tolist()), counts], axis=1)
    result.attrs = {"said": found.said}
    return result


def handover_pairs(events: Events, *, case: str, holder: str, at: str) -> pd.DataFrame:
    """Return who hands over to whom: ``giver, taker, times, cases, ping_pong``, most often first.

    ``ping_pong`` counts how often the taker's next hand-over went straight back to the giver.

    Examples
    --------
    >>> log = pd.DataFrame({"case": 1, "who": list("aba"), "at": range(3)})
    >>> handover_pairs(log, case="case", holder="who", at="at").values.tolist()
    [['a', 'b', 1, 1, 1], ['b', 'a', 1, 1, 0]]
    """
    found = journeys(events, case=case, activity=holder, at=at)
    times = np.bincount(found.table["path"], minlength=len(found.paths))
    holders, owner = _held(found.paths)
    give = np.flatnonzero(owner[1:] == owner[:-1])
    back = np.zeros(len(give), dtype=bool)
    if len(give):
        two_on = np.minimum(give + 2, len(holders) - 1)
        back = (give + 2 < len(holders)) & (owner[two_on] == owner[give]) & (holders[two_on] == holders[give])
    pairs = pd.DataFrame(
        {"giver": holders[give], "taker": holders[give + 1], "path": owner[give], "back": back}
    )
    # A path of many cases counts as often as it was taken, a case once however often it changes hands so.
    pairs["times"] = times[pairs["path"]]
    pairs["cases"] = pairs["times"].where(~pairs.duplicated(["giver", "taker", "path"]), 0)
    pairs["ping_pong"] = pairs["times"].where(pairs["back"], 0)
    table = pairs.groupby(["giver", "taker"], as_index=False)[["times", "cases", "ping_pong"]].sum()
    table = table.sort_values(["times", "giver", "taker"], ascending=[False, True, True], ignore_index=True)
    names = np.array([*found.paths.names, None], dtype=object)
    result = table.assign(giver=names[table["giver"]], taker=names[table["taker"]])
    result.attrs = {"said": found.said}
    return result


def _held(paths: Paths) -> tuple[np.ndarray, np.ndarray]:
    """Return the holders of each path one after the other, each once for as long as he held it."""
    owner = paths.owner
    stays = (paths.codes[1:] == paths.codes[:-1]) & (owner[1:] == owner[:-1])
    kept = np.append(True, ~stays)[: len(owner)]
    return paths.codes[kept], owner[kept]


def _changes(paths: Paths) -> pd.DataFrame:
    holders, owner = _held(paths)
    n = len(paths)
    held = np.bincount(owner, minlength=n)
    different = np.unique(owner * (len(paths.names) + 1) + holders)
    holders_each = np.bincount(different // (len(paths.names) + 1), minlength=n)
    back = (holders[2:] == holders[:-2]) & (owner[2:] == owner[:-2])
    return pd.DataFrame(
        {
            "holders": holders_each,
            "handovers": held - 1,
            "returns": held - holders_each,
            "ping_pong": np.bincount(owner[2:][back], minlength=n),
        }
    )
