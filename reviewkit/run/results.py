"""What a run found, read without what makes runs or pages."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from reviewkit.model import STEPS, Finding, ReviewError


def read_findings(folder: Path) -> list[Finding]:
    """Return the findings of every step of a run, in the order of the steps.

    Parameters
    ----------
    folder : a run's folder. A step that did not end has no file and gives none.

    Raises
    ------
    ReviewError : a file is damaged.
    """
    files = [folder / "findings" / f"{spec.number}.jsonl" for spec in STEPS]
    return [finding for file in files if file.is_file() for finding in _read(file)]


def _read(file: Path) -> list[Finding]:
    try:
        # Not splitlines(): a remark may hold a separator of lines of its own, such as U+2028.
        lines = file.read_text(encoding="utf-8").split("\n")
        return [Finding.model_validate_json(line) for line in lines if line]
    except (ValidationError, UnicodeDecodeError):
        problem = "these findings are damaged. Run the engagement again: the step is made anew."
        raise ReviewError(f"{file}: {problem}") from None
