"""Many contacts in Parquet to weekly signals by site: this against straightforward pandas."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from reviewkit.evidence import EvidenceSet
from reviewkit.model import Engagement, Measure
from reviewkit.performance import all_series, xmr

SITES, WEEKS = 20, 104
START = pd.Timestamp("2023-09-04")
_AS = {"table": "contacts", "minimum_effect": 0}
MEASURES = (
    Measure(id="contacts", name="Contacts", unit="count", direction="neutral", numerator="count(*)", **_AS),
    Measure(
        id="resolution", name="Resolution", unit="percent", direction="increase", numerator="sum(resolved)",
        denominator="count(resolved)", **_AS,
    ),
    Measure(
        id="handle_time", name="Handle time", unit="seconds", direction="decrease",
        numerator="sum(handle_seconds)", denominator="count(handle_seconds)", **_AS,
    ),
    Measure(
        id="csat", name="Satisfaction", unit="score", direction="increase", numerator="sum(csat)",
        denominator="count(csat)", **_AS,
    ),
    Measure(
        id="phone", name="By phone", unit="count", direction="neutral", numerator="count(*)",
        where="channel = 'phone'", **_AS,
    ),
    Measure(
        id="long", name="Long contacts", unit="percent", direction="decrease",
        numerator="sum(case when handle_seconds > 600 then 1 else 0 end)",
        denominator="count(handle_seconds)", **_AS,
    ),
    Measure(
        id="happy", name="Scores of 4 and 5", unit="percent", direction="increase",
        numerator="sum(case when csat >= 4 then 1 else 0 end)", denominator="count(csat)", **_AS,
    ),
    Measure(
        id="business", name="Business contacts resolved", unit="percent", direction="increase",
        numerator="sum(resolved)", denominator="count(resolved)", where="contract = 'business'", **_AS,
    ),
)  # fmt: skip


def write_contacts(path: Path, rows: int, seed: int = 1) -> None:
    """Write contacts drawn at random, a million rows at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(seed)
    sites = np.array([f"Site {number:02d}" for number in range(SITES)])
    writer = None
    for begin in range(0, rows, 1_000_000):
        n = min(1_000_000, rows - begin)
        seconds = rng.integers(0, WEEKS * 7 * 86400, n)
        part = pa.table(
            {
                "contact_id": np.char.add("C", np.arange(begin, begin + n).astype("U9")),
                "at": START.to_datetime64().astype("datetime64[us]") + seconds.astype("timedelta64[s]"),
                "site": sites[rng.integers(0, SITES, n)],
                "contract": np.where(rng.random(n) < 0.2, "business", "household"),
                "channel": np.where(rng.random(n) < 0.7, "phone", "chat"),
                "handle_seconds": rng.gamma(4, 90, n).round(),
                "resolved": rng.random(n) < 0.72,
                "csat": pa.array(rng.integers(1, 6, n).astype(float), mask=rng.random(n) < 0.7),
            }
        )
        writer = writer or pq.ParquetWriter(path, part.schema)
        writer.write_table(part)
    if writer:
        writer.close()


def with_reviewkit(folder: Path) -> pd.DataFrame:
    """Return the signals as a step makes them."""
    day = (START + pd.Timedelta(weeks=WEEKS)).date() - dt.timedelta(days=1)
    about = Engagement(
        id="size",
        name="S",
        client="S",
        purpose="S",
        data_as_of=day,
        data=".",
        period="week",
        measures=MEASURES,
    )
    return _signals(all_series(EvidenceSet(about, folder), levels=[("site",)]))


