"""Remarks with their codes: the analysts' own first, suggestions where nobody coded yet."""

from __future__ import annotations

import pandas as pd

from reviewkit.content import NO_CODE, Codebook

from .agreement.disagreements import settled_codes
from .codebooks.recode import recoded
from .suggesting.coder import ThemeCoder

SUGGESTED = "cue phrases"
"""Stands as coder where a code is only suggested."""


def code_remarks(
    remarks: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    *,
    coder: ThemeCoder | None = None,
    resolutions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row a remark and code.

    Parameters
    ----------
    remarks : as made by :func:`all_remarks`.
    codings : ``remark_id, code, coder, stance, prompting`` as analysts gave them, under whatever version of
        the codebook; they are read as it has them now.
    codebook : names and headings of the codes, and cue phrases for suggestions.
    coder : suggests codes for remarks that nobody coded; by cue phrases where left out.
    resolutions : what was settled where coders disagreed: it stands in the place of their codes.

    Returns
    -------
    The columns of ``remarks`` and ``code, heading, stance, prompting, coder, coders,
    suggested``. Where several analysts coded a remark, the one who coded most remarks is
    followed; ``coders`` counts how many gave the code. ``stance`` is empty where none was
    given. Remarks without an
    accepted suggestion are left out.
    """
    given = _given(recoded(codings, codebook), codebook)
    if resolutions is not None and len(resolutions):
        told = recoded(resolutions.assign(coder=resolutions["role"]), codebook)
        given = settled_codes(given, told[told["code"].isin(list(codebook.codes))])
    open_ones = remarks[~remarks["remark_id"].isin(codings["remark_id"])]
    suggested = _suggested(open_ones, coder or ThemeCoder(codebook.active))
    codes = pd.concat([given, suggested], ignore_index=True) if len(suggested) else given
    coded = remarks.merge(codes, on="remark_id", how="inner")
    coded["heading"] = coded["code"].map({name: code.heading for name, code in codebook.codes.items()})
    return coded.astype({"heading": "str", "code": "str"})


def counted(coded: pd.DataFrame, remarks: pd.DataFrame, *, enough: float = 0.5) -> pd.DataFrame:
    """Return the coded remarks that count towards themes.

    Suggestions count only for a kind of source (interviews, customers, observations) of whose
    remarks analysts coded less than ``enough``; elsewhere they wait to be confirmed, because
    an analyst who left a remark uncoded mostly found nothing in it.
    """
    by_analyst = coded.loc[~coded["suggested"].astype(bool), "remark_id"]
    share = remarks["remark_id"].isin(by_analyst).groupby(remarks["kind"]).mean()
    thin = set(share.index[share < enough])
    return coded[~coded["suggested"].astype(bool) | coded["kind"].isin(thin)]


def uncoded(remarks: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Return the remarks that carry no code, given or suggested."""
    return remarks[~remarks["remark_id"].isin(coded["remark_id"])]


def _given(codings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    known = codings[codings["code"].isin([*codebook.codes, NO_CODE])]
    known = known.astype({"coder": "str", "remark_id": "str"})
    keys = ["remark_id", "code"]
    counted = known.groupby(keys, sort=False)["coder"].nunique().rename("coders").reset_index()
    # Of several who coded a remark, whoever coded most remarks is followed; the others show agreement.
    work = known["coder"].map(known.groupby("coder")["remark_id"].nunique())
    followed = work == work.groupby(known["remark_id"]).transform("max")
    first = known[followed].drop_duplicates(keys)[[*keys, "stance", "prompting", "coder"]]
    # Whoever is followed may have found no code that fits.
    first = first[first["code"] != NO_CODE]
    frame = first.merge(counted, on=keys).assign(suggested=False)
    frame["stance"] = frame["stance"].astype("str").fillna("")
    frame["prompting"] = frame["prompting"].astype("str").fillna("")
    return frame.astype({"remark_id": "str", "code": "str", "coder": "str"})


def _suggested(remarks: pd.DataFrame, coder: ThemeCoder) -> pd.DataFrame:
    made = coder.suggest(remarks["text"]).set_axis(remarks.index)
    frame = pd.DataFrame(
        {
            "remark_id": remarks["remark_id"].astype("str"),
            "code": made["theme"],
            "stance": made["stance"].replace("", "concern"),
            "prompting": "",
            "coder": SUGGESTED,
            "coders": 0,
            "suggested": True,
        }
    )
    return frame[made["accepted"]]
