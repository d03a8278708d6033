"""The process that others are forked from: multiprocessing's fork server, in a scrubbed environment."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import util
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path

PRELOAD = "reviewkit.run.warm.preload"
_KEPT = frozenset(
    {"HOME", "LANG", "LD_LIBRARY_PATH", "MPLCONFIGDIR", "PATH", "PYTHONPATH", "PYTHONWARNINGS"}
    | {"TZ", "USER", "XDG_CACHE_HOME"}
)
# Fork copies one thread only: libraries that start more on import are told not to.
_ONE_THREAD = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


# A socket's path has 107 bytes at most; what is put into the folder takes up to 60.
_LONGEST_FOLDER = 45


_folder: Path | None = None


def private_folder() -> Path:
    """Return the folder for sockets and temporary files of this process and those it starts.

    Nobody else can look into it, its path is short, and it is removed at this process's end.
    """
    global _folder
    if _folder is None:
        usual = tempfile.gettempdir()
        short = None if len(os.fsencode(usual)) < _LONGEST_FOLDER else "/tmp"
        _sweep(Path(short or usual))
        _folder = Path(tempfile.mkdtemp(prefix=f"rk-{os.getpid()}-", dir=short))
        # After multiprocessing has removed what it keeps in there (its own priority is -100).
        util.Finalize(None, shutil.rmtree, (_folder,), {"ignore_errors": True}, exitpriority=-101)
    return _folder


def _sweep(parent: Path) -> None:
    """Remove folders of processes that were killed before they could."""
    for folder in parent.glob("rk-*-*"):
        owner = folder.name.split("-")[1]
        with contextlib.suppress(OSError):
            if owner.isdigit() and folder.stat().st_uid == os.getuid() and not _lives(int(owner)):
                shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def use_folder(folder: Path) -> None:
    """Have this process keep its temporary files in a folder that another will remove."""
    global _folder
    _folder = folder
    tempfile.tempdir = str(folder)
    # IPython's usual folder has a history of what was run, and start-up files of the user.
    os.environ |= {"TMPDIR": str(folder), "IPYTHONDIR": str(folder / "ipython")}


def scrubbed(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what of an environment a program needs to run at all: no secret, no setting of others.

    >>> scrubbed({"PATH": "/bin", "LC_ALL": "C", "DB_PASSWORD": "x"})["PATH"]
    '/bin'
    >>> sorted(set(scrubbed({"PATH": "/bin", "LC_ALL": "C", "DB_PASSWORD": "x"})) - set(_ONE_THREAD))
    ['LC_ALL', 'PATH']
    """
    kept = {name: value for name, value in environment.items() if name in _KEPT or name.startswith("LC_")}
    return kept | _ONE_THREAD


@contextmanager
def environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Have ``wanted`` as the environment for as long as a process is being started.

    A new process is given the environment at its exec: what is taken out of it later can still be
    read in ``/proc/<pid>/environ``.
    """
    own = dict(os.environ)
    _become(wanted)
    try:
        yield
    finally:
        _become(own)


def _become(wanted: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(wanted)


def can_fork() -> bool:
    """Whether this system has a fork server."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def context(*, warm: bool = True) -> BaseContext:
    """Return the way processes are started: forked from a warm process, or started afresh."""
    if not warm:
        return multiprocessing.get_context("spawn")
    chosen = multiprocessing.get_context("forkserver")
    chosen.set_forkserver_preload([PRELOAD])
    return chosen


def start(process: BaseProcess) -> None:
    """Start a process that :func:`context` made; the fork server itself starts with the first.

    Raises
    ------
    OSError : no process could be started.
    """
    try:
        with _surroundings():
            process.start()
    except EOFError:
        raise ConnectionError("the warm process could not be started") from None


_warming = False


def is_warming() -> bool:
    """Whether this process has a warm one, or one that is about to be."""
    return _warming or not can_fork()


def warm_up() -> None:
    """Start the warm process without waiting for it.

    Raises
    ------
    OSError : it could not be started.
    """
    global _warming
    from multiprocessing import forkserver

    context()
    with _surroundings():
        forkserver.ensure_running()
    _warming = True


@contextmanager
def _surroundings() -> Iterator[None]:
    """What a process is started in: environment, temporary folder, deaf to Ctrl-C."""
    own = scrubbed(os.environ) | {"TMPDIR": str(private_folder())}
    with environment(own), _without_main(), _temporary_files_in(private_folder()), _deaf():
        yield


@contextmanager
def _deaf() -> Iterator[None]:
    """Have the fork server begin deaf to Ctrl-C, which is for the command alone; each task hears again."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Have multiprocessing put the fork server's socket there, when it is first started."""
    usual = tempfile.tempdir
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = usual


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep multiprocessing from running the caller's script again in every process.

    All that a process here runs is in the package.
    """
    main = sys.modules["__main__"]
    hidden = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
    main.__spec__ = None
    if "__file__" in hidden:
        del main.__file__
    try:
        yield
    finally:
        for name, value in hidden.items():
            setattr(main, name, value)