def with_pandas(folder: Path) -> pd.DataFrame:
    """Return the signals as somebody at ease with pandas would work them out."""
    names = ["at", "site", "contract", "channel", "handle_seconds", "resolved", "csat"]
    frame = pd.read_parquet(folder / "contacts.parquet", columns=names)
    frame["period"] = frame["at"].dt.to_period("W").dt.start_time
    frame["long"] = (frame["handle_seconds"] > 600).astype(float)
    frame["happy"] = (frame["csat"] >= 4).astype(float)
    groups = frame.groupby(["site", "period"])
    counted = groups["csat"].count()
    business = frame[frame["contract"] == "business"].groupby(["site", "period"])["resolved"]
    found = {
        "contacts": groups.size(),
        "resolution": 100 * groups["resolved"].mean(),
        "handle_time": groups["handle_seconds"].mean(),
        "csat": groups["csat"].mean(),
        "phone": frame[frame["channel"] == "phone"].groupby(["site", "period"]).size(),
        "long": 100 * groups["long"].mean(),
        "happy": 100 * groups["happy"].sum() / counted,
        "business": 100 * business.mean(),
    }
    panel = pd.concat({name: each.rename("value") for name, each in found.items()}, names=["measure"])
    return _signals(panel.reset_index())


def _signals(panel: pd.DataFrame) -> pd.DataFrame:
    points = xmr(panel, by=["measure", "site"], direction="neutral")
    keys = ["measure", "site", "period"]
    return points.sort_values(keys, ignore_index=True)[[*keys, "value", "mean", "lower", "upper", "rule"]]


HOW = {"reviewkit": with_reviewkit, "pandas": with_pandas}


def measured(how: str, folder: Path) -> dict[str, float]:
    """Run one way in a process of its own: seconds without imports, and the most memory in MiB with them."""
    line = [sys.executable, __file__, "--how", how, "--folder", str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def report(folder: Path, sizes: list[int]) -> str:
    """Return the lines of the report; both ways are checked to give the same signals."""
    rows = []
    for size in sizes:
        here = folder / str(size)
        here.mkdir(parents=True)
        write_contacts(here / "contacts.parquet", size)
        ours, theirs = measured("reviewkit", here), measured("pandas", here)
        pd.testing.assert_frame_equal(
            pd.read_parquet(here / "reviewkit.parquet"), pd.read_parquet(here / "pandas.parquet"), rtol=1e-9
        )
        rows.append((size, ours, theirs))
    growth = rows[-1][1]["seconds"] / rows[0][1]["seconds"]
    lines = [
        "# Size",
        "Written by `make bench`; all figures are of one go on one machine.",
        "",
        f"Contacts in Parquet to weekly signals at {SITES} sites for {len(MEASURES)} measures, each way in a",
        "process of its own; pandas reads the same file and gives the same signals.",
        "",
        "| contacts | seconds | most memory, MiB | pandas: seconds | most memory, MiB | times faster |",
        "|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {size:,} | {ours['seconds']:.2f} | {ours['memory']:,.0f} | {theirs['seconds']:.2f} "
            f"| {theirs['memory']:,.0f} | {theirs['seconds'] / ours['seconds']:.1f} |"
            for size, ours, theirs in rows
        ),
        "",
        "Aim: 5 times faster under 1,500 MB at the largest, and time growing no faster than rows: from the",
        f"smallest to the largest rows grew {rows[-1][0] / rows[0][0]:.0f}-fold, seconds {growth:.1f}-fold.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write ``SIZE.md``; or run one way, and say what it took."""
    millions = [1_000_000, 3_000_000, 10_000_000]
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--contacts", type=int, nargs="+", default=millions, help="contacts in a file")
    asked.add_argument("--how", choices=HOW, help="used by itself: one way, in a process of its own")
    asked.add_argument("--folder", type=Path)
    options = asked.parse_args()
    if options.how is None:
        with tempfile.TemporaryDirectory(prefix="size-") as folder:
            text = report(Path(folder), options.contacts)
        Path(__file__).with_name("SIZE.md").write_text(text, encoding="utf-8")
        print(text)
        return
    began = time.perf_counter()
    signals = HOW[options.how](options.folder)
    seconds = time.perf_counter() - began
    signals.to_parquet(options.folder / f"{options.how}.parquet")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory}))


if __name__ == "__main__":
    main()
