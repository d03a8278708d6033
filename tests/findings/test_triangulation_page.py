"""The example of docs/triangulation.md prints what the page says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path


def test_example_of_the_page_is_what_it_prints(root: Path) -> None:
    page = (root / "docs/triangulation.md").read_text(encoding="utf-8")
    found = re.search(r"<!-- computed.*?```python\n(.*?)```\n```text\n(.*?)```", page, re.DOTALL)
    assert found is not None
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(found[1], {})
    assert [line.split() for line in out.getvalue().splitlines()] == [
        line.split() for line in found[2].splitlines()
    ]
