"""Notes and forms in JupyterLab: the guide beside the field to write in, saved while somebody types."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w

from reviewkit.model import InputError

from .capture_model import CaptureModel
from .form_view import FormView
from .interview_view import InterviewView
from .naming import WhoField
from .parts import Said, root, shown
from .telling import told


class CaptureView:
    """The widget of :class:`~.capture_model.CaptureModel`: interview, observation, walk-through."""

    def __init__(self, model: CaptureModel) -> None:
        self.model, self.said = model, Said()
        self.naming = WhoField(model.desk.who, self._be)
        self.who = self.naming.text
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
        self.widget = root(self.naming.widget, self.choice, *self.pages.values(), self.said.widget)
        self._turn()
        self._enable()

    def is_known(self) -> bool:
        """Whether somebody said who writes."""
        return bool(self.model.desk.who.strip())

    def do(self, command: Callable[[], str]) -> bool:
        """Run a command and tell what happened, or what went wrong; say whether it went well."""
        try:
            self.said.say(command())
        except InputError as error:
            self.said.say(told(error), trouble=True)
            return False
        return True

    def _be(self, who: str) -> None:
        notes, forms, before = self.interview.notes, (self.observation, self.walk), self.model.desk.who
        if not before:  # what was written before anybody said who is theirs now
            self.model.desk.who = who
        for page in (notes, *forms):
            page.autosave.flush()
        if before not in ("", who):  # what could not be saved waits for whoever typed it
            self.model.be(who)
            notes.begin(notes.by.value or "")
            notes.show()
            for form in forms:
                form.begin()
        self._enable()
        self.said.say(f"You are {who}.{notes.resume()}" if who else "Write your role or initials first.")
        for form in forms:
            form.resume()

    def _enable(self) -> None:
        """Nothing can be written before somebody says who writes, so that nothing waits unsaved."""
        for page in (self.interview, self.observation, self.walk):
            page.enable(self.is_known())
        if not self.is_known():
            self.said.say("Write your role or initials first.")

    def _turn(self) -> None:
        for name, page in self.pages.items():
            shown(page, name == self.choice.value)
        self.said.say("" if self.is_known() else "Write your role or initials first.")
