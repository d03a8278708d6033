"""What every page says of itself: where it stands among the others, status, run, licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewkit.model import Edition, Engagement, StepSpec

from .details import RunDetails

if TYPE_CHECKING:
    from .downloads import Downloads

THROUGHOUT = (
    ("evidence.html", "Evidence", "What does every statement rest on?"),
    ("data.html", "Data", "Where are the tables behind these pages?"),
    ("glossary.html", "Terms and icons", "What do the words and icons mean?"),
    ("run.html", "About this run", "When was this made, of what, and by which rules?"),
)


def about(
    edition: Edition,
    engagement: Engagement,
    specs: list[StepSpec],
    run: RunDetails,
    spec: StepSpec | None,
    data: Downloads | None = None,
) -> dict[str, Any]:
    """Return what the template of every page is told; ``spec`` is None on a page that is no step's.

    ``data`` are the files that lie beside the edition's pages, if there are any.
    """
    order = _order(specs)
    place = order.index(spec) if spec in order else None
    status = run.status(spec.number) if spec else _least(run, specs)
    return {
        "edition": edition,
        "lang": engagement.language,
        "engagement": engagement.name,
        "client": engagement.client,
        "simulated": engagement.simulated,
        "status": status,
        "summary": spec is not None and spec.page == "index.html",
        "week": _kicker(spec),
        "menu": menu(specs, spec, data is not None),
        "data": data.place(spec.number) if data and spec else "",
        "before": _link(order[place - 1]) if place else None,
        "after": _link(order[place + 1]) if place is not None and place + 1 < len(order) else None,
        "facts": _facts(edition, engagement, run, spec),
        "attribution": [_owner(item.source, item.licence, item.changes) for item in engagement.attribution],
        "notes": _notes(edition, engagement),
        **run.brand,
    }


def _order(specs: list[StepSpec]) -> list[StepSpec]:
    """The summary first, as readers meet it; then the weeks."""
    return sorted(specs, key=lambda spec: spec.page != "index.html")


def _least(run: RunDetails, specs: list[StepSpec]) -> str:
    order = ("draft", "fact_checked", "agreed")
    return min((run.status(spec.number) for spec in specs), key=order.index, default="draft")


def _kicker(spec: StepSpec | None) -> str:
    if spec is None or spec.page == "index.html":
        return ""
    return f"Week {spec.week}, step {spec.number}" if "." in spec.number else ""


def _link(spec: StepSpec) -> dict[str, str]:
    return {"page": spec.page, "title": spec.title}


def menu(specs: list[StepSpec], current: StepSpec | None, data: bool = False) -> list[dict[str, Any]]:
    """Return the pages of an edition by week, and those that serve all; that of data where there are any."""
    groups = []
    for week in sorted({spec.week for spec in specs}):
        entries = [
            {"page": spec.page, "title": spec.title, "question": spec.question, "current": spec == current}
            for spec in specs
            if spec.week == week
        ]
        groups.append({"name": f"Week {week}", "entries": entries})
    throughout = [
        {"page": page, "title": title, "question": question, "current": False}
        for page, title, question in THROUGHOUT
        if data or page != "data.html"
    ]
    return [*groups, {"name": "Throughout", "entries": throughout}]


def _facts(
    edition: Edition, engagement: Engagement, run: RunDetails, spec: StepSpec | None
) -> list[tuple[str, str]]:
    from reviewkit.present.words import date

    facts = [
        ("Engagement", engagement.name),
        ("Data as of", date(run.data_as_of)),
        ("Run", run.run),
        ("Built", f"{date(run.started)}, {run.started:%H:%M}"),
    ]
    if edition == "team":
        facts += list(run.versions.items())
        if spec is not None and spec.number in run.timings:
            facts.append(("Time taken", f"{run.timings[spec.number]:.1f} s"))
    return facts


def _owner(source: str, licence: str, changes: str) -> str:
    return f"Data: {source}. Licence: {licence}.{f' Changes: {changes}' if changes else ''}"


def _notes(edition: Edition, engagement: Engagement) -> list[str]:
    limits = engagement.disclosure
    lowered = limits.minimum_survey < 5 or limits.minimum_comments < 10 or limits.minimum_pool < 5
    notes = (
        [f"A threshold that keeps individuals unrecognised is lower than usual here: {limits.reason}"]
        if lowered
        else []
    )
    if edition == "managers":
        notes.append("Personal: this page may hold statements about individuals. Do not pass it on.")
    return notes
