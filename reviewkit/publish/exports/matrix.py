"""Remarks by themes for the team, and themes by group in bands for the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from reviewkit import voices
from reviewkit.content import Codebook
from reviewkit.disclosure import LEVEL_WORDS, band
from reviewkit.model.tables import Column, Table
from reviewkit.voices import CONCERNS

from .own import CODERS_MATRIX, MATRIX

if TYPE_CHECKING:
    from reviewkit.disclosure import Discloser
    from reviewkit.steps import Review

_ABOUT = ("remark_id", "source", "kind", "unit_id", "department", "level", "site", "contract")
GROUPS = ("department", "level", "site")


def all_remarks(review: Review) -> pd.DataFrame:
    """Return everything said, in one table."""
    frame = review.evidence.frame
    return voices.all_remarks(
        frame("remarks"),
        frame("customer_feedback"),
        frame("observations"),
        participants=frame("participants"),
    )


def theme_matrix(
    remarks: pd.DataFrame, coded: pd.DataFrame, codings: pd.DataFrame, book: Codebook
) -> tuple[pd.DataFrame, Table]:
    """Return remarks by themes, 1 where the remark carries the theme and else 0, and its description.

    Every remark has a row and every theme of the codebook a column: a row of zeros was coded as
    nothing or not coded at all, which ``coders`` tells apart.

    Parameters
    ----------
    remarks : everything said. coded : table ``coded_remarks`` of step 1.4. codings : as analysts gave
        them. book : names and definitions of the themes.
    """
    cells = _cells(coded.drop_duplicates(["remark_id", "code"]), remarks, _codes(book, coded)).clip(upper=1)
    suggested = set(coded.loc[coded["suggested"].astype(bool), "remark_id"])
    about = _about(remarks, codings).assign(suggested=remarks["remark_id"].isin(suggested))
    return _joined(about, cells, book, MATRIX, "1 where the remark carries the theme")


def coders_matrix(remarks: pd.DataFrame, codings: pd.DataFrame, book: Codebook) -> tuple[pd.DataFrame, Table]:
    """Return remarks by themes, how many analysts gave the remark the theme, and its description."""
    known = codings[codings["code"].isin(list(book.codes))].drop_duplicates(["remark_id", "code", "coder"])
    cells = _cells(known, remarks, list(book.codes))
    return _joined(_about(remarks, codings), cells, book, CODERS_MATRIX, "How many analysts gave it")


def themes_by_group(
    coded: pd.DataFrame, remarks: pd.DataFrame, names: dict[str, str], gate: Discloser
) -> pd.DataFrame:
    """Return ``by, group, code, name, raised_in``: concerns of interviews by group, in bands.

    Groups of too few people in the register, and those heard in one interview, are put together, and left
    out where they are too few even then. Parameters are those of :func:`theme_matrix`; ``names`` holds the
    themes shown.
    """
    from reviewkit.steps.interviews_and_themes.voices_blocks import merged_groups

    heard = remarks[remarks["kind"].eq("interview")]
    said = coded[coded["kind"].eq("interview") & coded["stance"].isin(CONCERNS) & coded["code"].isin(names)]
    rows = []
    for by in GROUPS:
        whole, part = (merged_groups(one[one[by].ne("")], gate, by, heard) for one in (heard, said))
        totals = whole.groupby(by)["unit_id"].nunique()
        counts = part.groupby([by, "code"])["unit_id"].nunique()
        rows += [
            (by, LEVEL_WORDS.get(str(group), str(group)), code, names[code],
             band(int(counts.get((group, code), 0)), int(total)))
            for group, total in totals.items()
            for code in names
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=["by", "group", "code", "name", "raised_in"]).astype("str")


def _codes(book: Codebook, coded: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys([*book.codes, *coded["code"]]))


def _cells(given: pd.DataFrame, remarks: pd.DataFrame, codes: Iterable[str]) -> pd.DataFrame:
    """Count the rows of ``given`` by remark and code, a row a remark and a column a code."""
    counted = given.groupby(["remark_id", "code"]).size().unstack(fill_value=0)
    cells = counted.reindex(index=remarks["remark_id"], columns=list(codes), fill_value=0)
    return cells.astype("int64").rename_axis(columns=None).reset_index(drop=True)


def _about(remarks: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    coders = codings.groupby("remark_id")["coder"].nunique()
    counted = remarks["remark_id"].map(coders).fillna(0).astype("int64")
    return remarks[list(_ABOUT)].assign(coders=counted).reset_index(drop=True)


def _joined(
    about: pd.DataFrame, cells: pd.DataFrame, book: Codebook, table: Table, lead: str
) -> tuple[pd.DataFrame, Table]:
    # A code of the engagement's own may be called like a column.
    names = {code: f"code_{code}" if code in about.columns else code for code in map(str, cells.columns)}
    columns = tuple(
        Column(name, "integer", f"{lead}: {_definition(book, code)}") for code, name in names.items()
    )
    frame = pd.concat([about, cells.rename(columns=names)], axis=1)
    return frame, replace(table, columns=(*table.columns, *columns))


def _definition(book: Codebook, code: str) -> str:
    entry = book.codes.get(code)
    return f"{entry.name}. {entry.definition}" if entry else f"{code}, which the codebook no longer holds"
