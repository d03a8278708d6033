"""What the walk's page holds: its commands, pictures and the lines it shows of what was printed."""

from __future__ import annotations

import re
from pathlib import Path

DOC = Path(__file__).resolve().parents[2] / "docs/walkthrough.md"
IMAGES = DOC.parent / "images/walkthrough"
LAB = "reviewkit lab harbour"
COMMANDS = (
    "reviewkit new harbour --from sent",
    "reviewkit check params/harbour.yaml",
    "reviewkit run params/harbour.yaml",
    LAB,
    "reviewkit run params/harbour.yaml",
)
"""Commands in the order in which they are run."""
PAGES = {
    2: {"performance": "team/1.1_performance_data.html"},
    4: {"leadership": "leadership/index.html"},
}
"""Pages of which a picture is taken after a command, by its place: picture -> page of the site."""
KEPT = {
    "team/1.2_local_knowledge_and_scope.html": "Training sessions here were struck out of the calendar",
    "team/3.1_recommendations.html": "too much at once",
    "leadership/index.html": "What matters most:",
}
"""Pages of the last run, and what was written at the desk that has to stand on them."""
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\]]*)\]\(images/walkthrough/([a-z_]+)\.png\)")


def commands(text: str) -> tuple[str, ...]:
    """Return the commands that a page tells to run, in order."""
    return tuple(line for kind, block in _BLOCK.findall(text) if kind == "sh" for line in block.splitlines())


def shown(text: str) -> list[str]:
    """Return the lines that a page shows of what was printed; ``...`` stands for what is left out."""
    blocks = [block for kind, block in _BLOCK.findall(text) if kind == ""]
    return [line for block in blocks for line in block.splitlines() if line.strip(" .")]


def pictures(text: str) -> list[tuple[str, str]]:
    """Return the pictures of a page: name and alternative text."""
    return [(name, told) for told, name in _IMAGE.findall(text)]


def not_kept(site: Path) -> list[str]:
    """Return what was written at the desk and does not stand on the pages."""
    pages = {page: (site / page).read_text(encoding="utf-8") for page in KEPT}
    return [f"{page}: {words}" for page, words in KEPT.items() if words not in pages[page]]


def missing(text: str, printed: str) -> list[str]:
    """Return the lines that a page shows and no command printed."""
    there = {" ".join(line.split()) for line in printed.splitlines()}
    return [line for line in shown(text) if " ".join(line.split()) not in there]
