"""In which order quotes wait: themes in turn, of each the most telling remark first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from reviewkit.content import Codebook
from reviewkit.voices import all_remarks, code_remarks, counted, telling

TABLES = ("observations", "codings", "resolutions")
SAID = (
    "Waiting in this order: themes in turn, the most raised first, and of each the remark that tells it "
    "best; then those said last. Remarks without a code come at the end."
)


@dataclass(frozen=True)
class Standing:
    """Where a remark stands among those that could be quoted on a theme."""

    name: str
    side: str
    place: int
    of: int

    @property
    def told(self) -> str:
        """It in words.

        >>> Standing("Training gap", "concern", 2, 14).told
        'tells “Training gap” (concern) best but for 1 of 14'
        >>> Standing("Training gap", "strength", 1, 14).told
        'tells “Training gap” (strength) best of 14'
        """
        rest = f"best of {self.of}" if self.place == 1 else f"best but for {self.place - 1} of {self.of}"
        return f"tells “{self.name}” ({self.side}) {rest}"


class Order:
    """The order of remarks that may be quoted; worked out once from what is coded."""

    def __init__(
        self, frames: Mapping[str, pd.DataFrame], codebook: Codebook, allowed: Sequence[str]
    ) -> None:
        remarks = all_remarks(
            frames["remarks"],
            frames["customer_feedback"],
            frames["observations"],
            participants=frames["participants"],
        )
        coded = code_remarks(remarks, frames["codings"], codebook, resolutions=frames["resolutions"])
        coded = counted(coded, remarks)
        self._said_on = dict(zip(remarks["remark_id"].astype("str"), remarks["said_on"], strict=True))
        found = telling(coded, allowed)
        sides = coded["stance"].eq("strength").map({True: "strength", False: "concern"})
        raised = coded.assign(side=sides).groupby(["code", "side"])["unit_id"].nunique()
        themes = list(raised.sort_values(ascending=False, kind="stable").index)
        self._turn = {theme: turn for turn, theme in enumerate(themes)}
        self.best: dict[str, tuple[int, int]] = {}
        self.standing: dict[str, Standing] = {}
        for row in found.to_dict("records"):
            name, place = str(row["remark_id"]), int(row["place"])
            key = (place, self._turn.get((row["code"], row["side"]), len(themes)))
            if name not in self.best or key < self.best[name]:
                self.best[name] = key
                theme = codebook.codes[str(row["code"])].name
                self.standing[name] = Standing(theme, str(row["side"]), place, int(row["of"]))

    def sorted(self, names: Sequence[str]) -> list[str]:
        """Return remarks in the order in which they are brought before an analyst."""
        last = (len(self._said_on) + 1, 0)
        return sorted(names, key=lambda name: (*self.best.get(name, last), -self._day(name)))

    def _day(self, name: str) -> int:
        day = self._said_on.get(name)
        return 0 if day is None or pd.isna(day) else int(pd.Timestamp(day).toordinal())
