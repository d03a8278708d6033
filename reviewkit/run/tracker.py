"""How each step of an engagement stands, for people: done, out of date, failed, waiting for evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewkit.evidence import fingerprints
from reviewkit.model import STEPS, TABLES, Engagement, InputError, StepSpec, read_engagement, sources_of
from reviewkit.model.words import listing
from reviewkit.steps.deciding import decision_hashes
from reviewkit.widgets.desk import Desk
from reviewkit.widgets.start import StepState, Tracked
from reviewkit.widgets.start.state import State

from .dependence import Kept, decide, made_from
from .hands import Hands
from .home import Home
from .manifest import Manifest, StepRecord
from .notebooks import notebook_path, own_notebooks

_LATE = ("stale", "failed", "running", "not_run")
_ENDED = {
    "published": "The newest run was published",
    "failed": "The newest run failed",
    "interrupted": "The newest run was stopped before its end",
}


def tracked(params: Path, runs: Path | None = None) -> Tracked:
    """Return how the steps of an engagement stand against its evidence as it is now.

    Parameters
    ----------
    params : its params file. runs : folder of results; ``runs`` beside ``params/`` where left out.

    Raises
    ------
    InputError : the params file, or a file of the engagement, is gone or cannot be read.
    """
    engagement = read_engagement(params)
    home = Home(runs or params.parent.parent / "runs", engagement.id)
    now = _Now.of(engagement, params, home)
    hands = Hands(home, now.inputs, now.decisions, now.records)
    before: dict[str, StepRecord] = {}
    steps: list[StepState] = []
    late: set[str] = set()
    for spec in STEPS:
        state, why = now.state(spec, before, late & set(spec.after))
        if state in _LATE:
            late.add(spec.number)
        state, why = hands.laid_over(spec, state, why)
        steps.append(StepState(spec.number, spec.title, now.notebook(spec), spec.notebook, state, why))
        if record := now.record(spec.number):
            before[spec.number] = record
    return Tracked(engagement.name, params, home.folder, now.said, tuple(steps))


@dataclass(frozen=True)
class _Now:
    """The evidence as it is, beside the newest runs."""

    engagement: Engagement
    params: Path
    inputs: Mapping[str, str]
    decisions: Mapping[str, str]
    records: list[tuple[Path, Manifest]]
    busy: bool

    @classmethod
    def of(cls, engagement: Engagement, params: Path, home: Home) -> _Now:
        try:
            inputs = fingerprints(engagement, params)
            decisions = decision_hashes(Desk(params).frames("decisions")["decisions"])
        except OSError as error:
            problem = f"cannot be read ({error.strerror or error})"
            raise InputError(problem, file=error.filename or params) from None
        return cls(engagement, params, inputs, decisions, home.records(), home.is_busy())

    @property
    def newest(self) -> Manifest | None:
        return self.records[0][1] if self.records else None

    @property
    def said(self) -> str:
        if self.busy:
            return "A run is going on."
        if self.newest is None:
            return f"Not run yet: reviewkit run {self.params}."
        ended = self.newest.finished or self.newest.started
        lead = _ENDED.get(self.newest.status, "The newest run was stopped before its end")
        return f"{lead} on {ended.astimezone():%d %b %Y at %H:%M}."

    def notebook(self, spec: StepSpec) -> Path:
        return notebook_path(spec, own_notebooks(self.engagement, self.params))

    def record(self, number: str) -> StepRecord | None:
        """The newest record of a step that ended well."""
        found = (manifest.step(number) for _, manifest in self.records)
        return next((one for one in found if one is not None and one.status in ("done", "skipped")), None)

    def state(self, spec: StepSpec, before: Mapping[str, StepRecord], late: set[str]) -> tuple[State, str]:
        """Return how a step stands, and why; ``late`` are the steps before it that are not up to date."""
        there = {*self.inputs, *sources_of(self.engagement, self.params)}
        if not there & set(spec.needs):
            return "waiting", _wanted(spec)
        record = self.newest.step(spec.number) if self.newest else None
        if record is None and self.busy:
            return "running", ""
        if record is not None and record.status == "failed":
            return "failed", record.reason
        if self.record(spec.number) is None:
            return "not_run", record.reason if record is not None else ""
        now = made_from(spec, self.engagement, self.params, self.inputs, self.decisions, before)
        found = decide(now, spec.number, self.records)
        if not isinstance(found, Kept):
            return "stale", f"{found[:1].upper()}{found[1:]}."
        if late:
            return "stale", f"It rests on {listing(sorted(late))}."
        return "done", ""


def _wanted(spec: StepSpec) -> str:
    names = [name.replace("_", " ") for name in spec.needs]
    one = "" if len(names) == 1 else "one of "
    return f"It needs {one}{listing(names, 'or', limit=6)}. {TABLES[spec.needs[0]].collect}"
