"""What the evidence behind the recommendations lets one conclude, and what not: each in a sentence."""

from __future__ import annotations

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.findings import total_cost
from reviewkit.findings.convergence.words import Count
from reviewkit.findings.wording import place
from reviewkit.model import Engagement
from reviewkit.model.words import inline, listing, money
from reviewkit.plan.choice import SETTLE, leading_gaps
from reviewkit.plan.returns import refusal
from reviewkit.plan.rows import records
from reviewkit.present.words import plural

from ..gaps_and_causes.conclusions import FEW_INTERVIEWS

AGAINST = "contradicted"


def plainly(n: int, total: int) -> str:
    """Return a number of voices as it is.

    >>> plainly(1200, 6000)
    '1,200'
    """
    return f"{n:,}"


def for_leadership(discloser: Discloser, themes: pd.DataFrame) -> Count:
    """Return the words for n voices that leadership may read: interviews in bands where they are few."""
    if "kind" not in themes or not themes["kind"].eq("interview").any():
        return plainly
    return lambda n, total: discloser.count(n, total, "leadership").partition(" of ")[0]


def limits(
    table: pd.DataFrame,
    gaps: pd.DataFrame,
    causes: pd.DataFrame,
    themes: pd.DataFrame,
    engagement: Engagement,
    *,
    measured: frozenset[str],
    targeted: frozenset[str],
    count: Count = plainly,
    unlinked: frozenset[str] = frozenset(),
) -> list[str]:
    """Return what can and cannot be concluded, most weighty first.

    Parameters
    ----------
    table : the recommendations. gaps, causes, themes : tables of earlier steps.
    measured : ids of measures that have values. targeted : ids of measures that have a target.
    count : as :func:`overlooked` takes it.
    unlinked : ids of measures that no code links to what people say.
    """
    sized = gaps[gaps["kind"].eq("measured")]
    looked = sized["gap_id"].isin(list(causes["gap_id"]))
    bare = sized[sized["measure"].isin(list(unlinked)) & ~looked]
    said = [_numbers(sized, measured), _codes(bare), _tests(sized.drop(bare.index), causes), _voices(themes)]
    said += [overlooked(gaps, themes, count), _money(sized, engagement), _sums(sized, engagement)]
    said += [_targets(sized, engagement, measured - targeted)]
    return [text for text in (*said, _unanswered(table, gaps, causes, engagement)) if text]


def _numbers(sized: pd.DataFrame, measured: frozenset[str]) -> str:
    if not measured:
        return (
            "No performance data was given: no gap has a size, no cause is tested and no return is "
            "worked out. "
            "What is recommended rests on what people say, and is to be tried before it is paid for."
        )
    if sized.empty:
        return (
            "No measure is short of its target by more than chance would make, so no recommendation is "
            "made to "
            "close a gap in the figures."
        )
    names = listing(dict.fromkeys(inline(name) for name in sized["name"]), limit=4)
    return f"There {'is' if len(sized) == 1 else 'are'} {plural(len(sized), 'measured gap')}, in {names}."


def _tests(sized: pd.DataFrame, causes: pd.DataFrame) -> str:
    if sized.empty:
        return ""
    mine = causes[causes["gap_id"].isin(list(sized["gap_id"]))] if len(causes) else causes
    verdicts = mine["verdict"] if len(mine) else pd.Series(dtype="str")
    if not verdicts.isin(["supported", "contradicted", "inconclusive"]).any():
        return (
            "No cause could be tested with the data given: what is recommended for these gaps is to "
            "settle the "
            "cause or to try something small, and no return is promised from the start."
        )
    held = int(mine.loc[verdicts.eq("supported"), "gap_id"].nunique())
    return (
        f"For {held} of {len(sized)} measured gaps a test supports at least one cause. A test shows what "
        "goes "
        "with a gap and does not prove what made it; for the others only trials are recommended."
    )


def _codes(bare: pd.DataFrame) -> str:
    """Say of which gaps no cause was looked for, since nothing says what people would call them."""
    names = listing(dict.fromkeys(inline(name) for name in bare["name"]), limit=4)
    if not names:
        return ""
    return (
        f"No codes in the params file link {names} to what people say, so no cause was looked for and no "
        "voice is set beside. Give each measure its codes."
    )


def _voices(themes: pd.DataFrame) -> str:
    if themes.empty:
        return (
            "Nobody has been heard: whether people see the same causes is not known, and what no number "
            "measures "
            "is missing here."
        )
    heard = themes.loc[themes["kind"].eq("interview"), "units_total"]
    if heard.empty:
        return "No member of staff was interviewed: what is said comes from those served alone."
    if float(heard.max()) < FEW_INTERVIEWS:
        return (
            f"Fewer than {FEW_INTERVIEWS} interviews were held: what they raise is a question to settle, and "
            "not what the organisation thinks."
        )
    return ""


