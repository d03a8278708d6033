"""What changed in the findings between two runs of one engagement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeGuard, get_args

from .finding import Figure, Finding

Kind = Literal["settled", "new", "gone", "figures", "words", "status"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Kinds in the order they are told; ``settled`` is a finding that people agreed to or checked,
and whose figures changed since.
"""


@dataclass(frozen=True)
class FigureChange:
    """One figure that is not what it was; ``None`` where a run has none."""

    name: str
    before: Figure
    after: Figure


@dataclass(frozen=True)
class Difference:
    """One finding that is not the same in both runs; ``None`` where a run does not have it.

    ``kind`` is the weightiest change; ``figures``, ``words`` and ``status`` tell all of them.
    """

    kind: Kind
    earlier: Finding | None
    later: Finding | None
    figures: tuple[FigureChange, ...] = ()
    words: bool = False
    status: bool = False

    @property
    def finding(self) -> Finding:
        """The finding as it is now; as it was where it is gone."""
        found = self.later or self.earlier
        assert found is not None
        return found

    @property
    def settled(self) -> bool:
        """Whether people had agreed to it or checked its facts in the earlier run."""
        return self.earlier is not None and self.earlier.status != "draft"


def differences(earlier: Iterable[Finding], later: Iterable[Finding]) -> list[Difference]:
    """Return what changed, by kind, within a kind what people had settled first.

    Findings are matched by id. Numbers that agree to six significant digits are the same, as
    in :attr:`Finding.fingerprint`. What a finding rests on and whom it is for are not compared.

    Examples
    --------
    >>> before = Finding.of("1.1", "opinion", "fcr", statement="It fell.", figures={"latest": 61.2})
    >>> after = before.model_copy(update={"figures": {"latest": 58.0}})
    >>> agreed = before.model_copy(update={"status": "agreed"})
    >>> [(found.kind, found.figures) for found in differences([agreed], [after])]
    [('settled', (FigureChange(name='latest', before=61.2, after=58.0),))]
    >>> [found.kind for found in differences([before], [before])]
    []
    """
    old = {finding.id: finding for finding in earlier}
    new = {finding.id: finding for finding in later}
    pairs = [(old.get(name), finding) for name, finding in new.items()]
    found = [change for before, after in pairs if (change := _compared(before, after))]
    found += [Difference("gone", finding, None) for name, finding in old.items() if name not in new]
    return sorted(found, key=lambda change: (KINDS.index(change.kind), not change.settled))


def _compared(before: Finding | None, after: Finding) -> Difference | None:
    if before is None:
        return Difference("new", None, after)
    figures = tuple(_figures(before, after))
    words = before.statement != after.statement
    status = (before.status, before.flag) != (after.status, after.flag)
    if not (figures or words or status):
        return None
    kind: Kind = "figures" if figures else "words" if words else "status"
    if figures and before.status != "draft":
        kind = "settled"
    return Difference(kind, before, after, figures, words, status)


def _figures(before: Finding, after: Finding) -> Iterable[FigureChange]:
    for name in {**after.figures, **before.figures}:
        old, new = before.figures.get(name), after.figures.get(name)
        if not _same(old, new):
            yield FigureChange(name, old, new)


def _same(old: Figure, new: Figure) -> bool:
    if is_number(old) and is_number(new):
        return f"{old:.6g}" == f"{new:.6g}"
    return type(old) is type(new) and old == new


def is_number(value: Figure) -> TypeGuard[int | float]:
    """Whether a figure is a number; yes and no are none.

    >>> is_number(3), is_number(True), is_number("3")
    (True, False, False)
    """
    return isinstance(value, int | float) and not isinstance(value, bool)
