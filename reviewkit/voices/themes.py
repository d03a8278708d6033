"""Themes: what was raised, by how many interviews, from how many departments."""

from __future__ import annotations

import pandas as pd

from reviewkit.content import Codebook

COLUMNS = (
    "code",
    "heading",
    "name",
    "stance",
    "kind",
    "remarks",
    "units",
    "units_total",
    "departments",
    "departments_total",
    "levels",
    "sites",
    "spontaneous",
    "share",
    "suggested",
    "note",
)
CONCERNS = ("concern", "suggestion")
"""Stances that see a problem: who proposes a remedy sees one too."""
_KEYS = ["code", "stance", "kind"]


def themes(coded: pd.DataFrame, remarks: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return one row a code, stance and kind of source.

    Interviews are chosen, not sampled, so they are counted and nothing is inferred from them:
    ``units`` of ``units_total`` interviews, a group session being one.

    Parameters
    ----------
    coded : one row a remark and code, from :func:`code_remarks`.
    remarks : all remarks, coded or not: they give the totals.
    codebook : names and headings of the codes.

    Returns
    -------
    ``COLUMNS``. ``kind`` is interview, customer or observation; ``spontaneous`` counts the
    units that raised it unprompted (missing where that was not recorded); ``levels`` and
    ``sites`` list where it was raised; ``suggested`` counts the remarks whose code is only a
    suggestion; ``note`` says so in words. Most units first, unprompted mentions before others.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from reviewkit.voices import all_remarks, code_remarks
    >>> book = SimpleNamespace(codes={"morale": SimpleNamespace(
    ...     name="Morale", heading="leadership", definition="Mood", cues=("fed up",), strengths=("happy",))})
    >>> said = all_remarks(pd.DataFrame({"remark_id": ["r1", "r2"], "source": "one_to_one",
    ...                                  "interview_id": ["i1", "i2"], "text": ["We are fed up.", "Hm."]}))
    >>> none = pd.DataFrame(columns=["remark_id", "code", "coder", "stance", "prompting"])
    >>> themes(code_remarks(said, none, book), said, book)[["code", "units", "units_total"]].values.tolist()
    [['morale', 1, 2]]
    """
    if coded.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    frame = coded.assign(_free=coded["unit_id"].where(coded["prompting"] == "spontaneous"))
    groups = frame.groupby(_KEYS, sort=False)
    table = groups.agg(
        remarks=("remark_id", "nunique"),
        units=("unit_id", "nunique"),
        departments=("department", _distinct),
        levels=("level", _listed),
        sites=("site", _listed),
        spontaneous=("_free", "nunique"),
        _recorded=("prompting", lambda values: (values != "").any()),
        suggested=("suggested", "sum"),
    ).reset_index()
    totals = remarks.groupby("kind").agg(
        units_total=("unit_id", "nunique"), departments_total=("department", _distinct)
    )
    table = table.merge(totals, on="kind", how="left")
    table["share"] = table["units"] / table["units_total"]
    table["spontaneous"] = table["spontaneous"].astype("Int64").mask(~table["_recorded"].astype(bool))
    table["name"] = table["code"].map({name: code.name for name, code in codebook.codes.items()})
    table["heading"] = table["code"].map({name: code.heading for name, code in codebook.codes.items()})
    table["note"] = [
        _note(remarks, suggested)
        for remarks, suggested in zip(table["remarks"], table["suggested"], strict=True)
    ]
    first = table["spontaneous"].astype("float64").fillna(0)
    order = table.assign(_first=first).sort_values(["_first", "units"], ascending=False, kind="stable").index
    return table.loc[order, list(COLUMNS)].reset_index(drop=True).astype({"suggested": "int64"})


def standing_out(
    coded: pd.DataFrame, remarks: pd.DataFrame, *, by: str = "department", margin: float = 0.3
) -> pd.DataFrame:
    """Return concerns that one group raises far more than the rest.

    Parameters
    ----------
    coded, remarks : as for :func:`themes`; only interviews are read.
    by : ``department``, ``level`` or ``site``.
    margin : how much larger the group's share of interviews must be than the others'.

    Returns
    -------
    ``code, group, units, units_total, share, rest_share``: groups of at least two interviews
    of which at least two raise it, largest difference first.
    """
    heard = remarks[(remarks["kind"] == "interview") & (remarks[by] != "")]
    totals = heard.groupby(by)["unit_id"].nunique()
    concern = coded[(coded["kind"] == "interview") & coded["stance"].isin(CONCERNS) & (coded[by] != "")]
    if concern.empty:
        return pd.DataFrame(columns=["code", "group", "units", "units_total", "share", "rest_share"])
    raised = concern.groupby(["code", by])["unit_id"].nunique().rename("units").reset_index(name="units")
    raised = raised.rename(columns={by: "group"})
    raised["units_total"] = raised["group"].map(totals)
    raised["share"] = raised["units"] / raised["units_total"]
    everyone = raised.groupby("code")["units"].transform("sum")
    others = totals.sum() - raised["units_total"]
    raised["rest_share"] = ((everyone - raised["units"]) / others.where(others > 0)).fillna(0.0)
    raised["above"] = raised["share"] - raised["rest_share"]
    found = raised[(raised["above"] >= margin) & (raised["units"] >= 2) & (others > 0)]
    found = found.sort_values("above", ascending=False, kind="stable", ignore_index=True)
    return found.drop(columns="above")


def together(coded: pd.DataFrame, *, minimum: int = 3) -> pd.DataFrame:
    """Return ``code_a, code_b, units``: concerns raised in the same interviews, at least ``minimum``."""
    concern = coded[(coded["kind"] == "interview") & coded["stance"].isin(CONCERNS)]
    pairs = concern[["unit_id", "code"]].drop_duplicates()
    joined = pairs.merge(pairs, on="unit_id", suffixes=("_a", "_b"))
    joined = joined[joined["code_a"] < joined["code_b"]]
    counted = (
        joined.groupby(["code_a", "code_b"])["unit_id"].nunique().rename("units").reset_index(name="units")
    )
    return counted[counted["units"] >= minimum].sort_values(
        "units", ascending=False, kind="stable", ignore_index=True
    )


def _distinct(values: pd.Series) -> int:
    return int(values[values != ""].nunique())


def _listed(values: pd.Series) -> str:
    return ", ".join(sorted(set(values[values != ""])))


def _note(remarks: int, suggested: int) -> str:
    if not suggested:
        return ""
    if suggested >= remarks:
        return "Suggested by cue phrases; no analyst has confirmed it yet."
    return "Partly suggested by cue phrases; no analyst has confirmed that part yet."
