"""What figures cost: XmR charts against a plain loop, journeys against plain pandas; writes FIGURES.md."""

from __future__ import annotations

from pathlib import Path

import charts
import journey


def report() -> str:
    """Return the lines of the report."""
    own, loop = charts.measured()
    seconds = journey.measured()
    rows = [
        (
            f"XmR charts of {charts.SERIES} series of {charts.POINTS} points",
            own,
            "a loop over series and points",
            loop,
            20,
        ),
    ]
    for source, aim in (("frame", 5), ("file", 5)):
        what = f"variants per site of a million journey events, from a {source}"
        rows.append((what, seconds[source], "pandas groupby", seconds[f"{source}, pandas"], aim))
    lines = [
        "# Figures",
        "Written by `make bench`; all figures are of one go on one machine, medians of ways taken in turn.",
        "Both ways of a row are checked to give the same.",
        "",
        "| what | seconds | against | seconds | times faster | aim |",
        "|---|---:|---|---:|---:|---:|",
        *(
            f"| {what} | {mine:.3f} | {against} | {theirs:.2f} | {theirs / mine:.1f} | {aim} |"
            for what, mine, against, theirs, aim in rows
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    text = report()
    Path(__file__).with_name("FIGURES.md").write_text(text, encoding="utf-8")
    print(text)
