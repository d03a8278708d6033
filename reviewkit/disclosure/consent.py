"""What those interviewed agreed to, laid over what they said."""

from __future__ import annotations

import pandas as pd

AGREED = ("role", "broad")
"""Attributions under which a quote may appear at all."""


def with_consent(remarks: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """Return the remarks with ``attribution`` and ``on_record`` as their speakers agreed.

    Parameters
    ----------
    remarks : ``interview_id, stakeholder_id, on_record`` and whatever else.
    participants : ``interview_id, stakeholder_id, on_record, attribution``.

    Returns
    -------
    The same rows. Where the speaker is a known participant, their own consent holds; where
    only the interview is known, that of everybody in it: one refusal is enough. ``attribution`` is
    ``"none"`` where nothing was agreed, and ``on_record`` is true only if both the
    remark and the speaker are on the record.

    Examples
    --------
    >>> said = pd.DataFrame({"interview_id": ["i1"], "stakeholder_id": ["s1"], "on_record": [True]})
    >>> agreed = said.assign(attribution="broad")
    >>> with_consent(said, agreed)["attribution"].tolist()
    ['broad']
    """
    own = {
        (interview, person): (attribution if attribution in AGREED else "none", _is_true(record))
        for interview, person, attribution, record in participants[
            ["interview_id", "stakeholder_id", "attribution", "on_record"]
        ].itertuples(index=False)
    }
    whole: dict[object, tuple[str, bool]] = {}
    for (interview, _), (attribution, record) in own.items():
        before, all_record = whole.get(interview, (attribution, True))
        whole[interview] = ("none" if "none" in (before, attribution) else before, all_record and record)
    keys = zip(remarks["interview_id"], remarks["stakeholder_id"], strict=True)
    found = [own.get(key) or whole.get(key[0], ("none", False)) for key in keys]
    said = remarks["on_record"].astype("boolean").fillna(False).to_numpy(dtype=bool)
    both = [bool(on) and agreed for on, (_, agreed) in zip(said, found, strict=True)]
    return remarks.assign(attribution=[attribution for attribution, _ in found], on_record=both)


def _is_true(value: object) -> bool:
    return value is not pd.NA and bool(value)
