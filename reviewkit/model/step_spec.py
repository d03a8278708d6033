"""What the table of steps says of one step: its name, what it needs and makes, who reads its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Edition = Literal["team", "leadership", "managers", "participants"]
EDITIONS: tuple[Edition, ...] = ("team", "leadership", "managers", "participants")


@dataclass(frozen=True)
class StepSpec:
    """One step of the review.

    ``needs`` names evidence tables of which at least one must be there for the step to conclude
    anything; ``uses`` others it reads when they are there; ``reads`` those it looks at without
    missing them (every step looks at the register, the participants and the decisions, too);
    ``after`` the steps whose tables it reads; ``makes`` the tables it hands on; ``files`` files it
    makes for people; ``editions`` the editions its page belongs to.
    """

    number: str
    name: str
    week: int
    title: str
    question: str
    needs: tuple[str, ...]
    uses: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ("team", "leadership")

    @property
    def notebook(self) -> str:
        """Path of the notebook below ``notebooks/``.

        >>> from reviewkit.model import step
        >>> step("1.1").notebook, step("heard").notebook
        ('week1/step1_performance_data.ipynb', 'week3/what_we_heard.ipynb')
        """
        stem = f"step{self.number.split('.')[1]}_{self.name}" if "." in self.number else self.name
        return f"week{self.week}/{stem}.ipynb"

    @property
    def page(self) -> str:
        """File name of the published page.

        >>> from reviewkit.model import step
        >>> step("4.2").page, step("2.1").page
        ('index.html', '2.1_gaps_and_causes.html')
        """
        if self.number == "4.2":
            return "index.html"
        return f"{self.number}_{self.name}.html" if "." in self.number else f"{self.name}.html"
