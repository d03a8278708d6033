"""One remark as a row: whose it is, and whether its speaker agreed to be quoted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .consent import AGREED


def is_customer(row: Mapping[Any, Any]) -> bool:
    """Return whether a remark comes from a customer and not from somebody in the register."""
    return text_of(row, "source") == "customer_feedback" and not text_of(row, "department")


def with_ids(remarks: pd.DataFrame) -> pd.DataFrame:
    """Return remarks, or customer feedback, by ``remark_id`` and without what was decided of them."""
    drop = [name for name in ("words", "status") if name in remarks]
    frame = remarks.drop(columns=drop)
    if "remark_id" not in frame and "feedback_id" in frame:
        return frame.rename(columns={"feedback_id": "remark_id"}).assign(source="customer_feedback")
    return frame


def consented(row: Mapping[Any, Any]) -> bool:
    """Return whether what was said may be quoted as far as its speaker goes."""
    record = row.get("on_record")
    on_record = record is not None and record is not pd.NA and bool(record == True)  # noqa: E712
    return is_customer(row) or (on_record and text_of(row, "attribution") in AGREED)


def text_of(row: Mapping[Any, Any], name: str) -> str:
    """Return a value that is text; empty where it is missing."""
    value = row.get(name)
    return value if isinstance(value, str) else ""
