"""Quotes chosen to represent: close to what others say, short, and from different people and places."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import pandas as pd

from reviewkit.disclosure import Discloser

from .likeness import centrality
from .themes import CONCERNS, speakers

COLUMNS = ("remark_id", "code", "name", "side", "score", "why")
SIDES = ("concern", "strength")
SHORTEST, LONGEST = 8, 40
"""Words between which a quote reads well."""
_WEIGHTS = {"close": 0.5, "length": 0.3, "alone": 0.2}
_AGAIN = {"kind": 0.25, "department": 0.25, "level": 0.15, "site": 0.05}
_ELSEWHERE = 0.2
_ALONE = 0.5
_PHRASE = 5
_FAIREST = 6
_UNWIELDY = 600
_WORDS = re.compile(r"\w+")


def representative(
    coded: pd.DataFrame,
    allowed: Collection[str],
    names: Mapping[str, Mapping[str, str]],
    *,
    most: int = 2,
    themes: int = _FAIREST,
) -> pd.DataFrame:
    """Return the quotes that stand best for each theme, with the reasons.

    A remark scores 0.5 x how close it is to what others say of the theme (its rank by
    :func:`centrality`), 0.3 x how well it reads (8 to 40 words), 0.2 x how little else it speaks
    of. From that goes 0.25 where its kind of source or its department was quoted on the theme
    already, 0.15 its level, 0.05 its site; and 0.2 for what was not said in an interview where
    interviews raise the theme, too. Nobody is quoted twice, nor five words in a row. A strength is not
    shown in words that go on to complain. At most ``themes`` concerns and as many
    strengths have quotes, so that neither side drowns the other.

    Parameters
    ----------
    coded : one row a remark and code, with ``text``, ``unit_id``, ``stakeholder_id`` and attributes;
        a column ``close`` as :func:`closeness` makes it is read where there is one.
    allowed : ids of remarks that may be quoted; only they are chosen, all are compared with.
    names : for ``concern`` and ``strength`` the codes and their names, most raised first.
    most : quotes a theme.

    Returns
    -------
    ``COLUMNS`` in the order to show; ``why`` gives the reasons.
    """
    chosen: list[pd.DataFrame] = []
    taken: set[str] = set()
    for side in SIDES:
        scored = _scored(coded, side, list(names.get(side, {})), allowed)
        if scored.empty:
            continue
        shown = 0
        for code, name in names.get(side, {}).items():
            if shown == themes:
                break
            picked = _picked(scored[scored["code"] == code], taken, most)
            if len(picked):
                shown += 1
                taken |= set(picked["_who"]).union(*picked["_phrases"])
                chosen.append(picked.assign(name=name, side=side))
    return (
        pd.concat(chosen, ignore_index=True)[list(COLUMNS)] if chosen else pd.DataFrame(columns=list(COLUMNS))
    )


def telling(coded: pd.DataFrame, allowed: Collection[str]) -> pd.DataFrame:
    """Return how well each remark stands for each of its themes: ``remark_id, code, side, score, place, of``.

    Scored as :func:`representative` does, without regard to who was quoted already. ``place`` counts
    from 1 for the most telling of the ``of`` remarks on a theme and side that may be quoted.
    """
    codes = [str(code) for code in coded["code"].unique()]
    sides = [_scored(coded, side, codes, allowed).assign(side=side) for side in SIDES]
    whole = pd.concat([part for part in sides if len(part)] or [coded.head(0)])
    if whole.empty:
        return pd.DataFrame(columns=["remark_id", "code", "side", "score", "place", "of"])
    whole = whole.sort_values(["score", "remark_id"], ascending=[False, True])
    groups = whole.groupby(["code", "side"])
    found = whole.assign(place=groups.cumcount() + 1, of=groups["remark_id"].transform("size"))
    return found[["remark_id", "code", "side", "score", "place", "of"]].reset_index(drop=True)


def closeness(coded: pd.DataFrame) -> pd.Series:
    """Return how close each remark is to the others that say the like of its code, as a rank up to 1.

    The like: the same code and side (concern or strength) and the same kind of source. A remark
    alone in its group has 0.5.
    """
    side = coded["stance"].eq("strength").astype("str")
    groups = coded["code"].astype("str") + "/" + side + "/" + coded["kind"].astype("str")
    close = centrality(coded["text"].astype("str"), groups)
    ranked = close.groupby(groups).rank(pct=True, method="average").astype("float64")
    return ranked.where(groups.map(groups.value_counts()) > 1, _ALONE)


def quotable(coded: pd.DataFrame, quotes: pd.DataFrame, gate: Discloser) -> set[str]:
    """Return the remarks nobody decided on yet that could be quoted to leadership once approved.

    On the record, attribution agreed, spoken by somebody of a pool that is large enough, and not
    longer than 600 characters; customers' comments need no agreement.
    """
    said = coded.drop_duplicates("remark_id")
    said = said[~said["remark_id"].isin(quotes["remark_id"]) & said["text"].str.len().le(_UNWIELDY)]
    customer = said["kind"].eq("customer") & said["department"].eq("")
    agreed = said["on_record"].astype(bool) & said["attribution"].isin(("role", "broad"))
    pool = ["department", "level", "source"]
    groups = said[pool].drop_duplicates()
    named = [bool(gate.attribution(row, "leadership")) for row in groups.to_dict("records")]
    open_pools = groups[pd.Series(named, index=groups.index, dtype=bool)]
    within = said[pool].apply(tuple, axis=1).isin(list(open_pools.itertuples(index=False, name=None)))
    return set(said.loc[(customer | agreed) & within, "remark_id"])


def _scored(coded: pd.DataFrame, side: str, codes: list[str], allowed: Collection[str]) -> pd.DataFrame:
    """Describe and score the remarks that take a side on the codes and may be quoted."""
    topics = coded.groupby("remark_id")["code"].nunique()
    praise = coded["stance"].eq("strength")
    both = praise.groupby(coded["remark_id"]).nunique()
    stances = CONCERNS if side == "concern" else ("strength",)
    mine = coded[coded["stance"].isin(stances) & coded["code"].isin(codes)]
    mine = mine.drop_duplicates(["remark_id", "code"]).sort_values("remark_id")
    if mine.empty:
        return mine
    text = mine["text"].astype("str")
    words = text.str.count(r"\S+").astype("int64")
    scored = mine.assign(
        _who=speakers(mine),
        _phrases=text.map(phrases),
        close=mine["close"] if "close" in mine else closeness(mine),
        among=mine.groupby(["code", "kind"])["remark_id"].transform("size"),
        words=words,
        length=(words / SHORTEST).clip(upper=1.0) * (LONGEST / words.clip(lower=1)).clip(upper=1.0),
        topics=mine["remark_id"].map(topics).astype("float64"),
        mixed=mine["remark_id"].map(both).gt(1),
    )
    scored["alone"] = (1 / scored["topics"]).where(~scored["mixed"], 0.0)
    scored["score"] = sum(weight * scored[part] for part, weight in _WEIGHTS.items())
    if side == "strength":
        scored = scored[~scored["mixed"]]
    inside = scored["kind"].eq("interview").groupby(scored["code"]).transform("any")
    scored["score"] -= _ELSEWHERE * (inside & scored["kind"].ne("interview"))
    return scored[scored["remark_id"].isin(list(allowed))]


def _picked(mine: pd.DataFrame, taken: set[str], most: int) -> pd.DataFrame:
    """Take the best one after the other; each makes its like less wanted."""
    rest = _without(mine, taken)
    picked: list[pd.DataFrame] = []
    for _ in range(most):
        if rest.empty:
            break
        score = rest["score"].copy()
        for row in picked:
            for name, cost in _AGAIN.items():
                score -= cost * (rest[name].ne("") & rest[name].eq(row[name].iloc[0]))
        best = rest.assign(score=score).sort_values(["score", "remark_id"], ascending=[False, True]).head(1)
        picked.append(best.assign(why=_why(best.iloc[0])))
        rest = _without(rest, {best["_who"].iloc[0], *best["_phrases"].iloc[0]})
    return pd.concat(picked) if picked else mine.head(0).assign(why="")


def phrases(text: str) -> frozenset[str]:
    """Return every run of five words, capitals and marks aside; a shorter text is one run.

    >>> sorted(phrases("A nod at Christmas, no more."))
    ['a nod at christmas no', 'nod at christmas no more']
    """
    words = _WORDS.findall(text[:_UNWIELDY].casefold())
    return frozenset(" ".join(words[at : at + _PHRASE]) for at in range(max(len(words) - _PHRASE + 1, 1)))


def _without(rows: pd.DataFrame, taken: set[str]) -> pd.DataFrame:
    """Rows of nobody, and with no phrase, that was taken."""
    fresh = [runs.isdisjoint(taken) for runs in rows["_phrases"]]
    return rows[~rows["_who"].isin(taken) & pd.Series(fresh, index=rows.index, dtype=bool)]


def _why(row: pd.Series) -> str:
    """Say why a remark was chosen."""
    others = int(row["among"])
    near = f"closer to the rest than {row['close']:.0%} of {others} remarks" if others > 2 else "one of few"
    if others > 2 and row["close"] < 0.5:
        near = f"none of the {others} remarks that is nearer to the rest was left"
    topics = "speaks of nothing else" if row["topics"] == 1 else f"speaks of {int(row['topics'])} topics"
    place = ", ".join(str(row[name]).replace("_", " ") for name in ("level", "department") if row[name])
    return "; ".join(part for part in (near, f"{int(row['words'])} words", topics, place) if part)
