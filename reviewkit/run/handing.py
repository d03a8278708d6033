"""A published run handed over: the forms of an edition, under the rules its pages are under."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reviewkit.evidence import EvidenceSet
from reviewkit.model import Edition, ReviewError, read_engagement
from reviewkit.publish.handover import HandedOver, hand_over

from .dependence import whole
from .finish import forbidden
from .manifest import PARAMS, read_manifest


def hand_over_run(folder: Path, edition: Edition, forms: Iterable[str]) -> HandedOver:
    """Make forms of an edition of a published run; see :func:`reviewkit.publish.handover.hand_over`.

    The zip takes along the edition's data where `reviewkit export` wrote them to their usual place.

    Raises
    ------
    ReviewError : the run was not published, its evidence is damaged, or a form cannot be made.
    """
    manifest = read_manifest(folder)
    if manifest.status != "published" or not whole(folder, manifest.evidence):
        raise ReviewError(f"{folder}: this run is not published whole. Run the engagement again.")
    evidence = EvidenceSet(read_engagement(folder / PARAMS), folder / "evidence")
    return hand_over(
        folder,
        edition,
        forms,
        name=manifest.engagement,
        made=manifest.started,
        forbidden=forbidden(evidence, edition),
        data=folder.parent / "exports" / manifest.run / edition,
    )
