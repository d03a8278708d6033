"""What closes a run: page statuses, forbidden words, the latest link."""

from __future__ import annotations

from pathlib import Path

from reviewkit.model import Finding
from reviewkit.run.finish import headline, page_statuses, point_latest


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


def test_point_latest_moves_the_link(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        point_latest(tmp_path / name)
    assert (tmp_path / "latest").resolve() == (tmp_path / "two").resolve()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["latest", "one", "two"]
