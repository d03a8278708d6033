"""What the made-up client sends, and what the review team writes into the params file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

LEFT_OUT = ("annotations", "opinions", "quotes", "decisions", "actions", "progress")
"""Tables that people make in the workbench: the walk begins without them."""

PLACES = {
    "client: Harbour # please check": "client: Harbour Customer Services\nsimulated: true",
    "TO BE WRITTEN: what the contract or portfolio is for.": (
        "Answer household and business customers promptly and settle what they need at the first contact."
    ),
    "# plan_starts: 2026-01-05": "plan_starts: 2025-10-20",
    "# plan_ends: 2026-12-18": "plan_ends: 2026-10-16",
    "name: business\n": "name: Business line\n",
    "name: household\n": "name: Household customer service\n",
    "name: abandonment\n": "name: Abandoned calls\n",
    "name: absence\n": "name: Absence\n",
    "name: cost_per_contact\n    unit: count": "name: Cost per contact\n    unit: money\n    decimals: 2",
    "name: repeat_contacts\n": "name: Repeat contacts\n",
    "name: service_level\n": "name: Service level\n",
}
"""Places in the params file, and what is written there."""

CONTRACTS = {
    "business": "Serve and keep small business customers.",
    "household": "Settle household customers' questions at the first contact.",
}
"""What each contract is for."""

WORTH = {
    "first_contact_resolution": (
        38000,
        "Repeat contacts a point less would bring back, and the quality payment.",
    ),
    "sales_conversion": (20500, "A point more is about 32 customers a year at 640 margin each."),
    "service_level": (21000, "Service credits due a year for each point below the target."),
    "abandonment": (17000, "Repeat calls of those who gave up, at 4.85 each."),
    "absence": (24000, "Overtime and agency cover for a point of absence."),
}
"""What a unit of a measure is worth a year, and why."""

CODES = {
    "abandonment": "waiting_and_access, staffing_and_workload",
    "absence": "morale",
    "repeat_contacts": "operational_inefficiency, handoffs_and_coordination",
    "service_level": "waiting_and_access, staffing_and_workload",
}
"""Codes that speak to measures whose names told nobody."""


def send(sample: Path, folder: Path) -> None:
    """Put the files that the client sends into a folder."""
    folder.mkdir(parents=True)
    for file in sorted(sample.glob("*.csv")):
        if file.stem not in LEFT_OUT:
            shutil.copyfile(file, folder / file.name)


def answered(text: str) -> str:
    """Return a params file with its questions answered.

    Raises
    ------
    ValueError : a place that is to be written at is not there.
    """
    for place, written in PLACES.items():
        text = _once(text, place, written)
    for contract, purpose in CONTRACTS.items():
        pattern = rf'(- id: {contract}\n    name: .*\n    purpose: )".*"'
        text = _matched(text, pattern, rf'\g<1>"{purpose}"')
    for measure, (value, basis) in WORTH.items():
        lines = f"    value_per_unit: {value}\n    value_basis: {basis}\n    contract_kpi: true\n"
        text = _matched(text, rf"(- id: {measure}\b.*\n)", rf"\g<1>{lines}")
    for measure, codes in CODES.items():
        text = _matched(text, rf"(- id: {measure}\b.*\n)", rf"\g<1>    codes: [{codes}]\n")
    return text


def _once(text: str, place: str, written: str) -> str:
    if text.count(place) != 1:
        raise ValueError(f"params file: {place!r} stands there {text.count(place)} times")
    return text.replace(place, written)


def _matched(text: str, pattern: str, written: str) -> str:
    made, times = re.subn(pattern, written, text)
    if times != 1:
        raise ValueError(f"params file: {pattern!r} matches {times} times")
    return made
