"""What makes cases alike: which columns can be used, and what is said of those that cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from .checked import kinds


@dataclass(frozen=True)
class Mix:
    """The columns by which cases count as alike, and what stands in the way of others.

    ``unused`` pairs a column with the reason it cannot be used; ``unknown`` a used column with
    the share of cases in which it is not recorded; ``alone`` a column and a value of it that only
    units handle which handle nothing else: how hard it is cannot be told from how good they are.
    """

    used: tuple[str, ...]
    unused: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[str, float], ...] = ()
    alone: tuple[tuple[str, str], ...] = ()

    def words(self) -> str:
        """Return what was adjusted for, and what was not, in words.

        >>> Mix(("reason",), (("readiness", "is not on file"),), (("reason", 0.12),)).words()
        'adjusted for reason (not recorded for 12%); not for readiness, which is not on file'
        """
        gaps = {name: f" (not recorded for {100 * share:.0f}%)" for name, share in self.unknown}
        used = _listed([f"{name}{gaps.get(name, '')}" for name in self.used])
        parts = [f"adjusted for {used}" if used else "not adjusted for the mix of cases"]
        parts += [f"not for {name}, which {why}" for name, why in self.unused]
        parts += [f"{name} '{value}' is handled by specialists alone, so how hard it is cannot be told from "
                  "how good they are" for name, value in self.alone]  # fmt: skip
        return "; ".join(parts)


def usable(cells: pd.DataFrame, mix: Sequence[str], *, unit: str, trials: str) -> Mix:
    """Return which columns of ``mix`` can be used; values that are missing or empty count as one kind.

    Examples
    --------
    >>> cells = pd.DataFrame({"agent": list("aabb"), "reason": ["x", "y", "x", ""], "channel": "phone",
    ...                       "calls": [1, 1, 1, 1]})
    >>> found = usable(cells, ["reason", "channel", "readiness"], unit="agent", trials="calls")
    >>> found.used, found.unused
    (('reason',), (('channel', 'is the same in all cases'), ('readiness', 'is not on file')))
    """
    rows = cells[cells[trials] > 0]
    whole = float(rows[trials].sum())
    used, unused, unknown, alone = [], [], [], []
    for name in mix:
        values = kinds(rows[name]) if name in rows else pd.Series(dtype="str")
        if name not in rows or not values.ne("").any():
            unused.append((name, "is not on file"))
        elif values.nunique() < 2:
            unused.append((name, "is the same in all cases"))
        else:
            used.append(name)
            gone = float(rows.loc[values == "", trials].sum()) / whole
            unknown += [(name, gone)] if gone > 0.005 else []
            several = values.groupby(rows[unit], observed=True).transform("nunique")
            shared = several.gt(1).groupby(values).any()
            alone += [(name, str(value)) for value in shared.index[~shared]]
    return Mix(tuple(used), tuple(unused), tuple(unknown), tuple(alone))


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
