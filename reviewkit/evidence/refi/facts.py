"""What a project's cases and variables say of a passage, under our columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from reviewkit.model import TABLES

from .heads import allowed
from .project import Project

COLUMNS = frozenset(column.name for column in TABLES["remarks"].columns) - {"remark_id", "on_record", "text"}
"""Columns that a variable may fill. Consent is recorded with the participants, not in a variable."""


class Facts:
    """Values of variables that are named as columns of ``remarks`` are."""

    def __init__(self, project: Project) -> None:
        self.refused: Counter[str] = Counter()
        self._values: dict[str, dict[str, str]] = {}
        for case in project.cases:
            values = self._ours(case.values)
            for guid in (*case.sources, *case.selections):
                self._values.setdefault(guid, {}).update(values)

    def of(self, source: str, selection: str) -> dict[str, str]:
        """Return what is known of a passage: of its source, and above that of the passage itself."""
        return {**self._values.get(source, {}), **self._values.get(selection, {})}

    def _ours(self, values: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in values.items():
            column = "_".join(name.lower().split())
            if column not in COLUMNS:
                continue
            if TABLES["remarks"].column(column).allowed:
                value = "_".join(value.lower().replace("-", " ").split())
            if allowed("remarks", column, value):
                found[column] = value
            else:
                self.refused[f"values of the variable {column} that the column cannot hold"] += 1
        return found
