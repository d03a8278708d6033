"""The errors a user can cause, each told in one line that names the place and the next step."""

from __future__ import annotations

from pathlib import Path


def printable(text: str) -> str:
    """Return a text on one line, whatever it holds.

    >>> printable("a\\x00b\\nc")
    'a\ufffdb c'
    """
    return "".join(each if each.isprintable() else "\ufffd" for each in " ".join(text.split()))


class ReviewError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(ReviewError):
    """Something in a params or data file is wrong.

    Parameters
    ----------
    problem : what is wrong and what was expected, without a full stop.
    file : the file, as the user wrote it.
    row : row in the file as a spreadsheet shows it (the heading is row 1).
    line : line in a YAML or text file, counted from 1.
    column : column or key.
    fix : the next step, a sentence.

    Examples
    --------
    >>> print(InputError("'2025-13-01' is not a date", file="contacts.csv", row=12, column="at",
    ...                  fix="Write dates as 2025-03-14."))
    contacts.csv, row 12, column at: '2025-13-01' is not a date. Write dates as 2025-03-14.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | Path | None = None,
        row: int | None = None,
        line: int | None = None,
        column: str | None = None,
        key: str | None = None,
        fix: str = "",
    ) -> None:
        super().__init__(problem)
        self.problem, self.file, self.row, self.line = problem, file, row, line
        self.column, self.key, self.fix = column, key, fix

    def __str__(self) -> str:
        where = [
            str(self.file) if self.file is not None else "",
            f"row {self.row}" if self.row is not None else "",
            f"line {self.line}" if self.line is not None else "",
            f"column {self.column}" if self.column is not None else "",
            f"key {self.key}" if self.key is not None else "",
        ]
        place = ", ".join(part for part in where if part)
        text = f"{place}: {self.problem}" if place else self.problem
        text = text if text.endswith((".", "?", "!")) else f"{text}."
        return printable(f"{text} {self.fix}")

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders in a run: keep every field through pickle.
        return (_rebuild, (self.problem, self.__dict__.copy()))


def _rebuild(problem: str, state: dict[str, object]) -> InputError:
    error = InputError(problem)
    error.__dict__.update(state)
    return error


class StepError(ReviewError):
    """A notebook failed while it ran.

    Examples
    --------
    >>> print(StepError("1.1", 3, "KeyError: 'site'"))
    step 1.1, cell 3: KeyError: 'site'
    """

    def __init__(self, step: str, cell: int | None, reason: str) -> None:
        super().__init__(step, cell, reason)
        self.step, self.cell, self.reason = step, cell, reason

    def __str__(self) -> str:
        place = f"step {self.step}" + (f", cell {self.cell}" if self.cell is not None else "")
        return f"{place}: {self.reason}"
