"""What closes a run: page statuses, the headline."""

from __future__ import annotations

from pathlib import Path

from reviewkit.model import Finding
from reviewkit.run.finish import headline, page_statuses
from reviewkit.run.results import read_findings


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


def test_findings_with_separators_of_lines_in_them_are_read_whole(tmp_path: Path) -> None:
    told = Finding.of("1.4", "theme", "a", statement="One\u2028line\x85and\u2029one \x0b more.")
    (tmp_path / "findings").mkdir()
    (tmp_path / "findings/1.4.jsonl").write_text(f"{told.model_dump_json()}\n", encoding="utf-8")
    assert read_findings(tmp_path) == [told]
