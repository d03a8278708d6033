"""Blocks on where and with what a concern comes up: by group, by source, and with other concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviewkit.disclosure import LEVEL_WORDS, Discloser, band
from reviewkit.model import Edition
from reviewkit.model.words import inline
from reviewkit.present import charts
from reviewkit.present.blocks import Bullets, Stack, Words
from reviewkit.present.view import Block
from reviewkit.present.words import listing

from .sources import SOURCE_WORDS
from .voices_blocks import BANDS, group_sizes

_BY = {"department": 8, "level": 4, "site": 4}
_MORE = 1.2
_SIZES = {"none": 0.0, "one": 1.0, "a few": 2.0, "several": 3.0, "most": 4.0}
Found = Mapping[str, pd.DataFrame]


def outstanding(found: Found, names: Mapping[str, str], gate: Discloser, edition: Edition) -> Block:
    """Return the concerns that one department, level or site raises far more than the rest.

    ``found`` holds a table as :func:`reviewkit.voices.standing_out` makes it for each of the three. The
    team reads counts; others the groups large enough, and only what one interview fewer would not undo.
    """
    lines: list[str] = []
    for by, most in _BY.items():
        table = found.get(by, pd.DataFrame())
        if edition == "team":
            lines += [_counted(row, names) for row in table.head(most).to_dict("records")]
        elif len(table):
            sizes = group_sizes(gate, by)
            large = table["group"].map(sizes).fillna(0)
            # What stands out in one group was hardly raised in the rest, who may be few as well.
            fewest = pd.concat([large, sum(sizes.values()) - large], axis=1).min(axis=1)
            told = fewest.ge(gate.disclosure.minimum_pool) & table["firm"].astype(bool)
            lines += _by_group(table[told].head(most), names)
    if not lines:
        return Words("No department, level or site raises a concern far more than the others.")
    note = "These are counts of the interviews held, which were chosen and not sampled: no test is claimed."
    return Stack(Bullets(lines), Words(note))


def customers_outstanding(
    found: Mapping[str, pd.DataFrame], names: Mapping[str, str], gate: Discloser
) -> Block | None:
    """Return the concerns that customers of one site or contract raise more, by a test; none where none."""
    lines = [
        f"{row['group']}: {names[row['code']]}, in {row['units']} of {row['units_total']} "
        f"{gate.customer}s' comments and {row['rest_share']:.1%} of those elsewhere: "
        f"{100 * row['difference']:.0f} points more (95% interval {100 * row['lower']:.0f} to "
        f"{100 * row['upper']:.0f}; Fisher's exact test, corrected for {row['looks']} comparisons, "
        f"p {_p_words(row['p_value'])})."
        for table in found.values()
        for row in table.head(4).to_dict("records")
    ]
    return Bullets(lines) if lines else None


def pairs(found: pd.DataFrame, names: Mapping[str, str], gate: Discloser, edition: Edition) -> Block:
    """Return the concerns that come up in the same interviews more often than their numbers would bring."""
    more = found[found["lift"] >= _MORE]
    if edition != "team":
        more = more[more["units"] >= gate.disclosure.minimum_pool]
    if more.empty:
        return Words("No two concerns came up together more often than their numbers alone would bring.")
    if edition != "team":
        told = [
            f"{names[a]} together with {inline(names[b])}"
            for a, b in more[["code_a", "code_b"]].head(4).itertuples(index=False)
        ]
        return Stack(Bullets(told), Words("Raised by the same people; which brings the other is not known."))
    lines = [
        f"{names[row['code_a']]} together with {inline(names[row['code_b']])}: {row['units']} interviews, "
        f"of {row['units_a']} and {row['units_b']} that raise each; {row['lift']:.1f} times as often as if "
        "unrelated."
        for row in more.head(6).to_dict("records")
    ]
    return Stack(Bullets(lines), _picture(found, names))


def _picture(found: pd.DataFrame, names: Mapping[str, str], most: int = 8) -> Block:
    """A triangle of the concerns that come up together most."""
    both = pd.concat([found["code_a"], found["code_b"]])
    weight = pd.concat([found["units"], found["units"]]).groupby(both).sum()
    codes = list(weight.sort_values(ascending=False, kind="stable").index[:most])
    place = {code: number for number, code in enumerate(codes)}
    cells = found[found["code_a"].isin(codes) & found["code_b"].isin(codes)]
    first = cells["code_a"].map(place) < cells["code_b"].map(place)
    cells = cells.assign(
        row=cells["code_a"].where(first, cells["code_b"]),
        column=cells["code_b"].where(first, cells["code_a"]),
        size=cells["units"].astype("float64"),
    ).sort_values("row", key=lambda column: column.map(place), kind="stable")
    cells["row"], order = cells["row"].map(names), [names[code] for code in codes[1:]]
    cells["column"] = cells["column"].map(names)
    return charts.matrix(
        cells,
        "row",
        "column",
        "size",
        words=lambda number: f"{number:.0f}",
        caption="Interviews that raise both concerns",
        corner="Concern",
        order=order,
        note="Concerns and suggestions together; pairs in fewer than three interviews are left out.",
    )


def by_source(
    found: pd.DataFrame,
    names: Mapping[str, str],
    gate: Discloser,
    edition: Edition,
    *,
    unprompted: bool = True,
) -> Block:
    """Return a matrix of concerns by the six sources, each counted apart; ``names`` are those to show.

    ``unprompted`` : whether it is known what came up unprompted, which then is their order.
    """
    cells = found[found["code"].isin(list(names))]
    if cells.empty:
        return Words("No concern recurs, so there is nothing to lay side by side.")
    total = cells["units_total"].to_numpy()
    exact = cells["source"].eq("customer_feedback") | (edition == "team")
    bands = pd.Series([band(n, of) for n, of in zip(cells["units"], total, strict=True)], index=cells.index)
    told = cells["units"].astype("str").where(exact, bands)
    share = (cells["units"] / cells["units_total"]).where(exact, bands.map(_SIZES) / 4)
    order = {name: place for place, name in enumerate(names)}
    shown = cells.assign(
        words=told.where(cells["units"] > 0, "–"),
        size=share,
        column=[_source_heading(s, n, edition) for s, n in zip(cells["source"], total, strict=True)],
        row=cells["code"].map(dict(names)),
        place=cells["code"].map(order),
    ).sort_values("place", kind="stable")
    unasked = " unprompted" if unprompted else ""
    shown_first = (
        f"The {len(names)} concerns raised most{unasked}" if len(names) > 1 else "The concern raised"
    )
    note = f"{shown_first}, with suggestions; shaded by the share of each source."
    if not bool(exact.all()):
        note += f" {BANDS}"
    return charts.matrix(
        shown,
        "row",
        "column",
        "size",
        words="words",
        caption="Who raises which concern, by source",
        corner="Theme",
        note=note,
    )


def _source_heading(source: str, total: int, edition: Edition) -> str:
    return f"{SOURCE_WORDS[source]} ({total})" if edition == "team" else SOURCE_WORDS[source]


def _counted(row: Mapping[object, object], names: Mapping[str, str]) -> str:
    firm = "" if row["firm"] else "; one interview fewer would undo it"
    group = LEVEL_WORDS.get(str(row["group"]), str(row["group"]))
    return (
        f"{_capital(group)}: {names[str(row['code'])]}, in {row['units']} of {row['units_total']} interviews "
        f"there and {row['rest']} of {row['rest_total']} elsewhere{firm}."
    )


def _by_group(table: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """One line a group, without counts."""
    return [
        f"{_capital(LEVEL_WORDS.get(str(group), str(group)))}: "
        f"{_listed([names[code] for code in mine['code']])}, raised there far more than elsewhere."
        for group, mine in table.groupby("group", sort=False)
    ]


def _listed(names: Sequence[str]) -> str:
    return listing([names[0], *(inline(name) for name in names[1:])])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _p_words(p_value: float) -> str:
    return "below 0.001" if p_value < 0.001 else f"{p_value:.3f}"
