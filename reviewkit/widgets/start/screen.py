"""The start screen in JupyterLab: the engagement, its steps as they stand, and a button that opens each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as w
from markupsafe import Markup

from reviewkit.model import InputError

from ..parts import Said, button, field, note, panel, root, row, safe
from ..telling import told
from .model import StartModel
from .place import lab_path
from .state import STATES, StepState

_OPEN = (
    '<button type="button" class="rkw-open" data-commandlinker-command="docmanager:open" '
    "data-commandlinker-args='{}' aria-label=\"Open {}\">Open</button>"
)
_ROW = '<tr><th scope="row">{}</th><td>{}</td><td class="rkw-state rkw-{}">{}</td><td>{}</td><td>{}</td></tr>'
_HEAD = (
    '<table class="rkw-table"><caption>Steps of the review</caption><thead><tr><th scope="col">Step</th>'
    '<th scope="col">Page</th><th scope="col">How it stands</th><th scope="col">Why</th>'
    '<th scope="col">Notebook</th></tr></thead><tbody>{}</tbody></table>'
)


class Screen:
    """The widget of :class:`~.model.StartModel`."""

    def __init__(self, model: StartModel) -> None:
        self.model, self.said = model, Said()
        options: list[Any] = list(model.engagements.items()) or [("none", None)]
        self.which = field(w.Dropdown, "Engagement", options=options, value=model.params, width="44rem")
        self.which.observe(lambda change: self.do(lambda: model.pick(change["new"])), "value")
        self.again = button("Look again", lambda: self.do(model.look), icon="refresh")
        self.counted, self.desks, self.steps = w.HTML(), w.HTML(), w.HTML()
        self.widget = root(
            panel(row(self.which, self.again), self.counted, self.said.widget, self.desks, self.steps)
        )
        self.do(model.look)

    def do(self, command: Callable[[], str]) -> None:
        """Run a command, show how the engagement stands, and say what went wrong."""
        try:
            text = command()
            self.show()
        except InputError as error:
            self.said.say(told(error), trouble=True)
            if self.model.standing is None:
                self.counted.value = self.desks.value = self.steps.value = ""
            return
        self.said.say(text)

    def show(self) -> None:
        """Show the engagement that is picked."""
        standing = self.model.standing
        if standing is None:
            return
        counted = Markup(note(f"{standing.said} {standing.counted}."))
        self.counted.value = safe('<p class="rkw-name">{}</p>{}', standing.name, counted)
        desks = [Markup(_opens(told, self.model.desk(told))) for told in self.model.desks]
        items = Markup("").join(Markup("<li>{}</li>").format(one) for one in desks)
        self.desks.value = safe('<ul class="rkw-desks" aria-label="Notebooks to work in">{}</ul>', items)
        rows = Markup("").join(Markup(self._row(one)) for one in standing.steps)
        hint = Markup(
            note("A notebook opens in a tab of its own, set to this engagement: run all its cells.")
        )
        self.steps.value = safe("{}{}", Markup(_HEAD).format(rows), hint)

    def _row(self, one: StepState) -> str:
        link = Markup(_opens("", self.model.step(one), f"step {one.number}, {one.title}"))
        return safe(_ROW, one.number, one.title, one.state, STATES[one.state], one.why, link)


def _opens(told: str, file: Path, label: str = "") -> str:
    """A button that opens a notebook, or where it is, if this JupyterLab does not show it."""
    place = lab_path(file)
    lead = f"{told} " if told else ""
    if not place:
        return safe("{}<code>{}</code>", lead, file)
    made = Markup(_OPEN).format(json.dumps({"path": place}), label or told)
    return safe("{}{}", made + " ", told)
