"""Whether an installation can do what it has to, and what to do where it cannot."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from multiprocessing.connection import Connection
from pathlib import Path

from reviewkit.model import STEPS

from . import memory
from .home import Home
from .notebooks import notebook_path
from .warm import server
from .warm.kernel import died

_ENTRY_POINTS = {
    "jupyter_client.kernel_provisioners": "reviewkit-warm",
    "nbconvert.exporters": "review",
    "papermill.engine": "reviewkit",
}
_ROOM = 500 * 2**20
_START_SECONDS = 120


@dataclass(frozen=True)
class Check:
    """One thing looked at: what, what was seen, and what to do about it; no fix where all is well."""

    what: str
    seen: str
    fix: str = ""


def examine(runs: Path) -> Iterator[Check]:
    """Look at the installation and at a folder of results, one check after another."""
    for look in (_packages, _entry_points, _kernelspec, _notebooks, _warm):
        yield from look()
    yield _memory()
    yield _results(runs)
    yield from _homes(runs)


def _packages() -> Iterator[Check]:
    from packaging.requirements import Requirement

    wrong = []
    for line in requires("reviewkit") or ():
        wanted = Requirement(line)
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            there = version(wanted.name)
        except PackageNotFoundError:
            there = "none"
        if there == "none" or not wanted.specifier.contains(there, prereleases=True):
            wrong.append(f"{wanted.name} {there}, wanted {wanted.specifier or 'any'}")
    fix = "Install reviewkit again: make setup, or pip install reviewkit." if wrong else ""
    yield Check("packages", "; ".join(wrong) or f"all there, Python {sys.version.split()[0]}", fix)


def _entry_points() -> Iterator[Check]:
    missing = [
        f"{name} of {group}"
        for group, name in _ENTRY_POINTS.items()
        if name not in {found.name for found in entry_points(group=group)}
    ]
    fix = "Install reviewkit again; it was installed before these were part of it." if missing else ""
    yield Check("Jupyter's plug-ins", f"missing: {', '.join(missing)}" if missing else "all known", fix)


def _kernelspec() -> Iterator[Check]:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        python = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        fix = "python -m ipykernel install --sys-prefix"
        yield Check("Python kernel", "there is no kernel called python3", fix)
        return
    # A bare name is taken by Jupyter for the Python that runs it.
    ours = "/" not in python or (Path(python).exists() and Path(python).samefile(sys.executable))
    fix = "" if ours else "python -m ipykernel install --sys-prefix; until then kernels start slowly."
    yield Check("Python kernel", "this Python" if ours else f"another Python: {python}", fix)


def _notebooks() -> Iterator[Check]:
    missing = []
    for spec in STEPS:
        try:
            notebook_path(spec)
        except FileNotFoundError:
            missing.append(spec.notebook)
    fix = "Install reviewkit again." if missing else ""
    yield Check("notebooks", f"missing: {', '.join(missing)}" if missing else f"{len(STEPS)} found", fix)


def _warm() -> Iterator[Check]:
    if not server.can_fork():
        yield Check("warm kernels", "this system cannot fork: kernels start in the normal way, slowly")
        return
    context = server.context()
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_count_threads, args=(theirs,))  # type: ignore[attr-defined]
    try:
        server.start(process)
        threads = ours.recv() if ours.poll(_START_SECONDS) else None
    except (OSError, EOFError):
        threads = None
    if process.pid:
        process.join(1)
    if threads == 1:
        yield Check("warm kernels", "a process can be forked, with one thread")
    elif threads is None:
        how = died(process.exitcode, "the warm process") if process.pid else "no process could be started"
        yield Check("warm kernels", how, "Look above for its last words; until then kernels start slowly.")
    else:
        fix = "A library starts threads when imported; runs may hang. Use reviewkit run --plain."
        yield Check("warm kernels", f"the warm process has {threads} threads", fix)


def _count_threads(connection: Connection) -> None:
    import threading

    tasks = Path(f"/proc/{os.getppid()}/task")  # of the process that this one was forked from
    connection.send(len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count())


def _memory() -> Check:
    free, jobs = memory.available(), memory.default_jobs()
    fix = "" if free > memory.PER_JOB else "Close something, or give the machine more memory."
    return Check("memory", f"{free / 2**30:.1f} GiB free: {jobs} at a time", fix)


def _results(runs: Path) -> Check:
    folder = next(path for path in (runs.absolute(), *runs.absolute().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=folder):
            room = shutil.disk_usage(folder).free
    except OSError as error:
        return Check("results", f"{folder}: {error.strerror}", "Name another folder with --runs.")
    fix = "" if room > _ROOM else "Make room, or name another folder with --runs."
    return Check("results", f"{folder}: {room / 2**30:.1f} GiB free", fix)


def _homes(runs: Path) -> Iterator[Check]:
    from .status import standing

    for folder in sorted(path for path in runs.glob("*") if path.is_dir()):
        found = standing(Home(runs, folder.name))
        if found.state in ("damaged", "interrupted"):
            problem = found.failures[-1] if found.failures else "it was stopped before its end"
            fix = "Run the engagement again: finished steps are kept." if found.state == "interrupted" else ""
            yield Check(folder.name, f"{found.state}: {problem}", fix or "See above.")
