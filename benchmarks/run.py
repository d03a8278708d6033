"""What a run costs: ``make bench`` measures it here and now, and writes ``RESULTS.md`` beside this file.

Every figure of the tables is a ratio of two things measured in one go on one machine, or the
seconds they are made of; seconds of different machines or days are not to be compared.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from bare import cells_alone

from reviewkit.model import STEPS, StepSpec
from reviewkit.run.memory import default_jobs
from reviewkit.run.notebooks import notebook_path
from reviewkit.run.workers import Task, Workers

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
ENGAGEMENT = "contact_centre"


_SUBREAPER = 36  # Linux: whose parent has ended becomes a child of this process


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock, seconds of processor time, and the most memory seen, in MiB (0: not looked)."""

    wall: float
    cpu: float
    memory: float = 0.0


def measure(command: list[str], cwd: Path, *, look_every: float = 0) -> Measured:
    """Run a command and everything it starts; its output is shown only where it fails.

    Looking at memory takes time itself: what is compared by the clock is not looked at.
    """
    with tempfile.TemporaryFile("w+") as output, _looked_at(look_every) as peak:
        known = {child.pid for child in psutil.Process().children()}
        began, before = time.perf_counter(), os.times()
        done = subprocess.run(command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT, check=False)
        wall = time.perf_counter() - began
        if done.returncode:
            output.seek(0)
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{output.read()}")
    for left in psutil.Process().children():  # take in all that it left, and what they used
        if left.pid not in known:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(left.pid, 0)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(wall, cpu, max(peak, default=0.0))


@contextlib.contextmanager
def _looked_at(every: float) -> Iterator[list[float]]:
    """Note what all processes below this one hold, every so many seconds: shared memory counts once."""
    peak, over, me = list[float](), threading.Event(), psutil.Process()

    def look() -> None:
        while not over.wait(every):
            held = 0
            for child in me.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    held += child.memory_full_info().pss
            peak.append(held / 2**20)

    watcher = threading.Thread(target=look, daemon=True)
    if every:
        watcher.start()
    try:
        yield peak
    finally:
        over.set()
        if every:
            watcher.join()


