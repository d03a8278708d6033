"""The summary's words: the headline and up to six ranked main points."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.findings.gaps.beside import beside_measures
from reviewkit.model import Engagement, Evidence, Finding
from reviewkit.model.words import inline
from reviewkit.present.words import listing, missing, money, number, sentence
from reviewkit.voices import leading

from .choice import first_row, strongest
from .evidence import Earlier, brief, first_sentence, noun_of
from .tested import follows

MOST_POINTS = 6
NEITHER = "Neither numbers nor voices are there yet: nothing can be concluded."
FEW = "Too few have been heard for anything to recur: what was said leads to questions, not to conclusions."
RULE = "The first opinion that stands and, where people and data agree, the topic they agree on"


def headline(earlier: Earlier) -> Finding:
    """Return the one sentence that leadership must not miss, made from the top findings."""
    parts = _headline_parts(earlier)
    agreed = _agreed_topic(parts[0], earlier) if parts else ""
    words = _said(parts, agreed, earlier)
    made = Finding.of(
        "4.2",
        "headline",
        "review",
        statement=words or (FEW if earlier.has_voices else NEITHER),
        figures={part.id: part.fingerprint for part in parts} | ({"agreed": agreed} if agreed else {}),
        evidence=(
            Evidence(source="findings of earlier steps", rule=RULE, query=", ".join(p.id for p in parts)),
        ),
    )
    # It speaks in people's words where it takes up a statement that they worded.
    whose = [part.worded_by for part in parts if part.worded_by and brief(part.statement) in words]
    return made.model_copy(update={"worded_by": whose[0]}) if whose else made


def main_points(earlier: Earlier) -> list[Finding]:
    """Return up to six findings in brief, most important first, from both readings.

    The first opinions on two measures lead; then what people and data agree on, the costliest
    gap, where they disagree, and what recurs in what people say. Free places go to what is next.
    """
    opinions = [group[0] for group in earlier.by_measure.values()]
    gaps = _costliest(earlier)
    # A strength both sides see has its own place on the page: a concern comes first.
    both = sorted(earlier.found("1.5", "agreement"), key=lambda one: "the same strength" in one.statement)
    agreed, against = both[:1], earlier.found("1.5", "dissonance")[:1]
    named = {finding.subject.split("/")[0] for finding in agreed + against}
    themes = [finding for finding in earlier.found("1.4", "theme") if finding.subject not in named]
    ranked = [
        *opinions[:2],
        *agreed,
        *gaps[:1],
        *against,
        *themes[: 1 if earlier.has_numbers else 4],
        *earlier.found("2.3", "partner_gap")[:1],
        *opinions[2:],
        *gaps[1:],
    ]
    chosen = _different(ranked)
    if not earlier.has_voices:
        # What got better has its own place on the page.
        chosen += [one for one in earlier.opinions if one not in chosen and not _better(one)]
    chosen = chosen[:MOST_POINTS]
    return [finding.model_copy(update={"statement": brief(finding.statement)}) for finding in chosen]


def why_it_matters(points: Iterable[Finding], earlier: Earlier, engagement: Engagement) -> dict[str, str]:
    """Return, by finding id, the second half of each point: why it matters.

    What makes a measure matter is said once, with the first point about it; a later point about a place
    says how far from its target that place is.
    """
    told: dict[str, str] = {}
    seen: set[str] = set()
    for point in points:
        measure = point.subject.split("/")[0] if point.kind == "opinion" else ""
        again = bool(measure) and measure in seen
        words = _far(point, measure, earlier, engagement) if again else _why(point, earlier, engagement)
        seen.add(measure)
        if words:
            told[point.id] = words
    return told


def _headline_parts(earlier: Earlier) -> list[Finding]:
    if not earlier.has_numbers:
        return [*earlier.found("1.4", "theme")[:1], *earlier.found("1.4", "strength")[:1]]
    first = [group[0] for group in earlier.by_measure.values()][:1]
    return first or earlier.found("1.5", "agreement")[:1] or earlier.found("1.1", "measure")[:1]


def _said(parts: list[Finding], agreed: str, earlier: Earlier) -> str:
    """Return the headline's words; a statement of several clauses ends before the topic is added."""
    if not parts:
        return ""
    if not earlier.has_numbers and (words := _praise_and_concern(earlier)):
        return words
    lead = "; ".join(brief(part.statement) for part in parts)
    more = [words for words in (_worth(parts[0], lead, earlier.review.engagement), agreed) if words]
    if not more:
        return f"{lead}."
    return f"{lead}. {sentence('; '.join(more))}" if ";" in lead else f"{'; '.join([lead, *more])}."


def _worth(opinion: Finding, said: str, engagement: Engagement) -> str:
    """Return what the change is worth a year, unless the statement says so already."""
    worth = opinion.figures.get("worth")
    if not isinstance(worth, float) or not worth or "a year" in said:
        return ""
    verb = "is worth" if opinion.figures.get("variation") == "improvement" else "costs"
    return f"the change {verb} about {money(abs(worth), engagement.currency)} a year"


def _praise_and_concern(earlier: Earlier) -> str:
    """Return what is praised most against what is criticised most, in one sentence."""
    good, bad = (leading(earlier.themes, stance).head(1) for stance in ("strength", "concern"))
    if good.empty or bad.empty:
        return ""
    told = []
    for rows in (good, bad):
        row, gate = rows.iloc[0], earlier.review.discloser
        told.append(gate.count(int(row["units"]), int(row["units_total"]), "leadership"))
    noun = noun_of(str(good["kind"].iloc[0]), earlier.review.engagement)
    praised = f"{good['name'].iloc[0]} is praised in {told[0]} {noun}"
    if good["code"].iloc[0] == bad["code"].iloc[0]:
        return f"{praised} and criticised in {told[1].partition(' of ')[0]}."
    return f"{praised}; {inline(str(bad['name'].iloc[0]))} is criticised in {told[1]}."


