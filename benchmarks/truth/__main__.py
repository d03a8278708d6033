"""``python -m benchmarks.truth``: simulate, analyse, score, and write ``docs/truth.md``."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, get_args

from tqdm import tqdm

from reviewkit.model import library_digest, read_engagement

from .design import design, frozen, hashes
from .plant import Half, Plan, Rows, plan
from .report import report
from .run import PARAMS, analysed

ROOT = Path(__file__).parents[2]


def plans(rows: Rows, each: int | None) -> list[Plan]:
    """Return the plans of both halves in turn, of each half the first ``each`` or as many as designed."""
    made = design()
    engagements = {name: read_engagement(PARAMS / f"{name}.yaml") for name in set(made["worlds"])}
    halves: tuple[Half, ...] = get_args(Half)
    most = max(int(made[half]) for half in halves) if each is None else each
    return [
        plan(half, number, rows, engagements)
        for number in range(most)
        for half in halves
        if number < (int(made[half]) if each is None else each)
    ]


def results(path: Path, wanted: list[Plan], workers: int) -> Iterator[dict[str, Any]]:
    """Yield one row an engagement: what is kept already, then the rest as they are done."""
    kept = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    names = {each.name for each in wanted}
    done = {row["name"]: row for row in kept if row["name"] in names}
    yield from done.values()
    left = [each for each in wanted if each.name not in done]
    path.parent.mkdir(parents=True, exist_ok=True)
    # Forked after the imports, DuckDB hangs: every worker begins anew.
    context = multiprocessing.get_context("spawn")
    with path.open("a", encoding="utf-8") as file, ProcessPoolExecutor(workers, mp_context=context) as pool:
        for row in pool.map(analysed, left):
            file.write(json.dumps(row) + "\n")
            file.flush()
            yield row


def main() -> None:
    """Run what is not yet kept, and write the page from all of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument(
        "--each", type=int, help="engagements of each half; without it all, and the page is written"
    )
    asked.add_argument(
        "--rows", choices=get_args(Rows), default="reported", help="seeds: reported, or for tuning"
    )
    asked.add_argument("--results", type=Path, default=ROOT / "runs" / "truth")
    options = asked.parse_args()
    if hashes() != frozen():
        raise SystemExit(
            "The frozen design, the words people say or the cue phrases have changed: see docs/truth.md"
        )
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    wanted = plans(options.rows, options.each)
    path = options.results / f"{options.rows}-{library_digest()}-{hashes()['design']}.jsonl"
    rows = list(tqdm(results(path, wanted, options.workers), total=len(wanted), unit="engagement"))
    text = report(rows, options.rows)
    if options.each is None and options.rows == "reported":
        (ROOT / "docs" / "truth.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
