"""Tables and charts of internal partners; what may be shown has been settled before."""

from __future__ import annotations

import pandas as pd

from reviewkit.content import load_statements
from reviewkit.disclosure import Discloser
from reviewkit.model import Edition
from reviewkit.model.words import listing, plural
from reviewkit.present.blocks import Stack, Table, Words
from reviewkit.present.view import Block
from reviewkit.voices import partnering

from .inputs import PartnersInputs

SIDES = {"front_line": "Front line", "support": "Support", "management": "Management"}
KINDS = {"sign": "Signs", "key": "Keys", "expectation": "Expectations", "support": "Support given"}
NO_SURVEY = "There is no partnering survey. Send it to all staff; at least five answers a side are needed."
HIDDEN = "Too few respondents in a group are not shown, nor what would let them be worked out."
STAFF = "Management is not in it: it stands as a side of its own."
VERDICTS = {
    "one scale": "can be read as one scale",
    "apart": "read one by one: they ask different things",
    "unsure": "read one by one: unsure whether they hang together",
    "too few": "too few full answers to tell",
}


def by_side(inputs: PartnersInputs, kind: str) -> Block:
    """Return one row a statement: who sees it, each side's own mean, and the mean of all."""
    if inputs.perceptions.empty:
        return Words(NO_SURVEY)
    views = inputs.views[inputs.views["kind"] == kind]
    if views.empty:
        return Words(f"The survey holds no answers on {KINDS[kind].lower()} that can be shown.")
    wide = views.pivot(index="statement", columns="group", values="mean").reindex(columns=list(SIDES))
    bad = views[views["group"].eq("front_line")].set_index("statement")["bad"]
    seen = partnering.who_sees(views).set_index("statement")["words"]
    # With a side hidden, the mean of all would say what the hidden ones answered.
    whole = views.groupby("statement").size().ge(inputs.views["group"].nunique())
    everyone = inputs.together.set_index("statement")["mean"]
    everyone = everyone[everyone.index.isin(whole.index[whole])] if not inputs.some_hidden else everyone[:0]
    table = wide.assign(words=seen, all=everyone, bad=100 * bad).reset_index()
    bank = load_statements()
    order = {name: place for place, name in enumerate(bank)}
    place = table["statement"].map(lambda name: (order[partnering.subject(name)], order[name]))
    table = table.assign(text=table["statement"].map(lambda name: bank[name].text), place=place)
    headings = {"text": "Statement", "words": "Who sees it", **SIDES, "bad": "Front line: % on the bad side"}
    headings["all"] = "All, weighted" if inputs.headcounts else "All"
    return Table(
        table.sort_values("place"),
        caption=f"{KINDS[kind]}: mean score by side, 1 bad to 5 good",
        headings=headings,
        formats=dict.fromkeys([*SIDES, "all"], ".1f") | {"bad": ".0f"},
        note=f"{_side_note(inputs, kind)} {HIDDEN}",
    )


def _side_note(inputs: PartnersInputs, kind: str) -> str:
    weighed = (
        "All weighs each side by its people in the register, not by how many answered. "
        if inputs.headcounts
        else "All counts every answer alike, for the register does not give the people of each side. "
    )
    turned = (
        "Agreeing is the bad sign here, so scores are turned round: 1.7 stands for an answer of 4.3. "
        if kind == "sign"
        else ""
    )
    return (
        f"{turned}A side is divided where the interval of its mean holds the middle of the scale. {weighed}"
    ).strip()


def parts(inputs: PartnersInputs, by: str, label: str) -> Block:
    """Return departments' or sites' means by kind of statement, and how far each is from the rest."""
    known = inputs.staff[inputs.staff[by].notna()]
    if known.empty:
        return Words(f"The survey does not say which {label} an answer comes from.")
    names = inputs.departments if by == "department" else inputs.sites
    means = partnering.by_kind(known[known[by].isin(names)], inputs.statements, by=by)
    means = means[means["n"] >= inputs.minimum]
    gone = listing(sorted(set(inputs.perceptions[by].dropna()) - set(names)))
    note = f"{STAFF} {HIDDEN}" + (f" Not shown: {gone}." if gone else "")
    if means.empty:
        return Words(f"No {label} has enough respondents to be shown. {note}")
    wide = means.pivot(index=by, columns="kind", values="mean").reindex(columns=list(KINDS)).reset_index()
    table = Table(
        wide,
        caption=f"Mean score by {label}, 1 bad to 5 good",
        headings={by: label.capitalize()} | KINDS,
        formats=dict.fromkeys(KINDS, ".1f"),
        note=note,
    )
    return Stack(table, against_rest(inputs.parts(by), label))


