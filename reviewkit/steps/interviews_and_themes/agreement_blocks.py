"""Blocks on how far coders agree, what they coded differently, and what still waits for an analyst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from reviewkit.model import Edition, Finding
from reviewkit.model.words import listing, plain
from reviewkit.present.blocks import Bullets, Stack, Statements, Table, Words
from reviewkit.present.view import Block
from reviewkit.voices.agreement import LEAST_GIVEN, LEAST_REMARKS, Agreed
from reviewkit.voices.agreement.standing import MEANING, TOO_FEW

_FEW = (
    f"{LEAST_REMARKS} remarks coded twice, {LEAST_GIVEN} of them with the theme, are the least for a figure."
)
_WORDS = "Words for alpha: Landis and Koch (1977); their limits are arbitrary."


def agreement(
    known: Agreed,
    findings: Sequence[Finding],
    judged: pd.DataFrame,
    names: Mapping[str, str],
    edition: Edition,
) -> Block:
    """Return how far coders agree; the team reads it by theme and by pair, with suggestions apart.

    Parameters
    ----------
    judged : from :func:`reviewkit.voices.agreement.suggestions_judged`.
    """
    lead = Words(f"{_lead(known)}{_waiting(known)}")
    statements = Statements(findings, edition=edition) if findings else None
    if edition != "team":
        return Stack(lead, statements)
    left = Bullets(known.left.told())
    parts = [_themes(known, names), _pairs(known.pairs, names)] if known.twice else []
    return Stack(lead, statements, left, *parts, _suggestions_judged(judged))


def _lead(known: Agreed) -> str:
    """What was coded twice, or why nothing can be said."""
    if not known.coders:
        return "Nobody has coded yet, so there is nothing to agree on."
    if len(known.coders) == 1 or not known.twice:
        many = "One person" if len(known.coders) == 1 else f"{len(known.coders)} people"
        return (
            f"{many} coded, and no remark was coded by two. How far others would code alike is not known: "
            "have a blind sample coded by a second person."
        )
    chosen = (
        f"of a blind sample of {known.drawn}"
        if known.drawn
        else "by choice of those who coded, not by a sample drawn"
    )
    said = f"{known.twice} remarks were coded by more than one of {len(known.coders)} coders, {chosen}."
    if known.twice < LEAST_REMARKS:
        return f"{said} That is too few to say how far they agree: it takes {LEAST_REMARKS}."
    return said if known.enough else f"{said} They used one code alone: agreement beyond chance is unknown."


def _waiting(known: Agreed) -> str:
    """What is still to be done of a sample that was drawn."""
    drawn, twice = known.waiting
    if not drawn:
        return ""
    return (
        f" A blind sample of {drawn} remarks is drawn; {twice} of them are coded by two people. "
        f"From {LEAST_REMARKS} on, the sample alone is compared."
    )


def _themes(known: Agreed, names: Mapping[str, str]) -> Block | None:
    judged = known.themes[known.themes["standing"] != TOO_FEW]
    rare = [names.get(code, code) for code in known.themes.loc[known.themes["standing"] == TOO_FEW, "code"]]
    told = Words(f"Too rarely coded twice to be judged: {listing(rare)}.") if rare else None
    if judged.empty:
        return told
    order = judged.sort_values("alpha", kind="stable")
    shown = order.assign(theme=order["code"].map(dict(names)), interval=_interval(order))
    headings = {"theme": "Theme", "given": "Remarks with it", "observed": "Agreement", "alpha": "Alpha"}
    headings |= {"interval": "95% interval", "words": "In words", "standing": "Does it hold?"}
    meaning = "; ".join(f"{standing}: {words}" for standing, words in MEANING.items() if standing != TOO_FEW)
    table = Table(
        shown,
        caption="Which themes hold when somebody else codes, least agreed first",
        headings=headings,
        formats={"observed": ".2f", "alpha": ".2f"},
        note=f"{meaning}. {_WORDS} {_FEW}",
    )
    return Stack(table, told)


def _pairs(pairs: pd.DataFrame, names: Mapping[str, str]) -> Block | None:
    enough = (pairs["remarks"] >= LEAST_REMARKS) & (pairs["given"] >= LEAST_GIVEN) & pairs["kappa"].notna()
    table = pairs[enough]
    if table.empty:
        return None
    table = table.assign(code=table["code"].map({"": "all themes"} | dict(names)), interval=_interval(table))
    headings = {"code": "Theme"}
    caption = "Agreement by pair of coders and theme"
    if len(table[["coder_a", "coder_b"]].drop_duplicates()) == 1:
        one, other, remarks = table.iloc[0][["coder_a", "coder_b", "remarks"]]
        caption = f"Agreement of {one} and {other} by theme, {remarks} remarks"
    else:
        headings |= {"coder_a": "Coder", "coder_b": "and coder", "remarks": "Remarks both coded"}
    headings |= {"observed": "Agreement", "kappa": "Cohen's kappa", "interval": "95% interval"}
    headings |= {"pabak": "Prevalence-adjusted"}
    note = (
        "Kappa is low for a theme given rarely, or nearly always, even where coders hardly ever differ: "
        "read it beside the agreement and the prevalence-adjusted kappa (Byrt, Bishop and Carlin 1993). "
        "Intervals: Fleiss, Cohen and Everitt (1969); over all themes, remarks drawn with replacement. "
        f"{_FEW}"
    )
    formats = {"observed": ".2f", "kappa": ".2f", "pabak": ".2f"}
    return Table(table, caption=caption, headings=headings, formats=formats, note=note)


def _suggestions_judged(judged: pd.DataFrame) -> Block | None:
    enough = judged[judged["remarks"] >= LEAST_REMARKS]
    if enough.empty:
        return None
    shown = enough.assign(interval=_interval(enough))
    headings = {"coder": "Compared with", "remarks": "Remarks", "abstained": "Abstained from"}
    headings |= {"hit": "Among the coder's codes", "kappa": "Cohen's kappa", "interval": "95% interval"}
    return Table(
        shown,
        caption="Suggestions by cue phrases, judged as a coder of their own",
        headings=headings,
        formats={"abstained": ".0%", "hit": ".0%", "kappa": ".2f"},
        note="A suggestion is one code, people may give several; remarks without an accepted suggestion are "
        "left out. These figures are no part of the agreement of people.",
    )


def _interval(frame: pd.DataFrame) -> list[str]:
    pairs = zip(frame["low"], frame["high"], strict=True)
    # Zero is added to what is rounded, so that a hair below nothing is not told as -0.00.
    return [
        "not known" if low != low else f"{plain(round(low, 2) + 0.0, 2)} to {plain(round(high, 2) + 0.0, 2)}"
        for low, high in pairs
    ]


def differences(apart: pd.DataFrame, names: Mapping[str, str], *, most: int = 15) -> Block | None:
    """Return the remarks coded differently, side by side; for the team.

    Parameters
    ----------
    apart : from :func:`reviewkit.voices.agreement.disagreements`.
    """
    if apart.empty:
        return None
    codes = [[names.get(code, code) for code in cell.split(", ")] for cell in apart["apart"]]
    coders = {name: name[:1].upper() + name[1:] for name in apart.columns[3:]}
    headings = {"remark_id": "Remark", "text": "Words", "apart": "In question"} | coders
    return Table(
        apart.assign(apart=[listing(each) for each in codes]),
        caption="Coded differently, furthest apart first",
        headings=headings,
        limit=most,
        note="Settle each with a memo that says why: `reviewkit codebook settle`. What was settled counts in "
        "themes; figures of agreement stay those of the first codings.",
    )


def to_review(coded: pd.DataFrame, apart: pd.DataFrame, names: Mapping[str, str]) -> Block:
    """Return the suggestions that wait for an analyst, and the disagreements; for the team."""
    return Stack(suggestions(coded, names), differences(apart, names))


def suggestions(coded: pd.DataFrame, names: Mapping[str, str]) -> Block:
    """Return the remarks whose code is only suggested; for the team."""
    waiting = coded[coded["suggested"].astype(bool)]
    if waiting.empty:
        return Words("Every coded remark was coded by an analyst.")
    shown = waiting.assign(theme=waiting["code"].map(dict(names)))
    headings = {
        "remark_id": "Remark",
        "text": "Words",
        "theme": "Suggested theme",
        "stance": "Suggested stance",
    }
    return Table(shown, caption="Suggestions to confirm or change", headings=headings, limit=15)
