"""Things to decide on, made from the results of the steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from reviewkit.findings.convergence.alignment import verdict_finding
from reviewkit.findings.convergence.overruled import WORDS
from reviewkit.model import Finding, InputError, step
from reviewkit.model.words import listing
from reviewkit.steps.wording import Line

from .item import Item, Kind
from .results import Results

_NO_REMARKS = pd.DataFrame({"code": [], "remark_id": []}, dtype="str")


def items(results: Results, kind: Kind) -> list[Item]:
    """Return everything of one sort that can be decided on, in the order the pages tell it.

    Raises
    ------
    InputError : the results were made by an earlier version, whose tables were others.
    """
    try:
        return _MAKERS[kind](results)
    except KeyError as error:
        raise InputError(
            f"these results come from an earlier version of reviewkit: they have no {error}",
            fix="Run the engagement again, then this cell.",
        ) from None


def verdict_row(results: Results, item_id: str) -> dict[str, Any]:
    """Return the row of the matrix of step 1.5 that a verdict is about, as the rule made it."""
    for row in results.table("1.5", "convergence"):
        if verdict_finding(row, _NO_REMARKS).id == item_id:
            return row | {"relationship": row.get("computed") or row["relationship"]}
    raise KeyError(item_id)


def _of_finding(found: Finding, kind: Kind, title: str = "", verdict: str = "", place: str = "") -> Item:
    basis = tuple(
        " · ".join(part for part in (one.source, one.rule, one.query, _rows(one.rows)) if part)
        for one in found.evidence
    )
    says = found.computed or found.statement
    return Item(
        found.id,
        kind,
        title or says,
        says,
        found.fingerprint,
        verdict,
        _figures(found.figures),
        basis,
        place or f"step {found.step}",
    )


def _opinions(results: Results) -> list[Item]:
    made = []
    for row in results.table("1.1", "opinions"):
        found = results.findings.get(str(row["opinion_id"]))
        if found is not None:
            where = row["site"] or row["contract"]
            made.append(_of_finding(found, "opinion", f"{row['name']}{f', {where}' if where else ''}"))
    return made


def _verdicts(results: Results) -> list[Item]:
    rows = sorted(results.table("1.5", "convergence"), key=lambda row: not row["leading"])
    made = []
    for row in rows:
        computed = str(row.get("computed") or row["relationship"])
        found = verdict_finding(row, _NO_REMARKS)
        said = results.findings.get(found.id, found)
        sides = [text for text in (row["name"], row["measure_name"]) if text]
        title = " and ".join(str(text) for text in sides)
        made.append(_of_finding(said, "verdict", title, WORDS[computed].capitalize()))
    return made


def _causes(results: Results) -> list[Item]:
    found = [one for one in results.findings.values() if one.step == "2.1" and one.kind == "cause"]
    return [
        _of_finding(one, "cause", verdict=str(one.figures.get("verdict", "")).capitalize()) for one in found
    ]


def _recommendations(results: Results) -> list[Item]:
    made = []
    for row in results.table("3.1", "recommendations"):
        found = results.findings.get(str(row["recommendation_id"]))
        if found is not None:
            first = "Comes first. " if found.figures.get("first") else ""
            verdict = (
                f"{first}Its cause is {found.figures['verdict']}." if found.figures.get("verdict") else first
            )
            made.append(_of_finding(found, "recommendation", str(row["title"]), verdict.strip()))
    return made


def _findings(results: Results) -> list[Item]:
    return [
        _of_finding(one, "finding", place=f"step {one.step}, {one.kind.replace('_', ' ')}")
        for one in results.findings.values()
        if not one.id.startswith("3.1/recommendation/")
    ]


def _words(results: Results) -> list[Item]:
    """Bottom lines of each page, the headline among them, and main points; the summary comes first."""
    made: dict[str, Item] = {}
    for told in sorted(results.told, key=lambda one: one.step != "4.2"):
        page = step(told.step)
        for line in told.lines:
            who = "" if len(line.editions) == len(page.editions) else f", {listing(line.editions)}"
            found = results.findings.get(line.id)
            place = f"{told.step} {page.title}: bottom line{who}"
            made[line.id] = (
                _of_finding(found, "words", place=place) if found is not None else _sentence(line, place)
            )
        for point in told.points:
            if point in results.findings and point not in made:
                made[point] = _of_finding(
                    results.findings[point], "words", place=f"{told.step} {page.title}: main point"
                )
    return list(made.values())


def _sentence(line: Line, place: str) -> Item:
    also = tuple(line.also)
    return Item(line.id, "words", line.computed, line.computed, line.fingerprint, place=place, also=also)


_MAKERS: Mapping[Kind, Callable[[Results], list[Item]]] = {
    "opinion": _opinions,
    "verdict": _verdicts,
    "cause": _causes,
    "recommendation": _recommendations,
    "finding": _findings,
    "words": _words,
}


def _figures(figures: Mapping[str, Any]) -> dict[str, str]:
    """Figures as text: a person reads them beside the words. Fingerprints of other findings are none."""
    read = {name: value for name, value in figures.items() if value not in (None, "") and "/" not in name}
    return {name.replace("_", " "): _figure(value) for name, value in read.items()}


def _figure(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        text = f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
        return text.replace("-", "−")
    text = str(value)
    return text.replace("_", " ") if text.islower() and " " not in text else text


def _rows(rows: int | None) -> str:
    return "" if rows is None else f"{rows:,} row{'' if rows == 1 else 's'}"


def gone(
    results: Results, decided: Iterable[str], there: Iterable[Item], kind: Kind, seen: Mapping[str, str]
) -> list[Item]:
    """Return what people decided on and the results no longer hold, or no longer tell: it stays in sight."""
    known = {name for one in there for name in (one.id, *one.also)}
    left = [name for name in dict.fromkeys(decided) if name not in known]
    return [
        _of_finding(results.findings[name], kind)
        if name in results.findings
        else Item(name, kind, f"{name} (no longer found)", seen.get(name, ""), "", gone=True)
        for name in left
    ]
