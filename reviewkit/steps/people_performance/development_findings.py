"""What step 2.5 says about goals and feedback on file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from reviewkit.disclosure import Discloser
from reviewkit.findings.goals import alignment as aligned
from reviewkit.findings.goals.smart import goal_summary
from reviewkit.findings.people import feedback as heard
from reviewkit.model import Edition, Evidence, Finding
from reviewkit.model.words import listing, plural
from reviewkit.present.words import number, percent, plain

from .development_inputs import DevelopmentInputs

PERSONAL: tuple[Edition, ...] = ("team", "managers")
ALL: tuple[Edition, ...] = ("team", "leadership", "managers")
SMART_RULE = "Letters of SMART by the goal's own words and what is on file; achievable by levels sustained"


def goal_findings(inputs: DevelopmentInputs) -> list[Finding]:
    """Return how many goals on file meet all five letters, and which letter is missed most."""
    read = inputs.goals
    if read.empty:
        return []
    table = goal_summary(read).set_index("key")
    met, letters = {str(name): int(n) for name, n in table["met"].items()}, table.drop(index="smart")
    most, unknown = int(letters["not_met"].max()), int(letters["unknown"]["achievable"])
    text = f"{met['smart']} of {plural(len(read), 'goal')} on file "
    text += f"{'meets' if met['smart'] == 1 else 'meet'} all five letters of SMART"
    if most:
        weakest = letters.loc[letters["not_met"].eq(most), "letter"].str.lower().tolist()
        text += f"; most often missing: {listing(weakest)} ({plural(most, 'goal')}"
        text += " each)" if len(weakest) > 1 else ")"
    text += f". For {unknown} nobody can tell whether they are achievable." if unknown else "."
    made = {**met, "goals": len(read), "unknown_achievable": unknown}
    return [_of_goals("goals", "smart", text, made, inputs, SMART_RULE)]


def alignment_findings(inputs: DevelopmentInputs, gate: Discloser) -> list[Finding]:
    """Return which contract measures no goal points at, and which goals point nowhere or pull back."""
    read, holes = inputs.goals, inputs.holes
    if read.empty or holes.empty:
        return []
    bare = holes.loc[holes["goals"].eq(0), "name"].tolist()
    some = len(holes) - len(bare)
    text = f"{some} of {plural(len(holes), 'contract measure')} {'has' if some == 1 else 'have'} a goal "
    text += "on file"
    text += f"; none points at {listing([name.lower() for name in bare])}." if bare else " at some level."
    whole = int(holes["cascade"].eq("whole line").sum())
    text += f" {whole or 'None'} of them {'is' if whole < 2 else 'are'} carried from leaders "
    text += "through teams to the front line."
    made: dict[str, Any] = {"measures": len(holes), "without_goal": len(bare), "whole_line": whole}
    rule = "Goals by the measure they point at, in words or on file"
    found = [_of_goals("alignment", "holes", text, made, inputs, rule)]
    nowhere = {"unpointed": int(read["points_at"].eq("").sum()), "goals": len(read)}
    found += _in_words("pointed", lambda edition: _pointed(read, gate, edition), len(read), nowhere)
    carried: dict[str, Any] = dict(aligned.carried_by_manager(read, inputs.stakeholders))
    if carried["goals"]:
        found += _in_words("managers", lambda edition: _carried(carried, gate, edition), len(read), carried)
    against = {"contradictions": len(inputs.contradictions)}
    if len(inputs.contradictions):
        found += _in_words(
            "contradictions", lambda edition: _against(inputs, gate, edition), len(read), against
        )
    return [one for one in found if not inputs.few_owners or "team" in one.audience]


def result_findings(inputs: DevelopmentInputs, load: dict[str, float] | None, result: str) -> list[Finding]:
    """Return whether goals ask for results or tasks, and whether much work goes with good results."""
    read, found = inputs.goals, []
    if len(read):
        counts = read["kind"].value_counts()
        of = {name: int(counts.get(name, 0)) for name in ("result", "task", "both", "neither")}
        text = f"Of {plural(len(read), 'goal')} on file {_does(of['result'], 'ask')} for results, "
        text += f"{of['task']} for tasks"
        text += f", {of['both']} for both" if of["both"] else ""
        text += f"; {_does(of['neither'], 'name')} neither." if of["neither"] else "."
        rule = "By the goal's words; where they say neither, by the measure on file"
        found.append(_of_goals("results", "goals", text, {**of, "goals": len(read)}, inputs, rule))
    if load is not None:
        found.append(_load(load, result))
    return found


def feedback_findings(inputs: DevelopmentInputs, people: pd.DataFrame, gate: Discloser) -> list[Finding]:
    """Return quality and cadence of feedback on file, and whether it goes with results.

    ``people`` has one row an agent with ``agent, standing``.
    """
    given = inputs.given
    if given.empty:
        return []
    made, pieces = heard.quality(given), plural(len(given), "piece")
    text = f"Of {pieces} of feedback on file {percent(made['praise_share'])} are praise; "
    text += f"{percent(made['specific'])} name an act and its effect and {percent(made['timely'])} came "
    text += f"within {heard.LATE_DAYS} days."
    if len(given) < inputs.fewest:
        text = f"{_capital(pieces)} of feedback on file {'is' if len(given) == 1 else 'are'} too few to say "
        text += "how good feedback is."
    if inputs.later:
        text += f" Dated after the data end, and left out: {plural(inputs.later, 'piece')}."
    rule = "Shares of the feedback on file that says so"
    found = [_feedback("quality", text, made, len(given), rule, PERSONAL if inputs.few_givers else ALL)]
    return found + _cadence(inputs, gate) + _standing(heard.heard_by_standing(given, people), gate)


def _cadence(inputs: DevelopmentInputs, gate: Discloser) -> list[Finding]:
    often = inputs.cadence
    days = next((days for days in reversed(heard.QUIET_DAYS) if often["reach"] >= days), 0)
    if not days or inputs.reports_to.empty:
        return []

    def words(edition: Edition) -> str:
        told = _count(gate, int(often[f"quiet_{days}"]), int(often["people"]), edition)
        text = f"People who report to somebody and have no feedback on file in the last {days} days: {told}"
        if often["with_gap"] >= (1 if edition in PERSONAL else gate.disclosure.minimum_survey):
            gap = number(often["gap"], "days", 0)
            text += f". Of those with two pieces or more half heard something at least every {gap}"
        return text

    rule = "Days between pieces on file, by receiver"
    return _in_words("cadence", words, len(inputs.given), often, "feedback", "feedback_given", rule)


def _standing(table: pd.DataFrame, gate: Discloser) -> list[Finding]:
    """Whether those who stand out hear praise, and those who may need support anything specific."""
    asked = (
        ("recognise", "praised", "praise", "whose results stand out and who have praise on file"),
        (
            "support",
            "specific",
            "specific",
            "for whom support is considered and who have something specific on file",
        ),
    )
    found: list[Finding] = []
    for standing, column, subject, words in asked:
        row = table[table["standing"].eq(standing)]
        if row.empty:
            continue
        n, total = int(row[column].iloc[0]), int(row["people"].iloc[0])
        made, rule = {"people": total, column: n}, "Receivers of feedback on file, by standing"
        exact = f"Agents {words}: {n} of {total}."
        found.append(_feedback(subject, exact, made, total, rule, PERSONAL))
        if total >= gate.disclosure.minimum_pool:
            told = gate.count(n, total, "leadership")
            text = f"Agents {words}: {told}."
            found.append(_feedback(f"{subject}_bands", text, {}, total, rule, ("leadership",)))
    return found


def _load(load: dict[str, float], result: str) -> Finding:
    way = "cannot be shown to go together"
    if load["lower"] > 0:
        way = "go together"
    elif load["upper"] < 0:
        way = "go against one another: more is done, less is settled"
    text = f"Contacts handled and {result.lower()} {way}, agents of a site compared (rank correlation "
    told, low, high = (plain(load[name], 2) for name in ("correlation", "lower", "upper"))
    text += f"{told}, 95% interval {low} to {high}, "
    text += f"{load['n']:.0f} agents). An association: hours worked and time in post may stand behind it."
    rule = "Spearman within sites, on figures adjusted for case mix; interval by Bonett and Wright (2000)"
    return _finding("results", "load", text, dict(load), int(load["n"]), "contacts", rule)


def _pointed(read: pd.DataFrame, gate: Discloser, edition: Edition) -> str:
    nowhere = int(read["points_at"].eq("").sum())
    if not nowhere:
        return "Every goal on file points at a measure or an outcome of the contract"
    told = _count(gate, nowhere, len(read), edition)
    return f"Goals on file that point at no measure and no outcome: {told}"


def _carried(carried: dict[str, int], gate: Discloser, edition: Edition) -> str:
    told = _count(gate, carried["carried"], carried["goals"], edition)
    return f"Goals that point at a measure and match a goal of the owner's manager: {told}"


def _against(inputs: DevelopmentInputs, gate: Discloser, edition: Edition) -> str:
    table, names = inputs.contradictions, {measure.id: measure.name.lower() for measure in inputs.measures}
    about = listing([names[name] for name in dict.fromkeys(table["points_at"])])
    told = _count(gate, len(table), len(inputs.goals), edition)
    return f"Goals that ask for less than the target in force or for the other direction: {told} ({about})"


def _count(gate: Discloser, n: int, total: int, edition: Edition) -> str:
    return f"{n} of {total}" if edition in PERSONAL else gate.count(n, total, edition)


def _in_words(
    subject: str,
    words: Callable[[Edition], str],
    rows: int,
    made: dict[str, Any],
    kind: str = "alignment",
    source: str = "goals",
    rule: str = "Goals by the measure they point at, in words or on file",
) -> list[Finding]:
    """One finding with counts for those who may see individuals, one in bands for leadership."""
    exact, banded = (f"{_capital(words(edition))}." for edition in ("team", "leadership"))
    if exact == banded:
        return [_finding(kind, subject, exact, made, rows, source, rule)]
    return [
        _finding(kind, subject, exact, made, rows, source, rule, PERSONAL),
        _finding(kind, f"{subject}_bands", banded, {}, rows, source, rule, ("leadership",)),
    ]


def _of_goals(
    kind: str, subject: str, text: str, made: dict[str, Any], inputs: DevelopmentInputs, rule: str
) -> Finding:
    audience = PERSONAL if inputs.few_owners else ALL
    return _finding(kind, subject, text, made, len(inputs.goals), "goals", rule, audience)


def _does(number: int, verb: str) -> str:
    return f"{number} {verb}s" if number == 1 else f"{number} {verb}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _feedback(
    subject: str, text: str, made: dict[str, Any], rows: int, rule: str, audience: tuple[Edition, ...] = ALL
) -> Finding:
    return _finding("feedback", subject, _capital(text), made, rows, "feedback_given", rule, audience)


def _finding(
    kind: str,
    subject: str,
    text: str,
    made: dict[str, Any],
    rows: int,
    source: str,
    rule: str,
    audience: tuple[Edition, ...] = ALL,
) -> Finding:
    evidence = (Evidence(source=source, rule=rule, rows=rows),)
    return Finding.of(
        "2.5", kind, subject, statement=text, figures=made, evidence=evidence, audience=audience
    )
