"""Themes by the attributes of who raised them, and the remarks behind each."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from reviewkit.content import Codebook
from reviewkit.model import Measure
from reviewkit.present.blocks import Table
from reviewkit.present.style import in_notebook
from reviewkit.voices import all_remarks, code_remarks, counted, themes

from ..desk import Desk
from ..parts import note

TABLES_READ = (
    "remarks", "customer_feedback", "observations", "participants", "stakeholders", "codings",
    "resolutions", "quotes",
)  # fmt: skip
ATTRIBUTES = ("source", "department", "level", "site", "stance", "prompting")
"""By what themes can be filtered, in the order of the fields."""
OF_CODE = ("stance", "prompting")
"""Attributes of a coding; the others are of the remark."""
MOST = 60
"""Remarks shown at a time."""
_HEADINGS = {
    "text": "Words, as said",
    "theme": "Theme",
    "about": "Who and where",
    "stance": "Stance",
    "prompting": "How it came up",
    "quote": "As a quote",
}


class ThemesModel:
    """Counts themes among the remarks that fit the filters; for the review team alone.

    Every remark is shown, also off the record and not approved as a quote, and says which it is.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.chosen: dict[str, str] = {}

    @cached_property
    def _frames(self) -> dict[str, pd.DataFrame]:
        return self.desk.frames(*TABLES_READ)

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook as it stands."""
        return self.desk.codebook

    @cached_property
    def remarks(self) -> pd.DataFrame:
        """Every remark, from every source."""
        frames = self._frames
        return all_remarks(
            frames["remarks"], frames["customer_feedback"], frames["observations"],
            participants=frames["participants"],
        )  # fmt: skip

    @cached_property
    def coded(self) -> pd.DataFrame:
        """One row a remark and code, as step 1.4 counts them."""
        frames = self._frames
        made = code_remarks(self.remarks, frames["codings"], self.codebook, resolutions=frames["resolutions"])
        return counted(made, self.remarks)

    def read_again(self) -> None:
        """Forget what was read: remarks, codes and quotes may be others by now."""
        for name in ("_frames", "codebook", "remarks", "coded", "_quoted"):
            self.__dict__.pop(name, None)

    def choices(self, attribute: str) -> list[str]:
        """Return the values of an attribute that occur, in order."""
        frame = self.coded if attribute in OF_CODE else self.remarks
        return sorted({str(value) for value in frame[attribute].dropna() if str(value)})

    def themes(self) -> pd.DataFrame:
        """Return the themes among what fits the filters: the columns of :func:`reviewkit.voices.themes`."""
        remarks = self._fitting(self.remarks)
        return themes(self._fitting(self.coded), remarks, self.codebook)

    def labels(self) -> list[tuple[str, str]]:
        """Return label and code of each theme that fits, most widely raised first."""
        found = self.themes()
        if found.empty:
            return []
        by_code = found.groupby(["code", "name"], sort=False)[["units", "remarks"]].sum().reset_index()
        by_code = by_code.sort_values(["units", "name"], ascending=[False, True])
        return [
            (f"{row['name']} · raised {row['units']} times, in {row['remarks']} remarks", str(row["code"]))
            for row in by_code.to_dict("records")
        ]

    def remarks_of(self, codes: tuple[str, ...]) -> pd.DataFrame:
        """Return the remarks with one of the codes that fit the filters, and what may be quoted of each."""
        return self._shown(self._fitting(self.coded), codes)

    def table(self, codes: tuple[str, ...], caption: str) -> str:
        """Return the remarks of some codes as an HTML table, or a line that says there are none."""
        return _as_table(self.remarks_of(codes), caption)

    def about(self, measure: Measure, site: str) -> str:
        """Return the remarks that speak to a measure at a site, whatever the filters are, as HTML."""
        coded = self.coded[self.coded["site"].eq(site)] if site else self.coded
        if not measure.codes:
            return note(f"No code of the codebook is said to speak to {measure.name}.")
        where = site or "every site"
        return _as_table(self._shown(coded, measure.codes), f"Remarks that speak to {measure.name}, {where}")

    def _fitting(self, frame: pd.DataFrame) -> pd.DataFrame:
        for name, value in self.chosen.items():
            if value and name in frame:
                frame = frame[frame[name].astype("str").eq(value)]
        return frame

    def _shown(self, coded: pd.DataFrame, codes: tuple[str, ...]) -> pd.DataFrame:
        mine = coded[coded["code"].isin(list(codes))].drop_duplicates(["remark_id", "code"])
        about = mine[["department", "level", "site"]].astype("str").replace("_", " ", regex=True)
        named = mine["code"].map({name: code.name for name, code in self.codebook.codes.items()})
        return pd.DataFrame(
            {
                "text": mine["text"].astype("str"),
                "theme": named.astype("str"),
                "about": [" · ".join(part for part in row if part) for row in about.to_numpy()],
                "stance": mine["stance"].astype("str").replace({"nan": "", "None": ""}),
                "prompting": mine["prompting"].astype("str").replace({"nan": "", "None": ""}),
                "quote": [
                    _standing(self._quoted.get(str(name), ""), kept)
                    for name, kept in zip(mine["remark_id"], mine["on_record"], strict=True)
                ],
            }
        )

    @cached_property
    def _quoted(self) -> dict[str, str]:
        quotes = self._frames["quotes"]
        return dict(zip(quotes["remark_id"].astype("str"), quotes["status"].astype("str"), strict=True))


def _standing(status: str, on_record: bool) -> str:
    if not on_record:
        return "off the record"
    return status or "not approved"


def _as_table(rows: pd.DataFrame, caption: str) -> str:
    if rows.empty:
        return note("There is no remark of this kind.")
    told = f"{caption}: {len(rows)}" + (f", the first {MOST} shown" if len(rows) > MOST else "")
    made = Table(rows.head(MOST), told, _HEADINGS, row_header=False, linked=False)
    return in_notebook(made.html())
