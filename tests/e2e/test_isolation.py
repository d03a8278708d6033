"""Twenty engagements run at once, each with a word of its own: none is found in another's results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from reviewkit.model import step
from reviewkit.run import run_engagements
from tests.run import mini

pytestmark = pytest.mark.slow

HOW_MANY = 6
# These run as they are; the others do next to nothing, so that the test ends in a minute.
WHOLE = ("1.1", "1.3", "1.4", "heard")
LOOKS_ROUND = """\
import json
import os
import tempfile
from pathlib import Path

# All that this process can see of its surroundings without being told where to look.
files = [str(path) for path in Path(tempfile.gettempdir()).rglob("*")]
seen = {
    "own": os.environ["SECRET_OF_MINE"],
    "environment": dict(os.environ),
    "at its start": Path("/proc/self/environ").read_text(),
    "of its parent": Path(f"/proc/{os.getppid()}/environ").read_text(),
    "open": [os.readlink(path) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()],
    "temporary": files,
}
Path("seen.json").write_text(json.dumps(seen))
Path("findings").mkdir(exist_ok=True)
Path("findings/4.1.jsonl").write_text("")
"""
MORE = """\
secrets: [SECRET_{upper}, SECRET_OF_MINE]
sources:
  kpis: kpis.csv
  remarks: remarks.csv
  stakeholders: stakeholders.csv
"""


def canary(number: int) -> str:
    return f"canary{number:02d}bird"


def engagement(folder: Path, number: int, root: Path) -> Path:
    """Write an engagement whose word stands in its client, sites, names, remarks and secret."""
    word, name = canary(number), f"client_{number:02d}"
    params = mini.engagement(folder, name, s41=LOOKS_ROUND)
    home = params.parent
    for spec in map(step, WHOLE):
        shutil.copyfile(root / "notebooks" / spec.notebook, home / "notebooks" / spec.notebook)
    text = params.read_text().replace("sources: {kpis: kpis.csv, targets: targets.csv}\n", "")
    text = text.replace(f"client: Client of {name}", f"client: Client {word}")
    params.write_text(text + MORE.format(upper=word.upper()))
    months = [f"2024-{month:02d}-01" for month in range(1, 13)] + ["2025-01-01", "2025-02-01", "2025-03-01"]
    rows = "".join(f"{at},csat,Site {word},{4 + place % 3 / 10}\n" for place, at in enumerate(months))
    (home / "data/kpis.csv").write_text("period,measure,site,value\n" + rows)
    people = "".join(f"P{p:02d},Persona {word} {p},Operations,front_line,1\n" for p in range(12))
    heading = "stakeholder_id,name,department,level,headcount\n"
    (home / "data/stakeholders.csv").write_text(heading + people)
    words = f"The {word} phones are slow and we wait a long time."
    said = "".join(f"R{r:02d},one_to_one,P{r:02d},Operations,front_line,{words}\n" for r in range(12))
    heading = "remark_id,source,stakeholder_id,department,level,text\n"
    (home / "data/remarks.csv").write_text(heading + said)
    return params


def texts(folder: Path) -> dict[Path, str]:
    """Every file below a folder, as text; tables as what they hold."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        if path.suffix == ".parquet":
            found[path] = pd.read_parquet(path).to_csv()
        else:
            found[path] = path.read_text(encoding="utf-8", errors="replace")
    return found


def test_nothing_of_one_client_is_in_anothers_results(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    params = [engagement(tmp_path, number, root) for number in range(HOW_MANY)]
    for number in range(HOW_MANY):
        monkeypatch.setenv(f"SECRET_{canary(number).upper()}", f"secret {canary(number)}")
    monkeypatch.setenv("SECRET_OF_MINE", "for all")
    monkeypatch.setenv("SECRET_OF_NOBODY", "not named")
    runs = tmp_path / "runs"
    report = run_engagements(params, runs, jobs=4)
    assert report.exit_status == 0 and len(report.pages) == HOW_MANY, report

    words = {f"client_{number:02d}": canary(number) for number in range(HOW_MANY)}
    for name, own in words.items():
        found = texts(runs / name)
        # The word is where it belongs, so that not finding it elsewhere means something.
        kinds = {path.suffix for path, text in found.items() if own in text.casefold()}
        assert {".html", ".ipynb", ".json", ".parquet", ".yaml"} <= kinds, kinds
        strange = [
            (path.relative_to(runs), word)
            for path, text in found.items()
            for other, word in words.items()
            if other != name and word in text.casefold()
        ]
        assert strange == []
        seen = json.loads((runs / name / "latest/seen.json").read_text())
        assert seen["own"] == "for all" and f"SECRET_{own.upper()}" in seen["environment"]
        assert "SECRET_OF_NOBODY" not in json.dumps(seen)

    log = (runs / "log.jsonl").read_text()
    assert "client_00" in log and not any(word in log.casefold() for word in words.values())


def test_notebook_of_one_engagement_is_not_anothers(root: Path, tmp_path: Path) -> None:
    """Two engagements with notebooks of their own run at once, each with its own."""
    params = [mini.engagement(tmp_path, name, s42=f"print('by {name}')") for name in ("one", "two")]
    run_engagements(params, tmp_path / "runs", jobs=2)
    for name in ("one", "two"):
        path = tmp_path / "runs" / name / "latest/notebooks/step2_leadership_summary.ipynb"
        assert nbformat.read(path, 4).cells[-1].outputs[0].text == f"by {name}\n"
