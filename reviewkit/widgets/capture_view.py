"""Notes and forms in JupyterLab: the guide beside the field to write in, saved while somebody types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from reviewkit.model import InputError

from .capture_model import CaptureModel
from .desk import told
from .form_view import FormView
from .frontend import remember
from .interview_view import InterviewView
from .parts import Said, field, root, shown


class CaptureView:
    """The widget of :class:`~.capture_model.CaptureModel`: interview, observation, walk-through."""

    def __init__(self, model: CaptureModel) -> None:
        self.model, self.said = model, Said()
        self.who = field(w.Text, "You are (role or initials)", value=model.desk.who, width="21rem")
        self.who.observe(lambda change: self._be(change["new"]), "value")
        self.interview = InterviewView(self)
        self.observation = FormView(model, "observations", self.is_known)
        self.walk = FormView(model, "walkthroughs", self.is_known)
        self.pages = {
            "Interview": self.interview.widget,
            "Observation": self.observation.widget,
            "Walk-through": self.walk.widget,
        }
        self.choice = w.ToggleButtons(options=list(self.pages), style={"button_width": "auto"})
        self.choice.observe(lambda _: self._turn(), "value")
        self.widget = root(self.who, self.choice, *self.pages.values(), self.said.widget)
        self._turn()

    def is_known(self) -> bool:
        """Whether somebody said who writes."""
        return bool(self.model.desk.who.strip())

    def do(self, command: Callable[[], str]) -> Any:
        """Run a command and tell what happened, or what went wrong."""
        try:
            self.said.say(command())
        except InputError as error:
            self.said.say(told(error), trouble=True)

    def _be(self, who: str) -> None:
        self.model.desk.who = who.strip()
        remember(who)
        for page in (self.interview, self.observation, self.walk):
            page.autosave.flush()

    def _turn(self) -> None:
        for name, page in self.pages.items():
            shown(page, name == self.choice.value)
