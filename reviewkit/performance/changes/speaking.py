"""Which signals speak as opinions, and which would only repeat another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ..spc.summary import ENOUGH


def speaking(table: pd.DataFrame, *, most: int = 6) -> pd.DataFrame:
    """Return the rows that become opinions: promoted changes, and targets the process cannot meet.

    A site that fails a target which the whole fails too adds nothing, and is left out; so is
    a site's change in a measure of which neither way is better. Of a measure's sites at most
    ``most`` speak, those whose change is largest; the rest stay in the table of signals.

    >>> rows = pd.DataFrame({"measure": "m", "site": ["", "A"], "contract": "", "n": 24, "promoted": False,
    ...                      "assurance": "fails", "direction": "increase", "effect": 0.0})
    >>> speaking(rows)["site"].tolist()
    ['']
    """
    whole = table[(table["site"] == "") & (table["contract"] == "") & (table["assurance"] == "fails")][
        "measure"
    ]
    part = (table["site"] != "") | (table["contract"] != "")
    fails = (table["assurance"] == "fails") & ~(part & table["measure"].isin(whole)) & (table["n"] >= ENOUGH)
    told = table["promoted"].astype(bool) & ~(part & (table["direction"] == "neutral"))
    chosen = table[(told & ~_repeats(table)) | fails]
    place = (
        chosen["effect"]
        .abs()
        .groupby([chosen["measure"], chosen["site"] != ""])
        .rank(ascending=False, method="first")
    )
    kept: pd.DataFrame = chosen.loc[(chosen["site"] == "") | (place <= most)]
    return kept


def _repeats(table: pd.DataFrame) -> Any:
    """Contracts whose change is that of the whole: promoted too, the same way, within a quarter of a year."""
    whole = table[(table["site"] == "") & (table["contract"] == "") & table["promoted"].astype(bool)]
    lead = [name for name in ("measure", "since", "effect") if name in table]
    matched = table[lead].merge(whole[lead], on="measure", how="left", suffixes=("", "_whole"))
    if "effect_whole" not in matched or "since_whole" not in matched:
        return pd.Series(False, index=table.index)
    near = (matched["since"] - matched["since_whole"]).abs() <= pd.Timedelta(days=92)
    same = np.sign(matched["effect"].astype("float64")) == np.sign(matched["effect_whole"].astype("float64"))
    return (near & same).set_axis(table.index) & (table["contract"] != "")
