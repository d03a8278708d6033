"""The page on causes tells the tests that are declared, and no others."""

from __future__ import annotations

from pathlib import Path

from reviewkit.content import load_causes

KINDS = {
    "input_series": "an input moves with the measure",
    "unit_comparison": "units with more of it do worse",
    "lead_split": "leads by quality or by material",
    "journey_split": "customers by journey followed",
    "group_difference": "groups or sites answer differently",
    "voices_only": "no number is collected for it",
}


def rows() -> list[str]:
    return [
        f"| {cause.name} | {KINDS[cause.test]} | {', '.join(cause.needs)} | {cause.settle} |"
        for cause in load_causes().values()
    ]


def test_page_has_the_table_of_the_content(root: Path) -> None:
    page = (root / "docs/causes.md").read_text(encoding="utf-8")
    table = page.split("<!-- causes:")[1].split("<!-- /causes -->")[0].splitlines()
    assert [line for line in table if line.startswith("|")][2:] == rows()
