"""The page: what was planted, found, missed, and found where there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd

from .design import design
from .oracle import SERIES, bounds
from .score import KINDS
from .words import DEFINED, FRAME, NAMES

FOUND, FALSE = 0.95, 0.05
"""The goal: this share found at the largest strength, fewer than this share of clean engagements alarmed."""


def truths(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Return one row a planted truth: ``kind, strength, what, where, world, autocorrelation, found``."""
    made = [
        {
            "kind": truth["kind"],
            "strength": row["strength"],
            "what": truth["what"][0],
            "where": truth["where"][0],
            "world": row["world"],
            "autocorrelation": row["autocorrelation"],
            "found": was == "found",
        }
        for row in rows
        for was in ("found", "missed")
        for truth in row[was]
    ]
    columns = ["kind", "strength", "what", "where", "world", "autocorrelation", "found"]
    return pd.DataFrame(made, columns=columns)


def alarms(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Return one row a clean engagement, one column a kind: how many false findings it promoted."""
    clean = [row for row in rows if not row["strength"]]
    counts = [{kind: sum(each["kind"] == kind for each in row["false"]) for kind in KINDS} for row in clean]
    return pd.DataFrame(counts, columns=list(KINDS), index=[row["name"] for row in clean])


def share(count: int, total: int) -> str:
    """Return a share with Wilson's 95 % interval.

    >>> share(19, 20)
    '95 % (76 to 99)'
    >>> share(0, 0)
    ''
    """
    from statsmodels.stats.proportion import proportion_confint

    if not total:
        return ""
    low, high = proportion_confint(count, total, method="wilson")
    return f"{100 * count / total:.0f} % ({100 * low:.0f} to {100 * high:.0f})"


def report(rows: Sequence[dict[str, Any]], seeds: str) -> str:
    """Return the page for these engagements."""
    planted, clean = truths(rows), alarms(rows)
    parts = [_lead(rows, planted, clean, seeds), _kinds(planted, clean), FRAME["planted"], _definitions()]
    parts += [_finer(planted), _bound(planted), _false(rows), FRAME["limits"], FRAME["run"]]
    return "\n".join(parts).rstrip() + "\n"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], left: int = 1) -> str:
    lines = [headings, [*["---"] * left, *["---:"] * (len(headings) - left)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _lead(rows: Sequence[dict[str, Any]], planted: pd.DataFrame, clean: pd.DataFrame, seeds: str) -> str:
    count = sum(1 for row in rows if row["strength"])
    most = max(design()["strengths"])
    strong = planted[planted["strength"] == most]
    reached = [kind for kind in KINDS if _reached(strong[strong["kind"] == kind])]
    quiet = [kind for kind in KINDS if len(clean) and (clean[kind] > 0).mean() < FALSE]
    both = [NAMES[kind].lower() for kind in reached if kind in quiet]
    short = [NAMES[kind].lower() for kind in KINDS if kind not in reached or kind not in quiet]
    seconds = sum(row["simulating"] + row["analysing"] for row in rows)
    whole = int(design()["planted"]) + int(design()["clean"])
    part = f" These are {len(rows)} of {whole} engagements: `make truth` does the rest."
    return FRAME["lead"].format(
        count=count,
        clean=len(clean),
        which="reported seeds" if seeds == "reported" else "development seeds: not the reported figures",
        told=", ".join(both) or "none",
        progress=part if len(rows) < whole else "",
        number=len(rows),
        short=", ".join(short) or "none",
        strong=share(int(strong["found"].sum()), len(strong)),
        most=f"{most:g}",
        each=f"{seconds / max(1, len(rows)):.1f}",
        minutes=f"{seconds / 60:.0f}",
    )


def _reached(rows: pd.DataFrame) -> bool:
    return bool(len(rows)) and bool(rows["found"].mean() >= FOUND)


def _kinds(planted: pd.DataFrame, clean: pd.DataFrame) -> str:
    strengths = design()["strengths"]
    body = []
    for kind in KINDS:
        mine = planted[planted["kind"] == kind]
        by = [mine[mine["strength"] == strength] for strength in strengths]
        wrong = int((clean[kind] > 0).sum())
        goal = ["yes" if _reached(by[-1]) else "no", "yes" if wrong < FALSE * len(clean) else "no"]
        counts = [share(int(part["found"].sum()), len(part)) for part in by]
        missed = [str(int((~part["found"].astype(bool)).sum())) for part in by]
        body.append(
            [NAMES[kind], str(len(mine)), *counts, " / ".join(missed), share(wrong, len(clean)), *goal]
        )
    headings = ["kind", "planted", *(f"found at {strength:g}" for strength in strengths), "missed at each"]
    headings += ["clean engagements with a false alarm", "95 % found at 2", "under 5 % false"]
    return FRAME["kinds"] + "\n" + _table(headings, body)


def _definitions() -> str:
    body = [[NAMES[kind], *DEFINED[kind]] for kind in KINDS]
    return (
        FRAME["definitions"]
        + "\n"
        + _table(["kind", "one unit of strength", "found", "a false alarm"], body, 4)
    )


def _finer(planted: pd.DataFrame) -> str:
    """Opinions by cadence and measure, relationships by relation, causes by cause."""
    opinions = planted[planted["kind"].eq("opinion")]
    weekly = opinions["world"].eq("contact_centre") & opinions["what"].isin(list(WEEKLY))
    halves = opinions.assign(group=weekly.map({True: "by week, 104 points", False: "by month, 24 points"}))
    calm = opinions["autocorrelation"] < sum(design()["autocorrelation"]) / 2
    parts = [
        FRAME["finer"],
        _grouped("opinions", halves, lambda row: row["group"]),
        _grouped(
            "opinions",
            opinions.assign(group=calm.map({True: "autocorrelation under 0.15", False: "0.15 to 0.3"})),
            lambda row: row["group"],
        ),
        _grouped("opinions on", opinions, lambda row: row["what"].replace("_", " ")),
        _grouped("relationships", planted[planted["kind"].eq("relationship")], _relation),
        _grouped(
            "causes",
            planted[planted["kind"].eq("cause")],
            lambda row: row["what"].split("/")[0].replace("_", " "),
        ),
    ]
    return "\n".join(parts)


def _bound(planted: pd.DataFrame) -> str:
    """What any test could find of changes counted by month, beside what the review found of them."""
    strengths = design()["strengths"]
    weekly = planted["world"].eq("contact_centre") & planted["what"].isin(list(WEEKLY))
    monthly = planted[planted["kind"].eq("opinion") & ~weekly]
    by = [monthly[monthly["strength"] == strength] for strength in strengths]
    cells = [share(int(part["found"].sum()), len(part)) for part in by]
    rows = [*bounds(), ["the review, by month", *cells]]
    headings = ["date known / searched for", *(f"at {strength:g}" for strength in strengths)]
    return FRAME["bound"].format(series=SERIES) + "\n" + _table(headings, rows)


WEEKLY = ("first_contact_resolution", "handle_time", "csat")
"""Measures of the contact centre that are counted by week."""


def _relation(row: Any) -> str:
    return str(row["what"].split("/")[0]).replace("_", " ")


def _grouped(title: str, rows: pd.DataFrame, name: Callable[[Any], str]) -> str:
    if rows.empty:
        return ""
    strengths = design()["strengths"]
    groups = rows.assign(group=[name(row) for row in rows.to_dict("records")])
    body = []
    for group, part in groups.groupby("group", sort=True):
        by = [part[part["strength"] == strength] for strength in strengths]
        counts = [f"{int(each['found'].sum())} of {len(each)}" if len(each) else "" for each in by]
        body.append([str(group), *counts, share(int(by[-1]["found"].sum()), len(by[-1]))])
    headings = [title, *(f"found at {strength:g}" for strength in strengths), f"share at {strengths[-1]:g}"]
    return _table(headings, body)


def _false(rows: Sequence[dict[str, Any]]) -> str:
    """What the false alarms in clean engagements say, most frequent first."""
    clean = [row for row in rows if not row["strength"]]
    seen = [
        (NAMES[each["kind"]], each["what"].replace("_", " ").strip("/").replace("//", "/"), row["name"])
        for row in clean
        for each in row["false"]
    ]
    if not seen:
        return FRAME["no_false"]
    table = pd.DataFrame(seen, columns=["kind", "what", "name"]).drop_duplicates()
    counts = table.groupby(["kind", "what"]).size().sort_values(ascending=False, kind="stable").head(15)
    body = [[kind, what, str(number)] for (kind, what), number in counts.items()]
    return (
        FRAME["false"].format(clean=len(clean))
        + "\n"
        + _table(["kind", "of what", "clean engagements"], body, 2)
    )
