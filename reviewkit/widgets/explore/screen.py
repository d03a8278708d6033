"""The explorer in JupyterLab: measures, themes and journeys, one page at a time."""

from __future__ import annotations

import ipywidgets as w

from reviewkit.model import InputError
from reviewkit.present.style import notebook_style

from ..desk import Desk
from ..naming import WhoField
from ..parts import Said, root, row, shown
from ..telling import told
from .journeys_view import JourneysView
from .measures_view import MeasuresView
from .model import ExploreModel
from .themes_model import ThemesModel
from .themes_view import ThemesView

STYLE = """.rkx-chart .rk-notebook{width:100%}
.rkx-chart .rk-chart{margin:0} .rkx-chart .rk-svg{max-height:21rem}
.rkx-found{border:1px solid var(--jp-border-color2,#bbb);border-radius:4px}
.rkx-found .rk-table{font-size:.85rem} .rkx-chart .widget-html,.rkx-found .widget-html{width:100%}"""


class Screen:
    """The widget of the explorer; each page is filled when it is first turned to."""

    def __init__(self, desk: Desk) -> None:
        self.model, self.said = ExploreModel(desk), Said()
        themes = ThemesModel(desk)
        self.naming = WhoField(desk.who, self._be)
        self.measures = MeasuresView(self.model, self.said, themes.about)
        self.themes = ThemesView(themes, self.said)
        self.journeys = JourneysView(self.model, self.said)
        self.pages: dict[str, MeasuresView | ThemesView | JourneysView] = {
            "Measures": self.measures,
            "Themes": self.themes,
            "Journeys": self.journeys,
        }
        self.choice = w.ToggleButtons(options=list(self.pages), style={"button_width": "auto"})
        self.choice.observe(lambda _: self._turn(), "value")
        self._opened: set[str] = set()
        styles = w.HTML(f"<style>{STYLE}</style>{notebook_style()}", layout=w.Layout(display="none"))
        bodies = [page.widget for page in self.pages.values()]
        self.widget = root(styles, row(self.naming.widget, self.choice), self.said.widget, *bodies)
        if desk.who:
            self._be(desk.who)
        self._turn()

    def _be(self, who: str) -> None:
        try:
            self.model.be(who)
        except InputError as error:
            self.said.say(told(error), trouble=True)
            return
        self.measures.notes.show()
        self.measures.notes.resume()
        self.said.say(f"You are {who}." if who else "Write your role or initials to save notes.")

    def _turn(self) -> None:
        self.said.say("")
        for name, page in self.pages.items():
            shown(page.widget, name == self.choice.value)
        if self.choice.value not in self._opened:
            self._opened.add(self.choice.value)
            self.pages[self.choice.value].open()
