"""What stands in the way of reading remarks by machine: other languages, no letters, length, repeats."""

from __future__ import annotations

import re

import pandas as pd

from .languages import ENGLISH, LANGUAGES, language, no_letters

VERY_LONG = 5000
"""Characters from which a remark is rather a document: it is read whole, and told."""
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SPACE = re.compile(r"\s+")


def checked(remarks: pd.DataFrame) -> pd.DataFrame:
    """Return one row a remark with what was noticed about its text.

    Parameters
    ----------
    remarks : as made by :func:`all_remarks`.

    Returns
    -------
    ``remark_id, kind, language, other_language, no_letters, very_long, markup, same_as``:
    ``language`` as :func:`language` tells it (empty: cannot be told), ``other_language`` where it is
    not English, ``markup`` where HTML stands in it, ``same_as`` how many remarks of its kind say
    the same (capitals, spaces and full stops aside). Nothing is left out.

    Examples
    --------
    >>> said = pd.DataFrame({"remark_id": ["r1", "r2", "r3"], "kind": "customer",
    ...                      "text": ["Nothing.", "nothing", "🙂"]})
    >>> checked(said)[["same_as", "no_letters"]].values.tolist()
    [[2, False], [2, False], [1, True]]
    """
    text = remarks["text"].astype("str")
    distinct = pd.Series(text.unique(), dtype="str")
    told = dict(zip(distinct, distinct.map(language), strict=True))
    found = text.map(told).astype("str")
    frame = remarks[["remark_id", "kind"]].assign(
        language=found,
        other_language=found.ne("") & found.ne(ENGLISH),
        no_letters=text.map(no_letters).astype(bool),
        very_long=text.str.len().ge(VERY_LONG).astype(bool),
        markup=text.map(lambda words: bool(_MARKUP.search(words))).astype(bool),
    )
    plain = same_words(text)
    frame["same_as"] = plain.groupby([remarks["kind"], plain]).transform("size").astype("int64")
    return frame


def same_words(text: pd.Series) -> pd.Series:
    """Return texts in the form in which repeats are the same: lower case, single spaces, bare ends."""
    return text.str.casefold().str.replace(_SPACE, " ", regex=True).str.strip(" .!,;:-")


def readability_words(noticed: pd.DataFrame, remarks: pd.DataFrame, *, quoted: bool = False) -> list[str]:
    """Return sentences on what was noticed: none where every remark is plain English said once.

    ``quoted`` tells which short answer is given most; for the team, since it could be a name.

    >>> said = pd.DataFrame({"remark_id": ["r1", "r2"], "kind": "customer", "text": ["🙂", "Good."]})
    >>> readability_words(checked(said), said)
    ['1 remark holds no letters and can carry no code.']
    """
    sentences = []
    other = noticed[noticed["other_language"]]
    if len(other):
        named = (
            other["language"]
            .map(LANGUAGES)
            .value_counts()
            .sort_index()
            .sort_values(ascending=False, kind="stable")
        )
        listed = ", ".join(f"{name} {n}" for name, n in named.items())
        sentences.append(
            f"{_remarks(len(other), 'is', 'are')} in another language ({listed}): cue phrases do not "
            "read them. Have them translated, or coded by somebody who reads the language."
        )
    for name, one, many, told in (
        ("no_letters", "holds", "hold", "no letters and can carry no code."),
        ("very_long", "has", "have", f"{VERY_LONG:,} characters or more: split by topic before coding."),
        ("markup", "holds", "hold", "HTML from where it was exported; it is shown as text."),
    ):
        count = int(noticed[name].sum())
        if count:
            sentences.append(f"{_remarks(count, one, many)} {told}")
    return sentences + _repeats(noticed, remarks, quoted)


def _repeats(noticed: pd.DataFrame, remarks: pd.DataFrame, quoted: bool) -> list[str]:
    again = noticed["same_as"].gt(1)
    share = again.mean() if len(noticed) else 0.0
    if share < 0.05:
        return []
    most = int(noticed["same_as"].to_numpy().argmax())
    said, times = str(remarks["text"].iloc[most]).strip(), int(noticed["same_as"].iloc[most])
    short = quoted and len(said.split()) <= 2 and times >= 5
    most_often = f", most often “{said}” ({times} times)" if short else ""
    return [f"{share:.0%} of remarks say the same as another one{most_often}; each is counted."]


def _remarks(n: int, one: str, many: str) -> str:
    return f"{n} remark {one}" if n == 1 else f"{n} remarks {many}"
