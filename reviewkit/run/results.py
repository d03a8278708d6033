"""What a run found, read without what makes runs or pages."""

from __future__ import annotations

from pathlib import Path

from reviewkit.model import STEPS, Finding


def read_findings(folder: Path) -> list[Finding]:
    """Return the findings of every step of a run, in the order of the steps.

    Parameters
    ----------
    folder : a run's folder. A step that did not end has no file and gives none.
    """
    files = [folder / "findings" / f"{spec.number}.jsonl" for spec in STEPS]
    lines = [
        line for file in files if file.is_file() for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [Finding.model_validate_json(line) for line in lines]
