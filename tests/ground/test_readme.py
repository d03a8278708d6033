"""The README's table of steps is the table of steps."""

from __future__ import annotations

from pathlib import Path

from reviewkit.model import STEPS


def table() -> str:
    rows = ["| week | step | page | what it answers |", "|---|---|---|---|"]
    for spec in STEPS:
        rows.append(
            f"| {spec.week} | {spec.number} | [{spec.title}](notebooks/{spec.notebook}) | {spec.question} |"
        )
    return "\n".join(rows)


def test_readme_table_is_the_table_of_steps(root: Path) -> None:
    text = (root / "README.md").read_text(encoding="utf-8")
    inside = text.split("tests/ground/test_readme.py -->\n")[1].split("\n<!-- /steps -->")[0]
    assert inside == table()
