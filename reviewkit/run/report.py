"""How a command went."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Report:
    """How a command went: pages published, what was left alone, refused, failed.

    ``tries`` has each params file that was looked at -> why it made no run, fit for the list of
    engagements; empty where it was not refused.
    """

    pages: dict[str, Path] = field(default_factory=dict)
    unchanged: dict[str, Path] = field(default_factory=dict)
    not_due: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    failed: dict[str, list[str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    tries: dict[Path, str] = field(default_factory=dict)

    @property
    def exit_status(self) -> int:
        """0 all well, 1 an engagement failed while it ran, 2 an input was bad."""
        return 2 if self.refused else 1 if self.failed else 0

    def add(self, other: Report) -> None:
        """Take in how a part of the command went."""
        self.pages |= other.pages
        self.unchanged |= other.unchanged
        self.not_due += other.not_due
        self.refused += other.refused
        self.failed |= other.failed
        self.tries |= other.tries
        self.warnings += [line for line in other.warnings if line not in self.warnings]
