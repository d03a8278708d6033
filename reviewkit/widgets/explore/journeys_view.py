"""Journeys in JupyterLab: the different paths that customers take, and the latest journeys on one."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
import pandas as pd

from reviewkit.model import InputError
from reviewkit.model.words import plural
from reviewkit.performance import case_paths, variants
from reviewkit.present.blocks import Table
from reviewkit.present.style import in_notebook
from reviewkit.present.words import percent

from ..parts import Said, button, field, note, panel, row, shortened
from ..work import Work
from .aggregates import ROWS
from .model import ExploreModel

MOST = 40
"""Paths listed: those most often taken."""
UNITS = ("site", "contract")
_NONE = "There is no table of journeys: name it under 'sources' in the params file."


class JourneysView:
    """The page of journeys: how many customers took which path, by site or contract."""

    def __init__(self, model: ExploreModel, said: Said) -> None:
        self.model, self.said, self._filling = model, said, False
        self.work = Work(said, model.aggregates.cancel)
        self._known: dict[str, pd.DataFrame] = {}
        self.by = field(
            w.Dropdown, "Broken down by", options=[("nothing", ""), *zip(UNITS, UNITS, strict=True)]
        )
        self.unit = field(w.Dropdown, "Which", options=[("", "")], width="16rem")
        self.paths = field(w.Select, "Path", options=[], rows=12, width="100%")
        self.by.observe(lambda _: self._other_by(), "value")
        self.unit.observe(lambda _: self._other_unit(), "value")
        self.paths.observe(lambda change: self._path(change["new"]), "value")
        self.summary, self.steps = w.HTML(), w.HTML()
        below = w.Box([self.steps], layout=w.Layout(height="18rem", overflow="auto"))
        below.add_class("rkx-found")
        self.behind = button("Journeys on this path", self._show_journeys, icon="table")
        head = row(self.by, self.unit), row(self.summary, self.work.widget)
        self.widget = panel(*head, self.paths, row(self.behind), below)

    def open(self) -> None:
        """Count the paths, off the loop; what was counted once is remembered."""
        by = self.by.value
        if by in self._known:
            self._counted(by, self._known[by])
            return
        self.work.start("Counting journeys", lambda: self._asked(by), lambda found: self._counted(by, found))

    def _other_by(self) -> None:
        if not self._filling:
            self.open()

    def _other_unit(self) -> None:
        if not self._filling:
            self._list()

    def _asked(self, by: str) -> pd.DataFrame:
        evidence = self.model.aggregates.evidence
        if not evidence.has("journey"):
            raise InputError(_NONE)
        table = self.model.aggregates.table("journey")
        return variants(table, case="customer", activity="activity", at="at", by=by or None)

    def _counted(self, by: str, found: pd.DataFrame) -> None:
        self._known[by] = found
        self._filling = True
        names = sorted(set(found[by].astype("str"))) if by else [""]
        self.unit.options = [(name or "all", name) for name in names]
        self.unit.value = names[0] if names else None
        self._filling = False
        self._list()

    def _here(self) -> pd.DataFrame:
        by = self.by.value
        found = self._known[by]
        return found[found[by].astype("str").eq(self.unit.value)] if by else found

    def _list(self) -> None:
        rows = self._here().head(MOST)
        self._filling = True
        self.paths.options = [
            (
                shortened(
                    f"{row['cases']:,} · {_share(row['share'])} · {' → '.join(map(_plain, row['variant']))}",
                    150,
                ),
                place,
            )
            for place, row in enumerate(rows.to_dict("records"))
        ]
        self.paths.value = 0 if len(rows) else None
        self._filling = False
        whole = self._here()
        told = f"{plural(int(whole['cases'].sum()), 'journey')} on {plural(len(whole), 'different path')}"
        self.summary.value = note(f"{told}; the {len(rows)} most often taken are listed.")
        self._path(self.paths.value)

    def _path(self, place: Any) -> None:
        if self._filling:
            return
        if place is None:
            self.steps.value = note("There is no journey here.")
            return
        row = self._here().iloc[int(place)]
        steps = [_plain(step) for step in row["variant"]]
        frame = pd.DataFrame({"number": range(1, len(steps) + 1), "step": steps})
        caption = f"The path of {plural(int(row['cases']), 'customer')}, {_share(row['share'])}"
        made = Table(frame, caption, {"number": "Step", "step": "What happened"}, linked=False)
        self.steps.value = in_notebook(made.html())

    def _show_journeys(self) -> None:
        if self.paths.value is None:
            self.said.say("There is no path to look behind.", trouble=True)
            return
        by, unit = self.by.value, self.unit.value or ""
        variant = tuple(self._here().iloc[int(self.paths.value)]["variant"])

        def asked() -> pd.DataFrame:
            table = self.model.aggregates.table("journey")
            found = case_paths(table, case="customer", activity="activity", at="at", by=by or None)
            return journeys_on(found, variant, unit)

        self.work.start("Fetching journeys", asked, self._journeys_found)

    def _journeys_found(self, found: pd.DataFrame) -> None:
        caption = plural(len(found), "journey") + " on this path"
        caption += f", the latest {ROWS} shown" if len(found) > ROWS else ""
        headings = {"began": "Began", "ended": "Ended", "days": "Days"}
        self.steps.value = in_notebook(Table(found.head(ROWS), caption, headings, linked=False).html())
        self.said.say(f"{caption}. Columns that tell a person are left out.")


def journeys_on(paths: pd.DataFrame, variant: tuple[str, ...], unit: str) -> pd.DataFrame:
    """Return when each journey on a path began and ended, latest first; nothing that tells a person.

    >>> paths = pd.DataFrame({"case": ["C1", "C2"], "variant": [("in", "out"), ("in",)], "events": [2, 1]})
    >>> days = pd.to_datetime(["2025-01-01", "2025-01-05"])
    >>> journeys_on(paths.assign(first=days, last=days + pd.Timedelta(days=3)), ("in", "out"), "")
           began       ended  days
    0 2025-01-01  2025-01-04   3.0
    """
    mine = paths[paths["variant"].map(lambda found: found == variant)]
    if unit:
        mine = mine[mine["by"].astype("str").eq(unit)]
    began, ended = pd.to_datetime(mine["first"]), pd.to_datetime(mine["last"])
    days = ((ended - began).dt.total_seconds() / 86_400).round(1)
    found = pd.DataFrame({"began": began.dt.date, "ended": ended.dt.date, "days": days})
    return found.sort_values("began", ascending=False, kind="stable", ignore_index=True)


def _plain(step: object) -> str:
    return str(step).replace("_", " ")


def _share(part: float) -> str:
    return "under 1%" if part < 0.01 else percent(part)
