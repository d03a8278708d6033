"""What variants per site of a million journey events cost, against a plain reading with pandas.

``python benchmarks/journey.py`` makes a log with a fixed seed, finds the variants of each site
in both ways from the very same frame, checks that they are equal, and prints how many times
longer pandas takes, by turns in one process. ``--check`` ends with 1 where that is under 5.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ibis
import numpy as np
import pandas as pd

from reviewkit.performance import variants

AIM = 5.0
STEPS = ["referral", "first meeting", "assessment", "action plan", "job search", "introduction", "job start"]
LOG = {"case": "customer", "activity": "activity", "at": "at"}


def log(events: int, sites: int = 20, seed: int = 1) -> pd.DataFrame:
    """Return a log of so many events in no order: steps skipped, repeated and out of order."""
    rng = np.random.default_rng(seed)
    cases = events // 5
    done = rng.random((cases, len(STEPS))) < 0.8
    done[:, 0] = True
    case, place = np.nonzero(done)
    again = rng.random(len(case)) < 0.05
    case, place = np.append(case, case[again]), np.append(place, place[again])
    start, site = rng.integers(0, 700 * 86400, cases), rng.integers(0, sites, cases)
    seconds = start[case] + place * 7 * 86400 + rng.integers(0, 9 * 86400, len(case))
    kept = rng.permutation(len(case))[:events]
    if len(kept) < events:
        raise SystemExit(f"the log came out with {len(kept):,} events, not {events:,}")
    frame = pd.DataFrame({"customer": case[kept], "site": site[case[kept]], "activity": place[kept]})
    names = np.array(STEPS, dtype=object)
    return pd.DataFrame(
        {
            "customer": "C" + frame["customer"].astype("str"),
            "site": "Site " + frame["site"].astype("str"),
            "activity": pd.Series(names[frame["activity"]], dtype="str"),
            "at": pd.Timestamp("2023-01-01") + pd.to_timedelta(seconds[kept], unit="s"),
        }
    )


def plainly(events: pd.DataFrame) -> pd.Series:
    """Return how many cases of each site took each path, as one would write it with pandas."""
    groups = events.sort_values(["customer", "at"], kind="stable").groupby("customer", sort=False)
    paths = pd.DataFrame({"variant": groups["activity"].agg(tuple), "site": groups["site"].first()})
    return paths.groupby(["site", "variant"]).size()


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measured(events: int = 1_000_000, rounds: int = 5) -> dict[str, float]:
    """Return median seconds of all four, by turns; the ways are checked to give the same counts."""
    frame = log(events)
    ours, theirs = variants(frame, **LOG, by="site"), plainly(frame)
    if not ours.set_index(["site", "variant"])["cases"].sort_index().equals(theirs.sort_index()):
        raise SystemExit("the two ways do not give the same counts")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journey.parquet"
        frame.to_parquet(path)
        table = ibis.duckdb.connect().read_parquet(path)
        if not variants(table, **LOG, by="site").equals(ours):
            raise SystemExit("the table does not give the counts of its frame")
        ways: dict[str, Callable[[], object]] = {
            "frame": lambda: variants(frame, **LOG, by="site"),
            "frame, pandas": lambda: plainly(frame),
            "file": lambda: variants(table, **LOG, by="site"),
            "file, pandas": lambda: plainly(pd.read_parquet(path)),
        }
        turns = [{name: timed(work) for name, work in ways.items()} for _ in range(rounds)]
    return {name: statistics.median(turn[name] for turn in turns) for name in ways}


def main() -> int:
    """Print the seconds of both, by turns, and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--check", action="store_true", help=f"end with 1 where the ratio is under {AIM:g}")
    asked = parser.parse_args()
    seconds = measured(asked.events, asked.rounds)
    for source in ("frame", "file"):
        own, pandas = seconds[source], seconds[f"{source}, pandas"]
        print(f"from a {source}: {own:.2f} s, pandas {pandas:.2f} s: {pandas / own:.1f} times faster")
    return int(asked.check and seconds["frame, pandas"] / seconds["frame"] < AIM)


if __name__ == "__main__":
    raise SystemExit(main())
