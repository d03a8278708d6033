"""The folder of one engagement's runs: ``runs/<id>``, its lock, its runs, its latest."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import shutil
import socket
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

from reviewkit.model import InputError, ReviewError
from reviewkit.model.files import SITE, SITE_ASIDE, SITE_BEFORE, write_whole

from .manifest import NAME, Manifest, read_manifest

LATEST = "latest"
_RUN = re.compile(r"\d{8}T\d{6}(-\d+)?")
LOCK = ".lock"
HOLDER = ".holder.json"
FIRING = ".schedule.json"


class Busy(ReviewError):
    """Another run of the engagement is going on."""


class Home:
    """The runs of one engagement.

    Parameters
    ----------
    runs : folder of all engagements' results.
    name : the engagement's id.
    """

    def __init__(self, runs: Path, name: str) -> None:
        self.folder, self.name = runs / name, name
        self._made_runs = False
        # Held by this process: the system gives it back however the process ends, so that no
        # lock is ever stale. The file itself stays.
        self._lock = FileLock(self.folder / LOCK, thread_local=False)

    def make(self) -> None:
        """Make the folder.

        Raises
        ------
        InputError : it cannot be made.
        """
        try:
            self._made_runs |= not self.folder.parent.exists()
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from None

    def lock(self) -> None:
        """Keep other runs of this engagement out until :meth:`unlock` or the end of this process.

        Raises
        ------
        Busy : another run has it.
        InputError : no lock can be had there.
        """
        for attempt in range(3):
            try:
                self._lock.acquire(timeout=1)  # `reviewkit status` holds it for a moment when it looks
                break
            except Timeout:
                told = f"another run is going on{self._who()}. Wait for it to end."
                raise Busy(f"{self.folder}: {told}") from None
            except OSError as error:
                # A run that was refused may just have taken the folder it had made away.
                if attempt == 2 or self.folder.exists():
                    raise self._unusable(error) from None
                self.make()
        holder = {
            "process": os.getpid(),
            "host": socket.gethostname(),
            "since": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        }
        try:
            write_whole(self.folder / HOLDER, json.dumps(holder))
        except OSError as error:
            self._lock.release()
            raise self._unusable(error) from None

    def unlock(self) -> None:
        """Let other runs in."""
        if self._lock.is_locked:
            (self.folder / HOLDER).unlink(missing_ok=True)
            self._lock.release()

    def is_busy(self) -> bool:
        """Whether a run is going on, in this process or another; False where that cannot be told."""
        if self._lock.is_locked:
            return True
        if not (self.folder / LOCK).exists():
            return False
        try:
            with self._lock.acquire(timeout=0):
                return False
        except Timeout:
            return True
        except OSError:  # results that may be read and not written
            return False

    def runs(self) -> list[Path]:
        """Return the folders of runs that have a record, newest first by name."""
        folders = [path.parent for path in self.folder.glob(f"*/{NAME}")]
        # Anything else is somebody's own: a copy of a run kept for a meeting.
        return sorted((folder for folder in folders if _RUN.fullmatch(folder.name)), reverse=True)

    def latest(self) -> Path | None:
        """Return the folder of the latest published run; None where it is not there."""
        link = self.folder / LATEST
        return link.resolve() if (link / NAME).is_file() else None

    def records(self, most: int = 3) -> list[tuple[Path, Manifest]]:
        """Return the newest runs whose records can be read, and the latest published one."""
        folders = list(dict.fromkeys([*self.runs()[:most], *filter(None, [self.latest()])]))
        found = []
        for folder in folders:
            try:
                found.append((folder, read_manifest(folder)))
            except ReviewError:
                continue  # damaged: told by `reviewkit status`, and of no use here
        return found

    def new_run(self, started: dt.datetime) -> Path:
        """Make the folder of a new run, named by its time and later than all before it.

        Where the clock was put back, or a run began within the same second, the name is that of
        the newest run with a number more, so that the order of names stays the order of runs.
        """
        name = started.strftime("%Y%m%dT%H%M%S")
        newest = next((folder.name for folder in self.runs()), "")
        if name <= newest:
            stem, _, count = newest.partition("-")
            name = f"{stem}-{int(count or 0) + 1:03d}"
        folder = self.folder / name
        folder.mkdir()
        return folder

    def page(self, edition: str) -> Path:
        """Return the path of an edition's first page of the latest run."""
        return self.folder / LATEST / "site" / edition / "index.html"

    def last_firing(self) -> dt.datetime | None:
        """Return the firing of its schedule that the engagement was last run for; None for none.

        Where what is kept of it is damaged, the newest run's beginning stands for it: rather one
        run too few than one twice.
        """
        try:
            kept = json.loads((self.folder / FIRING).read_text(encoding="utf-8"))
            return dt.datetime.fromisoformat(kept["last"]).astimezone(dt.UTC)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            return max((manifest.started for _, manifest in self.records()), default=None)

    def ran_for(self, firing: dt.datetime | None) -> None:
        """Keep the firing that a run was for."""
        if firing is not None:
            write_whole(self.folder / FIRING, json.dumps({"last": firing.isoformat()}))

    def tidy(self) -> None:
        """Mark runs that ended without a word as interrupted, and clear what they left half done.

        Only for the holder of the lock.
        """
        for left in self.folder.glob(".latest-*"):
            shutil.rmtree(left, ignore_errors=True)
        for folder in self.runs():
            if (folder / SITE_BEFORE).is_dir() and not (folder / SITE).exists():
                (folder / SITE_BEFORE).rename(folder / SITE)
            for left in (folder / SITE_ASIDE, folder / SITE_BEFORE):
                shutil.rmtree(left, ignore_errors=True)
            for left in folder.rglob("*.partial"):
                left.unlink(missing_ok=True)
        for folder, manifest in self.records():
            if manifest.status == "running":
                manifest.status = "interrupted"
                manifest.failures.append("the run was stopped before its end")
                manifest.write(folder)

    def remove(self, folder: Path) -> None:
        """Take a run's folder away, and what this process made around it where nothing else is in it."""
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):
            if all(path.name in (LOCK, HOLDER) for path in self.folder.iterdir()):
                for name in (HOLDER, LOCK):  # still held, so that nobody else is in
                    (self.folder / name).unlink(missing_ok=True)
                self.folder.rmdir()
                if self._made_runs:
                    self.folder.parent.rmdir()

    def point_latest(self, folder: Path) -> None:
        """Make ``latest`` point to a run's folder, in one step."""
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=".latest-") as temporary:
            link = Path(temporary) / LATEST
            link.symlink_to(folder.name, target_is_directory=True)
            link.replace(self.folder / LATEST)

    def _unusable(self, error: OSError) -> InputError:
        problem = f"results cannot be put there ({error.strerror})"
        return InputError(problem, file=self.folder, fix="Name another folder with --runs.")

    def _who(self) -> str:
        try:
            holder = json.loads((self.folder / HOLDER).read_text(encoding="utf-8"))
            return f" (process {holder['process']} on {holder['host']}, since {holder['since']})"
        except (OSError, ValueError, KeyError):
            return ""
