"""A small engagement whose notebooks do next to nothing, so that what runs them can be tested in seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat

from reviewkit.model import STEPS, step

MINIATURES = Path(__file__).parent / "notebooks"
PARAMS = """\
id: {name}
name: Review of {name}
client: Client of {name}
purpose: To answer calls
data_as_of: 2025-03-31
data: data
notebooks: notebooks
sources: {{kpis: kpis.csv, targets: targets.csv}}
measures:
  - {{id: csat, name: Satisfaction, unit: score, direction: increase, table: kpis, numerator: avg(value)}}
"""
TARGETS = "measure,valid_from,target\ncsat,2025-01-01,4.2\n"
KPIS = "period,measure,value\n2025-01-01,csat,4\n2025-02-01,csat,4.5\n"
# A finding and nothing else: what the steps after it depend on.
HANDS_ON = """\
from pathlib import Path

Path("findings").mkdir(exist_ok=True)
Path("findings/{number}.jsonl").write_text("")
print("step {number} of", Path("engagement.yaml").read_text().split()[1])
"""


def engagement(folder: Path, name: str = "mini", *, more: str = "", **steps: str) -> Path:
    """Write an engagement into ``folder/<name>`` and return its params file.

    ``more`` is added to the params file. ``steps`` gives the notebooks of some steps: the name of
    a miniature, or the text of a cell; ``s42`` is step 4.2.
    """
    home = folder / name
    (home / "data").mkdir(parents=True)
    (home / "data/kpis.csv").write_text(KPIS)
    (home / "data/targets.csv").write_text(TARGETS)
    (home / f"{name}.yaml").write_text(PARAMS.format(name=name) + more)
    for spec in STEPS:
        put(home, spec.number, HANDS_ON.format(number=spec.number))
    for short, what in steps.items():
        put(home, f"{short[1]}.{short[2]}", what)
    return home / f"{name}.yaml"


def put(home: Path, number: str, what: str) -> None:
    """Give a step of an engagement another notebook: a miniature by name, or one cell's text."""
    path = home / "notebooks" / step(number).notebook
    path.parent.mkdir(parents=True, exist_ok=True)
    if what in {miniature.stem for miniature in MINIATURES.glob("*.ipynb")}:
        shutil.copyfile(MINIATURES / f"{what}.ipynb", path)
        return
    make = nbformat.v4
    parameters = make.new_code_cell('engagement = ""\nrun = ""', metadata={"tags": ["parameters"]})
    book = make.new_notebook(cells=[make.new_markdown_cell(f"# Step {number}"), parameters])
    book.cells.append(make.new_code_cell(what))
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, path)
