"""Remarks that coders coded differently, side by side, and what was settled about them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewkit.content import NO_CODE

from .krippendorff import masi

NOTHING = "no code fits"
FIXED = ("remark_id", "text", "apart")


def disagreements(
    codings: pd.DataFrame,
    remarks: pd.DataFrame,
    names: Mapping[str, str],
    resolutions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the remarks to which coders gave other codes, furthest apart first; for the team alone.

    Parameters
    ----------
    codings : ``remark_id, code, coder`` and, where known, ``stance, memo``.
    remarks : ``remark_id, text``.
    names : name by code.
    resolutions : what was settled; a remark counts as settled when each code in question is.

    Returns
    -------
    ``remark_id, text, apart`` (the codes in question, by id) and a column for each coder: the codes given,
    with stance and memo; empty where the coder did not code the remark.
    """
    coded = codings.dropna(subset=["remark_id", "code", "coder"])
    coded = coded.astype({"remark_id": "str", "code": "str", "coder": "str"})
    sets = coded.groupby(["remark_id", "coder"])["code"].agg(frozenset).unstack()
    settled = _settled(resolutions)
    rows: dict[str, tuple[float, str]] = {}
    for remark, row in sets.iterrows():
        given = [codes - {NO_CODE} for codes in row.dropna()]
        question = (
            frozenset().union(*given) - frozenset.intersection(*given) - settled.get(str(remark), set())
        )
        if len(given) > 1 and question:
            far = max(masi(a, b) for a in given for b in given)
            rows[str(remark)] = (far, ", ".join(sorted(question)))
    order = sorted(rows, key=lambda remark: (-rows[remark][0], remark))
    texts = remarks.drop_duplicates("remark_id").set_index("remark_id")["text"]
    found = pd.DataFrame(
        {"remark_id": order, "text": [texts.get(r, "") for r in order], "apart": [rows[r][1] for r in order]},
        dtype="str",
    )
    said = _said(coded[coded["remark_id"].isin(order)], names)
    for coder in sets.columns:
        found[str(coder)] = [said.get((remark, str(coder)), "") for remark in order]
    return found


def settled_codes(given: pd.DataFrame, resolutions: pd.DataFrame) -> pd.DataFrame:
    """Return the codings that stand, with what was settled in the place of what coders disagreed on.

    Parameters
    ----------
    given : one row a remark and code, as it would stand without.
    resolutions : ``remark_id, code, holds, stance, role``.

    Returns
    -------
    ``given`` without the codes that were settled not to hold, and with those that do; who settled it,
    by role, stands as coder of what was added.
    """
    if resolutions.empty:
        return given
    key = ["remark_id", "code"]
    told = resolutions.drop_duplicates(key, keep="last")
    holds = told["holds"].fillna(False).astype(bool)
    refused = pd.MultiIndex.from_frame(told.loc[~holds, key].astype("str"))
    index = pd.MultiIndex.from_frame(given[key].astype("str"))
    kept = given[~index.isin(refused)].copy()
    stance = told[holds].set_index(key)["stance"].dropna()
    stance = stance[stance != ""]
    index = pd.MultiIndex.from_frame(kept[key])
    new = pd.Series(stance.reindex(index).to_numpy(), index=kept.index)
    kept["stance"] = new.where(new.notna(), kept["stance"]).astype("str")
    added = told[holds & ~pd.MultiIndex.from_frame(told[key]).isin(index)]
    rows = added[[*key, "stance"]].assign(coder=added["role"], prompting="", coders=1, suggested=False)
    rows["stance"] = rows["stance"].astype("str").fillna("")
    return pd.concat([kept, rows[kept.columns]], ignore_index=True).astype(kept.dtypes.to_dict())


def _settled(resolutions: pd.DataFrame | None) -> dict[str, set[str]]:
    if resolutions is None or resolutions.empty:
        return {}
    return {str(remark): set(codes) for remark, codes in resolutions.groupby("remark_id")["code"]}


def _said(coded: pd.DataFrame, names: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """What each coder gave each remark, in words."""
    parts = coded["code"].map(dict(names) | {NO_CODE: NOTHING}).fillna(coded["code"])
    for column, form in (("stance", " ({})"), ("memo", ": {}")):
        if column in coded:
            text = coded[column].astype("str").where(coded[column].notna(), "")
            parts = parts + text.map(lambda words, form=form: form.format(words) if words else "")
    grouped = parts.groupby([coded["remark_id"], coded["coder"]]).agg("; ".join)
    keys = grouped.index.to_frame(index=False).astype("str").itertuples(index=False, name=None)
    return dict(zip(keys, grouped.astype("str"), strict=True))
