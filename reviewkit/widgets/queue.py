"""Which remark to code next: where a code would teach most, and no department left behind."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd


def useful_order(remarks: pd.DataFrame, suggestions: pd.DataFrame) -> dict[str, list[str]]:
    """Return the remarks of each stratum, the one whose code would tell most first.

    Within a stratum, suggested themes take turns (diverse), and of one theme the least confident
    suggestion comes first (uncertainty sampling: D. D. Lewis and W. A. Gale, "A sequential algorithm
    for training text classifiers", SIGIR 1994, 3-12). Words that were said before, letter for letter,
    and texts without any letter come last.

    Parameters
    ----------
    remarks : ``remark_id, text, stratum``, one row a remark.
    suggestions : ``theme, confidence`` for the same rows.

    Examples
    --------
    >>> remarks = pd.DataFrame({"remark_id": list("abc"), "text": ["x", "y", "x"], "stratum": "IT"})
    >>> useful_order(remarks, pd.DataFrame({"theme": "t", "confidence": [0.9, 0.2, 0.1]}))
    {'IT': ['b', 'a', 'c']}
    """
    words = remarks["text"].str.casefold().str.split().str.join(" ")
    frame = pd.DataFrame(
        {
            "id": remarks["remark_id"].to_numpy(),
            "stratum": remarks["stratum"].to_numpy(),
            "theme": suggestions["theme"].to_numpy(),
            "confidence": suggestions["confidence"].to_numpy(),
            "late": (words.duplicated() | ~words.str.contains(r"[^\W\d_]", regex=True)).to_numpy(),
        }
    ).sort_values(["late", "confidence"], kind="stable")
    frame["turn"] = frame.groupby(["stratum", "theme", "late"]).cumcount()
    frame = frame.sort_values(["late", "turn", "confidence"], kind="stable")
    return {str(name): list(ids) for name, ids in frame.groupby("stratum", sort=True)["id"]}


class Queue:
    """Remarks waiting to be coded, by stratum.

    Examples
    --------
    >>> queue = Queue({"IT": ["a", "b"], "Sales": ["c"]}, done=["a"])
    >>> queue.next(), queue.next(later=["c"]), queue.progress()
    ('c', 'b', {'IT': (1, 2), 'Sales': (0, 1)})
    """

    def __init__(self, order: dict[str, list[str]], done: Iterable[str] = ()) -> None:
        self.order = order
        self.stratum = {name: stratum for stratum, names in order.items() for name in names}
        self.done: set[str] = set()
        self._counts = dict.fromkeys(order, 0)
        for name in done:
            self.mark(name)

    def mark(self, name: str, done: bool = True) -> None:
        """Say that a remark is done with, or waits again."""
        if name not in self.stratum or (name in self.done) == done:
            return
        (self.done.add if done else self.done.discard)(name)
        self._counts[self.stratum[name]] += 1 if done else -1

    def next(self, later: Collection[str] = ()) -> str:
        """Return the next remark: of the stratum with the smallest share done. Empty where none waits."""
        strata = sorted(
            self.order, key=lambda name: (self._counts[name] / len(self.order[name]), -len(self.order[name]))
        )
        for stratum in strata:
            for name in self.order[stratum]:
                if name not in self.done and name not in later:
                    return name
        return ""

    def progress(self) -> dict[str, tuple[int, int]]:
        """Return how many remarks are done, and how many there are, by stratum."""
        return {name: (self._counts[name], len(ids)) for name, ids in self.order.items()}
