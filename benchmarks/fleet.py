"""Many small engagements in one command: one hostile, one broken, a worker killed midway.

``make fleet`` runs them and writes what became of them to ``FLEET.md`` beside this file.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
HOSTILE = (
    "<script>alert(1)</script> and <img src=x onerror=alert(1)> in a remark about waiting times",
    '=HYPERLINK("http://example.org") stands at the beginning of this remark about staff',
    "The price was $x^$ and $\\frac{1}$ of it, said a patient about communication",
    "\u202etxt.exe and {{ 7 * 7 }} and '; drop table remarks; -- about the food",
)
REMARKS = 40


def word(number: int) -> str:
    """Return the word that stands in an engagement's client and remarks, and nowhere else."""
    return f"canary{number:03d}bird"


def engagement(folder: Path, number: int, *, hostile: bool, broken: bool) -> Path:
    """Write a small engagement: real remarks of the sample, its own word, and what is wrong with it."""
    name = f"small_{number:03d}"
    (folder / name).mkdir(parents=True)
    with (ROOT / "data/sample/patient_voice/customer_feedback.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    kept = random.Random(number).sample(rows, REMARKS)
    for place, row in enumerate(kept[: len(HOSTILE)] if hostile else ()):
        row["text"] = HOSTILE[place]
    kept[-1]["text"] = f"The {word(number)} ward was clean and the staff were kind to all of us."
    with (folder / name / "customer_feedback.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=[*rows[0]])
        writer.writeheader()
        writer.writerows(kept)
    params = folder / f"{name}.yaml"
    params.write_text(
        f"id: {name}\nname: Review {number}\nclient: Trust {word(number)}\npurpose: To care for patients\n"
        f"data_as_of: 2021-06-30\ndata: {name}\n"
        + ("sources: {customer_feedback: not_there.csv}\n" if broken else ""),
        encoding="utf-8",
    )
    return params


def kill_one(process: subprocess.Popen[bytes], log: Path, midway: int, told: list[str]) -> None:
    """Kill a worker once half of the engagements have been published."""
    while process.poll() is None:
        if log.is_file() and log.read_text(encoding="utf-8").count('"run_ended"') >= midway:
            workers = psutil.Process(process.pid).children(recursive=True)
            kernels = [one for one in workers if not one.children() and one.ppid() != process.pid]
            if kernels:
                parent = kernels[-1].parent()
                if parent and parent.ppid() != process.pid:
                    os.kill(parent.pid, signal.SIGKILL)
                    told.append(f"a worker was killed when {midway} engagements had ended")
                    return
        time.sleep(0.05)


def main() -> None:
    """Run the engagements and say what became of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--engagements", type=int, default=200)
    how_many = asked.parse_args().engagements
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="fleet-") as temporary:
        text = run(Path(temporary), how_many)
    (ROOT / "benchmarks/FLEET.md").write_text(text, encoding="utf-8")
    print(text)


def run(folder: Path, how_many: int) -> str:
    """Run the engagements in one command and return what became of them, for people."""
    hostile, broken = how_many // 3, how_many // 2
    params = [
        engagement(folder, number, hostile=number == hostile, broken=number == broken)
        for number in range(how_many)
    ]
    runs, told = folder / "runs", list[str]()
    began = time.perf_counter()
    process = subprocess.Popen([BIN / "reviewkit", "run", *params, "--runs", runs], stderr=subprocess.PIPE)
    killer = threading.Thread(target=kill_one, args=(process, runs / "log.jsonl", how_many // 2, told))
    killer.start()
    _, said = process.communicate()
    killer.join()
    seconds = time.perf_counter() - began
    published = [*runs.glob("*/latest/site/leadership/index.html")]
    refused = [line for line in said.decode().splitlines() if "not_there.csv" in line]
    live = [
        page for page in runs.rglob("latest/site/**/*.html") if "<script" in page.read_text(encoding="utf-8")
    ]
    ended = f"{len(published)} published, {len(refused)} reported; exit status {process.returncode}"
    apart = f"{len(mixed(runs, how_many))} files with another's word, {len(live)} pages with script"
    lines = [
        "# Many small engagements in one command",
        "Written by `make fleet`.",
        "",
        f"- {how_many} engagements of {REMARKS} real remarks each, all steps and pages. One has hostile",
        f"  text, one names a file that is not there; {told[0] if told else 'no worker was killed'}.",
        f"- {ended}. Reported: `{'; '.join(refused)}`",
        f"- {apart}.",
        f"- {seconds:.0f} seconds on {os.cpu_count()} cores, {seconds / how_many:.1f} an engagement.",
        "",
    ]
    return "\n".join(lines).replace(str(folder), "…")


def mixed(runs: Path, how_many: int) -> list[Path]:
    """Return the files of engagements in which the word of another stands."""
    found = []
    for number in range(how_many):
        own = word(number)
        for path in (runs / f"small_{number:03d}").rglob("*"):
            if path.is_file() and path.suffix in (".html", ".ipynb", ".json", ".jsonl", ".txt", ".yaml"):
                text = path.read_text(encoding="utf-8").replace(own, "")
                if "canary" in text:
                    found.append(path)
    return found


if __name__ == "__main__":
    main()
