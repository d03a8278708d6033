"""Processes that do one task each, and what became of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

from reviewkit.model import ReviewError

from .warm import kernel, server

Key = TypeVar("Key")
_LAST_WORDS = 5  # seconds a process may take to end once it has given its result


@dataclass(frozen=True)
class Task:
    """A function to be called in a process of its own, and what that process has.

    ``environment`` is added to what a program needs to run at all; ``log`` takes what is written
    to standard output and error; ``memory`` limits data in bytes; ``kernel`` forks a kernel
    beforehand. A ``light`` task imports so little that it need not wait for the warm process.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    log: Path | None = None
    memory: int | None = None
    kernel: bool = False
    light: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a task gave: a value, an error, or, where its process was lost, an exit code alone."""

    value: Any = None
    error: Exception | None = None
    lost: int | None = None


@dataclass
class _Job:
    task: Task
    process: BaseProcess
    connection: Connection
    folder: Path


class Workers(Generic[Key]):
    """Up to ``jobs`` processes at a time, forked from a warm one, or started afresh where that fails.

    Use as a context manager: on leaving, whatever still runs is ended.
    """

    def __init__(self, jobs: int, *, warm: bool = True) -> None:
        self.jobs = jobs
        self.plain_because = "" if server.can_fork() else "this system cannot fork"
        if not warm:
            self.plain_because = "that was asked for"
        self._running: dict[Key, _Job] = {}

    def __enter__(self) -> Workers[Key]:
        return self

    def __exit__(self, *_: object) -> None:
        for key in list(self._running):
            self.stop(key)

    @property
    def free(self) -> int:
        """How many more tasks may be started now."""
        return self.jobs - len(self._running)

    def start(self, key: Key, task: Task) -> None:
        """Start a task.

        Raises
        ------
        OSError : no process can be started.
        """
        if not self.plain_because:
            try:
                self._running[key] = self._launch(task, self._while_warming(task))
                return
            except OSError as error:
                self.plain_because = str(error)
        self._running[key] = self._launch(task, self.plain_because)

    @staticmethod
    def _while_warming(task: Task) -> str:
        """Say why a task is started afresh: the warm process is not there yet, and it need not wait."""
        if server.is_warming():
            return ""
        server.warm_up()
        return "the warm process was starting" if task.light else ""

    def wait(self, seconds: float | None) -> list[tuple[Key, Outcome]]:
        """Wait for tasks to end, no longer than ``seconds``, and return those that did."""
        ends: dict[Any, Key] = {}
        for key, job in self._running.items():
            ends |= {job.process.sentinel: key, job.connection: key}
        keys = dict.fromkeys(ends[end] for end in wait(list(ends), seconds))
        return [(key, self._take(key)) for key in keys]

    def stop(self, key: Key) -> None:
        """End a task's process, and with it its kernel."""
        job = self._running.pop(key)
        self._kill(job)
        self._clear(job)

    def running(self) -> list[Key]:
        """Return the keys of the tasks that run."""
        return list(self._running)

    @staticmethod
    def _launch(task: Task, plain_because: str) -> _Job:
        context = server.context(warm=not plain_because)
        ours, theirs = context.Pipe(duplex=False)
        folder = Path(tempfile.mkdtemp(prefix="t", dir=server.private_folder()))
        process = context.Process(  # type: ignore[attr-defined]
            target=_work, args=(theirs, task, folder, plain_because), name="task"
        )
        try:
            server.start(process)
        except OSError:
            ours.close()
            folder.rmdir()
            raise
        finally:
            theirs.close()
        return _Job(task, process, ours, folder)

    def _take(self, key: Key) -> Outcome:
        job = self._running.pop(key)
        try:
            outcome = job.connection.recv() if job.connection.poll() else None
        except EOFError:
            outcome = None
        except Exception as error:  # noqa: BLE001 - cut short by the end of its process
            outcome = Outcome(error=RuntimeError(f"its result cannot be read ({type(error).__name__})"))
        job.process.join(_LAST_WORDS)
        if job.process.is_alive():
            self._kill(job)
        self._clear(job)
        return outcome or Outcome(lost=job.process.exitcode)

    @staticmethod
    def _clear(job: _Job) -> None:
        job.connection.close()
        shutil.rmtree(job.folder, ignore_errors=True)
        log = job.task.log
        with contextlib.suppress(OSError):  # somebody else may have taken it away
            if log and not log.stat().st_size:
                log.unlink()

    @staticmethod
    def _kill(job: _Job) -> None:
        if job.process.is_alive() and job.process.pid:
            try:
                os.killpg(job.process.pid, signal.SIGKILL)
            except ProcessLookupError:  # it leads no group yet
                job.process.kill()
            job.process.join()


def _work(connection: Connection, task: Task, folder: Path, plain_because: str) -> None:
    """What a process does: prepare itself, call the function, send what came of it."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        _prepare(connection, task, folder, plain_because)
        outcome = Outcome(value=task.function(*task.arguments))
    except (ReviewError, OSError) as error:
        outcome = Outcome(error=error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the process that waits must hear of it
        outcome = Outcome(error=RuntimeError(f"{type(error).__name__}: {error}"))
    finally:
        kernel.drop_spare()
    connection.send(outcome)


def _prepare(connection: Connection, task: Task, folder: Path, plain_because: str) -> None:
    """Give this process what its task asks for; the kernel is forked before there is a second thread."""
    os.environ.update(task.environment)
    server.use_folder(folder)
    if task.log:
        _write_to(task.log)
    if task.memory:
        _limit(task.memory)
    if plain_because:
        kernel.only_plain(plain_because)
    elif task.kernel:
        kernel.keep_spare(connection)
    kernel.die_with_parent(remove=folder.parent)


def _write_to(log: Path) -> None:
    """Keep what this process and its kernel write to standard output and error."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)


def _limit(memory: int) -> None:
    import resource  # not on Windows

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