def _agreed_topic(opinion: Finding, earlier: Earlier) -> str:
    """Return the topic people raise that agrees with the measure of an opinion, in words."""
    row = strongest(earlier, opinion.subject.split("/")[0]) if opinion.kind == "opinion" else None
    if row is None or row["relationship"] != "agreement":
        return ""
    count = earlier.review.discloser.count(int(row["units"]), int(row["units_total"]), "leadership")
    noun = noun_of(str(row["kind"]), earlier.review.engagement)
    return f"{inline(str(row['name']))}, raised in {count} {noun}, points the same way"


def _costliest(earlier: Earlier) -> list[Finding]:
    gaps = earlier.gaps
    if gaps.empty:
        return []
    alone = gaps[gaps["overlaps"].eq("") & gaps["kind"].eq("measured")].sort_values(
        "cost_per_year", ascending=False, kind="stable", na_position="last"
    )
    found = [earlier.one(str(gap)) for gap in alone["gap_id"].head(4)]
    return [finding for finding in found if finding is not None]


def _different(ranked: list[Finding]) -> list[Finding]:
    """Drop a later statement about a measure that an earlier one is about already."""
    kept: dict[str, Finding] = {}
    for finding in ranked:
        subject = finding.subject.split("/")[0] if finding.kind in ("opinion", "gap") else finding.id
        kept.setdefault(subject, finding)
    return list(kept.values())


def _why(point: Finding, earlier: Earlier, engagement: Engagement) -> str:
    if point.kind == "opinion":
        return _why_opinion(point, earlier, engagement)
    if point.kind == "gap":
        return _why_gap(point, earlier)
    if point.kind in ("agreement", "dissonance"):
        code, _, measure = point.subject.partition("/")
        table = earlier.pairs
        rows = table[table["code"].eq(code) & table["measure"].isin([measure.split("/")[0]])]
        return "" if rows.empty else follows(first_row(rows), earlier)
    if point.kind in ("theme", "strength"):
        return _why_theme(point, earlier)
    return ""


def _better(finding: Finding) -> bool:
    return finding.figures.get("variation") == "improvement"


def _far(point: Finding, measure_id: str, earlier: Earlier, engagement: Engagement) -> str:
    """Return how far a place is from its target, where step 2.1 found a gap there; else ""."""
    known, gaps = {measure.id: measure for measure in engagement.measures}, earlier.gaps
    site, measure = str(point.figures.get("site") or ""), known.get(measure_id)
    if gaps.empty or not site or measure is None:
        return ""
    mine = gaps[gaps["kind"].eq("measured") & gaps["measure"].eq(measure_id) & gaps["site"].eq(site)]
    if mine.empty:
        return ""
    row = mine.iloc[0]
    now, target = (number(row[name], measure.unit, measure.decimals) for name in ("actual", "target"))
    over = f" over the {row['over']}" if row.get("over") else ""
    return f"it stands at {now}{over}, against an expected {target}"


def _why_opinion(point: Finding, earlier: Earlier, engagement: Engagement) -> str:
    known = {measure.id: measure for measure in engagement.measures}
    measure = known.get(str(point.figures.get("measure", point.subject.split("/")[0])))
    if measure is None:
        return ""
    parts = ["it is a contract measure"] if measure.contract_kpi else []
    worth = point.figures.get("worth")
    if isinstance(worth, float) and worth and "a year" not in point.statement:
        parts.append(f"the change is worth about {money(abs(worth), engagement.currency)} a year")
    same = [one for one in earlier.by_measure.get(measure.id, [])[1:] if _better(one) == _better(point)]
    sites = [str(one.figures.get("site") or "") for one in same]
    if point.figures.get("variation") == "common_cause":  # a level: it shows where it is widest
        sites = _widest(measure.id, earlier)
    named = list(dict.fromkeys(site for site in sites if site))[:2]
    if named and point.subject == measure.id:
        parts.append(f"it shows most at {listing(named)}")
    return listing(parts)


def _widest(measure: str, earlier: Earlier) -> list[str]:
    """Return the sites of a measure's gaps, the widest gap first."""
    if earlier.gaps.empty:
        return []
    mine = earlier.gaps[earlier.gaps["kind"].eq("measured") & earlier.gaps["measure"].eq(measure)]
    return list(mine.sort_values("gap", ascending=False, kind="stable")["site"].astype("str"))


def _why_gap(point: Finding, earlier: Earlier) -> str:
    held = earlier.causes[earlier.causes["gap_id"].eq(point.id)] if len(earlier.causes) else earlier.causes
    return (
        ""
        if held.empty
        else f"what goes with it, by its test: {first_sentence(str(held['statement'].iloc[0]))}"
    )


def _why_theme(point: Finding, earlier: Earlier) -> str:
    rows = earlier.convergence[earlier.convergence["code"].eq(point.subject)]
    if not earlier.has_numbers:
        return ""
    if rows.empty or missing(rows["measure_name"].iloc[0]):
        return "no measure in this review speaks to it yet"
    said = beside_measures(rows).get(point.subject, "")
    shows = said.removeprefix("while ")
    return f"beside it, {shows}" if shows != said else ""
