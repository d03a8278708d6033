"""What can and cannot be concluded, for every poor kind of evidence."""

from __future__ import annotations

import pytest

from reviewkit.findings import Thresholds
from reviewkit.findings.convergence.concluding import Reach, conclusions


@pytest.mark.parametrize(
    ("found", "can", "cannot"),
    [
        (Reach(measured=("Calls",)), "Which signals in the data", "nobody has been heard"),
        (Reach(interviews=9, asked=True), "What people raise", "there is no measure"),
        (Reach(interviews=2, measured=("Calls",), asked=True), "point the same way", "Only 2 interviews"),
        (Reach(interviews=9, measured=("Calls",), asked=True, untargeted=("Calls",)), "agree", "no target"),
        (Reach(interviews=9, measured=("Wait",), asked=True, met=("Wait",)), "target is too low", "causes"),
        (
            Reach(interviews=9, measured=("Wait",), asked=True, unlinked=("Wait",)),
            "agree",
            "no topic is linked",
        ),
        (Reach(interviews=9, measured=("Wait",)), "agree", "cannot be told from “not asked”"),
        (Reach(comments=90, measured=("Wait",)), "agree", "only customers' comments"),
    ],
)
def test_conclusions_say_what_the_evidence_can_bear(found: Reach, can: str, cannot: str) -> None:
    may, may_not = (" ".join(lines) for lines in conclusions(found, Thresholds()))
    assert can in may and cannot in may_not


def test_conclusions_never_promise_a_cause() -> None:
    assert all(
        "causes" in conclusions(found, Thresholds())[1][-1] for found in (Reach(), Reach(interviews=9))
    )
