"""What step 2.1 found about a topic's measure: the summary tells it, and sends nobody away to look."""

from __future__ import annotations

import pandas as pd

from reviewkit.findings.convergence.next_steps import settled_by
from reviewkit.findings.wording import agree, place
from reviewkit.model.words import inline, listing, sentence

from .choice import Row
from .evidence import Earlier

ORDER = ("supported", "contradicted", "inconclusive")
MOST_NAMED = 3


def follows(row: Row, earlier: Earlier) -> str:
    """Return what follows for a topic set beside a measure, the verdict of step 2.1 in place of a task.

    Parameters
    ----------
    row : a row of the convergence matrix: ``code, measure, site, contract, relationship, stance, next_step``.
    earlier : what the steps before the summary found.

    Returns
    -------
    A sentence or two. What step 1.5 proposed stands where step 2.1 has nothing to say: for a strength, and
    where it has not been done.
    """
    proposed = str(row.get("next_step") or "")
    relationship, strength = str(row["relationship"]), str(row.get("stance") or "") == "strength"
    if strength or relationship not in ("agreement", "partial", "dissonance"):
        return proposed
    if relationship == "dissonance":
        found = _elsewhere(row, earlier)
        return f"{proposed.removesuffix(settled_by(_causes_of(row, earlier)))}{found}" if found else proposed
    if earlier.gaps.empty and earlier.tried.empty:
        return proposed
    return _verdict(row, earlier)


def _verdict(row: Row, earlier: Earlier) -> str:
    """Say which causes were tested for the gap of the row's measure, at its place, and what came of each."""
    gaps = earlier.gaps
    mine = gaps[gaps["measure"].eq(str(row["measure"]))] if len(gaps) else gaps
    if mine.empty:
        return f"Step 2.1 finds no gap in {inline(str(row['measure_name']))}, so no cause was tested."
    gap = _at(mine, row)
    tried = earlier.tried
    ours = tried[tried["gap_id"].eq(gap["gap_id"]) & tried["verdict"].isin(ORDER)] if len(tried) else tried
    where = place(gap["site"], gap["contract"])
    about = f"the gap in {inline(str(row['measure_name']))}{where}"
    if ours.empty:
        return f"Nothing on file tests what goes with {about}."
    topics = _causes_of(row, earlier)
    kept = ours[ours["verdict"].eq("supported") | ours["cause"].isin(topics)]
    lead = f"Tested for {about}"
    if kept.empty:
        return f"{lead}: other causes, none of them supported."
    told = [_said(verdict, kept[kept["verdict"].eq(verdict)]) for verdict in ORDER]
    return sentence(
        f"{lead}: {'; '.join(part for part in told if part)}{_only_there(ours, mine, earlier, topics)}"
    )


def _at(mine: pd.DataFrame, row: Row) -> dict[str, str]:
    """The gap at the row's place; else that of the whole; else the first."""
    here = [str(row.get(name) or "") for name in ("site", "contract")]
    for site, contract in (here, ["", ""]):
        rows = mine[mine["site"].fillna("").eq(site) & mine["contract"].fillna("").eq(contract)]
        if len(rows):
            break
    chosen = (rows if len(rows) else mine).iloc[0]
    return {name: str(chosen[name] or "") for name in ("gap_id", "site", "contract")}


def _said(verdict: str, rows: pd.DataFrame) -> str:
    """Name the causes of one verdict, in words of association.

    >>> _said("contradicted", pd.DataFrame({"name": ["Process", "Systems"]}))
    'process and systems do not'
    """
    names = [inline(str(name)) for name in rows["name"].drop_duplicates()]
    if not names:
        return ""
    many = len(names) > 1 or agree(names[0], "one", "many") == "many"
    verb = {
        "supported": "go with it" if many else "goes with it",
        "contradicted": "do not" if many else "does not",
        "inconclusive": "are not settled" if many else "is not settled",
    }[verdict]
    return f"{listing(names, limit=MOST_NAMED)} {verb}"


def _only_there(ours: pd.DataFrame, mine: pd.DataFrame, earlier: Earlier, topics: list[str]) -> str:
    """Say where a cause of the topic that is not supported here is supported at another place."""
    held = set(ours.loc[ours["verdict"].eq("supported"), "cause"])
    others = earlier.causes[
        earlier.causes["gap_id"].isin(mine["gap_id"])
        & earlier.causes["cause"].isin(set(topics) - held)
        & ~earlier.causes["gap_id"].isin(ours["gap_id"])
    ]
    if others.empty:
        return ""
    places = mine.set_index("gap_id")
    told = []
    for name, rows in others.groupby("name", sort=False):
        at = [str(places.loc[gap, "site"] or places.loc[gap, "contract"]) for gap in rows["gap_id"]]
        told.append(f"{inline(str(name))} at {listing(list(dict.fromkeys(at)), limit=2)}")
    return (
        f"; supported for one place: {listing(told)}"
        if len(others) == 1
        else f"; supported by place: {listing(told)}"
    )


def _elsewhere(row: Row, earlier: Earlier) -> str:
    """Say what the tests made of a topic's causes for the gaps of any measure."""
    tried, topics = earlier.tried, _causes_of(row, earlier)
    if tried.empty or not topics:
        return ""
    ours = tried[tried["cause"].isin(topics) & tried["p_value"].notna() & tried["verdict"].isin(ORDER)]
    if ours.empty:
        return ""
    names = dict(zip(earlier.gaps["gap_id"], earlier.gaps["name"], strict=True))
    ours = ours.assign(
        of=[inline(str(names.get(gap, ""))) for gap in ours["gap_id"]],
        order=ours["verdict"].map({verdict: at for at, verdict in enumerate(ORDER)}),
    )
    best = ours.sort_values("order", kind="stable").drop_duplicates(["cause", "of"])
    told = [_by_measure(str(name), rows) for name, rows in best.groupby("name", sort=False)]
    return sentence(f"tested in step 2.1 as a cause of gaps: {'; '.join(told[:MOST_NAMED])}")


def _by_measure(name: str, rows: pd.DataFrame) -> str:
    """Say for which measures a cause holds by its test, and for which it does not.

    >>> _by_measure("Process", pd.DataFrame({"verdict": ["contradicted"], "of": ["handle time"]}))
    'process does not go with handle time'
    >>> _by_measure("Process", pd.DataFrame({"verdict": ["contradicted", "inconclusive"], "of": ["a", "b"]}))
    'process does not go with a, and is not settled for b'
    """
    one, many = "goes with", "go with"
    verbs = {"supported": (one, many), "contradicted": (f"does not {many}", f"do not {many}")}
    verbs["inconclusive"] = ("is not settled for", "are not settled for")
    told = []
    for verdict, pair in verbs.items():
        of = rows.loc[rows["verdict"].eq(verdict), "of"]
        if len(of):
            told.append(f"{agree(name, *pair)} {listing(list(of), limit=MOST_NAMED)}")
    return f"{inline(name)} {', and '.join(told)}"


def _causes_of(row: Row, earlier: Earlier) -> list[str]:
    """Causes that the codebook links with the row's topic, its first first."""
    codes = earlier.review.codebook.codes
    code = str(row["code"])
    return list(codes[code].causes) if code in codes else []
