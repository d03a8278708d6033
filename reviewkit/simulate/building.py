"""A whole engagement written to a folder: every evidence table, and the truths planted in it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from . import counted, interviews, journey, leads, monthly, register, surveyed, written
from .availability import availability
from .codings import codings, quotes
from .contacts import Scene, contacts
from .planted import Truths, read_truths
from .record import record
from .remarks import remarks
from .world import SIZES, Size, read_world
from .writing import write_table


def engagement(
    folder: str | Path, *, seed: int, size: str | Size = "full", truths: str | Truths = "contact_centre"
) -> dict[str, int]:
    """Write a simulated engagement: one CSV file a table, and ``truths.yaml`` beside them.

    Parameters
    ----------
    folder : where to write; made if it is not there. Files of the same names are replaced.
    seed : the same seed gives the same bytes.
    size : ``"full"``, ``"small"`` or a :class:`Size`.
    truths : the name of a ready-made set (``contact_centre``, ``employment_services``, ``clean``) or a
        :class:`Truths`.

    Returns
    -------
    Rows written, by table.

    Raises
    ------
    InputError : there is no ready-made set of that name.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rows = engagement(folder, seed=1, size="small", truths="clean")
    >>> rows["stakeholders"]
    120
    """
    planted = read_truths(truths) if isinstance(truths, str) else truths
    chosen = SIZES[size] if isinstance(size, str) else size
    scene = Scene(read_world(planted.world), chosen, planted, seed)
    path = Path(folder)
    path.mkdir(parents=True, exist_ok=True)
    tables = evidence(scene)
    for name, table in tables.items():
        write_table(name, table, path)
    record(scene, tables["stakeholders"], path)
    return {name: len(table) for name, table in tables.items()}


def evidence(scene: Scene) -> dict[str, pd.DataFrame]:
    """Return every evidence table, empty ones left out."""
    people = register.stakeholders(scene.world, scene.size, scene.seed)
    tables = {"stakeholders": people, **_numbers(scene, people)}
    tables |= _voices(scene, people, tables["contacts"])
    tables |= {
        "perceptions": surveyed.perceptions(scene, people),
        "competencies": surveyed.competencies(scene, people),
        "leaders": surveyed.leaders(scene, people),
        "goals": written.goals(scene, people),
        "feedback_given": written.feedback_given(scene, people),
        "observations": written.observations(scene),
        "walkthroughs": written.walkthroughs(scene),
        "annotations": written.local_knowledge(scene),
        "scope": written.scope(scene),
        "opinions": written.opinions(scene),
        "decisions": written.decisions(scene),
        "actions": written.actions(scene, tables),
        "progress": written.progress(scene),
    }
    return {name: table for name, table in tables.items() if len(table)}


def _numbers(scene: Scene, people: pd.DataFrame) -> dict[str, pd.DataFrame]:
    customers = journey.customers(scene)
    tables = {
        "contacts": contacts(scene, register.agents(people, scene.world)),
        "kpis": monthly.kpis(scene),
        "targets": monthly.targets(scene),
        "resources": monthly.resources(scene),
        "journey": journey.events(scene, customers),
        "outcomes": journey.outcomes(scene, customers),
    }
    if scene.world.leads.per_week:
        tables["leads"] = leads.leads(scene)
    if scene.world.journey.first_meeting:
        report = counted.contract_report(scene, customers)
        load = counted.caseload(scene, customers, tables["resources"])
        tables["kpis"] = pd.concat([report, load, tables["kpis"]], ignore_index=True)
        tables["resources"] = counted.with_revenue(tables["resources"], customers, tables["outcomes"])
    return tables


def _voices(scene: Scene, people: pd.DataFrame, taken: pd.DataFrame) -> dict[str, pd.DataFrame]:
    sessions, members = interviews.interviews(scene, people)
    said, truth = remarks(scene, people, sessions, members)
    other, other_truth = written.other_remarks(scene, len(said))
    said = pd.concat([said, other], ignore_index=True)
    truth = pd.concat([truth, other_truth], ignore_index=True)
    comments, comment_truth = surveyed.customer_feedback(scene, taken)
    coded = codings(scene, truth, said[["remark_id"]])
    coded_comments = codings(scene, comment_truth, comments.rename(columns={"feedback_id": "remark_id"}))
    return {
        "interviews": sessions,
        "participants": members,
        "availability": availability(scene, people, sessions),
        "remarks": said,
        "customer_feedback": comments,
        "codings": pd.concat([coded, coded_comments], ignore_index=True),
        "quotes": quotes(scene, said, people, coded),
    }