def against_rest(found: pd.DataFrame, label: str, caption: str = "", most: int = 8) -> Block:
    """Return how far parts differ from the rest, the furthest first, and which differences are clear."""
    if found.empty:
        return Words(f"No {label} can be compared with the rest.")
    clear = int(found["clear"].sum())
    looked = f"{plural(len(found), 'difference')} looked at"
    told = f"{clear or 'None'} of {looked} {'are' if clear > 1 else 'is'} clear"
    shown = found.assign(
        kind=found["kind"].map(KINDS),
        points=_interval(found, "difference", "lower", "upper"),
        order=effects(found),
    )
    headings = {
        "part": label.capitalize(),
        "kind": "Statements",
        "points": "Points from the rest (95% interval)",
    }
    headings |= {"order": "Cliff's delta (95% interval), size", "clear": "Clear"}
    note = f"{told}, once all looks are allowed for (Benjamini-Hochberg). Each respondent counts once."
    return Table(
        shown, caption=caption or f"Each {label} against the rest", headings=headings, note=note, limit=most
    )


def centre_words(inputs: PartnersInputs, label: str) -> Block:
    """Return how the centre differs from the other sites, and what to read into it."""
    if not inputs.centre:
        return Words(f"No {label} holds more than half of support staff, so that none is called the centre.")
    found = inputs.centre_against_sites()
    if found.empty:
        return Words(
            f"{inputs.centre} is the centre; it cannot be compared without giving a small group away."
        )
    lead = (
        f"{inputs.centre} is taken as the centre, for most support staff sit there; a difference between it "
        "and the others is therefore also one between support and front line."
    )
    return Stack(Words(lead), against_rest(found, "centre", "The centre against the sites"))


def response_table(inputs: PartnersInputs, gate: Discloser, edition: Edition) -> Block:
    """Return response by side and department: who answered and who did not; small ones left out."""
    table = inputs.response
    if table.empty:
        return Words("Without the register nobody can say how many of those asked answered.")
    large = table[table["people"] >= inputs.minimum] if edition != "team" else table
    pairs = zip(large["answered"], large["people"], strict=True)
    shown = large.assign(
        name=large["name"].replace(SIDES),
        by=large["by"].map({"group": "Side", "department": "Department", "site": "Site"}),
        count=[gate.count(min(int(n), int(of)), int(of), edition) for n, of in pairs],
        percent=100 * large["rate"],
    )
    if edition != "team":
        # A rate beside a band would give the count away.
        shown["percent"] = shown["percent"].where(shown["count"].str.contains(" of "))
    headings = {"by": "By", "name": "Who", "count": "Answered", "percent": "Per cent"}
    silent = listing(sorted(large.loc[large["answered"].eq(0) & large["by"].ne("group"), "name"]))
    more = listing(sorted(large.loc[large["more"].astype(bool), "name"].replace(SIDES)))
    parts = [
        f"Nobody answered from {silent}." if silent else "",
        f"More answered than the register holds from {more}: the register is out of date there."
        if more
        else "",
        "The sides answered at clearly different rates."
        if partnering.rates_differ(table)
        else "Rates of the sides do not clearly differ.",
    ]
    told = " ".join(part for part in parts if part)
    return Table(shown, caption="Who answered, of those in the register", headings=headings,
                 formats={"percent": ".0f"}, note=told)  # fmt: skip


def reliability_table(inputs: PartnersInputs) -> Block:
    """Return how far the statements of a kind hang together, and who gave one answer throughout."""
    table = partnering.reliability(inputs.heard, inputs.statements, minimum=inputs.minimum)
    table = table[table["respondents"] >= inputs.minimum]
    if table.empty:
        return Words("Too few respondents answered every statement to say how far statements hang together.")
    shown = table.assign(
        kind=table["kind"].map(KINDS),
        alpha_words=_interval(table, "alpha", "lower", "upper", 2),
        verdict=table["verdict"].map(VERDICTS),
    )
    headings = {"kind": "Statements", "statements": "How many", "respondents": "Full answers"}
    headings |= {"alpha_words": "Cronbach's alpha (95% interval)", "omega": "Omega", "verdict": "So"}
    same = partnering.same_answer_throughout(inputs.heard, inputs.statements)
    told = "No respondent" if not same else plural(same, "respondent")
    note = f"{told} gave one answer throughout. The signs are nine things: a low alpha is no fault."
    return Table(shown, caption="How far the statements of a kind hang together", headings=headings,
                 formats={"omega": ".2f"}, note=note)  # fmt: skip


def numbered(statement: str) -> str:
    """Return what a statement is called in a chart.

    >>> numbered("key_2"), numbered("sign_5_turned")
    ('Key 2', 'Sign 5, turned')
    """
    name = partnering.subject(statement).replace("_", " ").capitalize()
    return name if statement == partnering.subject(statement) else f"{name}, turned"


def _interval(frame: pd.DataFrame, value: str, lower: str, upper: str, decimals: int = 1) -> list[str]:
    rows = zip(frame[value], frame[lower], frame[upper], strict=True)
    return [partnering.interval_words(*row, decimals) for row in rows]


def effects(frame: pd.DataFrame) -> list[str]:
    """Return Cliff's delta of each row with its interval and how large that is."""
    rows = zip(frame["delta"], frame["delta_lower"], frame["delta_upper"], strict=True)
    return [partnering.effect_words(*row) for row in rows]
