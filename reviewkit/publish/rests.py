"""What a step rests on as a whole, and the remarks behind statements, as far as an edition may read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviewkit.model import STEPS, TABLES, Edition, Engagement, Measure, StepSpec, step
from reviewkit.model.tables.measured import MEASURED
from reviewkit.present.words import plural

if TYPE_CHECKING:
    from reviewkit.evidence import EvidenceSet

_MEASURED = frozenset(table.name for table in MEASURED)


@dataclass(frozen=True)
class Read:
    """A table that a step reads: what it holds, how many rows in words (or nothing), its source."""

    name: str
    meaning: str
    counted: str = ""
    source: str = ""


@dataclass(frozen=True)
class Said:
    """A remark: its words, and who said it as far as may be told."""

    words: str
    who: str


@dataclass(frozen=True)
class Basis:
    """What one step rests on: tables, earlier steps, and, where it counts measures, how each is counted."""

    tables: tuple[Read, ...] = ()
    steps: tuple[StepSpec, ...] = ()
    measures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rests:
    """What an edition may be told of what pages rest on: each step's basis, remarks by their id."""

    steps: Mapping[str, Basis] = field(default_factory=dict)
    remarks: Mapping[str, Said] = field(default_factory=dict)


def rests(engagement: Engagement, evidence: EvidenceSet, edition: Edition) -> Rests:
    """Return what the pages of an edition rest on.

    Where a table comes from, how many rows those about people have (two weeks compared would tell
    who is new), and the words of remarks, are for the team alone: under a statement about one site
    even an approved quote would tell where it was said.
    """
    steps = {spec.number: _basis(spec, engagement, evidence, edition) for spec in STEPS}
    return Rests(steps, _remarks(engagement, evidence) if edition == "team" else {})


def _basis(spec: StepSpec, engagement: Engagement, evidence: EvidenceSet, edition: Edition) -> Basis:
    names = [name for name in dict.fromkeys((*spec.needs, *spec.uses, *spec.reads)) if evidence.has(name)]
    tables = tuple(
        Read(
            name.replace("_", " "),
            TABLES[name].meaning,
            _counted(evidence.rows(name)) if edition == "team" or name in _MEASURED else "",
            _source(engagement, name) if edition == "team" else "",
        )
        for name in names
    )
    counted = engagement.measures if spec.number == "1.1" else ()
    measures = tuple((measure.name, how_counted(measure)) for measure in counted)
    return Basis(tables, tuple(step(number) for number in spec.after), measures)


def _counted(rows: int | None) -> str:
    return "rows stay in their database" if rows is None else plural(rows, "row")


def how_counted(measure: Measure) -> str:
    """Return a measure's definition, as its params file has it.

    >>> how_counted(Measure.model_validate({"id": "fcr", "name": "Resolved", "unit": "percent",
    ...     "direction": "increase", "table": "contacts", "numerator": "sum(resolved)",
    ...     "denominator": "count(*)"}))
    'sum(resolved) / count(*) of contacts'
    """
    parts = [part for part in (measure.numerator, measure.denominator) if part]
    return f"{' / '.join(parts) or measure.id} of {measure.table.replace('_', ' ')}"


def _source(engagement: Engagement, name: str) -> str:
    source = engagement.sources.get(name)
    if source is None:
        return f"{name}.csv, or what was written down"
    if source.database:
        return f"database {source.database}, table {source.table}"
    sheet = f", sheet {source.sheet}" if source.sheet else ""
    return f"{source.file}{sheet}"


def _remarks(engagement: Engagement, evidence: EvidenceSet) -> dict[str, Said]:
    from reviewkit.disclosure import Discloser
    from reviewkit.voices import all_remarks

    gate = Discloser(
        engagement.disclosure,
        evidence.frame("stakeholders"),
        evidence.frame("participants"),
        engagement.customer_label,
    )
    said = all_remarks(
        evidence.frame("remarks"),
        evidence.frame("customer_feedback"),
        evidence.frame("observations"),
        participants=evidence.frame("participants"),
    )
    shown = gate.quotes(evidence.frame("quotes"), said, "team")
    return {
        number: Said(words, who)
        for number, words, who in zip(shown["remark_id"], shown["words"], shown["attribution"], strict=True)
    }
