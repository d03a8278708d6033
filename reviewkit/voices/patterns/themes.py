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
    "people",
    "spontaneous",
    "prompted",
    "asked",
    "share",
    "suggested",
    "note",
)
CONCERNS = ("concern", "suggestion")
"""Stances that see a problem: who proposes a remedy sees one too."""
HOW = ("spontaneous", "prompted", "asked")
"""How a topic came up, the freest way first."""
_KEYS = ["code", "stance", "kind"]


def themes(coded: pd.DataFrame, remarks: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return one row a code, stance (concern or strength) and kind of source.

    A suggestion counts as a concern: who proposes a remedy sees a problem. An interview that does
    both is counted once.

    Interviews are chosen, not sampled, so they are counted and nothing is inferred from them:
    ``units`` of ``units_total`` interviews, a group session being one. Two interviews with one
    person are two interviews of one of the ``people``. What was said off the record counts; it is
    never quoted. An interview without a department counts, and adds none to the departments.

    Parameters
    ----------
    coded : one row a remark and code, from :func:`code_remarks`.
    remarks : all remarks, coded or not: they give the totals.
    codebook : names and headings of the codes.

    Returns
    -------
    ``COLUMNS``. ``kind`` is interview, customer or observation. ``spontaneous``, ``prompted`` and
    ``asked`` count the units, each once, under the freest way in which it raised the theme
    (missing where that was nowhere recorded); what they leave of ``units`` is not recorded.
    ``people`` counts speakers: a session is one, and so is whoever was interviewed twice.
    ``levels`` and ``sites`` list where it was raised; ``suggested`` counts the remarks whose code
    is only a suggestion; ``note`` says so in words. Most unprompted first, then most units.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> book = SimpleNamespace(codes={"morale": SimpleNamespace(name="Morale", heading="leadership")})
    >>> said = pd.DataFrame({"remark_id": ["r1", "r2"], "unit_id": ["i1", "i2"], "kind": "interview",
    ...                      "source": "one_to_one", "stakeholder_id": ["s1", "s2"],
    ...                      "department": "IT", "level": "front_line", "site": "North"})
    >>> coded = said.head(1).assign(code="morale", stance="concern", prompting="asked", suggested=False)
    >>> themes(coded, said, book)[["code", "units", "units_total", "asked"]].values.tolist()
    [['morale', 1, 2, 1]]
    """
    if coded.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    frame = coded.assign(_speaker=speakers(coded), stance=side(coded["stance"]))
    table = frame.groupby(_KEYS, sort=True).agg(
        remarks=("remark_id", "nunique"),
        units=("unit_id", "nunique"),
        departments=("department", _distinct),
        levels=("level", _listed),
        sites=("site", _listed),
        people=("_speaker", "nunique"),
        suggested=("suggested", "sum"),
    )
    table = table.join(_how_raised(frame)).reset_index()
    totals = remarks.groupby("kind").agg(
        units_total=("unit_id", "nunique"), departments_total=("department", _distinct)
    )
    table = table.merge(totals, on="kind", how="left")
    table["share"] = table["units"] / table["units_total"]
    table["name"] = table["code"].map({name: code.name for name, code in codebook.codes.items()})
    table["heading"] = table["code"].map({name: code.heading for name, code in codebook.codes.items()})
    table["note"] = [
        _note(remarks, suggested)
        for remarks, suggested in zip(table["remarks"], table["suggested"], strict=True)
    ]
    order = table.assign(_first=table["spontaneous"].astype("float64").fillna(0))
    order = order.sort_values(["_first", "units", *_KEYS], ascending=[False, False, True, True, True])
    return order[list(COLUMNS)].reset_index(drop=True).astype({"suggested": "int64"})


def side(stance: pd.Series) -> pd.Series:
    """Return the side a stance is counted on: what sees a problem as a concern, the rest as it is.

    >>> side(pd.Series(["suggestion", "strength", "concern"])).tolist()
    ['concern', 'strength', 'concern']
    """
    return stance.mask(stance.isin(CONCERNS), "concern")


def speakers(said: pd.DataFrame) -> pd.Series:
    """Return who speaks for each remark: the person in one-to-ones where known, else the unit counted.

    >>> twice = pd.DataFrame({"unit_id": ["i1", "i2", "g1"], "stakeholder_id": "s1",
    ...                       "source": ["one_to_one", "one_to_one", "group_work"]})
    >>> speakers(twice).nunique()
    2
    """
    alone = said["source"].eq("one_to_one") & said["stakeholder_id"].ne("")
    return ("person " + said["stakeholder_id"]).where(alone, "unit " + said["unit_id"])


def _how_raised(frame: pd.DataFrame) -> pd.DataFrame:
    """Count units by the freest way in which each raised a theme; missing where nowhere recorded."""
    rank = frame["prompting"].map({how: place for place, how in enumerate(HOW)}).astype("float64")
    freest = rank.groupby([frame[name] for name in (*_KEYS, "unit_id")]).min()
    counts = pd.DataFrame({how: freest.eq(place) for place, how in enumerate(HOW)})
    counts = counts.groupby(level=_KEYS).sum()
    recorded = counts.sum(axis=1) > 0
    return counts.astype("Int64").where(recorded)


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
