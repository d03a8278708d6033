"""A forked process that becomes a Jupyter kernel."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from . import server

SEED = "REVIEWKIT_SEED"
_START_SECONDS = 60


@dataclass(frozen=True)
class Order:
    """What a kernel is started with: arguments of ipykernel, working directory, environment."""

    arguments: list[str]
    cwd: str
    environment: dict[str, str]


class Kernel:
    """A kernel process, as :class:`subprocess.Popen` would show it.

    Parameters
    ----------
    process : a process of which the target is :func:`become`.
    connection : the other end of what the target was given.
    """

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self._process, self._connection = process, connection
        self.pid = process.pid

    def begin(self, order: Order) -> None:
        """Make the process a kernel.

        Raises
        ------
        OSError : it is not there any more, or does not answer.
        """
        try:
            self._connection.send(order)
            if not self._connection.poll(_START_SECONDS):
                raise TimeoutError("the warm process does not answer")
            self._connection.recv()
        except EOFError:
            raise ConnectionError(f"the warm process ended (exit code {self.poll()})") from None
        finally:
            self._connection.close()

    def poll(self) -> int | None:
        """Return the exit code; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end and return the exit code."""
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal to the process."""
        if self.pid and self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)


_spare: Kernel | None = None
_taken: Kernel | None = None
_plain_because = ""


def only_plain(reason: str) -> None:
    """Have this process start its kernels in the normal way, and say why."""
    global _plain_because
    _plain_because = reason


def why_plain() -> str:
    """Return why this process starts kernels in the normal way; empty where it does not."""
    return _plain_because or ("" if server.can_fork() else "this system cannot fork")


def keep_spare(*not_its: Connection) -> None:
    """Fork a kernel to be from this process, while it is still clean: one thread, no event loop.

    ``not_its`` are connections of this process that the fork must not keep open.
    """
    global _spare
    _spare = _forked(multiprocessing.get_context("fork"), not_its)


def take() -> Kernel:
    """Return the spare kernel, or one newly forked from the warm process.

    Raises
    ------
    OSError : no process could be forked.
    """
    global _spare, _taken
    _taken, _spare = _spare or _forked(server.context()), None
    return _taken


def drop_spare() -> None:
    """End the spare kernel where it was not used."""
    global _spare
    if _spare:
        _spare.kill()
        _spare.wait()
    _spare = None


def _forked(context: BaseContext, not_its: Iterable[Connection] = ()) -> Kernel:
    ours, theirs = context.Pipe()
    forked = context.get_start_method() == "fork"
    # A fork has a copy of every open connection; only what is named is given to another process.
    shut = (ours, *not_its) if forked else ()
    process = context.Process(target=become, args=(theirs, shut), name="kernel")  # type: ignore[attr-defined]
    if forked:
        process.start()
    else:
        server.start(process)
    theirs.close()
    return Kernel(process, ours)


def become(connection: Connection, shut: Iterable[Connection] = ()) -> None:
    """Wait for an order, then be a kernel until it is told to stop or its parent is gone."""
    for other in shut:
        other.close()
    try:
        order: Order = connection.recv()
    except EOFError:
        return
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(order.cwd)
    os.environ.clear()
    os.environ.update(order.environment)
    tempfile.tempdir = None  # looked up anew, in this environment
    connection.send("ready")
    connection.close()
    die_with_parent()
    _fresh_matplotlib(order.environment)
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher.py", *order.arguments]
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(order.arguments)  # type: ignore[no-untyped-call]
    _reseed_at_first_cell(app.shell, order.environment)
    app.start()  # type: ignore[no-untyped-call]


def reseed(environment: Mapping[str, str]) -> None:
    """Give Python's and NumPy's global generators a state of their own; a fork copies its parent's."""
    seed = int(environment[SEED]) if SEED in environment else int.from_bytes(os.urandom(4), "little")
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)


def _reseed_at_first_cell(shell: Any, environment: Mapping[str, str]) -> None:
    # Not before: what a kernel does while it starts draws from Python's generator, too.
    def once(*_: object) -> None:
        shell.events.unregister("pre_execute", once)
        reseed(environment)

    shell.events.register("pre_execute", once)


def die_with_parent(*, remove: Path | None = None) -> None:
    """End this process when the one that asked for it is gone, and remove the folder it leaves."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        for each in (_spare, _taken):  # a kernel would write into the folder while it is removed
            if each:
                each.kill()
                each.wait()
        if remove:
            _remove_after_end(remove)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _remove_after_end(folder: Path) -> None:
    """Start a process that removes a folder when this one has ended.

    Not this process: its main thread may write there until the end, and so make the folder anew.
    """
    code = "import shutil, sys; sys.stdin.read(); shutil.rmtree(sys.argv[1], ignore_errors=True)"
    subprocess.Popen(  # its standard input ends with this process
        [sys.executable, "-ISc", code, str(folder)],
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _fresh_matplotlib(environment: Mapping[str, str]) -> None:
    """Have figures shown inline, as in a kernel that imports matplotlib itself."""
    if "matplotlib" in sys.modules:
        backend = environment.get("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        sys.modules["matplotlib"].rcParams["backend"] = backend


def died(code: int | None, what: str) -> str:
    """Say how a process ended, from its exit code (negative: the signal that killed it).

    >>> died(-9, "the kernel")
    'the kernel was killed (SIGKILL), perhaps because memory ran out'
    >>> died(3, "the kernel")
    'the kernel ended with exit code 3'
    """
    if code is None:
        return f"{what} died"
    if code >= 0:
        return f"{what} ended with exit code {code}"
    name = signal.Signals(-code).name
    return f"{what} was killed ({name})" + (", perhaps because memory ran out" if name == "SIGKILL" else "")
