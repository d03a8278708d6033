"""The summary's words: the headline and up to six ranked main points."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.model import Engagement, Evidence, Finding
from reviewkit.present.words import listing, missing, money

from .summary_evidence import Earlier, brief, first_sentence

MOST_POINTS = 6
NEITHER = "Neither numbers nor voices are there yet: nothing can be concluded."
RULE = "The first opinion that stands and, where people and data agree, the topic they agree on"


def headline(earlier: Earlier) -> Finding:
    """Return the one sentence that leadership must not miss, made from the top findings."""
    parts = _headline_parts(earlier)
    words = [brief(part.statement) for part in parts]
    agreed = _agreed_topic(parts[0], earlier) if parts else ""
    return Finding.of(
        "4.2",
        "headline",
        "review",
        statement=f"{'; '.join([*words, agreed] if agreed else words)}." if parts else NEITHER,
        figures={part.id: part.fingerprint for part in parts} | ({"agreed": agreed} if agreed else {}),
        evidence=(
            Evidence(source="findings of earlier steps", rule=RULE, query=", ".join(p.id for p in parts)),
        ),
    )


def main_points(earlier: Earlier) -> list[Finding]:
    """Return up to six findings in brief, most important first, from both readings.

    The first opinions on two measures lead; then what people and data agree on, the costliest
    gap, where they disagree, and what recurs in what people say. Free places go to what is next.
    """
    opinions = [group[0] for group in earlier.by_measure.values()]
    gaps = _costliest(earlier)
    agreed, against = earlier.found("1.5", "agreement")[:1], earlier.found("1.5", "dissonance")[:1]
    named = {finding.subject.split("/")[0] for finding in agreed + against}
    themes = [finding for finding in earlier.found("1.4", "theme") if finding.subject not in named]
    ranked = [
        *opinions[:2],
        *agreed,
        *gaps[:1],
        *against,
        *themes[: 1 if earlier.has_numbers else 4],
        *earlier.found("1.4", "strength")[: 0 if earlier.has_numbers else 2],
        *earlier.found("2.3", "partner_gap")[:1],
        *opinions[2:],
        *gaps[1:],
    ]
    chosen = _different(ranked)[:MOST_POINTS]
    return [finding.model_copy(update={"statement": brief(finding.statement)}) for finding in chosen]


def why_it_matters(points: Iterable[Finding], earlier: Earlier, engagement: Engagement) -> dict[str, str]:
    """Return, by finding id, the second half of each point: why it matters."""
    return {point.id: words for point in points if (words := _why(point, earlier, engagement))}


def _headline_parts(earlier: Earlier) -> list[Finding]:
    if not earlier.has_numbers:
        return [*earlier.found("1.4", "theme")[:1], *earlier.found("1.4", "strength")[:1]]
    first = [group[0] for group in earlier.by_measure.values()][:1]
    return first or earlier.found("1.5", "agreement")[:1] or earlier.found("1.1", "measure")[:1]


def _agreed_topic(opinion: Finding, earlier: Earlier) -> str:
    """Return the topic people raise that agrees with the measure of an opinion, in words."""
    table = earlier.pairs
    if opinion.kind != "opinion" or table.empty:
        return ""
    mine = table[table["relationship"].eq("agreement") & table["measure"].eq(opinion.subject.split("/")[0])]
    if mine.empty:
        return ""
    row = mine.sort_values("units", ascending=False, kind="stable").iloc[0]
    count = earlier.review.discloser.count(int(row["units"]), int(row["units_total"]), "leadership")
    noun = "interviews" if row["kind"] == "interview" else "customers’ comments"
    return (
        f"{str(row['name'])[:1].lower()}{str(row['name'])[1:]}, raised in {count} {noun}, points the same way"
    )


def _costliest(earlier: Earlier) -> list[Finding]:
    gaps = earlier.gaps
    if gaps.empty:
        return []
    alone = gaps[gaps["overlaps"].eq("")].sort_values(
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
        return "" if rows.empty else str(rows["next_step"].iloc[0])
    if point.kind in ("theme", "strength"):
        return _why_theme(point, earlier)
    return ""


def _why_opinion(point: Finding, earlier: Earlier, engagement: Engagement) -> str:
    known = {measure.id: measure for measure in engagement.measures}
    measure = known.get(str(point.figures.get("measure", point.subject.split("/")[0])))
    if measure is None:
        return ""
    parts = ["it is a contract measure"] if measure.contract_kpi else []
    worth = point.figures.get("worth")
    if isinstance(worth, float) and worth and "a year" not in point.statement:
        parts.append(f"the change is worth about {money(abs(worth), engagement.currency)} a year")
    sites = [str(one.figures.get("site") or "") for one in earlier.by_measure.get(measure.id, [])[1:]]
    named = list(dict.fromkeys(site for site in sites if site))[:2]
    if named and point.subject == measure.id:
        parts.append(f"it shows most at {listing(named)}")
    return listing(parts)


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
    return f"the measure to read beside it is {str(rows['measure_name'].iloc[0]).lower()}"
