"""The data dictionary is the schemas."""

from __future__ import annotations

import runpy
from pathlib import Path


def test_dictionary_is_the_schemas(root: Path) -> None:
    made = runpy.run_path(str(root / "scripts/dictionary.py"))["dictionary"]()
    assert (root / "docs/tables.md").read_text(encoding="utf-8") == made, "run `make schema`"
