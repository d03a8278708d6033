"""Contact time by how ready the customer was."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from ibis import Table

from ..journeys.interval import Z

ORDER = {"ready": 0, "nearly_ready": 1, "not_ready": 2}


def contact_time(contacts: Table, *, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return contact time by the customer's readiness; only sums leave the database.

    Contacts of no length (hang-ups, forms without a call) are left out and counted.

    Parameters
    ----------
    contacts : the evidence table, with ``readiness`` and ``handle_seconds``.
    by : columns of units, such as ``("contract",)``.

    Returns
    -------
    The columns of ``by``, ``readiness, contacts, minutes`` (mean a contact), ``lower, upper`` (its
    95 % interval by the normal law; none for fewer than two contacts), ``share`` (of the unit's
    contact time, 0 to 1) and ``no_length`` (contacts left out), from ready to not ready.

    Examples
    --------
    >>> import ibis
    >>> contacts = ibis.memtable({"readiness": ["ready", "not_ready", "ready"],
    ...                           "handle_seconds": [60.0, 180.0, 0.0]})
    >>> contact_time(contacts)[["minutes", "share", "no_length"]].values.tolist()
    [[1.0, 0.25, 1.0], [3.0, 0.75, 0.0]]
    """
    seconds = contacts["handle_seconds"].cast("float64")
    known = contacts.filter(contacts["readiness"].notnull() & seconds.notnull())
    seconds = known["handle_seconds"].cast("float64")
    timed = seconds > 0
    sums = {
        "contacts": timed.sum(),
        "time": seconds.sum(where=timed),
        "spread": seconds.std(where=timed, how="sample"),
        "no_length": (~timed).sum(),
    }
    units = {name: known[name].fill_null("") for name in by}
    table: pd.DataFrame = known.group_by(**units, readiness=known["readiness"]).aggregate(**sums).execute()
    table = table[table["contacts"] > 0].astype({"time": "float64", "spread": "float64"})
    table["minutes"] = table["time"] / table["contacts"] / 60
    half = Z * table["spread"] / np.sqrt(table["contacts"].astype("float64")) / 60
    table["lower"], table["upper"] = (table["minutes"] - half).clip(lower=0), table["minutes"] + half
    whole = table.groupby(list(by))["time"].transform("sum") if by else table["time"].sum()
    table["share"] = table["time"] / whole
    table["order"] = table["readiness"].map(ORDER)
    columns = [*by, "readiness", "contacts", "minutes", "lower", "upper", "share", "no_length"]
    return table.sort_values([*by, "order"])[columns].reset_index(drop=True)
