"""Gaps only people describe, and who raised a gap."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from reviewkit.model import slug
from reviewkit.model.words import listing

from ..convergence.topics import voice_states
from ..convergence.words import Count, exactly, said
from ..wording import filled
from .measured import COLUMNS, empty_gaps

EXPECTED = {
    "customer_experience": "Customers get what they came for, promptly, and are treated well",
    "leadership_and_information": "People know where they are going, hear what they need and are supported",
    "resources": "People have the means, skills and systems their work asks for",
    "targets_and_outcomes": "Goals, rules and ways of working serve what the contract pays for",
}


def described_gaps(
    themes: pd.DataFrame,
    codebook: Any,
    measured: Collection[str] = (),
    *,
    raised_by: Mapping[str, Sequence[str]] | None = None,
    share: float = 0.1,
    units: int = 2,
    step: str = "2.1",
    count: Count = exactly,
    customer: str = "customer",
    beside: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the concerns that no measure bears out, most widely raised first.

    Parameters
    ----------
    themes : one row a code, stance and kind, from step 1.4.
    codebook : ``.codes`` by id, with name, heading and definition.
    measured : codes that a measure already speaks for.
    raised_by : code -> who raised it, from :func:`raised_by`.
    share, units : the least share and number of interviews that make a gap; of customers'
        comments, which touch on one thing each, a fifth of that share.
    step : number of the step that makes the gaps.
    count : words for "n of total"; an edition's own where small counts must not be seen.
    customer : what one of those served is called.
    beside : code -> what the measures say of it, from :func:`~.beside.beside_measures`.

    Returns
    -------
    The columns of measured gaps, figures missing; ``expected`` is what the heading asks for,
    ``statement`` what people say and how many.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> book = SimpleNamespace(codes={"morale": SimpleNamespace(
    ...     name="Morale", heading="leadership_and_information", definition="How people feel.")})
    >>> said = pd.DataFrame([{"code": "morale", "stance": "concern", "kind": "interview", "units": 6,
    ...                       "units_total": 14, "spontaneous": 5}])
    >>> described_gaps(said, book)["statement"][0]
    'Morale: 6 of 14 interviews raise it as a concern, and no measure bears it out.'

    With ``beside={"morale": "while absence shows the opposite"}`` it ends so instead.
    """
    states = [state for code, state in voice_states(themes).items() if code not in set(measured)]
    least = {state.code: share if state.kind == "interview" else share / 5 for state in states}
    wide = [state for state in states if state.units >= least[state.code] * state.total]
    chosen = [state for state in wide if state.stance(units) == "concern"]
    if not chosen:
        return empty_gaps()
    blank = dict.fromkeys((name for name, kind in empty_gaps().dtypes.items() if kind == "str"), "")
    rows = []
    for state in sorted(chosen, key=lambda state: (-state.share, -state.units, state.code)):
        entry = codebook.codes.get(state.code)
        name = entry.name if entry else state.code
        rows.append(
            blank
            | {
                "gap_id": f"{step}/described_gap/{slug(state.code)}",
                "kind": "described",
                "name": name,
                "code": state.code,
                "raised_by": listing((raised_by or {}).get(state.code, ())),
                "statement": f"{name}: {said(state, count, customer)}, "
                f"{(beside or {}).get(state.code, 'and no measure bears it out')}.",
                "expected": EXPECTED.get(entry.heading, "") if entry else "",
                "n": state.units,
            }
        )
    return pd.DataFrame(rows).reindex(columns=list(COLUMNS)).astype(empty_gaps().dtypes.to_dict())


def raised_by(
    coded: pd.DataFrame, stakeholders: pd.DataFrame, minimum_pool: int
) -> dict[str, tuple[str, ...]]:
    """Return for each code who raised it as a concern, worded so that nobody can be picked out.

    A department is named only where at least ``minimum_pool`` people work in it; the others
    are "smaller departments" together, and not named where even together they are too few.
    Remarks off the record do not name a department.

    >>> said = pd.DataFrame({"code": ["morale"] * 2, "stance": ["concern"] * 2,
    ...                      "department": ["Service", "Legal"], "on_record": [True, True]})
    >>> people = pd.DataFrame({"department": ["Service", "Legal", "Audit"], "headcount": [40, 2, 3]})
    >>> raised_by(said, people, 5)
    {'morale': ('Service', 'smaller departments')}
    """
    if coded.empty:
        return {}
    pool = stakeholders["headcount"].fillna(1).groupby(stakeholders["department"]).sum()
    rest = ["smaller departments"] if pool[pool < minimum_pool].sum() >= minimum_pool else []
    said = coded[
        coded["stance"].isin(["concern", "suggestion"]) & coded["on_record"].fillna(False).astype(bool)
    ]
    found = {}
    for code, rows in said.groupby("code", sort=False):
        names = sorted({name for name in rows["department"] if filled(name)})
        large = [name for name in names if pool.get(name, 0) >= minimum_pool]
        found[str(code)] = tuple(large + (rest if len(large) < len(names) else []))
    return found
