"""Names that mean the same but are written differently, and names nobody else knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

import pandas as pd

from reviewkit.content import NO_CODE, load_codebook, load_competencies, load_questions, load_statements
from reviewkit.model import TABLES, Engagement

from .suspicion import Suspicion, Tables, filled, shown, some

SPELT = ("site", "team", "department", "channel", "reason", "activity", "source", "contract")
RARE, LONGEST_LIST = 0.05, 300


def spellings(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find names that differ only by case, spaces or marks, or by a letter where one of them is rare.

    By a letter (two, where they have ten or more): left out, put in, wrong or exchanged with the next;
    without digits, and the rarer name at most a twentieth as frequent.
    """
    found = []
    for name, frame in tables.items():
        for column in SPELT:
            values = filled(frame, column)
            if values.empty or TABLES[name].column(column).allowed:
                continue
            counts = values.value_counts()
            pairs = _alike(counts) if len(counts) <= LONGEST_LIST else []
            if pairs:
                told = [
                    f"{shown(name, column, rare)} ({int(counts[rare])}) and {shown(name, column, usual)} "
                    f"({int(counts[usual])})"
                    for rare, usual in pairs
                ]
                fix = f"Map one to the other under 'values: {{{column}: ...}}' in the params file."
                count = sum(int(counts[rare]) for rare, _ in pairs)
                found.append(
                    Suspicion(
                        "spellings",
                        name,
                        f"{some(told)} are written almost alike",
                        "they may be one, and are counted apart",
                        fix,
                        column=column,
                        count=count,
                        row=int(values.index[values == pairs[0][0]][0]),
                    )
                )
    return found


def unmatched(tables: Tables, engagement: Engagement) -> list[Suspicion]:
    """Find ids that the table, or the list in the params file or codebook, they refer to does not have."""
    found = []
    for table, column, what, known in _references(tables, engagement):
        values = filled(tables[table], column) if table in tables else pd.Series([], dtype="str")
        names = set(known()) if len(values) else set()
        strange = values[~values.isin(names)] if names else values[:0]
        if len(strange):
            examples = some([shown(table, column, each) for each in strange.unique()])
            if "(not shown)" in examples:
                examples = "not shown"
            found.append(
                Suspicion(
                    "unmatched",
                    table,
                    f"{len(strange):,} of {len(values):,} rows name {strange.nunique():,} that {what} does "
                    f"not have ({examples})",
                    "a name may be mistyped, and what hangs on it is left out",
                    f"Mend the name, or add it to {what}.",
                    column=column,
                    count=len(strange),
                    row=int(strange.index[0]),
                )
            )
    return found


def _alike(counts: pd.Series) -> list[tuple[str, str]]:
    """Pairs of names written almost alike, the rarer first."""
    pairs = []
    for one, other in combinations(map(str, counts.index), 2):
        rare, usual = (one, other) if counts[one] < counts[other] else (other, one)
        seldom = counts[rare] <= RARE * counts[usual]
        if _plain(one) == _plain(other) or (seldom and _mistyped(one, other)):
            pairs.append((rare, usual))
    return pairs


def _mistyped(one: str, other: str) -> bool:
    """Whether one is the other with a letter wrong; with two, where they have ten or more."""
    from rapidfuzz.distance import OSA

    if any(letter.isdigit() for letter in one + other):
        return False  # numbered names and codes are alike and yet apart
    length = min(len(one), len(other))
    most = 2 if length >= 10 else 1
    return length >= 5 and OSA.distance(one.lower(), other.lower(), score_cutoff=most) <= most


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _references(
    tables: Tables, engagement: Engagement
) -> list[tuple[str, str, str, Callable[[], Iterable[str]]]]:
    """What refers to what: table, column, the name of the other side, and the names it has."""

    def ids(*places: tuple[str, str]) -> Callable[[], Iterable[str]]:
        return lambda: [
            value for table, column in places if table in tables for value in filled(tables[table], column)
        ]

    people = ids(("stakeholders", "stakeholder_id"))
    remarks = ids(("remarks", "remark_id"), ("customer_feedback", "feedback_id"))
    measures = [measure.id for measure in engagement.measures]
    sites = ids(
        *((name, "site") for name in ("contacts", "kpis", "resources", "leads", "journey", "outcomes"))
    )
    contracts = [contract.id for contract in engagement.contracts]

    def codes() -> list[str]:
        changed = ids(("codebook_changes", "codes"), ("codebook_changes", "into"))()
        later = [code.strip() for entry in changed for code in entry.split(";")]
        return [*load_codebook().codes, NO_CODE, *later]

    return [
        ("targets", "measure", "'measures' of the params file", lambda: measures),
        ("targets", "site", "the measured data", sites),
        ("annotations", "measure", "'measures' of the params file", lambda: measures),
        *(
            (name, "contract", "'contracts' of the params file", lambda: contracts)
            for name in tables
            if "contract" in tables[name]
        ),
        ("contacts", "agent", "the register of stakeholders", people),
        ("participants", "stakeholder_id", "the register of stakeholders", people),
        ("participants", "interview_id", "the table of interviews", ids(("interviews", "interview_id"))),
        ("remarks", "stakeholder_id", "the register of stakeholders", people),
        ("remarks", "interview_id", "the table of interviews", ids(("interviews", "interview_id"))),
        ("remarks", "question", "the question bank", load_questions),
        ("perceptions", "statement", "the survey", load_statements),
        ("competencies", "competency", "the list of competencies", load_competencies),
        ("competencies", "stakeholder_id", "the register of stakeholders", people),
        ("leaders", "stakeholder_id", "the register of stakeholders", people),
        ("codings", "remark_id", "the tables of remarks and customer feedback", remarks),
        ("codings", "code", "the codebook", codes),
        ("quotes", "remark_id", "the tables of remarks and customer feedback", remarks),
        ("progress", "action_id", "the table of actions", ids(("actions", "action_id"))),
    ]
