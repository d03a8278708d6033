"""What was run by hand in the workbench, laid over how the newest run left each step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from reviewkit.model import StepSpec, library_digest
from reviewkit.model.words import listing
from reviewkit.steps.by_hand import LIBRARY, read_by_hand
from reviewkit.widgets.start.state import State

from .dependence import FOR_EVERY_STEP
from .home import Home
from .manifest import Manifest


class Hands:
    """Tells of steps that somebody ran by hand since they were last run on schedule.

    Parameters
    ----------
    home : the engagement's results. inputs, decisions : hashes of its evidence as it is now.
    records : its runs, newest first.
    """

    def __init__(
        self,
        home: Home,
        inputs: Mapping[str, str],
        decisions: Mapping[str, str],
        records: list[tuple[Path, Manifest]],
    ) -> None:
        self._folder = home.folder / "workbench"
        self._inputs, self._decisions, self._records = inputs, decisions, records

    def laid_over(self, spec: StepSpec, state: State, why: str) -> tuple[State, str]:
        """Return how a step stands with what was done by hand; ``state`` and ``why`` are of the runs.

        A step that waits for evidence goes on waiting, and what was run before the newest run of the
        step is not told any more.
        """
        found = read_by_hand(self._folder, spec.number)
        if found is None or state in ("waiting", "running") or self._ran_since(spec.number, found.at):
            return state, why
        when = f"by hand on {found.at.astimezone():%d %b %Y at %H:%M}"
        if found.state == "begun":
            return state, f"{why} Begun {when}, and not run to its end.".strip()
        if changed := found.changed(self._now(spec), self._decisions.get(spec.number, "")):
            did = "Failed" if found.state == "failed" else "Run"
            told = f"{did} {when}; since then {listing(changed)} changed."
            return ("stale" if state == "not_run" else state), f"{why} {told}".strip()
        if found.state == "failed":
            return "failed", f"Run {when}: {found.why.rstrip('.')}."
        if self._same(spec.number):
            return state, f"{why} Run {when}, with the same findings.".strip()
        return "by_hand", f"Run {when}. It is on the pages after the next run."

    def _now(self, spec: StepSpec) -> dict[str, str]:
        """What the step depends on, as it is now."""
        names = dict.fromkeys((*spec.needs, *spec.uses, *spec.reads, *FOR_EVERY_STEP, "params"))
        return {name: self._inputs.get(name, "") for name in names} | {LIBRARY: library_digest()}

    def _ran_since(self, number: str, at: dt.datetime) -> bool:
        for _, manifest in self._records:
            record = manifest.step(number)
            if record is not None and record.status in ("done", "failed"):
                return manifest.started > at
        return False

    def _same(self, number: str) -> bool:
        """Whether what was found by hand is what the last published run found."""
        files = [
            place / f"findings/{number}.jsonl" for place in (self._folder, self._folder.parent / "latest")
        ]
        try:
            one, other = (file.read_bytes() for file in files)
        except OSError:
            return False
        return one == other
