"""Hand-made remarks that the tests of this folder share."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from reviewkit.content import Code, Codebook, Heading
from reviewkit.voices import all_remarks, code_remarks

Said = list[tuple[str, str, str, str, str, str]]


@pytest.fixture
def book() -> Codebook:
    common = {
        "definition": "About it.",
        "use_when": "It is said.",
        "not_when": "It is not.",
        "heading": "resources",
    }
    codes = [
        Code(id="systems", name="Systems", cues=("slow system",), strengths=("good system",), **common),
        Code(
            id="morale",
            name="Morale",
            cues=("fed up",),
            strengths=("great team",),
            measures=("csat",),
            **common,
        ),
        Code(id="training", name="Training", cues=("no training",), strengths=("well trained",), **common),
    ]
    heading = Heading(id="resources", name="Resources", definition="Means.")
    return Codebook(headings={"resources": heading}, codes={code.id: code for code in codes})


@pytest.fixture
def coded_from(book: Codebook) -> Callable[[Said], tuple[pd.DataFrame, pd.DataFrame]]:
    """Remarks and their codes from (interview, department, code, stance, prompting, day)."""

    def build(said: Said) -> tuple[pd.DataFrame, pd.DataFrame]:
        columns = ["interview_id", "department", "code", "stance", "prompting", "said_on"]
        rows = pd.DataFrame(said, columns=columns).assign(
            source="one_to_one", level="front_line", site="North", text="."
        )
        rows["remark_id"] = [f"r{place}" for place in range(len(rows))]
        remarks = all_remarks(rows.drop(columns=["code", "stance", "prompting"]))
        codings = rows.loc[rows["code"] != "", ["remark_id", "code", "stance", "prompting"]].assign(
            coder="analyst"
        )
        return code_remarks(remarks, codings, book), remarks

    return build
