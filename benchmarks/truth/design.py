"""The frozen design: what is planted, how it is drawn, and the hashes that keep it as it is."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import reviewkit

HERE = Path(__file__).parent
PACKAGE = Path(reviewkit.__file__).parent
WORDS = ("simulate/corpus", "simulate/worlds")
"""What simulated people say, and the organisations they say it of."""
DECIDED = ("decisions", "actions", "progress")
"""What of the notes is decided after a review; nothing of it is planted."""


@cache
def design() -> dict[str, Any]:
    """Return the design as it is written in ``design.yaml``."""
    found: dict[str, Any] = yaml.safe_load((HERE / "design.yaml").read_text(encoding="utf-8"))
    return found


def hashes() -> dict[str, str]:
    """Return the hashes of the design, of the words people say, and of the codebook's cue phrases."""
    said = b"".join(path.read_bytes() for name in WORDS for path in sorted((PACKAGE / name).glob("*.yaml")))
    for path in sorted((PACKAGE / "simulate/notes").glob("*.yaml")):
        noted = yaml.safe_load(path.read_text(encoding="utf-8"))
        said += yaml.safe_dump({name: part for name, part in noted.items() if name not in DECIDED}).encode()
    book = yaml.safe_load((PACKAGE / "content/codebook.yaml").read_text(encoding="utf-8"))
    cues = yaml.safe_dump({entry["id"]: entry.get("cues") for entry in book["codes"]}, sort_keys=True)
    parts = {"design": (HERE / "design.yaml").read_bytes(), "words": said, "cues": cues.encode()}
    return {name: hashlib.sha256(content).hexdigest()[:16] for name, content in parts.items()}


def frozen() -> dict[str, str]:
    """Return the hashes as they were when the design was frozen."""
    found: dict[str, str] = yaml.safe_load((HERE / "frozen.yaml").read_text(encoding="utf-8"))
    return found
