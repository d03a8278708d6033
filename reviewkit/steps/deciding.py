"""What people decided about a finding, laid over what the analysis says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, get_args

from reviewkit.model import STEPS, Finding
from reviewkit.model.finding import Status

if TYPE_CHECKING:
    import pandas as pd


def decision_hashes(decisions: pd.DataFrame) -> dict[str, str]:
    """Hash what was decided about the findings of each step, so that only that step runs again."""
    if decisions.empty:
        return {}
    steps = decisions["finding_id"].str.partition("/")[0]
    # A step that nobody decided anything about is as it was before the first decision on others.
    decided = set(steps)
    texts = {
        spec.number: decisions[steps == spec.number].to_csv(index=False)
        for spec in STEPS
        if spec.number in decided
    }
    return {number: hashlib.sha256(text.encode()).hexdigest()[:32] for number, text in texts.items()}


def with_decisions(finding: Finding, rows: Iterable[Mapping[str, Any]]) -> Finding:
    """Return a finding with the status and words that people gave it.

    Nothing decided is ever overturned: where the figures are others than those that people
    saw, status and words stay and ``changed_since_decided`` says so. A later decision about
    the figures as they are takes the flag away; new words alone do not renew an agreement. A row of
    ``words`` without words puts those of the analysis back.

    Parameters
    ----------
    finding : as the analysis makes it.
    rows : rows of evidence table ``decisions`` about it (``decision, words, fingerprint``), in
        the order they were taken. A row without a fingerprint never raises the flag.

    Examples
    --------
    >>> found = Finding.of("1.1", "opinion", "fcr", statement="It fell.", figures={"latest": 61.2})
    >>> agreed = {"decision": "agreed", "words": None, "fingerprint": "of other figures"}
    >>> now = with_decisions(found, [agreed])
    >>> now.status, now.changed_since_decided
    ('agreed', True)
    >>> edited = {"decision": "words", "words": "It has fallen.", "fingerprint": found.fingerprint}
    >>> now = with_decisions(found, [edited])
    >>> now.statement, now.computed, now.worded_by, now.changed_since_decided
    ('It has fallen.', 'It fell.', 'people', False)
    """
    changed: dict[str, bool] = {}
    update: dict[str, object] = {}
    words = whose = ""
    for row in rows:
        seen = row["fingerprint"]
        moved = isinstance(seen, str) and seen not in ("", finding.fingerprint)
        given = row["words"] if isinstance(row["words"], str) else ""
        if row["decision"] == "words" and not given:
            changed.pop("words", None)
            words = ""
        elif row["decision"] == "words":
            changed["words"] = moved
        else:
            changed = {"decision": moved}
        if row["decision"] in get_args(Status):
            update["status"] = row["decision"]
        words, whose = (given, signed(row)) if given else (words, whose)
    if words and words != finding.statement:
        update |= {"statement": words, "computed": finding.statement, "worded_by": whose}
    if not changed:
        return finding
    flag = finding.changed_since_decided or any(changed.values())
    return finding.model_copy(update={**update, "changed_since_decided": flag})


def signed(row: Mapping[Any, Any]) -> str:
    """Return who decided something, by role, and when.

    >>> signed({"role": "Head of IT", "decided_on": "2025-09-05"}), signed({"role": "Head of IT"})
    ('the Head of IT (5 September 2025)', 'the Head of IT')
    """
    from reviewkit.present.words import date, missing

    who, day = row.get("role"), row.get("decided_on")
    said = "people" if missing(who) else f"the {who}"
    return said if missing(day) else f"{said} ({date(day)})"
