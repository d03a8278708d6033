"""Codings read under the codebook as it stands, whatever version they were made under."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from reviewkit.content import NO_CODE, Codebook

_KEY = ["remark_id", "code", "coder"]
_STANCES = ("concern", "suggestion", "strength")
_PROMPTINGS = ("spontaneous", "prompted", "asked")


def recoded(codings: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return the codings with what their codes became; the code first given stands in ``code_given``.

    No coding is lost and the frame given stays as it is. Where two codings of one coder and remark come
    to the same code, they become one that keeps both memos; of two stances the concern counts, of two
    promptings the freer, and the memo says the other stance.

    Parameters
    ----------
    codings : ``remark_id, code, coder`` and, where known, ``stance, prompting, memo``.

    Examples
    --------
    >>> from reviewkit.content import load_codebook
    >>> from .apply import changed
    >>> from .change import merge
    >>> codings = pd.DataFrame({"remark_id": ["R1", "R1"], "code": ["morale", "culture"], "coder": "A",
    ...                         "memo": ["tired", "blame"]})
    >>> made = recoded(codings, changed(load_codebook(), merge(["morale"], "culture")))
    >>> made[["code", "memo", "code_given"]].values.tolist()
    [['culture', 'tired | blame', 'morale, culture']]
    """
    frame = codings.assign(code_given=codings["code"])
    for each in codebook.recodings:
        here = frame["code"] == each.code
        if each.remarks is not None:
            here &= frame["remark_id"].isin(list(each.remarks))
        frame.loc[here, "code"] = each.to
    double = frame.duplicated(_KEY, keep=False) if codebook.recodings else pd.Series(False, index=frame.index)
    if not double.any():
        return frame
    rows = [_one(group) for _, group in frame[double].groupby(_KEY, sort=False)]
    joined = pd.concat([frame[~double], pd.DataFrame(rows).astype(frame.dtypes.to_dict())])
    return joined.sort_index()


@dataclass(frozen=True)
class LeftOut:
    """Codings that count nowhere, by why."""

    remarks_gone: int
    codes_unknown: int
    by_nobody: int

    def told(self) -> list[str]:
        """Return a sentence for each reason that applies."""
        said = {
            "of a remark that is not there (any more)": self.remarks_gone,
            "by a code that the codebook does not have": self.codes_unknown,
            "that do not say who coded": self.by_nobody,
        }
        return [
            f"{count} coding{'s' if count > 1 else ''} {why} {'are' if count > 1 else 'is'} left out."
            for why, count in said.items()
            if count
        ]


def left_out(
    codings: pd.DataFrame, remarks: pd.DataFrame, codebook: Codebook
) -> tuple[pd.DataFrame, LeftOut]:
    """Return the codings that can count, and how many cannot, each counted for its first reason.

    Parameters
    ----------
    codings : as returned by :func:`recoded`. remarks : everything said, by ``remark_id``.

    Examples
    --------
    >>> from reviewkit.content import load_codebook
    >>> codings = pd.DataFrame({"remark_id": ["R1", "R2"], "code": ["morale", "morale"], "coder": "A"})
    >>> left_out(codings, pd.DataFrame({"remark_id": ["R1"]}), load_codebook())[1].told()
    ['1 coding of a remark that is not there (any more) is left out.']
    """
    gone = ~codings["remark_id"].isin(remarks["remark_id"])
    strange = ~gone & ~codings["code"].isin([*codebook.codes, NO_CODE])
    nobody = ~gone & ~strange & (codings["coder"].fillna("").astype("str").str.strip() == "")
    counts = LeftOut(int(gone.sum()), int(strange.sum()), int(nobody.sum()))
    return codings[~(gone | strange | nobody)], counts


def _one(group: pd.DataFrame) -> pd.Series:
    """Several codings that came to be one, as one."""
    row = group.iloc[0].copy()
    row["code_given"] = ", ".join(dict.fromkeys(group["code_given"].astype("str")))
    memos = [str(memo) for memo in group["memo"] if pd.notna(memo) and memo] if "memo" in group else []
    if "stance" in group:
        row["stance"], others = _first(group["stance"], _STANCES)
        memos += [f"also given as a {stance}" for stance in others]
    if "prompting" in group:
        row["prompting"] = _first(group["prompting"], _PROMPTINGS)[0]
    if "memo" in group or memos:
        row["memo"] = " | ".join(dict.fromkeys(memos))
    return row


def _first(values: pd.Series, order: tuple[str, ...]) -> tuple[object, list[str]]:
    given = [each for each in order if (values == each).any()]
    return (given[0], given[1:]) if given else (values.iloc[0], [])
