"""The initial opinions that an interview tests, as the last run of step 1.1 left them."""

from __future__ import annotations

from reviewkit.steps.workbench import workbench

from .desk import Desk

OPINION = "/opinion/"
"""In what a note answers: it is an opinion from the data, by the id of its finding, and no question."""
MOST = 3


def opinions_of(desk: Desk) -> dict[str, str]:
    """Return the first opinions, id to statement; none where step 1.1 has not been run.

    Those of the printed guides: the first three. The newest results beside ``params`` are read.
    """
    import pandas as pd

    runs = workbench(desk.params, desk.engagement.id).parent
    found = sorted(runs.glob("*/tables/1.1/opinions.parquet"), key=lambda path: path.stat().st_mtime)
    if not found:
        return {}
    table = pd.read_parquet(found[-1], columns=["opinion_id", "statement"]).head(MOST)
    return {str(name): str(words) for name, words in table.itertuples(index=False)}


def is_opinion(question: str) -> bool:
    """Whether what a note answers is an opinion from the data.

    >>> is_opinion("1.1/opinion/sales_conversion"), is_opinion("works_well")
    (True, False)
    """
    return OPINION in question


def in_short(question: str) -> str:
    """Return in words which opinion a note answers.

    >>> in_short("1.1/opinion/sales_conversion/castle_quay")
    'Opinion from the data: sales conversion, castle quay'
    """
    about = question.split(OPINION, 1)[-1].replace("_", " ").split("/")
    return f"Opinion from the data: {', '.join(about)}"
