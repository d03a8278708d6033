"""What can and cannot be concluded from the evidence there is, said before any verdict is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from reviewkit.model.words import inline, listing, plural

from .verdicts import Thresholds


@dataclass(frozen=True)
class Reach:
    """How much was heard and measured.

    ``interviews`` and ``comments`` are those held and read, ``measured`` the names of measures with a
    series, ``untargeted`` those of them without a target, ``met`` those that keep meeting theirs,
    ``unlinked`` those that speak to no topic; ``asked`` is whether it is recorded which questions were put.
    """

    interviews: int = 0
    comments: int = 0
    measured: tuple[str, ...] = ()
    untargeted: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    unlinked: tuple[str, ...] = ()
    asked: bool = False


def reach(
    themes: pd.DataFrame, signals: pd.DataFrame, links: Mapping[str, Collection[str]], *, asked: bool
) -> Reach:
    """Return how much was heard and measured.

    Parameters
    ----------
    themes : ``kind, units_total`` (step 1.4): how many interviews and comments there are; may be empty.
    signals : one row a measure, site and contract (step 1.1); may be empty.
    links : measure -> codes that it speaks to.
    asked : whether the questions put are recorded.

    Examples
    --------
    >>> said = pd.DataFrame({"kind": ["interview", "customer"], "units_total": [1, 1]})
    >>> rows = pd.DataFrame({"measure": ["csat"], "name": ["Satisfaction"], "site": [""], "contract": [""],
    ...                      "target": [float("nan")], "assurance": [""]})
    >>> reach(said, rows, {"csat": []}, asked=False)  # doctest: +NORMALIZE_WHITESPACE
    Reach(interviews=1, comments=1, measured=('Satisfaction',), untargeted=('Satisfaction',), met=(),
          unlinked=('Satisfaction',), asked=False)
    """
    units = themes.groupby("kind")["units_total"].max() if len(themes) else pd.Series(dtype="int64")
    interviews, comments = int(units.get("interview", 0)), int(units.get("customer", 0))
    if signals.empty:
        return Reach(interviews, comments, asked=asked)
    names = signals.drop_duplicates("measure").set_index("measure")["name"].astype("str")
    aimed = signals.loc[signals["target"].notna(), "measure"].unique()
    whole = signals[signals["site"].fillna("").eq("") & signals["contract"].fillna("").eq("")]
    met = whole.loc[whole["assurance"].eq("passes"), "measure"]
    return Reach(
        interviews,
        comments,
        measured=tuple(names),
        untargeted=tuple(names[~names.index.isin(aimed)]),
        met=tuple(names[names.index.isin(met)]),
        unlinked=tuple(name for measure, name in names.items() if not links.get(str(measure))),
        asked=asked,
    )


def conclusions(found: Reach, limits: Thresholds) -> tuple[list[str], list[str]]:
    """Return what can be concluded here, and what cannot, in plain sentences.

    >>> can, cannot = conclusions(Reach(interviews=2, measured=("Satisfaction",)), Thresholds())
    >>> cannot[0]
    'Only 2 interviews: too few to tell which topics stand out. Nothing is called full agreement below 6.'
    """
    can = _can(found, limits)
    cannot = [*_from_voices(found, limits), *_from_numbers(found)]
    cannot.append("That one side causes the other: the two are set side by side here; step 2.1 tests causes.")
    return can, cannot


def _can(found: Reach, limits: Thresholds) -> list[str]:
    heard, measured = found.interviews or found.comments, len(found.measured)
    told = []
    if heard and measured:
        if heard >= limits.heard:
            told.append("Where people and data agree, agree in part or disagree, topic by topic.")
        else:
            told.append("Whether what people say and what a measure shows point the same way.")
        told.append("Which concerns no measure shows, and which signals nobody raised.")
    elif heard:
        told.append("What people raise, and what would have to be counted to set beside it.")
    elif measured:
        told.append("Which signals in the data to put to people first, with which question.")
    if found.met:
        told.append(
            f"{_names(found.met)} {'keeps' if len(found.met) == 1 else 'keep'} meeting the target: a concern "
            "there says that the target is too low, or counts something else."
        )
    return told


def _from_voices(found: Reach, limits: Thresholds) -> list[str]:
    if not found.interviews and not found.comments:
        return ["Whether people see what the data show: nobody has been heard."]
    told = []
    if 0 < found.interviews < limits.heard:
        told.append(
            f"Only {plural(found.interviews, 'interview')}: too few to tell which topics stand out. "
            f"Nothing is called full agreement below {limits.heard}."
        )
    if not found.interviews:
        told.append("What people inside the organisation see: only customers' comments were read.")
    if found.interviews and not found.asked:
        told.append(
            "Whether silence means that nobody sees it: which questions were put was not recorded, so “not "
            "raised” cannot be told from “not asked”."
        )
    return told


def _from_numbers(found: Reach) -> list[str]:
    if not found.measured:
        return ["Whether what people say shows in any number: there is no measure."]
    told = []
    if found.untargeted:
        are, they = ("is", "it has") if len(found.untargeted) == 1 else ("are", "they have")
        told.append(
            f"Whether {_names(found.untargeted)} {are} good enough: {they} no target. Only change and "
            "difference between sites can be told."
        )
    if found.unlinked:
        told.append(
            f"What people say about {_names(found.unlinked)}: no topic is linked to it. "
            "Say which topics speak to it."
        )
    return told


def _names(names: Sequence[str]) -> str:
    return listing([inline(name) for name in names], limit=4)
