"""What closes a run: page statuses, the headline."""

from __future__ import annotations

from reviewkit.model import Finding
from reviewkit.run.finish import headline, page_statuses


def finding(number: str, kind: str, status: str) -> Finding:
    made = Finding.of(number, kind, "a", statement=f"{kind} of {number}")
    return made.model_copy(update={"status": status})


def test_page_statuses_take_the_least_settled() -> None:
    found = page_statuses([finding("1.1", "a", "agreed"), finding("1.1", "b", "fact_checked")])
    assert found["1.1"] == "fact_checked" and found["4.2"] == "draft"


def test_headline_is_the_summarys() -> None:
    assert (
        headline([finding("1.1", "opinion", "draft"), finding("4.2", "headline", "draft")])
        == "headline of 4.2"
    )
