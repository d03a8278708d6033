"""The state of the start screen: which engagement is picked, how it stands, and where its notebooks are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reviewkit.model import InputError, read_engagement
from reviewkit.steps.workbench import find_params

from .opening import engagement_given, prepared
from .state import StepState, Tracked, Tracker

NOTEBOOKS = Path("workbench/notebooks")
"""Where working copies are, below the engagement's results."""


class StartModel:
    """Picks an engagement, and opens its notebooks with their parameters set.

    Parameters
    ----------
    tracker : says how an engagement stands.
    desks : notebooks to work in, by what they are for.
    picked : id or path of the engagement to begin with; the first there is where it is not there.
    """

    def __init__(self, tracker: Tracker, desks: Mapping[str, Path], picked: str | Path = "") -> None:
        self._tracker, self.desks = tracker, desks
        self.engagements = known()
        self.standing: Tracked | None = None
        self.params: Path | None = None
        try:
            wanted = find_params(picked) if str(picked) else None
        except InputError:
            wanted = None
        if wanted is not None and wanted.is_file() and wanted not in self.engagements.values():
            self.engagements[_title(wanted)] = wanted
        if wanted in self.engagements.values():
            self.params = wanted
        elif self.engagements:
            self.params = next(iter(self.engagements.values()))

    def pick(self, params: Path) -> str:
        """Pick an engagement and see how it stands; return what is to be told.

        Raises
        ------
        InputError : it is gone or cannot be read.
        """
        if params != self.params:
            self.standing = None
        self.params = params
        return self.look()

    def look(self) -> str:
        """Look again how the engagement stands; what was seen last stays where that cannot be told."""
        if self.params is None:
            raise InputError(
                "there is no engagement here", fix="Make one with `reviewkit new`, then run this cell again."
            )
        if not self.params.is_file():
            raise InputError("this engagement's params file has gone", file=self.params, fix="Pick another.")
        self.standing = self._tracker(self.params)
        return ""

    def step(self, one: StepState) -> Path:
        """Return the notebook of a step with its parameters set."""
        return self._prepared(one.notebook, one.place)

    def desk(self, told: str) -> Path:
        """Return a notebook to work in with its parameters set."""
        return self._prepared(self.desks[told], f"workbench/{self.desks[told].name}")

    def _prepared(self, notebook: Path, place: str) -> Path:
        assert self.standing is not None, "look first"
        given = {"engagement": engagement_given(self.standing.params), "run": ""}
        return prepared(notebook, self.standing.home / NOTEBOOKS / place, given)


def known(here: Path | None = None) -> dict[str, Path]:
    """Return the params files in ``params/`` here or above, by what they are called."""
    here = here or Path.cwd()
    for folder in (here, *here.parents):
        if found := sorted((folder / "params").glob("*.yaml")):
            return {_title(path): path.resolve() for path in found}
    return {}


def _title(params: Path) -> str:
    try:
        return f"{params.stem}: {read_engagement(params).name}"
    except InputError:
        return f"{params.stem}: cannot be read"
