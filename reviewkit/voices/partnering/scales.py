"""Answers to the partnering survey on one scale: 1 is bad and 5 good for every statement."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reviewkit.content import Statement
from reviewkit.model import InputError

GROUPS = ("front_line", "support", "management")
GROUP_WORDS = {"front_line": "the front line", "support": "support departments", "management": "management"}
TURNED = "_turned"
"""Ending of the id of a statement that asks the same as another one in the opposite direction."""


def oriented(perceptions: pd.DataFrame, statements: Mapping[str, Statement]) -> pd.DataFrame:
    """Return the answers to known statements with ``score``: 1 is bad and 5 good for every statement.

    Statements where agreeing is a bad sign are turned round (6 minus the answer).

    Raises
    ------
    InputError : a respondent answers a statement twice, or an answer is not from 1 to 5.

    >>> from reviewkit.content import load_statements
    >>> said = pd.DataFrame({"group": ["support"], "statement": ["sign_1"], "answer": [5]})
    >>> oriented(said, load_statements())["score"].tolist()
    [1.0]
    """
    known = perceptions[perceptions["statement"].isin(list(statements))]
    answer = pd.to_numeric(known["answer"]).astype("float64")
    _checked(known, answer)
    turned = (
        known["statement"]
        .map({name: statement.reverse for name, statement in statements.items()})
        .astype(bool)
    )
    return known.assign(
        score=answer.where(~turned, 6 - answer), kind=known["statement"].map(kinds(statements))
    )


def standing(
    perceptions: pd.DataFrame, statements: Mapping[str, Statement], *, by: str = "group"
) -> pd.DataFrame:
    """Return ``statement, text, kind, <by>, n, mean, sd, lower, upper``: mean score with a 95 % interval."""
    scored = oriented(perceptions, statements)
    table = scored.groupby(["statement", by])["score"].agg(n="size", mean="mean", sd="std").reset_index()
    half = student_t(table["n"] - 1) * table["sd"] / np.sqrt(table["n"])
    table["lower"], table["upper"] = (
        (table["mean"] - half).clip(lower=1),
        (table["mean"] + half).clip(upper=5),
    )
    table["text"] = table["statement"].map(texts(statements))
    table["kind"] = table["statement"].map(kinds(statements))
    return table[["statement", "text", "kind", by, "n", "mean", "sd", "lower", "upper"]]


def by_kind(perceptions: pd.DataFrame, statements: Mapping[str, Statement], *, by: str) -> pd.DataFrame:
    """Return ``<by>, kind, n, mean``: respondents and their mean score for each kind of statement.

    Every respondent counts once, however many statements they answered.
    """
    means = scale_scores(perceptions, statements, by=by)
    table = means.groupby([by, "kind"]).agg(n=("score", "size"), mean=("score", "mean"))
    return table.reset_index()


def scale_scores(
    perceptions: pd.DataFrame, statements: Mapping[str, Statement], *, by: str = "group"
) -> pd.DataFrame:
    """Return ``respondent_id, <by>, kind, score``: each respondent's mean over a kind of statement."""
    scored = oriented(perceptions, statements)
    scored = scored[scored[by].notna()]
    return scored.groupby(["respondent_id", by, "kind"])["score"].mean().reset_index()


def heard_sides(perceptions: pd.DataFrame, minimum: int = 5) -> pd.DataFrame:
    """Return the answers of sides with ``minimum`` respondents or more.

    Answers of a smaller side go into no figure at all, so that no total gives them away.

    >>> said = pd.DataFrame({"respondent_id": list("abc"), "group": ["support", "support", "management"]})
    >>> heard_sides(said, 2)["respondent_id"].tolist()
    ['a', 'b']
    """
    people = perceptions.groupby("group")["respondent_id"].nunique()
    return perceptions[perceptions["group"].isin(people.index[people >= minimum])]


def subject(statement: str) -> str:
    """Return the sign or key a statement asks about; one in the opposite direction shares it.

    >>> subject("sign_5_turned"), subject("key_2")
    ('sign_5', 'key_2')
    """
    return statement.removesuffix(TURNED)


def texts(statements: Mapping[str, Statement]) -> dict[str, str]:
    """Return each statement's words by id."""
    return {name: statement.text for name, statement in statements.items()}


def kinds(statements: Mapping[str, Statement]) -> dict[str, str]:
    """Return each statement's kind by id."""
    return {name: statement.kind for name, statement in statements.items()}


def student_t(freedom: pd.Series, level: float = 0.95) -> np.ndarray:
    """Return the two-sided quantile of Student's t; under one degree of freedom that of one."""
    # scipy.special holds Student's t as scipy.stats does, and takes a tenth of the time to import.
    from scipy.special import stdtrit

    return np.asarray(stdtrit(freedom.clip(lower=1).to_numpy(dtype=float), 0.5 + level / 2))


def _checked(known: pd.DataFrame, answer: pd.Series) -> None:
    if not answer.dropna().between(1, 5).all():
        raise InputError(
            "the partnering survey holds an answer that is not from 1 to 5",
            column="answer",
            fix="Code answers from 1 (strongly disagree) to 5 (strongly agree).",
        )
    if "respondent_id" in known and bool(known.duplicated(["respondent_id", "statement"]).any()):
        twice = int(known.duplicated(["respondent_id", "statement"]).sum())
        raise InputError(
            f"the partnering survey holds {twice} second answers of a respondent to the same statement",
            column="respondent_id",
            fix="Keep one answer for each respondent and statement.",
        )
