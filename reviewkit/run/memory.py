"""How much memory there is, and how many notebooks fit into it side by side."""

from __future__ import annotations

import os
from pathlib import Path

# More than a step's two processes take beyond what they share with the one they are forked from:
# two steps of a sample and all that serves them hold under 900 MiB (benchmarks/RESULTS.md).
PER_JOB = 512 * 2**20
_LEAST = 2 * 2**30
_CGROUP = Path("/sys/fs/cgroup")


def available() -> int:
    """Return the bytes of memory that may still be used: the machine's, or the container's if less."""
    import psutil

    free = int(psutil.virtual_memory().available)
    limit = _number(_CGROUP / "memory.max")
    used = _number(_CGROUP / "memory.current")
    return free if limit is None or used is None else max(0, min(free, limit - used))


def default_jobs() -> int:
    """Return how many notebooks run at a time: one a core, fewer where memory is short."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, available() // PER_JOB))


def limit(jobs: int) -> int:
    """Return the bytes of data a notebook may have, so that one cannot take all of the others' memory.

    >>> limit(1) >= limit(1000) > 0
    True
    """
    return max(_LEAST, int(available() * 0.8 / jobs))


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such control group, or no limit in it ("max")
        return None