def _money(sized: pd.DataFrame, engagement: Engagement) -> str:
    said: dict[str, list[str]] = {}
    for row in records(leading_gaps(sized)):
        why = refusal(row, engagement.currency, engagement.measure(row["measure"]).value_per_unit)
        if why:
            said.setdefault(why.removeprefix("No return is worked out: "), []).append(inline(row["name"]))
    return " ".join(f"No return for {listing(dict.fromkeys(names))}: {why}" for why, names in said.items())


def _sums(sized: pd.DataFrame, engagement: Engagement) -> str:
    """Say which sum of gaps is allowed, and why others on the pages differ from it."""
    if "overlaps" not in sized:
        return ""
    costed = sized[sized["cost_per_year"].notna()]
    alone = costed[costed["overlaps"].eq("")]
    if len(costed) < 2 or len(alone) == len(costed):
        return ""
    total = money(total_cost(sized), engagement.currency)
    return (
        f"{len(costed)} gaps have a cost, and {len(alone)} of them hold no money of another: only these are "
        f"added, to about {total} a year. A site's gap lies inside that of the whole, and some measures see "
        "the same money from another side, so the others are parts and are never added. What a change cost "
        "(1.1) is counted from the level before it, a gap from its target: the two sums differ, and are not "
        "added either."
    )


def overlooked(gaps: pd.DataFrame, themes: pd.DataFrame, count: Count = plainly) -> str:
    """Say why what is raised most as a concern brings no action; "" where it is a gap or has a measure.

    Parameters
    ----------
    gaps, themes : tables of steps 2.1 and 1.4.
    count : words for n voices of so many; an edition's own where small numbers must not be seen.
    """
    if "stance" not in themes or len(gaps[gaps["kind"].eq("measured")]):
        return ""
    concerns = themes[themes["stance"].eq("concern") & themes["kind"].isin(["interview", "customer"])]
    if concerns.empty:
        return ""
    kind = "interview" if concerns["kind"].eq("interview").any() else "customer"
    top = concerns[concerns["kind"].eq(kind)].sort_values("units", ascending=False).iloc[0]
    if top["code"] in set(gaps["code"]):
        return ""
    praised = themes[
        themes["code"].eq(top["code"]) & themes["stance"].eq("strength") & themes["kind"].eq(kind)
    ]
    name, praise, total = inline(str(top["name"])), int(praised["units"].sum()), int(top["units_total"])
    if praise <= int(top["units"]):
        return f"The concern raised most, {name}, is too thinly raised to recommend anything for."
    what = "interviews" if kind == "interview" else "comments"
    return (
        f"The concern raised most, {name}, brings no recommendation: {count(praise, total)} {what} praise it "
        f"and {count(int(top['units']), total)} find it wanting, so on the whole it is a strength. "
        f"Read the {what} that find it wanting before settling what to do; where they come from one place, "
        "act there."
    )


def _targets(sized: pd.DataFrame, engagement: Engagement, without: frozenset[str]) -> str:
    known = set(sized["measure"])
    names = [
        inline(measure.name)
        for measure in engagement.measures
        if measure.id in without - known and measure.direction != "neutral"
    ]
    if not names:
        return ""
    return (
        f"No target is recorded for {listing(names)}: whether "
        f"{'it falls' if len(names) == 1 else 'they fall'} "
        "short cannot be said, only whether there was a change for the worse."
    )


def _unanswered(table: pd.DataFrame, gaps: pd.DataFrame, causes: pd.DataFrame, engagement: Engagement) -> str:
    answered = {name for ids in table["gap_ids"] for name in str(ids).split(", ")}
    only_settled = table[table["intervention"].eq(SETTLE)]
    settled = (
        {name for ids in only_settled["gap_ids"] for name in str(ids).split(", ")} if len(table) else set()
    )
    left = [row for row in records(leading_gaps(gaps)) if row["gap_id"] not in answered | settled]
    if not left:
        return ""
    names = [
        f"{inline(row['name'])}{place(row['site'], engagement.contract_name(row['contract']))}"
        for row in left
    ]
    verdicts = causes.groupby("gap_id")["verdict"].agg(set).to_dict() if len(causes) else {}
    against = [
        name for row, name in zip(left, names, strict=True) if verdicts.get(row["gap_id"]) == {AGAINST}
    ]
    why = f" For {listing(against, limit=3)} the tests speak against every likely cause." if against else ""
    return (
        f"Nothing on this page acts on {listing(names, limit=5)}: other gaps weigh more, or no cause is "
        f"known that something could be done about.{why}"
    )
