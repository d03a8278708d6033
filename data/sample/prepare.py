"""Make the two real sample engagements from their public source files.

    python data/sample/prepare.py AE_ATTENDANCES.csv PATIENT_REMARKS.csv

``AE_ATTENDANCES.csv`` is ``ae_attendances`` of the R package NHSRdatasets (CC0; figures of NHS
England, Open Government Licence v3). ``PATIENT_REMARKS.csv`` is the labelled feedback of
pxtextmining, phase 1 (MIT). Each folder's README.md says what was chosen and why.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
REMARKS = 600
STANDARD_FROM, STANDARD = "2016-04-01", 95

CODES = {
    "Access": "waiting_and_access",
    "Care received": "staff_attitude_and_care",
    "Communication": "information_to_customers",
    "Dignity": "dignity_and_respect",
    "Environment/ facilities": "environment_and_facilities",
    "Staff": "staff_attitude_and_care",
    "Transition/coordination": "handoffs_and_coordination",
}
"""Published theme: our code. "Couldn't be improved" and "Miscellaneous" name no topic and get none."""

FINER_CODES = {
    ("Staff", "Staffing levels"): "staffing_and_workload",
    ("Care received", "Rules/approach to care"): "bureaucracy_and_rules",
}
"""Published sub-themes that speak of something else than the theme's code."""


def emergency_kpis(source: pd.DataFrame) -> pd.DataFrame:
    """Return the kpis table of major (type 1) departments, two measures a month and organisation."""
    major = source[source["type"].astype(str) == "1"]
    within = major.assign(measure="within_four_hours", numerator=major["attendances"] - major["breaches"])
    admitted = major.assign(measure="admission_rate", numerator=major["admissions"])
    table = pd.concat([within, admitted]).rename(columns={"org_code": "site", "attendances": "denominator"})
    table = table[["period", "measure", "site", "numerator", "denominator"]]
    return table.sort_values(["measure", "site", "period"], ignore_index=True)


def emergency_targets() -> pd.DataFrame:
    """Return the one target: 95 % within four hours."""
    return pd.DataFrame(
        {"measure": ["within_four_hours"], "valid_from": [STANDARD_FROM], "target": [STANDARD]}
    )


def choose(source: pd.DataFrame, size: int = REMARKS) -> pd.DataFrame:
    """Return ``size`` remarks, each theme in proportion: every n-th by remark_id, from the first.

    Shares are rounded by largest remainder, so that they add up to ``size``.
    """
    exact = source["theme"].value_counts().sort_index() * size / len(source)
    quota = exact.astype(int)
    more = (exact - quota).sort_values(ascending=False, kind="stable").index[: size - quota.sum()]
    quota[more] += 1
    chosen = []
    for theme, wanted in quota.items():
        group = source[source["theme"] == theme].sort_values("remark_id", ignore_index=True)
        chosen.append(group.iloc[[int(i * len(group) / wanted) for i in range(wanted)]])
    return pd.concat(chosen).sort_values("remark_id", ignore_index=True)


def patient_feedback(chosen: pd.DataFrame) -> pd.DataFrame:
    """Return the customer_feedback table; line breaks within a remark become spaces."""
    return pd.DataFrame(
        {
            "feedback_id": _ids(chosen),
            "site": chosen["organisation"],
            "question": chosen["question"],
            "text": chosen["text"].str.split().str.join(" "),
        }
    )


def patient_codings(chosen: pd.DataFrame) -> pd.DataFrame:
    """Return the published labels as codings; a criticality of nought or unreadable has no stance."""
    finer = [FINER_CODES.get(pair) for pair in zip(chosen["theme"], chosen["subtheme"], strict=True)]
    code = pd.Series(finer, index=chosen.index, dtype=object).fillna(chosen["theme"].map(CODES))
    criticality = pd.to_numeric(chosen["criticality"], errors="coerce").where(lambda value: value.abs() <= 5)
    stance = pd.Series("", index=chosen.index)
    stance = stance.mask(criticality > 0, "strength").mask(criticality < 0, "concern")
    table = pd.DataFrame(
        {
            "remark_id": _ids(chosen),
            "code": code,
            "coder": "published labels",
            "stance": stance,
            "prompting": "spontaneous",
            "memo": chosen["theme"] + " / " + chosen["subtheme"],
        }
    )
    return table[table["code"].notna()].reset_index(drop=True)


def patient_quotes(feedback: pd.DataFrame) -> pd.DataFrame:
    """Return the remarks approved for quotation: short, harmless, no names; read one by one."""
    approved = (HERE / "patient_voice" / "approved_quotes.txt").read_text(encoding="utf-8").split()
    quotes = feedback[feedback["feedback_id"].isin(approved)]
    return pd.DataFrame(
        {"remark_id": quotes["feedback_id"], "words": quotes["text"], "status": "approved", "role": "analyst"}
    )


def _ids(chosen: pd.DataFrame) -> pd.Series:
    return "PX" + chosen["remark_id"].astype(str).str.zfill(5)


def write(table: pd.DataFrame, folder: str, name: str) -> None:
    """Write one table below this folder."""
    table.to_csv(HERE / folder / f"{name}.csv", index=False, lineterminator="\n")


def main(attendances: str, remarks: str) -> None:
    """Write both engagements."""
    write(emergency_kpis(pd.read_csv(attendances, dtype={"type": "str"})), "emergency_care", "kpis")
    write(emergency_targets(), "emergency_care", "targets")
    chosen = choose(pd.read_csv(remarks))
    feedback = patient_feedback(chosen)
    write(feedback, "patient_voice", "customer_feedback")
    write(patient_codings(chosen), "patient_voice", "codings")
    write(patient_quotes(feedback), "patient_voice", "quotes")


if __name__ == "__main__":
    main(*sys.argv[1:])
