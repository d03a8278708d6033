"""Pages that every site has beside its steps: terms and icons, and what the run was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reviewkit.content import load_glossary
from reviewkit.model import Edition, Engagement, StepSpec, slug
from reviewkit.present.icons import icon
from reviewkit.present.words import date

from .details import STATUS_WORDS, RunDetails
from .templates import render

GLOSSARY, RUN = "glossary.html", "run.html"
_ICONS: Mapping[str, str] = {
    "common cause": "common_cause",
    "improvement": "improvement",
    "concern": "concern",
    "neutral": "neutral",
    "passes": "passes",
    "fails": "fails",
    "hit or miss": "hit_or_miss",
}
_NOT_SHOWN = frozenset({"databases", "store", "secrets", "data"})


def glossary_page(about: Mapping[str, Any]) -> str:
    """Return the page of terms and icons, in the order of the alphabet.

    >>> "common cause" in glossary_page({}) and "rk-icon rk-concern" in glossary_page({})
    True
    """
    terms = [
        {"name": name, "meaning": meaning, "place": f"t-{slug(name)}", "icon": icon(_ICONS.get(name, ""))}
        for name, meaning in sorted(load_glossary().items(), key=lambda item: item[0].casefold())
    ]
    return render("glossary.html.j2", title="Terms and icons", terms=terms, about=about)


def run_page(
    edition: Edition,
    engagement: Engagement,
    specs: Sequence[StepSpec],
    run: RunDetails,
    about: Mapping[str, Any],
) -> str:
    """Return the page that says when an edition was made, of what, and by which rules.

    Notes (what waits for the next run, say), versions, seconds and parameters are for the team; no
    address of a database, nothing secret.
    """
    team = edition == "team"
    steps = [
        {
            "title": spec.title,
            "page": spec.page,
            "status": STATUS_WORDS[run.status(spec.number)],
            "seconds": f"{run.timings[spec.number]:.1f}" if spec.number in run.timings else "–",
        }
        for spec in specs
    ]
    return render(
        "run.html.j2",
        title="About this run",
        facts=_facts(engagement, run),
        steps=steps,
        timed=team,
        notes=run.notes if team else (),
        rules=_rules(engagement),
        versions=sorted(run.versions.items()) if team else [],
        parameters=_parameters(engagement) if team else "",
        about=about,
    )


def _facts(engagement: Engagement, run: RunDetails) -> list[tuple[str, str]]:
    facts = [
        ("Engagement", engagement.name),
        ("Purpose", engagement.purpose),
        ("Data as of", date(run.data_as_of)),
        ("Run", run.run),
        ("Begun", f"{date(run.started)}, {run.started:%H:%M} UTC"),
        ("Measures", str(len(engagement.measures))),
    ]
    return facts + ([("Evidence kept until", date(engagement.keep_until))] if engagement.keep_until else [])


def _rules(engagement: Engagement) -> list[str]:
    limits = engagement.disclosure
    rules = [
        f"No score of a survey stands for fewer than {limits.minimum_survey} people.",
        f"No comments are shown of a part with fewer than {limits.minimum_comments} people.",
        f"Outside the team nobody who was interviewed is quoted unless at least {limits.minimum_pool} people "
        "could have said it, or the team wrote down why it may appear; and no words stand that an analyst "
        "did not approve.",
        "Small counts are told in bands: one, a few, several, most.",
    ]
    return rules + ([f"Why a threshold is lower than usual: {limits.reason}"] if limits.reason else [])


def _parameters(engagement: Engagement) -> str:
    import yaml

    chosen = engagement.model_dump(mode="json", exclude=set(_NOT_SHOWN), exclude_defaults=True)
    return yaml.safe_dump(chosen, sort_keys=False, allow_unicode=True, width=100)
