"""The voice of the customer traced to what may cause it inside."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewkit.content import Cause, Codebook
from reviewkit.model.words import inline

from .findings import leading
from .themes import CONCERNS

COLUMNS = ("code", "name", "units", "units_total", "causes", "inside", "inside_total", "inside_codes")


def traced(themes: pd.DataFrame, codebook: Codebook, causes: Mapping[str, Cause]) -> pd.DataFrame:
    """Return customers' concerns with the internal causes the codebook links them to.

    Parameters
    ----------
    themes : as made by :func:`themes`.
    codebook, causes : which causes a code points at, and their names.

    Returns
    -------
    ``COLUMNS``, one row a concern of customers: ``units`` of ``units_total`` comments;
    ``causes`` by name; ``inside`` of ``inside_total`` interviews that raise the same code or, most
    raised first, one that points at the same cause (``inside_codes``).
    """
    customers = themes[themes["kind"] == "customer"] if len(themes) else themes
    rows = []
    for row in leading(customers, "concern").to_dict("records"):
        linked = codebook.codes[row["code"]].causes
        inside = _inside(themes, str(row["code"]), linked, codebook)
        rows.append(
            {
                "code": row["code"],
                "name": row["name"],
                "units": int(row["units"]),
                "units_total": int(row["units_total"]),
                "causes": ", ".join(inline(causes[name].name) for name in linked if name in causes),
                "inside": int(inside["units"].max()) if len(inside) else 0,
                "inside_total": int(inside["units_total"].max()) if len(inside) else 0,
                "inside_codes": ", ".join(dict.fromkeys(inside["name"].head(2))),
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _inside(themes: pd.DataFrame, code: str, causes: tuple[str, ...], codebook: Codebook) -> pd.DataFrame:
    """Concerns in interviews with the same code, else with a cause in common."""
    raised = themes[(themes["kind"] == "interview") & themes["stance"].isin(CONCERNS)]
    raised = raised.sort_values("units", ascending=False, kind="stable")
    same = raised[raised["code"] == code]
    shares = [bool(set(causes) & set(codebook.codes[other].causes)) for other in raised["code"]]
    return same if len(same) else raised[pd.Series(shares, index=raised.index, dtype=bool)]
