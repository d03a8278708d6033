"""``python -m reviewkit.simulate [FOLDER]``: rebuild the simulated sample engagements."""

from __future__ import annotations

from pathlib import Path

import typer

from .building import engagement

SAMPLES = {"contact_centre": 9, "employment_services": 1}
"""Sample engagement: its seed."""


def main(folder: str = "data/sample") -> None:
    """Write both samples below ``folder``, the same bytes every time."""
    for name, seed in SAMPLES.items():
        rows = engagement(Path(folder) / name, seed=seed, truths=name)
        print(f"{name}: {len(rows)} tables, {sum(rows.values()):,} rows")


if __name__ == "__main__":
    typer.run(main)
