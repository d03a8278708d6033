"""The gate for what is new: a run's kept evidence is brought to what may be published after the last run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviewkit.disclosure.release import DEPENDENT, UNITS, released
from reviewkit.model.files import replacing

if TYPE_CHECKING:
    import pandas as pd

NAMES = (*(unit.table for unit in UNITS), *DEPENDENT)


def hold_back(evidence: Path, before: Path | None, minimum: int) -> list[str]:
    """Take out of a run's kept evidence what must wait; return what waits, in sentences for the team.

    Parameters
    ----------
    evidence : folder of the run's tables, one Parquet file each; its files are written anew where
        something waits. before : that of the last published run; None where there is none.
    minimum : how many interviews or respondents must be new for any to come in.
    """
    if before is None or not before.is_dir():
        return []
    now, was = _tables(evidence), _tables(before)
    made = released(now, was, minimum=minimum)
    for name, frame in made.tables.items():
        if len(frame) != len(now[name]) or not frame.equals(now[name]):
            _keep(evidence / f"{name}.parquet", frame)
    return made.told(minimum)


def _tables(folder: Path) -> dict[str, pd.DataFrame]:
    import pandas as pd

    paths = {name: folder / f"{name}.parquet" for name in NAMES}
    return {name: pd.read_parquet(path) for name, path in paths.items() if path.is_file()}


def _keep(path: Path, frame: pd.DataFrame) -> None:
    """Write the rows that stay; the file keeps its schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pq.read_schema(path)
    with replacing(path) as partial:
        pq.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False), partial)