def plain_loop(folder: Path) -> list[str]:
    """Return a shell command that does what people do by hand: papermill, then nbconvert, in turn."""
    lines = []
    for spec in STEPS:
        name = Path(spec.notebook).stem
        lines.append(
            f"{BIN}/papermill {notebook_path(spec)} {name}.ipynb -k python3 --no-progress-bar "
            "-p engagement engagement.yaml -p run . --log-level ERROR"
        )
        lines.append(f"{BIN}/jupyter nbconvert --log-level ERROR --to html {name}.ipynb")
    script = folder / "loop.sh"
    script.write_text("set -e\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return ["bash", str(script)]


def reviewkit(runs: Path, *params: Path, force: bool = True, jobs: int | None = None) -> list[str]:
    """Return the command that runs engagements."""
    command = [str(BIN / "reviewkit"), "run", *map(str, params), "--runs", str(runs)]
    return command + (["--force"] if force else []) + (["--jobs", str(jobs)] if jobs else [])


def all_cells(folder: Path, jobs: int) -> tuple[float, dict[str, float]]:
    """Run the cells of all steps in plain warm processes, in the order a run has.

    Returns
    -------
    Seconds by the clock in all, and of each step.
    """
    with Workers[str](jobs) as workers:
        return _in_order(workers, lambda spec: Task(cells_alone, (spec.number, folder)))


def all_notebooks(folder: Path, jobs: int) -> tuple[float, dict[str, float]]:
    """Run all notebooks as a run does, through papermill in warm kernels, in the same order."""
    from reviewkit.run import tasks

    def task(spec: StepSpec) -> Task:
        arguments = (spec.number, notebook_path(spec), folder, ENGAGEMENT, 600)
        return Task(tasks.execute, arguments, kernel=True)

    with Workers[str](jobs) as workers:
        return _in_order(workers, task)


def _in_order(workers: Workers[str], task: Callable[[StepSpec], Task]) -> tuple[float, dict[str, float]]:
    from reviewkit.run.parts import by_what_waits

    workers.start("warm-up", Task(time.perf_counter, ()))
    workers.wait(None)
    left, ended, seconds = by_what_waits(), set(), {}
    began = time.perf_counter()
    while left or workers.running():
        for spec in [spec for spec in left if set(spec.after) <= ended][: workers.free]:
            left.remove(spec)
            workers.start(spec.number, task(spec))
        for number, outcome in workers.wait(None):
            if outcome.error or outcome.lost is not None:
                raise SystemExit(f"step {number}: {outcome.error or outcome.lost}")
            value = outcome.value
            seconds[number] = value if isinstance(value, float) else value.seconds
            ended.add(number)
    return time.perf_counter() - began, seconds


def copies(folder: Path, how_many: int) -> list[Path]:
    """Write params files for as many engagements, all on the sample's data."""
    text = (ROOT / f"params/{ENGAGEMENT}.yaml").read_text(encoding="utf-8")
    (folder / "params").mkdir(parents=True)
    shutil.copytree(ROOT / "data", folder / "data")
    made = []
    for number in range(how_many):
        path = folder / "params" / f"client_{number:02d}.yaml"
        path.write_text(text.replace(f"id: {ENGAGEMENT}", f"id: client_{number:02d}", 1), encoding="utf-8")
        made.append(path)
    return made


def main() -> None:
    """Measure and write ``RESULTS.md``."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--repeats", type=int, default=3, help="times the short measurements are taken")
    asked.add_argument("--fleet", type=int, nargs="*", default=[1, 5, 20], help="engagements in one command")
    options = asked.parse_args()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    # Byte code is written and read by everything that is measured, as it is for users.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        found = take(Path(folder), options)
    (ROOT / "benchmarks/RESULTS.md").write_text(report(found), encoding="utf-8")
    print(report(found))


def take(folder: Path, options: argparse.Namespace) -> dict[str, object]:
    """Take all measurements."""
    params, runs, jobs = ROOT / f"params/{ENGAGEMENT}.yaml", folder / "runs", default_jobs()
    say("once before, so that everything is in the system's cache")
    measure(reviewkit(runs, params), ROOT)
    latest = runs / ENGAGEMENT / "latest"

    say("the loop of papermill and nbconvert, and this")
    loop = folder / "loop"
    loop.mkdir()
    shutil.copytree(latest / "evidence", loop / "evidence")
    shutil.copyfile(latest / "engagement.yaml", loop / "engagement.yaml")
    ours = [measure(reviewkit(runs, params), ROOT)]
    plain = measure(plain_loop(loop), loop, look_every=5)
    ours += [measure(reviewkit(runs, params), ROOT) for _ in range(max(1, options.repeats - 1))]

    memory = measure(reviewkit(runs, params), ROOT, look_every=0.3).memory

    say("nothing changed")
    again = [measure(reviewkit(runs, params, force=False), ROOT) for _ in range(options.repeats)]

    say("cells alone, and notebooks in warm kernels")
    pairs = []
    for number in range(options.repeats):
        bare = scratch(latest, folder / f"bare{number}")
        warm = scratch(latest, folder / f"warm{number}")
        pairs.append((all_cells(bare, jobs), all_notebooks(warm, jobs)))

    fleet = {}
    for how_many in options.fleet:
        say(f"{how_many} engagements in one command")
        place = folder / f"fleet{how_many}"
        fleet[how_many] = vars(
            measure(reviewkit(place / "runs", *copies(place, how_many)), place, look_every=2)
        )
        shutil.rmtree(place)
    found = {
        "machine": machine(),
        "jobs": jobs,
        "loop": vars(plain),
        "ours": {**vars(middle(ours)), "memory": memory},
        "unchanged": vars(middle(again)),
        "cells": statistics.median(bare[0] for bare, _ in pairs),
        "notebooks": statistics.median(warm[0] for _, warm in pairs),
        "overhead": statistics.median(warm[0] / bare[0] for bare, warm in pairs),
        "steps": {
            spec.number: statistics.median(bare[1][spec.number] for bare, _ in pairs) for spec in STEPS
        },
        "fleet": fleet,
    }
    return found


def scratch(latest: Path, folder: Path) -> Path:
    """Make a run's folder with evidence and nothing else."""
    shutil.copytree(latest / "evidence", folder / "evidence")
    shutil.copyfile(latest / "engagement.yaml", folder / "engagement.yaml")
    return folder


def middle(taken: Iterable[Measured]) -> Measured:
    """Return the median of each figure."""
    taken = list(taken)
    return Measured(*(statistics.median(getattr(one, name) for one in taken) for name in vars(taken[0])))


def machine() -> str:
    """Say in a few words what this was measured on."""
    memory = psutil.virtual_memory().total / 2**30
    cores = os.cpu_count()
    return f"{cores} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def report(found: dict) -> str:  # type: ignore[type-arg]
    """Write the measurements down for people."""
    loop, ours, again = found["loop"], found["ours"], found["unchanged"]
    slow = [number for number, seconds in found["steps"].items() if seconds >= 1]
    rows = [
        ("times faster than the loop, by the clock", loop["wall"] / ours["wall"], "10 or more"),
        ("times less processor time than the loop", loop["cpu"] / ours["cpu"], ""),
        ("unchanged re-run, share of a full run, %", 100 * again["wall"] / ours["wall"], "under 5"),
        ("notebooks in warm kernels, times the bare cells", found["overhead"], "under 1.5"),
        ("slowest step's cells alone, seconds", max(found["steps"].values()), "under 1"),
    ]
    lines = [
        "# Benchmark",
        "Written by `make bench`; all figures are of one go on one machine",
        f"({found['machine']}; {found['jobs']} notebooks at a time).",
        "Seconds are of that machine; the ratios are what carries over.",
        "",
        "| what | measured | aim |",
        "|---|---:|---:|",
        *(f"| {what} | {value:.2f} | {aim} |" for what, value, aim in rows),
        "",
        f"The loop runs the {len(STEPS)} notebooks of `{ENGAGEMENT}` one after the other with `papermill`",
        "and plain kernels, then `jupyter nbconvert --to html`. The run does the same notebooks, checks the",
        "evidence, builds the pages of four editions and checks them. Bare cells: the same cells in warm",
        "processes with nothing around them, as many at a time, in the same order.",
        "",
        "| what | seconds | processor seconds | most memory, MiB |",
        "|---|---:|---:|---:|",
        _row("the loop", loop),
        _row("a full run", ours),
        _row("nothing changed", again),
        *(
            _row(f"{n} engagement{'s' if int(n) > 1 else ''} in one command", one)
            for n, one in found["fleet"].items()
        ),
    ]
    lines += [
        "",
        "Memory is what all processes hold together, what they share counted once.",
        "",
        "Seconds of each step's cells alone: "
        + ", ".join(f"{number} {seconds:.2f}" for number, seconds in found["steps"].items())
        + f". {'All are under a second.' if not slow else 'A second or more: ' + ', '.join(slow) + '.'}",
    ]
    return "\n".join(lines) + "\n"


def _row(what: str, one: dict) -> str:  # type: ignore[type-arg]
    memory = f"{one['memory']:.0f}" if one["memory"] else ""
    return f"| {what} | {one['wall']:.1f} | {one['cpu']:.1f} | {memory} |"


def say(what: str) -> None:
    """Tell how far the benchmark is."""
    print(f"measuring: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
