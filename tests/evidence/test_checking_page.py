"""The page on checking lists the rules as they are."""

from __future__ import annotations

from pathlib import Path

from reviewkit.evidence.suspicions import RULES


def test_page_lists_every_rule_in_order(root: Path) -> None:
    page = (root / "docs/checking.md").read_text(encoding="utf-8")
    rows = [f"| `{rule.name}` | {rule.looks_for} | {rule.speaks_when} | {rule.source} |" for rule in RULES]
    assert "\n".join(rows) in page


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
