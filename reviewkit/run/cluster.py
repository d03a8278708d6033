"""Engagements handed to a Dask cluster, a whole engagement a task."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewkit.model import InputError, library_digest, read_engagement

from . import memory
from .fleet import publish_index, run_engagements
from .opening import named_already
from .pipeline import Limits
from .report import Report
from .warm.server import private_folder

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
_ANSWER_SECONDS = 15


def run_on_cluster(
    params: Iterable[Path],
    runs: Path,
    *,
    cluster: str,
    jobs: int | None = None,
    tell: Callable[[str, int, int], None] | None = None,
    **options: Any,
) -> Report:
    """Run and publish engagements on a Dask cluster; results are those of a run without one.

    Parameters
    ----------
    params, runs : as for :func:`run_engagements`; every worker must see them under the same path.
    cluster : ``local`` for workers on this machine, or the address of a scheduler, such as
        ``tcp://10.0.0.5:8786``.
    jobs : workers on this machine, where ``cluster`` is ``local``.
    options : further ones of :func:`run_engagements`.

    Raises
    ------
    InputError : Dask is not installed, no cluster answers, or its workers have another reviewkit.
    """
    paths, report = _one_of_each([path.resolve() for path in params])
    if cluster == LOCAL:
        # The workers share this machine's memory, and each knows only of its own notebook.
        jobs = jobs or memory.default_jobs()
        limits = options.get("limits") or Limits()
        options["limits"] = replace(limits, memory=limits.memory or memory.limit(jobs))
    with _client(cluster, jobs or memory.default_jobs()) as client:
        _same_library(client)
        report.add(_gather(client, paths, runs.resolve(), options, tell))
    publish_index(runs.resolve(), report)
    return report


def _one_of_each(paths: list[Path]) -> tuple[list[Path], Report]:
    """Leave out params files with the id of another; what cannot be read is told by the run."""
    report, seen, kept = Report(), dict[str, Path](), list[Path]()
    for path in paths:
        try:
            name = read_engagement(path).id
        except InputError:
            name = str(path)
        if name in seen:
            report.refused.append(str(named_already(path, seen[name])))
        else:
            seen[name] = path
            kept.append(path)
    return kept, report


def _gather(
    client: Client, paths: list[Path], runs: Path, options: dict[str, Any], tell: Callable[..., None] | None
) -> Report:
    from distributed import as_completed

    report = Report()
    futures = {client.submit(_run_one, path, runs, options, pure=False, retries=0): path for path in paths}
    for done, future in enumerate(as_completed(futures), start=1):  # type: ignore[no-untyped-call]
        path = futures[future]
        try:
            report.add(future.result())
        except Exception as error:  # noqa: BLE001 - a worker that was lost must not stop the others
            report.failed[path.stem] = [f"{path}: the worker was lost ({type(error).__name__}: {error})"]
        if tell:
            tell(path.stem, done, len(paths))
    return report


def _run_one(params: Path, runs: Path, options: dict[str, Any]) -> Report:
    """Run one engagement in a worker; the warm process it starts serves the worker's later tasks too."""
    # Dask marks its workers as daemons, which may not start processes; these end with their tasks.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    return run_engagements([params], runs, jobs=1, index=False, **options)


@contextmanager
def _client(cluster: str, jobs: int) -> Iterator[Client]:
    try:
        from distributed import Client, LocalCluster
    except ImportError:
        raise InputError("--cluster needs Dask", fix="pip install 'reviewkit[dask]'.") from None
    if cluster == LOCAL:
        local = LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=jobs,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            local_directory=str(private_folder()),
        )
        with local, Client(local) as client:  # type: ignore[no-untyped-call]
            yield client
        return
    try:
        client = Client(cluster, timeout=_ANSWER_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError):
        problem = f"no cluster answers at {cluster}"
        fix = "Start one with `dask scheduler` and `dask worker`, or use --cluster local."
        raise InputError(problem, fix=fix) from None
    with client:
        yield client


def _same_library(client: Client) -> None:
    """Refuse workers that would compute something else."""
    try:
        client.wait_for_workers(1, timeout=_ANSWER_SECONDS)
        found = client.run(library_digest)
    except Exception as error:  # noqa: BLE001 - whatever a worker without reviewkit answers
        problem = f"no worker of the cluster has this reviewkit ({type(error).__name__})"
        raise InputError(
            problem, fix="Install it on every worker, and start one with `dask worker`."
        ) from None
    for worker, digest in found.items():
        if digest != library_digest():
            problem = f"the worker {worker} has another version of reviewkit"
            raise InputError(problem, fix="Install this version on every worker and start it again.")
