"""What saturation allows to be said: no more than "at least"."""

from __future__ import annotations

import pandas as pd

from reviewkit.model import Evidence, Finding

from .saturation import BASE, RUN, THRESHOLD

_ENOUGH = {
    "yes": "The last interviews brought hardly anything new on what was asked.",
    "no": "The last interviews still brought new topics: further interviews would say more.",
    "too few": "There are too few interviews to tell whether everything has been heard.",
}
RULE = (
    f"base of {BASE} interviews, the last {RUN} add at most {THRESHOLD:.0%} (Guest, Namey and Chen 2020); "
    "topics unheard at least: Chao2 (Chao 1984, 1987)"
)


def saturation_finding(table: pd.DataFrame) -> list[Finding]:
    """Return a finding on whether further interviews would say anything new (kind ``saturation``)."""
    everyone = table[table["by"] == ""]
    if everyone.empty:
        return []
    row, strata = everyone.iloc[0], table[table["by"] != ""]
    figures: dict[str, float | int | str | bool | None] = {
        "interviews": int(row["interviews"]),
        "new_codes_last": int(row["new_codes_last"]),
        "strata_saturated": int((strata["saturated"] == "yes").sum()),
        "strata_too_few": int((strata["saturated"] == "too few").sum()),
        "strata": len(strata),
        "unheard": None if pd.isna(row["unheard"]) else round(float(row["unheard"]), 1),
        "waiting": int(row["waiting"]),
    }
    words = " ".join(part for part in (_ENOUGH[str(row["saturated"])], _strata(strata)) if part)
    evidence = Evidence(
        source="remarks",
        rule=RULE,
        rows=int(row["interviews"]),
        query="topics new in each coded interview, in the order held",
    )
    return [
        Finding.of("1.4", "saturation", "everyone", statement=words, figures=figures, evidence=(evidence,))
    ]


def expectation(row: pd.Series) -> str:
    """Return what further interviews would bring, as a floor and never as a promise.

    >>> expectation(pd.Series({"unheard": 2.4, "next_five": 1.1, "needed": 9, "topics": 20}))
    'At least 2 topics are still unheard; five more interviews like these would bring about 1.'
    >>> expectation(pd.Series({"unheard": 0.2, "next_five": 0.1, "needed": 0, "topics": 20}))
    'Every topic but a few came up more than once: nothing suggests that one is still unheard.'
    """
    if pd.isna(row["unheard"]):
        return ""
    unheard = int(float(row["unheard"]) + 0.5)
    if unheard < 1:
        return "Every topic but a few came up more than once: nothing suggests that one is still unheard."
    topics = "topic is" if unheard == 1 else "topics are"
    brought = int(float(row["next_five"]) + 0.5)
    more = f"about {brought}" if brought else "hardly one"
    return f"At least {unheard} {topics} still unheard; five more interviews like these would bring {more}."


def _strata(strata: pd.DataFrame) -> str:
    """Say how many strata still brought new topics, and how many have too few interviews."""
    too_few, new = (int((strata["saturated"] == word).sum()) for word in ("too few", "no"))
    told = [f"{_groups(new)} still brought new topics"] if new else []
    if too_few:
        told.append(f"{_groups(too_few)} {'has' if too_few == 1 else 'have'} too few interviews to tell")
    return f"Taken apart by level, department and site, {' and '.join(told)}." if told else ""


def _groups(n: int) -> str:
    return f"{n} group" if n == 1 else f"{n} groups"
